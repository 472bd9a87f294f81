"""Meetings of partnerships, without their notes."""

from collections.abc import Iterable, Sequence

from sqlalchemy import bindparam, func, select

from mentoring.applications.application import MeetingMode
from mentoring.meetings.log import Meeting, MeetingDeleted, MeetingTotals
from mentoring.partnerships.partnership import Partnership
from storage.repository import WORKSPACE_PARAM, Repository
from storage.tables import MeetingNotesRow, MeetingRow
from storage.workspaces import Digests


class Meetings(Repository):
    """Meetings without their notes; those are read through `Transaction.private`."""

    def get(self, meeting_id: str) -> Meeting | None:
        row = self._get(MeetingRow, meeting_id)
        return _meeting(row) if row else None

    def of(self, partnership_ids: Iterable[str]) -> list[Meeting]:
        """The meetings of these partnerships, newest first."""
        return [_meeting(row) for row in self._select(MeetingRow, _OF_PARTNERSHIPS, partnerships=list(partnership_ids))]

    def totals(self, partnership_ids: Iterable[str]) -> dict[str, MeetingTotals]:
        """The totals of what these partnerships have logged, by id; those without a logged meeting are left out."""
        rows = self._execute(_TOTALS, partnerships=list(partnership_ids))
        return {id: MeetingTotals(count, last) for id, count, last in rows}

    def totals_with_earlier(self, partnerships: Sequence[Partnership]) -> dict[str, MeetingTotals]:
        """The same, with the meetings before they were brought in; those without any meeting are left out."""
        logged = self.totals(each.id for each in partnerships)
        found = {each.id: logged.get(each.id, MeetingTotals()).with_earlier(each) for each in partnerships}
        return {id: totals for id, totals in found.items() if totals.count}

    def id_of_form(self, view_id: str) -> str:
        """The id of the meeting that the form `view_id` (Slack's id) logs, so that sending it twice logs one."""
        return Digests(self._context).id_of_form("meeting", view_id)

    def delete(self, deleted: MeetingDeleted) -> bool:
        """Delete a meeting with its notes."""
        self._delete(MeetingNotesRow, deleted.meeting_id)
        self._delete(MeetingRow, deleted.meeting_id)
        return True

    def save(self, meeting: Meeting) -> bool:
        """Save the meeting. Returns False if the stored version is not the previous one."""
        return self._save_version(
            MeetingRow,
            meeting.id,
            meeting.version,
            partnership_id=meeting.partnership_id,
            met_on=meeting.met_on,
            minutes=meeting.minutes,
            way=meeting.way,
            topics=meeting.topics,
            logged_by=meeting.logged_by,
        )


_OF_PARTNERSHIPS = (
    select(MeetingRow)
    .where(
        MeetingRow.workspace == WORKSPACE_PARAM,
        MeetingRow.partnership_id.in_(bindparam("partnerships", expanding=True)),
    )
    .order_by(MeetingRow.met_on.desc(), MeetingRow.id)
)

_TOTALS = (
    select(MeetingRow.partnership_id, func.count(), func.max(MeetingRow.met_on))
    .where(
        MeetingRow.workspace == WORKSPACE_PARAM,
        MeetingRow.partnership_id.in_(bindparam("partnerships", expanding=True)),
    )
    .group_by(MeetingRow.partnership_id)
)


def _meeting(row: MeetingRow) -> Meeting:
    return Meeting(
        id=row.id,
        partnership_id=row.partnership_id,
        met_on=row.met_on,
        minutes=row.minutes,
        way=MeetingMode(row.way),
        topics=row.topics,
        logged_by=row.logged_by,
        version=row.version,
    )
