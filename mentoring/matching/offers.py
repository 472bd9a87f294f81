"""Offers: both people are asked in private, and introduced once both have accepted."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from mentoring.applications.application import Application, Role
from mentoring.applications.application import withdraw as withdraw_application
from mentoring.core.jobs import MISFIRE_POLICIES, JobDone, JobKind, MissedAction, ScheduledJob
from mentoring.core.outcome import NOTHING, Notification, NotificationKind, Outcome
from mentoring.core.people import Person
from mentoring.core.programmes import Programme
from mentoring.core.working_hours import (
    is_working_day,
    is_working_time,
    next_workday_start,
    next_working_time,
    workday_start,
)
from mentoring.matching.errors import AlreadyAccepted
from mentoring.matching.hard_rules import HardRule
from mentoring.matching.introductions import introduce, plan_introduction, tell_of_agreement, waits_for_start
from mentoring.matching.match import HOLDS_PLACE, Match, MatchState, check_offered
from mentoring.matching.pool import applications_of
from mentoring.matching.round import MatchingRound, Obstacle
from mentoring.matching.running_out import plan_warning


def make_offer(round_: MatchingRound, match: Match, now: datetime) -> Outcome:
    """Offer the match to both people, and schedule the reminders, what owners hear before the end, and the lapse."""
    offered = match.changed(state=MatchState.OFFERED, offered_at=now)
    notifications = tuple(
        Notification(offer_key(match.id, person), NotificationKind.MATCH_OFFERED, person, {"match": match.id})
        for person in match.people
    )
    people = tuple(round_.people.get(person, Person(person)) for person in match.people)
    jobs = (*plan_offer_jobs(offered, people, round_.programme), plan_warning(offered, round_.programme, now))
    return Outcome((offered, *jobs), notifications)


def offer_key(match: str, person: str) -> str:
    """The key of the message that asks `person` (a Slack user id) about a match (an id)."""
    return f"{NotificationKind.MATCH_OFFERED}:{match}:{person}"


def decline_key(match: Match, person: str) -> str:
    """The key of the receipt for declining, which only this person gets."""
    return f"{NotificationKind.OFFER_DECLINED}:{match.id}:{person}"


def answer_offer(round_: MatchingRound, match: Match, *, by: str, accepts: bool, now: datetime, new_id: str) -> Outcome:
    """Accept or decline an open offer as `by`. Each gets a receipt; the second to accept starts the partnership, or has
    it wait for the start of the round, of which the other is told.

    An offer that breaks a hard rule by now, or that has no place any more, cannot be accepted: it is closed. If the
    introduction takes the last place of one of the two, their other offers and proposals are closed. Raises
    NotYourOffer, OfferOver, AlreadyAccepted.
    """
    check_offered(match, by)
    if accepts and by in match.accepted_by:
        raise AlreadyAccepted(introduced=match.is_agreed)
    if not accepts:
        return close_offer(match, MatchState.DECLINED, owners=round_.owners, declined_by=by)
    if obstacle := round_.obstacle(match, {}):
        return overtake_offer(match, obstacle, owners=round_.owners, answered_by=by)
    accepted = match.changed(accepted_by=(*match.accepted_by, by))
    thanks = Notification(
        f"{NotificationKind.OFFER_ACCEPTED}:{match.id}:{by}",
        NotificationKind.OFFER_ACCEPTED,
        by,
        {"match": match.id},
        is_reply=True,
    )
    if not accepted.is_agreed:
        return Outcome((accepted,), (thanks,))
    if waits_for_start(round_, accepted, now):
        told = tell_of_agreement(accepted, (match.other(by),))
        return Outcome((accepted, plan_introduction(round_, accepted, now)), (thanks, *told))
    return Outcome(notifications=(thanks,)) + complete(round_, accepted, now=now, new_id=new_id)


def complete(round_: MatchingRound, match: Match, *, now: datetime, new_id: str) -> Outcome:
    """Introduce the two of an agreed match, and close what they have no place for any more."""
    accepted = replace(match, state=MatchState.ACCEPTED)
    introduced = introduce(round_, accepted, now=now, new_id=new_id)
    return Outcome((accepted,)) + introduced + _close_without_place(round_, accepted)


def hold_until_start(round_: MatchingRound, match: Match, now: datetime) -> Outcome:
    """Release a match without asking its people, who are introduced when the round starts. Both are told."""
    held = match.changed(state=MatchState.OFFERED, offered_at=now, accepted_by=match.people)
    return Outcome((held, plan_introduction(round_, held, now)), tell_of_agreement(held, held.people))


def run_introduction(
    job: ScheduledJob, round_: MatchingRound, match: Match | None, now: datetime, *, new_id: str
) -> Outcome:
    """Introduce the two of an agreed match if the time has come; close it if it breaks a hard rule by now."""
    if match is None or match.state is not MatchState.OFFERED or not match.is_agreed:
        return Outcome((JobDone(job),))
    if waits_for_start(round_, match, now):
        return Outcome((plan_introduction(round_, match, now),))
    if obstacle := round_.obstacle(match, {}):
        return Outcome((JobDone(job),)) + overtake_offer(match, obstacle, owners=round_.owners)
    return Outcome((JobDone(job),)) + complete(round_, match.changed(), now=now, new_id=new_id)


def _close_without_place(round_: MatchingRound, introduced: Match) -> Outcome:
    """Close the other offers and proposals of those of the two whose last place the introduction takes."""
    outcome = NOTHING
    for id_ in applications_of(introduced):
        application = round_.applications[id_]
        if round_.places_left(application) > 1:
            continue
        for match in round_.matches.values():
            if match.id == introduced.id or id_ not in applications_of(match):
                continue
            if match.state is MatchState.OFFERED:
                outcome += overtake_offer(match, Obstacle(HardRule.NO_PLACE, application.role), owners=round_.owners)
            elif match.state is MatchState.PROPOSED:
                outcome += Outcome((match.changed(state=MatchState.OVERTAKEN),))
    return outcome


def close_overtaken_offers(round_: MatchingRound, application_id: str, *, by_owner: bool = False) -> Outcome:
    """Close the open offers of an application that its author, or an owner, has changed, where they break a hard rule
    since.
    """
    outcome, author = NOTHING, "" if by_owner else round_.applications[application_id].person
    for match in round_.matches.values():
        if match.state is not MatchState.OFFERED or application_id not in applications_of(match):
            continue
        if obstacle := round_.obstacle(match, {}):
            outcome += overtake_offer(match, obstacle, owners=round_.owners, changed_by=author)
    return outcome


class OverReason(StrEnum):
    """Why an offer is over, for a person who may know it: their places are taken, or what they changed rules it out."""

    PLACE = "place"
    CHANGED = "changed"


_UNSPOKEN = frozenset({HardRule.DID_NOT_WORK, HardRule.NOT_AVAILABLE, HardRule.REJECTED})
"""Rules that the owners are not told of, since one of the two may have asked for it in confidence."""


def overtake_offer(
    match: Match, obstacle: Obstacle, *, owners: tuple[str, ...], answered_by: str = "", changed_by: str = ""
) -> Outcome:
    """Close an open offer that breaks a hard rule by now, and notify both people and the owners.

    `answered_by` has just accepted it and reads at once that it is over; `changed_by` has just changed their
    application. Each reads only a reason that is their own; the owners read the rule.
    """
    whose = {Role.MENTEE: match.mentee, Role.MENTOR: match.mentor, None: ""}[obstacle.role]
    closed = close_offer(match, MatchState.OVERTAKEN, owners=owners)

    def with_reason(notification: Notification) -> Notification:
        person = notification.recipient
        known: dict[str, str] = {}
        if notification.kind is NotificationKind.OWNERS_OFFER_OVER:
            if obstacle.rule not in _UNSPOKEN:
                known = {"why": obstacle.rule} | ({"role": obstacle.role} if obstacle.role else {})
        elif person == changed_by:
            known = {"why": OverReason.CHANGED}
        elif person == whose and obstacle.rule is HardRule.NO_PLACE:
            known = {"why": OverReason.PLACE}
        refs = {**notification.refs, **{name: str(value) for name, value in known.items()}}
        return replace(notification, refs=refs, is_reply=person in (answered_by, changed_by))

    return Outcome(closed.changes, tuple(map(with_reason, closed.notifications)))


def close_offer(match: Match, state: MatchState, *, owners: tuple[str, ...], declined_by: str = "") -> Outcome:
    """End an offer that was not accepted, and notify both people and the owners.

    Only the person who declined, if any, gets a different message: the others do not learn who declined.
    """
    refs = {"match": match.id}
    to_people = tuple(
        Notification(f"{NotificationKind.OFFER_OVER}:{match.id}:{person}", NotificationKind.OFFER_OVER, person, refs)
        if person != declined_by
        else Notification(decline_key(match, person), NotificationKind.OFFER_DECLINED, person, refs, is_reply=True)
        for person in match.people
    )
    to_owners = tuple(
        Notification(
            f"{NotificationKind.OWNERS_OFFER_OVER}:{match.id}:{owner}", NotificationKind.OWNERS_OFFER_OVER, owner, refs
        )
        for owner in owners
        if owner not in match.people
    )
    return Outcome((match.changed(state=state),), to_people + to_owners)


def withdraw(round_: MatchingRound, application: Application, *, by: str) -> Outcome:
    """Withdraw an application, close its open offers and remove its proposals.

    Raises NotForYou, AlreadyWithdrawn.
    """
    outcome = withdraw_application(application, by=by)
    for match in round_.matches.values():
        if application.id not in (match.mentee_application, match.mentor_application) or match.state not in HOLDS_PLACE:
            continue
        if match.state is MatchState.PROPOSED:
            outcome += Outcome((match.changed(state=MatchState.OVERTAKEN),))
        else:
            # Overtaken, not declined: the two may be matched another time.
            declined = close_offer(match, MatchState.OVERTAKEN, owners=round_.owners, declined_by=by)
            outcome += Outcome(declined.changes, tuple(n for n in declined.notifications if n.recipient != by))
    return outcome


REMIND_OFFER_ON = 5
_NEAR_REMINDER = (REMIND_OFFER_ON, 6, 4, 3, 2, 1)
"""Days of an offer on which a reminder may be sent, best first."""


def plan_offer_jobs(match: Match, people: Sequence[Person], programme: Programme) -> tuple[ScheduledJob, ...]:
    """A reminder for each person on day 5 or the nearest working day, and the lapse on day 7.

    `match.offered_at` must be set.
    """
    at = match.offered_at
    assert at is not None  # noqa: S101 - a released match has it
    refs = {"match": match.id}
    reminders = tuple(
        ScheduledJob(
            f"{JobKind.OFFER_REMINDER}:{match.id}:{person.id}",
            JobKind.OFFER_REMINDER,
            workday_start(person, programme, _reminder_on(person.today(at), programme)),
            person.id,
            refs,
        )
        for person in people
    )
    return (*reminders, plan_lapse(match))


def plan_lapse(match: Match) -> ScheduledJob:
    """The lapse of an offer. One that is planned already moves."""
    at = match.answer_by
    assert at is not None  # noqa: S101 - a released match has it
    return ScheduledJob(f"{JobKind.OFFER_LAPSE}:{match.id}", JobKind.OFFER_LAPSE, at, "", {"match": match.id})


def _reminder_on(offered_on: date, programme: Programme) -> date:
    """The day of the reminder: day 5 or, if that is no working day, another day before the lapse."""
    near = [offered_on + timedelta(days=days) for days in _NEAR_REMINDER]
    return next((day for day in near if is_working_day(day, programme)), near[0])


def run_offer_job(
    job: ScheduledJob,
    match: Match | None,
    person: Person | None,
    programme: Programme,
    now: datetime,
    *,
    is_unsent: bool = False,
) -> Outcome | None:
    """Run a reminder that is due. Returns None for a lapse, which the caller resolves with the whole round.

    Drops a reminder to a person who has accepted, or after the time of the lapse. Until the offer itself has been sent
    (`is_unsent`), the reminder moves to the next working day.
    """
    if match is None or match.state is not MatchState.OFFERED or match.answer_by is None:
        return Outcome((JobDone(job),))
    if match.is_agreed:  # it waits for the start of the round
        return Outcome((JobDone(job),))
    if job.kind is JobKind.OFFER_LAPSE:
        return None
    late = MISFIRE_POLICIES[job.kind].resolve(expired=now >= match.answer_by)
    if person is None or person.id in match.accepted_by or late is MissedAction.DROP:
        return Outcome((JobDone(job),))
    if not is_working_time(person, programme, now):
        return Outcome((job.rescheduled(next_working_time(person, programme, now)),))
    if is_unsent:
        return Outcome((job.rescheduled(next_workday_start(person, programme, now)),))
    extended = f":{match.answer_until.date()}" if match.answer_until else ""
    key = f"{NotificationKind.OFFER_REMINDER}:{match.id}:{person.id}{extended}"
    return Outcome(
        (JobDone(job),), (Notification(key, NotificationKind.OFFER_REMINDER, person.id, {"match": match.id}),)
    )
