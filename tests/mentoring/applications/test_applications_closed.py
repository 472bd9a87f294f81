"""When the owners hear that applications have closed: once, after the deadline, in their own working hours."""

from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.core.jobs import JobDone, ScheduledJob
from mentoring.core.outcome import Notification, NotificationKind
from mentoring.core.people import AccountStatus, Person
from mentoring.core.programmes import Cohort, Programme
from mentoring.programmes.cohorts import plan_deadline_jobs, run_owner_job
from tests.mentoring.values import COHORT, PROGRAMME, at

ZONES = sorted(available_timezones())


def owner(time_zone: str = "Europe/London") -> Person:
    return Person("U0OWNER", AccountStatus.MEMBER, "", time_zone)


def heard(
    person: Person,
    *,
    cohort: Cohort = COHORT,
    programme: Programme = PROGRAMME,
    away_until: datetime | None = None,
    owners: tuple[str, ...] = ("U0OWNER",),
) -> tuple[datetime, Notification] | None:
    """When an owner hears it, and what; None if never. Nothing is looked at before `away_until`."""
    (promise,) = plan_deadline_jobs(cohort, [person.id])
    for _ in range(10):
        now = max(promise.due, away_until or promise.due)
        outcome = run_owner_job(promise, person, programme, cohort, owners, now)
        (change,) = outcome.changes
        if isinstance(change, JobDone):
            return (now, outcome.notifications[0]) if outcome.notifications else None
        assert isinstance(change, ScheduledJob)
        assert change.due > now
        assert outcome.notifications == ()
        promise = change
    raise AssertionError("The promise never ends.")


def moment(person: Person, **circumstances: object) -> datetime | None:
    found = heard(person, **circumstances)  # type: ignore[arg-type]
    return found[0] if found else None


@pytest.mark.parametrize(
    ("zone", "when"),
    [
        ("Europe/London", "2026-12-22T09:00"),
        ("America/New_York", "2026-12-22T14:00"),
        ("Asia/Kolkata", "2026-12-22T03:30"),
        ("Pacific/Kiritimati", "2026-12-21T19:00"),
        ("Pacific/Pago_Pago", "2026-12-22T20:00"),
    ],
)
def test_each_owner_hears_on_the_day_after_the_deadline_where_they_are(zone: str, when: str) -> None:
    assert moment(owner(zone)) == at(when)


def test_it_is_owed_at_once_and_to_the_owner() -> None:
    found = heard(owner())
    assert found is not None
    assert (found[1].kind, found[1].recipient, found[1].due) == (NotificationKind.APPLICATIONS_CLOSED, "U0OWNER", None)


def test_a_weekend_is_left_alone() -> None:
    friday = replace(COHORT, apply_by=date(2026, 12, 18))
    assert moment(owner(), cohort=friday) == at("2026-12-21T09:00")


def test_holidays_and_closed_days_are_left_alone() -> None:
    before_christmas = replace(COHORT, apply_by=date(2026, 12, 24))
    assert moment(owner(), cohort=before_christmas, programme=replace(PROGRAMME, country="GB")) == at(
        "2026-12-29T09:00"
    )
    closed = replace(PROGRAMME, closed_days=(date(2026, 12, 22), date(2026, 12, 23)))
    assert moment(owner(), programme=closed) == at("2026-12-24T09:00")


@pytest.mark.parametrize(
    ("back", "when"),
    [("2027-01-11T09:00", "2027-01-11T09:00"), ("2027-01-11T18:00", None), ("2027-01-12T09:00", None)],
)
def test_where_the_round_starts_before_anybody_works_again_it_is_told_on_that_day(back: str, when: str | None) -> None:
    at_once = replace(COHORT, apply_by=date(2027, 1, 8), starts_on=date(2027, 1, 8))
    assert moment(owner(), cohort=at_once) == at("2027-01-11T09:00")
    assert moment(owner(), cohort=at_once, away_until=at(back)) == (at(when) if when else None)


def test_the_programmes_own_hours_count() -> None:
    early = replace(PROGRAMME, workday=(time(6), time(8)))
    assert moment(owner(), programme=early) == at("2026-12-22T06:00")


@pytest.mark.parametrize(
    ("back", "when"),
    [
        ("2026-12-23T10:30", "2026-12-23T10:30"),
        ("2026-12-23T17:00", "2026-12-24T09:00"),
        ("2026-12-25T18:00", "2026-12-28T09:00"),
        ("2027-01-04T10:00", "2027-01-04T10:00"),
        ("2027-01-04T17:00", None),
        ("2027-01-05T10:00", None),
    ],
)
def test_what_was_missed_is_said_late_until_the_round_starts(back: str, when: str | None) -> None:
    assert moment(owner(), away_until=at(back)) == (at(when) if when else None)


def test_nobody_hears_of_a_cohort_that_is_over_or_when_they_are_no_owner_any_more() -> None:
    assert moment(owner(), cohort=replace(COHORT, closed_on=date(2026, 12, 20))) is None
    assert moment(owner(), owners=("U0SECOND",)) is None


def test_a_deadline_that_is_moved_is_told_of_again_under_a_key_of_its_own() -> None:
    first, second = heard(owner()), heard(owner(), cohort=replace(COHORT, apply_by=date(2026, 12, 28)))
    assert first is not None
    assert second is not None
    assert second[0] == at("2026-12-29T09:00")
    assert first[1].key != second[1].key


def test_a_promise_made_again_takes_the_place_of_the_one_before() -> None:
    moved = replace(COHORT, apply_by=date(2026, 12, 28))
    (before,), (after,) = plan_deadline_jobs(COHORT, ["U0OWNER"]), plan_deadline_jobs(moved, ["U0OWNER"])
    assert before.key == after.key
    assert before.due < after.due


@given(st.sampled_from(ZONES), st.dates(date(2026, 3, 1), date(2027, 11, 30)))
def test_nobody_is_ever_told_out_of_working_hours(zone: str, apply_by: date) -> None:
    cohort = replace(COHORT, apply_by=apply_by, starts_on=date(2028, 1, 4))
    when = moment(owner(zone), cohort=cohort)
    assert when is not None
    local = owner(zone).local(when)
    assert apply_by < local.date()
    assert local.weekday() < 5
    assert time(9) <= local.time() < time(17)
