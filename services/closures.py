"""Loads what the last page of the closing survey shows, and lets mentors go on once a partnership has closed."""

from datetime import datetime

from mentoring.applications.application import Role
from mentoring.closure import Together, go_on
from mentoring.core.acting import ActingPerson
from mentoring.core.outcome import NOTHING, NotificationKind, Outcome
from mentoring.goals.goal import GoalState
from mentoring.items.item import ItemState
from mentoring.partnerships.partnership import Partnership
from mentoring.programmes.naming import tell_if_joining
from services.meetings import met_on
from storage.transaction import Transaction


def load_together(tx: Transaction, partnership: Partnership, acting: ActingPerson) -> Together:
    """What the two did together, as far as the person who acts, one of the two, may read it."""
    private = tx.private(acting)
    items = [item for item in private.items(partnership) if item.state is not ItemState.DROPPED]
    goals = [record.goal for record in private.visible_goals(partnership)]
    return Together(
        met=len(met_on(tx, partnership)),
        items=len(items),
        items_done=sum(item.state is ItemState.DONE for item in items),
        goals=len(goals),
        goals_reached=sum(goal.state is GoalState.REACHED for goal in goals),
    )


def going_on(tx: Transaction, partnership: Partnership, now: datetime) -> Outcome:
    """What the mentor's wish to go on does now that `partnership` is over; NOTHING if there is none. `now` is the
    calendar, aware.
    """
    mentor = partnership.mentor
    closure = tx.closures.get(partnership.id, mentor)
    if closure is None or partnership.is_active:
        return NOTHING
    programme, cohort = tx.programme_of(partnership.cohort_id)
    sent = tx.applications.get(partnership.mentor_application)
    there = tx.applications.of(mentor, cohort.id).get(Role.MENTOR)
    outcome = go_on(partnership, closure, sent=sent, cohort=cohort, there=there)
    return outcome + tell_if_joining(programme, sent, outcome, now)


def with_going_on(tx: Transaction, outcome: Outcome, now: datetime) -> Outcome:
    """`outcome`, and what going on does for each partnership that it closes. The closing message says it."""
    more = NOTHING
    for change in outcome.changes:
        if isinstance(change, Partnership):
            went_on = going_on(tx, change, now)
            untold = (each for each in went_on.notifications if each.kind is not NotificationKind.BACK_IN_POOL)
            more += Outcome(went_on.changes, tuple(untold))
    return outcome + more
