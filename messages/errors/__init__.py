"""What we say when something cannot be done: what is the case, what is kept, what to do. Nobody is at fault."""

from slack_sdk.models.blocks import Block

from mentoring.core.errors import MentoringError
from mentoring.core.programmes import Programme
from messages.blocks import actions, button, section
from messages.errors import applications, forms, matching, partnerships
from messages.errors.forms import MISSING
from messages.errors.registry import KEPT, register_sentence
from messages.payloads import Message, message
from messages.voice import Voice

__all__ = ["KEPT", "MISSING", "SOMEBODY_WAS_FASTER", "plain_sentence", "sentence_for", "too_slow", "unknown_error"]

SOMEBODY_WAS_FASTER = (
    "Somebody else was at work on the same thing at this moment, so yours is not done yet. Nothing is lost: please try "
    "again in a moment."
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
    tell = Voice(programme, marked=marked).contact if programme else "whoever looks after this app"
    quoted = f"`{reference}`" if marked else reference
    return (
        "Something went wrong on our side, and it is no fault of yours. What you sent before is safe. "
        f"Please try again; if it happens again, tell {tell} this reference: {quoted}"
    )


def too_slow(action_id: str = "", value: str = "") -> Message:
    """When Slack did not open a form in time. With the button that was pressed, it can be pressed again right here."""
    text = "Slack took too long to open the form. Nothing is lost."
    if not action_id:
        return message(text, [section(f"{text} Please try again.")])
    blocks: list[Block] = [
        section(f"{text} Press the button to try again."),
        actions(button("Try again", action_id, value, style="primary")),
    ]
    return message(text, blocks)
