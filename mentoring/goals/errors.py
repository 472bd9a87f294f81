"""Refusals about plans and goals."""

from dataclasses import dataclass

from mentoring.core.errors import MentoringError


@dataclass(unsafe_hash=True)
class NoPlanHere(MentoringError):
    """The person may not have a plan: they are no mentee in a programme that has plans. Nothing was changed."""


@dataclass(unsafe_hash=True)
class NotShared(MentoringError):
    """The plan does not exist, or it is not shared with this person."""


@dataclass(unsafe_hash=True)
class NoSuchGoal(MentoringError):
    """The goal does not exist any more, or it is another person's."""


@dataclass(unsafe_hash=True)
class TooManyGoals(MentoringError):
    """The person keeps as many goals as we can show. `most` is how many."""

    most: int


@dataclass(unsafe_hash=True)
class NothingToShare(MentoringError):
    """The plan is still empty."""
