"""Who is invited: once a week, as the programme's owners have set (D0.20)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from mentoring.applications.application import Role
from mentoring.core.lengths import add_months
from mentoring.core.outcome import Notification, NotificationKind, Outcome
from mentoring.core.people import AccountStatus, Person
from mentoring.core.programmes import Cohort, InvitationMoment, Programme
from mentoring.core.working_hours import latest_date
from mentoring.invitations.invitation import Invitation
from mentoring.programmes.membership import Membership

MONTHS_BETWEEN: Final = 6
"""A person gets one invitation in so many months at most, over all programmes."""
MOST_A_WEEK: Final = 50
"""Invitations of one programme, so that its owners are not overwhelmed by what follows."""
MOST_LATE: Final = timedelta(days=365)
"""An invitation waits so long at most, for the next round or for its turn."""
TIME_TO_APPLY: Final = timedelta(days=4)
"""Nobody is invited when applications close sooner."""


@dataclass(frozen=True)
class Candidate:
    """A person whom a programme may invite.

    - `memberships`: where they stand in every programme of the workspace, with all their applications so far.
    - `moments`: the day of each kind of moment.
    - `last_invited_on`: their last invitation, to any programme.
    """

    person: Person
    memberships: Sequence[Membership]
    moments: Mapping[InvitationMoment, date] = field(default_factory=dict)
    wants_some: bool = True
    last_invited_on: date | None = None
    applied_before: frozenset[str] = frozenset()
    """The programmes to which they have ever applied."""


def takes_invited(cohort: Cohort, today: date) -> bool:
    """Whether applications are open `today`, for long enough to invite people."""
    return not cohort.closed_on and cohort.opens_on <= today <= cohort.apply_by - TIME_TO_APPLY


def last_moment(programme: Programme, today: date) -> tuple[date, date]:
    """The first and the last day of a moment for which an invitation is due `today`."""
    last = today - timedelta(weeks=programme.invite_weeks)
    return last - MOST_LATE, last


def due_since(candidate: Candidate, programme: Programme, today: date) -> date | None:
    """The day of the moment for which this person is invited `today`, or None. A moment leads to one invitation."""
    first, last = last_moment(programme, today)
    invited_on = candidate.last_invited_on
    if invited_on and today < add_months(invited_on, MONTHS_BETWEEN):
        return None
    days = (day for moment, day in candidate.moments.items() if moment in programme.invites_at)
    return min((day for day in days if first <= day <= last and (not invited_on or day > invited_on)), default=None)


def invited_roles(membership: Membership, today: date) -> tuple[Role, ...]:
    """The roles in which a person is invited to apply: those of the programme's rule that are open to them."""
    programme, record = membership.programme, membership.record
    wanted = {Role.MENTEE: programme.invites_mentees, Role.MENTOR: programme.invites_mentors}
    needed = programme.service_months
    started_on = record.started_on if record else None
    may_mentor = not needed or (started_on is not None and add_months(started_on, needed) <= today)
    return tuple(
        role for role in Role if wanted[role] and membership.is_inside(role) and (role is Role.MENTEE or may_mentor)
    )


def may_be_invited(candidate: Candidate, programme: Programme, today: date) -> bool:
    """Whether they are a member who is here, wants invitations, takes part in no programme, has never applied to this
    one, and may apply in a role.
    """
    person = candidate.person
    own = next((each for each in candidate.memberships if each.programme.id == programme.id), None)
    return (
        own is not None
        and person.account_status is AccountStatus.MEMBER
        and not person.is_unavailable
        and candidate.wants_some
        and programme.id not in candidate.applied_before
        and not any(each.takes_part for each in candidate.memberships)
        and bool(invited_roles(own, today))
    )


def invite(
    programme: Programme, cohort: Cohort, candidates: Iterable[Candidate], now: datetime, *, new_id: str
) -> Outcome:
    """Invite those of the candidates who are due at `now` (calendar, aware), in their working hours. `new_id` is what
    the ids of the invitations begin with.

    The candidates are read one by one, and no further than `MOST_A_WEEK` are invited: the others follow.
    """
    today = latest_date(now)
    sent: list[Invitation] = []
    if not takes_invited(cohort, today):
        return Outcome()
    for candidate in candidates:
        if due_since(candidate, programme, today) and may_be_invited(candidate, programme, today):
            sent.append(Invitation(f"{new_id}{len(sent):02}", programme.id, candidate.person.id, today))
        if len(sent) == MOST_A_WEEK:
            break
    kind = NotificationKind.INVITATION
    told = tuple(
        Notification(f"{kind}:{each.id}", kind, each.person, {"invitation": each.id, "cohort": cohort.id})
        for each in sent
    )
    return Outcome(tuple(sent), told)
