"""How each kind of notification reads: one function that renders it, and what it is called."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from mentoring.core.outcome import Notification, NotificationKind
from mentoring.notifications.context import NotificationContext
from messages.notifications import (
    applications,
    feedback,
    matching,
    meetings,
    partnerships,
    people,
    programmes,
    review,
    undelivered,
)
from messages.notifications.preconditions import NotificationObsolete
from messages.notifications.review import no_longer_updated
from messages.payloads import Message
from messages.voice import Voice

__all__ = [
    "PRESENTATIONS",
    "NotificationObsolete",
    "Presentation",
    "count_name",
    "no_longer_updated",
    "render",
    "sentence_name",
]


@dataclass(frozen=True)
class Presentation:
    """`renderer` raises NotificationObsolete where there is nothing to say any more. `one` and `many` are counted ("1
    nudge", "3 nudges"); kinds that share them are counted together. `sentence` is mrkdwn with its article, for use
    inside a sentence; it may hold `{partnership}`.
    """

    renderer: Callable[[Notification, NotificationContext], Message]
    one: str
    many: str
    sentence: str


def render(notification: Notification, scene: NotificationContext) -> Message:
    """The message that a notice is now. Raises NotificationObsolete."""
    return PRESENTATIONS[notification.kind].renderer(notification, scene)


def count_name(kind: NotificationKind) -> tuple[str, str]:
    """Plain text, as one and as many; for `messages.text.plural`."""
    presentation = PRESENTATIONS[kind]
    return presentation.one, presentation.many


def sentence_name(kind: NotificationKind, voice: Voice) -> str:
    """The kind inside a sentence, in mrkdwn, with its article."""
    return PRESENTATIONS[kind].sentence.format(partnership=voice.partnership)


def _undelivered(notification: Notification, scene: NotificationContext) -> Message:
    """The report of what did not arrive; it calls each message by the name that its kind has here."""
    return undelivered.undelivered(notification, scene, sentence_name)


PRESENTATIONS: Mapping[NotificationKind, Presentation] = {
    NotificationKind.WELCOME_OWNER: Presentation(
        programmes.welcome, "welcome", "welcomes", "the welcome to a new owner"
    ),
    NotificationKind.HELP: Presentation(applications.help, "help page", "help pages", "the help"),
    NotificationKind.APPLICATION_RECEIVED: Presentation(
        applications.received, "receipt", "receipts", "the receipt for what they sent"
    ),
    NotificationKind.APPLICATION_CHANGED: Presentation(
        applications.changed, "receipt", "receipts", "the receipt for a change"
    ),
    NotificationKind.APPLICATION_WITHDRAWN: Presentation(
        applications.withdrawn, "receipt", "receipts", "the receipt for a withdrawal"
    ),
    NotificationKind.APPLICATIONS_CLOSED: Presentation(
        programmes.applications_closed,
        "note that applications have closed",
        "notes that applications have closed",
        "the word that applications have closed",
    ),
    NotificationKind.PROGRAMME_CHANGED: Presentation(
        programmes.programme_changed,
        "change in the set-up",
        "changes in the set-up",
        "the word of a change in the set-up",
    ),
    NotificationKind.COHORT_STATUS: Presentation(
        programmes.cohort_status, "status of the round", "statuses of the round", "the round’s status"
    ),
    NotificationKind.WEEKLY_STATUS: Presentation(
        programmes.weekly_status, "weekly status", "weekly statuses", "the week’s status"
    ),
    NotificationKind.DESK: Presentation(
        review.standing,
        "look at the matching",
        "looks at the matching",
        "the message that shows how the matching stands",
    ),
    NotificationKind.NOT_PROPOSED: Presentation(
        matching.not_proposed,
        "note that no proposals could be made",
        "notes that no proposals could be made",
        "the word that no proposals could be made",
    ),
    NotificationKind.OPERATOR_RELEASED: Presentation(
        matching.operator_released,
        "note that matches were released",
        "notes that matches were released",
        "the word that matches were released",
    ),
    NotificationKind.UNMATCHED: Presentation(
        matching.unmatched,
        "note that there is nobody yet",
        "notes that there is nobody yet",
        "the word that there is nobody for them yet",
    ),
    NotificationKind.MATCH_OFFERED: Presentation(
        matching.offered, "match to answer", "matches to answer", "the question whether they take a match"
    ),
    NotificationKind.OFFER_REMINDER: Presentation(
        matching.reminder, "reminder of a match", "reminders of a match", "the reminder of an open match"
    ),
    NotificationKind.OFFER_ACCEPTED: Presentation(matching.accepted, "thank-you", "thank-yous", "the thanks for a yes"),
    NotificationKind.OFFER_DECLINED: Presentation(
        matching.declined, "thank-you", "thank-yous", "the thanks for an answer"
    ),
    NotificationKind.OFFER_OVER: Presentation(
        matching.over, "note on a match", "notes on a match", "the word that a match did not work out"
    ),
    NotificationKind.OWNERS_OFFER_OVER: Presentation(
        matching.owners_over, "note on a match", "notes on a match", "the word that a match did not work out"
    ),
    NotificationKind.INTRODUCED: Presentation(
        partnerships.introduced, "introduction", "introductions", "the introduction"
    ),
    NotificationKind.MEETING_LOGGED: Presentation(
        partnerships.meeting_logged, "logged meeting", "logged meetings", "the word that a meeting was logged"
    ),
    NotificationKind.FIRST_MEETING_NUDGE: Presentation(
        meetings.first_meeting, "nudge", "nudges", "the reminder of a first meeting"
    ),
    NotificationKind.SECOND_MEETING_NUDGE: Presentation(
        meetings.second_meeting, "nudge", "nudges", "the reminder of a second meeting"
    ),
    NotificationKind.MONTHLY_NUDGE: Presentation(meetings.monthly, "nudge", "nudges", "a monthly reminder"),
    NotificationKind.CHECK_IN: Presentation(feedback.check_in, "check-in", "check-ins", "the check-in"),
    NotificationKind.CHECK_IN_THANKS: Presentation(
        feedback.check_in_thanks, "thank-you", "thank-yous", "the thanks for an answer"
    ),
    NotificationKind.WORD_WANTED: Presentation(
        feedback.word_wanted, "wish to talk", "wishes to talk", "the word that somebody would like to talk"
    ),
    NotificationKind.SURVEY: Presentation(feedback.survey, "survey", "surveys", "the closing questions"),
    NotificationKind.SURVEY_REMINDER: Presentation(
        feedback.survey_reminder, "survey reminder", "survey reminders", "the reminder of the closing questions"
    ),
    NotificationKind.SURVEY_THANKS: Presentation(
        feedback.survey_thanks, "thank-you", "thank-yous", "the thanks for an answer"
    ),
    NotificationKind.PARTNERSHIP_ENDED: Presentation(
        partnerships.ended, "farewell", "farewells", "the word that a {partnership} has ended"
    ),
    NotificationKind.PARTNERSHIP_CLOSED: Presentation(
        partnerships.closed, "farewell", "farewells", "the thanks at the end of a {partnership}"
    ),
    NotificationKind.BACK_IN_POOL: Presentation(
        partnerships.back_in_pool, "receipt", "receipts", "the receipt for going back to the pool"
    ),
    NotificationKind.PARTNER_LEFT: Presentation(
        people.partner_left,
        "note of who is away",
        "notes of who is away",
        "the message that a partner’s account is deactivated",
    ),
    NotificationKind.PARTNER_BACK: Presentation(
        people.partner_back, "note of who is away", "notes of who is away", "the message that a partner is back"
    ),
    NotificationKind.WELCOME_BACK: Presentation(
        people.welcome_back, "welcome back", "welcomes back", "the welcome back"
    ),
    NotificationKind.OWNERS_PERSON_LEFT: Presentation(
        people.owners_left,
        "note of who is away",
        "notes of who is away",
        "the message that somebody’s account is deactivated",
    ),
    NotificationKind.OWNERS_PERSON_BACK: Presentation(
        people.owners_back, "note of who is away", "notes of who is away", "the message that somebody is back"
    ),
    NotificationKind.COHORT_CLOSED: Presentation(
        programmes.cohort_closed,
        "note that the round is closed",
        "notes that the round is closed",
        "the word that the round is closed",
    ),
    NotificationKind.UNDELIVERED: Presentation(
        _undelivered, "report of what did not arrive", "reports of what did not arrive", "a report such as this one"
    ),
}
