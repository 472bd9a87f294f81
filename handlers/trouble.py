"""Errors that nobody foresaw: the log holds where, the person gets a reference to quote, and what they typed is
kept.
"""

import logging
import secrets
import traceback

from handlers.desk import Desk, Visit
from handlers.drafts import keep_draft

log = logging.getLogger(__name__)

_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
"""Without those that are mistaken for each other when read aloud."""


def report(error: BaseException) -> str:
    """Log what happened and where, never the error's own words, for they may hold what somebody typed. Returns a
    reference.
    """
    reference = "".join(secrets.choice(_LETTERS) for _ in range(6))
    reference = f"{reference[:3]}-{reference[3:]}"
    stack = reversed(traceback.extract_tb(error.__traceback__))
    frames = " < ".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in stack)
    log.error("Reference %s: %s at %s", reference, _kinds(error), frames or "unknown")
    return reference


def keep_what_was_typed(desk: Desk, visit: Visit) -> bool:
    """Keep the form as a draft in a transaction of its own. False where even that failed; the form is still open
    then.
    """
    if visit.view is None:
        return False
    try:
        with desk.storage.begin(visit.workspace) as tx:
            keep_draft(tx, visit)
    except Exception as error:  # the person has their answer already; this one is for the log
        report(error)
        return False
    return True


def _kinds(error: BaseException) -> str:
    cause = error.__cause__ or error.__context__
    return type(error).__name__ + (f" from {_kinds(cause)}" if cause else "")
