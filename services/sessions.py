"""Loads sessions as people see them, whom they are for, and frees the places of people who are away."""

from datetime import date, datetime

from mentoring.applications.application import ApplicationState, Role
from mentoring.core.outcome import Outcome
from mentoring.core.people import Person
from mentoring.core.programmes import Cohort, Programme
from mentoring.core.working_hours import first_start_of_day
from mentoring.programmes.membership import Membership
from mentoring.sessions.attending import free_places
from mentoring.sessions.session import SeenSession, Session, SessionAudience, seen_by
from services.programmes import memberships_of
from storage import Transaction

_ROLES = {SessionAudience.MENTEES: (Role.MENTEE,), SessionAudience.MENTORS: (Role.MENTOR,)}


def load_seen(tx: Transaction, session: Session, person: str) -> SeenSession:
    """The session as `person` (a Slack user id) sees it."""
    return seen_by(session, tx.sessions.answers(session.id), person)


def sessions_for(tx: Transaction, membership: Membership, person: str, now: datetime) -> tuple[SeenSession, ...]:
    """The sessions of a programme that lie ahead of `now` (calendar, aware) and are for `person` (a Slack user id), or
    about which they have said something; in order of time.
    """
    ahead = [each for each in tx.sessions.planned(membership.programme.id) if each.is_ahead(now)]
    if not ahead:
        return ()
    roles, answered = _roles_of(membership, person), tx.sessions.answered_by(person)
    theirs = (each for each in ahead if each.id in answered or _is_for(each, roles))
    return tuple(load_seen(tx, each, person) for each in theirs)


def may_come(tx: Transaction, session: Session, person: str) -> bool:
    """Whether the session is for `person` (a Slack user id), or was when they were invited or answered."""
    if session.audience is SessionAudience.ANYONE or person in tx.sessions.invited(session.id):
        return True
    if session.id in tx.sessions.answered_by(person):
        return True
    memberships = (each for each in memberships_of(tx, person) if each.programme.id == session.programme_id)
    return any(_is_for(session, _roles_of(each, person)) for each in memberships)


def _is_for(session: Session, roles: set[Role]) -> bool:
    if session.audience is SessionAudience.ANYONE:
        return True
    return bool(roles & set(_ROLES.get(session.audience, Role)))


def _roles_of(membership: Membership, person: str) -> set[Role]:
    """The roles in which they have applied to the round or are in an active partnership."""
    found = {role for role, sent in membership.applications.items() if sent.state is ApplicationState.OPEN}
    for each in membership.partnerships:
        if each.is_active:
            found.add(Role.MENTEE if each.mentee == person else Role.MENTOR)
    return found


def audience_of(tx: Transaction, programme: Programme, cohort: Cohort, session: Session, now: datetime) -> list[str]:
    """The people (Slack user ids) who can be invited to the session, in no order: whom it is for, and who are here on
    its day. Nobody if it is for anyone.
    """
    if not session.audience.is_invited:
        return []
    roles = _ROLES.get(session.audience, tuple(Role))
    found = {
        each.person
        for each in tx.applications.in_cohort(cohort.id)
        if each.state is ApplicationState.OPEN and each.role in roles
    }
    for partnership in tx.partnerships.in_programme(programme.id):
        if partnership.is_active:
            pairs = ((Role.MENTEE, partnership.mentee), (Role.MENTOR, partnership.mentor))
            found |= {person for role, person in pairs if role in roles}
    away = tx.people.unavailable()
    return [each for each in found if each and not (each in away and _is_away(away[each], session))]


def _is_away(person: Person, session: Session) -> bool:
    return person.is_absent or (person.leave is not None and person.today(session.starts_at) < person.leave.until)


def leave_sessions(tx: Transaction, person: str, now: datetime, until: date | None = None) -> Outcome:
    """`person` (a Slack user id) is away from `now` (calendar, aware) until that day, or for good: their places in
    sessions until then are free for others.
    """
    ahead = [session for id in tx.sessions.answered_by(person) if (session := tx.sessions.get(id))]
    answered = [(each, tx.sessions.answers(each.id)) for each in ahead]
    return free_places(answered, person, now, first_start_of_day(until) if until else None)
