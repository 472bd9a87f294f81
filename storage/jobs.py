"""What the programme will do by itself, found by when it is due."""

from datetime import datetime

from sqlalchemy import bindparam, select

from mentoring.core.jobs import JobDone, JobKind, ScheduledJob
from storage.repository import WORKSPACE_PARAM, Repository
from storage.tables import ScheduledJobRow


class ScheduledJobs(Repository):
    def due(self, now: datetime, limit: int) -> list[ScheduledJob]:
        """What is due by `now` (calendar) and not done, longest due first."""
        return [_promise(row) for row in self._select(ScheduledJobRow, _DUE, now=now, limit=limit)]

    def next_due(self) -> datetime | None:
        """When the next promise is due."""
        moment: datetime | None = self._scalar(_NEXT)
        return moment

    def get_if_due(self, key: str, now: datetime) -> ScheduledJob | None:
        """The promise, unless it has been kept or moved since it was found."""
        row = self._get(ScheduledJobRow, key)
        return _promise(row) if row and not row.done and row.due <= now else None

    def is_planned(self, key: str) -> bool:
        """Whether this is promised and not done."""
        row = self._get(ScheduledJobRow, key)
        return row is not None and not row.done

    def done_or_due_at(self, key: str, now: datetime) -> datetime | None:
        """When this was kept, or when it is due: at `now` where that has passed. None where it was never promised."""
        row = self._get(ScheduledJobRow, key)
        if row is None:
            return None
        return row.due if row.done else max(row.due, now)

    def save(self, job: ScheduledJob) -> bool:
        """Make the promise, or move it."""
        self._upsert(
            ScheduledJobRow,
            key=job.key,
            kind=job.kind,
            due=job.due,
            person=job.person,
            refs=dict(job.refs),
            done=False,
        )
        return True

    def done(self, done: JobDone) -> bool:
        """It stays under its key, with the moment at which it was kept."""
        self._update(ScheduledJobRow, done.job.key, due=done.job.due, done=True)
        return True


_OPEN = ScheduledJobRow.workspace == WORKSPACE_PARAM, ScheduledJobRow.done.is_(False)
_DUE = (
    select(ScheduledJobRow)
    .where(*_OPEN, ScheduledJobRow.due <= bindparam("now"))
    .order_by(ScheduledJobRow.due, ScheduledJobRow.key)
    .limit(bindparam("limit"))
)
_NEXT = select(ScheduledJobRow.due).where(*_OPEN).order_by(ScheduledJobRow.due).limit(1)


def _promise(row: ScheduledJobRow) -> ScheduledJob:
    return ScheduledJob(row.key, JobKind(row.kind), row.due, row.person, row.refs)
