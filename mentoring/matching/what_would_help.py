"""What would help people without a match: how many more are matched if the owners change a rule that they can set.

Only those rules are loosened. Two people who are kept apart by an exclusion, a declined or rejected match, a former
partnership or the line of management stay apart in every figure, so that no figure tells of them.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import reduce
from itertools import combinations

from mentoring.applications.application import Application, ApplicationState, Role
from mentoring.core.errors import CohortOver
from mentoring.core.programmes import EVERYBODY, Cohort, Programme
from mentoring.matching.round import MatchingRound


class RuleChange(StrEnum):
    """A change that owners can make, of a setting or by asking people."""

    SMALLER_GAP = "smaller-gap"
    NO_GAP = "no-gap"
    ALL_MENTEES = "all-mentees"
    ALL_MENTORS = "all-mentors"
    ANY_HOURS = "any-hours"
    ANY_SCORE = "any-score"
    MORE_PLACES = "more-places"
    LATE_APPLICATIONS = "late-applications"


@dataclass(frozen=True)
class Gain:
    """With these changes together, `more` mentees are matched than without. If not `is_exact`, it may be more still."""

    changes: tuple[RuleChange, ...]
    more: int
    is_exact: bool = True


@dataclass(frozen=True)
class WhatWouldHelp:
    """The figures of a round.

    `without_match` is how many mentees of the pool have no proposal if proposals are computed now. `gains` are the
    single changes that help, or else the best two together, or nothing. `no_gain` are the single changes that do not.
    """

    without_match: int
    gains: tuple[Gain, ...]
    no_gain: tuple[RuleChange, ...]


def has_unmatched(round_: MatchingRound) -> bool:
    """Whether a mentee has no match, in the round or on its waiting list, and a mentor has applied."""
    has_mentor = any(_is_open(one, Role.MENTOR) for one in round_.applications.values())
    late = (one.role for one in late_applications(round_))
    return has_mentor and (bool(round_.pool(Role.MENTEE)) or Role.MENTEE in late)


def late_applications(round_: MatchingRound) -> list[Application]:
    """The applications on the waiting list that could be matched if they counted for this round."""
    return [
        one
        for one in round_.applications.values()
        if one.waits_for_next(round_.cohort) and round_.has_open_place(one) and not round_.cannot_take_part(one)
    ]


def last_day_for_all(round_: MatchingRound) -> date:
    """The last day to apply with which no application is late."""
    return max((one.sent_on for one in late_applications(round_)), default=round_.cohort.apply_by)


def possible_changes(round_: MatchingRound) -> tuple[RuleChange, ...]:
    """The changes that change anything in this round, whether or not they help."""
    programme = round_.programme
    is_possible = {
        RuleChange.SMALLER_GAP: programme.grade_gap > 1,
        RuleChange.NO_GAP: programme.grade_gap > 0,
        RuleChange.ALL_MENTEES: programme.for_mentees != EVERYBODY,
        RuleChange.ALL_MENTORS: programme.for_mentors != EVERYBODY,
        RuleChange.ANY_HOURS: programme.shared_hours,
        RuleChange.ANY_SCORE: programme.weights.at_least > 0,
        RuleChange.MORE_PLACES: any(_offers_more(one, programme) for one in round_.applications.values()),
        # The settings want the round to end after its start, which is not before the last day to apply.
        RuleChange.LATE_APPLICATIONS: bool(late_applications(round_))
        and last_day_for_all(round_) < round_.cohort.ends_on,
    }
    return tuple(change for change in RuleChange if is_possible[change])


def changed_round(round_: MatchingRound, *changes: RuleChange) -> MatchingRound:
    """The round after these changes; in any order they give the same."""
    return reduce(lambda changed, change: _CHANGES[change](changed), changes, round_)


def what_would_help(round_: MatchingRound) -> WhatWouldHelp:
    """Compute the figures. Takes some hundredths of a second for 150 people, and some seconds for 1,000.

    Each figure is the number of proposals for the changed round, minus the number for the round as it is. Raises
    CohortOver.
    """
    from mentoring.matching.optimiser.count import count_proposals

    if round_.cohort.closed_on:
        raise CohortOver
    today = count_proposals(round_)
    changes = possible_changes(round_)
    single = [_gain(round_, (change,), today.matched) for change in changes]
    gains = tuple(gain for gain in single if gain.more > 0) or _best_two(round_, changes, today.matched)
    waiting = len(round_.without_undecided_proposals().pool(Role.MENTEE))
    no_gain = tuple(change for gain in single if gain.more <= 0 for change in gain.changes)
    return WhatWouldHelp(waiting - today.matched, gains, no_gain)


_SHORT = 10
"""Pairs of changes are many: each search gets this part of the usual effort."""


def _gain(round_: MatchingRound, changes: tuple[RuleChange, ...], at_least: int, *, part: int = 1) -> Gain:
    """The gain over `at_least`; 0 or less if there is none."""
    from mentoring.matching.optimiser.assignment import EFFORT
    from mentoring.matching.optimiser.count import count_proposals

    found = count_proposals(changed_round(round_, *changes), more_than=at_least, effort=EFFORT // part)
    return Gain(changes, found.matched - at_least, found.is_best)


def _best_two(round_: MatchingRound, changes: tuple[RuleChange, ...], matched: int) -> tuple[Gain, ...]:
    """The two changes that help most together, or nothing; the first of those that help alike."""
    best: Gain | None = None
    for two in combinations(changes, 2):
        if set(two) == {RuleChange.SMALLER_GAP, RuleChange.NO_GAP}:
            continue
        gain = _gain(round_, two, matched + (best.more if best else 0), part=_SHORT)
        if gain.more > 0:
            best = replace(gain, more=gain.more + (best.more if best else 0))
    return (best,) if best else ()


def _offers_more(application: Application, programme: Programme) -> bool:
    """Whether this is a mentor who can offer another place."""
    return _is_open(application, Role.MENTOR) and application.places < programme.most_places


def _is_open(application: Application, role: Role) -> bool:
    return application.role is role and application.state is ApplicationState.OPEN


def _with_programme(change: Callable[[Programme], Programme]) -> Callable[[MatchingRound], MatchingRound]:
    return lambda round_: replace(round_, programme=change(round_.programme))


def _more_places(round_: MatchingRound) -> MatchingRound:
    applications = {
        id_: replace(one, places=one.places + 1) if _offers_more(one, round_.programme) else one
        for id_, one in round_.applications.items()
    }
    return replace(round_, applications=applications)


def _all_in_time(round_: MatchingRound) -> MatchingRound:
    """The last day to apply is later, and the round starts later if it would start before."""
    apply_by = last_day_for_all(round_)
    cohort: Cohort = replace(round_.cohort, apply_by=apply_by, starts_on=max(apply_by, round_.cohort.starts_on))
    return replace(round_, cohort=cohort)


_CHANGES: dict[RuleChange, Callable[[MatchingRound], MatchingRound]] = {
    RuleChange.SMALLER_GAP: _with_programme(lambda programme: replace(programme, least_gap=programme.least_gap - 1)),
    RuleChange.NO_GAP: _with_programme(lambda programme: replace(programme, least_gap=0)),
    RuleChange.ALL_MENTEES: _with_programme(lambda programme: replace(programme, for_mentees=EVERYBODY)),
    RuleChange.ALL_MENTORS: _with_programme(lambda programme: replace(programme, for_mentors=EVERYBODY)),
    RuleChange.ANY_HOURS: _with_programme(lambda programme: replace(programme, shared_hours=False)),
    RuleChange.ANY_SCORE: _with_programme(
        lambda programme: replace(programme, weights=replace(programme.weights, at_least=0))
    ),
    RuleChange.MORE_PLACES: _more_places,
    RuleChange.LATE_APPLICATIONS: _all_in_time,
}
