"""Scheduled jobs, by due time."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select

from mentoring.core.failures import WorkKind
from mentoring.core.jobs import JobDone, JobKind, ScheduledJob
from mentoring.partnerships.partnership import Partnership
from storage.failures import has_failed, is_held
from storage.repository import WORKSPACE_PARAM, Repository
from storage.tables import ScheduledJobRow


@dataclass(frozen=True)
class DueJob:
    """A job that is due, by its key. `has_failed`: its last run failed. It is loaded when it is run, one by one, so
    that a row that cannot be read holds up no other.
    """

    key: str
    person: str
    has_failed: bool


class ScheduledJobs(Repository):
    def due(self, now: datetime, limit: int, *, stopwatch: datetime | None = None) -> list[DueJob]:
        """Up to `limit` jobs that are due by `now` (calendar, aware) and not done: leaves and pauses that end
        first, then the oldest due time first.

        Leaves out those that failed and wait for their next try at `stopwatch` (aware).
        """
        return [DueJob(*row) for row in self._execute(_DUE, now=now, limit=limit, stopwatch=stopwatch)]

    def due_at(self, key: str) -> datetime | None:
        """When the job with this key is due (calendar, aware); None if there is none, or if it is done."""
        row = self._get(ScheduledJobRow, key)
        return row.due if row and not row.done else None

    def next_due(self, *, stopwatch: datetime | None = None) -> datetime | None:
        """When the next job is due (calendar, aware), or None. Leaves out those that wait for their next try."""
        moment: datetime | None = self._scalar(_NEXT, stopwatch=stopwatch)
        return moment

    def get_if_due(self, key: str, now: datetime) -> ScheduledJob | None:
        """The job, if it is still due by `now` (calendar, aware) and not done."""
        row = self._get(ScheduledJobRow, key)
        return _job(row) if row and not row.done and row.due <= now else None

    def is_planned(self, key: str) -> bool:
        """Whether there is a job with this key that is not done."""
        return self.due_at(key) is not None

    def pending_of(self, partnership: Partnership) -> tuple[ScheduledJob, ...]:
        """The jobs of the partnership for one of its people that are not done."""
        return tuple(
            _job(row)
            for row in self._select(ScheduledJobRow, _PENDING, people=list(partnership.people))
            if row.refs.get("partnership") == partnership.id
        )

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


_OPEN = (
    ScheduledJobRow.workspace == WORKSPACE_PARAM,
    ScheduledJobRow.done.is_(False),
    ~is_held(WorkKind.JOB, ScheduledJobRow.key),
)
_PENDING = (
    select(ScheduledJobRow)
    .where(
        ScheduledJobRow.workspace == WORKSPACE_PARAM,
        ScheduledJobRow.person.in_(bindparam("people", expanding=True)),
        ScheduledJobRow.done.is_(False),
    )
    .order_by(ScheduledJobRow.key)
)
_DUE = (
    select(ScheduledJobRow.key, ScheduledJobRow.person, has_failed(WorkKind.JOB, ScheduledJobRow.key))
    .where(*_OPEN, ScheduledJobRow.due <= bindparam("now"))
    .order_by(
        ScheduledJobRow.kind.not_in((JobKind.LEAVE_ENDS, JobKind.PAUSE_ENDS)), ScheduledJobRow.due, ScheduledJobRow.key
    )
    .limit(bindparam("limit"))
)
_NEXT = (
    select(ScheduledJobRow.due)
    .where(
        *_OPEN,
        ScheduledJobRow.kind.not_in((JobKind.COUNT_ANSWERS, JobKind.REMARKS, JobKind.INVITATIONS, JobKind.RETENTION)),
    )
    .order_by(ScheduledJobRow.due)
    .limit(1)
)


def _job(row: ScheduledJobRow) -> ScheduledJob:
    return ScheduledJob(row.key, JobKind(row.kind), row.due, row.person, row.refs)
