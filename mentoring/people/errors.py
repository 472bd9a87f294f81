"""Refusals about people."""

from dataclasses import dataclass

from mentoring.core.errors import MentoringError


@dataclass(unsafe_hash=True)
class NothingToPause(MentoringError):
    """The person has no open application and no active partnership, so that a leave would change nothing."""
