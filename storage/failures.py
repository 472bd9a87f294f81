"""Work that failed unexpectedly and waits for its next try."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Exists, and_, bindparam, exists, func, or_, select

from mentoring.core.failures import WorkFailure, WorkItem, WorkKind, after_failure
from mentoring.people.file_import import FileImportState
from storage.repository import WORKSPACE_PARAM, Repository
from storage.tables import FileImportRow, PersonRow, ProposalRunRow, ScheduledJobRow, WorkFailureRow


class WorkFailures(Repository):
    def record(self, item: WorkItem, *, reference: str, error: str, now: datetime) -> WorkFailure:
        """Add a failure at `now` (stopwatch, aware) to those of this item, and return its state."""
        row = self._get(WorkFailureRow, item.kind, item.id)
        failure = after_failure(item, _failure(row) if row else None, reference=reference, error=error, now=now)
        self._upsert(
            WorkFailureRow,
            kind=item.kind,
            item=item.id,
            person=item.person,
            attempts=failure.attempts,
            since=failure.since,
            retry_at=failure.retry_at,
            reference=failure.reference,
            error=failure.error[:64],
        )
        return failure

    def clear(self, item: WorkItem) -> None:
        """Forget the failures of an item that has succeeded, or that is no longer wanted."""
        self._delete(WorkFailureRow, item.kind, item.id)

    def has_failed(self, item: WorkItem) -> bool:
        """Whether the last try of this item failed."""
        return self._get(WorkFailureRow, item.kind, item.id) is not None

    def is_held(self, item: WorkItem, now: datetime) -> bool:
        """Whether the item waits for its next try at `now` (stopwatch, aware)."""
        row = self._get(WorkFailureRow, item.kind, item.id)
        return row is not None and row.retry_at > now

    def all(self) -> list[WorkFailure]:
        """Every item that is still wanted and whose last try failed, the one that has failed longest first."""
        return [_failure(row) for row in self._select(WorkFailureRow, _ALL)]

    def count(self) -> int:
        """How many items are still wanted and failed at their last try."""
        return int(self._scalar(_COUNT))


def has_failed(kind: WorkKind, item: Any) -> Exists:
    """Condition: the item of this column has failed and has not succeeded since."""
    return _failure_of(kind, item)


def is_held(kind: WorkKind, item: Any) -> Exists:
    """Condition: the item of this column waits for its next try at `stopwatch` (a bind parameter).

    With None for `stopwatch`, nothing is held.
    """
    stopwatch = bindparam("stopwatch", type_=WorkFailureRow.retry_at.type)
    return _failure_of(kind, item, WorkFailureRow.retry_at > stopwatch)


def _failure_of(kind: WorkKind, item: Any, *conditions: ColumnElement[bool]) -> Exists:
    return exists(
        select(WorkFailureRow.item).where(
            WorkFailureRow.workspace == WORKSPACE_PARAM,
            WorkFailureRow.kind == kind,
            WorkFailureRow.item == item,
            *conditions,
        )
    )


def _wanted(kind: WorkKind, row: Any, item: Any, is_open: Any) -> Any:
    """Condition: a failure of this kind whose item still waits in its own table."""
    waits = exists(select(item).where(row.workspace == WORKSPACE_PARAM, item == WorkFailureRow.item, is_open))
    return and_(WorkFailureRow.kind == kind, waits)


_STILL_WANTED = (
    WorkFailureRow.workspace == WORKSPACE_PARAM,
    or_(
        _wanted(WorkKind.JOB, ScheduledJobRow, ScheduledJobRow.key, ScheduledJobRow.done.is_(False)),
        _wanted(WorkKind.PROFILE, PersonRow, PersonRow.id, PersonRow.asked_at.is_not(None)),
        _wanted(WorkKind.FILE_IMPORT, FileImportRow, FileImportRow.id, FileImportRow.state == FileImportState.ASKED),
        _wanted(WorkKind.PROPOSAL_RUN, ProposalRunRow, ProposalRunRow.cohort_id, ProposalRunRow.asked_at.is_not(None)),
    ),
)
_ALL = (
    select(WorkFailureRow)
    .where(*_STILL_WANTED)
    .order_by(WorkFailureRow.since, WorkFailureRow.kind, WorkFailureRow.item)
)
_COUNT = select(func.count()).select_from(WorkFailureRow).where(*_STILL_WANTED)


def _failure(row: WorkFailureRow) -> WorkFailure:
    item = WorkItem(WorkKind(row.kind), row.item, row.person)
    return WorkFailure(item, row.attempts, row.since, row.retry_at, row.reference, row.error)
