"""What each kind of message is called where one counts them: "3 nudges, 1 check-in"."""

from mentoring.core.outcome import NotificationKind
from messages.voice import Voice


def count_name(kind: NotificationKind) -> tuple[str, str]:
    """Plain text, as one and as many; for `messages.text.plural`. Kinds that read alike are counted together."""
    return _TALLIES[kind]


_RECEIPT = ("receipt", "receipts")
_NUDGE = ("nudge", "nudges")
_THANKS = ("thank-you", "thank-yous")
_SURVEY = ("survey", "surveys")
_NEWS_OF_A_MATCH = ("note on a match", "notes on a match")
_FAREWELL = ("farewell", "farewells")
_ABSENCE = ("note of who is away", "notes of who is away")

_TALLIES: dict[NotificationKind, tuple[str, str]] = {
    NotificationKind.WELCOME_OWNER: ("welcome", "welcomes"),
    NotificationKind.HELP: ("help page", "help pages"),
    NotificationKind.APPLICATION_RECEIVED: _RECEIPT,
    NotificationKind.APPLICATION_CHANGED: _RECEIPT,
    NotificationKind.APPLICATION_WITHDRAWN: _RECEIPT,
    NotificationKind.APPLICATIONS_CLOSED: ("note that applications have closed", "notes that applications have closed"),
    NotificationKind.PROGRAMME_CHANGED: ("change in the set-up", "changes in the set-up"),
    NotificationKind.COHORT_STATUS: ("status of the round", "statuses of the round"),
    NotificationKind.WEEKLY_STATUS: ("weekly status", "weekly statuses"),
    NotificationKind.DESK: ("look at the matching", "looks at the matching"),
    NotificationKind.NOT_PROPOSED: ("note that no proposals could be made", "notes that no proposals could be made"),
    NotificationKind.OPERATOR_RELEASED: ("note that matches were released", "notes that matches were released"),
    NotificationKind.UNMATCHED: ("note that there is nobody yet", "notes that there is nobody yet"),
    NotificationKind.MATCH_OFFERED: ("match to answer", "matches to answer"),
    NotificationKind.OFFER_REMINDER: ("reminder of a match", "reminders of a match"),
    NotificationKind.OFFER_ACCEPTED: _THANKS,
    NotificationKind.OFFER_DECLINED: _THANKS,
    NotificationKind.OFFER_OVER: _NEWS_OF_A_MATCH,
    NotificationKind.OWNERS_OFFER_OVER: _NEWS_OF_A_MATCH,
    NotificationKind.INTRODUCED: ("introduction", "introductions"),
    NotificationKind.MEETING_LOGGED: ("logged meeting", "logged meetings"),
    NotificationKind.FIRST_MEETING_NUDGE: _NUDGE,
    NotificationKind.SECOND_MEETING_NUDGE: _NUDGE,
    NotificationKind.MONTHLY_NUDGE: _NUDGE,
    NotificationKind.CHECK_IN: ("check-in", "check-ins"),
    NotificationKind.CHECK_IN_THANKS: _THANKS,
    NotificationKind.WORD_WANTED: ("wish to talk", "wishes to talk"),
    NotificationKind.SURVEY: _SURVEY,
    NotificationKind.SURVEY_REMINDER: ("survey reminder", "survey reminders"),
    NotificationKind.SURVEY_THANKS: _THANKS,
    NotificationKind.PARTNERSHIP_ENDED: _FAREWELL,
    NotificationKind.PARTNERSHIP_CLOSED: _FAREWELL,
    NotificationKind.BACK_IN_POOL: _RECEIPT,
    NotificationKind.PARTNER_LEFT: _ABSENCE,
    NotificationKind.PARTNER_BACK: _ABSENCE,
    NotificationKind.WELCOME_BACK: ("welcome back", "welcomes back"),
    NotificationKind.OWNERS_PERSON_LEFT: _ABSENCE,
    NotificationKind.OWNERS_PERSON_BACK: _ABSENCE,
    NotificationKind.COHORT_CLOSED: ("note that the round is closed", "notes that the round is closed"),
    NotificationKind.UNDELIVERED: ("report of what did not arrive", "reports of what did not arrive"),
}


def what(kind: NotificationKind, voice: Voice) -> str:
    """mrkdwn, with its article."""
    return _WHAT[kind].format(partnership=voice.partnership)


_WHAT = {
    NotificationKind.WELCOME_OWNER: "the welcome to a new owner",
    NotificationKind.HELP: "the help",
    NotificationKind.APPLICATION_RECEIVED: "the receipt for what they sent",
    NotificationKind.APPLICATION_CHANGED: "the receipt for a change",
    NotificationKind.APPLICATION_WITHDRAWN: "the receipt for a withdrawal",
    NotificationKind.APPLICATIONS_CLOSED: "the word that applications have closed",
    NotificationKind.PROGRAMME_CHANGED: "the word of a change in the set-up",
    NotificationKind.COHORT_STATUS: "the round’s status",
    NotificationKind.WEEKLY_STATUS: "the week’s status",
    NotificationKind.DESK: "the message that shows how the matching stands",
    NotificationKind.NOT_PROPOSED: "the word that no proposals could be made",
    NotificationKind.OPERATOR_RELEASED: "the word that matches were released",
    NotificationKind.UNMATCHED: "the word that there is nobody for them yet",
    NotificationKind.MATCH_OFFERED: "the question whether they take a match",
    NotificationKind.OFFER_REMINDER: "the reminder of an open match",
    NotificationKind.OFFER_ACCEPTED: "the thanks for a yes",
    NotificationKind.OFFER_DECLINED: "the thanks for an answer",
    NotificationKind.OFFER_OVER: "the word that a match did not work out",
    NotificationKind.OWNERS_OFFER_OVER: "the word that a match did not work out",
    NotificationKind.INTRODUCED: "the introduction",
    NotificationKind.MEETING_LOGGED: "the word that a meeting was logged",
    NotificationKind.FIRST_MEETING_NUDGE: "the reminder of a first meeting",
    NotificationKind.SECOND_MEETING_NUDGE: "the reminder of a second meeting",
    NotificationKind.MONTHLY_NUDGE: "a monthly reminder",
    NotificationKind.CHECK_IN: "the check-in",
    NotificationKind.CHECK_IN_THANKS: "the thanks for an answer",
    NotificationKind.WORD_WANTED: "the word that somebody would like to talk",
    NotificationKind.SURVEY: "the closing questions",
    NotificationKind.SURVEY_REMINDER: "the reminder of the closing questions",
    NotificationKind.SURVEY_THANKS: "the thanks for an answer",
    NotificationKind.PARTNERSHIP_ENDED: "the word that a {partnership} has ended",
    NotificationKind.PARTNERSHIP_CLOSED: "the thanks at the end of a {partnership}",
    NotificationKind.BACK_IN_POOL: "the receipt for going back to the pool",
    NotificationKind.COHORT_CLOSED: "the word that the round is closed",
    NotificationKind.UNDELIVERED: "a report such as this one",
}
