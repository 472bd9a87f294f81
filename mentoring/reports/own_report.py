"""The progress reports of a partnership as one of its two people sees them in their list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mentoring.applications.application import Role
from mentoring.partnerships.partnership import Partnership
from mentoring.reports.report import ProgressReport, current_report
from mentoring.reports.sharing import ReportShare


@dataclass(frozen=True)
class OwnReport:
    """Where the reports of one of somebody's partnerships stand, oldest first, and with whom they are shared."""

    reports: tuple[ProgressReport, ...] = ()
    shares: tuple[ReportShare, ...] = ()

    def current(self, partnership: Partnership, met_on: Sequence[date]) -> ProgressReport | None:
        """The report that can be written; None if there is none. `met_on` are the days of the logged meetings."""
        return current_report(partnership, self.reports, met_on)

    def shares_waiting_for(self, role: Role) -> tuple[ReportShare, ...]:
        """Those that the partner would like to share, and the one with this role has not agreed to."""
        return tuple(each for each in self.shares if each.waits_for(role))

    def number_of(self, report_id: str) -> int:
        """Which report it is, from 1; 0 for none of these."""
        return next((each.number for each in self.reports if each.id == report_id), 0)
