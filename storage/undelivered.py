"""What did not arrive, for the owners to read and to settle."""

from sqlalchemy import select, update

from mentoring.outcome import Kind
from mentoring.undelivered import Fate, Resolved, Undelivered
from storage.outbox import AT_ONCE, Claim, State
from storage.shelf import Shelf
from storage.tables import NoticeRow

_FATES = {State.FAILED: Fate.FAILED, State.UNDECIDED: Fate.UNDECIDED}


class Undelivereds(Shelf):
    def get(self, notice_id: str) -> Undelivered | None:
        row = self._row(notice_id)
        return _undelivered(row) if row else None

    def told_in(self, report_id: str) -> tuple[Undelivered, ...]:
        """What a report tells of and nobody has settled since, in the order in which it was owed."""
        rows = (
            select(NoticeRow)
            .where(
                NoticeRow.workspace == self._workspace,
                NoticeRow.state.in_(list(_FATES)),
                NoticeRow.told_in == report_id,
            )
            .order_by(NoticeRow.id)
        )
        return tuple(_undelivered(row) for row in self._session.scalars(rows))

    def open_report(self) -> str | None:
        """The report that is owed and not yet on its way: what fails now can still go into it."""
        about = select(NoticeRow.about).where(
            NoticeRow.workspace == self._workspace,
            NoticeRow.state == State.PENDING,
            NoticeRow.kind == Kind.UNDELIVERED,
            NoticeRow.attempts == 0,
        )
        found = self._session.scalar(about.order_by(NoticeRow.id.desc()).limit(1))
        return found["report"] if found else None

    def tell_in(self, claim: Claim, report_id: str) -> None:
        self._session.execute(update(NoticeRow).where(NoticeRow.id == claim.id).values(told_in=report_id))

    def count(self) -> int:
        """How many wait for an owner's decision."""
        rows = select(NoticeRow.id).where(NoticeRow.workspace == self._workspace, NoticeRow.state.in_(list(_FATES)))
        return len(self._session.scalars(rows).all())

    def keep(self, resolved: Resolved) -> bool:
        """Send it again from the beginning, or let it rest. False where it was settled meanwhile."""
        row = self._row(resolved.id)
        if row is None or State(row.state) not in _FATES:
            return False
        if resolved.again:
            row.state, row.due, row.owed_at, row.not_before, row.attempts = State.PENDING, AT_ONCE, None, None, 0
        else:
            row.state = State.SENT if row.state == State.UNDECIDED else State.DROPPED
        row.told_in = None
        self._session.flush()
        return True

    def _row(self, notice_id: str) -> NoticeRow | None:
        if not notice_id.isdecimal():
            return None
        rows = select(NoticeRow).where(NoticeRow.workspace == self._workspace, NoticeRow.id == int(notice_id))
        return self._session.scalar(rows)


def _undelivered(row: NoticeRow) -> Undelivered:
    fate = _FATES.get(State(row.state))
    return Undelivered(str(row.id), Kind(row.kind), row.person, row.also, row.reason or "", fate)
