"""What each kind of notification is called: where messages are counted, and in a report of what was not delivered."""

from dataclasses import dataclass

from mentoring.core.outcome import NotificationKind
from messages.voice import Voice


@dataclass(frozen=True)
class KindName:
    """The names of a kind. `one` and `many` are counted ("1 receipt", "3 receipts"); kinds that share them are counted
    together. `sentence` is mrkdwn with its article, for use inside a sentence; it may hold `{partnership}`.
    """

    one: str
    many: str
    sentence: str


def count_name(kind: NotificationKind) -> tuple[str, str]:
    """Plain text, as one and as many; for `messages.text.plural`."""
    name = NAMES[kind]
    return name.one, name.many


def sentence_name(kind: NotificationKind, voice: Voice) -> str:
    """The kind inside a sentence, in mrkdwn, with its article."""
    return NAMES[kind].sentence.format(partnership=voice.partnership)


NAMES: dict[NotificationKind, KindName] = {
    NotificationKind.WELCOME_OWNER: KindName("welcome", "welcomes", "the welcome to a new owner"),
    NotificationKind.HELP: KindName("help page", "help pages", "the help page"),
    NotificationKind.APPLICATION_RECEIVED: KindName("receipt", "receipts", "the receipt for an application"),
    NotificationKind.APPLICATION_CHANGED: KindName("receipt", "receipts", "the receipt for a changed application"),
    NotificationKind.APPLICATION_WITHDRAWN: KindName("receipt", "receipts", "the receipt for a withdrawal"),
    NotificationKind.APPLICATIONS_CLOSED: KindName(
        "message that applications have closed",
        "messages that applications have closed",
        "the message that applications have closed",
    ),
    NotificationKind.PROGRAMME_CHANGED: KindName(
        "message about changed settings", "messages about changed settings", "the message that settings have changed"
    ),
    NotificationKind.COHORT_STATUS: KindName("round status", "round statuses", "the status of the round"),
    NotificationKind.WEEKLY_STATUS: KindName("weekly status", "weekly statuses", "the weekly status"),
    NotificationKind.REVIEW: KindName("message about matches", "messages about matches", "the message about matches"),
    NotificationKind.NOT_PROPOSED: KindName(
        "message that no matches could be proposed",
        "messages that no matches could be proposed",
        "the message that no matches could be proposed",
    ),
    NotificationKind.OPERATOR_RELEASED: KindName(
        "message that the app admin sent matches",
        "messages that the app admin sent matches",
        "the message that the app admin sent matches",
    ),
    NotificationKind.UNMATCHED: KindName(
        "message that there is no match yet",
        "messages that there is no match yet",
        "the message that there is no match yet",
    ),
    NotificationKind.MATCH_OFFERED: KindName("match to answer", "matches to answer", "the match to answer"),
    NotificationKind.OFFER_REMINDER: KindName("match reminder", "match reminders", "the reminder of a match to answer"),
    # Owners read these: they say nothing of the answer.
    NotificationKind.OFFER_ACCEPTED: KindName("receipt", "receipts", "the receipt for an answer"),
    NotificationKind.OFFER_DECLINED: KindName("receipt", "receipts", "the receipt for an answer"),
    NotificationKind.OFFER_OVER: KindName(
        "message about a match", "messages about a match", "the message that a match did not work out"
    ),
    NotificationKind.OWNERS_OFFER_OVER: KindName(
        "message about a match", "messages about a match", "the message that a match did not work out"
    ),
    NotificationKind.INTRODUCED: KindName("introduction", "introductions", "the introduction"),
    NotificationKind.MEETING_LOGGED: KindName(
        "message about a logged meeting", "messages about a logged meeting", "the message that a meeting was logged"
    ),
    NotificationKind.FIRST_MEETING_NUDGE: KindName(
        "reminder to meet", "reminders to meet", "the first meeting reminder"
    ),
    NotificationKind.SECOND_MEETING_NUDGE: KindName(
        "reminder to meet", "reminders to meet", "the second meeting reminder"
    ),
    NotificationKind.MONTHLY_NUDGE: KindName("reminder to meet", "reminders to meet", "the monthly reminder"),
    NotificationKind.CHECK_IN: KindName("check-in", "check-ins", "the check-in"),
    NotificationKind.CHECK_IN_THANKS: KindName("receipt", "receipts", "the receipt for an answer"),
    NotificationKind.WORD_WANTED: KindName(
        "request to talk", "requests to talk", "the message that someone would like to talk"
    ),
    NotificationKind.SURVEY: KindName("closing survey", "closing surveys", "the closing survey"),
    NotificationKind.SURVEY_REMINDER: KindName(
        "closing survey reminder", "closing survey reminders", "the reminder of the closing survey"
    ),
    NotificationKind.SURVEY_THANKS: KindName("receipt", "receipts", "the receipt for an answer"),
    NotificationKind.PARTNERSHIP_ENDED: KindName(
        "closing message", "closing messages", "the message that their {partnership} has ended"
    ),
    NotificationKind.PARTNERSHIP_CLOSED: KindName(
        "closing message", "closing messages", "the message that their {partnership} is complete"
    ),
    NotificationKind.BACK_IN_POOL: KindName("receipt", "receipts", "the receipt for asking for another match"),
    NotificationKind.PARTNER_LEFT: KindName(
        "message about who is away", "messages about who is away", "the message that a partner’s account is deactivated"
    ),
    NotificationKind.PARTNER_BACK: KindName(
        "message about who is away", "messages about who is away", "the message that a partner is back"
    ),
    NotificationKind.WELCOME_BACK: KindName(
        "welcome-back message", "welcome-back messages", "the welcome-back message"
    ),
    NotificationKind.OWNERS_PERSON_LEFT: KindName(
        "message about who is away", "messages about who is away", "the message that an account is deactivated"
    ),
    NotificationKind.OWNERS_PERSON_BACK: KindName(
        "message about who is away", "messages about who is away", "the message that someone is back"
    ),
    NotificationKind.COHORT_CLOSED: KindName(
        "message that the round has closed",
        "messages that the round has closed",
        "the message that the round has closed",
    ),
    NotificationKind.UNDELIVERED: KindName(
        "report of undelivered messages", "reports of undelivered messages", "a report of undelivered messages"
    ),
}
