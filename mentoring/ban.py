"""Two people whom the committee keeps apart for good, until it thinks again."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Ban:
    """`one` and `other` are Slack user ids, in the order of their letters; `by` the owner who forbade it, `at` an aware
    moment of the calendar.
    """

    one: str
    other: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Lifted:
    """These two may be matched again."""

    one: str
    other: str


def in_order(one: str, other: str) -> tuple[str, str]:
    """How a ban names the two, whoever mentors whom."""
    return (one, other) if one < other else (other, one)
