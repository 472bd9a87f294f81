"""Refusals about what owners do about a partnership."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mentoring.core.errors import MentoringError


@dataclass(unsafe_hash=True)
class OneOfTheTwo(MentoringError):
    """The owner is one of the two people, so another owner decides."""


@dataclass(unsafe_hash=True)
class AskedLately(MentoringError):
    """An owner, `by` (a Slack user id, "" once erased), did the same on `asked_on`. It is possible again from
    `again_on`.
    """

    kind: StrEnum
    by: str
    asked_on: date
    again_on: date


@dataclass(unsafe_hash=True)
class WroteLately(MentoringError):
    """An owner, `by` (a Slack user id, "" once erased), wrote to the two on `asked_on`, as `kind` says, and neither has
    answered. Owners can write to them again from `again_on`.
    """

    kind: StrEnum
    by: str
    asked_on: date
    again_on: date


@dataclass(unsafe_hash=True)
class MeetingNear(MentoringError):
    """The two have met lately, or will meet: which of these it is, owners do not learn."""


@dataclass(unsafe_hash=True)
class BothAreBack(MentoringError):
    """Both are available for matching again already, or their accounts are deactivated."""


@dataclass(unsafe_hash=True)
class AlreadyResponsible(MentoringError):
    """This owner looks after the partnership already, a Slack user id."""

    owner: str


@dataclass(unsafe_hash=True)
class RemindedLately(MentoringError):
    """The two got a reminder that comes by itself on `reminded_on`. An owner can remind them from `again_on`."""

    reminded_on: date
    again_on: date
