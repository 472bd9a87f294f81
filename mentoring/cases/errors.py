"""Refusals about help in confidence."""

from dataclasses import dataclass

from mentoring.core.errors import MentoringError


@dataclass(unsafe_hash=True)
class NobodyToAsk(MentoringError):
    """Everybody who could be asked is one of the person's partners, their manager, or absent."""


@dataclass(unsafe_hash=True)
class NoSuchCase(MentoringError):
    """The case does not exist any more, or this person was not asked."""


@dataclass(unsafe_hash=True)
class CaseClosed(MentoringError):
    """The case is closed."""
