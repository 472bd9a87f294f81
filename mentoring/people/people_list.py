"""The list of everybody in a programme, for its owners: what it can be narrowed to, and what a line of it says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from mentoring.applications.application import Application, ApplicationState
from mentoring.core.people import Person
from mentoring.meetings.log import MeetingTotals
from mentoring.partnerships.partnership import Partnership, Pause, pause_of

MOST_SEARCHED = 80
"""Characters of a name that is searched for."""


class PeopleFilter(StrEnum):
    """Which people are listed. One may be in several; `storage/people_list.py` has the conditions.

    UNMATCHED: an open application of this round, in time, with a place that no partnership takes. WAITING_LIST: an open
    application sent after the deadline. A person on leave is in neither. MATCHED: in an active partnership. QUIET: in
    one without a meeting for `quiet_after` its length. PAUSED: in one with somebody who is absent or on leave. LEFT:
    the account is deactivated, or the application withdrawn.
    """

    EVERYONE = "everyone"
    UNMATCHED = "unmatched"
    WAITING_LIST = "waiting-list"
    MATCHED = "matched"
    QUIET = "quiet"
    PAUSED = "paused"
    ON_LEAVE = "on-leave"
    LEFT = "left"


@dataclass(frozen=True)
class PeopleQuery:
    """`name` is part of a display name, in any case and with or without accents. "" narrows nothing."""

    filter: PeopleFilter = PeopleFilter.EVERYONE
    name: str = ""
    department: str = ""
    topic: str = ""

    @property
    def is_searched(self) -> bool:
        """Whether it has more than a filter."""
        return bool(self.name or self.department or self.topic)


@dataclass(frozen=True)
class Participant:
    """A person in one role: the newest application in the programme, and the partnerships in this role, newest first.

    `department` is that of the application, or else of the staff record. `totals` is by partnership id, `partners` by
    Slack user id; `offers` counts the open offers, and `agreed` those of them that wait for the start of
    the round. `most_places` is how many a mentor may offer now.
    """

    application: Application
    person: Person
    department: str = ""
    partnerships: tuple[Partnership, ...] = ()
    totals: Mapping[str, MeetingTotals] = field(default_factory=dict)
    partners: Mapping[str, Person] = field(default_factory=dict)
    offers: int = 0
    agreed: int = 0
    most_places: int | None = None

    @property
    def active(self) -> tuple[Partnership, ...]:
        return tuple(each for each in self.partnerships if each.is_active)

    @property
    def is_withdrawn(self) -> bool:
        return self.application.state is ApplicationState.WITHDRAWN

    @property
    def places(self) -> int:
        """The places of the application, as far as the programme allows so many."""
        return min(self.application.places, self.most_places or self.application.places)

    @property
    def free_places(self) -> int:
        """The places of the application that no partnership takes."""
        taken = sum(
            self.application.id in (each.mentee_application, each.mentor_application)
            and each.takes_place_of(self.person.id)
            for each in self.partnerships
        )
        return max(0, self.places - taken)

    @property
    def free_since(self) -> date | None:
        """The day on which the last partnership of the application was over; None if it had none."""
        over = (
            each.over_at.date()
            for each in self.partnerships
            if each.over_at and self.application.id in (each.mentee_application, each.mentor_application)
        )
        return max(over, default=None)

    def pause(self, partnership: Partnership) -> Pause | None:
        return pause_of(partnership, {**self.partners, self.person.id: self.person})
