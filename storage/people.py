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
STALE = timedelta(weeks=1)
"""After this Slack is asked again by itself, since an event of Slack's may have been missed."""
MOST_REFRESHED = 20
"""At a time."""


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
        row = self._kept(PersonRow, person)
        return _person(row) if row else Person(person)

    def named(self, ids: Iterable[str]) -> dict[str, Person]:
        """By id, each as `get` has them."""
        wanted = tuple(dict.fromkeys(filter(None, ids)))
        if not wanted:
            return {}
        rows = select(PersonRow).where(PersonRow.workspace == self._workspace, PersonRow.id.in_(wanted))
        known = {row.id: _person(row) for row in self._session.scalars(rows)}
        return {person: known.get(person, Person(person)) for person in wanted}

    def ask_about(self, ids: Iterable[str], now: datetime) -> None:
        """Have Slack asked who these are, unless what it said is fresh. `now` is the calendar's."""
        for person in {person for person in ids if person}:
            row = self._kept(PersonRow, person)
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

    def ask_again(self, ids: Iterable[str], now: datetime) -> None:
        """Have Slack asked about these, whom we know, however fresh it is."""
        for person in ids:
            row = self._kept(PersonRow, person)
            if row is not None and row.asked_at is None:
                row.asked_at = now
        self._session.flush()

    def stale(self, now: datetime) -> tuple[str, ...]:
        """Of whom Slack last told longest ago, as far as that is stale and Slack is not being asked already.

        It costs the same however many people there are.
        """
        oldest = (
            select(PersonRow.id, PersonRow.asked_at)
            .where(PersonRow.workspace == self._workspace, PersonRow.known_at < now - STALE)
            .order_by(PersonRow.known_at)
            .limit(MOST_REFRESHED)
        )
        return tuple(person for person, asked_at in self._session.execute(oldest) if asked_at is None)

    def asked_about(self, limit: int = 50) -> tuple[str, ...]:
        """Whom we still have to ask Slack about: people whom we do not know yet, then the longest waiting."""
        rows = (
            select(PersonRow.id)
            .where(PersonRow.workspace == self._workspace, PersonRow.asked_at.is_not(None))
            .order_by(PersonRow.known_at.is_not(None), PersonRow.asked_at, PersonRow.id)
            .limit(limit)
        )
        return tuple(self._session.scalars(rows))

    def known_at(self, person: str) -> datetime | None:
        """When Slack last told of them (calendar); None where it has not."""
        row = self._kept(PersonRow, person)
        return row.known_at if row else None

    def is_there(self, person: str) -> bool:
        """Whether we deal with them at all."""
        return self._kept(PersonRow, person) is not None

    def away(self) -> dict[str, Person]:
        """By id, everybody who has left."""
        rows = select(PersonRow).where(
            PersonRow.workspace == self._workspace, PersonRow.standing == Standing.DEACTIVATED
        )
        return {row.id: _person(row) for row in self._session.scalars(rows)}

    def tell(self, person: Person, now: datetime) -> bool:
        """Slack has told. Somebody who was erased in the meantime stays erased."""
        row = self._kept(PersonRow, person.id)
        if row is None:
            return True
        row.standing = person.standing
        row.display_name = person.display_name
        row.time_zone = person.time_zone
        row.left_at = person.left_at
        row.known_at = now
        row.asked_at = None
        self._session.flush()
        return True

    def conversation(self, person: str) -> str | None:
        """The id of our DM with them, once opened."""
        row = self._kept(PersonRow, person)
        return row.conversation if row else None

    def keep_conversation(self, person: str, conversation: str | None) -> None:
        row = self._kept(PersonRow, person)
        if row is not None:
            row.conversation = conversation
            self._session.flush()


def _person(row: PersonRow) -> Person:
    return Person(row.id, Standing(row.standing), row.display_name, row.time_zone, row.left_at)
