"""What a file would change, line by line, in plain text."""

from collections.abc import Iterator

from bot.programmes.file_settings import SETTINGS
from mentoring.programmes.whole_settings import ProgrammeSettings
from messages.text import shorten

_MOST = 90
"""Characters of a value that a line shows."""


def changes(before: ProgrammeSettings, after: ProgrammeSettings) -> Iterator[str]:
    """A line for each setting that differs: its old and its new value, or what a list loses and gains."""
    for setting in SETTINGS:
        old, new = setting.show(before), setting.show(after)
        if old == new:
            continue
        if isinstance(old, list) and isinstance(new, list):
            yield f"{setting.key}: {_of_list(old, new)}"
        else:
            yield f"{setting.key}: {_short(str(old))} → {_short(str(new))}"


def _of_list(old: list[str], new: list[str]) -> str:
    gone = [f"− {each}" for each in old if each not in new]
    added = [f"+ {each}" for each in new if each not in old]
    return ", ".join(gone + added) or "in another order"


def _short(text: str) -> str:
    return shorten(" ".join(text.split()), _MOST) or "(empty)"
