"""Logging an unforeseen error without its words, under a reference that the person can quote."""

import logging
import secrets
import traceback

log = logging.getLogger(__name__)

_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
"""Without those that are mistaken for each other when read aloud."""


def report_error(error: BaseException) -> str:
    """Log what happened and where, never the error's own words, for they may hold what somebody typed. Returns a
    reference.
    """
    reference = "".join(secrets.choice(_LETTERS) for _ in range(6))
    reference = f"{reference[:3]}-{reference[3:]}"
    stack = reversed(traceback.extract_tb(error.__traceback__))
    frames = " < ".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in stack)
    log.error("Reference %s: %s at %s", reference, _kinds(error), frames or "unknown")
    return reference


def _kinds(error: BaseException) -> str:
    cause = error.__cause__ or error.__context__
    return type(error).__name__ + (f" from {_kinds(cause)}" if cause else "")
