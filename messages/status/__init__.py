"""The status of applications for a person, and of the whole round for an owner (D0.15)."""

from messages.status.applicant import mine, on_its_way
from messages.status.cohort import MOST_LATE, MOST_WAITING, cohort, summary
from messages.status.figures import figures
from messages.status.week import week

__all__ = ["MOST_LATE", "MOST_WAITING", "cohort", "figures", "mine", "on_its_way", "summary", "week"]
