"""The start-up plan of a cohort: dated steps that owners tick (D0.10–D0.12, D0.14, D0.17–D0.19)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from mentoring.core.outcome import NOTHING, Outcome
from mentoring.core.owners import check_owner
from mentoring.core.programmes import Cohort, Programme
from mentoring.core.working_hours import next_working_day
from mentoring.programmes.setup_steps import SetupStep, SetupStepUndone

_WEEK = timedelta(weeks=1)


class PlanStep(StrEnum):
    """The steps, in order. Stored: renaming a value needs a migration."""

    SPONSOR = "sponsor"
    SECOND_OWNER = "second-owner"
    SETTINGS = "settings"
    ANNOUNCE = "announce"
    INFORMATION = "information"
    FIND_MENTORS = "find-mentors"
    MATCHES = "matches"
    ORIENTATION = "orientation"
    START = "start"
    REVIEW = "review"
    CLOSURE = "closure"
    EVALUATION = "evaluation"


@dataclass(frozen=True)
class DatedStep:
    """A step with the working day by which it is done at best, and how it was ticked, if it was."""

    step: PlanStep
    on: date
    done: SetupStep | None


def startup_plan(programme: Programme, cohort: Cohort, steps: Collection[SetupStep]) -> tuple[DatedStep, ...]:
    """The plan of the cohort. Its dates follow those of the cohort; `steps` are all that were ticked."""
    ticked = {step.name: step for step in steps if (step.programme_id, step.cohort_id) == (programme.id, cohort.id)}
    return tuple(
        DatedStep(step, next_working_day(day, programme), ticked.get(step)) for step, day in _days(cohort).items()
    )


def next_open(plan: Sequence[DatedStep]) -> DatedStep | None:
    """The first step that is not done, or None."""
    return next((each for each in plan if each.done is None), None)


def tick(
    plan: Sequence[DatedStep],
    step: PlanStep,
    *,
    is_done: bool,
    by: str,
    owners: Sequence[str],
    programme: Programme,
    cohort: Cohort,
    now: datetime,
) -> Outcome:
    """Tick a step, or take the tick away. Idempotent. `by` is a Slack user id, `now` the calendar (aware).

    Raises NotForYou.
    """
    check_owner(by, owners)
    (current,) = (each for each in plan if each.step is step)
    if is_done is (current.done is not None):
        return NOTHING
    if is_done:
        return Outcome((SetupStep(programme.id, cohort.id, step, by, now),))
    return Outcome((SetupStepUndone(programme.id, cohort.id, step),))


def _days(cohort: Cohort) -> dict[PlanStep, date]:
    opens, apply_by, starts, ends = cohort.opens_on, cohort.apply_by, cohort.starts_on, cohort.ends_on
    return {
        PlanStep.SPONSOR: opens - 4 * _WEEK,
        PlanStep.SECOND_OWNER: opens - 3 * _WEEK,
        PlanStep.SETTINGS: opens - 2 * _WEEK,
        PlanStep.ANNOUNCE: opens,
        PlanStep.INFORMATION: opens + (apply_by - opens) / 2,
        PlanStep.FIND_MENTORS: max(opens, apply_by - _WEEK),
        PlanStep.MATCHES: min(apply_by + timedelta(days=1), starts),
        PlanStep.ORIENTATION: max(apply_by, starts - _WEEK),
        PlanStep.START: starts,
        PlanStep.REVIEW: starts + (ends - starts) / 2,
        PlanStep.CLOSURE: max(starts, ends - 2 * _WEEK),
        PlanStep.EVALUATION: ends + 3 * _WEEK,
    }
