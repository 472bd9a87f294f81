"""What is wrong with a date that was written in a file, and how to write it."""

from collections.abc import Mapping

from mentoring.core.written_dates import DateProblem

WRITE_DATE = "Write year, month and day, such as 2020-01-31."
DATE_PROBLEMS: Mapping[str, str] = {
    DateProblem.NOT_A_DATE: f"not a date. {WRITE_DATE}",
    DateProblem.NO_SUCH_DAY: f"there is no such day. {WRITE_DATE}",
    DateProblem.DAY_OR_MONTH_FIRST: f"this may be day and month, or month and day. {WRITE_DATE}",
    DateProblem.SHORT_YEAR: f"the year has only two digits. {WRITE_DATE}",
    DateProblem.DAY_NUMBER: f"a number, as spreadsheets count days. Format the column as a date. {WRITE_DATE}",
    DateProblem.TIME_OF_DAY: f"a date with a time of day. {WRITE_DATE}",
}
"""By problem, the words after the line and the column."""
