"""When sponsors get their page, and what owners and sponsors decide about it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from mentoring.core.errors import ChangedMeanwhile, InvalidForm, NotForYou
from mentoring.core.fields import FieldName
from mentoring.core.jobs import JobDone, ScheduledJob
from mentoring.core.outcome import Outcome
from mentoring.core.people import AccountStatus
from mentoring.sponsor_page.sending import (
    MOST_SENTENCE,
    PageGone,
    SponsorPageForm,
    SponsorPageResumed,
    SponsorPageStopped,
    SponsorSentence,
    next_page,
    plan_page,
    resume_page,
    run_page_job,
    stop_page,
    write_page,
)
from tests.mentoring.factories import ADA, BEN, OWNER, changed
from tests.mentoring.values import PROGRAMME, at, person

BRITISH = replace(PROGRAMME, country="GB", region="ENG")
JOB = plan_page("p1", ADA, at("2026-12-10T10:00"))
DECEMBER = date(2026, 12, 1)


def test_the_page_comes_on_the_first_working_day_of_the_month() -> None:
    moved = changed(run_page_job(JOB, person(ADA), BRITISH, [ADA], JOB.due), ScheduledJob)
    assert moved[0].due == at("2027-01-04T09:00"), "1 January is a holiday, and then comes a weekend"
    outcome = run_page_job(moved[0], person(ADA), BRITISH, [ADA], moved[0].due)
    (page,) = outcome.notifications
    assert (page.recipient, page.refs) == (ADA, {"programme": "p1", "month": "2026-12-01", "day": "2027-01-04"})
    (following,) = changed(outcome, ScheduledJob)
    assert following.due == at("2027-02-01T09:00")


@pytest.mark.parametrize("found", ["2027-01-13T10:00", "2027-01-04T10:00"])
def test_a_page_that_is_late_by_nine_days_still_comes(found: str) -> None:
    (page,) = run_page_job(JOB, person(ADA), BRITISH, [ADA], at(found)).notifications
    assert page.refs["month"] == "2026-12-01"


def test_a_later_one_waits_for_the_next_month() -> None:
    outcome = run_page_job(JOB, person(ADA), BRITISH, [ADA], at("2027-01-14T10:00"))
    assert not outcome.notifications
    assert [job.due for job in changed(outcome, ScheduledJob)] == [at("2027-02-01T09:00")]


def test_it_waits_for_working_hours_and_for_an_absent_sponsor() -> None:
    early = run_page_job(JOB, person(ADA), BRITISH, [ADA], at("2027-01-04T07:00"))
    assert [job.due for job in changed(early, ScheduledJob)] == [at("2027-01-04T09:00")]
    gone = person(ADA, AccountStatus.DEACTIVATED)
    away = run_page_job(JOB, gone, BRITISH, [ADA], at("2027-01-04T10:00"))
    assert [job.due for job in changed(away, ScheduledJob)] == [at("2027-01-05T09:00")]
    assert early.notifications == away.notifications == ()


def test_who_is_no_sponsor_any_more_gets_none() -> None:
    outcome = run_page_job(JOB, person(ADA), BRITISH, [BEN], at("2027-01-04T10:00"))
    assert [type(each) for each in outcome.changes] == [JobDone]


def test_the_next_page_is_about_this_month_once_the_last_one_is_due() -> None:
    assert next_page(BRITISH, date(2027, 1, 3)) == (date(2027, 1, 4), DECEMBER)
    assert next_page(BRITISH, date(2027, 1, 4)) == (date(2027, 2, 1), date(2027, 1, 1))
    assert next_page(BRITISH, date(2026, 12, 31)) == (date(2027, 1, 4), DECEMBER)


def written(
    words: str,
    *,
    is_on: bool = True,
    by: str = OWNER,
    stored: SponsorSentence | None = None,
    seen: int = 0,
    now_on: bool = True,
    seen_on: bool = True,
    next_month: date = DECEMBER,
) -> Outcome:
    form = SponsorPageForm(words, is_on=is_on)
    return write_page(
        form,
        PROGRAMME,
        DECEMBER,
        stored,
        by=by,
        owners=[OWNER],
        is_on=now_on,
        seen_version=seen,
        seen_on=seen_on,
        next_month=next_month,
    )


def test_a_form_that_was_open_keeps_what_another_owner_chose_and_adds_nothing_to_a_page_that_has_gone() -> None:
    said = SponsorSentence("p1", DECEMBER, "We need rooms.", OWNER)
    assert written("We need rooms.", now_on=False).changes == (said,), "another owner has turned it off"
    assert written("", now_on=True, is_on=True, seen_on=False).changes == (), "another owner turned it on, too"
    assert written("", now_on=False, is_on=True, seen_on=False).changes == (SponsorPageResumed("p1"),)
    with pytest.raises(InvalidForm) as refused:
        written("We need rooms.", next_month=date(2027, 1, 1))
    assert refused.value.reasons == (PageGone(FieldName.SENTENCE, DECEMBER),)
    assert written("", is_on=False, next_month=date(2027, 1, 1)).changes == (SponsorPageStopped("p1"),)


def test_an_owner_adds_a_sentence_and_turns_the_page_off() -> None:
    said = SponsorSentence("p1", DECEMBER, "We need rooms.", OWNER)
    assert written("We need rooms.").changes == (said,)
    assert written("We need rooms.", stored=said).changes == (), "saved twice it is the same"
    assert written("", stored=said, seen=1).changes == (replace(said, words="", version=2),)
    assert written("", is_on=False).changes == (SponsorPageStopped("p1"),)


def test_what_cannot_be_saved() -> None:
    said = SponsorSentence("p1", DECEMBER, "We need rooms.", BEN)
    with pytest.raises(NotForYou):
        written("Hello", by=ADA)
    with pytest.raises(InvalidForm):
        written("x" * (MOST_SENTENCE + 1))
    with pytest.raises(ChangedMeanwhile):
        written("We need time.", stored=said)


def test_a_sponsor_stops_it_and_takes_it_up_again() -> None:
    assert stop_page("p1", by=ADA, sponsors=[ADA]).changes == (SponsorPageStopped("p1", ADA),)
    assert resume_page("p1", by=ADA, sponsors=[ADA]).changes == (SponsorPageResumed("p1", ADA),)
    for change in (stop_page, resume_page):
        with pytest.raises(NotForYou):
            change("p1", by=BEN, sponsors=[ADA])


def test_a_job_of_a_new_sponsor_is_due_when_the_next_month_begins_anywhere() -> None:
    assert at("2027-01-01T00:00") - JOB.due == timedelta(hours=14)
