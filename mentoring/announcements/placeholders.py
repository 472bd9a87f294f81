"""The placeholders of an announcement's text, such as {apply_by}."""

import re
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from enum import StrEnum

from mentoring.announcements.errors import UnknownPlaceholder
from mentoring.core.fields import FieldName


class Placeholder(StrEnum):
    """What stands between braces in a text. Stored in texts: a value is never renamed."""

    PROGRAMME = "programme"
    APPLY_BY = "apply_by"
    STARTS_ON = "starts_on"
    ENDS_ON = "ends_on"
    CONTACT = "contact"
    A_MENTOR = "a_mentor"
    MENTOR = "mentor"
    MENTORS = "mentors"
    A_MENTEE = "a_mentee"
    MENTEE = "mentee"
    MENTEES = "mentees"
    NAMES = "names"


_BRACES = re.compile(r"\{([^{}\n]*)\}")
_NAMES = [str(each) for each in Placeholder]


def used_in(text: str) -> frozenset[Placeholder]:
    return frozenset(Placeholder(found) for found in _BRACES.findall(text) if found in _NAMES)


def wrong_placeholders(text: str) -> Iterator[UnknownPlaceholder]:
    """A refusal for the first line that has a placeholder which there is not."""
    for number, line in enumerate(text.splitlines(), start=1):
        for found in _BRACES.findall(line):
            if found not in _NAMES:
                near = get_close_matches(found.lower(), _NAMES, n=1)
                yield UnknownPlaceholder(FieldName.ANNOUNCEMENT_TEXT, number, near[0] if near else "")
                return


def fill_in(text: str, value_of: Callable[[Placeholder], str]) -> str:
    """The text with its placeholders replaced. A line with a placeholder that has no value ("") is left out."""
    filled = (_fill_line(line, value_of) for line in text.splitlines())
    return "\n".join(line for line in filled if line is not None).strip()


def _fill_line(line: str, value_of: Callable[[Placeholder], str]) -> str | None:
    values = {name: value_of(Placeholder(name)) for name in _BRACES.findall(line) if name in _NAMES}
    if not all(values.values()):
        return None
    return _BRACES.sub(lambda found: values.get(found[1], found[0]), line)
