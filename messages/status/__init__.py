"""Where things stand: for a person with what they sent, and for an owner with the whole round (D0.15)."""

from messages.status.applicant import mine, on_its_way
from messages.status.cohort import MOST_LATE, MOST_WAITING, cohort, summary

__all__ = ["MOST_LATE", "MOST_WAITING", "cohort", "mine", "on_its_way", "summary"]
