"""Erasing a person: deletes rows about them, removes references to them, and leaves a keyed tombstone.

What happens where is declared at each column (`storage/tables/declarations.py`).
"""

import secrets
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import JSON, Column, ColumnElement, Text, and_, cast, delete, func, or_, select, update
from sqlalchemy.sql.base import Executable

from mentoring.home.outdated import Concerned
from storage.notifications.homes import Homes
from storage.notifications.live_views import LiveViews
from storage.notifications.outbox_statements import DeliveryState
from storage.repository import Repository
from storage.slack_removals import SlackRemovals
from storage.tables import (
    CaseRow,
    MatchRow,
    MeetingRow,
    OutboxRow,
    PartnershipRow,
    PlannedMeetingRow,
    RegularTimeRow,
    RemarkRow,
    Table,
    TombstoneRow,
)
from storage.tables.base import PERSON, StringTuple
from storage.tables.declarations import GoesWith, OnErasure, declaration_of
from storage.workspaces import Digests

_BATCH_SIZE = 1000
"""Tombstones that one query looks up."""


@dataclass(frozen=True)
class ErasureCounts:
    """The number of rows that were deleted, and of `mentions` that were removed from other rows."""

    applications: int
    drafts: int
    notifications: int
    mentions: int


class Erasure(Repository):
    def erase(self, person: str, now: datetime) -> ErasureCounts:
        """Erase `person` (a Slack user id) at `now` (calendar, aware). Idempotent.

        Matches and partnerships stay for the other person, without a name, and so do the notes that the other wrote.
        What names the person in Slack is removed afterwards, by the delivery worker (`storage/slack_removals.py`).
        Open offers and active partnerships must be ended first, so that the other person is notified.
        """
        together = self._together(person)
        SlackRemovals(self._context).plan(person, together)
        self._release_lines(person)
        # In this order, since each step finds its rows by the names that the later ones remove.
        deleted = self._delete_what_goes_with_theirs(person)
        self._put_managers_instead(person)
        self._renew_derived_ids(person)
        deleted += self._delete_rows(person)
        changed = self._remove_mentions(person)
        self._upsert(TombstoneRow, digest=self._digest(person), erased_at=now)
        self._context.rows.clear()
        LiveViews(self._context).mark_stale_after_erasure(together)
        Homes(self._context).outdate([Concerned(everyone=True)], at=None)
        return ErasureCounts(
            applications=deleted["applications"],
            drafts=deleted["drafts"] + changed["drafts"],
            notifications=deleted["outbox"] + deleted["live_views"] + deleted["scheduled_jobs"],
            mentions=changed.total() - changed["drafts"],
        )

    def _release_lines(self, person: str) -> None:
        """Notifications to others that would travel with one that is about to be deleted go by themselves."""
        names = [column for column in _columns(OnErasure.DELETE_ROW) if column.table is OutboxRow.__table__]
        about_them = or_(*(_names(column, person) for column in names))
        carriers = select(OutboxRow.correlation_id).where(OutboxRow.workspace == self._workspace, about_them)
        mine = OutboxRow.workspace == self._workspace, OutboxRow.state == DeliveryState.PENDING
        self._count(update(OutboxRow).where(*mine, OutboxRow.carried_by.in_(carriers)).values(carried_by=None))

    def _delete_what_goes_with_theirs(self, person: str) -> Counter[str]:
        """Delete the rows that belong to rows of theirs in another table."""
        deleted: Counter[str] = Counter()
        for column, owner in _going_with():
            table, theirs = column.table, Table.metadata.tables[owner.table]
            mine = or_(*(theirs.c[name] == person for name in owner.people))
            keys = select(theirs.c[owner.key]).where(theirs.c.workspace == self._workspace, mine)
            deleted[_name(table)] += self._count(delete(table).where(self._here(table), column.in_(keys)))
        return deleted

    def _put_managers_instead(self, person: str) -> None:
        """Where they are named as a manager, put their own manager, so that lines of management stay known."""
        for column in _columns(OnErasure.MANAGER_INSTEAD):
            table, them = column.table, column.table.alias()
            above = select(them.c[column.name]).where(self._here(them), them.c.person == person).scalar_subquery()
            mentioned = update(table).where(self._here(table), column == person)
            self._count(mentioned.values({column.name: func.coalesce(above, "")}))

    def _renew_derived_ids(self, person: str) -> None:
        """Give a random id to the rows that name them and whose id is derived from their names."""
        for id_column in _columns(OnErasure.NEW_ID):
            table = id_column.table
            mentions = [column for column in _columns(OnErasure.REMOVE) if column.table is table]
            named = or_(*(_names(column, person) for column in mentions))
            for id in self._connection.scalars(select(id_column).where(self._here(table), named)).all():
                self._count(
                    update(table)
                    .where(self._here(table), id_column == id)
                    .values({id_column.name: secrets.token_hex(16)})
                )

    def _delete_rows(self, person: str) -> Counter[str]:
        """Delete the rows that are about them."""
        deleted: Counter[str] = Counter()
        for table in reversed(Table.metadata.sorted_tables):
            if names := [column for column in _columns(OnErasure.DELETE_ROW) if column.table is table]:
                about_them = or_(*(_names(column, person) for column in names))
                deleted[table.name] += self._count(delete(table).where(self._here(table), about_them))
        return deleted

    def _remove_mentions(self, person: str) -> Counter[str]:
        """Remove them from the rows that stay. Returns how many columns of how many rows changed, by table."""
        changed: Counter[str] = Counter()
        for column in (*_columns(OnErasure.REMOVE), *_columns(OnErasure.EMPTY)):
            table = column.table
            if column.type is PERSON:
                mentioned = update(table).where(self._here(table), column == person)
                changed[_name(table)] += self._count(mentioned.values({column.name: ""}))
            else:
                changed[_name(table)] += self._rewrite(column, person)
        return changed

    def _rewrite(self, column: "Column[Any]", person: str) -> int:
        """Remove them from a column that holds JSON. Each row that names them is read."""
        table = column.table
        empties = declaration_of(column).on_erasure is OnErasure.EMPTY
        rows = self._connection.execute(
            select(*table.primary_key, column).where(self._here(table), _names(column, person))
        ).all()
        for *key, value in rows:
            new = type(value)() if empties else _without(value, person)
            is_row = and_(*(part == own for part, own in zip(table.primary_key, key, strict=True)))
            self._count(update(table).where(is_row).values({column.name: new}))
        return len(rows)

    def _here(self, table: Any) -> ColumnElement[bool]:
        here: ColumnElement[bool] = table.c.workspace == self._workspace
        return here

    def _count(self, statement: Executable) -> int:
        return int(self._connection.execute(statement).rowcount)

    def _together(self, person: str) -> list[str]:
        """The ids of the matches, partnerships, cases and remarks of `person`, and of what belongs to the partnerships:
        meetings, also planned ones, and regular times.
        """
        columns: tuple[tuple[Any, Any, Any], ...] = (
            (MatchRow, MatchRow.mentee, MatchRow.mentor),
            (PartnershipRow, PartnershipRow.mentee, PartnershipRow.mentor),
        )
        found = [
            row.id
            for row, mentee, mentor in columns
            for row in self._connection.execute(
                select(row.id).where(row.workspace == self._workspace, or_(mentee == person, mentor == person))
            )
        ]
        of_the_two = [
            select(row.id).where(row.workspace == self._workspace, row.partnership_id.in_(found))
            for row in (MeetingRow, PlannedMeetingRow, RegularTimeRow)
        ]
        asked = or_(CaseRow.person == person, CaseRow.contact == person, CaseRow.second_contact == person)
        cases = select(CaseRow.id).where(CaseRow.workspace == self._workspace, asked)
        theirs = or_(RemarkRow.person == person, RemarkRow.read_by == person)
        remarks = select(RemarkRow.id).where(RemarkRow.workspace == self._workspace, theirs)
        return [*found, *(id for query in (*of_the_two, cases, remarks) for id in self._connection.scalars(query))]

    def is_erased(self, person: str) -> bool:
        """Whether `person` was erased and has not applied again since."""
        return self._get(TombstoneRow, self._digest(person)) is not None

    def erased_among(self, people: Iterable[str]) -> frozenset[str]:
        """Those of these people (Slack user ids) who were erased and have not applied again since."""
        by_digest = {self._digest(person): person for person in people}
        digests = list(by_digest)
        found: list[str] = []
        for start in range(0, len(digests), _BATCH_SIZE):
            found += self._get_many(TombstoneRow, digests[start : start + _BATCH_SIZE])
        return frozenset(by_digest[one] for one in found)

    def clear_tombstone(self, person: str) -> None:
        """Allow notifications to this person again, after they have applied again."""
        self._delete(TombstoneRow, self._digest(person))

    def _digest(self, person: str) -> str:
        return Digests(self._context).tombstone(person)


