"""What each column declares: who may read it, how long it is kept, and what an erasure does where it names a person.

`storage/erasure.py` works from these declarations. docs/privacy.md has them as a table (`storage/privacy_table.py`).
A test fails for a column without one.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Column


class Reader(StrEnum):
    """Who may read a column, besides the person who typed it, and the app admin who can open the database.

    The text is that of docs/privacy.md.
    """

    PUBLIC = "everyone"
    PROGRAMME = "the owners, the committee, and people whom it concerns"
    FACILITATORS = "the owners, the committee, the facilitators, and people whom it concerns"
    """Of peer programmes: others have no facilitators."""
    APPROVERS = "the owners and the committee"
    OWNERS = "the owners"
    OWNERS_AND_PERSON = "the owners, and the person whom it concerns"
    SPONSORS = "the owners and the sponsors"
    TWO = "the two people"
    TWO_SHARED = "the two people, and those with whom both share it"
    SELF = "the person"
    SHARED = "the person, and partners with whom they share it"
    ASKED = "the people who were asked for help"
    COUNTED = "no one; owners see it in groups"
    COUNTED_OR_SIGNED = "no one; owners see it in groups, or with the name if the person ticks that"
    COUNTED_BY_YEAR = "the owners, once the year is over, and from five on"
    NOBODY = "no one"


class Retention(StrEnum):
    """How long a column is kept. The text is that of docs/privacy.md."""

    PROGRAMME = "as long as the programme"
    PERSON = "until the person is erased"
    SHARED = "without the person, once they are erased"
    DRAFT = "until the form is accepted, or the person is erased"
    CASE = "until the case is closed, or the person is erased"
    SESSION = "until four weeks after the session, or the person is erased"
    PREVIEW = "until it is imported or dismissed, for a day at most"
    GROUP = "as long as the programme, without names"
    GROUP_WORDS = "until a person of the group is erased"
    REMOVED = "until it is removed from Slack"


class OnErasure(StrEnum):
    """What becomes of a row where a column names an erased person. The text is that of docs/privacy.md."""

    DELETE_ROW = "the row is deleted"
    REMOVE = "the person is removed"
    EMPTY = "it is emptied"
    MANAGER_INSTEAD = "their manager takes their place"
    NEW_ID = "it gets a random value"
    """For an id that is derived from the other columns of its row."""


@dataclass(frozen=True)
class GoesWith:
    """Rows are deleted with the person's rows of another table: those whose `key` is equal to this column.

    A row of `table` is theirs if one of its columns `people` has their id.
    """

    table: str
    key: str
    people: tuple[str, ...]


@dataclass(frozen=True)
class Declaration:
    """`on_erasure` is None if the column names no person. The row is deleted with each of `goes_with`."""

    reader: Reader
    retention: Retention
    on_erasure: OnErasure | None = None
    goes_with: tuple[GoesWith, ...] = ()

    @property
    def names_a_person(self) -> bool:
        return self.on_erasure is not None


_KEY = "declaration"


def declare(
    reader: Reader,
    retention: Retention,
    on_erasure: OnErasure | None = None,
    *,
    goes_with: GoesWith | tuple[GoesWith, ...] = (),
) -> dict[str, Declaration]:
    """The `info` of a column."""
    owners = (goes_with,) if isinstance(goes_with, GoesWith) else goes_with
    return {_KEY: Declaration(reader, retention, on_erasure, owners)}


def declaration_of(column: "Column[Any]") -> Declaration:
    """What the column declares. Raises LookupError if it declares nothing."""
    found = column.info.get(_KEY)
    if not isinstance(found, Declaration):
        raise LookupError(f"{column} does not declare who may read it: see storage/tables/declarations.py")
    return found
