"""Decent moments: in a person's own working hours, on a working day."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mentoring.dates import is_working_day, working_day
from mentoring.outcome import Outcome
from mentoring.person import Person
from mentoring.programme import Programme


def is_decent(person: Person, programme: Programme, now: datetime) -> bool:
    """Whether `now` (aware) lies in the programme's working hours on a weekday, on this person's clock."""
    local = person.local(now)
    starts, ends = programme.workday
    return is_working_day(local.date()) and starts <= local.time() < ends


def next_decent(person: Person, programme: Programme, now: datetime) -> datetime:
    """`now` if it is decent, else the next start of a working day on this person's clock. Aware, UTC."""
    if is_decent(person, programme, now):
        return now
    local = person.local(now)
    day = local.date() if local.time() < programme.workday[0] else local.date() + timedelta(days=1)
    return morning_of(person, programme, day)


def next_morning(person: Person, programme: Programme, now: datetime) -> datetime:
    """The start of the next working day after the one that it is at `now`, on this person's clock. Aware, UTC."""
    return morning_of(person, programme, person.today(now) + timedelta(days=1))


def decently(outcome: Outcome, people: Mapping[str, Person], programme: Programme, now: datetime) -> Outcome:
    """What is owed at `now` because time passed, each notice at its reader's next decent moment; `people` by id."""
    notices = tuple(
        notice
        if is_decent(people[notice.to], programme, now)
        else replace(notice, due=next_decent(people[notice.to], programme, now))
        for notice in outcome.notices
    )
    return Outcome(outcome.changes, notices)


def morning_of(person: Person, programme: Programme, day: date) -> datetime:
    """The start of work on `day`, or on the next working day, on this person's clock. Aware, UTC.

    An hour that the clocks skip comes later by as much as they skip; one that comes twice is the first of the two.
    """
    return _instant(working_day(day), programme.workday[0], person)


def _instant(day: date, hour: time, person: Person) -> datetime:
    zone = person.local(datetime.combine(day, hour, ZoneInfo("UTC"))).tzinfo or ZoneInfo("UTC")
    return datetime.combine(day, hour, zone).astimezone(ZoneInfo("UTC"))
