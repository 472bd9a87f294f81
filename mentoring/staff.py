"""What the organisation's own list says of its people: where they work, and who stands above whom (D1.7, D2.12)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from mentoring.outcome import NOTHING, Outcome


@dataclass(frozen=True)
class StaffRecord:
    """One line of that list. `person` and `manager` are Slack user ids; `manager` is the next person up who is in
    Slack. What the list does not say is "" or None.
    """

    person: str
    department: str = ""
    grade: str = ""
    manager: str = ""
    started_on: date | None = None


@dataclass(frozen=True)
class Entry:
    """What a right line says of `person` (a Slack user id): `values` by field of their record, only those of the
    columns that the list has.
    """

    person: str
    values: Mapping[str, Any]

    @property
    def people(self) -> frozenset[str]:
        """Whom it names."""
        return frozenset({self.person, self.values.get("manager", "")}) - {""}


class Change(StrEnum):
    """What a line does to a record."""

    NEW = "new"
    CHANGED = "changed"
    NONE = "none"


@dataclass(frozen=True)
class StaffRecords:
    """Many of them, kept at once."""

    records: tuple[StaffRecord, ...]


def record_staff(entries: Iterable[Entry], before: Mapping[str, StaffRecord]) -> tuple[Outcome, dict[str, Change]]:
    """Keep what the list says, and leave the rest as it was `before`, by person. Also what that changes for each."""
    changed: list[StaffRecord] = []
    changes: dict[str, Change] = {}
    for entry in entries:
        known = before.get(entry.person)
        record = replace(known or StaffRecord(entry.person), **entry.values)
        changes[entry.person] = Change.NONE if record == known else Change.CHANGED if known else Change.NEW
        if record != known:
            changed.append(record)
    return (Outcome((StaffRecords(tuple(changed)),)) if changed else NOTHING), changes


def chain_above(person: str, managers: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """Everybody above this person, any number of levels up, nearest first, each once; lists that go round in circles
    come to an end. `managers` are those right above each.
    """
    seen, level = {person}, [person]
    while level:
        above = sorted({manager for each in level for manager in managers.get(each, ())} - seen)
        yield from above
        seen.update(above)
        level = above
