"""What did not arrive, for the owners to read and to settle."""

from typing import Any

from sqlalchemy import bindparam, func, select, update

from mentoring.core.outcome import Kind
from mentoring.notifications.undelivered import Fate, Resolved, Undelivered
from storage.notifications.outbox import Claim
from storage.notifications.outbox_statements import AT_ONCE, State
from storage.repository import HERE, Shelf
from storage.tables import NoticeRow

_FATES = {State.FAILED: Fate.FAILED, State.UNDECIDED: Fate.UNDECIDED}


class Undelivereds(Shelf):
    def get(self, notice_id: str) -> Undelivered | None:
        row = self._row(notice_id)
        return _undelivered(row) if row else None

    def told_in(self, report_id: str) -> tuple[Undelivered, ...]:
        """What a report tells of and nobody has settled since, in the order in which it was owed."""
        return tuple(_undelivered(row) for row in self._run(_TOLD, report=report_id))

    def open_report(self) -> str | None:
        """The report that is owed and not yet on its way: what fails now can still go into it."""
        found = self._first(_OPEN_REPORT)
        return found["report"] if found else None

    def tell_in(self, claim: Claim, report_id: str) -> None:
        self._connection.execute(_CHANGE, {"notice": claim.id, "told_in": report_id})

    def count(self) -> int:
        """How many wait for an owner's decision."""
        return int(self._first(_COUNT))

    def keep(self, resolved: Resolved) -> bool:
        """Send it again from the beginning, or let it rest. False where it was settled meanwhile."""
        row = self._row(resolved.id)
        if row is None or State(row.state) not in _FATES:
            return False
        at_rest = State.SENT if row.state == State.UNDECIDED else State.DROPPED
        begun = {**_FROM_THE_BEGINNING, "state": State.STALE if row.ts else State.PENDING}
        new = begun if resolved.again else {"state": at_rest, "again_at": None}
        self._connection.execute(_CHANGE, {"notice": row.id, "told_in": None, **new})
        return True

    def _row(self, notice_id: str) -> Any:
        return self._run(_NOTICE, notice=int(notice_id)).first() if notice_id.isdecimal() else None


_FROM_THE_BEGINNING = {"due": AT_ONCE, "owed_at": None, "not_before": None, "attempts": 0}

_NOTICE = select(NoticeRow).where(NoticeRow.workspace == HERE, NoticeRow.id == bindparam("notice"))
_LOST = NoticeRow.workspace == HERE, NoticeRow.state.in_(list(_FATES))
_TOLD = select(NoticeRow).where(*_LOST, NoticeRow.told_in == bindparam("report")).order_by(NoticeRow.id)
_COUNT = select(func.count()).where(*_LOST)
_OPEN_REPORT = (
    select(NoticeRow.about)
    .where(
        NoticeRow.workspace == HERE,
        NoticeRow.state == State.PENDING,
        NoticeRow.kind == Kind.UNDELIVERED,
        NoticeRow.attempts == 0,
    )
    .order_by(NoticeRow.id.desc())
    .limit(1)
)
_CHANGE = update(NoticeRow).where(NoticeRow.id == bindparam("notice"))
"""Sets the columns that it is given values for."""


def _undelivered(row: Any) -> Undelivered:
    fate = _FATES.get(State(row.state))
    return Undelivered(str(row.id), Kind(row.kind), row.person, row.also, row.reason or "", fate)
