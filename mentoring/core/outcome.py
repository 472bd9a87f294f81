"""What a rule decides: values to keep and notices to owe, all or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum


class NotificationKind(StrEnum):
    """What a notice is about. Stored with what we owe: a value is never renamed without a migration."""

    WELCOME_OWNER = "welcome-owner"
    HELP = "help"
    APPLICATION_RECEIVED = "application-received"
    APPLICATION_CHANGED = "application-changed"
    APPLICATION_WITHDRAWN = "application-withdrawn"
    APPLICATIONS_CLOSED = "applications-closed"
    PROGRAMME_CHANGED = "programme-changed"
    COHORT_STATUS = "cohort-status"
    WEEKLY_STATUS = "weekly-status"
    REVIEW = "desk"
    NOT_PROPOSED = "not-proposed"
    OPERATOR_RELEASED = "operator-released"
    UNMATCHED = "unmatched"
    MATCH_OFFERED = "match-offered"
    OFFER_REMINDER = "offer-reminder"
    OFFER_ACCEPTED = "offer-accepted"
    OFFER_DECLINED = "offer-declined"
    OFFER_OVER = "offer-over"
    OWNERS_OFFER_OVER = "owners-offer-over"
    INTRODUCED = "introduced"
    MEETING_LOGGED = "meeting-logged"
    FIRST_MEETING_NUDGE = "first-meeting-nudge"
    SECOND_MEETING_NUDGE = "second-meeting-nudge"
    MONTHLY_NUDGE = "monthly-nudge"
    CHECK_IN = "check-in"
    CHECK_IN_THANKS = "check-in-thanks"
    WORD_WANTED = "word-wanted"
    SURVEY = "survey"
    SURVEY_REMINDER = "survey-reminder"
    SURVEY_THANKS = "survey-thanks"
    PARTNERSHIP_ENDED = "partnership-ended"
    PARTNERSHIP_CLOSED = "partnership-closed"
    BACK_IN_POOL = "back-in-pool"
    PARTNER_LEFT = "partner-left"
    PARTNER_BACK = "partner-back"
    WELCOME_BACK = "welcome-back"
    OWNERS_PERSON_LEFT = "owners-person-left"
    OWNERS_PERSON_BACK = "owners-person-back"
    COHORT_CLOSED = "cohort-closed"
    UNDELIVERED = "undelivered"


PROMPT_FOR = timedelta(minutes=15)
"""What somebody caused goes at once; what could not go within this time waits for a decent hour too."""


@dataclass(frozen=True)
class Notification:
    """What we owe whom.

    `key` is unique in the workspace and stable, so that owing twice is harmless. `to` is a Slack user id; with
    `also`, a second one, it goes to the group DM of the two. `about` holds ids and ISO dates only, never a text.
    `due` is an aware calendar time, and what has one waits for the reader's working hours; None means at once, since
    somebody has just caused it. `asked` marks an answer to something the person themself just did, which goes before
    all else.
    """

    key: str
    kind: NotificationKind
    recipient: str
    refs: Mapping[str, str] = field(default_factory=dict)
    due: datetime | None = None
    is_reply: bool = False
    second_recipient: str = ""


@dataclass(frozen=True)
class Outcome:
    """`changes` are the new values of what is to be kept (each of a type that storage knows how to keep)."""

    changes: tuple[object, ...] = ()
    notifications: tuple[Notification, ...] = ()

    def in_working_hours_from(self, now: datetime) -> "Outcome":
        """The same, caused by nobody's act: its notices are due at `now`, and wait for working hours."""
        return Outcome(self.changes, tuple(replace(n, due=n.due or now) for n in self.notifications))

    def __add__(self, other: "Outcome") -> "Outcome":
        return Outcome(self.changes + other.changes, self.notifications + other.notifications)


NOTHING = Outcome()
