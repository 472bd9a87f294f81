"""What owners take out of a programme: people, partnerships, counts of meetings, and groups of answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from mentoring.applications.application import Application
from mentoring.core.outcome import Outcome
from mentoring.core.programmes import Cohort, Programme
from mentoring.feedback.groups import FeedbackGroup
from mentoring.meetings.log import Meeting, MeetingTotals
from mentoring.owner_record import OwnerAct, OwnerAction
from mentoring.partnerships.partnership import Partnership


class ExportNaming(StrEnum):
    """How people are named in an export. Stored in the record of what owners did, and in `refs`."""

    CODES = "codes"
    NAMES = "names"


@dataclass(frozen=True)
class ProgrammeExport:
    """`cohorts` are the rounds, the oldest first. `people` say by Slack user id how each person is named. `totals` are
    the meetings of each partnership by its id. `groups` are answers of at least five people, without names.
    """

    programme: Programme
    cohorts: Sequence[Cohort]
    applications: Sequence[Application]
    partnerships: Sequence[Partnership]
    meetings: Sequence[Meeting]
    totals: Mapping[str, MeetingTotals]
    groups: Sequence[FeedbackGroup]
    people: Mapping[str, str]
    naming: ExportNaming
    made_on: date

    def named(self, person: str) -> str:
        """How a person (a Slack user id) is named; "" for one who was erased, or is past their time."""
        return self.people.get(person, "")


def over_on(partnership: Partnership) -> date | None:
    """The day on which it ended or closed, in UTC as all days of an export; None while it is active."""
    return partnership.over_at.date() if partnership.over_at else None


def record_export(id: str, cohort_id: str, naming: ExportNaming, *, by: str, now: datetime) -> Outcome:
    """Record that `by` (a Slack user id, or the OPERATOR) has exported the data `now` (calendar, aware)."""
    return Outcome((OwnerAct(id, cohort_id, OwnerAction.EXPORTED, by, now, fields=(naming,)),))
