"""Scheduled jobs, and the policies for jobs that are found late."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from mentoring.core.working_hours import first_start_of_day, latest_date


class JobKind(StrEnum):
    """What a job does. Stored: renaming a value needs a migration."""

    APPROVALS_WANTED = "approvals-wanted"
    APPROVALS_REMINDER = "approvals-reminder"
    OFFER_REMINDER = "offer-reminder"
    OFFER_RUNNING_OUT = "offer-running-out"
    OFFER_LAPSE = "offer-lapse"
    INTRODUCE = "introduce"
    FIRST_MEETING = "first-meeting"
    SECOND_MEETING = "second-meeting"
    MONTHLY = "monthly"
    CHECK_IN = "check-in"
    END_QUESTION = "end-question"
    END_PROPOSAL = "end-proposal"
    SURVEY = "survey"
    SURVEY_REMINDER = "survey-reminder"
    CLOSE = "close"
    APPLICATIONS_CLOSED = "applications-closed"
    WEEKLY = "weekly"
    SPONSOR_PAGE = "sponsor-page"
    COUNT_ANSWERS = "count-answers"
    REMARKS = "remarks"
    STILL_WAITING = "still-waiting"
    LEAVE_ENDS = "leave-ends"
    PAUSE_QUESTION = "pause-question"
    PAUSE_ENDS = "pause-ends"
    PLAN_REVIEW = "plan-review"
    AGREEMENT_REVIEW = "agreement-review"
    PLANNED_MEETING = "planned-meeting"
    MEETING_AGENDA = "meeting-agenda"
    ITEMS_DUE = "items-due"
    CASE_UNANSWERED = "case-unanswered"
    ANNOUNCE = "announce"
    INVITATIONS = "invitations"
    SESSION = "session"
    RETENTION = "retention"


@dataclass(frozen=True)
class ScheduledJob:
    """Something that the programme does by itself at `due` (calendar, aware).

    `key` is unique in the workspace. Saving a job under an existing key moves that job. `person` is a Slack user id, or
    "" if the job concerns nobody in particular. `refs` holds ids and ISO dates only.
    """

    key: str
    kind: JobKind
    due: datetime
    person: str = ""
    refs: Mapping[str, str] = field(default_factory=dict)

    def rescheduled(self, due: datetime) -> "ScheduledJob":
        """The same job, due at another time."""
        return replace(self, due=due)


@dataclass(frozen=True)
class JobDone:
    """A job that has run or has become pointless. Its `due` is saved as the time of the run, where that matters."""

    job: ScheduledJob


WEEKLY_CHECKS = (JobKind.COUNT_ANSWERS, JobKind.REMARKS, JobKind.STILL_WAITING, JobKind.INVITATIONS, JobKind.RETENTION)
"""The jobs that a programme runs once a week and that concern nobody in particular, in the order in which they run."""


def plan_weekly_check(kind: JobKind, now: datetime, *, due: datetime | None = None) -> ScheduledJob:
    """A job of `WEEKLY_CHECKS`: due when Monday begins anywhere, and so before the weekly status of every owner.

    `now` is the calendar, aware; `due` is another moment.
    """
    today = latest_date(now)
    monday = first_start_of_day(today + timedelta(days=7 - today.weekday()))
    return ScheduledJob(str(kind), kind, due or monday)


class MissedAction(StrEnum):
    """What to do with a late job: run it now, run it once for several missed runs, or skip it."""

    SEND = "now"
    ONCE = "once for several"
    DROP = "not any more"


class JobDeadline(StrEnum):
    """The moment from which a late job is skipped. The rules of each kind compute when that is."""

    NEVER = "–"
    LAPSE = "the offer lapses"
    SECOND_MEETING = "day 24"
    FIRST_MONTHLY = "day 52"
    WEEK_BEFORE_END = "a week before the agreed end"
    AGREED_END = "the agreed end"
    CLOSING = "the partnership closes"
    ROUND_STARTED = "the day after the round’s start"
    MEETING_BEGINS = "the meeting begins"
    SECOND_DAY = "the second day after the week’s first working day"
    TENTH_DAY = "the tenth day after the month’s first working day"


@dataclass(frozen=True)
class MisfirePolicy:
    """A late job does what `action` says, and is skipped from `until` on. `why` is the reason for that deadline."""

    action: MissedAction
    until: JobDeadline
    why: str

    def resolve(self, *, expired: bool) -> MissedAction:
        """The action for a job found now; `expired` is true if `until` has come."""
        return MissedAction.DROP if expired else self.action


_AT_ANY_HOUR = "it changes the state, at any hour; its notifications wait for working hours"

_AS_IT_STANDS = "it looks at what needs the owner’s approval by then"

MISFIRE_POLICIES = {
    JobKind.APPROVALS_WANTED: MisfirePolicy(MissedAction.SEND, JobDeadline.NEVER, _AS_IT_STANDS),
    JobKind.APPROVALS_REMINDER: MisfirePolicy(MissedAction.SEND, JobDeadline.NEVER, _AS_IT_STANDS),
    JobKind.OFFER_REMINDER: MisfirePolicy(MissedAction.SEND, JobDeadline.LAPSE, "a lapsed offer cannot be answered"),
    JobKind.OFFER_RUNNING_OUT: MisfirePolicy(
        MissedAction.SEND, JobDeadline.LAPSE, "owners then hear that it did not work out"
    ),
    JobKind.OFFER_LAPSE: MisfirePolicy(MissedAction.SEND, JobDeadline.NEVER, _AT_ANY_HOUR),
    JobKind.INTRODUCE: MisfirePolicy(MissedAction.SEND, JobDeadline.NEVER, _AT_ANY_HOUR),
    JobKind.FIRST_MEETING: MisfirePolicy(MissedAction.SEND, JobDeadline.SECOND_MEETING, "the second nudge covers it"),
    JobKind.SECOND_MEETING: MisfirePolicy(
        MissedAction.SEND,
        JobDeadline.FIRST_MONTHLY,
        "the monthly nudge covers it; until then the first monthly nudge moves to four weeks after this one",
    ),
    JobKind.MONTHLY: MisfirePolicy(
        MissedAction.ONCE,
        JobDeadline.WEEK_BEFORE_END,
        "the survey covers it; within a week of the check-in it is postponed; the next one is due four weeks later",
    ),
    JobKind.CHECK_IN: MisfirePolicy(MissedAction.SEND, JobDeadline.AGREED_END, "the survey covers it"),
    JobKind.END_QUESTION: MisfirePolicy(
        MissedAction.SEND, JobDeadline.WEEK_BEFORE_END, "the two can still change the end themselves until it comes"
    ),
    JobKind.END_PROPOSAL: MisfirePolicy(
        MissedAction.SEND, JobDeadline.NEVER, "it changes messages that are there, at any hour, and sends none"
    ),
    JobKind.SURVEY: MisfirePolicy(
        MissedAction.SEND,
        JobDeadline.CLOSING,
        "a closed partnership has no survey; reminders whose day has passed are not planned",
    ),
    JobKind.SURVEY_REMINDER: MisfirePolicy(
        MissedAction.ONCE, JobDeadline.CLOSING, "a closed partnership has no survey"
    ),
    JobKind.CLOSE: MisfirePolicy(MissedAction.SEND, JobDeadline.NEVER, _AT_ANY_HOUR),
    JobKind.APPLICATIONS_CLOSED: MisfirePolicy(
        MissedAction.SEND, JobDeadline.ROUND_STARTED, "matching has begun by then"
    ),
    JobKind.WEEKLY: MisfirePolicy(
        MissedAction.ONCE, JobDeadline.SECOND_DAY, "the status of the next week includes everything"
    ),
    JobKind.SPONSOR_PAGE: MisfirePolicy(
        MissedAction.ONCE, JobDeadline.TENTH_DAY, "the page of the next month shows this one in its chart"
    ),
    JobKind.COUNT_ANSWERS: MisfirePolicy(
        MissedAction.ONCE, JobDeadline.NEVER, "answers are counted once a week at most; the next time is a Monday"
    ),
    JobKind.REMARKS: MisfirePolicy(
        MissedAction.ONCE, JobDeadline.NEVER, "remarks are grouped once a week at most; the next time is a Monday"
    ),
    JobKind.STILL_WAITING: MisfirePolicy(
        MissedAction.ONCE, JobDeadline.NEVER, "it looks who has waited long by now; the next time is a Monday"
    ),
    JobKind.AGREEMENT_REVIEW: MisfirePolicy(
        MissedAction.SEND, JobDeadline.WEEK_BEFORE_END, "the survey covers it; a newer agreement has a day of its own"
    ),
    JobKind.LEAVE_ENDS: MisfirePolicy(MissedAction.SEND, JobDeadline.NEVER, _AT_ANY_HOUR),
    JobKind.PAUSE_QUESTION: MisfirePolicy(
        MissedAction.ONCE, JobDeadline.NEVER, "it asks only while the pause lasts, and about the day that it has then"
    ),
    JobKind.PAUSE_ENDS: MisfirePolicy(MissedAction.SEND, JobDeadline.NEVER, _AT_ANY_HOUR),
    JobKind.PLAN_REVIEW: MisfirePolicy(
        MissedAction.ONCE, JobDeadline.NEVER, "it asks for the plan as it is now; the next time is three months later"
    ),
    JobKind.PLANNED_MEETING: MisfirePolicy(MissedAction.SEND, JobDeadline.NEVER, _AT_ANY_HOUR),
    JobKind.MEETING_AGENDA: MisfirePolicy(
        MissedAction.SEND, JobDeadline.MEETING_BEGINS, "once the meeting has begun, nobody needs its agenda"
    ),
    JobKind.ITEMS_DUE: MisfirePolicy(
        MissedAction.ONCE, JobDeadline.NEVER, "it lists what is due by then, for twelve weeks after its day"
    ),
    JobKind.CASE_UNANSWERED: MisfirePolicy(
        MissedAction.SEND, JobDeadline.NEVER, "somebody waits for help until a person answers"
    ),
    JobKind.ANNOUNCE: MisfirePolicy(
        MissedAction.ONCE, JobDeadline.NEVER, "it sends what is due by then, but no call after the last day to apply"
    ),
    JobKind.INVITATIONS: MisfirePolicy(
        MissedAction.ONCE, JobDeadline.NEVER, "it looks for whom it is time by now; the next time is a Monday"
    ),
    JobKind.SESSION: MisfirePolicy(
        MissedAction.SEND, JobDeadline.NEVER, "it changes messages that are there, at any hour, and sends none"
    ),
    JobKind.RETENTION: MisfirePolicy(
        MissedAction.ONCE, JobDeadline.NEVER, "it deletes what is past its time by now; the next time is a Monday"
    ),
}
