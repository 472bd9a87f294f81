"""Plans and goals. `Transaction.private` reads them for the person who asks; nothing else shows a word of them."""

from collections import defaultdict
from datetime import date

from sqlalchemy import bindparam, delete, func, select

from mentoring.goals.goal import Goal, GoalChange, GoalHelp, GoalRecord, GoalState, GoalTerm
from mentoring.goals.plan import DevelopmentPlan, PlanShare, WrittenPlan
from mentoring.partnerships.partnership import Partnership
from storage.repository import WORKSPACE_PARAM, Repository
from storage.tables import GoalChangeRow, GoalRow, PlanRow, PlanShareRow
from storage.tables.base import PERSON
from storage.workspaces import Digests


class PlanRows(Repository):
    """Reads plans for `PrivateReader`, which checks who may read them."""

    def written_by(self, person: str) -> WrittenPlan:
        """All that this person (a Slack user id) has written, goals in the order of writing."""
        row = self._get(PlanRow, person) if person else None
        goals = self._select(GoalRow, _GOALS, person=person) if person else ()
        changes: defaultdict[str, list[GoalChange]] = defaultdict(list)
        for change in self._select(GoalChangeRow, _CHANGES, person=person) if goals else ():
            changes[change.goal_id].append(_change(change))
        records = tuple(GoalRecord(_goal(each), tuple(changes[each.id])) for each in goals)
        return WrittenPlan(_plan(row) if row else None, records)

    def shares_of(self, person: str) -> tuple[PlanShare, ...]:
        """Where the plan of this person (a Slack user id) is shared."""
        rows = self._select(PlanShareRow, _SHARES, person=person)
        return tuple(PlanShare(row.partnership_id, row.person, row.shared_at) for row in rows)

    def is_shared(self, partnership: Partnership) -> bool:
        """Whether its mentee shares the plan in this partnership."""
        row = self._get(PlanShareRow, partnership.id)
        return row is not None and row.person == partnership.mentee


class PlanFacts(Repository):
    """Whether there is a plan, and whether it is shared. It reveals no word of it. No owner is shown any of this."""

    def changed_on(self, person: str) -> date | None:
        """The day on which this person (a Slack user id) last changed anything; None if they have written nothing."""
        days: list[date | None] = [self._scalar(query, person=person) for query in _LAST_CHANGES]
        return max((day for day in days if day), default=None)

    def is_shared(self, partnership: Partnership) -> bool:
        """Whether its mentee shares the plan in this partnership."""
        return PlanRows(self._context).is_shared(partnership)

    def goal_id_of_form(self, view_id: str) -> str:
        """The id of the goal that the form `view_id` (Slack's id) adds, so that sending it twice adds one."""
        return Digests(self._context).id_of_form("goal", view_id)


class PlanData(Repository):
    """Saves plans and goals. It reads none."""

    def save_plan(self, plan: DevelopmentPlan) -> bool:
        """Save the plan. Returns False if the stored version is not the previous one."""
        return self._save_version(
            PlanRow,
            plan.person,
            plan.version,
            strengths=plan.strengths,
            stretch=plan.stretch,
            energy=plan.energy,
            direction=plan.direction,
            why=plan.why,
            skills=plan.skills,
            other_skills=plan.other_skills,
            written_on=plan.written_on,
        )

    def save_goal(self, goal: Goal) -> bool:
        """Save the goal. Returns False if the stored version is not the previous one."""
        return self._save_version(
            GoalRow,
            goal.id,
            goal.version,
            person=goal.person,
            words=goal.words,
            term=goal.term,
            proof=goal.proof,
            until=goal.until,
            first_step=goal.first_step,
            help=tuple(goal.help),
            who=goal.who,
            other_who=goal.other_who,
            obstacle=goal.obstacle,
            state=goal.state,
            added_on=goal.added_on,
            number=goal.number,
        )

    def save_change(self, change: GoalChange) -> bool:
        """Add the change. Returns False if there is one with its number."""
        return self._insert(
            GoalChangeRow,
            goal_id=change.goal_id,
            number=change.number,
            changed_on=change.on,
            state=change.state,
            happened=change.happened,
            next_step=change.next_step,
            old_words=change.old_words,
            old_proof=change.old_proof,
            old_until=change.old_until,
        )

    def delete_goal(self, goal_id: str) -> bool:
        self._execute(_DELETE_CHANGES, goal=goal_id)
        self._delete(GoalRow, goal_id)
        return True

    def share(self, share: PlanShare) -> bool:
        """Returns False if it is shared already."""
        return self._insert(
            PlanShareRow, partnership_id=share.partnership_id, person=share.person, shared_at=share.shared_at
        )

    def unshare(self, partnership_id: str) -> bool:
        self._delete(PlanShareRow, partnership_id)
        return True

    def delete_all(self, person: str) -> bool:
        for statement in _DELETE_ALL:
            self._execute(statement, person=person)
        self._context.rows.clear()
        return True


