"""The status of applications for a person, and of the whole round for an owner (D0.15)."""

from messages.status.applicant import mine, on_its_way
from messages.status.charts import FileFormat, charts, figures_file
from messages.status.cohort import MOST_LATE, MOST_WAITING, cohort, summary
from messages.status.figures import figures
from messages.status.week import week

__all__ = [
    "MOST_LATE",
    "MOST_WAITING",
    "FileFormat",
    "charts",
    "cohort",
    "figures",
    "figures_file",
    "mine",
    "on_its_way",
    "summary",
    "week",
]
