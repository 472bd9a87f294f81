"""What a promise comes to, looked at when it falls due or found late."""

from collections.abc import Iterable
from datetime import date, datetime

from mentoring.core.jobs import JobKind, ScheduledJob
from mentoring.core.outcome import NotificationKind, Outcome
from mentoring.core.people import Person
from mentoring.partnerships.jobs import plan_partnership_jobs, run_partnership_job
from mentoring.partnerships.judgement import PartnershipJobContext
from mentoring.partnerships.partnership import Partnership
from tests.mentoring.factories import ADA, LONDON, changed, is_done, partnership, told
from tests.mentoring.values import PROGRAMME, at, person

Met = tuple[str, ...]
FIRST, SECOND, MONTHLY = JobKind.FIRST_MEETING, JobKind.SECOND_MEETING, JobKind.MONTHLY
NEVER: tuple[None, None] = (None, None)


def days(met: Iterable[str]) -> tuple[date, ...]:
    return tuple(date.fromisoformat(day) for day in met)


def come_to(job: ScheduledJob, standing: PartnershipJobContext, found: str = "") -> tuple[datetime, Outcome]:
    """What the promise comes to in the end, nobody having looked before `found` (UTC), and when."""
    for _ in range(10):
        now = max(job.due, at(found)) if found else job.due
        outcome = run_partnership_job(job, standing, now)
        later = [one for one in changed(outcome, ScheduledJob) if one.key == job.key]
        if not later:
            return now, outcome
        assert outcome == Outcome((later[0],))
        assert later[0].due > now
        job = later[0]
    raise AssertionError("It is put off for ever.")


def promised(kind: JobKind, one: Partnership, who: Person) -> ScheduledJob:
    """The promise of this kind that a new partnership has made to this person."""
    (found,) = [p for p in plan_partnership_jobs(one, [who], PROGRAMME) if p.kind is kind]
    return found


def said(
    kind: JobKind,
    *,
    zone: str = LONDON,
    introduced: str = "2027-01-04T10:00",
    months: int = 12,
    met: Met = (),
    answered: bool = False,
    found: str = "",
    due: str = "",
) -> tuple[str | None, NotificationKind | None]:
    """When (UTC) something is said and what; `due` is for one that was promised on the way."""
    who, one = person(ADA, time_zone=zone), partnership(months=months, introduced_at=at(introduced))
    promise = promised(kind, one, who)
    promise = promise.rescheduled(at(due)) if due else promise
    moment, outcome = come_to(promise, PartnershipJobContext(one, who, PROGRAMME, days(met), answered), found)
    if not outcome.notifications:
        assert is_done(outcome, promise.rescheduled(moment)) or not changed(outcome, ScheduledJob)
        return NEVER
    ((what, to),) = told(outcome)
    assert to == ADA
    return f"{moment:%Y-%m-%dT%H:%M}", what
