"""What each kind of message is called where one counts them: "3 nudges, 1 check-in"."""

from mentoring.core.outcome import Kind


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
