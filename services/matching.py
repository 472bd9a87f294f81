"""Computing proposals for a round, and releasing them."""

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from mentoring.applications.application import Role
from mentoring.core.errors import ChangedMeanwhile, CohortOver, NoProgramme, NotForYou
from mentoring.core.failures import WorkItem, WorkKind
from mentoring.core.outcome import NotificationKind, Outcome
from mentoring.core.owners import OPERATOR
from mentoring.core.programmes import Cohort
from mentoring.matching import introductions, review, waiting
from mentoring.matching.decisions import approve
from mentoring.matching.errors import CannotApprove, NothingToRelease
from mentoring.matching.match import Match, MatchState
from mentoring.matching.optimiser import propose
from mentoring.matching.review import ProposalRun, abandon_run, check_may_propose, complete_run
from mentoring.matching.round import MatchingRound, Obstacle
from mentoring.matching.told import ToldBefore
from services.errors import report_error
from services.failures import record_failure
from storage import Conflict, Storage, Transaction, retry_on_conflict

log = logging.getLogger(__name__)

_TRIES = 3


def tell_of_new_dates(tx: Transaction, before: Cohort, now: datetime) -> None:
    """Tell the people whom it concerns if the dates of the round have changed since `before`, or the next one has
    opened: those of agreed matches, and those who wait. `now` is the calendar.
    """
    programme, cohort = tx.programme_of(before.id)
    if cohort.id != before.id:
        round_ = tx.rounds.get(programme, cohort)
        tx.save(waiting.tell_of_new_round(round_, waiting_told(tx), today=now.date()).in_working_hours_from(now))
        return
    if (cohort.apply_by, cohort.starts_on) == (before.apply_by, before.starts_on) or cohort.closed_on:
        return
    round_ = tx.rounds.get(programme, cohort)
    told = waiting.tell_of_new_dates(round_, waiting_told(tx), today=now.date())
    if programme.introduces_at_start and cohort.starts_on != before.starts_on:
        told += introductions.tell_of_new_start(round_)
    tx.save(told.in_working_hours_from(now))


def run_requested_proposals(
    storage: Storage,
    workspace: str,
    calendar: Callable[[], datetime],
    on_loaded: Callable[[MatchingRound], None] = lambda _: None,
    *,
    stopwatch: Callable[[], datetime] | None = None,
) -> None:
    """Compute the proposals that owners have requested and that no process has computed yet.

    `calendar` gives aware times. `on_loaded` gets the round before it is matched. It is safe to run this twice, or in
    two processes. Does nothing while access to the workspace is lost. A request that cannot be read or saved is tried
    again later, by the `stopwatch` (without one, the one of the storage, or the calendar).
    """
    clock = stopwatch or storage.stopwatch or calendar
    with storage.read(workspace) as tx:
        requested = tx.proposal_runs.requested()
        if requested and tx.access.access_lost():
            return
        waiting = [run for run in requested if not tx.failures.is_held(_item(run), clock())]
    for run in waiting:
        try:
            retry_on_conflict(partial(_run_requested, storage, workspace, calendar, run, on_loaded))
        except (NotForYou, CohortOver, NoProgramme):
            _abandon(storage, workspace, run, tell=False)
        except ChangedMeanwhile:
            log.warning("Proposals were abandoned: their data changed at every try")
            _abandon(storage, workspace, run, tell=True)
        except Conflict:
            log.info("Proposals had write conflicts at every try: they are computed later")
        except _OptimiserFailed as failed:  # it would fail again, and an owner waits for the result
            report_error(failed.error)
            _abandon(storage, workspace, run, tell=True)
        except Exception as error:  # reading or saving failed: the request stays, and is tried again later
            reference, kind = report_error(error), type(error).__name__
            with suppress(Exception):  # if the database is the cause, the next tick tries again
                record_failure(storage, workspace, _item(run), reference=reference, error=kind, stopwatch=clock())


def _item(run: ProposalRun) -> WorkItem:
    return WorkItem(WorkKind.PROPOSAL_RUN, run.cohort_id)


def run_proposals(
    storage: Storage,
    workspace: str,
    programme_id: str,
    *,
    by: str,
    now: Callable[[], datetime],
    notify: bool = True,
    on_loaded: Callable[[MatchingRound], None] = lambda _: None,
    on_saving: Callable[[], None] = lambda: None,
) -> None:
    """Compute new proposals at once. `notify`: tell the other owners that there is something to decide.

    `by` is an owner (Slack user id) or the OPERATOR, `now` the calendar. `on_loaded` gets the round before it is
    matched; `on_saving` is called before the result is saved. Raises NoProgramme, NotForYou, CohortOver, and
    ChangedMeanwhile if the data of the round changed at every try.
    """
    retry_on_conflict(
        lambda: _optimise_and_save(
            storage,
            workspace,
            programme_id,
            by=by,
            calendar=now,
            notify=notify,
            on_loaded=on_loaded,
            on_saving=on_saving,
        )
    )


