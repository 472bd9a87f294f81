"""The working hours that two people share, on the first day of a cohort."""

from datetime import UTC, datetime, time

from mentoring.core.people import Person
from mentoring.core.programmes import Cohort, Programme

_DAY = 24 * 60


def begins(person: Person, programme: Programme, cohort: Cohort) -> int:
    """The minute of the day (UTC) at which this person's working day begins on the first day of the cohort."""
    offset = person.local(datetime.combine(cohort.starts_on, time(12), UTC)).utcoffset()
    minutes = int(offset.total_seconds()) // 60 if offset else 0
    return (_minute(programme.workday[0]) - minutes) % _DAY


def shared(one: int, other: int, programme: Programme) -> int:
    """Whole hours that two working days share, which begin at these minutes of the day."""
    lasts = working_minutes(programme)
    distance = (one - other) % _DAY
    return (max(0, lasts - distance) + max(0, lasts - (_DAY - distance))) // 60


def working_minutes(programme: Programme) -> int:
    first, last = programme.workday
    return (_minute(last) - _minute(first)) % _DAY


def _minute(clock: time) -> int:
    return clock.hour * 60 + clock.minute
