"""Proposal runs, replacing the undecided proposals by new ones, and release."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from mentoring.core.errors import CohortOver
from mentoring.core.outcome import NOTHING, PROMPT_FOR, Notification, NotificationKind, Outcome
from mentoring.core.owners import OPERATOR, check_owner_or_operator
from mentoring.core.programmes import Cohort
from mentoring.matching.decisions import DecisionKind, record_decision
from mentoring.matching.errors import AlreadyProposing, NothingToRelease
from mentoring.matching.match import Match, MatchState
from mentoring.matching.offers import introduce, make_offer
from mentoring.matching.round import MatchingRound
from mentoring.matching.unmatched import notify_unmatched


@dataclass(frozen=True)
class ProposalRun:
    """A request for new proposals in a cohort, and the result of the last run.

    `asked_at` (calendar, aware) is set while an owner waits for it. `done_at` is when the last run ended, requested by
    `done_by`: the ids of the proposals that were `added` and are `gone`, and how many were `kept`.
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
    run: ProposalRun | None, cohort: Cohort, owners: Sequence[str], *, by: str, now: datetime
) -> Outcome:
    """Somebody asks for new proposals; `run` is how far that is. They see in their message how it goes.

    Raises NotForYou, CohortOver, and AlreadyProposing while it is being done.
    """
    check_may_propose(cohort, owners, by=by)
    if run is not None and run.asked_at:
        raise AlreadyProposing(run.asked_at)
    known = run or ProposalRun(cohort.id, version=0)
    return Outcome((known.changed(asked_by=by, asked_at=now),), (_message(cohort, by, asked=True),))


def check_may_propose(cohort: Cohort, owners: Sequence[str], *, by: str) -> None:
    """Raises NotForYou, CohortOver."""
    check_owner_or_operator(by, owners)
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
    """It is done: `proposed` take the place of the undecided proposals of `round_`. Whoever asked meanwhile is served.

    The other owners hear that there is something new to decide, once a day at most; what came of it long after it was
    asked for waits for their working hours.
    """
    found = difference(round_, proposed)
    came = {"added": tuple(m.id for m in found.added), "gone": tuple(m.id for m in found.gone)}
    known = run or ProposalRun(round_.cohort.id, version=0)
    done = known.changed(asked_by="", asked_at=None, done_by=by, done_at=now, kept=len(found.kept), **came)
    due = now if known.asked_at and now - known.asked_at > PROMPT_FOR else None
    told = [owner for owner in round_.owners if owner != by] if found.added else []
    return Outcome((done,), tuple(_message(round_.cohort, owner, now.date(), due) for owner in told))


def _message(
    cohort: Cohort, owner: str, day: date | None = None, due: datetime | None = None, *, asked: bool = False
) -> Notification:
    """The message in which an owner sees how the matching of `cohort` stands; `day` is when it needs them anew."""
    about = {"cohort": cohort.id} | ({"day": day.isoformat()} if day else {})
    return Notification(
        f"{NotificationKind.REVIEW}:{cohort.id}:{owner}", NotificationKind.REVIEW, owner, about, due=due, is_reply=asked
    )


def abandon_run(run: ProposalRun, *, tell: bool) -> Outcome:
    """It could not be done, or has become pointless; who asked for it hears of that where there is something to
    `tell`.
    """
    key = f"{NotificationKind.NOT_PROPOSED}:{run.cohort_id}:{run.version}"
    told = Notification(key, NotificationKind.NOT_PROPOSED, run.asked_by, is_reply=True)
    return Outcome(
        (run.changed(asked_by="", asked_at=None),),
        (told,) if tell and run.asked_by not in ("", OPERATOR) else (),
    )


@dataclass(frozen=True)
class ProposalDiff:
    """What is `added`, what is `gone` (as it was) and what is `kept`, under the id that it had. `renewed` are those of
    the kept, as their next version, whose score is another by now, or for whom somebody else would be next.
    """

    added: tuple[Match, ...]
    gone: tuple[Match, ...]
    kept: tuple[Match, ...]
    renewed: tuple[Match, ...]

    @property
    def changes(self) -> tuple[Match, ...]:
        """What storage has to keep of it."""
        return (*(m.changed(state=MatchState.OVERTAKEN) for m in self.gone), *self.renewed, *self.added)


