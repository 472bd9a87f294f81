"""Goals: up to three are open, each change is kept, and letting go is no failure."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mentoring.core.errors import (
    InvalidForm,
    MentoringError,
    Missing,
    NoLongerOffered,
    NotInTheFuture,
    StaleRequest,
    TooFarAhead,
    TooLong,
)
from mentoring.core.fields import FieldName
from mentoring.core.outcome import NOTHING, Outcome
from mentoring.goals.errors import NoPlanHere, NoSuchGoal, TooManyGoals
from mentoring.goals.goal import Goal, GoalChange, GoalDeleted, GoalForm, GoalRecord, GoalState, GoalTerm
from mentoring.goals.plan import (
    DevelopmentPlan,
    OwnPlan,
    PlanDeleted,
    PlanForm,
    ProgressForm,
    WrittenPlan,
    add_goal,
    change_goal,
    delete_goal,
    delete_plan,
    for_changed_goal,
    say_progress,
    write_plan,
)
from tests.mentoring.factories import ADA, changed
from tests.mentoring.values import PROGRAMME, at, person

NOW, TODAY = at("2027-02-01T10:00"), date(2027, 2, 1)
HERE = replace(PROGRAMME, has_plans=True)
STANDS = PlanForm(direction="Lead a team", skills=(HERE.topics[0],))
LEAD = GoalForm("Lead a meeting of our team", GoalTerm.QUARTER, "The minutes say so", date(2027, 3, 31))
LATER = GoalForm("Run a library", GoalTerm.LATER)


def own(*records: GoalRecord, **more: Any) -> OwnPlan:
    return OwnPlan(person(ADA), WrittenPlan(more.pop("plan", None), records), (HERE,), **more)


def goal(id: str = "g1", state: GoalState = GoalState.NOT_BEGUN, **more: Any) -> Goal:
    words = Goal(
        id,
        ADA,
        LEAD.words,
        GoalTerm.QUARTER,
        LEAD.proof,
        LEAD.until,
        first_step="",
        help=(),
        who=(),
        other_who="",
        obstacle="",
        state=state,
        added_on=date(2027, 1, 11),
    )
    return replace(words, **more)


def record(id: str = "g1", state: GoalState = GoalState.NOT_BEGUN, *changes: GoalChange, **more: Any) -> GoalRecord:
    return GoalRecord(goal(id, state, **more), changes)


THREE = tuple(record(id) for id in ("g1", "g2", "g3"))


def reasons(rule: Any, *args: Any, **more: Any) -> set[MentoringError]:
    with pytest.raises(InvalidForm) as refused:
        rule(*args, **more, now=NOW)
    return set(refused.value.reasons)


def states(outcome: Outcome) -> dict[str, GoalState]:
    return {each.id: each.state for each in changed(outcome, Goal)}


def test_where_i_stand_is_kept_and_the_same_again_changes_nothing() -> None:
    (plan,) = changed(write_plan(own(), STANDS, seen_version=0, now=NOW), DevelopmentPlan)
    assert (plan.person, plan.direction, plan.skills, plan.written_on, plan.version) == (
        ADA,
        "Lead a team",
        STANDS.skills,
        TODAY,
        1,
    )
    assert write_plan(own(plan=plan), STANDS, seen_version=0, now=NOW) == NOTHING
    with pytest.raises(StaleRequest):
        write_plan(own(plan=plan), replace(STANDS, why="Because"), seen_version=0, now=NOW)
    (second,) = changed(
        write_plan(own(plan=plan), replace(STANDS, why="Because"), seen_version=1, now=NOW), DevelopmentPlan
    )
    assert second.version == 2


def test_direction_and_one_skill_are_needed() -> None:
    assert reasons(write_plan, own(), PlanForm(), seen_version=0) == {
        Missing(FieldName.DIRECTION),
        Missing(FieldName.SKILLS),
    }
    assert reasons(write_plan, own(), replace(STANDS, skills=("Not a topic",)), seen_version=0) == {
        NoLongerOffered(FieldName.SKILLS)
    }
    long = PlanForm("x" * 501, direction="y", why="z" * 151, other_skills="My own")
    assert reasons(write_plan, own(), long, seen_version=0) == {
        TooLong(FieldName.STRENGTHS, 500),
        TooLong(FieldName.WHY, 150),
    }


def test_who_may_have_no_plan_writes_none_but_an_old_one_can_be_changed() -> None:
    nowhere = replace(own(), programmes=())
    with pytest.raises(NoPlanHere):
        write_plan(nowhere, STANDS, seen_version=0, now=NOW)
    with pytest.raises(NoPlanHere):
        add_goal(nowhere, LEAD, goal_id="g1", now=NOW)
    assert changed(add_goal(replace(own(record()), programmes=()), LATER, goal_id="g2", now=NOW), Goal)


@pytest.mark.parametrize(
    ("form", "wrong"),
    [
        (replace(LEAD, words=""), {Missing(FieldName.GOAL)}),
        (replace(LEAD, term=None, proof="", until=None), {Missing(FieldName.TERM)}),
        (replace(LEAD, proof="", until=None), {Missing(FieldName.PROOF), Missing(FieldName.UNTIL)}),
        (replace(LEAD, until=TODAY), {NotInTheFuture(FieldName.UNTIL)}),
        (replace(LEAD, until=date(1850, 1, 1)), {NotInTheFuture(FieldName.UNTIL)}),
        (replace(LEAD, until=date(2027, 8, 2)), {TooFarAhead(FieldName.UNTIL, date(2027, 8, 1))}),
        (replace(LATER, until=date(2207, 1, 1)), {TooFarAhead(FieldName.UNTIL, date(2032, 2, 1))}),
        (replace(LEAD, words="x" * 151), {TooLong(FieldName.GOAL, 150)}),
        (replace(LEAD, who=tuple(f"U{n}" for n in range(6))), {TooLong(FieldName.WHO, 5)}),
    ],
)
def test_what_cannot_be_is_refused(form: GoalForm, wrong: set[MentoringError]) -> None:
    assert reasons(add_goal, own(), form, goal_id="g1") == wrong


def test_a_goal_for_later_needs_no_proof_and_no_day() -> None:
    assert states(add_goal(own(), LATER, goal_id="g1", now=NOW)) == {"g1": GoalState.NOT_BEGUN}


def test_a_fourth_asks_which_one_rests() -> None:
    assert reasons(add_goal, own(*THREE), LATER, goal_id="g4") == {Missing(FieldName.RESTS)}
    assert reasons(add_goal, own(*THREE), replace(LATER, rests="g9"), goal_id="g4") == {
        NoLongerOffered(FieldName.RESTS)
    }
    outcome = add_goal(own(*THREE), replace(LATER, rests="g2"), goal_id="g4", now=NOW)
    assert [each.number for each in changed(outcome, Goal) if each.id == "g4"] == [2]
    assert states(outcome) == {"g4": GoalState.NOT_BEGUN, "g2": GoalState.RESTING}
    assert changed(outcome, GoalChange) == [GoalChange("g2", 2, TODAY, GoalState.RESTING)]


def test_no_goal_rests_while_there_is_room() -> None:
    outcome = add_goal(own(*THREE[:2]), replace(LATER, rests="g2"), goal_id="g4", now=NOW)
    assert states(outcome) == {"g4": GoalState.NOT_BEGUN}


def test_the_same_form_adds_one_goal() -> None:
    assert add_goal(own(record("g1")), LEAD, goal_id="g1", now=NOW) == NOTHING


def test_what_is_an_open_goal_to_the_letter_is_not_added_again() -> None:
    assert add_goal(own(record("g1")), LEAD, goal_id="g2", now=NOW) == NOTHING
    assert changed(add_goal(own(record("g1")), replace(LEAD, proof="Minutes"), goal_id="g2", now=NOW), Goal)
    assert changed(add_goal(own(record("g1", GoalState.REACHED)), LEAD, goal_id="g2", now=NOW), Goal)


def test_there_is_an_end_to_what_is_kept() -> None:
    many = tuple(record(f"g{n}", GoalState.REACHED) for n in range(20))
    with pytest.raises(TooManyGoals):
        add_goal(own(*many), LATER, goal_id="new", now=NOW)


def test_progress_is_kept_with_its_day() -> None:
    form = ProgressForm(GoalState.HALF_WAY, "Two meetings", "A third one")
    outcome = say_progress(own(record()), "g1", form, seen_version=1, now=NOW)
    (change,) = changed(outcome, GoalChange)
    assert change == GoalChange("g1", 2, TODAY, GoalState.HALF_WAY, "Two meetings", "A third one")
    assert states(outcome) == {"g1": GoalState.HALF_WAY}
    after = own(record("g1", GoalState.HALF_WAY, change, version=2))
    assert say_progress(after, "g1", form, seen_version=1, now=NOW) == NOTHING, "the same form again"
    with pytest.raises(StaleRequest):
        say_progress(after, "g1", ProgressForm(GoalState.REACHED), seen_version=1, now=NOW)
    assert say_progress(after, "g1", ProgressForm(GoalState.HALF_WAY), seen_version=2, now=NOW) == NOTHING
    assert GoalRecord(goal(), (change,)).next_step == "A third one"


def test_letting_go_and_reaching_make_room_and_a_goal_can_be_taken_up_again() -> None:
    for ended in (GoalState.LET_GO, GoalState.REACHED, GoalState.RESTING):
        assert states(say_progress(own(*THREE), "g1", ProgressForm(ended), seen_version=1, now=NOW)) == {"g1": ended}
        four = own(record("g0", ended), *THREE)
        again = ProgressForm(GoalState.BEGUN)
        assert reasons(say_progress, four, "g0", again, seen_version=1) == {Missing(FieldName.RESTS)}
        outcome = say_progress(four, "g0", replace(again, rests="g3"), seen_version=1, now=NOW)
        assert states(outcome) == {"g0": GoalState.BEGUN, "g3": GoalState.RESTING}


def test_a_goal_does_not_rest_in_its_own_place() -> None:
    assert reasons(
        say_progress, own(record("g0", GoalState.RESTING), *THREE), "g0", ProgressForm(GoalState.BEGUN, rests="g0"),
        seen_version=1,
    ) == {NoLongerOffered(FieldName.RESTS)}  # fmt: skip


def test_what_it_said_before_is_kept_beside_the_new() -> None:
    said = for_changed_goal(own(record("g1", GoalState.BEGUN)), "g1", ProgressForm(None, "Something came up"))
    assert said.state is GoalState.BEGUN
    form = GoalForm("Lead two meetings", GoalTerm.YEAR, "The minutes", date(2027, 12, 1))
    outcome = change_goal(own(record("g1", GoalState.BEGUN)), "g1", form, seen_version=1, now=NOW)
    assert changed(outcome, GoalChange) == [
        GoalChange("g1", 2, TODAY, GoalState.BEGUN, "", "", LEAD.words, LEAD.proof, LEAD.until)
    ]
    assert [each.words for each in changed(outcome, Goal)] == ["Lead two meetings"]
    assert change_goal(own(record()), "g1", LEAD, seen_version=1, now=NOW) == NOTHING
    with pytest.raises(StaleRequest):
        change_goal(own(record(version=2)), "g1", form, seen_version=1, now=NOW)


def test_a_day_that_has_passed_may_stay_when_something_else_is_changed() -> None:
    old = record(until=date(2027, 1, 15))
    form = replace(LEAD, until=date(2027, 1, 15), proof="A better proof")
    assert changed(change_goal(own(old), "g1", form, seen_version=1, now=NOW), Goal)
    assert reasons(change_goal, own(old), "g1", replace(form, until=date(2027, 1, 16)), seen_version=1) == {
        NotInTheFuture(FieldName.UNTIL)
    }


def test_a_goal_that_is_gone_or_anothers_is_not_found() -> None:
    for rule in (
        lambda: say_progress(own(), "g1", ProgressForm(GoalState.BEGUN), seen_version=1, now=NOW),
        lambda: change_goal(own(), "g1", LEAD, seen_version=1, now=NOW),
        lambda: for_changed_goal(own(record("g2")), "g1", ProgressForm(None)),
        lambda: delete_goal(own(record("g2")), "g1", now=NOW),
    ):
        with pytest.raises(NoSuchGoal):
            rule()


def test_everything_can_be_deleted() -> None:
    assert changed(delete_goal(own(record()), "g1", now=NOW), GoalDeleted) == [GoalDeleted("g1", record().goal.person)]
    assert delete_plan(own(record())) == Outcome((PlanDeleted(ADA),))
    assert delete_plan(own()) == NOTHING
