"""Where people may have a plan of their own."""

from mentoring.core.programmes import Programme
from mentoring.goals.eligibility import is_active_mentee, may_plan
from mentoring.partnerships.partnership import Partnership
from services.programmes import memberships_of
from storage.transaction import Transaction


def mentee_programmes(tx: Transaction, person: str) -> tuple[Programme, ...]:
    """The programmes with plans in which this person (a Slack user id) is a mentee, or waits to be one; those in which
    they have a partnership first.
    """
    found = [
        (membership.programme, is_active_mentee(person, membership.partnerships))
        for membership in memberships_of(tx, person)
        if may_plan(person, membership.programme, membership.applications, membership.partnerships)
    ]
    return tuple(programme for programme, _ in sorted(found, key=lambda each: not each[1]))


def is_plan_offered(tx: Transaction, programme: Programme, partnership: Partnership, person: str) -> bool:
    """Whether a message about a meeting offers a plan: to the mentee, after the first meeting, if they have none."""
    is_mentee = programme.has_plans and partnership.is_active and person == partnership.mentee
    if not is_mentee or tx.plan_facts.changed_on(person):
        return False
    logged = tx.meetings.totals([partnership.id]).get(partnership.id)
    return logged is not None and logged.count == 1


def is_plan_looked_at(tx: Transaction, person: str) -> bool:
    """Whether this person has a plan, and is a mentee in a programme that has plans, or waits to be."""
    return tx.plan_facts.changed_on(person) is not None and bool(mentee_programmes(tx, person))
