"""Saving profiles from Slack, erasing a person, and importing the organisation's staff list."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

from mentoring.applications.application import ApplicationState
from mentoring.applications.submission import check_named
from mentoring.core.outcome import Outcome
from mentoring.core.people import AccountStatus, Person
from mentoring.core.programmes import Cohort, Programme
from mentoring.core.roles import ProgrammeRole
from mentoring.core.working_hours import latest_date
from mentoring.matching.match import MatchState
from mentoring.matching.offers import close_offer
from mentoring.own_data.erasing import check_erasure
from mentoring.owner_record import OwnerAct, OwnerAction
from mentoring.partnerships.endings import end
from mentoring.people.absences import AbsenceContext, AffectedProgramme, update_profile
from mentoring.people.staff_check import RecordChange, StaffListCheck, StaffUpdate, check_staff, record_staff
from mentoring.people.staff_list import (
    RowFinding,
    RowProblem,
    StaffColumn,
    StaffListRow,
    handle_of,
    handles,
    is_address,
)
from services.errors import report_error
from services.invitations import with_moments
from services.oversight import tell_of_leaving
from services.own_data import load_erasure_context
from services.planned_meetings import load_ahead, with_meetings_called_off
from services.sessions import leave_sessions
from storage import Conflict, DatabaseUnusable, Storage, Transaction, retry_on_conflict
from storage.erasure import ErasureCounts


def load_absence(tx: Transaction, profile: Person, now: datetime) -> AbsenceContext:
    """Load the stored person for a `profile` from Slack, with everything that depends on their absence.

    Loads only the person if they neither become absent nor return, which is nearly always the case.
    """
    stored = tx.people.get(profile.id)
    if (stored.left_at is not None) is profile.is_absent:
        return AbsenceContext(stored)
    return load_affected(tx, stored, now)


def load_affected(tx: Transaction, person: Person, now: datetime | None = None) -> AbsenceContext:
    """Load everything that depends on whether this person, as stored, is absent or on leave. With `now` (calendar,
    aware), also their meetings that lie ahead.
    """
    partnerships, sent = tx.partnerships.of(person.id), tx.applications.of_person(person.id)
    programmes = [
        AffectedProgramme(
            programme.id,
            tx.roles.owners(programme.id),
            tuple(p for p in partnerships if tx.cohorts.programme_of(p.cohort_id) == programme.id),
            tuple(tx.matches.live(person.id, cohort.id)),
            tx.roles.committee(programme.id),
            has_applied=any(each.state is ApplicationState.OPEN for each in sent.get(cohort.id, {}).values()),
            cohort_id=cohort.id,
            facilitators=tx.roles.holders(programme.id, ProgrammeRole.FACILITATOR),
        )
        for programme, cohort in tx.programmes.all()
    ]
    people = {each for p in partnerships for each in p.people}
    people |= {each for programme in programmes for match in programme.matches for each in match.people}
    people |= {each for programme in programmes for each in (*programme.owners, *programme.committee)}
    ahead = load_ahead(tx, partnerships, now) if now else ()
    return AbsenceContext(person, tuple(programmes), tx.people.get_many(people), ahead)


def takes_part_in(tx: Transaction, person: str, programme: Programme, cohort: Cohort) -> bool:
    """Whether `person` (a Slack user id) has an open application in this cohort, the programme's current one, or an
    active partnership in the programme.
    """
    if any(each.state is ApplicationState.OPEN for each in tx.applications.of(person, cohort.id).values()):
        return True
    active = (each for each in tx.partnerships.of(person) if each.is_active)
    return any(tx.cohorts.programme_of(each.cohort_id) == programme.id for each in active)


def save_profile(tx: Transaction, profile: Person, now: datetime) -> None:
    """Save a `profile` that Slack sent at `now` (calendar, aware); pause or resume what depends on the account.

    If Slack has only now said who the person is, applications that name them are checked.
    """
    before = tx.people.get(profile.id)
    is_new = before.account_status is AccountStatus.UNKNOWN
    tx.save(update_profile(load_absence(tx, profile, now), profile, now))
    if profile.is_absent and not before.is_absent:
        tell_of_leaving(tx, profile.id, tx.roles.programmes_of(profile.id, ProgrammeRole.OWNER), now)
        tx.save(leave_sessions(tx, profile.id, now))
    for programme, cohort in tx.programmes.all() if is_new else ():
        tx.save(check_named(profile, tx.named.applications_naming(profile.id, cohort.id), programme))


def erase_person(storage: Storage, workspace: str, person: str, *, now: datetime, by: str = "") -> ErasureCounts:
    """Erase `person` (a Slack user id) and everything they sent, at `now` (calendar, aware).

    Their open matches and partnerships are ended first, so that the other person is notified. If they or an owner ask
    for it in Slack (`by`), that is checked again in the same transaction, and an owner’s act is recorded without their
    name. Raises as `check_erasure`.
    """

    def erase() -> ErasureCounts:
        with storage.begin(workspace) as tx:
            if by:
                check_erasure(load_erasure_context(tx, person), by=by)
                _record(tx, person, by, now)
            _end_matches_and_partnerships(tx, person, now)
            tell_of_leaving(tx, person, tx.roles.programmes_of(person, ProgrammeRole.OWNER), now)
            tx.save(leave_sessions(tx, person, now))
            return tx.erasure.erase(person, now)

    return retry_on_conflict(erase)


def _record(tx: Transaction, person: str, by: str, now: datetime) -> None:
    """Record in each programme of the person that an owner had them erased."""
    if by == person:
        return
    for id in sorted(load_erasure_context(tx, person).part_in):
        _, cohort = tx.programme(id)
        tx.save(Outcome((OwnerAct(tx.new_id(), cohort.id, OwnerAction.ERASED, by, now),)))


def _end_matches_and_partnerships(tx: Transaction, person: str, now: datetime) -> None:
    for partnership in tx.partnerships.of(person):
        if partnership.is_active:
            tx.save(with_meetings_called_off(tx, end(partnership, by=person, owners=(), now=now), now))
    for programme, cohort in tx.programmes.all():
        for match in tx.matches.of(person, cohort.id):
            if match.state is MatchState.OFFERED:
                owners = tx.roles.present_owners(programme.id)
                tx.save(close_offer(match, MatchState.OVERTAKEN, owners=owners, declined_by=person))
            elif match.state is MatchState.PROPOSED:
                tx.save(Outcome((match.changed(state=MatchState.OVERTAKEN),)))


BATCH_SIZE = 500
"""Rows saved in one transaction. The bot cannot write in the meantime."""

MOST_FAILED = 10
"""If so many rows of a batch fail before the first one is saved, the rows are not the cause."""


@dataclass
class StaffImport:
    """An import of the organisation's staff list, in batches.

    `people` are by handle, `now` is the calendar. With `dry_run`, nothing is saved. `changes` are by Slack user id, and
    so are the `failed` rows that could not be saved, each with its reference in the log.
    """

    storage: Storage
    workspace: str
    rows: Sequence[StaffListRow]
    programme: Programme
    people: dict[str, Person]
    now: Callable[[], datetime]
    dry_run: bool
    changes: dict[str, RecordChange] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)

    def run(self, on_progress: Callable[[int, int], None] = lambda _saved, _all: None) -> StaffListCheck:
        """Check all rows and save the valid ones. Starts again if a person was erased meanwhile.

        Calls `on_progress` with the number of rows saved so far, and the number of valid rows. A row that cannot be
        saved is a finding of its own, and the others are saved.
        """
        while True:
            today = latest_date(self.now())  # so that a start date of today is valid everywhere
            checked = check_staff(
                self.rows, people=self.people, erased=self._erased(), programme=self.programme, today=today
            )
            if self._save(checked.updates, on_progress):
                return replace(checked, findings=(*checked.findings, *self._not_saved()))

    def _erased(self) -> frozenset[str]:
        named = {handle for handle in handles(self.rows) if not is_address(handle)}
        with self.storage.read(self.workspace) as tx:
            return tx.erasure.erased_among(named | {person.id for person in self.people.values()})

    def _save(self, updates: Sequence[StaffUpdate], on_progress: Callable[[int, int], None]) -> bool:
        """Save in batches. Returns False if a person was erased since the rows were checked."""
        on_progress(0, len(updates))
        for start in range(0, len(updates), BATCH_SIZE):
            batch = updates[start : start + BATCH_SIZE]
            changes = self._save_or_isolate(batch)
            if changes is None:
                return False
            self.changes = changes | self.changes  # a row saved before starting again keeps its first result
            on_progress(start + len(batch), len(updates))
        return True

    def _save_or_isolate(self, batch: Sequence[StaffUpdate]) -> dict[str, RecordChange] | None:
        """Save a batch; if it fails, save its rows one by one, so that one row holds up no other."""
        try:
            return retry_on_conflict(partial(self._save_batch, batch))
        except Conflict:
            raise
        except Exception as error:  # noqa: BLE001 - a row that cannot be saved holds up no other
            if len(batch) == 1:
                self.failed[batch[0].person] = report_error(error)
                return {}
        changes: dict[str, RecordChange] = {}
        failed = len(self.failed)
        for update in batch:
            one = self._save_or_isolate([update])
            if one is None:
                return None
            changes |= one
            if not changes and len(self.failed) - failed >= MOST_FAILED:
                raise DatabaseUnusable("The list could not be saved. Run `mentor-bot doctor`, and look at the log.")
        return changes

    def _not_saved(self) -> Iterator[RowFinding]:
        for row in self.rows:
            person = self.people.get(handle_of(row.cells.get(StaffColumn.PERSON, "")))
            if person and person.id in self.failed:
                yield RowFinding(row.number, None, RowProblem.NOT_SAVED, text=self.failed[person.id])

    def _save_batch(self, updates: Sequence[StaffUpdate]) -> dict[str, RecordChange] | None:
        transaction = self.storage.read if self.dry_run else self.storage.begin
        with transaction(self.workspace) as tx:
            if tx.erasure.erased_among(frozenset().union(*(update.people for update in updates))):
                return None
            outcome, changes = record_staff(updates, tx.staff.of(update.person for update in updates))
            if not self.dry_run:
                tx.save(with_moments(tx, outcome, self.now()))
        return changes
