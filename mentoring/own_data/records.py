"""What the bot keeps about a person, as far as they wrote it or may read it: the content of their file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from mentoring.core.people import Person
from mentoring.core.programmes import Programme
from mentoring.retention.retention import DataKind


class Category(StrEnum):
    """In the order in which people read them."""

    PROFILE = "profile"
    APPLICATIONS = "applications"
    MATCHES = "matches"
    PARTNERSHIPS = "partnerships"
    MEETINGS = "meetings"
    ITEMS = "action-items"
    GOALS = "goals"
    AGREEMENTS = "agreements"
    REPORTS = "reports"
    ANSWERS = "answers"
    HELP = "help"
    REMARKS = "remarks"
    ROLES = "roles"
    LOOKS = "looks"
    MESSAGES = "messages"


@dataclass(frozen=True)
class OwnRecord:
    """A stored row of theirs. `values` are by name: text, numbers, yes or no, aware moments, dates, and Slack user ids
    in the fields that `people` names.
    """

    category: Category
    table: str
    values: Mapping[str, Any]
    people: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Kept:
    """Who may read a category besides the person, and how long it is kept, in the words of docs/privacy.md."""

    readers: tuple[str, ...]
    retentions: tuple[str, ...]
    periods: tuple[DataKind, ...] = ()
    """For which the programme sets how long it is kept."""


@dataclass(frozen=True)
class OwnDeletion:
    """That data of their partnership with `other` (a Slack user id) is deleted on `day`."""

    other: str
    kind: DataKind
    day: date


@dataclass(frozen=True)
class OwnData:
    """`names` say in words what an id in the records is: a person, a programme or a partnership."""

    person: Person
    records: tuple[OwnRecord, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    kept: Mapping[Category, Kept] = field(default_factory=dict)
    from_staff_list: bool = False
    """Whether the organisation's list says something about them, which is not in the file."""
    is_noted: bool = False
    """Whether a day is noted after which they may be invited to apply, or the mark of their title."""

    programmes: tuple[Programme, ...] = ()
    """In which they have a part, and which say how long data is kept."""
    deletions: tuple[OwnDeletion, ...] = ()
    """What will be deleted of partnerships that are over, the next one first."""

    def of(self, category: Category) -> tuple[OwnRecord, ...]:
        return tuple(each for each in self.records if each.category is category)

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is kept about them."""
        return not (self.records or self.from_staff_list or self.is_noted)

    @property
    def categories(self) -> tuple[Category, ...]:
        """Those of which there is something."""
        found = {each.category for each in self.records}
        return tuple(category for category in Category if category in found)
