"""The hard rules of matching, exclusions and exemptions."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class HardRule(StrEnum):
    """A rule that no score outweighs. Stored with exemptions: a value is never renamed without a migration."""

    ONESELF = "oneself"
    AWAY = "away"
    ON_LEAVE = "on-leave"
    NOT_ADMITTED = "not-admitted"
    OUTSIDE = "outside"
    CHAIN_OF_COMMAND = "chain-of-command"
    GRADES = "grades"
    FORBIDDEN = "forbidden"
    NOT_AVAILABLE = "not-available"
    NO_SHARED_TOPIC = "no-shared-topic"
    NO_SHARED_HOURS = "no-shared-hours"
    NO_PLACE = "no-place"
    ALREADY_PARTNERS = "already-partners"
    REJECTED = "rejected"
    DID_NOT_WORK = "did-not-work"


EXEMPTIBLE = frozenset({HardRule.CHAIN_OF_COMMAND, HardRule.GRADES})
"""Rules that the owners can set aside for a pair, with a written reason (D2.14)."""


@dataclass(frozen=True)
class Exclusion:
    """Two people whom the owners of a programme never match. It holds in every programme, and the others do not learn
    of it. `one` and `other` are Slack user ids in sorted order; `at` is a calendar time (aware).
    """

    one: str
    other: str
    by: str
    at: datetime
    programme_id: str


@dataclass(frozen=True)
class ExclusionLifted:
    """Removes the exclusion of these two people by a programme."""

    one: str
    other: str
    programme_id: str


def sorted_pair(one: str, other: str) -> tuple[str, str]:
    """The two ids in the order that an exclusion has them."""
    return (one, other) if one < other else (other, one)


MOST_REASON = 1000
"""Characters."""


@dataclass(frozen=True)
class Exemption:
    """Hard rules that the owner `by` has set aside for a match, with a `reason` that only owners read."""

    match_id: str
    rules: tuple[HardRule, ...]
    reason: str
    by: str
    at: datetime
