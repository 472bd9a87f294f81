"""The fullest plan there can be fits into Slack's limits, in letters that take the most room."""

from dataclasses import replace

import pytest

from mentoring.goals.goal import MOST_GOALS, MOST_LINE, MOST_SHORT, GoalChange, GoalRecord, GoalState
from mentoring.goals.plan import OwnPlan, PlanShare, WrittenPlan
from messages import goals
from messages.goals.view import LET_GO_NOTE, in_place_of_list
from messages.payloads import check_view
from tests.golden.goals import LEAD, PLAN, SHARED, WITH_PLANS
from tests.messages.examples import ADA, BEN, PARTNERSHIP, member


@pytest.mark.parametrize("letter", ["x", "&", "ü", "😀"])
def test_the_fullest_plan_and_its_forms_fit(letter: str) -> None:
    line, short = letter * MOST_LINE, letter * MOST_SHORT
    plan = replace(
        PLAN, strengths=short, stretch=short, energy=short, direction=short, why=line, skills=(line[:75],) * 100
    )
    full = replace(LEAD, words=line, proof=line, first_step=line, other_who=line, obstacle=line)
    change = GoalChange("g", 2, PLAN.written_on, GoalState.BEGUN, line, line, line, line, PLAN.written_on)
    records = tuple(
        GoalRecord(
            replace(full, id=f"g{n}", state=GoalState.BEGUN if n < 3 else GoalState.LET_GO),
            (change, replace(change, old_words="")) * 30,
        )
        for n in range(MOST_GOALS)
    )
    written = WrittenPlan(plan, records)
    together = tuple(replace(PARTNERSHIP, id=f"R{n}") for n in range(9))
    shares = tuple(PlanShare(each.id, ADA, SHARED.shared_at) for each in together[:4])
    people = {person: replace(member(person), display_name=letter * 80) for person in (ADA, BEN)}
    own = OwnPlan(people[ADA], written, (WITH_PLANS,), together, shares)
    goal, others = records[0].goal, [record.goal for record in records[:3]]
    for view in (
        goals.own_view(own, people=people, note=LET_GO_NOTE, below=in_place_of_list("R1")),
        goals.partner_view(written, PARTNERSHIP, programme=WITH_PLANS, mentee=people[ADA]),
        goals.plan_form(
            goals.values_of_plan(plan), topics=[f"{n} {line}"[:75] for n in range(100)], partners=(BEN,) * 9, version=1
        ),
        goals.goal_form(goals.values_of_goal(goal), partners=(BEN,) * 9, before=goal, in_the_way=others),
        goals.progress_form(records[0], {}, partners=(BEN,) * 9, in_the_way=others),
    ):
        check_view(view)
