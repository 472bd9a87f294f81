"""How much of somebody's time the programme takes: messages and forms within a year."""

from collections.abc import Collection
from datetime import datetime, timedelta

A_YEAR = timedelta(days=365)
MOST_FORMS = 8
"""That somebody is asked to fill in within a year. The log of a meeting comes on top, when they choose to keep one."""


def most_messages(partnerships: int, matches_in_vain: int = 0, meetings_found: int = 0, reports: int = 0) -> int:
    """How many messages somebody in so many partnerships may get within a year; each match that came to nothing besides
    brings up to three more: the question, its reminder, and that it did not work out. Each meeting for which the bot
    found a time brings a calendar file, and each progress report asks the second person to finish it.
    """
    return 30 + 18 * max(partnerships - 1, 0) + 3 * matches_in_vain + meetings_found + reports


def most_within_a_year(moments: Collection[datetime]) -> int:
    """How many of these moments fall into the busiest 365 days."""
    return max((sum(start <= each < start + A_YEAR for each in moments) for start in moments), default=0)
