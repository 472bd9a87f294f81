"""Notifications that did not arrive, for the owners to read and to resolve."""

from typing import Any

from sqlalchemy import bindparam, func, select, update

from mentoring.core.outcome import NotificationKind
from mentoring.core.undelivered import DeliveryFailure, UndeliveredNotification, UndeliveredResolution
from storage.notifications.claim import Claim, UpdateClaim
from storage.notifications.live_views import LiveViews
from storage.notifications.outbox_statements import IMMEDIATELY, DeliveryState
from storage.repository import WORKSPACE_PARAM, Repository
from storage.tables import OutboxRow

_FAILURES = {DeliveryState.FAILED: DeliveryFailure.FAILED, DeliveryState.UNDECIDED: DeliveryFailure.UNDECIDED}


class UndeliveredNotifications(Repository):
    def get(self, notification_id: str) -> UndeliveredNotification | None:
        row = self._row(notification_id)
        return _undelivered(row) if row else None

    def reported_in(self, report_id: str) -> tuple[UndeliveredNotification, ...]:
        """The unresolved notifications of a report, in the order in which they were enqueued."""
        return tuple(_undelivered(row) for row in self._execute(_REPORTED, report=report_id))

    def unresolved(self) -> tuple[UndeliveredNotification, ...]:
        """All unresolved notifications, in the order in which they were enqueued."""
        return tuple(_undelivered(row) for row in self._execute(_ALL))

    def open_report(self, programme_id: str) -> str | None:
        """The id of the programme's report that is not being sent yet, to which a new failure can be added."""
        reports = self._execute(_OPEN_REPORTS).scalars()
        return next((refs["report"] for refs in reports if refs.get("programme", "") == programme_id), None)

    def add_to_report(self, claim: Claim | UpdateClaim, report_id: str) -> None:
        self._connection.execute(_CHANGE, {"row_id": claim.id, "report_id": report_id})

    def count(self) -> int:
        """The number of unresolved notifications."""
        return int(self._scalar(_COUNT))

    def save(self, resolved: UndeliveredResolution) -> bool:
        """Send it again, or dismiss it. Returns False if it is already resolved.

        A live view that has a post is updated, not posted a second time.
        """
        row = self._row(resolved.id)
        if row is None or DeliveryState(row.state) not in _FAILURES:
            return False
        self._connection.execute(_CHANGE, {"row_id": row.id, "report_id": None, **self._resolve(row, resolved)})
        return True

    def _resolve(self, row: Any, resolved: UndeliveredResolution) -> dict[str, Any]:
        if row.live_view is not None and row.ts is not None:
            views = LiveViews(self._context)
            if resolved.again:
                views.update(row.live_view)
            else:
                views.drop_posts(row.live_view, reason="dismissed")
            return {"state": DeliveryState.SENT}
        if resolved.again:
            return _REQUEUED
        return {"state": DeliveryState.SENT if row.state == DeliveryState.UNDECIDED else DeliveryState.DROPPED}

    def _row(self, notification_id: str) -> Any:
        return self._execute(_ROW, row_id=int(notification_id)).first() if notification_id.isdecimal() else None


_REQUEUED = {
    "state": DeliveryState.PENDING,
    "due": IMMEDIATELY,
    "enqueued_at": None,
    "retry_at": None,
    "attempts": 0,
}

_ROW = select(OutboxRow).where(OutboxRow.workspace == WORKSPACE_PARAM, OutboxRow.id == bindparam("row_id"))
_UNRESOLVED = OutboxRow.workspace == WORKSPACE_PARAM, OutboxRow.state.in_(list(_FAILURES))
_REPORTED = select(OutboxRow).where(*_UNRESOLVED, OutboxRow.report_id == bindparam("report")).order_by(OutboxRow.id)
_ALL = select(OutboxRow).where(*_UNRESOLVED).order_by(OutboxRow.id)
_COUNT = select(func.count()).where(*_UNRESOLVED)
_OPEN_REPORTS = (
    select(OutboxRow.refs)
    .where(
        OutboxRow.workspace == WORKSPACE_PARAM,
        OutboxRow.state == DeliveryState.PENDING,
        OutboxRow.kind == NotificationKind.UNDELIVERED,
        OutboxRow.attempts == 0,
    )
    .order_by(OutboxRow.id.desc())
)
_CHANGE = update(OutboxRow).where(OutboxRow.id == bindparam("row_id"))
"""Updates the columns for which values are given."""


def _undelivered(row: Any) -> UndeliveredNotification:
    failure = _FAILURES.get(DeliveryState(row.state))
    return UndeliveredNotification(
        str(row.id),
        NotificationKind(row.kind),
        row.recipient,
        row.second_recipient,
        row.reason or "",
        failure,
        row.report_id or "",
        row.refs,
    )
