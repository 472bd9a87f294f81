"""Proposals for a round: computed outside any transaction, saved if nothing changed meanwhile; and their release."""

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial

from mentoring.core.errors import ChangedMeanwhile, CohortOver, NoProgramme, NotForYou
from mentoring.core.outcome import NotificationKind, Outcome
from mentoring.matching import review
from mentoring.matching.decisions import approve
from mentoring.matching.errors import NothingToRelease
from mentoring.matching.match import OPERATOR, Match, MatchState
from mentoring.matching.optimiser import propose
from mentoring.matching.review import ProposalRun, abandon_run, check_may_propose, complete_run
from mentoring.matching.round import MatchingRound
from services.errors import report_error
from storage import Conflict, Storage, Transaction, retry_on_conflict

log = logging.getLogger(__name__)

_TRIES = 3


def run_requested_proposals(
    storage: Storage,
    workspace: str,
    calendar: Callable[[], datetime],
    on_loaded: Callable[[MatchingRound], None] = lambda _: None,
) -> None:
    """Run the proposals that owners have requested and that no process has computed yet.

    `on_loaded` gets the round before it is matched. Running it twice, or beside another process, is harmless. Nothing
    is done while the workspace's access is revoked.
    """
    with storage.read(workspace) as tx:
        asked = [] if tx.access.access_lost() else tx.proposal_runs.requested()
    for solving in asked:
        try:
            retry_on_conflict(partial(_run_requested, storage, workspace, calendar, solving, on_loaded))
        except (NotForYou, CohortOver, NoProgramme):
            _abandon(storage, workspace, solving, tell=False)
        except ChangedMeanwhile:
            log.warning("Proposals were given up: people kept changing what they rest on")
            _abandon(storage, workspace, solving, tell=True)
        except Conflict:
            log.info("Others were faster again and again: proposals are looked for later")
        except _NoSolution as failed:  # it would only fail again, and somebody waits for it
            report_error(failed.error)
            _abandon(storage, workspace, solving, tell=True)
        except Exception as error:  # reading or on_saving failed: it stays asked for, and is done later
            report_error(error)


def run_proposals(
    storage: Storage,
    workspace: str,
    *,
    by: str,
    now: Callable[[], datetime],
    quietly: bool = False,
    on_loaded: Callable[[MatchingRound], None] = lambda _: None,
    on_saving: Callable[[], None] = lambda: None,
) -> None:
    """Compute new proposals at once; `quietly` if nothing is left for the owners to decide.

    `by` is an owner or the OPERATOR. `on_loaded` gets the round before it is matched, and `on_saving` is called before
    the result is saved. Raises NoProgramme, NotForYou, CohortOver, and ChangedMeanwhile if what the proposals rest on
    changed at every try.
    """
    retry_on_conflict(
        lambda: _optimise_and_save(
            storage, workspace, by=by, calendar=now, quietly=quietly, on_loaded=on_loaded, on_saving=on_saving
        )
    )


def _run_requested(
    storage: Storage,
    workspace: str,
    calendar: Callable[[], datetime],
    asked: ProposalRun,
    on_loaded: Callable[[MatchingRound], None],
) -> None:
    def is_wanted(tx: Transaction) -> bool:
        return tx.proposal_runs.get(asked.cohort_id) == asked

    _optimise_and_save(
        storage, workspace, by=asked.asked_by, calendar=calendar, on_loaded=on_loaded, is_wanted=is_wanted
    )


def _optimise_and_save(
    storage: Storage,
    workspace: str,
    *,
    by: str,
    calendar: Callable[[], datetime],
    quietly: bool = False,
    on_loaded: Callable[[MatchingRound], None] = lambda _: None,
    on_saving: Callable[[], None] = lambda: None,
    is_wanted: Callable[[Transaction], bool] = lambda _: True,
) -> None:
    """Solve on what was read, outside any transaction; keep it only if what it rests on has not changed meanwhile."""
    for _ in range(_TRIES):
        with storage.read(workspace) as tx:
            programme, cohort = tx.require_programme()
            check_may_propose(cohort, tx.owners.all(), by=by)
            if not is_wanted(tx):
                return
            seen = tx.rounds.get(programme, cohort)
        on_loaded(seen)
        proposed = _proposed(seen)
        on_saving()
        with storage.begin(workspace) as tx:
            current = tx.rounds.get(*tx.require_programme())
            if not is_wanted(tx):
                return
            if current.version == seen.version:
                filled = review.replace_proposals(current, proposed, by=by)
                done = complete_run(tx.proposal_runs.get(current.cohort.id), current, proposed, by=by, now=calendar())
                tx.save(filled + (Outcome(done.changes) if quietly else done))
                return
    raise ChangedMeanwhile(None)


class _NoSolution(Exception):
    """The round could not be solved."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error


def _proposed(round_: MatchingRound) -> tuple[Match, ...]:
    try:
        return propose(round_, Transaction.new_id)
    except Exception as error:
        raise _NoSolution(error) from error


def _abandon(storage: Storage, workspace: str, asked: ProposalRun, *, tell: bool) -> None:
    with storage.begin(workspace) as tx:
        if tx.proposal_runs.get(asked.cohort_id) == asked:
            tx.save(abandon_run(asked, tell=tell))


def release(storage: Storage, workspace: str, *, approving: bool, now: Callable[[], datetime]) -> tuple[int, int]:
    """Ask everyone whose match is approved, as the OPERATOR; with `approving` approve every proposal first.

    Returns how many matches went out, and how many people are told that nobody was found for them yet. Raises
    NoProgramme and CohortOver. `now` is the calendar.
    """
    return retry_on_conflict(lambda: _release(storage, workspace, approving, now()))


def _release(storage: Storage, workspace: str, approving: bool, now: datetime) -> tuple[int, int]:
    with storage.begin(workspace) as tx:
        programme, cohort = tx.require_programme()
        round_ = tx.rounds.get(programme, cohort)
        proposals = round_.proposals()
        for proposal in proposals if approving else ():
            tx.save(approve(proposal, by=OPERATOR, owners=round_.owners, now=now))
        try:
            outcome = review.release(tx.rounds.get(programme, cohort), by=OPERATOR, now=now, new_id=tx.new_id)
        except NothingToRelease:
            return 0, 0
        told = {
            n.recipient
            for n in outcome.notifications
            if n.kind is NotificationKind.UNMATCHED and not tx.outbox.contains(n.key)
        }
        tx.save(outcome)
        matches = tx.rounds.get(programme, cohort).matches
        stays = (MatchState.PROPOSED, MatchState.OVERTAKEN)
        return sum(matches[proposal.id].state not in stays for proposal in proposals), len(told)
