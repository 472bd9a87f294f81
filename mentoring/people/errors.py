"""Refusals about people."""

from dataclasses import dataclass

from mentoring.core.errors import MentoringError


@dataclass(unsafe_hash=True)
class NothingToPause(MentoringError):
    """The person has no open application and no active partnership, so that a leave would change nothing."""


@dataclass(unsafe_hash=True)
class CannotReadFields(MentoringError):
    """Slack does not say which custom fields profiles have. `not_allowed`: the app has no permission to ask."""

    not_allowed: bool = False


@dataclass(unsafe_hash=True)
class NoFittingFields(MentoringError):
    """The workspace's profiles have no custom field that can say a department, a manager or a start date."""
