"""The owners' desk: proposals put on it, and their release (D1.19)."""

from collections.abc import Callable
from datetime import datetime

from mentoring.difference import difference
from mentoring.error import CohortOver, NotForYou, NothingToRelease
from mentoring.match import OPERATOR, Match, MatchState
from mentoring.offer import introduce, offer
from mentoring.outcome import NOTHING, Kind, Notice, Outcome
from mentoring.round import Round
from mentoring.verdict import Verdict, decided


def put_on_desk(round_: Round, proposed: tuple[Match, ...], *, by: str) -> Outcome:
    """Replace what stood on the desk unapproved by these proposals. Where the same two stand there for the same reasons
    already, they stay (`difference` says how many that are).

    Raises NotForYou, CohortOver.
    """
    if by != OPERATOR and by not in round_.owners:
        raise NotForYou
    if round_.cohort.closed_on:
        raise CohortOver
    return Outcome(difference(round_, proposed).changes)


def release(round_: Round, *, by: str, now: datetime, new_id: Callable[[], str]) -> Outcome:
    """Ask everyone whose match is approved, or introduce them at once where the programme does not ask.

    Raises NotForYou, CohortOver, NothingToRelease. A match whose people are no longer free, or whom a hard rule keeps
    apart by now, is overtaken.
    """
    if by != OPERATOR and by not in round_.owners:
        raise NotForYou
    if round_.cohort.closed_on:
        raise CohortOver
    approved = [m for m in round_.on_the_desk() if not m.still_needs(round_.owners)]
    if not approved:
        raise NothingToRelease(sum(m.state is MatchState.OFFERED for m in round_.matches.values()))
    outcome = NOTHING
    for match in approved:
        mentee = round_.applications.get(match.mentee_application)
        mentor = round_.applications.get(match.mentor_application)
        free = mentee and mentor and all(round_.free_places(a, leaving_out=match.id) for a in (mentee, mentor))
        if not (free and mentee and mentor) or round_.bar(
            mentee, mentor, leaving_out=match.id, excepting=match.excepted
        ):
            outcome += Outcome((match.changed(state=MatchState.OVERTAKEN),))
            continue
        if round_.programme.ask_first:
            outcome += offer(round_, match, now)
        else:
            accepted = match.changed(state=MatchState.ACCEPTED, offered_at=now, accepted_by=match.people)
            outcome += Outcome((accepted,)) + introduce(round_, accepted, now=now, new_id=new_id())
        outcome += Outcome((decided(match, Verdict.RELEASED, by=by, at=now),))
    if by == OPERATOR:
        outcome += Outcome(
            notices=tuple(
                Notice(f"{Kind.OPERATOR_RELEASED}:{approved[0].id}:{owner}", Kind.OPERATOR_RELEASED, owner)
                for owner in round_.owners
            )
        )
    return outcome
