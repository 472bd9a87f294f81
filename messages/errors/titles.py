"""Titles of the dialogs that show a refusal in a modal."""

from mentoring.applications.errors import AlreadyWithdrawn, NoSuchApplication
from mentoring.core.errors import CohortOver, MentoringError, NotForYou
from mentoring.matching.errors import AlreadyAccepted, NotPending, OfferOver
from mentoring.partnerships.errors import AlreadyEnded, NoSuchMeeting, NoSuchPartnership, NotAsked

NOT_POSSIBLE = "Not possible"
OUR_FAULT = "Something went wrong"

_NO_LONGER = "No longer available"
_TITLES: dict[type[MentoringError], str] = {
    NotForYou: "For owners only",
    CohortOver: "Already closed",
    AlreadyWithdrawn: "Already withdrawn",
    AlreadyAccepted: "Already answered",
    AlreadyEnded: "Already ended",
    NotPending: _NO_LONGER,
    OfferOver: _NO_LONGER,
    NoSuchApplication: _NO_LONGER,
    NoSuchPartnership: _NO_LONGER,
    NoSuchMeeting: _NO_LONGER,
}


def title_for(error: MentoringError) -> str:
    """The title, as plain text that fits a dialog."""
    if isinstance(error, NotAsked) and error.answered:
        return "Already answered"
    return _TITLES.get(type(error), NOT_POSSIBLE)
