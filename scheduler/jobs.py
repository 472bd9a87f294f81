"""Runs each scheduled job that is due, in a transaction of its own, and ticks every minute."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from apscheduler.schedulers.background import BackgroundScheduler

from mentoring.cases.case import Contacts, ask_second
from mentoring.core.failures import WorkItem, WorkKind
from mentoring.core.jobs import JobDone, JobKind, ScheduledJob, plan_weekly_check
from mentoring.core.outcome import Outcome
from mentoring.core.programmes import Cohort, Programme
from mentoring.core.roles import ProgrammeRole
from mentoring.feedback.forming import count_answers
from mentoring.goals.review import run_review
from mentoring.items.reminder import run_reminder
from mentoring.matching.match import MatchState
from mentoring.matching.offers import close_offer, offer_key, run_introduction, run_offer_job
from mentoring.matching.pending_approvals import run_approval_job
from mentoring.matching.running_out import run_warning
from mentoring.matching.waiting import tell_after_silence
from mentoring.meetings.planned import run_agenda_job, run_planned_job
from mentoring.partnerships.end_plan import run_proposal_job
from mentoring.partnerships.jobs import run_partnership_job
from mentoring.people.leave import run_leave_job
from mentoring.programmes.cohorts import run_owner_job
from mentoring.remarks.groups import group_remarks
from mentoring.remarks.remark import to_owners
from mentoring.sessions.planning import run_session_job
from mentoring.sponsor_page.sending import run_page_job
from services.announcements import run_announcements, sessions_outdated
from services.cases import load_contacts
from services.closures import with_going_on
from services.failures import run_isolated
from services.goals import is_plan_looked_at
from services.invitations import forget_moments, run_invitations
from services.items import load_reminder
from services.matching import waiting_told
from services.partnerships import load_job_context
from services.pauses import run_pause_job
from services.people import load_affected
from services.planned_meetings import load_plan, with_meetings_called_off
from services.programmes import programme_about
from services.retention import BYTES_KEY, TRY_BYTES_AGAIN, delete_drafts, run_retention
from storage import Storage, Transaction, retry_on_conflict
from storage.jobs import DueJob

EVERY_SECONDS = 60
_BATCH_SIZE = 50
_APPROVAL_JOBS = frozenset({JobKind.APPROVALS_WANTED, JobKind.APPROVALS_REMINDER})
_PLANNED_JOBS = {JobKind.PLANNED_MEETING: run_planned_job, JobKind.MEETING_AGENDA: run_agenda_job}
_PAUSE_JOBS = frozenset({JobKind.PAUSE_QUESTION, JobKind.PAUSE_ENDS})
_OFFER_JOBS = frozenset({JobKind.OFFER_REMINDER, JobKind.OFFER_LAPSE})


def run_due_jobs(storage: Storage, workspace: str, now: datetime, *, stopwatch: datetime | None = None) -> int:
    """Run every scheduled job due by `now` (calendar, aware), and return how many there were.

    Leaves and pauses that are over end first, so that what was held during them is judged without them; then the oldest
    first.

    A job that fails is logged and tried again later, by the stopwatch (aware; `now` without one); the others go on.
    Stale profiles are requested again. Does nothing while access to the workspace is lost. It is safe to run it twice,
    or in two processes: a job runs only while it is still due, and its notifications have unique keys.
    """
    ran, stopwatch = 0, stopwatch or now
    with storage.read(workspace) as tx:
        if tx.access.access_lost():
            return ran
        stale = tx.people.stale_profiles(now)
        due = tx.scheduled_jobs.due(now, _BATCH_SIZE, stopwatch=stopwatch)
    if stale:
        with storage.begin(workspace) as tx:
            tx.people.refresh_profiles(stale, now)
    while due:
        for job in due:
            item = WorkItem(WorkKind.JOB, job.key, job.person)
            run = partial(_run_if_still_due, storage, workspace, job, item, now)
            ran += bool(run_isolated(storage, workspace, item, partial(retry_on_conflict, run), stopwatch=stopwatch))
        with storage.read(workspace) as tx:
            due = tx.scheduled_jobs.due(now, _BATCH_SIZE, stopwatch=stopwatch)
    return ran


def next_due_at(storage: Storage, workspace: str, *, stopwatch: datetime | None = None) -> datetime | None:
    """When the next job or notification is due (calendar, aware); None if nothing waits, or if access is lost.

    Leaves out jobs that failed and wait for their next try at `stopwatch` (aware). Counting answers, looking at remarks
    and inviting people are left out too: the demo's calendar would stop for nothing, nearly always.
    """
    with storage.read(workspace) as tx:
        if tx.access.access_lost():
            return None
        next_job = tx.scheduled_jobs.next_due(stopwatch=stopwatch)
        moments = [moment for moment in (next_job, tx.outbox.next_due(), tx.live_views.next_due()) if moment]
    return min(moments, default=None)


def _run_if_still_due(storage: Storage, workspace: str, due: DueJob, item: WorkItem, now: datetime) -> bool:
    is_clean = due.key != BYTES_KEY or storage.purge_erased_bytes()
    with storage.begin(workspace) as tx:
        job = tx.scheduled_jobs.get_if_due(due.key, now)
        if job and not is_clean:
            tx.save(Outcome((job.rescheduled(now + TRY_BYTES_AGAIN),)))
        elif job:
            tx.save(_run_job(tx, job, now).in_working_hours_from(now))
        if due.has_failed:
            tx.failures.clear(item)
        return job is not None


def _run_job(tx: Transaction, job: ScheduledJob, now: datetime) -> Outcome:
    tx.people.request_profiles([job.person], now)  # the next job then uses a fresh time zone
    match job.kind:
        case JobKind.COUNT_ANSWERS:
            return _count_answers(tx, now)
        case JobKind.REMARKS:
            return _look_at_remarks(tx, now)
        case JobKind.STILL_WAITING if not job.refs:
            return _check_programmes(tx, job.kind, _tell_waiting, now)
        case JobKind.INVITATIONS if not job.refs:
            return forget_moments(tx, now) + _check_programmes(tx, job.kind, run_invitations, now)
        case JobKind.RETENTION if job.key == BYTES_KEY:
            return Outcome((JobDone(job),))
        case JobKind.RETENTION if not job.refs:
            return delete_drafts(tx, now) + _check_programmes(tx, job.kind, run_retention, now)
        case JobKind.WEEKLY:
            return _run_weekly(tx, job, now)
        case JobKind.LEAVE_ENDS:
            return run_leave_job(job, load_affected(tx, tx.people.get(job.person)), now)
    current = programme_about(tx, job.refs)
    if current is None:
        return Outcome((JobDone(job),))
    programme, cohort = current
    if job.kind is JobKind.APPLICATIONS_CLOSED:
        owner, owners = tx.people.get(job.person), tx.roles.owners(programme.id)
        return run_owner_job(job, owner, programme, cohort, owners, now)
    if job.kind is JobKind.SESSION:
        session = tx.sessions.get(job.refs["session"])
        outcome = run_session_job(job, session, tx.sessions.answers(job.refs["session"]), now)
        return outcome + sessions_outdated(tx, programme.id)
    if job.kind is JobKind.SPONSOR_PAGE:
        sponsors = tx.roles.holders(job.refs["programme"], ProgrammeRole.SPONSOR)
        return run_page_job(job, tx.people.get(job.person), programme, sponsors, now)
    if job.kind is JobKind.PLAN_REVIEW:
        is_wanted = is_plan_looked_at(tx, job.person)
        return run_review(job, tx.people.get(job.person), programme, now, is_wanted=is_wanted)
    if job.kind is JobKind.STILL_WAITING:
        return Outcome((JobDone(job),)) + _tell_waiting(tx, programme, cohort, now)
    if job.kind is JobKind.ANNOUNCE:
        return run_announcements(tx, job, programme, now)
    if job.kind is JobKind.INVITATIONS:
        return Outcome((JobDone(job),)) + run_invitations(tx, programme, cohort, now)
    if job.kind is JobKind.RETENTION:
        return Outcome((JobDone(job),)) + run_retention(tx, programme, cohort, now)
    if job.kind is JobKind.END_PROPOSAL:
        return run_proposal_job(job)
    if job.kind in _PAUSE_JOBS:
        return run_pause_job(tx, job, now)
    if job.kind is JobKind.CASE_UNANSWERED:
        return _ask_second(tx, job, programme, cohort)
    if job.kind in _APPROVAL_JOBS:
        is_unsent = "after" in job.refs and tx.outbox.is_unsent(job.refs["after"])
        owner, round_ = tx.people.get(job.person), tx.rounds.get(programme, cohort)
        return run_approval_job(job, owner, round_, now, is_unsent=is_unsent)
    if job.kind is JobKind.INTRODUCE:
        round_ = tx.rounds.get(programme, cohort)
        return run_introduction(job, round_, round_.matches.get(job.refs["match"]), now, new_id=tx.new_id())
    if job.kind is JobKind.ITEMS_DUE:
        return _run_items(tx, job, programme, now)
    if job.kind in _PLANNED_JOBS:
        return _run_planned(tx, job, now)
    if job.kind is JobKind.OFFER_RUNNING_OUT:
        return _run_warning(tx, job, programme, now)
    if job.kind in _OFFER_JOBS:
        return _run_offer(tx, job, programme, now)
    return _run_partnership(tx, job, programme, now)


def _check_programmes(
    tx: Transaction,
    kind: JobKind,
    check: Callable[[Transaction, Programme, Cohort, datetime], Outcome],
    now: datetime,
) -> Outcome:
    """Run a weekly check. Several programmes get a job each, so that one that fails holds up no other."""
    programmes = tx.programmes.all()
    outcome = Outcome((plan_weekly_check(kind, now),))
    if len(programmes) == 1:
        return outcome + check(tx, *programmes[0], now)
    jobs = (
        ScheduledJob(f"{kind}:{programme.id}", kind, now, refs={"programme": programme.id})
        for programme, _ in programmes
    )
    return outcome + Outcome(tuple(jobs))


def _tell_waiting(tx: Transaction, programme: Programme, cohort: Cohort, now: datetime) -> Outcome:
    return tell_after_silence(tx.rounds.get(programme, cohort), waiting_told(tx), today=now.date())


def _run_weekly(tx: Transaction, job: ScheduledJob, now: datetime) -> Outcome:
    """One status for all programmes of an owner, in the working hours of the first of them."""
    owned = tx.roles.programmes_of(job.person, ProgrammeRole.OWNER)
    if not owned:
        return Outcome((JobDone(job),))
    programme, cohort = tx.programme(owned[0])
    return run_owner_job(job, tx.people.get(job.person), programme, cohort, tx.roles.owners(programme.id), now)


def _count_answers(tx: Transaction, now: datetime) -> Outcome:
    counted = count_answers(
        tx.partnerships.all(),
        tx.feedback.to_count(),
        tx.feedback.counts(),
        now=now,
        new_id=tx.new_id,
        order=tx.feedback.comment_order,
    )
    return Outcome((plan_weekly_check(JobKind.COUNT_ANSWERS, now),)) + counted


def _look_at_remarks(tx: Transaction, now: datetime) -> Outcome:
    """Group those without names, and send the others to owners who have been named since."""
    remarks, unread = tx.remarks.to_group(), tx.remarks.unread()
    rounds = {id: cohort for id in {each.cohort_id for each in remarks} if (cohort := tx.cohorts.get(id))}
    grouped = group_remarks(remarks, rounds, now=now, new_id=tx.new_id, order=tx.remarks.order)
    told = (to_owners(remark, tx.roles.present_owners(remark.programme_id)) for remark in unread)
    sent = Outcome(notifications=tuple(each for notifications in told for each in notifications))
    return Outcome((plan_weekly_check(JobKind.REMARKS, now),)) + grouped + sent


def _run_offer(tx: Transaction, job: ScheduledJob, programme: Programme, now: datetime) -> Outcome:
    match = tx.matches.get(job.refs["match"])
    person = tx.people.get(job.person) if job.person else None
    is_unsent = bool(match and person) and tx.outbox.is_unsent(offer_key(job.refs["match"], job.person))
    outcome = run_offer_job(job, match, person, programme, now, is_unsent=is_unsent)
    if outcome is not None or match is None:
        return outcome or Outcome((JobDone(job),))
    ending = MatchState.LAPSED if match.accepted_by else MatchState.EXPIRED
    return Outcome((JobDone(job),)) + close_offer(match, ending, owners=tx.roles.present_owners(programme.id))


def _run_warning(tx: Transaction, job: ScheduledJob, programme: Programme, now: datetime) -> Outcome:
    owners = [tx.people.get(owner) for owner in tx.roles.owners(programme.id)]
    return run_warning(job, tx.matches.get(job.refs["match"]), owners, programme, now)


def _run_planned(tx: Transaction, job: ScheduledJob, now: datetime) -> Outcome:
    planned, partnership = tx.planned_meetings.get(job.refs["planned"]), tx.partnerships.get(job.refs["partnership"])
    if planned is None or partnership is None:
        return Outcome((JobDone(job),))
    return _PLANNED_JOBS[job.kind](job, load_plan(tx, partnership, now, planned=planned))


def _ask_second(tx: Transaction, job: ScheduledJob, programme: Programme, cohort: Cohort) -> Outcome:
    case = tx.cases.get(job.refs["case"])
    contacts = load_contacts(tx, programme, cohort, case.person) if case else Contacts(())
    return ask_second(job, case, contacts)


def _run_items(tx: Transaction, job: ScheduledJob, programme: Programme, now: datetime) -> Outcome:
    partnership = tx.partnerships.get(job.refs["partnership"])
    if partnership is None:
        return Outcome((JobDone(job),))
    return run_reminder(job, load_reminder(tx, programme, partnership, job.person, now), now)


def _run_partnership(tx: Transaction, job: ScheduledJob, programme: Programme, now: datetime) -> Outcome:
    partnership = tx.partnerships.get(job.refs["partnership"])
    if partnership is None:
        return Outcome((JobDone(job),))
    context = load_job_context(tx, programme, partnership, job.person, job.kind, now)
    return with_going_on(tx, with_meetings_called_off(tx, run_partnership_job(job, context, now), now), now)


def minute_scheduler(tick: Callable[[], object]) -> Any:
    """An APScheduler scheduler, not started yet, that calls `tick` every minute. Missed ticks run once."""
    scheduler = BackgroundScheduler(timezone="UTC")
    scheduler.add_job(
        tick, "interval", seconds=EVERY_SECONDS, id="tick", coalesce=True, max_instances=1, misfire_grace_time=None
    )
    return scheduler
