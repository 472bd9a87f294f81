"""Sentences of refusals and errors: what is wrong, what was saved, and what to do; and titles for them."""

from slack_sdk.models.blocks import Block

from mentoring.agreements.errors import AgreementChanged
from mentoring.announcements.errors import NoSuchAnnouncement
from mentoring.applications.errors import AlreadyWithdrawn, NoSuchApplication
from mentoring.cases.errors import CaseClosed, NoSuchCase
from mentoring.core.errors import CohortOver, MentoringError, NotAnAdministrator, NotForYou
from mentoring.core.programmes import Programme
from mentoring.feedback.errors import BaselineClosed, BaselineCounted
from mentoring.goals.errors import NoSuchGoal, NotShared
from mentoring.items.errors import NoSuchItem
from mentoring.matching.errors import AlreadyAccepted, NotPending, OfferOver
from mentoring.partnerships.errors import AlreadyEnded, NoSuchMeeting, NoSuchPartnership, NotAsked
from mentoring.remarks.errors import NoSuchRemark
from mentoring.reports.errors import AlreadyShared, NoSuchReport, NotAskedToShare, ReportChanged
from mentoring.sessions.errors import NoSuchSession
from messages.blocks import actions, button, section
from messages.errors import (
    agreements,
    announcements,
    applications,
    cases,
    feedback,
    forms,
    items,
    matching,
    oversight,
    own_data,
    partnerships,
    remarks,
    reports,
    sessions,
    sponsor_page,
)
from messages.errors.forms import MISSING
from messages.errors.registry import KEPT, register_sentence
from messages.payloads import Message, message
from messages.voice import Voice

__all__ = [
    "DATABASE_AWAY",
    "KEPT",
    "MISSING",
    "NOT_POSSIBLE",
    "OUR_FAULT",
    "SOMEBODY_WAS_FASTER",
    "plain_sentence",
    "sentence_for",
    "title_for",
    "too_slow",
    "unknown_error",
]

SOMEBODY_WAS_FASTER = (
    "Another change was being saved at the same moment, so this didn’t work. Nothing is lost. Try again in a few "
    "seconds."
)
"""After repeated write conflicts; valid as plain text and as mrkdwn."""

DATABASE_AWAY = (
    "I can’t save anything at the moment, so this didn’t work. What you sent earlier is safe. Try again in a few "
    "minutes."
)
"""While the database cannot be read or written; valid as plain text and as mrkdwn."""

NOT_POSSIBLE = "Not possible"
OUR_FAULT = "Something went wrong"

_NO_LONGER = "No longer available"
_TITLES: dict[type[MentoringError], str] = {
    NotAnAdministrator: "For administrators only",
    NotForYou: "For owners only",
    CohortOver: "Already closed",
    AlreadyWithdrawn: "Already withdrawn",
    AlreadyAccepted: "Already answered",
    AlreadyEnded: "Already ended",
    AgreementChanged: "Changed meanwhile",
    ReportChanged: "Changed meanwhile",
    AlreadyShared: "Already shared",
    NotAskedToShare: _NO_LONGER,
    NoSuchReport: _NO_LONGER,
    NotPending: _NO_LONGER,
    OfferOver: _NO_LONGER,
    NoSuchApplication: _NO_LONGER,
    NoSuchPartnership: _NO_LONGER,
    NoSuchMeeting: _NO_LONGER,
    NoSuchGoal: _NO_LONGER,
    NoSuchItem: _NO_LONGER,
    NotShared: _NO_LONGER,
    NoSuchCase: _NO_LONGER,
    BaselineClosed: "Already closed",
    BaselineCounted: "Already counted",
    CaseClosed: "Already closed",
    NoSuchRemark: _NO_LONGER,
    NoSuchAnnouncement: "Changed meanwhile",
    NoSuchSession: _NO_LONGER,
}

_SUBJECTS = (
    forms,
    agreements,
    announcements,
    applications,
    cases,
    feedback,
    items,
    oversight,
    own_data,
    partnerships,
    matching,
    remarks,
    reports,
    sessions,
    sponsor_page,
)
"""Imported for their registrations."""


def sentence_for(error: MentoringError, programme: Programme | None) -> str:
    """The sentence of a refusal, in mrkdwn."""
    return register_sentence(error, Voice(programme))


def plain_sentence(error: MentoringError, programme: Programme | None) -> str:
    """The sentence of a refusal in plain text, without mentions."""
    return register_sentence(error, Voice(programme, marked=False))


def title_for(error: MentoringError) -> str:
    """The title of the dialog that shows a refusal in a modal, in plain text."""
    if isinstance(error, NotAsked) and error.answered:
        return "Already answered"
    return _TITLES.get(type(error), NOT_POSSIBLE)


def unknown_error(reference: str, programme: Programme | None = None, *, marked: bool = True) -> str:
    """The sentence of an unexpected error; `reference` identifies it in the log, and can be read out by telephone.

    In mrkdwn, or (not `marked`) in plain text for a field.
    """
    tell = Voice(programme, marked=marked).contact if programme else "the app admin"
    quoted = f"`{reference}`" if marked else reference
    return (
        "Sorry, something went wrong on our side. What you sent earlier is safe. Try again. "
        f"If it happens again, give {tell} this reference: {quoted}"
    )


def too_slow(action_id: str = "", value: str = "") -> Message:
    """The message when Slack did not open a modal in time. It repeats the button, if there is one."""
    text = "Sorry, the form took too long to open."
    if not action_id:
        return message(text, [section(f"{text} Try again.")])
    blocks: list[Block] = [section(text), actions(button("Try again", action_id, value, style="primary"))]
    return message(text, blocks)
