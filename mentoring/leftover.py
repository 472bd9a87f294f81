"""Who is left without a match, and why: for the owners, in a few kinds."""

from collections.abc import Sequence
from enum import StrEnum

from mentoring.application import Application, Role, State
from mentoring.error import Bar
from mentoring.round import Round


class Left(StrEnum):
    """Why somebody has nobody, the first that is true."""

    OUTSIDE = "outside"
    NO_SHARED_TOPIC = "no-shared-topic"
    KEPT_APART = "kept-apart"
    TAKEN = "taken"
    OPEN = "open"


def why_left_out(round_: Round, role: Role) -> dict[Left, list[Application]]:
    """Who of this role could be matched now and has nobody, by the reason, longest waiting first in each.

    OUTSIDE: the programme is not for them. NO_SHARED_TOPIC: nobody on the other side shares one. KEPT_APART: a rule
    keeps them from everybody who does. TAKEN: those whom no rule keeps from them have no place left, or are theirs
    already. OPEN: somebody has one.
    """
    free, taken = _others(round_, role)
    found: dict[Left, list[Application]] = {}
    for application in round_.pool(role):
        found.setdefault(_why(round_, application, free, taken), []).append(application)
    return {left: found[left] for left in Left if left in found}


def _others(round_: Round, role: Role) -> tuple[list[Application], list[Application]]:
    """Those of the other role with a place, and those without one."""
    others = [
        a
        for a in round_.applications.values()
        if a.role is not role and a.state is State.OPEN and not a.waits_for_next(round_.cohort)
    ]
    free = [other for other in others if round_.free_places(other)]
    return free, [other for other in others if not round_.free_places(other)]


def _why(round_: Round, application: Application, free: Sequence[Application], taken: Sequence[Application]) -> Left:
    if not round_.is_inside(application):
        return Left.OUTSIDE
    topics = set(application.topics)
    open_to, others = ([one for one in them if not topics.isdisjoint(one.topics)] for them in (free, taken))
    if any(_bar(round_, application, one) is None for one in open_to):
        return Left.OPEN
    if any(_bar(round_, application, one) in _TAKEN for one in (*open_to, *others)):
        return Left.TAKEN
    return Left.KEPT_APART if open_to or others else Left.NO_SHARED_TOPIC


_TAKEN = frozenset({None, Bar.NO_PLACE, Bar.ALREADY_PARTNERS})
"""Who could have been theirs, or is already."""


def _bar(round_: Round, application: Application, other: Application) -> Bar | None:
    two = (application, other) if application.role is Role.MENTEE else (other, application)
    return round_.bar(*two)
