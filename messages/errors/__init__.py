"""What we say when something cannot be done: what is wrong, what we kept, what to do. We blame no one."""

from slack_sdk.models.blocks import Block

from mentoring.core.errors import MentoringError
from mentoring.core.programmes import Programme
from messages.blocks import actions, button, section
from messages.errors import applications, forms, matching, partnerships
from messages.errors.forms import MISSING
from messages.errors.registry import KEPT, register_sentence
from messages.errors.titles import NOT_POSSIBLE, OUR_FAULT, title_for
from messages.payloads import Message, message
from messages.voice import Voice

__all__ = [
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
"""When others have kept us from deciding; plain text and mrkdwn alike."""

_SUBJECTS = (forms, applications, partnerships, matching)
"""Each registers its sentences when it is imported."""


def sentence_for(error: MentoringError, programme: Programme | None) -> str:
    """One or two sentences, in mrkdwn."""
    return register_sentence(error, Voice(programme))


def plain_sentence(error: MentoringError, programme: Programme | None) -> str:
    """The same in plain text, where a mention would not show as a name."""
    return register_sentence(error, Voice(programme, marked=False))


def unknown_error(reference: str, programme: Programme | None = None, *, marked: bool = True) -> str:
    """When we failed. `reference` is what we find it by in our own record, and may be read out by telephone.

    In mrkdwn, or (not `marked`) in plain text for a field.
    """
    tell = Voice(programme, marked=marked).contact if programme else "the app admin"
    quoted = f"`{reference}`" if marked else reference
    return (
        "Sorry, something went wrong on our side. What you sent earlier is safe. Try again. "
        f"If it happens again, give {tell} this reference: {quoted}"
    )


def too_slow(action_id: str = "", value: str = "") -> Message:
    """When Slack did not open a form in time. With the button that was pressed, it can be pressed again right here."""
    text = "Sorry, the form took too long to open."
    if not action_id:
        return message(text, [section(f"{text} Try again.")])
    blocks: list[Block] = [section(text), actions(button("Try again", action_id, value, style="primary"))]
    return message(text, blocks)
