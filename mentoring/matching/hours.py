"""How many hours of the working day two people share, wherever they live."""

from datetime import UTC, datetime, time

from mentoring.person import Person
from mentoring.programme import Cohort, Programme

_DAY = 24 * 60


def begins(person: Person, programme: Programme, cohort: Cohort) -> int:
    """The minute of the day, in UTC, at which this person's working day begins when the cohort starts."""
    offset = person.local(datetime.combine(cohort.starts_on, time(12), UTC)).utcoffset()
    minutes = int(offset.total_seconds()) // 60 if offset else 0
    return (_minute(programme.workday[0]) - minutes) % _DAY


def shared(one: int, other: int, programme: Programme) -> int:
    """Whole hours in common of two working days that begin at these minutes."""
    lasts = working_minutes(programme)
    apart = (one - other) % _DAY
    return (max(0, lasts - apart) + max(0, lasts - (_DAY - apart))) // 60


def working_minutes(programme: Programme) -> int:
    first, last = programme.workday
    return (_minute(last) - _minute(first)) % _DAY


def _minute(clock: time) -> int:
    return clock.hour * 60 + clock.minute
