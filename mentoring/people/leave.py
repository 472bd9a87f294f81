"""Leave until a day: the person cannot be matched and their partnerships are paused, and they are back by themselves.

A leave holds in every programme of the workspace. Nobody gives a reason for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from mentoring.core.errors import NotForYou, NotInTheFuture, StaleRequest, TooFarAhead
from mentoring.core.fields import FieldName
from mentoring.core.jobs import JobDone, JobKind, ScheduledJob
from mentoring.core.lengths import add_months
from mentoring.core.outcome import NOTHING, Notification, NotificationKind, Outcome
from mentoring.core.owners import is_owner
from mentoring.core.people import Leave, LeaveChange, Person
from mentoring.meetings.planning import call_off_ahead
from mentoring.owner_record import OwnerAct, OwnerAction
from mentoring.partnerships.partnership import pause_of
from mentoring.people.absences import (
    AbsenceContext,
    AffectedProgramme,
    close_matches,
    notify_partners,
)
from mentoring.people.errors import NothingToPause

MOST_MONTHS = 24
"""A leave that is longer must have been mistyped."""


@dataclass(frozen=True)
class LeaveRequest:
    """A request of `by` (a Slack user id) at `now` (calendar, aware). `programme_id` is the programme of an owner who
    acts for the person, or "" for the person themselves; `new_id` is for the record.
    """

    by: str
    now: datetime
    new_id: str
    programme_id: str = ""


def parts_of(context: AbsenceContext) -> tuple[AffectedProgramme, ...]:
    """The programmes in which the person takes part now: they have applied, or are in an active partnership."""
    return tuple(each for each in context.programmes if each.has_applied or each.active)


def latest_return(today: date) -> date:
    """The last day on which a leave may end."""
    return add_months(today, MOST_MONTHS)


def go_on_leave(
    context: AbsenceContext, until: date | None, request: LeaveRequest, *, seen: date | None = None
) -> Outcome:
    """Put the person on leave until this day, or change until when: their open offers end, and they and their partners
    are told.

    `seen` is until when they were on leave when the form was opened. The same twice has one effect. Raises NotForYou,
    NothingToPause, NotInTheFuture, TooFarAhead, StaleRequest.
    """
    person, now = context.person, request.now
    parts = _check(context, request)
    today = person.today(now)
    if until is None or until <= today:
        raise NotInTheFuture(FieldName.BACK_ON)
    if until > (latest := latest_return(today)):
        raise TooFarAhead(FieldName.BACK_ON, latest)
    before = person.leave
    if before and before.until == until:
        return NOTHING
    if (before.until if before else None) != seen:
        raise StaleRequest
    leave = Leave(before.since if before else now, until)
    on_leave = replace(person, leave=leave)
    people = {**context.people, person.id: on_leave}
    outcome = Outcome((LeaveChange(person.id, before, leave), _plan_end(on_leave)))
    kind = NotificationKind.PARTNER_ON_LEAVE
    for programme in context.programmes:
        outcome += close_matches(programme, people)
        outcome += Outcome(notifications=notify_partners(programme.active, person, kind, _times(leave)))
    outcome += Outcome(_act(request, parts, person, OwnerAction.PUT_ON_LEAVE))
    others = _to_others(outcome, context, person)
    told = _told(NotificationKind.ON_LEAVE, person, leave, request, parts)
    off = call_off_ahead(context.ahead, back=(person, until))
    return Outcome(outcome.changes, others).in_working_hours_from(now) + told + off


def end_leave(context: AbsenceContext, request: LeaveRequest) -> Outcome:
    """End the leave early. Has no effect if it is over. Raises NotForYou."""
    parts = _check(context, request, is_over=True)
    if context.person.leave is None:
        return NOTHING
    ended = _end(context, parts, request.now)
    told = _told(NotificationKind.LEAVE_OVER, context.person, context.person.leave, request, parts)
    acts = _act(request, parts, context.person, OwnerAction.ENDED_LEAVE)
    return ended.in_working_hours_from(request.now) + told + Outcome(acts)


def run_leave_job(job: ScheduledJob, context: AbsenceContext, now: datetime) -> Outcome:
    """End the leave on its day, by itself, in the person's time zone."""
    person, leave = context.person, context.person.leave
    if leave is None:
        return Outcome((JobDone(job),))
    if person.today(now) < leave.until:
        return Outcome((_plan_end(person),))
    parts = parts_of(context)
    request = LeaveRequest("", now, "", parts[0].id if parts else "")
    # Someone whose account is closed reads one message, once it is open again.
    tells = bool(parts) and not person.is_absent
    told = _told(NotificationKind.LEAVE_OVER, person, leave, request, parts) if tells else NOTHING
    return _end(context, parts, now) + told


