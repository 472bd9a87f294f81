"""One rule moves the agreed end of a partnership, and everything that follows from it."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from mentoring.core.fields import FieldName
from mentoring.core.jobs import JobKind, ScheduledJob
from mentoring.core.lengths import Length
from mentoring.core.outcome import NOTHING, Outcome
from mentoring.partnerships.end_date import EndContext, EndMoved, change_end, end_bounds, end_not_allowed
from mentoring.partnerships.errors import EndNotAllowed
from mentoring.partnerships.jobs import plan_partnership_jobs
from mentoring.partnerships.partnership import Partnership
from tests.mentoring.factories import ADA, BEN, changed, partnership
from tests.mentoring.values import PROGRAMME, at, person

PEOPLE = {ADA: person(ADA), BEN: person(BEN)}
HALF = partnership(months=6)
"""From 4 January to 4 July 2027."""


def context(one: Partnership = HALF, *, now: datetime, **facts: Any) -> EndContext:
    """With the jobs that have not run by `now`."""
    pending = tuple(job for job in plan_partnership_jobs(one, tuple(PEOPLE.values()), PROGRAMME) if job.due > now)
    return EndContext(one, PROGRAMME, PEOPLE, **{"pending": pending, **facts})


def due(outcome: Outcome, person: str = ADA) -> dict[JobKind, date]:
    return {job.kind: job.due.date() for job in changed(outcome, ScheduledJob) if job.person in ("", person)}


def test_all_that_is_still_to_come_moves_with_the_end_for_both() -> None:
    now = at("2027-03-01T10:00")
    outcome = change_end(context(now=now), date(2027, 9, 6), now)
    (moved,) = changed(outcome, Partnership)
    assert (moved.ends_on, moved.length, moved.version) == (date(2027, 9, 6), Length(months=8), 2)
    assert changed(outcome, EndMoved) == [EndMoved("s1", date(2027, 9, 6))]
    for who in (ADA, BEN):
        days = due(outcome, who)
        assert (days[JobKind.CHECK_IN], days[JobKind.SURVEY]) == (date(2027, 5, 6), date(2027, 9, 6))
        assert days[JobKind.CLOSE] == date(2027, 9, 27)
    assert outcome.notifications == ()


def test_what_has_been_asked_is_not_asked_again() -> None:
    now = at("2027-05-03T10:00")
    outcome = change_end(context(now=now), date(2027, 12, 6), now)
    (moved,) = changed(outcome, Partnership)
    assert moved.check_in_on == date(2027, 4, 4)  # half-way, as it was
    assert not {JobKind.CHECK_IN, JobKind.FIRST_MEETING, JobKind.SECOND_MEETING} & set(due(outcome))


def test_reminders_to_meet_go_on_as_planned_or_begin_again() -> None:
    now = at("2027-06-21T10:00")  # within two weeks of the end, the last one has been
    began_again = change_end(context(now=now), date(2027, 9, 6), now)
    assert due(began_again)[JobKind.MONTHLY] == date(2027, 7, 19)
    monthly = ScheduledJob(f"monthly:s1:{ADA}", JobKind.MONTHLY, at("2027-06-24T09:00"), ADA)
    waits = tuple(replace(monthly, key=f"monthly:s1:{who}", person=who) for who in (ADA, BEN))
    assert JobKind.MONTHLY not in due(change_end(context(now=now, pending=waits), date(2027, 9, 6), now))


def test_the_same_end_changes_nothing() -> None:
    now = at("2027-03-01T10:00")
    assert change_end(context(now=now), HALF.ends_on, now) == NOTHING


def test_the_programme_says_which_days_are_allowed() -> None:
    programme = replace(PROGRAMME, lengths=(Length(months=3), Length(months=9)))
    bounds = end_bounds(HALF, programme, date(2027, 2, 1))
    assert (bounds.earliest, bounds.latest) == (date(2027, 4, 4), date(2027, 10, 4))
    assert all(bounds.allows(one) for one in (bounds.earliest, bounds.latest, bounds.current))
    assert not any(bounds.allows(one) for one in (date(2027, 4, 3), date(2027, 10, 5)))
    late = end_bounds(HALF, programme, date(2027, 6, 1))
    assert late.earliest == date(2027, 6, 2)
    assert not late.allows(date(2027, 6, 1))
    assert end_not_allowed(FieldName.UNTIL, late) == EndNotAllowed(
        FieldName.UNTIL, late.earliest, late.latest, HALF.ends_on
    )
