"""Loads what the rules of pauses decide from, and runs the jobs of a pause."""

from dataclasses import replace
from datetime import datetime
from itertools import count

from mentoring.core.jobs import JobDone, JobKind, ScheduledJob
from mentoring.core.outcome import Outcome
from mentoring.partnerships.partnership import Partnership
from mentoring.pauses.asking import ends_at, run_question
from mentoring.pauses.pause import PauseContext, resumed
from services.planned_meetings import load_ahead
from storage import Transaction


def load_pause(tx: Transaction, partnership: Partnership, now: datetime) -> PauseContext:
    """What the rules need about a partnership at `now` (calendar, aware)."""
    programme, _ = tx.programme_of(partnership.cohort_id)
    owners = tx.roles.owners(programme.id)
    return PauseContext(
        partnership,
        programme,
        tx.people.get_many({*filter(None, partnership.people), *owners}),
        now,
        owners,
        load_ahead(tx, [partnership], now),
        tx.scheduled_jobs.pending_of(partnership),
        tx.agreements.followed(partnership.id),
    )


def told_anew(tx: Transaction, outcome: Outcome) -> Outcome:
    """`outcome`, in which a message that was dropped before, since the day had changed until it was to be sent, has a
    key of its own: it is right again.
    """
    return Outcome(outcome.changes, tuple(replace(each, key=_unused(tx, each.key)) for each in outcome.notifications))


def _unused(tx: Transaction, key: str) -> str:
    """The key, or the first one after it that was not dropped."""
    numbered = (key if not number else f"{key}:{number}" for number in count())
    return next(each for each in numbered if not tx.outbox.was_dropped(each))


def run_pause_job(tx: Transaction, job: ScheduledJob, now: datetime) -> Outcome:
    """Ask the two about their pause, or let the partnership carry on on its day."""
    partnership = tx.partnerships.get(job.refs["partnership"])
    lasting = partnership.lasting_pause if partnership else None
    if partnership is None or lasting is None:
        return Outcome((JobDone(job),))
    context = load_pause(tx, partnership, now)
    if job.kind is JobKind.PAUSE_QUESTION:
        return told_anew(
            tx, run_question(job, partnership, context.two, context.programme, context.present_owners, now)
        )
    if lasting.until is None:
        return Outcome((JobDone(job),))
    due = ends_at(lasting.until, context.two)
    return Outcome((job.rescheduled(due),)) if now < due else resumed(context, lasting.until)