def _check(context: AbsenceContext, request: LeaveRequest, *, is_over: bool = False) -> tuple[AffectedProgramme, ...]:
    """The programmes in which the person takes part. Raises NotForYou, NothingToPause (unless it `is_over`)."""
    person, parts = context.person, parts_of(context)
    if not request.programme_id:
        if request.by != person.id:
            raise NotForYou
    elif not any(each.id == request.programme_id and is_owner(request.by, each.owners) for each in context.programmes):
        raise NotForYou
    if is_over and request.programme_id and not any(request.programme_id == each.id for each in parts):
        raise NotForYou
    if not is_over and not any(request.programme_id in ("", each.id) for each in parts):
        raise NothingToPause
    return parts


def _end(context: AbsenceContext, parts: Sequence[AffectedProgramme], now: datetime) -> Outcome:
    """They are back: the partners whose partnership goes on are told."""
    person, leave = context.person, context.person.leave
    assert leave is not None  # noqa: S101 - the callers check it
    back = replace(person, leave=None)
    people = {**context.people, person.id: back}
    job = _plan_end(person)
    outcome = Outcome((LeaveChange(person.id, leave, None), JobDone(job)))
    for programme in context.programmes:
        going = [each for each in programme.active if pause_of(each, people) is None]
        kind = NotificationKind.PARTNER_BACK
        outcome += Outcome(notifications=notify_partners(going, person, kind, leave.since.isoformat()))
    return Outcome(outcome.changes, _to_others(outcome, context, person))


def _plan_end(person: Person) -> ScheduledJob:
    """Due when the day on which they are back begins, in their time zone."""
    assert person.leave is not None  # noqa: S101 - the callers check it
    due = datetime.combine(person.leave.until, time.min, person.zone)
    return ScheduledJob(f"{JobKind.LEAVE_ENDS}:{person.id}", JobKind.LEAVE_ENDS, due, person.id)


def _times(leave: Leave) -> str:
    """Tells one leave from another in the key of a notification, and its days."""
    return f"{leave.since.isoformat()}:{leave.until.isoformat()}"


def _to_others(outcome: Outcome, context: AbsenceContext, person: Person) -> tuple[Notification, ...]:
    """Those to others, whose account is open. The person is told of everything in one message."""
    people = context.people
    return tuple(
        each
        for each in outcome.notifications
        if each.recipient != person.id and each.recipient in people and not people[each.recipient].is_absent
    )


def _told(
    kind: NotificationKind,
    person: Person,
    leave: Leave,
    request: LeaveRequest,
    parts: Sequence[AffectedProgramme],
) -> Outcome:
    """To the person: at once if it is their own doing, else in their working hours."""
    is_own = request.by == person.id
    refs = {"person": person.id, "until": leave.until.isoformat()}
    if request.by and not is_own:
        refs["by"] = request.by
    if programme := request.programme_id or (parts[0].id if parts else ""):
        refs["programme"] = programme
    times = f"{_times(leave)}:{request.now.isoformat()}" if request.by else _times(leave)
    due = None if is_own else request.now
    return Outcome(
        notifications=(Notification(f"{kind}:{person.id}:{times}", kind, person.id, refs, due, is_reply=is_own),)
    )


def _act(
    request: LeaveRequest, parts: Sequence[AffectedProgramme], person: Person, action: OwnerAction
) -> tuple[OwnerAct, ...]:
    """What an owner did for the person, for the record of their programme."""
    if not request.programme_id or request.by == person.id:
        return ()
    cohort = next((each.cohort_id for each in parts if each.id == request.programme_id), "")
    return (OwnerAct(request.new_id, cohort, action, request.by, request.now, person.id),) if cohort else ()
