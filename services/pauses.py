"""Loads what the rules of pauses decide from, and runs the jobs of a pause."""

from datetime import datetime

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
    return PauseContext(
        partnership,
        programme,
        tx.people.get_many([each for each in partnership.people if each]),
        now,
        tx.roles.present_owners(programme.id),
        load_ahead(tx, [partnership], now),
        tx.scheduled_jobs.pending_of(partnership),
        tx.agreements.followed(partnership.id),
    )


def run_pause_job(tx: Transaction, job: ScheduledJob, now: datetime) -> Outcome:
    """Ask the two about their pause, or let the partnership carry on on its day."""
    partnership = tx.partnerships.get(job.refs["partnership"])
    lasting = partnership.lasting_pause if partnership else None
    if partnership is None or lasting is None:
        return Outcome((JobDone(job),))
    context = load_pause(tx, partnership, now)
    if job.kind is JobKind.PAUSE_QUESTION:
        return run_question(job, partnership, context.two, context.programme, context.owners, now)
    if lasting.until is None:
        return Outcome((JobDone(job),))
    due = ends_at(lasting.until, context.two)
    return Outcome((job.rescheduled(due),)) if now < due else resumed(context, lasting.until)
