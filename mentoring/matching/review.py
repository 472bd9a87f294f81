"""Proposal runs, replacing the undecided proposals by new ones, and release."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from mentoring.core.errors import CohortOver
from mentoring.core.outcome import NOTHING, PROMPT_FOR, Notification, NotificationKind, Outcome
from mentoring.core.owners import OPERATOR, check_approver, check_owner_or_operator
from mentoring.core.programmes import Cohort
from mentoring.matching.decisions import DecisionKind, record_decision
from mentoring.matching.errors import AlreadyProposing, NothingToRelease
from mentoring.matching.introductions import introduce, waits_for_start
from mentoring.matching.match import Match, MatchState
from mentoring.matching.offers import hold_until_start, make_offer
from mentoring.matching.pending_approvals import plan_approval_reminders
from mentoring.matching.pool import applications_of
from mentoring.matching.round import MatchingRound, Obstacle
from mentoring.matching.told import NOBODY_TOLD, ToldBefore
from mentoring.matching.unmatched import notify_unmatched


@dataclass(frozen=True)
class ProposalRun:
    """A request for new proposals in a cohort, and the result of the last run.

    `asked_at` (calendar, aware) is set while a request by `asked_by` is open. The last run, requested by `done_by`,
    ended at `done_at` (calendar, aware). `added` and `gone` are ids of proposals; `kept` counts the unchanged ones.
    """

    cohort_id: str
    asked_by: str = ""
    asked_at: datetime | None = None
    done_by: str = ""
    done_at: datetime | None = None
    added: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    kept: int = 0
    version: int = 1

    def changed(self, **values: object) -> "ProposalRun":
        return replace(self, version=self.version + 1, **values)  # type: ignore[arg-type]


def request_proposals(
    run: ProposalRun | None, cohort: Cohort, approvers: Sequence[str], *, by: str, now: datetime
) -> Outcome:
    """Request new proposals, and post the live view in which `by` sees the progress.

    Raises NotForYou, CohortOver, and AlreadyProposing while an earlier request is open.
    """
    check_may_propose(cohort, approvers, by=by)
    if run is not None and run.asked_at:
        raise AlreadyProposing(run.asked_at)
    known = run or ProposalRun(cohort.id, version=0)
    return Outcome((known.changed(asked_by=by, asked_at=now),), (_message(cohort, by, is_reply=True),))


def check_may_propose(cohort: Cohort, approvers: Sequence[str], *, by: str) -> None:
    """Raise NotForYou, CohortOver unless `by` may request proposals."""
    check_approver(by, approvers)
    if cohort.closed_on:
        raise CohortOver


def complete_run(
    run: ProposalRun | None,
    round_: MatchingRound,
    proposed: tuple[Match, ...],
    *,
    by: str,
    now: datetime,
) -> Outcome:
    """Record the result of a run: `proposed` replace the undecided proposals of `round_`. Closes an open request.

    If there are new proposals, the other approvers are notified, once a day at most; if the request was made more than
    PROMPT_FOR ago, in their working hours. All approvers are reminded two working days later, if they have not decided.
    """
    found = difference(round_, proposed)
    result = {"added": tuple(m.id for m in found.added), "gone": tuple(m.id for m in found.gone)}
    known = run or ProposalRun(round_.cohort.id, version=0)
    done = known.changed(asked_by="", asked_at=None, done_by=by, done_at=now, kept=len(found.kept), **result)
    due = now if known.asked_at and now - known.asked_at > PROMPT_FOR else None
    informed = [each for each in round_.approvers if each != by] if found.added else []
    reminded = round_.approvers if found.added else ()
    reminders = plan_approval_reminders(round_.cohort, round_.programme, reminded, now.date())
    return Outcome((done, *reminders), tuple(_message(round_.cohort, each, now.date(), due) for each in informed))


def _message(
    cohort: Cohort, approver: str, day: date | None = None, due: datetime | None = None, *, is_reply: bool = False
) -> Notification:
    """The live view of the matching of `cohort` for an approver. Another `day` posts it again, as a new message."""
    refs = {"cohort": cohort.id} | ({"day": day.isoformat()} if day else {})
    return Notification(
        f"{NotificationKind.REVIEW}:{cohort.id}:{approver}",
        NotificationKind.REVIEW,
        approver,
        refs,
        due=due,
        is_reply=is_reply,
    )


def abandon_run(run: ProposalRun, *, tell: bool) -> Outcome:
    """Close the request without a result. With `tell`, the person who made it is notified."""
    key = f"{NotificationKind.NOT_PROPOSED}:{run.cohort_id}:{run.version}"
    notification = Notification(
        key, NotificationKind.NOT_PROPOSED, run.asked_by, {"cohort": run.cohort_id}, is_reply=True
    )
    return Outcome(
        (run.changed(asked_by="", asked_at=None),),
        (notification,) if tell and run.asked_by not in ("", OPERATOR) else (),
    )


@dataclass(frozen=True)
class ProposalDiff:
    """The difference between the undecided proposals and newly computed ones.

    `kept` have their old ids. `renewed` are the next versions of those kept proposals whose score or alternatives have
    changed.
    """

    added: tuple[Match, ...]
    gone: tuple[Match, ...]
    kept: tuple[Match, ...]
    renewed: tuple[Match, ...]

    @property
    def changes(self) -> tuple[Match, ...]:
        """The matches to save."""
        return (*(m.changed(state=MatchState.OVERTAKEN) for m in self.gone), *self.renewed, *self.added)


def difference(round_: MatchingRound, proposed: tuple[Match, ...]) -> ProposalDiff:
    """The difference between the undecided proposals of the round and the `proposed` matches."""
    before = {_identity(m): m for m in round_.undecided_proposals()}
    now = {_identity(m): m for m in proposed}
    kept = {identity: m for identity, m in before.items() if identity in now}
    return ProposalDiff(
        added=tuple(m for identity, m in now.items() if identity not in kept),
        gone=tuple(m for identity, m in before.items() if identity not in kept),
        kept=tuple(kept.values()),
        renewed=tuple(
            m.changed(**_figures(now[identity]))
            for identity, m in kept.items()
            if _figures(m) != _figures(now[identity])
        ),
    )


def _identity(match: Match) -> tuple[object, ...]:
    """The identity of a proposal: people approve two people for these reasons."""
    return match.mentee_application, match.mentor_application, match.reasons


def _figures(match: Match) -> dict[str, object]:
    """The values that depend on the other applications in the round."""
    return {"score": match.score, "other_mentor": match.other_mentor, "other_mentee": match.other_mentee}


def replace_proposals(round_: MatchingRound, proposed: tuple[Match, ...], *, by: str) -> Outcome:
    """Replace the undecided proposals by `proposed`. Proposals of the same two people for the same reasons are kept.

    Raises NotForYou, CohortOver.
    """
    check_approver(by, round_.approvers)
    if round_.cohort.closed_on:
        raise CohortOver
    return Outcome(difference(round_, proposed).changes)


def release(
    round_: MatchingRound,
    *,
    by: str,
    now: datetime,
    new_id: Callable[[], str],
    told: ToldBefore = NOBODY_TOLD,
) -> Outcome:
    """Offer the approved matches to their people, or introduce them if the programme does not ask first: at once, or
    when the round starts.

    An approved match that breaks a hard rule by now is overtaken. If there are fewer places than approved matches, the
    best ones get them. If all proposals were approved, unmatched people are notified; `told` is what they
    were told before. Raises NotForYou, CohortOver, NothingToRelease.
    """
    check_owner_or_operator(by, round_.owners)
    if round_.cohort.closed_on:
        raise CohortOver
    proposals = round_.proposals()
    approved = [m for m in proposals if not round_.still_needs(m)]
    if not approved:
        raise NothingToRelease(sum(m.awaits_answer for m in round_.matches.values()))
    outcome = NOTHING
    for match, obstacle in _each_with_obstacle(round_, approved):
        if obstacle:
            outcome += Outcome((match.changed(state=MatchState.OVERTAKEN),))
            continue
        if round_.programme.ask_first:
            outcome += make_offer(round_, match, now)
        elif waits_for_start(round_, match, now):
            outcome += hold_until_start(round_, match, now)
        else:
            accepted = match.changed(state=MatchState.ACCEPTED, offered_at=now, accepted_by=match.people)
            outcome += Outcome((accepted,)) + introduce(round_, accepted, now=now, new_id=new_id())
        outcome += Outcome((record_decision(match, DecisionKind.RELEASED, by=by, at=now),))
    if outcome.notifications and len(approved) == len(proposals):
        # People of matches that were overtaken here are not notified: they may be matched in the next run.
        outcome += notify_unmatched(round_, now.date(), told)
    if by == OPERATOR and outcome.notifications:
        outcome += Outcome(notifications=_operator_released(round_, approved))
    return outcome


def blocked(round_: MatchingRound) -> tuple[tuple[Match, Obstacle], ...]:
    """The approved proposals that would be overtaken if they were released now, best first, each with the reason."""
    approved = [m for m in round_.proposals() if not round_.still_needs(m)]
    return tuple((match, found) for match, found in _each_with_obstacle(round_, approved) if found)


def _each_with_obstacle(round_: MatchingRound, approved: Sequence[Match]) -> Iterator[tuple[Match, Obstacle | None]]:
    """The hard rule that each breaks by now, if any. Those before it in the list that break none take their places."""
    taken = round_.places_offered()
    for match in approved:
        obstacle = round_.obstacle(match, taken)
        if obstacle is None:
            taken.update(applications_of(match))
        yield match, obstacle


def _operator_released(round_: MatchingRound, approved: Sequence[Match]) -> tuple[Notification, ...]:
    """Notify each owner; refers to a match that lacked approvals without the operator's, if there is one."""
    kind = NotificationKind.OPERATOR_RELEASED
    without = (replace(m, approvals=tuple(each for each in m.approvals if each != OPERATOR)) for m in approved)
    refs = {"cohort": approved[0].cohort_id}
    refs |= next(({"match": match.id} for match in without if round_.still_needs(match)), {})
    return tuple(Notification(f"{kind}:{approved[0].id}:{owner}", kind, owner, refs) for owner in round_.owners)
