"""Once both have signed: the end is the end, the reminders follow the rhythm, and both look at it again."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from mentoring.agreements.agreement import AgreementContext, sign
from mentoring.core.jobs import JobDone, JobKind, ScheduledJob
from mentoring.core.outcome import NotificationKind, Outcome
from mentoring.core.programmes import Rhythm
from mentoring.feedback.answers import Question, question_open
from mentoring.partnerships.end_date import move_end
from mentoring.partnerships.jobs import plan_partnership_jobs, run_partnership_job
from mentoring.partnerships.judgement import (
    Due,
    FollowedTerms,
    NotBefore,
    PartnershipJobContext,
    Pointless,
    closes_at,
    judge,
)
from mentoring.partnerships.partnership import Partnership
from mentoring.partnerships.timing import MeetingRhythm, timing_of
from tests.mentoring.agreements.cases import ME, NOW, PARTNER, WITH, context, terms_of, written
from tests.mentoring.factories import ADA, BEN, changed, partnership, told
from tests.mentoring.values import at

PEOPLE = (ME, PARTNER)


def come_into_force(
    one: Partnership | None = None, now: datetime = NOW, **says: Any
) -> tuple[AgreementContext, Outcome]:
    """Both sign at `now`, while every job of the partnership waits; and what comes of it."""
    one = one or partnership()
    pending = tuple(job for job in plan_partnership_jobs(one, PEOPLE, WITH) if job.person and job.due > now)
    draft = written(context(partnership=one, pending=pending), now=now, **says)
    return draft, sign(draft, by=PARTNER, seen=1, now=now)


def planned(outcome: Outcome, person: str = ADA) -> dict[JobKind, date]:
    """On which day each job of this person is due, or of nobody in particular."""
    return {job.kind: job.due.date() for job in changed(outcome, ScheduledJob) if job.person in ("", person)}


def test_the_end_that_they_agree_on_is_the_end_and_all_jobs_move_there() -> None:
    _, outcome = come_into_force()
    (moved,) = changed(outcome, Partnership)
    assert (moved.ends_on, moved.agreed_end, moved.months) == (date(2027, 10, 4), date(2027, 10, 4), 9)
    assert moved.check_in_on == date(2027, 7, 4)
    for person in (ADA, BEN):
        days = planned(outcome, person)
        assert (days[JobKind.SURVEY], days[JobKind.CHECK_IN]) == (date(2027, 10, 4), date(2027, 7, 5))
        assert days[JobKind.CLOSE] == closes_at(moved, WITH).date() == date(2027, 10, 25)
        assert days[JobKind.AGREEMENT_REVIEW] == date(2027, 4, 12)
    assert told(outcome) == []


def test_the_same_end_leaves_the_partnership_as_it_is() -> None:
    _, outcome = come_into_force(until=partnership().ends_on)
    assert changed(outcome, Partnership) == []
    assert planned(outcome)[JobKind.SURVEY] == date(2028, 1, 4)


def test_what_has_run_stays_done() -> None:
    one = partnership()
    draft = written(context(partnership=one, pending=()))
    days = planned(sign(draft, by=PARTNER, seen=1, now=NOW))
    assert set(days) == {JobKind.CLOSE, JobKind.MONTHLY, JobKind.AGREEMENT_REVIEW}


@pytest.mark.parametrize(
    ("rhythm", "first"),
    [
        (MeetingRhythm.EVERY_WEEK, date(2027, 4, 15)),
        (MeetingRhythm.EVERY_SECOND_WEEK, date(2027, 4, 15)),
        (MeetingRhythm.EVERY_THIRD_WEEK, date(2027, 4, 22)),
        (MeetingRhythm.ONCE_A_MONTH, date(2027, 4, 29)),
    ],
)
def test_the_reminders_start_anew_with_the_rhythm_that_they_agree_on(rhythm: MeetingRhythm, first: date) -> None:
    now = at("2027-04-01T09:00")
    old = ScheduledJob("monthly:s1:U0ADA:2027-04-20", JobKind.MONTHLY, now + timedelta(days=19), ADA)
    draft = written(context(pending=(old,)), now=now, rhythm=rhythm, review_on=date(2027, 6, 1))
    outcome = sign(draft, by=PARTNER, seen=1, now=now)
    assert changed(outcome, JobDone) == [JobDone(old)]
    (fresh,) = (job for job in changed(outcome, ScheduledJob) if job.kind is JobKind.MONTHLY and job.person == ADA)
    assert (fresh.key, fresh.due.date()) == ("monthly:s1:U0ADA", first)


def test_in_the_first_weeks_they_begin_where_the_second_reminder_leaves_off() -> None:
    _, outcome = come_into_force()
    assert planned(outcome)[JobKind.MONTHLY] == date(2027, 2, 11)  # day 24, and two weeks


def judged(kind: JobKind, now: str, agreed: FollowedTerms | None, key: str = "", **facts: Any) -> object:
    standing = PartnershipJobContext(partnership(), ME, WITH, agreed=agreed, **facts)
    return judge(kind, key or f"{kind}:s1:{ADA}", standing, at(now))


def test_one_rule_judges_the_reminders_by_the_agreed_rhythm() -> None:
    met = (date(2027, 3, 1),)
    often = FollowedTerms(MeetingRhythm.EVERY_SECOND_WEEK, date(2027, 6, 1))
    assert judged(JobKind.MONTHLY, "2027-03-15T09:00", often, met_on=met) == Due()
    assert judged(JobKind.MONTHLY, "2027-03-14T09:00", often, met_on=met) == NotBefore(date(2027, 3, 15), "met-since")
    assert judged(JobKind.MONTHLY, "2027-03-15T09:00", None, met_on=met) == NotBefore(date(2027, 3, 29), "met-since")


def test_a_rhythm_that_the_programme_no_longer_allows_is_not_followed() -> None:
    timing = timing_of(partnership().length, Rhythm(2, 2), MeetingRhythm.ONCE_A_MONTH)
    assert timing == timing_of(partnership().length, Rhythm(2, 2))
    weekly = timing_of(partnership().length, Rhythm(2, 1), MeetingRhythm.EVERY_WEEK)
    assert (weekly.meet_every, weekly.nudge_every) == (timedelta(days=7), timedelta(days=14))


def test_both_are_asked_to_look_at_it_again_unless_a_newer_one_names_another_day() -> None:
    on = FollowedTerms(MeetingRhythm.ONCE_A_MONTH, date(2027, 4, 12))
    key = f"agreement-review:s1:{ADA}:2027-04-12"
    assert judged(JobKind.AGREEMENT_REVIEW, "2027-04-12T09:00", on, key) == Due()
    later = replace(on, review_on=date(2027, 9, 1))
    assert judged(JobKind.AGREEMENT_REVIEW, "2027-04-12T09:00", later, key) == Pointless("signed-since")
    job = ScheduledJob(key, JobKind.AGREEMENT_REVIEW, at("2027-04-12T08:00"), ADA, {"partnership": "s1"})
    standing = PartnershipJobContext(partnership(), ME, WITH, agreed=on, partner=PARTNER)
    outcome = run_partnership_job(job, standing, job.due)
    assert told(outcome) == [(NotificationKind.AGREEMENT_REVIEW, ADA)]
    off = replace(standing, programme=replace(WITH, has_agreements=False))
    assert run_partnership_job(job, off, job.due).notifications == ()


def test_a_check_in_that_was_asked_stays_and_can_be_answered() -> None:
    half = partnership(months=6)
    day = half.check_in_on
    moved = move_end(half, date(2028, 1, 4), day)
    assert (moved.check_in_on, moved.months) == (day, 12)
    assert question_open(moved, day) is Question.CHECK_IN
    before = move_end(half, date(2028, 1, 4), day - timedelta(days=1))
    assert before.check_in_on == date(2027, 7, 4)
    assert question_open(before, day) is None


def test_a_check_in_whose_new_day_has_passed_comes_tomorrow() -> None:
    one = partnership(months=12)
    today = date(2027, 5, 3)
    moved = move_end(one, date(2027, 7, 4), today)
    assert moved.check_in_on == date(2027, 5, 4)
    assert move_end(moved, date(2028, 1, 4), date(2027, 5, 4)).check_in_on == date(2027, 5, 4)


def test_moved_twice_it_ends_where_the_last_agreement_says() -> None:
    one = move_end(partnership(), date(2027, 8, 2), date(2027, 1, 12))
    again = move_end(one, date(2027, 12, 1), date(2027, 1, 13))
    assert (again.ends_on, again.months, again.version) == (date(2027, 12, 1), 11, 3)
    assert terms_of(written()).until == date(2027, 10, 4)
