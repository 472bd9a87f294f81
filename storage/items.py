"""Action items. Requests read them through `Transaction.private` only."""

from sqlalchemy import bindparam, select

from mentoring.items.item import ActionItem, ItemOwner, ItemState
from mentoring.partnerships.partnership import Partnership, check_partner
from storage.repository import WORKSPACE_PARAM, Repository
from storage.tables import ActionItemRow
from storage.workspaces import Digests


class ActionItems(Repository):
    """Action items, read for one of the two people: for their request, or for a message to them."""

    def read_by(self, person: str, partnership: Partnership) -> list[ActionItem]:
        """All of a partnership, in the order of adding. Raises NotForYou for anybody but its two people."""
        check_partner(partnership, person)
        return [_item(row) for row in self._select(ActionItemRow, _OF_PARTNERSHIP, partnership=partnership.id)]

    def id_of_form(self, view_id: str) -> str:
        """The id of the item that the form `view_id` (Slack's id) adds, so that sending it twice adds one."""
        return Digests(self._context).id_of_form("item", view_id)

    def save(self, item: ActionItem) -> bool:
        """Save the item. Returns False if the stored version is not the previous one."""
        return self._save_version(
            ActionItemRow,
            item.id,
            item.version,
            partnership_id=item.partnership_id,
            meeting_id=item.meeting_id,
            words=item.words,
            owner=item.owner,
            due=item.due,
            state=item.state,
            added_at=item.added_at,
            changed_by=item.changed_by,
        )


_OF_PARTNERSHIP = (
    select(ActionItemRow)
    .where(ActionItemRow.workspace == WORKSPACE_PARAM, ActionItemRow.partnership_id == bindparam("partnership"))
    .order_by(ActionItemRow.added_at, ActionItemRow.id)
)


def _item(row: ActionItemRow) -> ActionItem:
    return ActionItem(
        id=row.id,
        partnership_id=row.partnership_id,
        words=row.words,
        owner=ItemOwner(row.owner),
        due=row.due,
        added_at=row.added_at,
        changed_by=row.changed_by,
        state=ItemState(row.state),
        meeting_id=row.meeting_id,
        version=row.version,
    )
