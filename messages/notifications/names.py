"""What each kind of message is called where one counts them: "3 nudges, 1 check-in"."""

from mentoring.core.outcome import Kind
from messages.voice import Voice


def tally(kind: Kind) -> tuple[str, str]:
    """Plain text, as one and as many; for `messages.text.plural`. Kinds that read alike are counted together."""
    return _TALLIES[kind]


_RECEIPT = ("receipt", "receipts")
_NUDGE = ("nudge", "nudges")
_THANKS = ("thank-you", "thank-yous")
_SURVEY = ("survey", "surveys")
_NEWS_OF_A_MATCH = ("note on a match", "notes on a match")
_FAREWELL = ("farewell", "farewells")
_ABSENCE = ("note of who is away", "notes of who is away")

_TALLIES: dict[Kind, tuple[str, str]] = {
    Kind.WELCOME_OWNER: ("welcome", "welcomes"),
    Kind.HELP: ("help page", "help pages"),
    Kind.APPLICATION_RECEIVED: _RECEIPT,
    Kind.APPLICATION_CHANGED: _RECEIPT,
    Kind.APPLICATION_WITHDRAWN: _RECEIPT,
    Kind.APPLICATIONS_CLOSED: ("note that applications have closed", "notes that applications have closed"),
    Kind.PROGRAMME_CHANGED: ("change in the set-up", "changes in the set-up"),
    Kind.COHORT_STATUS: ("status of the round", "statuses of the round"),
    Kind.WEEKLY_STATUS: ("weekly status", "weekly statuses"),
    Kind.DESK: ("look at the matching", "looks at the matching"),
    Kind.NOT_PROPOSED: ("note that no proposals could be made", "notes that no proposals could be made"),
    Kind.OPERATOR_RELEASED: ("note that matches were released", "notes that matches were released"),
    Kind.UNMATCHED: ("note that there is nobody yet", "notes that there is nobody yet"),
    Kind.MATCH_OFFERED: ("match to answer", "matches to answer"),
    Kind.OFFER_REMINDER: ("reminder of a match", "reminders of a match"),
    Kind.OFFER_ACCEPTED: _THANKS,
    Kind.OFFER_DECLINED: _THANKS,
    Kind.OFFER_OVER: _NEWS_OF_A_MATCH,
    Kind.OWNERS_OFFER_OVER: _NEWS_OF_A_MATCH,
    Kind.INTRODUCED: ("introduction", "introductions"),
    Kind.MEETING_LOGGED: ("logged meeting", "logged meetings"),
    Kind.FIRST_MEETING_NUDGE: _NUDGE,
    Kind.SECOND_MEETING_NUDGE: _NUDGE,
    Kind.MONTHLY_NUDGE: _NUDGE,
    Kind.CHECK_IN: ("check-in", "check-ins"),
    Kind.CHECK_IN_THANKS: _THANKS,
    Kind.WORD_WANTED: ("wish to talk", "wishes to talk"),
    Kind.SURVEY: _SURVEY,
    Kind.SURVEY_REMINDER: ("survey reminder", "survey reminders"),
    Kind.SURVEY_THANKS: _THANKS,
    Kind.PARTNERSHIP_ENDED: _FAREWELL,
    Kind.PARTNERSHIP_CLOSED: _FAREWELL,
    Kind.BACK_IN_POOL: _RECEIPT,
    Kind.PARTNER_LEFT: _ABSENCE,
    Kind.PARTNER_BACK: _ABSENCE,
    Kind.WELCOME_BACK: ("welcome back", "welcomes back"),
    Kind.OWNERS_PERSON_LEFT: _ABSENCE,
    Kind.OWNERS_PERSON_BACK: _ABSENCE,
    Kind.COHORT_CLOSED: ("note that the round is closed", "notes that the round is closed"),
    Kind.UNDELIVERED: ("report of what did not arrive", "reports of what did not arrive"),
}


def what(kind: Kind, voice: Voice) -> str:
    """mrkdwn, with its article."""
    return _WHAT[kind].format(partnership=voice.partnership)


_WHAT = {
    Kind.WELCOME_OWNER: "the welcome to a new owner",
    Kind.HELP: "the help",
    Kind.APPLICATION_RECEIVED: "the receipt for what they sent",
    Kind.APPLICATION_CHANGED: "the receipt for a change",
    Kind.APPLICATION_WITHDRAWN: "the receipt for a withdrawal",
    Kind.APPLICATIONS_CLOSED: "the word that applications have closed",
    Kind.PROGRAMME_CHANGED: "the word of a change in the set-up",
    Kind.COHORT_STATUS: "the round’s status",
    Kind.WEEKLY_STATUS: "the week’s status",
    Kind.DESK: "the message that shows how the matching stands",
    Kind.NOT_PROPOSED: "the word that no proposals could be made",
    Kind.OPERATOR_RELEASED: "the word that matches were released",
    Kind.UNMATCHED: "the word that there is nobody for them yet",
    Kind.MATCH_OFFERED: "the question whether they take a match",
    Kind.OFFER_REMINDER: "the reminder of an open match",
    Kind.OFFER_ACCEPTED: "the thanks for a yes",
    Kind.OFFER_DECLINED: "the thanks for an answer",
    Kind.OFFER_OVER: "the word that a match did not work out",
    Kind.OWNERS_OFFER_OVER: "the word that a match did not work out",
    Kind.INTRODUCED: "the introduction",
    Kind.MEETING_LOGGED: "the word that a meeting was logged",
    Kind.FIRST_MEETING_NUDGE: "the reminder of a first meeting",
    Kind.SECOND_MEETING_NUDGE: "the reminder of a second meeting",
    Kind.MONTHLY_NUDGE: "a monthly reminder",
    Kind.CHECK_IN: "the check-in",
    Kind.CHECK_IN_THANKS: "the thanks for an answer",
    Kind.WORD_WANTED: "the word that somebody would like to talk",
    Kind.SURVEY: "the closing questions",
    Kind.SURVEY_REMINDER: "the reminder of the closing questions",
    Kind.SURVEY_THANKS: "the thanks for an answer",
    Kind.PARTNERSHIP_ENDED: "the word that a {partnership} has ended",
    Kind.PARTNERSHIP_CLOSED: "the thanks at the end of a {partnership}",
    Kind.BACK_IN_POOL: "the receipt for going back to the pool",
    Kind.COHORT_CLOSED: "the word that the round is closed",
    Kind.UNDELIVERED: "a report such as this one",
}
