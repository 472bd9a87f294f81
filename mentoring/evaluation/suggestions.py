"""What the evaluation of a round suggests for the settings of the next one (D0.19). Owners choose; nothing changes by
itself.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Final

from mentoring.applications.application import Role
from mentoring.core.outcome import Outcome
from mentoring.core.programmes import Cohort, Programme
from mentoring.evaluation.counts import FEW, UNKNOWN
from mentoring.evaluation.figures import RoundFigures
from mentoring.feedback.figures import Average
from mentoring.feedback.groups import GroupKind
from mentoring.feedback.items import FeedbackItem
from mentoring.programmes.partnership_settings import MOST_PLACES
from mentoring.programmes.whole_settings import ProgrammeSettings, replace_settings

_SELDOM: Final = 0.75
"""Below this share of the meetings that are asked for, people seem to find it hard to meet."""
_UNSURE: Final = 3.5
"""Below this average, many do not know their next step."""
_LOWER: Final = 10
"""Points by which the minimum score is lowered."""


class Suggestion(StrEnum):
    """One change of the settings.

    SMALLER_GAP: one grade less between the two. LOWER_MINIMUM: matches with a lower score. MORE_PLACES: one place more
    for each mentor. SHARED_HOURS: only people who share a working hour. AGREEMENTS: people can agree in writing how
    often they meet. PLANS: mentees can write a plan with goals.
    """

    SMALLER_GAP = "smaller-gap"
    LOWER_MINIMUM = "lower-minimum"
    MORE_PLACES = "more-places"
    SHARED_HOURS = "shared-hours"
    AGREEMENTS = "agreements"
    PLANS = "plans"


def suggestions(programme: Programme, figures: RoundFigures) -> tuple[Suggestion, ...]:
    """Those that the figures of a round give reason for, and that `programme` does not have yet."""
    return tuple(each for each in _found(figures) if with_suggestions(programme, [each]) != programme)


def _found(figures: RoundFigures) -> Iterator[Suggestion]:
    if figures.roles[Role.MENTEE].unmatched not in (FEW, UNKNOWN):
        yield Suggestion.SMALLER_GAP
        yield Suggestion.LOWER_MINIMUM
        if figures.roles[Role.MENTOR].unmatched == FEW:
            yield Suggestion.MORE_PLACES
    if figures.asked and figures.logged < _SELDOM * figures.asked:
        yield Suggestion.SHARED_HOURS
        yield Suggestion.AGREEMENTS
    if (average := next_step_at_the_end(figures)) and average.value < _UNSURE:
        yield Suggestion.PLANS


def next_step_at_the_end(figures: RoundFigures) -> Average | None:
    """How far people knew their next step at the end, of those who were asked before, too."""
    for each in figures.items:
        if each.item.id == FeedbackItem.NEXT_STEP and each.kind is GroupKind.COMPLETE:
            return each.stages[-1].average
    return None


def with_suggestions(programme: Programme, chosen: Collection[Suggestion]) -> Programme:
    """The programme with these changes."""
    weights = programme.weights
    if Suggestion.LOWER_MINIMUM in chosen:
        weights = replace(weights, at_least=max(0, weights.at_least - _LOWER))
    return replace(
        programme,
        weights=weights,
        least_gap=programme.least_gap - 1
        if Suggestion.SMALLER_GAP in chosen and programme.grade_gap
        else programme.least_gap,
        most_places=min(
            max(programme.most_places, MOST_PLACES), programme.most_places + (Suggestion.MORE_PLACES in chosen)
        ),
        shared_hours=programme.shared_hours or Suggestion.SHARED_HOURS in chosen,
        has_agreements=programme.has_agreements or Suggestion.AGREEMENTS in chosen,
        has_plans=programme.has_plans or Suggestion.PLANS in chosen,
    )


def apply_suggestions(
    programme: Programme,
    cohort: Cohort,
    chosen: Collection[Suggestion],
    *,
    by: str,
    owners: Sequence[str],
    present_owners: Sequence[str],
    committee: Sequence[str],
    seen_version: int,
    today: date,
) -> Outcome:
    """Save what an owner has chosen, `by` (a Slack user id), and notify the owners, as for any change of the settings.

    `seen_version` is the programme's version when the form was opened. Raises NotForYou, ChangedMeanwhile, InvalidForm.
    """
    return replace_settings(
        ProgrammeSettings(programme, cohort),
        ProgrammeSettings(with_suggestions(programme, chosen), cohort),
        by=by,
        owners=owners,
        present_owners=present_owners,
        committee=committee,
        seen_version=seen_version,
        today=today,
    )
