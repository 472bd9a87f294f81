"""Planned meetings of partnerships. Only its two people read them: every caller has found the partnership for one of
them, or works for both.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import bindparam, select

from mentoring.meetings.planned import AHEAD, MeetingAnswer, PlannedMeeting, PlannedState
from mentoring.meetings.regular_time import RegularTime
from storage.repository import WORKSPACE_PARAM, Repository
from storage.tables import PlannedMeetingRow
from storage.workspaces import Digests


class PlannedMeetings(Repository):
    def get(self, planned_id: str) -> PlannedMeeting | None:
        row = self._get(PlannedMeetingRow, planned_id)
        return _planned(row) if row else None

    def of(self, partnership_ids: Iterable[str]) -> list[PlannedMeeting]:
        """All of these partnerships, in no order."""
        return [
            _planned(row)
            for row in self._select(PlannedMeetingRow, _OF_PARTNERSHIPS, partnerships=list(partnership_ids))
        ]

    def open_of(self, partnership_ids: Iterable[str]) -> list[PlannedMeeting]:
        """Those of these partnerships that are offered or booked, past ones included, in no order."""
        found = self._select(PlannedMeetingRow, _OPEN, partnerships=list(partnership_ids))
        return [_planned(row) for row in found]

    def of_regular(self, regular: RegularTime) -> list[PlannedMeeting]:
        """All that belong to this regular time, in no order."""
        of = {"partnerships": [regular.partnership_id], "regular": regular.id}
        return [_planned(row) for row in self._select(PlannedMeetingRow, _OF_REGULAR, **of)]

    def id_of_form(self, view_id: str) -> str:
        """The id of the meeting that is planned in the view `view_id` (Slack's id), so that a press twice plans one."""
        return Digests(self._context).id_of_form("planned", view_id)

    def save(self, planned: PlannedMeeting) -> bool:
        """Save the meeting. Returns False if the stored version is not the previous one."""
        return self._save_version(
            PlannedMeetingRow,
            planned.id,
            planned.version,
            partnership_id=planned.partnership_id,
            state=planned.state,
            minutes=planned.minutes,
            options=tuple(option.isoformat() for option in planned.options),
            offered_by=planned.offered_by,
            starts_at=planned.starts_at,
            sequence=planned.sequence,
            mentee_answer=planned.mentee_answer or "",
            mentor_answer=planned.mentor_answer or "",
            is_disputed=planned.is_disputed,
            cancelled_by=planned.cancelled_by,
            offered_minutes=planned.offered_minutes,
            proposed_by=planned.proposed_by,
            regular_id=planned.regular_id,
            regular_at=planned.regular_at,
        )


_OF_PARTNERSHIPS = select(PlannedMeetingRow).where(
    PlannedMeetingRow.workspace == WORKSPACE_PARAM,
    PlannedMeetingRow.partnership_id.in_(bindparam("partnerships", expanding=True)),
)
_OF_REGULAR = _OF_PARTNERSHIPS.where(PlannedMeetingRow.regular_id == bindparam("regular"))
_OPEN = _OF_PARTNERSHIPS.where(PlannedMeetingRow.state.in_(AHEAD))


def _planned(row: PlannedMeetingRow) -> PlannedMeeting:
    return PlannedMeeting(
        id=row.id,
        partnership_id=row.partnership_id,
        state=PlannedState(row.state),
        minutes=row.minutes,
        options=tuple(map(datetime.fromisoformat, row.options)),
        offered_by=row.offered_by,
        starts_at=row.starts_at,
        sequence=row.sequence,
        mentee_answer=MeetingAnswer(row.mentee_answer) if row.mentee_answer else None,
        mentor_answer=MeetingAnswer(row.mentor_answer) if row.mentor_answer else None,
        is_disputed=row.is_disputed,
        cancelled_by=row.cancelled_by,
        version=row.version,
        offered_minutes=row.offered_minutes,
        proposed_by=row.proposed_by,
        regular_id=row.regular_id,
        regular_at=row.regular_at,
    )
