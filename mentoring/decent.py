"""Decent moments: in a person's own working hours, on a working day of the programme."""

from datetime import UTC, date, datetime, timedelta

from mentoring.dates import is_working_day, working_day
from mentoring.person import Person
from mentoring.programme import Programme

_A_DAY = timedelta(days=1)
_TRIES = 3
"""No clock changes at the start of work on three working days running."""


def is_decent(person: Person, programme: Programme, now: datetime) -> bool:
    """Whether `now` (aware) lies in the programme's working hours on a working day, on this person's clock."""
    local = person.local(now)
    starts, ends = programme.workday
    return starts <= local.time() < ends and is_working_day(local.date(), programme)


def next_decent(person: Person, programme: Programme, now: datetime) -> datetime:
    """`now` if it is decent, else the next start of a working day on this person's clock. Aware, UTC."""
    if is_decent(person, programme, now):
        return now
    today = person.today(now)
    near = (today, today + _A_DAY)  # where the clocks go back over midnight, tomorrow has begun before
    later = (start for day in near for start in _starts(person, programme, day) if start > now)
    return next(later, None) or morning_of(person, programme, today + 2 * _A_DAY)


def next_morning(person: Person, programme: Programme, now: datetime) -> datetime:
    """The start of the next working day after the one that it is at `now`, on this person's clock. Aware, UTC."""
    return morning_of(person, programme, person.today(now) + timedelta(days=1))


def morning_of(person: Person, programme: Programme, day: date) -> datetime:
    """The start of work on `day`, or on the next working day, on this person's clock. Aware, UTC.

    An hour that the clocks skip comes later by as much as they skip; one that comes twice is the first of the two. A
    day that they skip, or on which work is over by then, is passed over. Where a programme never works, it is the start
    of work on `day` itself.
    """
    on = day
    for _ in range(_TRIES):
        on = working_day(on, programme)
        starts = _starts(person, programme, on)
        if starts:
            return starts[0]
        on += _A_DAY
    return _instants(person, programme, day)[-1]


def _starts(person: Person, programme: Programme, day: date) -> list[datetime]:
    """When work starts on this day, if it does: twice where the clocks go back over it."""
    return [
        moment
        for moment in _instants(person, programme, day)
        if person.today(moment) == day and is_decent(person, programme, moment)
    ]


def _instants(person: Person, programme: Programme, day: date) -> list[datetime]:
    """The hour at which work starts, on `day`, as this person's clock shows it before and after a change. UTC."""
    hour = programme.workday[0]
    zone = person.local(datetime.combine(day, hour, UTC)).tzinfo or UTC
    return sorted({datetime.combine(day, hour.replace(fold=fold), zone).astimezone(UTC) for fold in (0, 1)})
