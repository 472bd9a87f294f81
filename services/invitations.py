"""Noting the moments after which people are invited to apply, and inviting them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from mentoring.applications.application import Role
from mentoring.core.outcome import NOTHING, Outcome
from mentoring.core.people import AccountStatus, Person, StaffRecord, StaffRecords
from mentoring.core.programmes import Cohort, InvitationMoment, Programme
from mentoring.core.working_hours import latest_date
from mentoring.invitations.invitation import note_application
from mentoring.invitations.inviting import (
    MOST_LATE,
    Candidate,
    due_since,
    invite,
    invited_roles,
    last_moment,
    may_be_invited,
    takes_invited,
)
from mentoring.invitations.moments import MomentNoted, MomentsForgotten, moments_of, title_moment
from mentoring.programmes.invitation_settings import MOST_INVITE_WEEKS
from services.programmes import memberships_of
from storage import Transaction

_A_WEEK = timedelta(weeks=1)


def wanted_moments(tx: Transaction) -> frozenset[InvitationMoment]:
    """The moments after which any programme invites people. Others are not noted."""
    return frozenset().union(*(programme.invites_at for programme, _ in tx.programmes.all()))


def note_new_member(tx: Transaction, person: Person, title: str, now: datetime) -> None:
    """Note that a person has joined the workspace at `now` (calendar, aware), if a programme invites new people."""
    wanted = wanted_moments(tx)
    if person.account_status is not AccountStatus.MEMBER or not wanted or tx.erasure.is_erased(person.id):
        return
    if InvitationMoment.JOINED in wanted:
        tx.save(Outcome((MomentNoted(person.id, InvitationMoment.JOINED, person.today(now)),)))
    note_title(tx, person, title, now)


def note_title(tx: Transaction, person: Person, title: str, now: datetime) -> None:
    """Note the `title` in the profile of a person at `now` (calendar, aware), if a programme invites at a change."""
    is_wanted = InvitationMoment.CHANGE in wanted_moments(tx)
    if person.account_status is not AccountStatus.MEMBER or not is_wanted or tx.erasure.is_erased(person.id):
        return
    mark = tx.invitations.mark_of(person.id, title)
    tx.save(Outcome(title_moment(person.id, tx.invitations.title_mark(person.id), mark, person.today(now))))


def with_moments(tx: Transaction, outcome: Outcome, now: datetime) -> Outcome:
    """The `outcome`, and the moments that the staff records in it tell of; `now` is the calendar (aware)."""
    records = [
        record
        for change in outcome.changes
        for record in (change.records if isinstance(change, StaffRecords) else [change])
        if isinstance(record, StaffRecord)
    ]
    wanted = wanted_moments(tx) & {InvitationMoment.MANAGER, InvitationMoment.CHANGE} if records else frozenset()
    if not wanted:
        return outcome
    before = tx.staff.of(record.person for record in records)
    managers = tx.invitations.managers_among({record.manager for record in records} - {""})
    noted = moments_of(before, records, managers, wanted, now.date())
    erased = tx.erasure.erased_among({each.person for each in noted})
    return outcome + Outcome(tuple(each for each in noted if each.person not in erased))


def may_choose(tx: Transaction, person: str) -> bool:
    """Whether the choice of this person (a Slack user id) is stored: they can get invitations, or have got one."""
    if tx.erasure.is_erased(person):
        return False
    return bool(wanted_moments(tx) or tx.invitations.last_of(person)) or not tx.invitations.wants_some(person)


def load_choice(tx: Transaction, reader: Person) -> bool | None:
    """Whether the reader wants invitations to apply; None if they can get none, and have not said that they want none.
    A person who was erased gets none until they apply again, and nothing is stored of a choice.
    """
    if tx.erasure.is_erased(reader.id):
        return None
    wants_some = tx.invitations.wants_some(reader.id)
    is_shown = reader.account_status is AccountStatus.MEMBER and bool(wanted_moments(tx))
    return wants_some if is_shown or not wants_some else None


def note_applied(tx: Transaction, person: str, programme_id: str, now: datetime) -> None:
    """Note that a person (Slack user id) who was invited applies at `now` (calendar, aware)."""
    today = tx.people.get(person).today(now)
    tx.save(note_application(tx.invitations.last_of(person), programme_id, today))


def forget_moments(tx: Transaction, now: datetime) -> Outcome:
    """What was noted too long ago for any programme, at `now` (calendar, aware), and titles that none asks for."""
    before = latest_date(now) - MOST_LATE - timedelta(weeks=MOST_INVITE_WEEKS)
    return Outcome((MomentsForgotten(before, keeps_titles=InvitationMoment.CHANGE in wanted_moments(tx)),))


def run_invitations(tx: Transaction, programme: Programme, cohort: Cohort, now: datetime) -> Outcome:
    """Invite people as the programme's owners have set, at `now` (calendar, aware). Slack is asked who people are for
    whom it is nearly time.
    """
    if not programme.invites_at or not takes_invited(cohort, latest_date(now)):
        return NOTHING
    return invite(programme, cohort, _candidates(tx, programme, now), now, new_id=tx.new_id())


def invited_as(tx: Transaction, programme: Programme, person: Person, now: datetime) -> tuple[Role, ...]:
    """The roles in which the person is invited to apply to the programme; none if they are not to be invited any more,
    at `now` (calendar, aware).
    """
    today = person.today(now)
    candidate = _candidate(tx, person)
    if not (programme.invites_at and may_be_invited(candidate, programme, today)):
        return ()
    return next(invited_roles(each, today) for each in candidate.memberships if each.programme.id == programme.id)


def _candidate(tx: Transaction, person: Person) -> Candidate:
    """Where the person stands, without the moments."""
    invited = tx.invitations.last_of(person.id)
    return Candidate(
        person,
        memberships_of(tx, person.id),
        wants_some=tx.invitations.wants_some(person.id),
        last_invited_on=invited.sent_on if invited else None,
        applied_before=tx.invitations.applied_to(person.id),
    )


def _candidates(tx: Transaction, programme: Programme, now: datetime) -> Iterator[Candidate]:
    """Those for whom it is time, who has waited longest first."""
    today = latest_date(now)
    first, last = last_moment(programme, today)
    noted = tx.invitations.moments(first, last + _A_WEEK)
    erased = tx.erasure.erased_among(noted)
    people = tx.people.get_many(person for person in noted if person not in erased)
    tx.people.request_profiles([id for id, person in people.items() if not _is_known(person)], now)
    for id in sorted(people, key=lambda id: (min(noted[id].values()), id)):
        invited = tx.invitations.last_of(id) if _is_known(people[id]) else None
        brief = Candidate(people[id], (), noted[id], last_invited_on=invited.sent_on if invited else None)
        if _is_known(people[id]) and due_since(brief, programme, today):
            yield replace(_candidate(tx, people[id]), moments=noted[id])


def _is_known(person: Person) -> bool:
    return person.account_status is not AccountStatus.UNKNOWN