def difference(round_: MatchingRound, proposed: tuple[Match, ...]) -> ProposalDiff:
    """Between what nobody has decided on and what is `proposed` now."""
    before = {_essence(m): m for m in round_.undecided()}
    now = {_essence(m): m for m in proposed}
    kept = {essence: m for essence, m in before.items() if essence in now}
    return ProposalDiff(
        added=tuple(m for essence, m in now.items() if essence not in kept),
        gone=tuple(m for essence, m in before.items() if essence not in kept),
        kept=tuple(kept.values()),
        renewed=tuple(
            m.changed(**_figures(now[essence])) for essence, m in kept.items() if _figures(m) != _figures(now[essence])
        ),
    )


def _essence(match: Match) -> tuple[object, ...]:
    """What makes a proposal the same as another: owners approve two people for these reasons."""
    return match.mentee_application, match.mentor_application, match.reasons


def _figures(match: Match) -> dict[str, object]:
    """What depends on everybody else in the round as well."""
    return {"score": match.score, "other_mentor": match.other_mentor, "other_mentee": match.other_mentee}


def replace_proposals(round_: MatchingRound, proposed: tuple[Match, ...], *, by: str) -> Outcome:
    """Replace the undecided proposals by these proposals. Where the same two stand there for the same reasons
    already, they stay (`difference` says how many that are).

    Raises NotForYou, CohortOver.
    """
    check_owner_or_operator(by, round_.owners)
    if round_.cohort.closed_on:
        raise CohortOver
    return Outcome(difference(round_, proposed).changes)


def release(round_: MatchingRound, *, by: str, now: datetime, new_id: Callable[[], str]) -> Outcome:
    """Ask everyone whose match is approved, or introduce them at once where the programme does not ask. When that is
    all there is to decide on, whoever has nobody is told.

    Raises NotForYou, CohortOver, NothingToRelease. A match whose people are no longer free, or whom a hard rule keeps
    apart by now, is overtaken.
    """
    check_owner_or_operator(by, round_.owners)
    if round_.cohort.closed_on:
        raise CohortOver
    proposals = round_.proposals()
    approved = [m for m in proposals if not m.still_needs(round_.owners)]
    if not approved:
        raise NothingToRelease(sum(m.state is MatchState.OFFERED for m in round_.matches.values()))
    outcome = NOTHING
    for match in approved:
        mentee = round_.applications.get(match.mentee_application)
        mentor = round_.applications.get(match.mentor_application)
        free = mentee and mentor and all(round_.free_places(a, leaving_out=match.id) for a in (mentee, mentor))
        if not (free and mentee and mentor) or round_.broken_rule(
            mentee, mentor, leaving_out=match.id, excepting=match.excepted
        ):
            outcome += Outcome((match.changed(state=MatchState.OVERTAKEN),))
            continue
        if round_.programme.ask_first:
            outcome += make_offer(round_, match, now)
        else:
            accepted = match.changed(state=MatchState.ACCEPTED, offered_at=now, accepted_by=match.people)
            outcome += Outcome((accepted,)) + introduce(round_, accepted, now=now, new_id=new_id())
        outcome += Outcome((record_decision(match, DecisionKind.RELEASED, by=by, at=now),))
    if outcome.notifications and len(approved) == len(proposals):
        # Whoever was proposed until now and has just been overtaken is to be looked at once more first.
        outcome += notify_unmatched(round_)
    if by == OPERATOR:
        outcome += Outcome(notifications=_operator_released(round_.owners, approved))
    return outcome


def _operator_released(owners: Sequence[str], approved: Sequence[Match]) -> tuple[Notification, ...]:
    """To each owner, about a match that had too few approvals without the operator's, where there is one."""
    kind = NotificationKind.OPERATOR_RELEASED
    without = (replace(m, approvals=tuple(each for each in m.approvals if each != OPERATOR)) for m in approved)
    about = next(({"match": match.id} for match in without if match.still_needs(owners)), {})
    return tuple(Notification(f"{kind}:{approved[0].id}:{owner}", kind, owner, about) for owner in owners)
