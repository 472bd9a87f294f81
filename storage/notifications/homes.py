"""The Homes of the people who have opened them: live views that are published with `views.publish`.

current → stale → publishing → current. A change marks the Homes of the people concerned as stale, and only those whose
people look at them are published: who has opened it lately, or has just done something. However much changes meanwhile,
it is published once more: `revision` counts the changes. Publishing twice is harmless.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from mentoring.core.acting import ActingPerson
from mentoring.home.outdated import Concerned
from storage.notifications import home_statements as statements
from storage.notifications.home_statements import HomeState
from storage.notifications.outbox_statements import IMMEDIATELY
from storage.repository import Repository
from storage.tables import HomeRow

LOOKS_FOR = timedelta(minutes=30)
"""How long a person is taken to look at a Home that they have opened."""
ACTED_FOR = timedelta(minutes=2)
"""The same after they have done something elsewhere: they may open it next."""
NOTED_EVERY = timedelta(minutes=1)
"""Who does one thing after the other is noted so often, since each note is a write."""
CLAIM_TRIES = 5


@dataclass(frozen=True)
class HomeClaim:
    """The Home of `person` (a Slack user id), which a worker may publish until `lease_until` (stopwatch)."""

    person: str
    fence: int
    attempts: int
    lease_until: datetime

    @property
    def acting(self) -> ActingPerson:
        """The person who opened it, to read what they alone may read: only they see what is published."""
        return ActingPerson(self.person)


class Homes(Repository):
    def opened(self, person: str, *, at: datetime) -> None:
        """`person` (a Slack user id) opens Home `at` (stopwatch): publish it first of all."""
        until = at + LOOKS_FOR
        is_new = self._insert(
            HomeRow,
            person=person,
            state=HomeState.STALE,
            revision=0,
            rendered_revision=0,
            looks_until=until,
            due=IMMEDIATELY,
            fence=0,
            attempts=0,
        )
        if not is_new:
            self._connection.execute(statements.OPENED, {**self._of(person), "until": until})

    def acted(self, person: str, *, at: datetime, at_home: bool) -> None:
        """`person` does something `at` (stopwatch), at Home or elsewhere. Nothing is stored of who never opened it."""
        until = at + (LOOKS_FOR if at_home else ACTED_FOR)
        self._connection.execute(statements.LOOKS, {**self._of(person), "until": until})

    def is_forgotten_soon(self, person: str, *, at: datetime, at_home: bool) -> bool:
        """Whether `acted` would change until when they are taken to look, by more than a little."""
        row = self._get(HomeRow, person)
        until = at + (LOOKS_FOR if at_home else ACTED_FOR)
        return row is not None and row.looks_until < until - NOTED_EVERY

    def outdate(self, concerned: Iterable[Concerned], *, at: datetime | None) -> None:
        """Mark the Homes of these people as stale since `at` (stopwatch)."""
        everyone, wanted = _together(concerned)
        due = {"of": self._workspace, "now": at or IMMEDIATELY}
        if everyone:
            self._connection.execute(statements.OUTDATE_ALL, due)
            return
        for statement, name in _STATEMENTS.items():
            if wanted[name]:
                self._connection.execute(
                    statement, {**due, **({name: sorted(wanted[name])} if name in _LISTED else {})}
                )
        if wanted["with_partners"]:
            self._connection.execute(statements.OUTDATE_PARTNERS, {**due, "people": sorted(wanted["with_partners"])})
        if wanted["with_staff"]:
            self._connection.execute(statements.OUTDATE_STAFF, {**due, "people": sorted(wanted["with_staff"])})

    def claim(self, *, stopwatch: datetime, lease: timedelta) -> HomeClaim | None:
        """The next stale Home of a person who looks at it: those just opened first, then the oldest change."""
        for _ in range(CLAIM_TRIES):
            found = self._execute(statements.SEARCH, stopwatch=stopwatch).first()
            if found is None:
                return None
            seen = {**self._of(found.person), "seen": found.state, "of_fence": found.fence}
            row = self._connection.execute(statements.CLAIM, {**seen, "until": stopwatch + lease}).first()
            if row is not None:
                return HomeClaim(row.person, row.fence, row.attempts, row.lease_until)
        return None  # other workers are faster, and do the same work

    def is_due(self, *, stopwatch: datetime) -> bool:
        """Whether there is something to claim."""
        return self._execute(statements.SEARCH, stopwatch=stopwatch).first() is not None

    def next_retry(self, *, stopwatch: datetime) -> datetime | None:
        """When the next one is tried again that somebody looks at (stopwatch)."""
        moment: datetime | None = self._scalar(statements.NEXT_RETRY, stopwatch=stopwatch)
        return moment

    def mark_published(self, claim: HomeClaim) -> bool:
        """It shows the state that the publication began with. False where the claim is no longer valid."""
        return self._record(statements.PUBLISHED, claim, reason=None)

    def retry_at(self, claim: HomeClaim, *, retry_at: datetime, reason: str, counts: bool = True) -> bool:
        """It was not published; try again at `retry_at` (stopwatch), if the person still looks then."""
        attempts = claim.attempts if counts else claim.attempts - 1
        values = {"state": HomeState.STALE, "attempts": attempts, "retry_at": retry_at, "reason": reason}
        return self._record(statements.RECORD, claim, **values)

    def mark_closed(self, claim: HomeClaim, *, reason: str) -> bool:
        """Nobody looks at it, or can: it stays stale until it is opened again."""
        values = {"state": HomeState.STALE, "looks_until": IMMEDIATELY, "reason": reason}
        return self._record(statements.RECORD, claim, **values)

    def failing(self) -> int:
        """How many could not be published at the last try, for a cause of ours."""
        return int(self._scalar(statements.COUNT_FAILING))

    def state_of(self, person: str) -> HomeState | None:
        """The state of a person's Home; None if they have never opened it."""
        row = self._get(HomeRow, person)
        return HomeState(row.state) if row else None

    def _record(self, statement: Any, claim: HomeClaim, **values: Any) -> bool:
        valid = {**self._of(claim.person), "of_fence": claim.fence}
        return self._connection.execute(statement, {**valid, "lease_until": None, **values}).rowcount == 1

    def _of(self, person: str) -> dict[str, str]:
        return {"of": self._workspace, "of_person": person}


_STATEMENTS = {
    statements.OUTDATE_PEOPLE: "people",
    statements.OUTDATE_PARTNERSHIPS: "partnerships",
    statements.OUTDATE_MEETINGS: "meetings",
    statements.OUTDATE_COHORTS: "cohorts",
    statements.OUTDATE_PROGRAMMES: "programmes",
    statements.OUTDATE_ROLES: "roles",
}
_LISTED = {"people", "partnerships", "meetings", "cohorts", "programmes"}


def _together(concerned: Iterable[Concerned]) -> tuple[bool, dict[str, set[str]]]:
    """Whether everyone is concerned, and else the ids of each kind."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for each in concerned:
        if each.everyone:
            return True, wanted
        wanted["people"] |= set(each.people)
        wanted["with_partners"] |= set(each.people) if each.with_partners else set()
        wanted["with_staff"] |= set(each.people) if each.with_staff else set()
        wanted["partnerships"] |= {each.partnership} - {""}
        wanted["meetings"] |= {each.meeting} - {""}
        wanted["cohorts"] |= {each.cohort} - {""}
        wanted["programmes"] |= {each.programme} - {""}
        wanted["roles"] |= {"any"} if each.anybody_with_a_role else set()
    return False, wanted
