"""Promises: what the programme will do by itself at a certain moment, kept until it is done or pointless."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum


class PromiseKind(StrEnum):
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
class Promise:
    """`key` is unique in the workspace; `person` a Slack user id or "" where it is nobody's; `about` ids and dates
    only.

    `due` is an aware calendar moment. Keeping a promise under a key that exists and is not done moves it.
    """

    key: str
    kind: PromiseKind
    due: datetime
    person: str = ""
    about: Mapping[str, str] = field(default_factory=dict)

    def at(self, due: datetime) -> "Promise":
        """The same promise, later."""
        return replace(self, due=due)


@dataclass(frozen=True)
class Done:
    """A promise that is kept, or has become pointless; its `due` is put by as the moment of that, where it matters."""

    promise: Promise


class Late(StrEnum):
    """Said now; said once for all that were missed; not said any more."""

    SEND = "now"
    ONCE = "once for several"
    DROP = "not any more"


class Until(StrEnum):
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
class Policy:
    """Found late it is as `late` says, and dropped from the moment `until` on; `why` gives the reason."""

    late: Late
    until: Until
    why: str

    def found(self, *, over: bool) -> Late:
        """What to do with it; `over` says whether `until` has come."""
        return Late.DROP if over else self.late


LATENESS = {
    PromiseKind.OFFER_REMINDER: Policy(Late.SEND, Until.LAPSE, "then there is nothing left to answer"),
    PromiseKind.OFFER_LAPSE: Policy(
        Late.SEND, Until.EVER, "at whatever hour: it changes what is so; what people read of it waits for their hours"
    ),
    PromiseKind.FIRST_MEETING: Policy(Late.SEND, Until.SECOND_QUESTION, "the second question covers it"),
    PromiseKind.SECOND_MEETING: Policy(
        Late.SEND, Until.FIRST_MONTHLY, "the monthly one covers it, which it puts off by four weeks when it is said"
    ),
    PromiseKind.MONTHLY: Policy(
        Late.ONCE,
        Until.WEEK_BEFORE_END,
        "the closing questions cover it; within a week of the check-in it waits; the next one is four weeks after it",
    ),
    PromiseKind.CHECK_IN: Policy(Late.SEND, Until.AGREED_END, "the closing questions cover it"),
    PromiseKind.SURVEY: Policy(
        Late.SEND, Until.CLOSING, "then nobody is asked any more; reminders that have passed meanwhile are not made"
    ),
    PromiseKind.SURVEY_REMINDER: Policy(Late.ONCE, Until.CLOSING, "then nobody is asked any more"),
    PromiseKind.CLOSE: Policy(
        Late.SEND, Until.EVER, "at whatever hour: it changes what is so; what people read of it waits for their hours"
    ),
    PromiseKind.APPLICATIONS_CLOSED: Policy(Late.SEND, Until.ROUND_STARTED, "by then matching is under way"),
    PromiseKind.WEEKLY: Policy(Late.ONCE, Until.SECOND_DAY, "it waits for next week’s, which tells all of it"),
}
