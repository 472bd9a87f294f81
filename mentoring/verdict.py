"""What the committee decided about two people, kept for good: who, what and when (D1.19, D2.14)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mentoring.match import Match


class Verdict(StrEnum):
    """Stored: a value is never renamed without a migration."""

    APPROVED = "approved"
    REFUSED = "refused"
    PAIRED = "paired"
    PINNED = "pinned"
    UNPINNED = "unpinned"
    SWAPPED = "swapped"
    FORBIDDEN = "forbidden"
    ALLOWED = "allowed"
    RELEASED = "released"


@dataclass(frozen=True)
class Decided:
    """`by` is an owner or the OPERATOR, `at` an aware moment of the calendar; `match_id` is "" where it is about two
    people who are not proposed to each other. The same one kept twice is one.
    """

    cohort_id: str
    verdict: Verdict
    by: str
    at: datetime
    mentee: str
    mentor: str
    match_id: str = ""


def decided(match: Match, verdict: Verdict, *, by: str, at: datetime) -> Decided:
    """What `by` decides about these two at this moment."""
    return Decided(match.cohort_id, verdict, by, at, match.mentee, match.mentor, match.id)
