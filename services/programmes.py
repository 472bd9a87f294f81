"""The programmes of a workspace: which one a message is about, what their owners are owed, and the first start."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from mentoring.applications.application import Application
from mentoring.core.errors import ChangedMeanwhile
from mentoring.core.jobs import WEEKLY_CHECKS, JobKind, ScheduledJob, plan_weekly_check
from mentoring.core.outcome import Outcome
from mentoring.core.programmes import Cohort, Programme
from mentoring.core.roles import ProgrammeRole, RoleTaken
from mentoring.matching.match import Match
from mentoring.oversight.handing_over import tell_of_former_owner
from mentoring.partnerships.partnership import Partnership
from mentoring.programmes.cohorts import create_programme, plan_owner_jobs
from mentoring.programmes.membership import Membership
from mentoring.programmes.roles import follow_setting
from mentoring.retention.retention import NOTICE
from messages.voice import Voice
from storage import Storage, Transaction, retry_on_conflict


def as_read(tx: Transaction, programme: Programme) -> Programme:
    """The programme as people read of it, not to be saved: texts name the owners in place of an absent contact."""
    return replace(programme, contact="") if tx.people.get(programme.contact).is_absent else programme


def programme_about(tx: Transaction, refs: Mapping[str, str]) -> tuple[Programme, Cohort] | None:
    """The programme of a notification or job with these `refs`, with its current cohort; None if there is none.

    Rows from before a workspace could have several programmes do not name it: then it is the first one.
    """
    if programme_id := refs.get("programme"):
        found = tx.programmes.with_cohort(programme_id)
    else:
        cohort_id = _cohort_about(tx, refs)
        found = tx.programmes.of_cohort(cohort_id) if cohort_id else None
    return found or tx.programmes.first()


def programme_id_about(tx: Transaction, refs: Mapping[str, str]) -> str:
    """The id of that programme, for many refs; "" if there is none."""
    cohort_id = "" if "programme" in refs else _cohort_about(tx, refs)
    found = refs.get("programme") or (tx.cohorts.programme_of(cohort_id) if cohort_id else None)
    first = None if found else tx.programmes.first()
    return found or (first[0].id if first else "")


def _cohort_about(tx: Transaction, refs: Mapping[str, str]) -> str:
    """The id of the cohort that the refs name, or to which what they name belongs; "" if there is none."""
    if "cohort" in refs:
        return refs["cohort"]
    meeting = tx.meetings.get(refs["meeting"]) if "meeting" in refs else None
    partnership_id = meeting.partnership_id if meeting else refs.get("partnership")
    found: Application | Match | Partnership | None = None
    if partnership_id:
        found = tx.partnerships.get(partnership_id)
    elif "match" in refs:
        found = tx.matches.get(refs["match"])
    elif "application" in refs:
        found = tx.applications.get(refs["application"])
    return found.cohort_id if found else ""


def name_if_several(tx: Transaction, programme: Programme) -> str:
    """The programme's name in mrkdwn, if the workspace has several; else ""."""
    return Voice(programme).name if tx.programmes.count() > 1 else ""


def memberships_of(tx: Transaction, person: str) -> list[Membership]:
    """Where `person` (a Slack user id) stands in every programme, by name."""
    sent, partnerships = tx.applications.of_person(person), tx.partnerships.of(person)
    roles, record = tx.roles.of(person), tx.staff.get(person)
    return [
        Membership(
            programme,
            cohort,
            roles.get(programme.id, frozenset()),
            sent.get(cohort.id, {}),
            tuple(each for each in partnerships if tx.cohorts.programme_of(each.cohort_id) == programme.id),
            record,
        )
        for programme, cohort in tx.programmes.all()
    ]


def visible_memberships(tx: Transaction, person: str) -> list[Membership]:
    """Where `person` (a Slack user id) stands in the programmes that they can see. If there is one only, that."""
    found = memberships_of(tx, person)
    return [each for each in found if each.is_visible] if len(found) > 1 else found


def prepare_programme(
    storage: Storage,
    workspace: str,
    owners: Sequence[str],
    now: datetime,
    *,
    create: bool = True,
    started: Outcome | None = None,
) -> None:
    """Save `owners` (Slack user ids), and create a programme if there is none. `now` is the calendar, aware.

    They become administrators, and owners of the programme if there is only one. People whom the setting named before
    and does not name any more stop being either; people whom others have named stay. Also records that Slack grants
    access. If `owners` is empty nothing changes, so that a forgotten environment variable locks nobody out. Unless
    `create`, nothing is saved for a workspace that has no programme: the database may be the wrong one. `started` is a
    new programme to save, in place of the usual one; then ChangedMeanwhile is raised if there is one of its name.
    """
    if not create:
        with storage.read(workspace) as tx:
            if not tx.programmes.count():
                return
    retry_on_conflict(lambda: _prepare(storage, workspace, owners, now, started))


def _first_check(kind: JobKind, now: datetime, *, is_late: bool) -> ScheduledJob:
    """A weekly check that is not planned yet, next Monday or, if programmes are there already, at once. After an
    upgrade nothing is deleted for a month, in which owners can choose how long data is kept.
    """
    if kind is JobKind.RETENTION:
        return plan_weekly_check(kind, now + NOTICE)
    return plan_weekly_check(kind, now, due=now if is_late else None)


def _prepare(
    storage: Storage, workspace: str, owners: Sequence[str], now: datetime, started: Outcome | None = None
) -> None:
    with storage.begin(workspace) as tx:
        tx.access.restore_access()
        programmes = tx.programmes.all()
        if started and {p.name for p, _ in programmes} & {p.name for p in started.changes if isinstance(p, Programme)}:
            raise ChangedMeanwhile(None)
        if owners or programmes:
            missing = (kind for kind in WEEKLY_CHECKS if not tx.scheduled_jobs.is_planned(kind))
            tx.save(Outcome(tuple(_first_check(kind, now, is_late=bool(programmes)) for kind in missing)))
        if not owners:
            return
        roles = tx.roles.all()
        tx.people.request_profiles(owners, now)
        followed = follow_setting(roles, tx.roles.administrators(), [p.id for p, _ in programmes], owners)
        tx.save(followed)
        for taken in (each for each in followed.changes if isinstance(each, RoleTaken)):
            tx.save(tell_of_former_owner(tx.partnerships.in_programme(taken.programme_id), taken.person, now))
        if started:
            tx.save(started)
        elif not programmes:
            tx.save(create_programme(programme_id=tx.new_id(), cohort_id=tx.new_id(), owners=owners, today=now.date()))
        for programme, cohort in tx.programmes.all():
            before = {
                each.person for each in roles if each.programme_id == programme.id and each.role is ProgrammeRole.OWNER
            }
            _plan_owner_jobs(tx, cohort, tx.roles.owners(programme.id), before, now)


def _plan_owner_jobs(
    tx: Transaction, cohort: Cohort, owners: Sequence[str], before: Container[str], now: datetime
) -> None:
    """Plan missing jobs. Past ones are planned for new owners only, since the others were notified at the time."""
    planned = (job for owner in owners for job in plan_owner_jobs(cohort, owner, now))
    missing = (job for job in planned if not tx.scheduled_jobs.is_planned(job.key))
    tx.save(Outcome(tuple(job for job in missing if job.person not in before or job.due > now)))
