"""Programmes that work on odd days, and clocks that do odd things."""

from dataclasses import replace
from datetime import date, time, timedelta
from zoneinfo import available_timezones

from hypothesis import strategies as st

from mentoring.core.programmes import Programme
from mentoring.programmes.settings import MOST_CLOSED_DAYS
from tests.mentoring.values import PROGRAMME

ZONES = st.sampled_from(sorted(available_timezones()))
COUNTRIES = st.sampled_from(["", "GB", "DE", "US", "IL", "SA", "CN", "ZZ"])
CHRISTMAS = tuple(date(2027, 12, 20) + timedelta(days=after) for after in range(21))
"""Three weeks, closed from a Monday to a Sunday."""
WEDNESDAYS = replace(PROGRAMME, working_days=(2,))
LONDONS = replace(PROGRAMME, country="GB", closed_days=CHRISTMAS)


def at_work(starts: str, ends: str, *, every_day: bool = True) -> Programme:
    """A programme with these hours, seven days a week unless told otherwise."""
    hours = (time.fromisoformat(starts), time.fromisoformat(ends))
    return replace(PROGRAMME, workday=hours, working_days=tuple(range(7)) if every_day else PROGRAMME.working_days)


@st.composite
def programmes(draw: st.DrawFn, first: date, last: date) -> Programme:
    """Any that the set-up lets through, with its half hours, closed for some time between the two days."""
    starts = draw(st.integers(0, 46))
    ends = draw(st.integers(starts + 1, 47))
    begins = draw(st.dates(first, last))
    step = draw(st.sampled_from([1, 1, 7]))
    closed = {begins + timedelta(days=step * n) for n in range(draw(st.integers(0, 30)))}
    closed |= draw(st.sets(st.dates(first, last), max_size=MOST_CLOSED_DAYS - 30))
    return replace(
        PROGRAMME,
        workday=(time(starts // 2, starts % 2 * 30), time(ends // 2, ends % 2 * 30)),
        working_days=tuple(sorted(draw(st.sets(st.integers(0, 6), min_size=1)))),
        closed_days=tuple(sorted(closed)),
        country=draw(COUNTRIES),
    )
