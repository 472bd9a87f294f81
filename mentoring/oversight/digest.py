"""How often an owner gets the message about what needs them, as they have chosen."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mentoring.core.outcome import Outcome


class DigestRhythm(StrEnum):
    """Stored: a value is never renamed without a migration."""

    WEEKLY = "weekly"
    FORTNIGHT = "fortnight"
    WHEN_NEEDED = "when-needed"


@dataclass(frozen=True)
class DigestChoice:
    """How often an owner, `person` (a Slack user id), gets it; in all their programmes."""

    person: str
    rhythm: DigestRhythm


def is_sent(rhythm: DigestRhythm, day: date, *, needs_something: bool) -> bool:
    """Whether the message of the week goes out on `day`, the first working day of that week."""
    match rhythm:
        case DigestRhythm.FORTNIGHT:
            return (day.toordinal() - 1) // 7 % 2 == 0  # the first day of the calendar was a Monday
        case DigestRhythm.WHEN_NEEDED:
            return needs_something
        case DigestRhythm.WEEKLY:
            return True


def choose_digest(rhythm: DigestRhythm, *, by: str) -> Outcome:
    """Save what the owner `by` (a Slack user id) has chosen. Idempotent."""
    return Outcome((DigestChoice(by, rhythm),))
