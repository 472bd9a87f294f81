"""People as Slack last told us of them, the owners, and whom we still have to ask Slack about."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from mentoring.person import Person, Standing
from storage.shelf import Shelf
from storage.tables import OwnerRow, PersonRow

FRESH = timedelta(days=1)
"""How long what Slack said of a person is taken for true without asking again."""


class Owners(Shelf):
    def __init__(self, session: Session, workspace: str) -> None:
        super().__init__(session, workspace)
        self._known: tuple[str, ...] | None = None

    def all(self) -> tuple[str, ...]:
        """The owners' Slack user ids, in the order in which they were named."""
        if self._known is None:
            rows = select(OwnerRow.person).where(OwnerRow.workspace == self._workspace).order_by(OwnerRow.place)
            self._known = tuple(self._session.scalars(rows))
        return self._known

    def name(self, owners: Sequence[str]) -> None:
        """Let exactly these be the owners."""
        self._session.execute(delete(OwnerRow).where(OwnerRow.workspace == self._workspace))
        self._session.add_all(
            OwnerRow(workspace=self._workspace, person=person, place=place) for place, person in enumerate(owners)
        )
        self._session.flush()
        self._known = tuple(owners)


class People(Shelf):
    def get(self, person: str) -> Person:
        """The person as Slack last told; of UNKNOWN standing where it has not yet."""
        row = self._session.get(PersonRow, (self._workspace, person))
        return _person(row) if row else Person(person)

    def named(self, ids: Iterable[str]) -> dict[str, Person]:
        return {person: self.get(person) for person in ids if person}

    def ask_about(self, ids: Iterable[str], now: datetime) -> None:
        """Have Slack asked who these are, unless what it said is fresh. `now` is the calendar's."""
        for person in {person for person in ids if person}:
            row = self._session.get(PersonRow, (self._workspace, person))
            if row is None:
                row = PersonRow(
                    workspace=self._workspace,
                    id=person,
                    standing=Standing.UNKNOWN,
                    display_name="",
                    time_zone="UTC",
                )
                self._session.add(row)
            if row.asked_at is None and (row.known_at is None or row.known_at + FRESH <= now):
                row.asked_at = now
        self._session.flush()

    def ask_again(self, person: str, now: datetime) -> None:
        """Have Slack asked about this person, however fresh what it said is."""
        if not person:
            return
        self.ask_about([person], now)
        row = self._session.get(PersonRow, (self._workspace, person))
        if row is not None and row.asked_at is None:
            row.asked_at = now
            self._session.flush()

    def asked_about(self, limit: int = 50) -> tuple[str, ...]:
        """Whom we still have to ask Slack about, longest waiting first."""
        rows = (
            select(PersonRow.id)
            .where(PersonRow.workspace == self._workspace, PersonRow.asked_at.is_not(None))
            .order_by(PersonRow.asked_at, PersonRow.id)
            .limit(limit)
        )
        return tuple(self._session.scalars(rows))

    def tell(self, person: Person, now: datetime) -> None:
        """Slack has answered. Somebody who was erased in the meantime stays erased."""
        row = self._session.get(PersonRow, (self._workspace, person.id))
        if row is None:
            return
        row.standing = person.standing
        row.display_name = person.display_name
        row.time_zone = person.time_zone
        row.left_at = person.left_at
        row.known_at = now
        row.asked_at = None
        self._session.flush()

    def conversation(self, person: str) -> str | None:
        """The id of our DM with them, once opened."""
        row = self._session.get(PersonRow, (self._workspace, person))
        return row.conversation if row else None

    def keep_conversation(self, person: str, conversation: str | None) -> None:
        row = self._session.get(PersonRow, (self._workspace, person))
        if row is not None:
            row.conversation = conversation
            self._session.flush()


def _person(row: PersonRow) -> Person:
    return Person(row.id, Standing(row.standing), row.display_name, row.time_zone, row.left_at)
