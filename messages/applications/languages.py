"""The choice of languages in the application form."""

from functools import cache
from itertools import groupby
from typing import Final

from mentoring.core import languages
from messages.forms import Option

OTHER: Final = "other"
"""The value of the option for a language that is not on the list."""

_COMMON = "Common languages"
_NOT_HERE = "Not on the list"


@cache
def language_groups(country: str) -> tuple[tuple[str, tuple[Option, ...]], ...]:
    """The languages that are common in the country and in the world, then the others by first letter."""
    common = languages.common(country)
    rest = [code for code in languages.names() if code not in common]
    letters = groupby(rest, lambda code: languages.names()[code][0])
    return (
        (_COMMON, tuple(map(_option, common))),
        *((letter, tuple(map(_option, codes))) for letter, codes in letters),
        (_NOT_HERE, (Option(OTHER, "Another language (write it below)"),)),
    )


def _option(code: str) -> Option:
    return Option(code, languages.label(code))
