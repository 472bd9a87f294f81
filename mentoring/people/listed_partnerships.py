"""The list of partnerships in a programme, for its owners."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from mentoring.core.people import Person
from mentoring.meetings.log import MeetingTotals
from mentoring.partnerships.partnership import Partnership, Pause, pause_of, quiet_days


class PartnershipFilter(StrEnum):
    """Which partnerships are listed; `storage/partnership_list.py` has the conditions.

    QUIET and PAUSED ones are active. OVER: completed at the agreed end, or ended early.
    """

    ACTIVE = "active"
    QUIET = "quiet"
    PAUSED = "paused"
    OVER = "over"
    ALL = "all"


@dataclass(frozen=True)
class PartnershipQuery:
    """`name` is part of the display name of one of the two, see `PeopleQuery`."""

    filter: PartnershipFilter = PartnershipFilter.ACTIVE
    name: str = ""


@dataclass(frozen=True)
class ListedPartnership:
    """A partnership with what owners are shown of it. `people` are the two, by Slack user id."""

    partnership: Partnership
    totals: MeetingTotals
    people: Mapping[str, Person] = field(default_factory=dict)

    @property
    def pause(self) -> Pause | None:
        return pause_of(self.partnership, self.people)

    def quiet_for(self, today: date) -> int:
        """For how many days it has been quiet on `today`, or 0."""
        return quiet_days(self.partnership, self.totals.last, today, is_paused=self.pause is not None)
