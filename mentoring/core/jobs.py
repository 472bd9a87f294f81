"""Scheduled jobs: what the programme does by itself at a moment, and what happens to a job that is found late."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum


class JobKind(StrEnum):
    """What is promised. Stored: a value is never renamed without a migration."""

    OFFER_REMINDER = "offer-reminder"
    OFFER_LAPSE = "offer-lapse"
    FIRST_MEETING = "first-meeting"
    SECOND_MEETING = "second-meeting"
    MONTHLY = "monthly"
    CHECK_IN = "check-in"
    SURVEY = "survey"
    SURVEY_REMINDER = "survey-reminder"
    CLOSE = "close"
    APPLICATIONS_CLOSED = "applications-closed"
    WEEKLY = "weekly"


@dataclass(frozen=True)
class ScheduledJob:
    """`key` is unique in the workspace; `person` a Slack user id or "" where it is nobody's; `about` ids and dates
    only.

    `due` is an aware calendar moment. Keeping a promise under a key that exists and is not done moves it.
    """

    key: str
    kind: JobKind
    due: datetime
    person: str = ""
    refs: Mapping[str, str] = field(default_factory=dict)

    def rescheduled(self, due: datetime) -> "ScheduledJob":
        """The same promise, later."""
        return replace(self, due=due)


@dataclass(frozen=True)
class JobDone:
    """A promise that is kept, or has become pointless; its `due` is put by as the moment of that, where it matters."""

    job: ScheduledJob


class MissedAction(StrEnum):
    """What a job does that is found late: run now; run once for several missed runs; skip."""

    SEND = "now"
    ONCE = "once for several"
    DROP = "not any more"


class JobDeadline(StrEnum):
    """Named moments; the rules know when they are."""

    EVER = "–"
    LAPSE = "the offer lapses"
    SECOND_QUESTION = "day 24"
    FIRST_MONTHLY = "day 52"
    WEEK_BEFORE_END = "a week before the agreed end"
    AGREED_END = "the agreed end"
    CLOSING = "the partnership closes"
    ROUND_STARTED = "the day after the round’s start"
    SECOND_DAY = "the second day after the week’s first working day"


@dataclass(frozen=True)
class MisfirePolicy:
    """Found late it is as `late` says, and dropped from the moment `until` on; `why` gives the reason."""

    late: MissedAction
    until: JobDeadline
    why: str

    def found(self, *, over: bool) -> MissedAction:
        """What to do with it; `over` says whether `until` has come."""
        return MissedAction.DROP if over else self.late


MISFIRE_POLICIES = {
    JobKind.OFFER_REMINDER: MisfirePolicy(MissedAction.SEND, JobDeadline.LAPSE, "then there is nothing left to answer"),
    JobKind.OFFER_LAPSE: MisfirePolicy(
        MissedAction.SEND,
        JobDeadline.EVER,
        "at whatever hour: it changes what is so; what people read of it waits for their hours",
    ),
    JobKind.FIRST_MEETING: MisfirePolicy(
        MissedAction.SEND, JobDeadline.SECOND_QUESTION, "the second question covers it"
    ),
    JobKind.SECOND_MEETING: MisfirePolicy(
        MissedAction.SEND,
        JobDeadline.FIRST_MONTHLY,
        "the monthly one covers it, which it puts off by four weeks when it is said",
    ),
    JobKind.MONTHLY: MisfirePolicy(
        MissedAction.ONCE,
        JobDeadline.WEEK_BEFORE_END,
        "the closing questions cover it; within a week of the check-in it waits; the next one is four weeks after it",
    ),
    JobKind.CHECK_IN: MisfirePolicy(MissedAction.SEND, JobDeadline.AGREED_END, "the closing questions cover it"),
    JobKind.SURVEY: MisfirePolicy(
        MissedAction.SEND,
        JobDeadline.CLOSING,
        "then nobody is asked any more; reminders that have passed meanwhile are not made",
    ),
    JobKind.SURVEY_REMINDER: MisfirePolicy(MissedAction.ONCE, JobDeadline.CLOSING, "then nobody is asked any more"),
    JobKind.CLOSE: MisfirePolicy(
        MissedAction.SEND,
        JobDeadline.EVER,
        "at whatever hour: it changes what is so; what people read of it waits for their hours",
    ),
    JobKind.APPLICATIONS_CLOSED: MisfirePolicy(
        MissedAction.SEND, JobDeadline.ROUND_STARTED, "by then matching is under way"
    ),
    JobKind.WEEKLY: MisfirePolicy(
        MissedAction.ONCE, JobDeadline.SECOND_DAY, "it waits for next week’s, which tells all of it"
    ),
}
