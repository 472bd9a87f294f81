"""How often owners pressed something, by programme and month."""

from datetime import date

from sqlalchemy import bindparam, select, update

from storage.repository import WORKSPACE_PARAM, Repository
from storage.tables import OwnerEffortRow


class OwnerEffort(Repository):
    def count_press(self, programme_id: str, owner: str, month: date) -> None:
        """One more press of this owner (Slack user id) in the month that begins on that day."""
        self._insert(OwnerEffortRow, programme_id=programme_id, owner=owner, month=month, presses=0)
        self._connection.execute(
            _ONE_MORE, {"of": self._workspace, "programme": programme_id, "who": owner, "in_month": month}
        )

    def presses(self, programme_id: str, month: date) -> list[tuple[str, int]]:
        """The owners (Slack user ids), also former ones, and how often they pressed in that month."""
        return [(row.owner, row.presses) for row in self._execute(_IN_MONTH, programme=programme_id, in_month=month)]


_ONE_MORE = (
    update(OwnerEffortRow)
    .where(
        OwnerEffortRow.workspace == bindparam("of"),
        OwnerEffortRow.programme_id == bindparam("programme"),
        OwnerEffortRow.owner == bindparam("who"),
        OwnerEffortRow.month == bindparam("in_month"),
    )
    .values(presses=OwnerEffortRow.presses + 1)
)
_IN_MONTH = select(OwnerEffortRow.owner, OwnerEffortRow.presses).where(
    OwnerEffortRow.workspace == WORKSPACE_PARAM,
    OwnerEffortRow.programme_id == bindparam("programme"),
    OwnerEffortRow.month == bindparam("in_month"),
)
