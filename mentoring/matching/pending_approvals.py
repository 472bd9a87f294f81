"""Whose approval a round waits for: each approver, an owner or a member of the committee, hears of it in a new message,
and is reminded once.
"""

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
    """The proposals that need an approval which `by` can give, best first."""
    approvers = round_.approvers
    return [
        match
        for match in round_.proposals()
        if round_.still_needs(match) and by in match.may_approve(approvers) and by not in match.approvals
    ]


def ask_others(round_: MatchingRound, decided: Iterable[Match], *, by: str, now: datetime) -> Outcome:
    """Plan a message to each approver besides `by` who can give an approval that the proposals `decided` need."""
    others = {
        each
        for match in decided
        if round_.still_needs(match)
        for each in match.may_approve(round_.approvers)
        if each != by and each not in match.approvals
    }
    kind, refs = JobKind.APPROVALS_WANTED, {"cohort": round_.cohort.id}
    return Outcome(
        tuple(
            ScheduledJob(approval_job_key(kind, round_.cohort, each), kind, now + PAUSE, each, refs)
            for each in sorted(others)
        )
    )


def plan_approval_reminders(
    cohort: Cohort, programme: Programme, approvers: Sequence[str], today: date, *, after: str = ""
) -> tuple[ScheduledJob, ...]:
    """A reminder for each approver, two working days after `today`. One that is planned already moves to that day.

    `after` is the key of the message that it reminds of, if that is not a live view.
    """
    day = today
    for _ in range(REMIND_AFTER):
        day = next_working_day(day + timedelta(days=1), programme)
    kind = JobKind.APPROVALS_REMINDER
    refs = {"cohort": cohort.id, "day": day.isoformat()} | ({"after": after} if after else {})
    due = first_start_of_day(day)
    return tuple(ScheduledJob(approval_job_key(kind, cohort, each), kind, due, each, refs) for each in approvers)


def run_approval_job(
    job: ScheduledJob, approver: Person, round_: MatchingRound, now: datetime, *, is_unsent: bool = False
) -> Outcome:
    """Tell or remind them of what needs their approval by now; drop the job if nothing does.

    It waits for the owner's working hours and, while their account is closed, for the next working day. `is_unsent`:
    the message that it reminds of has not been sent yet, so that the reminder waits for the next working day.
    """
    programme = round_.programme
    is_over = bool(round_.cohort.closed_on) or job.refs.get("cohort") != round_.cohort.id
    absent = (*round_.absent_owners, *round_.absent_committee)
    if is_over or approver.id not in (*round_.approvers, *absent):
        return Outcome((JobDone(job),))
    if approver.id in absent or is_unsent:
        return Outcome((job.rescheduled(next_workday_start(approver, programme, now)),))
    if not needs_decision_of(round_, approver.id):
        return Outcome((JobDone(job),))
    today = approver.today(now)
    day = date.fromisoformat(job.refs["day"]) if "day" in job.refs else today
    if today < day:
        return Outcome((job.rescheduled(workday_start(approver, programme, day)),))
    if not is_working_time(approver, programme, now):
        return Outcome((job.rescheduled(next_working_time(approver, programme, now)),))
    refs = {"cohort": round_.cohort.id, "day": today.isoformat()}
    if job.kind is JobKind.APPROVALS_REMINDER:
        kind = NotificationKind.APPROVALS_REMINDER
        return Outcome(
            (JobDone(job),),
            (Notification(approval_key(kind, round_.cohort, approver, today), kind, approver.id, refs),),
        )
    kind = NotificationKind.APPROVALS_WANTED
    key = approval_key(kind, round_.cohort, approver, today)
    reminder = plan_approval_reminders(round_.cohort, programme, (approver.id,), today, after=key)
    return Outcome((JobDone(job), *reminder), (Notification(key, kind, approver.id, refs),))


def approval_job_key(kind: JobKind, cohort: Cohort, approver: str) -> str:
    """The key of a job about the approvals that `approver` (a Slack user id) can give."""
    return f"{kind}:{cohort.id}:{approver}"


def approval_key(kind: NotificationKind, cohort: Cohort, approver: Person, today: date) -> str:
    """The key of a message, of which there is one a day."""
    return f"{kind}:{cohort.id}:{approver.id}:{today}"
