"""The organisation's own list of its people, as somebody exported it: its lines, and what is wrong with them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from mentoring.person import user_id


class Column(StrEnum):
    """What a column of the list says of a person. People read these words."""

    PERSON = "person"
    DEPARTMENT = "department"
    GRADE = "grade"
    MANAGER = "manager"
    STARTED_ON = "start date"


@dataclass(frozen=True)
class Line:
    """`number` counts the lines of the file from 1; `cells` are those of the columns that the list has, without blanks
    around them, and "" where nothing stands.
    """

    number: int
    cells: Mapping[Column, str]


class Problem(StrEnum):
    """Why a line cannot be taken."""

    CELLS = "cells"
    NOT_UTF8 = "not-utf8"
    EMPTY = "empty"
    NO_HANDLE = "no-handle"
    NOBODY = "nobody"
    ERASED = "erased"
    TWICE = "twice"
    NOT_OFFERED = "not-offered"
    NOT_A_DATE = "not-a-date"
    IN_THE_FUTURE = "in-the-future"
    OWN_MANAGER = "own-manager"
    CIRCLE = "circle"


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong in line `number`, in `column` or (None) in the whole of it.

    `others` are the lines that it has to do with; `text` is what stands in the cell where that is no address; `offered`
    what the programme has instead; `cells` how many the line has and how many it should have.
    """

    number: int
    column: Column | None
    problem: Problem
    others: tuple[int, ...] = ()
    text: str = ""
    offered: tuple[str, ...] = ()
    cells: tuple[int, int] = (0, 0)


_ADDRESS = re.compile(r"(?:mailto:)?([^@<>\s]+@[^@<>\s]+)", re.IGNORECASE)
_NAMED_ADDRESS = re.compile(r"[^<>]*<(?P<address>[^<>]+)>")


def handle_of(text: str) -> str:
    """How a cell names a person: a Slack user id, or an e-mail address in small letters; "" where it does neither.

    Both may come as they are copied: `<@U012AB3CD>`, `mailto:ada@example.org`, `Ada Adams <ada@example.org>`.
    """
    if "@" not in text or text.startswith(("@", "<@")):
        return user_id(text)
    named = _NAMED_ADDRESS.fullmatch(text)
    address = _ADDRESS.fullmatch(named["address"] if named else text)
    return address[1].casefold() if address else ""


def is_address(handle: str) -> bool:
    """Whether it is an e-mail address rather than a Slack user id."""
    return "@" in handle


def handles(lines: Iterable[Line]) -> frozenset[str]:
    """Whom the list names, in its lines and as managers."""
    cells = (line.cells.get(column, "") for line in lines for column in (Column.PERSON, Column.MANAGER))
    return frozenset(filter(None, map(handle_of, cells)))