_OF_PERSON = bindparam("person", type_=PERSON)
_GOALS = (
    select(GoalRow)
    .where(GoalRow.workspace == WORKSPACE_PARAM, GoalRow.person == _OF_PERSON)
    .order_by(GoalRow.number, GoalRow.id)
)
_THEIRS = select(GoalRow.id).where(GoalRow.workspace == WORKSPACE_PARAM, GoalRow.person == _OF_PERSON)
_CHANGES = (
    select(GoalChangeRow)
    .where(GoalChangeRow.workspace == WORKSPACE_PARAM, GoalChangeRow.goal_id.in_(_THEIRS))
    .order_by(GoalChangeRow.number.desc())
)
_SHARES = (
    select(PlanShareRow)
    .where(PlanShareRow.workspace == WORKSPACE_PARAM, PlanShareRow.person == _OF_PERSON)
    .order_by(PlanShareRow.partnership_id)
)
_LAST_CHANGES = (
    select(PlanRow.written_on).where(PlanRow.workspace == WORKSPACE_PARAM, PlanRow.person == _OF_PERSON),
    select(func.max(GoalRow.added_on)).where(GoalRow.workspace == WORKSPACE_PARAM, GoalRow.person == _OF_PERSON),
    select(func.max(GoalChangeRow.changed_on)).where(
        GoalChangeRow.workspace == WORKSPACE_PARAM, GoalChangeRow.goal_id.in_(_THEIRS)
    ),
)
_DELETE_CHANGES = delete(GoalChangeRow).where(
    GoalChangeRow.workspace == WORKSPACE_PARAM, GoalChangeRow.goal_id == bindparam("goal")
)
_DELETE_ALL = (
    delete(GoalChangeRow).where(GoalChangeRow.workspace == WORKSPACE_PARAM, GoalChangeRow.goal_id.in_(_THEIRS)),
    delete(GoalRow).where(GoalRow.workspace == WORKSPACE_PARAM, GoalRow.person == _OF_PERSON),
    delete(PlanRow).where(PlanRow.workspace == WORKSPACE_PARAM, PlanRow.person == _OF_PERSON),
    delete(PlanShareRow).where(PlanShareRow.workspace == WORKSPACE_PARAM, PlanShareRow.person == _OF_PERSON),
)


def _plan(row: PlanRow) -> DevelopmentPlan:
    return DevelopmentPlan(
        person=row.person,
        strengths=row.strengths,
        stretch=row.stretch,
        energy=row.energy,
        direction=row.direction,
        why=row.why,
        skills=tuple(row.skills),
        other_skills=row.other_skills,
        written_on=row.written_on,
        version=row.version,
    )


def _goal(row: GoalRow) -> Goal:
    return Goal(
        id=row.id,
        person=row.person,
        words=row.words,
        term=GoalTerm(row.term),
        proof=row.proof,
        until=row.until,
        first_step=row.first_step,
        help=tuple(GoalHelp(each) for each in row.help),
        who=tuple(row.who),
        other_who=row.other_who,
        obstacle=row.obstacle,
        state=GoalState(row.state),
        added_on=row.added_on,
        version=row.version,
        number=row.number,
    )


def _change(row: GoalChangeRow) -> GoalChange:
    return GoalChange(
        goal_id=row.goal_id,
        number=row.number,
        on=row.changed_on,
        state=GoalState(row.state),
        happened=row.happened,
        next_step=row.next_step,
        old_words=row.old_words,
        old_proof=row.old_proof,
        old_until=row.old_until,
    )
