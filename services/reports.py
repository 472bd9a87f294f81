"""Loads what a message needs to offer a progress report."""

from datetime import date

from mentoring.core.programmes import Programme
from mentoring.partnerships.partnership import Partnership
from mentoring.reports.report import current_report, is_quarter_over
from storage import Transaction


def report_due_since(tx: Transaction, programme: Programme, partnership: Partnership, today: date) -> date | None:
    """The first day of the progress report for which it is time `today` (the reader's date), because the two have
    agreed to write one every three months; None if it is not.
    """
    if not (programme.has_reports and partnership.is_active):
        return None
    agreed = tx.agreements.followed(partnership.id)
    if agreed is None or not agreed.is_quarterly:
        return None
    met_on = [meeting.met_on for meeting in tx.meetings.of([partnership.id])]
    report = current_report(partnership, tx.reports.of(partnership.id), met_on)
    return report.starts_on if report and is_quarter_over(report, agreed, today) else None
