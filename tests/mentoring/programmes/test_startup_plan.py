"""The start-up plan: its dates follow those of the round, and steps are ticked once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.core.errors import NotForYou
from mentoring.core.outcome import NOTHING
from mentoring.core.working_hours import is_working_day
from mentoring.programmes.setup_steps import SetupStep, SetupStepUndone
from mentoring.programmes.startup_plan import DatedStep, PlanStep, next_open, startup_plan, tick
from tests.mentoring.factories import OWNER
from tests.mentoring.values import COHORT, PROGRAMME, at

NOW = at("2026-12-14T10:00")
DONE = SetupStep(PROGRAMME.id, COHORT.id, PlanStep.SPONSOR, OWNER, NOW)


def ticks(plan: tuple[DatedStep, ...], step: PlanStep, *, is_done: bool = True, by: str = OWNER) -> object:
    return tick(
        plan, step, is_done=is_done, by=by, owners=(OWNER,), programme=PROGRAMME, cohort=COHORT, now=NOW
    ).changes


def test_it_goes_from_the_sponsor_to_the_next_round() -> None:
    plan = startup_plan(PROGRAMME, COHORT, ())
    assert [each.step for each in plan] == list(PlanStep)
    by_step = {each.step: each.on for each in plan}
    assert by_step[PlanStep.START] == COHORT.starts_on
    assert by_step[PlanStep.EVALUATION] >= COHORT.ends_on + timedelta(weeks=3)
    assert next_open(plan) == plan[0]


@given(st.integers(1, 60), st.integers(0, 40), st.integers(1, 500), st.dates(date(2027, 1, 1), date(2030, 1, 1)))
def test_the_steps_are_in_order_and_on_working_days(applying: int, waiting: int, running: int, opens: date) -> None:
    apply_by = opens + timedelta(days=applying)
    starts = apply_by + timedelta(days=waiting)
    cohort = replace(
        COHORT, opens_on=opens, apply_by=apply_by, starts_on=starts, ends_on=starts + timedelta(days=running)
    )
    plan = startup_plan(PROGRAMME, cohort, ())
    assert all(is_working_day(each.on, PROGRAMME) for each in plan)
    before_the_start = [each.on for each in plan[: list(PlanStep).index(PlanStep.INFORMATION) + 1]]
    assert before_the_start == sorted(before_the_start)
    assert plan[-1].on == max(each.on for each in plan)


def test_a_tick_is_kept_once_and_can_be_taken_away() -> None:
    plan = startup_plan(PROGRAMME, COHORT, ())
    assert ticks(plan, PlanStep.SPONSOR) == (DONE,)
    ticked = startup_plan(PROGRAMME, COHORT, [DONE])
    assert ticked[0].done == DONE
    assert next_open(ticked) == ticked[1]
    assert ticks(ticked, PlanStep.SPONSOR) == NOTHING.changes
    undone = SetupStepUndone(PROGRAMME.id, COHORT.id, PlanStep.SPONSOR)
    assert ticks(ticked, PlanStep.SPONSOR, is_done=False) == (undone,)
    assert ticks(plan, PlanStep.SPONSOR, is_done=False) == NOTHING.changes


def test_the_next_round_begins_with_an_empty_plan_and_the_guided_set_up_ticks_nothing() -> None:
    others = [replace(DONE, cohort_id="c0"), replace(DONE, cohort_id=""), replace(DONE, programme_id="p2")]
    assert all(each.done is None for each in startup_plan(PROGRAMME, COHORT, others))


def test_only_owners_tick() -> None:
    with pytest.raises(NotForYou):
        ticks(startup_plan(PROGRAMME, COHORT, ()), PlanStep.SPONSOR, by="U0ADA")
