"""Prepares a workspace at the start: saves the owners, creates the programme and plans the owners' jobs."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from mentoring.core.jobs import WEEKLY_CHECKS, plan_weekly_check
from mentoring.core.outcome import Outcome
from mentoring.core.programmes import Programme
from mentoring.programmes.cohorts import create_programme, plan_owner_jobs, welcome_owner
from storage import Storage, Transaction, retry_on_conflict


def as_read(tx: Transaction, programme: Programme) -> Programme:
    """The programme as people read of it, not to be saved: texts name the owners in place of an absent contact."""
    return replace(programme, contact="") if tx.people.get(programme.contact).is_absent else programme


def prepare_programme(
    storage: Storage, workspace: str, owners: Sequence[str], now: datetime, *, create: bool = True
) -> None:
    """Save `owners` (Slack user ids) and create a programme if there is none. `now` is the calendar, aware.

    Also records that Slack grants access. If `owners` is empty the stored owners stay, so that a forgotten environment
    variable locks nobody out. Unless `create`, nothing is saved for a workspace that has no programme: the database may
    be the wrong one.
    """
    if not create:
        with storage.read(workspace) as tx:
            if tx.programmes.current() is None:
                return
    retry_on_conflict(lambda: _prepare(storage, workspace, owners, now))


def _prepare(storage: Storage, workspace: str, owners: Sequence[str], now: datetime) -> None:
    with storage.begin(workspace) as tx:
        tx.access.restore_access()
        programme = tx.programmes.current()
        if owners or programme:
            missing = (kind for kind in WEEKLY_CHECKS if not tx.scheduled_jobs.is_planned(kind))
            due = now if programme else None
            tx.save(Outcome(tuple(plan_weekly_check(kind, now, due=due) for kind in missing)))
        if not owners:
            return
        before = tx.owners.all()
        tx.owners.replace(owners)
        if set(owners) != set(before):
            tx.mark_live_views_stale()
        tx.people.request_profiles(owners, now)
        if programme is None:
            tx.save(create_programme(programme_id=tx.new_id(), cohort_id=tx.new_id(), owners=owners, today=now.date()))
        else:
            joined = [owner for owner in owners if owner not in before]
            tx.save(Outcome(notifications=tuple(welcome_owner(programme.id, owner) for owner in joined)))
        _plan_owner_jobs(tx, owners, before, now)


def _plan_owner_jobs(tx: Transaction, owners: Sequence[str], before: Sequence[str], now: datetime) -> None:
    """Plan missing jobs. Past ones are planned for new owners only, since the others were notified at the time."""
    current = tx.programme_and_cohort()
    if current:
        _, cohort = current
        planned = (job for owner in owners for job in plan_owner_jobs(cohort, owner, now))
        missing = (job for job in planned if not tx.scheduled_jobs.is_planned(job.key))
        tx.save(Outcome(tuple(job for job in missing if job.person not in before or job.due > now)))
