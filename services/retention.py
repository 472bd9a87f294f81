"""Announcing and deleting what is past its time, for one programme."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Final

from mentoring.core.jobs import JobKind, ScheduledJob
from mentoring.core.lengths import add_months
from mentoring.core.outcome import Outcome
from mentoring.core.owners import OPERATOR
from mentoring.core.programmes import Cohort, Programme
from mentoring.owner_record import OwnerAct, OwnerAction
from mentoring.partnerships.partnership import Partnership
from mentoring.retention.retention import (
    OF_TWO,
    DataKind,
    DeletedCount,
    DeletionNotice,
    Notices,
    deleted,
    due_deletions,
    is_round_due,
    waiting_in,
)
from services.programmes import programme_id_about
from storage import Transaction
from storage.purges import OldRow

BYTES_KEY: Final = f"{JobKind.RETENTION}:bytes"
"""The key of the job after a deletion: SQLite's write-ahead log is emptied before it runs."""
_DAYS_A_WEEK: Final = 7
TRY_BYTES_AGAIN: Final = timedelta(minutes=10)


def run_retention(tx: Transaction, programme: Programme, cohort: Cohort, now: datetime) -> Outcome:
    """Announce what is deleted in a month, and delete what is past its time, on the day of `now` (aware) in UTC.

    The log is deleted in the first week of a month, so that the record does not say so each week. The record of what
    owners did says how much was deleted.
    """
    today, keeping = now.astimezone(UTC).date(), programme.keeping
    partnerships, notices = tx.partnerships.in_programme(programme.id), tx.purges.notices(programme.id)
    untold = [each for each in tx.purges.untold() if not tx.people.get(each.person).is_absent]
    found = due_deletions(keeping, partnerships, notices, today, untold)
    outcome, counts = found.told, list[DeletedCount]()
    for kind in OF_TWO:
        due = [each for each in found.due if each.kind is kind]
        tx.purges.delete_of_partnerships(kind, [each.partnership_id for each in due])
        outcome += Outcome(tuple(deleted(each, today) for each in due))
        counts.append(DeletedCount(kind, len(due)))
    counts.append(DeletedCount(DataKind.APPLICATIONS, _delete_rounds(tx, programme, partnerships, notices, today)))
    gone = tx.purges.delete_before(DataKind.ANSWERS, programme.id, add_months(today, -keeping.answers))
    if today.day <= _DAYS_A_WEEK:
        old = add_months(today, -keeping.log)
        gone += tx.purges.delete_before(DataKind.LOG, programme.id, old)
        gone += _delete_log(tx, programme, _kept_words(partnerships, notices), old)
    counts.append(DeletedCount(DataKind.LOG, gone))
    if codes := tuple(each.code for each in counts if each.count):
        act = OwnerAct(tx.new_id(), cohort.id, OwnerAction.PURGED, OPERATOR, now, fields=codes)
        outcome += Outcome((act, _empty_the_log(now)))
    return outcome


def delete_drafts(tx: Transaction, now: datetime) -> Outcome:
    """Delete drafts that are older than any programme keeps notes."""
    longest = max((programme.keeping.notes for programme, _ in tx.programmes.all()), default=0)
    if longest and tx.purges.delete_drafts(add_months(now.astimezone(UTC).date(), -longest)):
        return Outcome((_empty_the_log(now),))
    return Outcome()


def _empty_the_log(now: datetime) -> ScheduledJob:
    return ScheduledJob(BYTES_KEY, JobKind.RETENTION, now, refs={"step": "bytes"})


def _delete_rounds(
    tx: Transaction, programme: Programme, partnerships: list[Partnership], notices: Notices, today: date
) -> int:
    of_round: Mapping[str, list[Partnership]] = defaultdict(list)
    for each in partnerships:
        of_round[each.cohort_id].append(each)
    newest = tx.cohorts.current(programme.id)
    due = []
    for cohort in tx.cohorts.in_programme(programme.id):
        ours = of_round[cohort.id]
        waiting = waiting_in(tx.applications.in_cohort(cohort.id), ours) if cohort == newest else ()
        if is_round_due(programme.keeping, cohort, ours, waiting, notices, today):
            due.append(cohort.id)
    return sum(map(tx.purges.delete_round, due))


def _kept_words(partnerships: list[Partnership], notices: Notices) -> frozenset[str]:
    """The ids of the partnerships whose notes are not deleted yet: messages about them may have to be found."""

    def is_deleted(notice: DeletionNotice | None) -> bool:
        return notice is not None and notice.deleted_on is not None

    return frozenset(each.id for each in partnerships if not is_deleted(notices.get((each.id, DataKind.NOTES))))


def _delete_log(tx: Transaction, programme: Programme, kept: frozenset[str], before: date) -> int:
    """Delete messages and jobs of this programme, apart from those about the partnerships `kept` (ids)."""

    def is_past(row: OldRow) -> bool:
        meeting = tx.meetings.get(row.refs["meeting"]) if "meeting" in row.refs else None
        about = row.refs.get("partnership") or (meeting.partnership_id if meeting else "")
        return about not in kept and programme_id_about(tx, row.refs) in ("", programme.id)

    messages = [row.key for row in tx.purges.old_messages(before) if is_past(row)]
    jobs = [row.key for row in tx.purges.old_jobs(before) if is_past(row)]
    tx.purges.delete_messages(messages)
    tx.purges.delete_jobs(jobs)
    return len(messages) + len(jobs)
