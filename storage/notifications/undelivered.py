"""What did not arrive, for the owners to read and to settle."""

from typing import Any

from sqlalchemy import bindparam, func, select, update

from mentoring.core.outcome import NotificationKind
from mentoring.notifications.undelivered import DeliveryFailure, UndeliveredNotification, UndeliveredResolution
from storage.notifications.claim import Claim
from storage.notifications.outbox_statements import IMMEDIATELY, DeliveryState
from storage.repository import WORKSPACE_PARAM, Repository
from storage.tables import OutboxRow

_FATES = {DeliveryState.FAILED: DeliveryFailure.FAILED, DeliveryState.UNDECIDED: DeliveryFailure.UNDECIDED}


class UndeliveredNotifications(Repository):
    def get(self, notice_id: str) -> UndeliveredNotification | None:
        row = self._row(notice_id)
        return _undelivered(row) if row else None

    def reported_in(self, report_id: str) -> tuple[UndeliveredNotification, ...]:
        """What a report tells of and nobody has settled since, in the order in which it was owed."""
        return tuple(_undelivered(row) for row in self._execute(_TOLD, report=report_id))

    def open_report(self) -> str | None:
        """The report that is owed and not yet on its way: what fails now can still go into it."""
        found = self._scalar(_OPEN_REPORT)
        return found["report"] if found else None

    def add_to_report(self, claim: Claim, report_id: str) -> None:
        self._connection.execute(_CHANGE, {"notice": claim.id, "told_in": report_id})

    def count(self) -> int:
        """How many wait for an owner's decision."""
        return int(self._scalar(_COUNT))

    def save(self, resolved: UndeliveredResolution) -> bool:
        """Send it again from the beginning, or let it rest. False where it was settled meanwhile."""
        row = self._row(resolved.id)
        if row is None or DeliveryState(row.state) not in _FATES:
            return False
        at_rest = DeliveryState.SENT if row.state == DeliveryState.UNDECIDED else DeliveryState.DROPPED
        begun = {**_FROM_THE_BEGINNING, "state": DeliveryState.STALE if row.ts else DeliveryState.PENDING}
        new = begun if resolved.again else {"state": at_rest, "again_at": None}
        self._connection.execute(_CHANGE, {"notice": row.id, "told_in": None, **new})
        return True

    def _row(self, notice_id: str) -> Any:
        return self._execute(_NOTICE, notice=int(notice_id)).first() if notice_id.isdecimal() else None


_FROM_THE_BEGINNING = {"due": IMMEDIATELY, "owed_at": None, "not_before": None, "attempts": 0}

_NOTICE = select(OutboxRow).where(OutboxRow.workspace == WORKSPACE_PARAM, OutboxRow.id == bindparam("notice"))
_LOST = OutboxRow.workspace == WORKSPACE_PARAM, OutboxRow.state.in_(list(_FATES))
_TOLD = select(OutboxRow).where(*_LOST, OutboxRow.told_in == bindparam("report")).order_by(OutboxRow.id)
_COUNT = select(func.count()).where(*_LOST)
_OPEN_REPORT = (
    select(OutboxRow.about)
    .where(
        OutboxRow.workspace == WORKSPACE_PARAM,
        OutboxRow.state == DeliveryState.PENDING,
        OutboxRow.kind == NotificationKind.UNDELIVERED,
        OutboxRow.attempts == 0,
    )
    .order_by(OutboxRow.id.desc())
    .limit(1)
)
_CHANGE = update(OutboxRow).where(OutboxRow.id == bindparam("notice"))
"""Sets the columns that it is given values for."""


def _undelivered(row: Any) -> UndeliveredNotification:
    fate = _FATES.get(DeliveryState(row.state))
    return UndeliveredNotification(
        str(row.id), NotificationKind(row.kind), row.person, row.also, row.reason or "", fate
    )