@cache
def _columns(on_erasure: OnErasure) -> "tuple[Column[Any], ...]":
    """The columns that declare this, of all tables."""
    columns = (column for table in Table.metadata.sorted_tables for column in table.columns)
    return tuple(column for column in columns if declaration_of(column).on_erasure is on_erasure)


def _going_with() -> "Iterator[tuple[Column[Any], GoesWith]]":
    for table in Table.metadata.sorted_tables:
        for column in table.columns:
            for owner in declaration_of(column).goes_with:
                yield column, owner


def _name(table: Any) -> str:
    return str(table.name)


def _names(column: "Column[Any]", person: str) -> ColumnElement[bool]:
    """Condition: the column names the person. In JSON text an id is in quotation marks; a key has it between colons."""
    if column.type is PERSON:
        return column == person
    if isinstance(column.type, JSON | StringTuple):
        return cast(column, Text).contains(f'"{person}"', autoescape=True)
    separated = func.replace(func.replace(column, "#", ":", type_=Text()), "@", ":", type_=Text())
    parts = ":" + separated + ":"
    return parts.contains(f":{person}:", autoescape=True)


def _without(value: Any, person: str) -> Any:
    """`value` without the person: in a list, or as a value or in a list of an object."""
    if isinstance(value, dict):
        return {key: _without(each, person) for key, each in value.items() if each != person}
    if isinstance(value, list | tuple):
        return type(value)(each for each in value if each != person)
    return value
