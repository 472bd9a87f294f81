"""Scheduled jobs, by due time."""

from datetime import datetime

from sqlalchemy import bindparam, select

from mentoring.core.jobs import JobDone, JobKind, ScheduledJob
from storage.repository import WORKSPACE_PARAM, Repository
from storage.tables import ScheduledJobRow


class ScheduledJobs(Repository):
    def due(self, now: datetime, limit: int) -> list[ScheduledJob]:
        """Up to `limit` jobs that are due by `now` (calendar, aware) and not done, oldest due time first."""
        return [_job(row) for row in self._select(ScheduledJobRow, _DUE, now=now, limit=limit)]

    def next_due(self) -> datetime | None:
        """When the next job is due that may tell somebody something (calendar, aware), or None."""
        moment: datetime | None = self._scalar(_NEXT)
        return moment

    def get_if_due(self, key: str, now: datetime) -> ScheduledJob | None:
        """The job, if it is still due by `now` (calendar, aware) and not done."""
        row = self._get(ScheduledJobRow, key)
        return _job(row) if row and not row.done and row.due <= now else None

    def is_planned(self, key: str) -> bool:
        """Whether there is a job with this key that is not done."""
        row = self._get(ScheduledJobRow, key)
        return row is not None and not row.done

    def done_or_due_at(self, key: str, now: datetime) -> datetime | None:
        """When the job was done, or when it will run: not before `now` (calendar, aware). None if it does not exist."""
        row = self._get(ScheduledJobRow, key)
        if row is None:
            return None
        return row.due if row.done else max(row.due, now)

    def save(self, job: ScheduledJob) -> bool:
        """Add the job, or replace the one with its key."""
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
        """Mark the job as done. Its row stays, with the `due` of `done.job`."""
        self._update(ScheduledJobRow, done.job.key, due=done.job.due, done=True)
        return True


_OPEN = ScheduledJobRow.workspace == WORKSPACE_PARAM, ScheduledJobRow.done.is_(False)
_DUE = (
    select(ScheduledJobRow)
    .where(*_OPEN, ScheduledJobRow.due <= bindparam("now"))
    .order_by(ScheduledJobRow.due, ScheduledJobRow.key)
    .limit(bindparam("limit"))
)
_NEXT = (
    select(ScheduledJobRow.due)
    .where(*_OPEN, ScheduledJobRow.kind != JobKind.COUNT_ANSWERS)
    .order_by(ScheduledJobRow.due)
    .limit(1)
)


def _job(row: ScheduledJobRow) -> ScheduledJob:
    return ScheduledJob(row.key, JobKind(row.kind), row.due, row.person, row.refs)
