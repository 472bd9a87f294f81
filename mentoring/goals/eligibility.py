"""Who may have a plan."""

from collections.abc import Iterable, Mapping

from mentoring.applications.application import Application, ApplicationState, Role
from mentoring.core.programmes import Programme
from mentoring.partnerships.partnership import Partnership
from mentoring.programmes.membership import Membership


def is_active_mentee(person: str, partnerships: Iterable[Partnership]) -> bool:
    """Whether this person (a Slack user id) is the mentee of an active partnership."""
    return any(each.is_active and each.mentee == person for each in partnerships)


def may_plan_in_any(person: str, memberships: Iterable[Membership]) -> bool:
    """Whether this person, who has these `memberships`, may have a plan in one of the programmes."""
    return any(may_plan(person, each.programme, each.applications, each.partnerships) for each in memberships)


def may_plan(
    person: str,
    programme: Programme,
    applications: Mapping[Role, Application],
    partnerships: Iterable[Partnership],
) -> bool:
    """Whether this person may have a plan in a programme: it has plans, and they are a mentee in it or wait to be one.

    `applications` and `partnerships` are theirs in the programme.
    """
    sent = applications.get(Role.MENTEE)
    waits = sent is not None and sent.state is ApplicationState.OPEN
    return programme.has_plans and (waits or is_active_mentee(person, partnerships))
