"""Runs each scheduled job that is due, in a transaction of its own, and ticks every minute."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from apscheduler.schedulers.background import BackgroundScheduler

from mentoring.core.jobs import JobDone, JobKind, ScheduledJob
from mentoring.core.outcome import Outcome
from mentoring.core.programmes import Programme
from mentoring.feedback import Question
from mentoring.matching.match import MatchState
from mentoring.matching.offers import close_offer, run_offer_job
from mentoring.partnerships.jobs import PartnershipJobContext, job_key, run_partnership_job
from mentoring.programmes.cohorts import run_owner_job
from storage import Storage, Transaction, retry_on_conflict

EVERY_SECONDS = 60
_BATCH_SIZE = 50
_OFFER_JOBS = frozenset({JobKind.OFFER_REMINDER, JobKind.OFFER_LAPSE})
_OWNER_JOBS = frozenset({JobKind.WEEKLY, JobKind.APPLICATIONS_CLOSED})
_QUESTIONS = {
    JobKind.CHECK_IN: Question.CHECK_IN,
    JobKind.SURVEY: Question.SURVEY,
    JobKind.SURVEY_REMINDER: Question.SURVEY,
}


def run_due_jobs(storage: Storage, workspace: str, now: datetime) -> int:
    """Run every scheduled job due by `now` (calendar, aware), oldest first, and return how many there were.

    Stale profiles are requested again. Does nothing while access to the workspace is lost. It is safe to run it twice,
    or in two processes: a job runs only while it is still due, and its notifications have unique keys.
    """
    ran = 0
    with storage.read(workspace) as tx:
        if tx.access.access_lost():
            return ran
        stale, due = tx.people.stale_profiles(now), tx.scheduled_jobs.due(now, _BATCH_SIZE)
    if stale:
        with storage.begin(workspace) as tx:
            tx.people.refresh_profiles(stale, now)
    while due:
        for job in due:
            ran += retry_on_conflict(partial(_run_if_still_due, storage, workspace, job.key, now))
        with storage.read(workspace) as tx:
            due = tx.scheduled_jobs.due(now, _BATCH_SIZE)
    return ran


def next_due_at(storage: Storage, workspace: str) -> datetime | None:
    """When the next job or notification is due (calendar, aware); None if nothing waits, or if access is lost."""
    with storage.read(workspace) as tx:
        if tx.access.access_lost():
            return None
        moments = [
            moment
            for moment in (tx.scheduled_jobs.next_due(), tx.outbox.next_due(), tx.live_views.next_due())
            if moment
        ]
    return min(moments, default=None)


def _run_if_still_due(storage: Storage, workspace: str, key: str, now: datetime) -> bool:
    with storage.begin(workspace) as tx:
        job = tx.scheduled_jobs.get_if_due(key, now)
        if job:
            tx.save(_run_job(tx, job, now).in_working_hours_from(now))
        return job is not None


def _run_job(tx: Transaction, job: ScheduledJob, now: datetime) -> Outcome:
    current = tx.programme_and_cohort()
    if current is None:
        return Outcome((JobDone(job),))
    programme, cohort = current
    tx.people.request_profiles([job.person], now)  # the next job then uses a fresh time zone
    if job.kind in _OWNER_JOBS:
        return run_owner_job(job, tx.people.get(job.person), programme, cohort, tx.owners.all(), now)
    if job.kind in _OFFER_JOBS:
        return _run_offer(tx, job, programme, now)
    return _run_partnership(tx, job, programme, now)


def _run_offer(tx: Transaction, job: ScheduledJob, programme: Programme, now: datetime) -> Outcome:
    match = tx.matches.get(job.refs["match"])
    person = tx.people.get(job.person) if job.person else None
    outcome = run_offer_job(job, match, person, programme, now)
    if outcome is not None or match is None:
        return outcome or Outcome((JobDone(job),))
    ending = MatchState.LAPSED if match.accepted_by else MatchState.EXPIRED
    return Outcome((JobDone(job),)) + close_offer(match, ending, owners=tx.owners.all())


def _run_partnership(tx: Transaction, job: ScheduledJob, programme: Programme, now: datetime) -> Outcome:
    partnership = tx.partnerships.get(job.refs["partnership"])
    if partnership is None:
        return Outcome((JobDone(job),))
    question = _QUESTIONS.get(job.kind)
    check_in = job_key(JobKind.CHECK_IN, partnership.id, job.person)
    answered = bool(question and tx.private(job.person).feedback(partnership.id, question))
    context = PartnershipJobContext(
        partnership=partnership,
        person=tx.people.get(job.person),
        programme=programme,
        met_on=tuple(meeting.met_on for meeting in tx.meetings.of([partnership.id])),
        answered=answered,
        check_in_at=tx.scheduled_jobs.done_or_due_at(check_in, now),
        partner=tx.people.get(partnership.other(job.person)),
    )
    return run_partnership_job(job, context, now)


def minute_scheduler(tick: Callable[[], object]) -> Any:
    """An APScheduler scheduler, not started yet, that calls `tick` every minute. Missed ticks run once."""
    scheduler = BackgroundScheduler(timezone="UTC")
    scheduler.add_job(
        tick, "interval", seconds=EVERY_SECONDS, id="tick", coalesce=True, max_instances=1, misfire_grace_time=None
    )
    return scheduler
