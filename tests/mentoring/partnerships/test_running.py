"""The jobs of a partnership that is brought in: what is past is not made up for, and the rhythm goes on."""

from datetime import UTC, date, datetime

import pytest

from mentoring.core.jobs import JobKind
from mentoring.core.people import AccountStatus, Person
from mentoring.core.programmes import Programme
from mentoring.feedback.answers import question_open
from mentoring.partnerships.jobs import plan_partnership_jobs, plan_running_partnership_jobs
from mentoring.partnerships.partnership import Partnership

ADA = Person("UADA", AccountStatus.MEMBER, "Ada", "Europe/London")
BEN = Person("UBEN", AccountStatus.MEMBER, "Ben", "Asia/Kolkata")
PROGRAMME = Programme("P1", "Library mentoring")
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def partnership(started: date, months: int = 12, last: date | None = None, end: date | None = None) -> Partnership:
    return Partnership(
        *("R1", "C1", "", "A1", "A2", ADA.id, BEN.id),
        (),
        months,
        datetime(started.year, started.month, started.day, 12, tzinfo=UTC),
        agreed_end=end,
        entered_on=NOW.date(),
        met_before=1 if last else 0,
        last_met_before=last,
    )


def days(found: Partnership, kind: JobKind) -> set[date]:
    jobs = plan_running_partnership_jobs(found, (ADA, BEN), PROGRAMME, NOW)
    return {job.due.date() for job in jobs if job.kind is kind}


@pytest.mark.parametrize(
    ("started", "last", "monthly"),
    [
        (date(2026, 9, 1), date(2026, 11, 12), date(2026, 12, 10)),
        (date(2026, 9, 1), date(2026, 10, 20), date(2026, 12, 15)),
        (date(2026, 9, 1), None, date(2026, 12, 18)),
        (date(2026, 11, 16), None, date(2027, 1, 7)),
        (date(2026, 9, 1), date(2026, 10, 26), date(2026, 12, 21)),
    ],
)
def test_the_next_monthly_nudge_comes_four_weeks_or_a_multiple_after_the_last_meeting(
    started: date, last: date | None, monthly: date
) -> None:
    """Also where it would have been due earlier today."""
    assert days(partnership(started, last=last), JobKind.MONTHLY) == {monthly}


def test_what_was_due_before_is_not_planned_and_what_is_to_come_is_as_for_a_new_one() -> None:
    found = partnership(date(2026, 11, 2))
    assert days(found, JobKind.FIRST_MEETING) == set()
    assert days(found, JobKind.SECOND_MEETING) == {date(2026, 11, 26)}
    new = [job for job in plan_partnership_jobs(found, (ADA, BEN), PROGRAMME) if job.due >= NOW]
    assert list(plan_running_partnership_jobs(found, (ADA, BEN), PROGRAMME, NOW)) == new


def test_an_end_that_is_a_date_counts_for_survey_and_close() -> None:
    found = partnership(date(2026, 9, 1), 10, end=date(2027, 6, 30))
    assert found.ends_on == date(2027, 6, 30)
    assert days(found, JobKind.SURVEY) == {date(2027, 6, 30)}
    assert min(days(found, JobKind.CLOSE)) > date(2027, 7, 20)


def test_a_check_in_that_was_due_before_is_never_asked_for() -> None:
    past, coming = partnership(date(2026, 3, 1)), partnership(date(2026, 7, 1))
    assert (past.has_check_in, coming.has_check_in) == (False, True)
    assert days(past, JobKind.CHECK_IN) == set()
    assert question_open(past, date(2026, 12, 1)) is None
    assert question_open(coming, date(2027, 1, 4)) is not None


def test_the_meetings_before_count_with_those_that_are_logged() -> None:
    found = partnership(date(2026, 9, 1), last=date(2026, 11, 12))
    assert found.met_on([date(2026, 12, 1)]) == (date(2026, 11, 12), date(2026, 12, 1))
    assert partnership(date(2026, 9, 1)).met_on([]) == ()
