"""Both are asked on the working day before their pause ends, and every four weeks if it has no day."""

from dataclasses import replace
from datetime import date

import pytest

from mentoring.core.jobs import JobDone, JobKind, ScheduledJob
from mentoring.core.outcome import NotificationKind
from mentoring.core.people import AccountStatus, Leave, Person
from mentoring.partnerships.partnership import Partnership, RequestedPause
from mentoring.pauses.asking import question_job, run_question
from tests.mentoring.factories import ADA, BEN, OWNER, changed, partnership, told
from tests.mentoring.values import PROGRAMME, at, person

SINCE = at("2027-03-01T10:00")
QUESTION = NotificationKind.PAUSE_QUESTION


def paused(until: date | None) -> Partnership:
    return replace(partnership(), pause=RequestedPause(ADA, SINCE, until))


def job(until: date | None, now: str = "2027-03-01T10:00") -> ScheduledJob | JobDone:
    return question_job(paused(until), (person(ADA), person(BEN)), PROGRAMME, at(now))


@pytest.mark.parametrize(
    ("until", "due"),
    [
        (date(2027, 3, 10), "2027-03-09T09:00"),
        (date(2027, 3, 15), "2027-03-12T09:00"),  # a Monday: the Friday before
        (date(2027, 3, 29), "2027-03-26T09:00"),  # the clocks change on the Sunday between
        (date(2027, 3, 30), "2027-03-29T08:00"),  # 9:00 in summer time
    ],
)
def test_it_is_due_on_the_working_day_before(until: date, due: str) -> None:
    found = job(until)
    assert isinstance(found, ScheduledJob)
    assert found.due == at(due)


def test_a_pause_until_tomorrow_is_not_asked_about() -> None:
    assert isinstance(job(date(2027, 3, 2)), JobDone)


def run(
    until: date | None, now: str, *people: Person
) -> tuple[list[tuple[NotificationKind, str]], ScheduledJob | JobDone]:
    due = ScheduledJob("pause-question:s1", JobKind.PAUSE_QUESTION, at(now), "", {"partnership": "s1"})
    two = people or (person(ADA), person(BEN))
    outcome = run_question(due, paused(until), two, PROGRAMME, (OWNER, BEN), at(now))
    (again,) = outcome.changes
    assert isinstance(again, ScheduledJob | JobDone)
    return told(outcome), again


def test_both_are_asked_once_if_there_is_a_day() -> None:
    asked, again = run(date(2027, 3, 15), "2027-03-12T09:00")
    assert asked == [(QUESTION, ADA), (QUESTION, BEN)]
    assert isinstance(again, JobDone)


def test_who_is_away_is_not_asked() -> None:
    away = replace(person(BEN), leave=Leave(SINCE, date(2027, 3, 15)))
    assert run(date(2027, 3, 15), "2027-03-12T09:00", person(ADA), away)[0] == [(QUESTION, ADA)]


def test_nobody_is_asked_about_a_day_on_which_one_of_them_is_still_away() -> None:
    away = replace(person(BEN), leave=Leave(SINCE, date(2027, 3, 16)))
    assert run(date(2027, 3, 15), "2027-03-12T09:00", person(ADA), away)[0] == []
    gone = person(ADA, AccountStatus.DEACTIVATED)
    assert run(date(2027, 3, 15), "2027-03-12T09:00", gone, person(BEN))[0] == []


def test_a_question_that_comes_too_late_is_not_asked() -> None:
    assert run(date(2027, 3, 15), "2027-03-15T09:00")[0] == []


def test_without_a_day_it_asks_again_and_owners_after_the_limit() -> None:
    asked, again = run(None, "2027-03-29T08:00")
    assert asked == [(QUESTION, ADA), (QUESTION, BEN)]
    assert isinstance(again, ScheduledJob)
    assert again.due == at("2027-04-26T08:00")
    assert run(None, "2027-05-24T08:00")[0] == [(QUESTION, ADA), (QUESTION, BEN), (NotificationKind.LONG_PAUSE, OWNER)]


def test_without_a_day_owners_hear_in_time_where_zones_are_far_apart() -> None:
    two = replace(person(ADA), time_zone="Asia/Kolkata"), replace(person(BEN), time_zone="America/New_York")
    asked = at("2027-03-03T10:00")  # a Wednesday, so that no weekend hides a lost day
    found = question_job(paused(None), two, PROGRAMME, asked)
    for _ in range(3):
        assert isinstance(found, ScheduledJob)
        asked, found = found.due, question_job(paused(None), two, PROGRAMME, found.due)
    assert max(each.today(asked) for each in two) == date(2027, 5, 26)  # twelve weeks later


def test_once_it_carries_on_nobody_is_asked() -> None:
    over = replace(partnership(), pause=RequestedPause(ADA, SINCE, None, over_on=date(2027, 3, 8)))
    due = ScheduledJob("pause-question:s1", JobKind.PAUSE_QUESTION, SINCE, "", {"partnership": "s1"})
    outcome = run_question(due, over, (person(ADA), person(BEN)), PROGRAMME, (OWNER,), SINCE)
    assert (outcome.notifications, len(changed(outcome, JobDone))) == ((), 1)