def _run_requested(
    storage: Storage,
    workspace: str,
    calendar: Callable[[], datetime],
    run: ProposalRun,
    on_loaded: Callable[[MatchingRound], None],
) -> None:
    def is_requested(tx: Transaction) -> bool:
        return tx.proposal_runs.get(run.cohort_id) == run

    with storage.read(workspace) as tx:
        programme_id = tx.cohorts.programme_of(run.cohort_id) or ""
    _optimise_and_save(
        storage,
        workspace,
        programme_id,
        by=run.asked_by,
        calendar=calendar,
        on_loaded=on_loaded,
        is_requested=is_requested,
    )


def _optimise_and_save(
    storage: Storage,
    workspace: str,
    programme_id: str,
    *,
    by: str,
    calendar: Callable[[], datetime],
    notify: bool = True,
    on_loaded: Callable[[MatchingRound], None] = lambda _: None,
    on_saving: Callable[[], None] = lambda: None,
    is_requested: Callable[[Transaction], bool] = lambda _: True,
) -> None:
    """Compute proposals outside any transaction, and save them if the round has not changed meanwhile.

    Raises ChangedMeanwhile if it changed at every try.
    """
    for _ in range(_TRIES):
        with storage.read(workspace) as tx:
            programme, cohort = tx.programme(programme_id)
            check_may_propose(cohort, tx.roles.approvers(programme_id), by=by)
            if not is_requested(tx):
                return
            loaded = tx.rounds.get(programme, cohort).with_acting(by)
        on_loaded(loaded)
        proposed = _propose(loaded)
        on_saving()
        with storage.begin(workspace) as tx:
            current = tx.rounds.get(*tx.programme(programme_id)).with_acting(by)
            if not is_requested(tx):
                return
            if current.version == loaded.version:
                replaced = review.replace_proposals(current, proposed, by=by)
                done = complete_run(tx.proposal_runs.get(current.cohort.id), current, proposed, by=by, now=calendar())
                tx.save(replaced + (done if notify else Outcome(done.changes)))
                tx.failures.clear(WorkItem(WorkKind.PROPOSAL_RUN, current.cohort.id))
                return
    raise ChangedMeanwhile(None)


class _OptimiserFailed(Exception):
    """The optimiser raised `error`."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error


def _propose(round_: MatchingRound) -> tuple[Match, ...]:
    try:
        return propose(round_, Transaction.new_id)
    except Exception as error:
        raise _OptimiserFailed(error) from error


def _abandon(storage: Storage, workspace: str, run: ProposalRun, *, tell: bool) -> None:
    with storage.begin(workspace) as tx:
        if tx.proposal_runs.get(run.cohort_id) == run:
            tx.save(abandon_run(run, tell=tell))
            tx.failures.clear(_item(run))


def waiting_told(tx: Transaction) -> ToldBefore:
    """Who was told before that there is no match for them yet."""
    return tx.outbox.told_before((NotificationKind.UNMATCHED, NotificationKind.STILL_WAITING))


@dataclass(frozen=True)
class Released:
    """How many matches were `sent`, and how many people are told that there is no match for them yet. `blocked` are
    proposals that break a hard rule by now.
    """

    sent: int = 0
    unmatched: int = 0
    blocked: tuple[tuple[Match, Obstacle], ...] = ()


def release(
    storage: Storage, workspace: str, programme_id: str, *, approving: bool, now: Callable[[], datetime]
) -> Released:
    """Release the approved proposals as the OPERATOR. With `approving`, approve every proposal first.

    Proposals that break a hard rule by now are neither approved nor released. `now` is the calendar. Raises
    NoProgramme, CohortOver.
    """
    return retry_on_conflict(lambda: _release(storage, workspace, programme_id, approving, now()))


def _release(storage: Storage, workspace: str, programme_id: str, approving: bool, now: datetime) -> Released:
    with storage.begin(workspace) as tx:
        programme, cohort = tx.programme(programme_id)
        round_ = tx.rounds.get(programme, cohort)
        proposals = round_.proposals()
        blocked: list[tuple[Match, Obstacle]] = []
        for proposal in proposals if approving else ():
            try:
                outcome = approve(round_, proposal, by=OPERATOR, now=now)
            except CannotApprove as refusal:
                blocked.append((proposal, Obstacle(refusal.broken_rule, Role(refusal.role) if refusal.role else None)))
                continue
            tx.save(outcome)
        current = tx.rounds.get(programme, cohort)
        blocked += review.blocked(current)
        try:
            outcome = review.release(current, by=OPERATOR, now=now, new_id=tx.new_id, told=waiting_told(tx))
        except NothingToRelease:
            return Released(blocked=tuple(blocked))
        unmatched = {
            n.recipient
            for n in outcome.notifications
            if n.kind is NotificationKind.UNMATCHED and not tx.outbox.contains(n.key)
        }
        tx.save(outcome)
        matches = tx.rounds.get(programme, cohort).matches
        not_released = (MatchState.PROPOSED, MatchState.OVERTAKEN)
        sent = sum(matches[proposal.id].state not in not_released for proposal in proposals)
        return Released(sent, len(unmatched), tuple(blocked))
