"""Whose approval a round waits for: each owner hears of it in a new message, and is reminded once."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from mentoring.core.jobs import JobDone, JobKind, ScheduledJob
from mentoring.core.outcome import Notification, NotificationKind, Outcome
from mentoring.core.people import Person
from mentoring.core.programmes import Cohort, Programme
from mentoring.core.working_hours import (
    first_start_of_day,
    is_working_time,
    next_workday_start,
    next_working_day,
    next_working_time,
    workday_start,
)
from mentoring.matching.match import Match
from mentoring.matching.round import MatchingRound

PAUSE = timedelta(minutes=30)
"""After so long without another decision, the other owners are told of all of them in one message."""
REMIND_AFTER = 2
"""Working days."""


def needs_decision_of(round_: MatchingRound, by: str) -> list[Match]:
    """The proposals that need an approval which the owner `by` can give, best first."""
    owners = round_.owners
    return [
        match
        for match in round_.proposals()
        if round_.still_needs(match) and by in match.may_approve(owners) and by not in match.approvals
    ]


def ask_others(round_: MatchingRound, decided: Iterable[Match], *, by: str, now: datetime) -> Outcome:
    """Plan a message to each owner besides `by` who can give an approval that the proposals `decided` need."""
    owners = round_.owners
    others = {
        owner
        for match in decided
        if round_.still_needs(match)
        for owner in match.may_approve(owners)
        if owner != by and owner not in match.approvals
    }
    kind, refs = JobKind.APPROVALS_WANTED, {"cohort": round_.cohort.id}
    return Outcome(
        tuple(
            ScheduledJob(_key(kind, round_.cohort, owner), kind, now + PAUSE, owner, refs) for owner in sorted(others)
        )
    )


def plan_approval_reminders(
    cohort: Cohort, programme: Programme, owners: Sequence[str], today: date, *, after: str = ""
) -> tuple[ScheduledJob, ...]:
    """A reminder for each owner, two working days after `today`. One that is planned already moves to that day.

    `after` is the key of the message that it reminds of, if that is not a live view.
    """
    day = today
    for _ in range(REMIND_AFTER):
        day = next_working_day(day + timedelta(days=1), programme)
    kind = JobKind.APPROVALS_REMINDER
    refs = {"cohort": cohort.id, "day": day.isoformat()} | ({"after": after} if after else {})
    due = first_start_of_day(day)
    return tuple(ScheduledJob(_key(kind, cohort, owner), kind, due, owner, refs) for owner in owners)


def run_approval_job(
    job: ScheduledJob, owner: Person, round_: MatchingRound, now: datetime, *, is_unsent: bool = False
) -> Outcome:
    """Tell or remind the owner of what needs their approval by now; drop the job if nothing does.

    It waits for the owner's working hours and, while their account is closed, for the next working day. `is_unsent`:
    the message that it reminds of has not been sent yet, so that the reminder waits for the next working day.
    """
    programme = round_.programme
    is_over = bool(round_.cohort.closed_on) or job.refs.get("cohort") != round_.cohort.id
    if is_over or owner.id not in (*round_.owners, *round_.absent_owners):
        return Outcome((JobDone(job),))
    if owner.id in round_.absent_owners or is_unsent:
        return Outcome((job.rescheduled(next_workday_start(owner, programme, now)),))
    if not needs_decision_of(round_, owner.id):
        return Outcome((JobDone(job),))
    today = owner.today(now)
    day = date.fromisoformat(job.refs["day"]) if "day" in job.refs else today
    if today < day:
        return Outcome((job.rescheduled(workday_start(owner, programme, day)),))
    if not is_working_time(owner, programme, now):
        return Outcome((job.rescheduled(next_working_time(owner, programme, now)),))
    refs = {"cohort": round_.cohort.id, "day": today.isoformat()}
    if job.kind is JobKind.APPROVALS_REMINDER:
        kind = NotificationKind.APPROVALS_REMINDER
        return Outcome((JobDone(job),), (Notification(_dated(kind, round_, owner, today), kind, owner.id, refs),))
    kind = NotificationKind.APPROVALS_WANTED
    key = _dated(kind, round_, owner, today)
    reminder = plan_approval_reminders(round_.cohort, programme, (owner.id,), today, after=key)
    return Outcome((JobDone(job), *reminder), (Notification(key, kind, owner.id, refs),))


def _key(kind: JobKind, cohort: Cohort, owner: str) -> str:
    return f"{kind}:{cohort.id}:{owner}"


def _dated(kind: NotificationKind, round_: MatchingRound, owner: Person, today: date) -> str:
    """The key of a message, of which there is one a day."""
    return f"{kind}:{round_.cohort.id}:{owner.id}:{today}"
