"""The hard rules of matching, by name."""

from enum import StrEnum


class Bar(StrEnum):
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


EXCEPTIONS = frozenset({Bar.CHAIN_OF_COMMAND, Bar.GRADES})
"""Rules from which the committee may make an exception, with a written reason (D2.14)."""
