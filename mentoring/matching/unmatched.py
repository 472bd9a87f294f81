"""Who is unmatched and why, and telling each of them once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from mentoring.applications.application import Application, ApplicationState, Role
from mentoring.core.outcome import Notification, NotificationKind, Outcome
from mentoring.matching.hard_rules import HardRule
from mentoring.matching.round import MatchingRound


def without_match(round_: MatchingRound) -> tuple[Application, ...]:
    """Who could be matched now, and has neither a proposal nor an offer nor anybody whom they were introduced to; the
    longest waiting first.

    Not among them is who is away, who waits for the next round, and a mentor with one place taken and others free.
    """
    found = [a for a in round_.applications.values() if round_.free_places(a) == a.places]
    return tuple(sorted(found, key=lambda a: (a.sent_at, a.id)))


def notify_unmatched(round_: MatchingRound) -> Outcome:
    """Owe each of them one kind word for each application, once in a round, ever."""
    cohort = round_.cohort.id
    return Outcome(
        notifications=tuple(
            Notification(
                f"{NotificationKind.UNMATCHED}:{cohort}:{application.id}",
                NotificationKind.UNMATCHED,
                application.person,
                {"application": application.id, "cohort": cohort},
            )
            for application in without_match(round_)
        )
    )


class UnmatchedReason(StrEnum):
    """Why somebody has nobody, the first that is true."""

    OUTSIDE = "outside"
    NO_SHARED_TOPIC = "no-shared-topic"
    KEPT_APART = "kept-apart"
    TAKEN = "taken"
    OPEN = "open"


def unmatched_by_reason(round_: MatchingRound, role: Role) -> dict[UnmatchedReason, list[Application]]:
    """Who of this role could be matched now and has nobody, by the reason, longest waiting first in each.

    OUTSIDE: the programme is not for them. NO_SHARED_TOPIC: nobody on the other side shares one. KEPT_APART: a rule
    keeps them from everybody who does. TAKEN: those whom no rule keeps from them have no place left, or are theirs
    already. OPEN: somebody has one.
    """
    others = _Others.of(round_, role)
    found: dict[UnmatchedReason, list[Application]] = {}
    for application in round_.pool(role):
        found.setdefault(others.why(round_, application), []).append(application)
    return {left: found[left] for left in UnmatchedReason if left in found}


@dataclass(frozen=True)
class _Others:
    """Those of the other role, with a place and without one, and what they chose."""

    free: tuple[Application, ...]
    taken: tuple[Application, ...]
    topics: frozenset[str]

    @classmethod
    def of(cls, round_: MatchingRound, role: Role) -> "_Others":
        others = [
            a
            for a in round_.applications.values()
            if a.role is not role and a.state is ApplicationState.OPEN and not a.waits_for_next(round_.cohort)
        ]
        free = tuple(other for other in others if round_.free_places(other))
        taken = tuple(other for other in others if not round_.free_places(other))
        return cls(free, taken, frozenset(topic for other in others for topic in other.topics))

    def why(self, round_: MatchingRound, application: Application) -> UnmatchedReason:
        if not round_.is_inside(application):
            return UnmatchedReason.OUTSIDE
        if self.topics.isdisjoint(application.topics):
            return UnmatchedReason.NO_SHARED_TOPIC
        bars: set[HardRule | None] = set()
        for bar in _bars(round_, application, self.free):
            if bar is None:
                return UnmatchedReason.OPEN
            bars.add(bar)
        if bars & _TAKEN:
            return UnmatchedReason.TAKEN
        for bar in _bars(round_, application, self.taken):
            if bar in _TAKEN:
                return UnmatchedReason.TAKEN
            bars.add(bar)
        return UnmatchedReason.KEPT_APART if bars else UnmatchedReason.NO_SHARED_TOPIC


_TAKEN = frozenset({None, HardRule.NO_PLACE, HardRule.ALREADY_PARTNERS})
"""Who could have been theirs, or is already."""


def _bars(round_: MatchingRound, application: Application, others: Iterable[Application]) -> Iterator[HardRule | None]:
    """Of each of the others who shares a topic, one after the other."""
    topics = set(application.topics)
    is_mentee = application.role is Role.MENTEE
    for other in others:
        if other.person != application.person and not topics.isdisjoint(other.topics):
            yield round_.broken_rule(application, other) if is_mentee else round_.broken_rule(other, application)
