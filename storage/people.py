"""Profiles as Slack last sent them, requests for new profiles, and staff records."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Text, bindparam, cast, select

from mentoring.core.failures import WorkKind
from mentoring.core.people import (
    AccountStatus,
    Leave,
    LeaveChange,
    Person,
    StaffRecord,
    StaffRecords,
    sort_name,
    zone_named,
)
from mentoring.core.roles import ProgrammeRole
from storage.failures import is_held
from storage.repository import WORKSPACE_PARAM, Repository, TransactionContext
from storage.tables import PersonRow, ProgrammeRow, RoleRow, StaffRow

FRESH = timedelta(days=1)
"""A profile newer than this is not requested again."""
STALE = timedelta(weeks=1)
"""A profile older than this is requested again on its own, because an event may have been missed."""
MOST_REFRESHED = 20
"""Stale profiles that are requested at a time."""


class People(Repository):
    def __init__(self, context: TransactionContext) -> None:
        super().__init__(context)
        self._zone: str | None = None

    def get(self, person: str) -> Person:
        """The person as Slack last described them; with UNKNOWN account status if it has not yet."""
        return self._person(person, self._get(PersonRow, person))

    def get_many(self, ids: Iterable[str]) -> dict[str, Person]:
        """The people with these Slack user ids, by id, each as from `get`."""
        wanted = tuple(dict.fromkeys(filter(None, ids)))
        known = self._get_many(PersonRow, wanted)
        return {person: self._person(person, known.get(person)) for person in wanted}

    def _person(self, id: str, row: PersonRow | None) -> Person:
        person = (
            Person(
                row.id,
                AccountStatus(row.standing),
                row.display_name,
                row.time_zone,
                row.left_at,
                leave=_leave(row),
            )
            if row
            else Person(id)
        )
        return person if zone_named(person.time_zone) else replace(person, programme_zone=self.programme_zone())

    def programme_zone(self) -> str:
        """The time zone of the first programme, or else of the first owner, that has one. "" if none is known."""
        if self._zone is None:
            found = (*self._execute(_PROGRAMME_ZONE).scalars(), *self._execute(_OWNERS_ZONES).scalars())
            self._zone = next(filter(zone_named, found), "")
        return self._zone

    def request_profiles(self, ids: Iterable[str], now: datetime) -> None:
        """Request the profiles of these people from Slack, unless they are fresh. `now` is the calendar, aware."""
        wanted = {person for person in ids if person}
        known = self._get_many(PersonRow, wanted)
        for person in wanted - known.keys():
            unknown = {"standing": AccountStatus.UNKNOWN, "display_name": "", "sort_name": "", "time_zone": ""}
            self._insert(PersonRow, id=person, asked_at=now, **unknown)
        self._request([row for row in known.values() if row.known_at is None or row.known_at + FRESH <= now], now)

    def refresh_profiles(self, ids: Iterable[str], now: datetime) -> None:
        """Request the profiles of known people from Slack, even if they are fresh. `now` is the calendar, aware."""
        self._request(self._get_many(PersonRow, ids).values(), now)

    def _request(self, known: Iterable[PersonRow], now: datetime) -> None:
        self._update_many(PersonRow, [row.id for row in known if row.asked_at is None], asked_at=now)

    def stale_profiles(self, now: datetime) -> tuple[str, ...]:
        """The people with the oldest stale profiles, without those that are requested already.

        The cost does not depend on the number of people.
        """
        oldest = self._execute(_OLDEST, before=now - STALE)
        return tuple(person for person, asked_at in oldest if asked_at is None)

    def requested(self, limit: int = 50, *, stopwatch: datetime | None = None) -> tuple[str, ...]:
        """The people whose profiles are requested: unknown people first, then the oldest requests.

        Leaves out those whose request failed and waits for its next try at `stopwatch` (aware).
        """
        return tuple(self._execute(_REQUESTED, limit=limit, stopwatch=stopwatch).scalars())

    def profile_at(self, person: str) -> datetime | None:
        """When Slack last sent this profile (calendar, aware); None if it has not."""
        row = self._get(PersonRow, person)
        return row.known_at if row else None

    def exists(self, person: str) -> bool:
        """Whether there is a row for this person."""
        return self._get(PersonRow, person) is not None

    def unavailable(self) -> dict[str, Person]:
        """Everybody who is absent or on leave, by Slack user id."""
        return {row.id: self._person(row.id, row) for row in self._select(PersonRow, _UNAVAILABLE)}

    def save_leave(self, change: LeaveChange) -> bool:
        """Save whether and until when they are on leave. Returns False if what is stored is not what it was before."""
        row = self._get(PersonRow, change.person)
        if (_leave(row) if row else None) != change.before:
            return False
        since, until = (change.leave.since, change.leave.until) if change.leave else (None, None)
        self._update(PersonRow, change.person, leave_since=since, leave_until=until)
        return True

    def save_profile(self, person: Person, now: datetime) -> bool:
        """Save a profile that Slack sent at `now` (calendar, aware). Does not add a person who was erased meanwhile."""
        self._update(
            PersonRow,
            person.id,
            standing=person.account_status,
            display_name=person.display_name,
            sort_name=sort_name(person.display_name),
            time_zone=person.time_zone,
            left_at=person.left_at,
            known_at=now,
            asked_at=None,
        )
        return True

    def conversation(self, person: str) -> str | None:
        """The id of our direct message conversation with this person; None if it is not open."""
        row = self._get(PersonRow, person)
        return row.conversation if row else None

    def save_conversation(self, person: str, conversation: str | None) -> None:
        self._update(PersonRow, person, conversation=conversation)


_PROGRAMME_ZONE = (
    select(ProgrammeRow.time_zone).where(ProgrammeRow.workspace == WORKSPACE_PARAM).order_by(ProgrammeRow.id)
)
_OWNERS_ZONES = (
    select(PersonRow.time_zone)
    .join(RoleRow, (RoleRow.workspace == PersonRow.workspace) & (RoleRow.person == PersonRow.id))
    .where(PersonRow.workspace == WORKSPACE_PARAM, RoleRow.role == ProgrammeRole.OWNER)
    .order_by(RoleRow.place)
)
_OLDEST = (
    select(PersonRow.id, PersonRow.asked_at)
    .where(PersonRow.workspace == WORKSPACE_PARAM, PersonRow.known_at < bindparam("before"))
    .order_by(PersonRow.known_at)
    .limit(MOST_REFRESHED)
)
_REQUESTED = (
    select(PersonRow.id)
    .where(
        PersonRow.workspace == WORKSPACE_PARAM,
        PersonRow.asked_at.is_not(None),
        ~is_held(WorkKind.PROFILE, PersonRow.id),
    )
    .order_by(PersonRow.known_at.is_not(None), PersonRow.asked_at, PersonRow.id)
    .limit(bindparam("limit"))
)
_UNAVAILABLE = select(PersonRow).where(
    PersonRow.workspace == WORKSPACE_PARAM,
    (PersonRow.standing == AccountStatus.DEACTIVATED) | PersonRow.leave_until.is_not(None),
)


def _leave(row: PersonRow) -> Leave | None:
    return Leave(row.leave_since, row.leave_until) if row.leave_since and row.leave_until else None


class Staff(Repository):
    def get(self, person: str) -> StaffRecord | None:
        row = self._get(StaffRow, person)
        return _record(row) if row else None

    def upwards(self, people: Iterable[str]) -> dict[str, StaffRecord]:
        """The records of these people (Slack user ids) and of everybody above them, by person. One query per level."""
        found: dict[str, StaffRecord] = {}
        seen: set[str] = set()
        level = set(people) - {""}
        while level:
            seen |= level
            records = self.of(sorted(level))
            found.update(records)
            level = {record.manager for record in records.values()} - seen - {""}
        return found

    def of(self, people: Iterable[str]) -> dict[str, StaffRecord]:
        """The records of these people (Slack user ids), by person, in one query."""
        return {person: _record(row) for person, row in self._get_many(StaffRow, people).items()}

    def from_profiles(self) -> dict[str, StaffRecord]:
        """The records that have values from profiles, by person."""
        return {row.person: _record(row) for row in self._select(StaffRow, _FROM_PROFILES)}

    def save(self, record: StaffRecord) -> bool:
        """Add the record, or replace the one of this person."""
        self._upsert(StaffRow, **vars(record))
        return True

    def save_all(self, staff: StaffRecords) -> bool:
        """Add the records, or replace those of these people, in one statement."""
        self._upsert_many(StaffRow, map(vars, staff.records))
        return True


_FROM_PROFILES = select(StaffRow.__table__).where(
    StaffRow.workspace == WORKSPACE_PARAM, cast(StaffRow.from_profile, Text) != "[]"
)


def _record(row: StaffRow) -> StaffRecord:
    return StaffRecord(
        row.person, row.department, row.grade, row.manager, row.started_on, row.from_profile, row.languages
    )
