"""Saving a profile with what follows from it, erasing a person, and importing the organisation's list."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from functools import partial

from mentoring.core.outcome import Outcome
from mentoring.core.people import Person
from mentoring.core.programmes import Programme
from mentoring.matching.match import MatchState
from mentoring.matching.offers import close_offer
from mentoring.partnerships.partnership import end
from mentoring.people.absences import AbsenceContext, update_profile
from mentoring.people.staff_check import RecordChange, StaffListCheck, StaffUpdate, check_staff, record_staff
from mentoring.people.staff_list import StaffListRow, handles, is_address
from storage import Storage, Transaction, retry_on_conflict
from storage.erasure import ErasureCounts


def load_absence(tx: Transaction, profile: Person) -> AbsenceContext:
    """Load the person whose `profile` Slack has sent, with everything that depends on their being here.

    Only the person, where they neither leave nor return: nothing follows then, and that is nearly always so.
    """
    known = tx.people.get(profile.id)
    if (known.left_at is not None) is profile.is_absent:
        return AbsenceContext(known)
    owners, found = tx.owners.all(), tx.programme_and_cohort()
    partnerships = tuple(tx.partnerships.of(profile.id))
    matches = tuple(tx.matches.live(profile.id, found[1].id)) if found else ()
    concerned = {each for p in partnerships for each in p.people} | {each for m in matches for each in m.people}
    return AbsenceContext(
        person=known,
        programme=found[0] if found else None,
        owners=owners,
        partnerships=partnerships,
        matches=matches,
        people=tx.people.get_many({*concerned, *owners}),
    )


def save_profile(tx: Transaction, profile: Person, now: datetime) -> None:
    """Save a `profile` that Slack sent by `now` (calendar, aware), with what follows if the person left or is back."""
    tx.save(update_profile(load_absence(tx, profile), profile, now))


def erase_person(storage: Storage, workspace: str, person: str, *, now: datetime) -> ErasureCounts:
    """Erase `person` (a Slack user id) and everything they sent, at `now` (calendar, aware).

    Their matches and partnerships end by the rules first, so that the other person hears of it.
    """

    def erase() -> ErasureCounts:
        with storage.begin(workspace) as tx:
            _end_open_matters(tx, person, now)
            return tx.erasure.erase(person, now)

    return retry_on_conflict(erase)


def _end_open_matters(tx: Transaction, person: str, now: datetime) -> None:
    found = tx.programme_and_cohort()
    for partnership in tx.partnerships.of(person):
        if partnership.is_active:
            tx.save(end(partnership, by=person, owners=(), now=now))
    for match in tx.matches.of(person, found[1].id) if found else ():
        if match.state is MatchState.OFFERED:
            tx.save(close_offer(match, MatchState.LAPSED, owners=tx.owners.all(), declined_by=person))
        elif match.state is MatchState.PROPOSED:
            tx.save(Outcome((match.changed(state=MatchState.OVERTAKEN),)))


AT_ONCE = 500
"""Rows saved in one transaction; the bot waits as long as that takes."""

_EASTERNMOST = timezone(timedelta(hours=14))


@dataclass
class StaffImport:
    """Saves rows of the organisation's list in batches. `now` is the calendar; `people` are by handle.

    `on_progress` is called with the number of rows saved so far and of all that can be saved.
    """

    storage: Storage
    workspace: str
    rows: Sequence[StaffListRow]
    programme: Programme
    people: dict[str, Person]
    now: Callable[[], datetime]
    dry_run: bool
    changes: dict[str, RecordChange] = field(default_factory=dict)
    """By Slack user id."""

    def run(self, on_progress: Callable[[int, int], None] = lambda _done, _all: None) -> StaffListCheck:
        """Check and save all rows. Start again if a person was erased meanwhile, so that nothing of theirs is saved."""
        while True:
            # The last day that has begun anywhere: a person who starts today is taken in every time zone.
            today = self.now().astimezone(_EASTERNMOST).date()
            checked = check_staff(
                self.rows, people=self.people, erased=self._erased(), programme=self.programme, today=today
            )
            if self._save(checked.updates, on_progress):
                return checked

    def _erased(self) -> frozenset[str]:
        named = {handle for handle in handles(self.rows) if not is_address(handle)}
        with self.storage.read(self.workspace) as tx:
            return tx.erasure.erased_among(named | {person.id for person in self.people.values()})

    def _save(self, entries: Sequence[StaffUpdate], on_progress: Callable[[int, int], None]) -> bool:
        """False if somebody was erased since the rows were checked."""
        on_progress(0, len(entries))
        for start in range(0, len(entries), AT_ONCE):
            some = entries[start : start + AT_ONCE]
            changes = retry_on_conflict(partial(self._save_some, some))
            if changes is None:
                return False
            self.changes = changes | self.changes  # a row saved before starting again keeps its first result
            on_progress(start + len(some), len(entries))
        return True

    def _save_some(self, entries: Sequence[StaffUpdate]) -> dict[str, RecordChange] | None:
        transaction = self.storage.read if self.dry_run else self.storage.begin
        with transaction(self.workspace) as tx:
            if tx.erasure.erased_among(frozenset().union(*(entry.people for entry in entries))):
                return None
            outcome, changes = record_staff(entries, tx.staff.of(entry.person for entry in entries))
            if not self.dry_run:
                tx.save(outcome)
        return changes
