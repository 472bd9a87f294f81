"""Logging unexpected errors without their messages, under a reference that people can quote."""

import logging
import secrets
import traceback

log = logging.getLogger(__name__)

_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
"""Without characters that are easily confused."""


class Unreadable(Exception):
    """A file that a person has sent cannot be used. `args[0]` is a sentence for that person, in mrkdwn."""


def report_error(error: BaseException) -> str:
    """Log the type and the traceback of `error`, and return a reference such as "K7P-2MX".

    The error's message is not logged, because it may contain what a person typed.
    """
    reference = new_reference()
    stack = reversed(traceback.extract_tb(error.__traceback__))
    frames = " < ".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in stack)
    log.error("Reference %s: %s at %s", reference, _kinds(error), frames or "unknown")
    return reference


def new_reference() -> str:
    """A reference such as "K7P-2MX", by which people and the log name the same event."""
    letters = "".join(secrets.choice(_LETTERS) for _ in range(6))
    return f"{letters[:3]}-{letters[3:]}"


def _kinds(error: BaseException) -> str:
    cause = error.__cause__ or error.__context__
    return type(error).__name__ + (f" from {_kinds(cause)}" if cause else "")
