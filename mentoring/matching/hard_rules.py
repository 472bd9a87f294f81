"""The hard rules of matching, exclusions and exemptions."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class HardRule(StrEnum):
    """A hard rule that keeps two people apart; no score outweighs it. Stored where the committee made an exception."""

    ONESELF = "oneself"
    AWAY = "away"
    OUTSIDE = "outside"
    CHAIN_OF_COMMAND = "chain-of-command"
    GRADES = "grades"
    FORBIDDEN = "forbidden"
    NO_SHARED_TOPIC = "no-shared-topic"
    NO_PLACE = "no-place"
    ALREADY_PARTNERS = "already-partners"
    DID_NOT_WORK = "did-not-work"


EXEMPTIBLE = frozenset({HardRule.CHAIN_OF_COMMAND, HardRule.GRADES})
"""Rules from which the committee may make an exception, with a written reason (D2.14)."""


@dataclass(frozen=True)
class Exclusion:
    """`one` and `other` are Slack user ids, in the order of their letters; `by` the owner who forbade it, `at` an aware
    moment of the calendar.
    """

    one: str
    other: str
    by: str
    at: datetime


@dataclass(frozen=True)
class ExclusionLifted:
    """These two may be matched again."""

    one: str
    other: str


def sorted_pair(one: str, other: str) -> tuple[str, str]:
    """How a ban names the two, whoever mentors whom."""
    return (one, other) if one < other else (other, one)


MOST_REASON = 1000
"""Characters."""


@dataclass(frozen=True)
class Exemption:
    """Of one match, from these rules. `reason` is what the owner `by` wrote; only owners read it."""

    match_id: str
    rules: tuple[HardRule, ...]
    reason: str
    by: str
    at: datetime
