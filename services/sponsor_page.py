"""Loads the page that sponsors get each month."""

from datetime import date, datetime, timedelta
from typing import Final

from mentoring.core.programmes import Cohort, Programme
from mentoring.core.roles import ProgrammeRole
from mentoring.sponsor_page.page import SponsorPage, sponsor_page
from mentoring.sponsor_page.sending import next_page
from storage import Transaction

_NEAR: Final = timedelta(days=7)


def load_sponsor_page(tx: Transaction, programme: Programme, cohort: Cohort, month: date) -> SponsorPage:
    """The page about `month` (its first day) as it stands."""
    partnerships = tx.partnerships.in_programme(programme.id)
    return sponsor_page(
        programme,
        cohort,
        month,
        tx.applications.in_cohort(cohort.id),
        partnerships,
        tx.meetings.of(each.id for each in partnerships),
        tx.people.unavailable(),
        tx.sponsor_pages.sentence(programme.id, month),
    )


def gets_page(tx: Transaction, programme_id: str, sponsor: str) -> bool | None:
    """Whether the page is sent to `sponsor` (a Slack user id); None if the owners have turned it off."""
    stopped = tx.sponsor_pages.stopped_by(programme_id)
    return None if "" in stopped else sponsor not in stopped


def page_days(tx: Transaction, owner: str, now: datetime) -> dict[str, date]:
    """The day of the next page of each programme of `owner` (a Slack user id), where it comes within a week of `now`
    (calendar, aware), and no sentence is written for it. By the programme's id.
    """
    today, found = tx.people.get(owner).today(now), {}
    for programme_id in tx.roles.programmes_of(owner, ProgrammeRole.OWNER):
        programme, _ = tx.programme(programme_id)
        on, month = next_page(programme, today)
        stopped = tx.sponsor_pages.stopped_by(programme_id)
        readers = set(tx.roles.holders(programme_id, ProgrammeRole.SPONSOR)) - stopped
        if on <= today + _NEAR and readers and "" not in stopped:
            written = tx.sponsor_pages.sentence(programme_id, month)
            if not (written and written.words):
                found[programme_id] = on
    return found
