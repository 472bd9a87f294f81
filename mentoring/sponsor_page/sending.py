"""When sponsors get the page of a month, what owners say on it, and who stops it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from mentoring.core.errors import ChangedMeanwhile, InvalidForm, MentoringError, NotForYou, TooLong
from mentoring.core.fields import FieldName
from mentoring.core.jobs import MISFIRE_POLICIES, JobDone, JobKind, MissedAction, ScheduledJob
from mentoring.core.lengths import add_months
from mentoring.core.outcome import NOTHING, Notification, NotificationKind, Outcome
from mentoring.core.owners import check_owner
from mentoring.core.people import Person
from mentoring.core.programmes import Programme
from mentoring.core.working_hours import (
    first_start_of_day,
    is_working_time,
    next_workday_start,
    next_working_day,
    next_working_time,
    workday_start,
)

MOST_SENTENCE: Final = 300
_LATEST: Final = timedelta(days=9)
"""After the first working day of a month: a page that is later still is left out."""


@dataclass(frozen=True)
class SponsorSentence:
    """What owners say on the page about `month` (its first day). `by` is who wrote it last, a Slack user id."""

    programme_id: str
    month: date
    words: str
    by: str
    version: int = 1


@dataclass(frozen=True)
class SponsorPageStopped:
    """`person`, a sponsor (a Slack user id), does not want the page; with "", the owners have turned it off."""

    programme_id: str
    person: str = ""


@dataclass(frozen=True)
class SponsorPageResumed:
    """`person` wants the page again; with "", the owners have turned it on."""

    programme_id: str
    person: str = ""


@dataclass(unsafe_hash=True)
class PageGone(MentoringError):
    """The page about `month` (its first day) has gone out, so that no sentence can be added to it."""

    field: FieldName
    month: date


@dataclass(frozen=True)
class SponsorPageForm:
    """The input of the owners' form."""

    words: str = ""
    is_on: bool = True


def page_job_key(programme_id: str, sponsor: str) -> str:
    """The key of the job that sends the page to `sponsor` (a Slack user id)."""
    return f"{JobKind.SPONSOR_PAGE}:{programme_id}:{sponsor}"


def plan_page(programme_id: str, sponsor: str, now: datetime) -> ScheduledJob:
    """The job of a new sponsor, due when the next month begins anywhere. `now` is the calendar, aware."""
    due = first_start_of_day(add_months(now.date().replace(day=1), 1))
    return ScheduledJob(
        page_job_key(programme_id, sponsor), JobKind.SPONSOR_PAGE, due, sponsor, {"programme": programme_id}
    )


def run_page_job(
    job: ScheduledJob, sponsor: Person, programme: Programme, sponsors: Collection[str], now: datetime
) -> Outcome:
    """Send the page on the first working day of the month at `now` (calendar, aware), in the sponsor's working hours.

    It is dropped for former sponsors, and held for absent ones. Whether it is wanted is asked when it is sent.
    """
    if sponsor.id not in sponsors:
        return Outcome((JobDone(job),))
    today = sponsor.today(now)
    month = today.replace(day=1)
    first = next_working_day(month, programme)
    following = job.rescheduled(workday_start(sponsor, programme, add_months(month, 1)))
    if MISFIRE_POLICIES[job.kind].resolve(expired=today > first + _LATEST) is MissedAction.DROP:
        return Outcome((following,))
    if today < first:
        return Outcome((job.rescheduled(workday_start(sponsor, programme, first)),))
    if sponsor.is_absent:
        return Outcome((job.rescheduled(next_workday_start(sponsor, programme, now)),))
    if not is_working_time(sponsor, programme, now):
        return Outcome((job.rescheduled(next_working_time(sponsor, programme, now)),))
    about = add_months(month, -1)
    page = Notification(
        f"{NotificationKind.SPONSOR_PAGE}:{programme.id}:{sponsor.id}:{about}",
        NotificationKind.SPONSOR_PAGE,
        sponsor.id,
        {"programme": programme.id, "month": str(about), "day": str(first)},
    )
    return Outcome((following,), (page,))


def next_page(programme: Programme, today: date) -> tuple[date, date]:
    """The day of the next page that a sentence can be added to, and the month (its first day) that it is about."""
    month = today.replace(day=1)
    if today < (first := next_working_day(month, programme)):
        return first, add_months(month, -1)
    return next_working_day(add_months(month, 1), programme), month


def write_page(
    form: SponsorPageForm,
    programme: Programme,
    month: date,
    stored: SponsorSentence | None,
    *,
    by: str,
    owners: Sequence[str],
    is_on: bool,
    seen_version: int,
    seen_on: bool,
    next_month: date,
) -> Outcome:
    """Save what an owner, `by` (a Slack user id), says on the page about `month`, and whether there is a page.

    `stored` is the sentence so far, and `is_on` whether there is one; if the form leaves that as it showed it,
    `seen_on`, another owner's choice meanwhile stays. `next_month` is the month of the next page. Raises NotForYou,
    InvalidForm with PageGone if that is a later one, and ChangedMeanwhile if another sentence was saved since the form
    showed the version `seen_version`, 0 for none.
    """
    check_owner(by, owners)
    if len(form.words) > MOST_SENTENCE:
        raise InvalidForm((TooLong(FieldName.SENTENCE, MOST_SENTENCE),))
    outcome = NOTHING
    version = stored.version if stored else 0
    if form.words != (stored.words if stored else ""):
        if month < next_month:
            raise InvalidForm((PageGone(FieldName.SENTENCE, month),))
        if version != seen_version:
            raise ChangedMeanwhile(stored.by if stored else None)
        outcome += Outcome((SponsorSentence(programme.id, month, form.words, by, version + 1),))
    if form.is_on not in (is_on, seen_on):
        outcome += Outcome((SponsorPageResumed(programme.id) if form.is_on else SponsorPageStopped(programme.id),))
    return outcome


def stop_page(programme_id: str, *, by: str, sponsors: Collection[str]) -> Outcome:
    """Send the sponsor `by` (a Slack user id) no page any more. Idempotent. Raises NotForYou."""
    _check_sponsor(by, sponsors)
    return Outcome((SponsorPageStopped(programme_id, by),))


def resume_page(programme_id: str, *, by: str, sponsors: Collection[str]) -> Outcome:
    """Send it again. Idempotent. Raises NotForYou."""
    _check_sponsor(by, sponsors)
    return Outcome((SponsorPageResumed(programme_id, by),))


def _check_sponsor(by: str, sponsors: Collection[str]) -> None:
    if by not in sponsors:
        raise NotForYou
