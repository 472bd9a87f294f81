"""What each kind of message is called when we speak of it."""

from mentoring.core.outcome import Kind
from messages.voice import Voice


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
