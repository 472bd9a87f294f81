"""Regular times of partnerships. Only its two people read them: every caller has found the partnership for one of them,
or works for both.
"""

from sqlalchemy import bindparam, select

from mentoring.meetings.regular_time import RegularState, RegularTime
from storage.repository import WORKSPACE_PARAM, Repository
from storage.tables import RegularTimeRow
from storage.workspaces import Digests


class RegularTimes(Repository):
    def get(self, regular_id: str) -> RegularTime | None:
        row = self._get(RegularTimeRow, regular_id)
        return _regular(row) if row else None

    def open_of(self, partnership_id: str) -> RegularTime | None:
        """The one that is offered or agreed: there is one at most."""
        found = self._select(RegularTimeRow, _OPEN, partnership=partnership_id)
        return next((_regular(row) for row in found), None)

    def id_of_form(self, view_id: str) -> str:
        """The id of the regular time that is offered in the view `view_id` (Slack's id)."""
        return Digests(self._context).id_of_form("regular", view_id)

    def meeting_id(self, regular_id: str, number: int) -> str:
        """The id of a planned meeting of the regular time, by its number."""
        return Digests(self._context).id_of_form("regular-meeting", f"{regular_id}:{number}")

    def save(self, regular: RegularTime) -> bool:
        """Save the regular time. Returns False if the stored version is not the previous one."""
        return self._save_version(
            RegularTimeRow,
            regular.id,
            regular.version,
            partnership_id=regular.partnership_id,
            state=regular.state,
            starts_at=regular.starts_at,
            zone=regular.zone,
            weeks=regular.weeks,
            minutes=regular.minutes,
            until=regular.until,
            offered_by=regular.offered_by,
            ended_by=regular.ended_by,
        )


_OPEN = select(RegularTimeRow).where(
    RegularTimeRow.workspace == WORKSPACE_PARAM,
    RegularTimeRow.partnership_id == bindparam("partnership"),
    RegularTimeRow.state.in_((RegularState.OFFERED, RegularState.AGREED)),
)


def _regular(row: RegularTimeRow) -> RegularTime:
    return RegularTime(
        id=row.id,
        partnership_id=row.partnership_id,
        state=RegularState(row.state),
        starts_at=row.starts_at,
        zone=row.zone,
        weeks=row.weeks,
        minutes=row.minutes,
        until=row.until,
        offered_by=row.offered_by,
        ended_by=row.ended_by,
        version=row.version,
    )
