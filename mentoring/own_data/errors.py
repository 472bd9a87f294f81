"""Refusals about erasing a person."""

from dataclasses import dataclass

from mentoring.core.errors import MentoringError


@dataclass(unsafe_hash=True)
class OnlyOwner(MentoringError):
    """They are the only owner of these programmes (names), which would be without one."""

    programmes: tuple[str, ...]
    own: bool = True


@dataclass(unsafe_hash=True)
class IsAdministrator(MentoringError):
    """They are an administrator: the next start of the bot would name them again."""

    own: bool = True


@dataclass(unsafe_hash=True)
class StillHere(MentoringError):
    """An owner erases only people whose account is deactivated: others do it themselves."""


@dataclass(unsafe_hash=True)
class InAnotherProgramme(MentoringError):
    """They have a part in a programme that the owner does not own."""
