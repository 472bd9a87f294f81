"""A person's own plan: writing it, its goals, and how they stand (D4.5, D4.10).

The person alone reads and changes it. A partner with whom it is shared reads it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from mentoring.core.errors import InvalidForm, MentoringError, Missing, NoLongerOffered, StaleRequest
from mentoring.core.fields import FieldName
from mentoring.core.outcome import NOTHING, Notification, NotificationKind, Outcome
from mentoring.core.people import Person
from mentoring.core.programmes import Programme
from mentoring.goals.errors import NoPlanHere, NoSuchGoal, TooManyGoals
from mentoring.goals.goal import (
    MOST_GOALS,
    MOST_OPEN,
    MOST_SHORT,
    Goal,
    GoalChange,
    GoalDeleted,
    GoalForm,
    GoalRecord,
    GoalState,
    goal_errors,
    open_goals,
    room_errors,
    too_long,
)
from mentoring.goals.review import plan_review
from mentoring.partnerships.partnership import Partnership


@dataclass(frozen=True)
class PlanForm:
    """The input of "Where I stand". `skills` are topics of the programmes."""

    strengths: str = ""
    stretch: str = ""
    energy: str = ""
    direction: str = ""
    why: str = ""
    skills: tuple[str, ...] = ()
    other_skills: str = ""


@dataclass(frozen=True)
class DevelopmentPlan:
    """Where a person (a Slack user id) stands and would like to be, in their words. `written_on` is the day of the
    newest version.
    """

    person: str
    strengths: str
    stretch: str
    energy: str
    direction: str
    why: str
    skills: tuple[str, ...]
    other_skills: str
    written_on: date
    version: int = 1


@dataclass(frozen=True)
class PlanShare:
    """The plan of the mentee of a partnership is shared with the mentor, since `shared_at` (calendar, aware)."""

    partnership_id: str
    person: str
    shared_at: datetime


@dataclass(frozen=True)
class PlanUnshared:
    """The plan is no longer shared in this partnership."""

    partnership_id: str


@dataclass(frozen=True)
class PlanDeleted:
    """Removes the plan of this person (a Slack user id), with its goals and with whom it is shared."""

    person: str


@dataclass(frozen=True)
class WrittenPlan:
    """All that a person has written: `plan` is None if there are only goals. Goals are in the order of writing."""

    plan: DevelopmentPlan | None = None
    goals: tuple[GoalRecord, ...] = ()

    @property
    def is_empty(self) -> bool:
        return self.plan is None and not self.goals

    def record(self, goal_id: str) -> GoalRecord | None:
        return next((each for each in self.goals if each.goal.id == goal_id), None)


@dataclass(frozen=True)
class OwnPlan:
    """The plan of `person`, who acts, and where it belongs.

    `programmes` have plans, and the person is a mentee in them or waits to be. `partnerships` are the active ones in
    these programmes in which they are the mentee, and `shares` say in which of them the plan is shared.
    """

    person: Person
    written: WrittenPlan = WrittenPlan()
    programmes: tuple[Programme, ...] = ()
    partnerships: tuple[Partnership, ...] = ()
    shares: tuple[PlanShare, ...] = ()

    @property
    def may_write(self) -> bool:
        """Whether they may have a plan. Who has one may always change it."""
        return bool(self.programmes) or not self.written.is_empty

    @property
    def topics(self) -> tuple[str, ...]:
        """What they choose skills from: the topics of the programmes, and those that the plan has already."""
        offered = [topic for programme in self.programmes for topic in programme.topics]
        chosen = self.written.plan.skills if self.written.plan else ()
        return tuple(dict.fromkeys([*offered, *chosen]))

    @property
    def shared(self) -> tuple[tuple[Partnership, PlanShare], ...]:
        """The partnerships in which the mentor reads the plan."""
        by_id = {share.partnership_id: share for share in self.shares}
        return tuple((each, by_id[each.id]) for each in self.partnerships if each.id in by_id)


class GoalAnswer(StrEnum):
    """What "How is this goal?" can be answered with besides a state: its words have changed."""

    CHANGED = "changed"


@dataclass(frozen=True)
class ProgressForm:
    """The input of "How is this goal?". `rests` is the id of the goal that rests instead, or ""."""

    state: GoalState | None
    happened: str = ""
    next_step: str = ""
    rests: str = ""


def write_plan(own: OwnPlan, form: PlanForm, *, seen_version: int, now: datetime) -> Outcome:
    """Save "Where I stand". `seen_version` is the plan's version when the form was opened, 0 for none.

    Raises NoPlanHere, InvalidForm, and StaleRequest if it was changed since.
    """
    _check(own)
    reasons = tuple(_plan_errors(own, form))
    if reasons:
        raise InvalidForm(reasons)
    before, today = own.written.plan, own.person.today(now)
    plan = DevelopmentPlan(
        person=own.person.id,
        strengths=form.strengths,
        stretch=form.stretch,
        energy=form.energy,
        direction=form.direction,
        why=form.why,
        skills=form.skills,
        other_skills=form.other_skills,
        written_on=today,
        version=before.version + 1 if before else 1,
    )
    if before and replace(plan, written_on=before.written_on, version=before.version) == before:
        return NOTHING
    if seen_version != (before.version if before else 0):
        raise StaleRequest
    return Outcome((plan,)) + _changed(own, now)


def _plan_errors(own: OwnPlan, form: PlanForm) -> list[MentoringError]:
    reasons: list[MentoringError] = []
    if not form.direction:
        reasons.append(Missing(FieldName.DIRECTION))
    if not form.skills and not form.other_skills:
        reasons.append(Missing(FieldName.SKILLS))
    if not set(form.skills) <= set(own.topics):
        reasons.append(NoLongerOffered(FieldName.SKILLS))
    reasons += too_long((FieldName.WHY, form.why), (FieldName.OTHER_SKILLS, form.other_skills))
    reasons += too_long(
        (FieldName.STRENGTHS, form.strengths),
        (FieldName.STRETCH, form.stretch),
        (FieldName.ENERGY, form.energy),
        (FieldName.DIRECTION, form.direction),
        most=MOST_SHORT,
    )
    return reasons


def add_goal(own: OwnPlan, form: GoalForm, *, goal_id: str, now: datetime) -> Outcome:
    """Add a goal. If three are open, one of them rests instead.

    `goal_id` is created with the form, so that sending a form twice adds one goal; nor is an open goal added that is
    there to the letter. Raises NoPlanHere, TooManyGoals, InvalidForm.
    """
    _check(own)
    records, today = own.written.goals, own.person.today(now)
    if own.written.record(goal_id) or any(_says(goal, form) for goal in open_goals(records)):
        return NOTHING
    if len(records) >= MOST_GOALS:
        raise TooManyGoals(MOST_GOALS)
    reasons = (*goal_errors(form, today), *room_errors(records, form.rests))
    if reasons or form.term is None:
        raise InvalidForm(reasons)
    goal = _with_words(
        Goal(goal_id, own.person.id, "", form.term, "", None, "", (), (), "", "", GoalState.NOT_BEGUN, today), form
    )
    goal = replace(goal, number=max((record.goal.number for record in records), default=0) + 1)
    return Outcome((goal,)) + _make_room(own, form.rests, today) + _changed(own, now)


def change_goal(own: OwnPlan, goal_id: str, form: GoalForm, *, seen_version: int, now: datetime) -> Outcome:
    """Change what a goal says, and keep what it said before.

    Raises NoPlanHere, NoSuchGoal, InvalidForm, and StaleRequest if it was changed since the form was opened.
    """
    before, today = _goal(own, goal_id), own.person.today(now)
    reasons = tuple(goal_errors(form, today, before=before))
    if reasons or form.term is None:
        raise InvalidForm(reasons)
    changed = _with_words(before, form)
    if changed == before:
        return NOTHING
    if seen_version != before.version:
        raise StaleRequest
    changed = replace(changed, version=before.version + 1)
    change = GoalChange(
        goal_id,
        changed.version,
        today,
        before.state,
        old_words=before.words,
        old_proof=before.proof,
        old_until=before.until,
    )
    return Outcome((changed, change)) + _changed(own, now)


def say_progress(own: OwnPlan, goal_id: str, form: ProgressForm, *, seen_version: int, now: datetime) -> Outcome:
    """Keep how a goal stands. A goal that was resting, reached or let go can be taken up again; if three others are
    open, one of them rests instead.

    Raises NoPlanHere, NoSuchGoal, InvalidForm, and StaleRequest if it was changed since the form was opened.
    """
    before, today = _goal(own, goal_id), own.person.today(now)
    record = own.written.record(goal_id)
    last = record.changes[0] if record and record.changes else None
    said = (form.state, form.happened, form.next_step)
    if seen_version < before.version and last and said == (last.state, last.happened, last.next_step):
        return NOTHING
    reasons = list(too_long((FieldName.SINCE, form.happened), (FieldName.NEXT_STEP, form.next_step)))
    if form.state is None:
        reasons.append(Missing(FieldName.STATE))
    changed = replace(before, state=form.state or before.state, version=before.version + 1)
    opens = changed.is_open and not before.is_open
    if opens:
        reasons += room_errors(own.written.goals, form.rests, about=goal_id)
    if reasons:
        raise InvalidForm(tuple(reasons))
    if changed.state is before.state and not form.happened and not form.next_step:
        return NOTHING
    if seen_version != before.version:
        raise StaleRequest
    change = GoalChange(goal_id, changed.version, today, changed.state, form.happened, form.next_step)
    room = _make_room(own, form.rests, today, about=goal_id) if opens else NOTHING
    return Outcome((changed, change)) + room + _changed(own, now)


def for_changed_goal(own: OwnPlan, goal_id: str, form: ProgressForm) -> ProgressForm:
    """The input of somebody who says that the goal has changed: how it stands stays as it is.

    Raises NoPlanHere, NoSuchGoal.
    """
    return replace(form, state=_goal(own, goal_id).state)


def delete_goal(own: OwnPlan, goal_id: str, *, now: datetime) -> Outcome:
    """Delete a goal with its history. Raises NoPlanHere, NoSuchGoal."""
    goal = _goal(own, goal_id)
    return Outcome((GoalDeleted(goal.id, goal.person),)) + _changed(own, now)


def delete_plan(own: OwnPlan) -> Outcome:
    """Delete all that the person has written. Nobody is told. Idempotent."""
    return NOTHING if own.written.is_empty else Outcome((PlanDeleted(own.person.id),))


def _check(own: OwnPlan) -> None:
    if not own.may_write:
        raise NoPlanHere


def _goal(own: OwnPlan, goal_id: str) -> Goal:
    _check(own)
    record = own.written.record(goal_id)
    if record is None:
        raise NoSuchGoal
    return record.goal


def _says(goal: Goal, form: GoalForm) -> bool:
    """Whether the goal says what the form says."""
    return form.term is not None and _with_words(goal, form) == goal


def _with_words(goal: Goal, form: GoalForm) -> Goal:
    return replace(
        goal,
        words=form.words,
        term=form.term or goal.term,
        proof=form.proof,
        until=form.until,
        first_step=form.first_step,
        help=form.help,
        who=form.who,
        other_who=form.other_who,
        obstacle=form.obstacle,
    )


def _make_room(own: OwnPlan, rests: str, today: date, *, about: str = "") -> Outcome:
    """The goal `rests` rests, if all places of the others are taken."""
    others: Sequence[Goal] = [goal for goal in open_goals(own.written.goals) if goal.id != about]
    found = next((goal for goal in others if goal.id == rests), None)
    if found is None or len(others) < MOST_OPEN:
        return NOTHING
    resting = replace(found, state=GoalState.RESTING, version=found.version + 1)
    return Outcome((resting, GoalChange(found.id, resting.version, today, GoalState.RESTING)))


def _changed(own: OwnPlan, now: datetime) -> Outcome:
    """The partners who read the plan hear of it, once a day at most, and not on the day on which it was shared. It is
    looked at again in three months.
    """
    today = own.person.today(now)
    told = tuple(
        Notification(
            f"{NotificationKind.PLAN_CHANGED}:{partnership.id}:{today}",
            NotificationKind.PLAN_CHANGED,
            partnership.mentor,
            {"partnership": partnership.id},
        )
        for partnership, share in own.shared
        if own.person.today(share.shared_at) != today
    )
    jobs = (plan_review(own.person, own.programmes[0], now),) if own.programmes else ()
    return Outcome(jobs, told)
