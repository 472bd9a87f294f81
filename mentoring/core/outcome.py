"""The outcome of a rule: changes to save and notifications to enqueue, in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum


class NotificationKind(StrEnum):
    """Stored in the outbox: a value is never renamed without a migration."""

    WELCOME_OWNER = "welcome-owner"
    PROGRAMME_STARTED = "programme-started"
    ROLES_CHANGED = "roles-changed"
    COMMITTEE_NAMED = "committee-named"
    FACILITATORS_NAMED = "facilitators-named"
    HELP = "help"
    APPLICATION_RECEIVED = "application-received"
    APPLICATION_CHANGED = "application-changed"
    APPLICATION_WITHDRAWN = "application-withdrawn"
    APPLICATION_ENTERED = "application-entered"
    APPLICATION_CORRECTED = "application-corrected"
    WITHDRAWN_BY_OWNER = "withdrawn-by-owner"
    CANNOT_BE_NAMED = "cannot-be-named"
    APPLICATIONS_CLOSED = "applications-closed"
    PROGRAMME_CHANGED = "programme-changed"
    COHORT_STATUS = "cohort-status"
    ROUND_CHARTS = "round-charts"
    ROUND_FIGURES = "round-figures"
    EVALUATION = "evaluation"
    DATA_EXPORT = "data-export"
    OWN_DATA = "own-data"
    WEEKLY_STATUS = "weekly-status"
    SPONSOR_PAGE = "sponsor-page"
    REVIEW = "desk"
    APPROVALS_WANTED = "approvals-wanted"
    APPROVALS_REMINDER = "approvals-reminder"
    NOT_PROPOSED = "not-proposed"
    OPERATOR_RELEASED = "operator-released"
    UNMATCHED = "unmatched"
    STILL_WAITING = "still-waiting"
    MATCH_OFFERED = "match-offered"
    OFFER_REMINDER = "offer-reminder"
    OFFER_ACCEPTED = "offer-accepted"
    MATCH_AGREED = "match-agreed"
    OFFER_DECLINED = "offer-declined"
    OFFER_OVER = "offer-over"
    OFFERS_RUNNING_OUT = "offers-running-out"
    OWNERS_OFFER_OVER = "owners-offer-over"
    INTRODUCED = "introduced"
    PARTNERSHIP_ENTERED = "partnership-entered"
    MEETING_SAVED = "meeting-saved"
    MEETING_LOGGED = "meeting-logged"
    MEETING_DELETED = "meeting-deleted"
    AGREEMENT_WRITTEN = "agreement-written"
    AGREEMENT_SAVED = "agreement-saved"
    AGREEMENT_REVIEW = "agreement-review"
    FIRST_MEETING_NUDGE = "first-meeting-nudge"
    SECOND_MEETING_NUDGE = "second-meeting-nudge"
    MONTHLY_NUDGE = "monthly-nudge"
    PLANNED_MEETING = "planned-meeting"
    CALENDAR_FILE = "calendar-file"
    REGULAR_TIME = "regular-time"
    REGULAR_FILE = "regular-file"
    ITEMS_DUE = "items-due"
    CHECK_IN = "check-in"
    CHECK_IN_THANKS = "check-in-thanks"
    WORD_WANTED = "word-wanted"
    END_QUESTION = "end-question"
    END_PROPOSED = "end-proposed"
    END_ANSWERED = "end-answered"
    SURVEY = "survey"
    SURVEY_REMINDER = "survey-reminder"
    SURVEY_THANKS = "survey-thanks"
    THANK_YOU = "thank-you"
    PARTNERSHIP_ENDED = "partnership-ended"
    PARTNERSHIP_CLOSED = "partnership-closed"
    BACK_IN_POOL = "back-in-pool"
    PARTNER_LEFT = "partner-left"
    PARTNER_BACK = "partner-back"
    WELCOME_BACK = "welcome-back"
    OWNER_LEFT = "owner-left"
    OWNERS_PERSON_LEFT = "owners-person-left"
    OWNERS_PERSON_BACK = "owners-person-back"
    ON_LEAVE = "on-leave"
    PARTNER_ON_LEAVE = "partner-on-leave"
    LEAVE_OVER = "leave-over"
    PARTNERSHIP_PAUSED = "partnership-paused"
    PAUSE_QUESTION = "pause-question"
    PARTNERSHIP_RESUMED = "partnership-resumed"
    LONG_PAUSE = "long-pause"
    OWNER_NUDGE = "owner-nudge"
    HELP_OFFERED = "help-offered"
    STANDING_ASKED = "standing-asked"
    ANOTHER_OFFERED = "another-offered"
    STANDING_ANSWERED = "standing-answered"
    HANDED_OVER = "handed-over"
    OWNER_NAMED = "owner-named"
    PLAN_SHARED = "plan-shared"
    PLAN_CHANGED = "plan-changed"
    PLAN_REVIEW = "plan-review"
    REPORT_WAITS = "report-waits"
    REPORT_SHARED = "report-shared"
    SESSION_INVITATION = "session-invitation"
    SESSION_NEWS = "session-news"
    CASE_OPENED = "case-opened"
    CASE_SENT = "case-sent"
    CASE_PASSED_ON = "case-passed-on"
    REMARK_SENT = "remark-sent"
    REMARK_MADE = "remark-made"
    REMARK_READ = "remark-read"
    ANNOUNCEMENT = "announcement"
    CHANNEL_POST = "channel-post"
    ANNOUNCEMENT_PROGRESS = "announcement-progress"
    INVITATION = "invitation"
    DATA_ENDS = "data-ends"
    COHORT_CLOSED = "cohort-closed"
    UNDELIVERED = "undelivered"
    IMPORT_PREVIEW = "import-preview"
    FILE_PROGRAMME = "file-programme"
    FILE_DECLINED = "file-declined"


PROMPT_FOR = timedelta(minutes=15)
"""A notification without `due` that has waited longer than this is sent in working hours only."""


@dataclass(frozen=True)
class Notification:
    """A message to one person or a pair; its text is rendered when it is delivered.

    `key` is unique in the workspace and stable, so that enqueuing twice is harmless. `recipient` is a Slack user id;
    with a `second_recipient` the message goes to the group DM of both. `refs` holds ids and ISO dates and moments only,
    never a text. `due` (calendar, aware) delays it until then and until the recipient's working hours; None sends it at
    once. `is_reply` marks the reply to an action of the recipient, which is sent before everything else.
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
    """`changes` are the new values to save, each of a type that `Transaction.save` accepts."""

    changes: tuple[object, ...] = ()
    notifications: tuple[Notification, ...] = ()

    def in_working_hours_from(self, now: datetime) -> "Outcome":
        """Set `due` of its notifications to `now` where they have none, so that they wait for working hours."""
        return Outcome(self.changes, tuple(replace(n, due=n.due or now) for n in self.notifications))

    def __add__(self, other: "Outcome") -> "Outcome":
        return Outcome(self.changes + other.changes, self.notifications + other.notifications)


NOTHING = Outcome()
