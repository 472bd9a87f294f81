"""Why somebody in the pool has nobody, in a word."""

from enum import StrEnum

from mentoring.application import Application, Role, State
from mentoring.round import Round


class LeftOut(StrEnum):
    """NOBODY: nobody of the other role takes part; APART: a rule keeps them from everybody; TAKEN: whoever they could
    go with has no place left; POSSIBLE: somebody has, so that proposing anew may help, or it would be too poor a match.
    """

    NOBODY = "nobody"
    APART = "apart"
    TAKEN = "taken"
    POSSIBLE = "possible"


def why_left_out(round_: Round, application: Application) -> LeftOut:
    """Why `application`, which is in the pool, has no match."""
    others = [
        other
        for other in round_.applications.values()
        if other.role is not application.role
        and other.state is State.OPEN
        and other.person != application.person
        and not other.waits_for_next(round_.cohort)
    ]
    if not others:
        return LeftOut.NOBODY
    fitting = [other for other in others if _may_go_with(round_, application, other)]
    if not fitting:
        return LeftOut.APART
    return LeftOut.POSSIBLE if any(map(round_.free_places, fitting)) else LeftOut.TAKEN


def _may_go_with(round_: Round, application: Application, other: Application) -> bool:
    mentee, mentor = (application, other) if application.role is Role.MENTEE else (other, application)
    return round_.bar(mentee, mentor) is None
