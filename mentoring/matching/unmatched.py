"""Unmatched people: why they are unmatched, and notifying each of them at a release."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from mentoring.applications.application import Application, ApplicationState, Role
from mentoring.core.outcome import NotificationKind, Outcome
from mentoring.matching.hard_rules import HardRule
from mentoring.matching.round import MatchingRound
from mentoring.matching.told import NOBODY_TOLD, ToldBefore, tell


def without_match(round_: MatchingRound) -> tuple[Application, ...]:
    """Applications that could be matched and have all their places free, longest waiting first.

    Leaves out absent people, those on the waiting list, and mentors with only some of their places taken.
    """
    found = [a for a in round_.applications.values() if round_.free_places(a) == round_.places(a)]
    return tuple(sorted(found, key=lambda a: (a.sent_at, a.id)))


AGAIN_AFTER = timedelta(days=7)
"""People are told again at a release if the last message about it is so long ago."""


def notify_unmatched(round_: MatchingRound, today: date, before: ToldBefore = NOBODY_TOLD) -> Outcome:
    """Notify the author of each unmatched application at a release. `today` is stored as when they were told.

    Leaves out those who were told within a week: several releases in a row bring no news. Those who were told while
    applications were open are told again once they are not.
    """
    apply_by = round_.cohort.apply_by

    def is_news(application: Application) -> bool:
        told = before.last.get(application.id)
        return told is None or told <= apply_by < today or told + AGAIN_AFTER <= today

    return tell(NotificationKind.UNMATCHED, round_.cohort, filter(is_news, without_match(round_)), before, today)


class UnmatchedReason(StrEnum):
    """Why a person is unmatched; the first that applies.

    OUTSIDE: they are not in the programme's segment. NO_SHARED_TOPIC: no one in the other role shares a topic.
    RULED_OUT: they break a hard rule with everyone who does. TAKEN: the others who share a topic have no free place, or
    are their partners already. OPEN: someone is free for them.
    """

    OUTSIDE = "outside"
    NO_SHARED_TOPIC = "no-shared-topic"
    RULED_OUT = "kept-apart"
    TAKEN = "taken"
    OPEN = "open"


def unmatched_by_reason(round_: MatchingRound, role: Role) -> dict[UnmatchedReason, list[Application]]:
    """Applications of this role with a free place, by reason, longest waiting first. Empty reasons are left out."""
    others = _OtherRole.of(round_, role)
    found: dict[UnmatchedReason, list[Application]] = {}
    for application in round_.pool(role):
        found.setdefault(others.reason_for(round_, application), []).append(application)
    return {reason: found[reason] for reason in UnmatchedReason if reason in found}


@dataclass(frozen=True)
class _OtherRole:
    """The open applications of the other role, with and without a free place, and all their topics. Those of people who
    are away are left out.
    """

    free: tuple[Application, ...]
    taken: tuple[Application, ...]
    topics: frozenset[str]

    @classmethod
    def of(cls, round_: MatchingRound, role: Role) -> "_OtherRole":
        others = [
            a
            for a in round_.applications.values()
            if a.role is not role
            and a.state is ApplicationState.OPEN
            and not a.waits_for_next(round_.cohort)
            and not round_.cannot_take_part(a)
        ]
        free = tuple(other for other in others if round_.free_places(other))
        taken = tuple(other for other in others if not round_.free_places(other))
        return cls(free, taken, frozenset(topic for other in others for topic in other.topics))

    def reason_for(self, round_: MatchingRound, application: Application) -> UnmatchedReason:
        if not round_.is_inside(application):
            return UnmatchedReason.OUTSIDE
        if self.topics.isdisjoint(application.topics):
            return UnmatchedReason.NO_SHARED_TOPIC
        rules: set[HardRule | None] = set()
        for rule in _broken_rules(round_, application, self.free):
            if rule is None:
                return UnmatchedReason.OPEN
            rules.add(rule)
        if rules & _TAKEN:
            return UnmatchedReason.TAKEN
        for rule in _broken_rules(round_, application, self.taken):
            if rule in _TAKEN:
                return UnmatchedReason.TAKEN
            rules.add(rule)
        return UnmatchedReason.RULED_OUT if rules else UnmatchedReason.NO_SHARED_TOPIC


_TAKEN = frozenset({None, HardRule.NO_PLACE, HardRule.ALREADY_PARTNERS})
"""Results of `broken_rule` for a person who has no free place, or is their partner already."""


def _broken_rules(
    round_: MatchingRound, application: Application, others: Iterable[Application]
) -> Iterator[HardRule | None]:
    """The rule broken with each of the others who share a topic, or None."""
    topics = set(application.topics)
    is_mentee = application.role is Role.MENTEE
    for other in others:
        if other.person != application.person and not topics.isdisjoint(other.topics):
            yield round_.broken_rule(application, other) if is_mentee else round_.broken_rule(other, application)
