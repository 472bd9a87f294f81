"""What each kind of notification is called: where messages are counted, and in a report of what was not delivered."""

from dataclasses import dataclass

from mentoring.core.outcome import NotificationKind
from messages.voice import Voice


@dataclass(frozen=True)
class KindName:
    """The names of a kind. `one` and `many` are counted ("1 nudge", "3 nudges"); kinds that share them are counted
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
    NotificationKind.HELP: KindName("help page", "help pages", "the help"),
    NotificationKind.APPLICATION_RECEIVED: KindName("receipt", "receipts", "the receipt for what they sent"),
    NotificationKind.APPLICATION_CHANGED: KindName("receipt", "receipts", "the receipt for a change"),
    NotificationKind.APPLICATION_WITHDRAWN: KindName("receipt", "receipts", "the receipt for a withdrawal"),
    NotificationKind.APPLICATIONS_CLOSED: KindName(
        "note that applications have closed",
        "notes that applications have closed",
        "the word that applications have closed",
    ),
    NotificationKind.PROGRAMME_CHANGED: KindName(
        "change in the set-up", "changes in the set-up", "the word of a change in the set-up"
    ),
    NotificationKind.COHORT_STATUS: KindName("status of the round", "statuses of the round", "the round’s status"),
    NotificationKind.WEEKLY_STATUS: KindName("weekly status", "weekly statuses", "the week’s status"),
    NotificationKind.REVIEW: KindName(
        "look at the matching", "looks at the matching", "the message that shows how the matching stands"
    ),
    NotificationKind.NOT_PROPOSED: KindName(
        "note that no proposals could be made",
        "notes that no proposals could be made",
        "the word that no proposals could be made",
    ),
    NotificationKind.OPERATOR_RELEASED: KindName(
        "note that matches were released", "notes that matches were released", "the word that matches were released"
    ),
    NotificationKind.UNMATCHED: KindName(
        "note that there is nobody yet", "notes that there is nobody yet", "the word that there is nobody for them yet"
    ),
    NotificationKind.MATCH_OFFERED: KindName(
        "match to answer", "matches to answer", "the question whether they take a match"
    ),
    NotificationKind.OFFER_REMINDER: KindName(
        "reminder of a match", "reminders of a match", "the reminder of an open match"
    ),
    NotificationKind.OFFER_ACCEPTED: KindName("thank-you", "thank-yous", "the thanks for a yes"),
    NotificationKind.OFFER_DECLINED: KindName("thank-you", "thank-yous", "the thanks for an answer"),
    NotificationKind.OFFER_OVER: KindName(
        "note on a match", "notes on a match", "the word that a match did not work out"
    ),
    NotificationKind.OWNERS_OFFER_OVER: KindName(
        "note on a match", "notes on a match", "the word that a match did not work out"
    ),
    NotificationKind.INTRODUCED: KindName("introduction", "introductions", "the introduction"),
    NotificationKind.MEETING_LOGGED: KindName(
        "logged meeting", "logged meetings", "the word that a meeting was logged"
    ),
    NotificationKind.FIRST_MEETING_NUDGE: KindName("nudge", "nudges", "the reminder of a first meeting"),
    NotificationKind.SECOND_MEETING_NUDGE: KindName("nudge", "nudges", "the reminder of a second meeting"),
    NotificationKind.MONTHLY_NUDGE: KindName("nudge", "nudges", "a monthly reminder"),
    NotificationKind.CHECK_IN: KindName("check-in", "check-ins", "the check-in"),
    NotificationKind.CHECK_IN_THANKS: KindName("thank-you", "thank-yous", "the thanks for an answer"),
    NotificationKind.WORD_WANTED: KindName(
        "wish to talk", "wishes to talk", "the word that somebody would like to talk"
    ),
    NotificationKind.SURVEY: KindName("survey", "surveys", "the closing questions"),
    NotificationKind.SURVEY_REMINDER: KindName(
        "survey reminder", "survey reminders", "the reminder of the closing questions"
    ),
    NotificationKind.SURVEY_THANKS: KindName("thank-you", "thank-yous", "the thanks for an answer"),
    NotificationKind.PARTNERSHIP_ENDED: KindName("farewell", "farewells", "the word that a {partnership} has ended"),
    NotificationKind.PARTNERSHIP_CLOSED: KindName("farewell", "farewells", "the thanks at the end of a {partnership}"),
    NotificationKind.BACK_IN_POOL: KindName("receipt", "receipts", "the receipt for going back to the pool"),
    NotificationKind.PARTNER_LEFT: KindName(
        "note of who is away", "notes of who is away", "the message that a partner’s account is deactivated"
    ),
    NotificationKind.PARTNER_BACK: KindName(
        "note of who is away", "notes of who is away", "the message that a partner is back"
    ),
    NotificationKind.WELCOME_BACK: KindName("welcome back", "welcomes back", "the welcome back"),
    NotificationKind.OWNERS_PERSON_LEFT: KindName(
        "note of who is away", "notes of who is away", "the message that somebody’s account is deactivated"
    ),
    NotificationKind.OWNERS_PERSON_BACK: KindName(
        "note of who is away", "notes of who is away", "the message that somebody is back"
    ),
    NotificationKind.COHORT_CLOSED: KindName(
        "note that the round is closed", "notes that the round is closed", "the word that the round is closed"
    ),
    NotificationKind.UNDELIVERED: KindName(
        "report of what did not arrive", "reports of what did not arrive", "a report such as this one"
    ),
}
