"""What the programme will do by itself, found by when it is due."""

from datetime import datetime

from sqlalchemy import bindparam, select

from mentoring.core.jobs import Done, Promise, PromiseKind
from storage.repository import HERE, Shelf
from storage.tables import PromiseRow


class Promises(Shelf):
    def due(self, now: datetime, limit: int) -> list[Promise]:
        """What is due by `now` (calendar) and not done, longest due first."""
        return [_promise(row) for row in self._all(PromiseRow, _DUE, now=now, limit=limit)]

    def next_due(self) -> datetime | None:
        """When the next promise is due."""
        moment: datetime | None = self._first(_NEXT)
        return moment

    def still_due(self, key: str, now: datetime) -> Promise | None:
        """The promise, unless it has been kept or moved since it was found."""
        row = self._kept(PromiseRow, key)
        return _promise(row) if row and not row.done and row.due <= now else None

    def stands(self, key: str) -> bool:
        """Whether this is promised and not done."""
        row = self._kept(PromiseRow, key)
        return row is not None and not row.done

    def moment(self, key: str, now: datetime) -> datetime | None:
        """When this was kept, or when it is due: at `now` where that has passed. None where it was never promised."""
        row = self._kept(PromiseRow, key)
        if row is None:
            return None
        return row.due if row.done else max(row.due, now)

    def keep(self, promise: Promise) -> bool:
        """Make the promise, or move it."""
        self._put(
            PromiseRow,
            key=promise.key,
            kind=promise.kind,
            due=promise.due,
            person=promise.person,
            about=dict(promise.about),
            done=False,
        )
        return True

    def done(self, done: Done) -> bool:
        """It stays under its key, with the moment at which it was kept."""
        self._set(PromiseRow, done.promise.key, due=done.promise.due, done=True)
        return True


_OPEN = PromiseRow.workspace == HERE, PromiseRow.done.is_(False)
_DUE = (
    select(PromiseRow)
    .where(*_OPEN, PromiseRow.due <= bindparam("now"))
    .order_by(PromiseRow.due, PromiseRow.key)
    .limit(bindparam("limit"))
)
_NEXT = select(PromiseRow.due).where(*_OPEN).order_by(PromiseRow.due).limit(1)


def _promise(row: PromiseRow) -> Promise:
    return Promise(row.key, PromiseKind(row.kind), row.due, row.person, row.about)
