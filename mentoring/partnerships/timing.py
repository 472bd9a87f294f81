"""When the messages of a partnership are due, counted in days: shorter partnerships have shorter distances (D1.9)."""

from dataclasses import dataclass
from datetime import timedelta

from mentoring.core.lengths import Length
from mentoring.core.programmes import Rhythm

_FIRST, _SECOND, _MONTH, _WEEK = 10, 24, 28, 7
"""Days of a partnership of three months or more."""
_LEAST_EVERY = 14
"""People are asked once in two weeks at most whether they have met."""


@dataclass(frozen=True)
class Timing:
    """`first_meeting_on` and `second_meeting_on` are days from the introduction.

    `nudge_every` is the time from a meeting, or from the last reminder to meet, to the next reminder.
    """

    first_meeting_on: int
    second_meeting_on: int
    nudge_every: timedelta


def timing_of(length: Length, rhythm: Rhythm) -> Timing:
    """The timing of a partnership of this length.

    Six weeks: days 7 and 14, then every two weeks. From three months on: days 10 and 24, then every four weeks. With a
    rhythm of several meetings a month, reminders come oftener. The closing survey is open for three weeks, whatever the
    length.
    """
    days = length.days
    every = min(max(_LEAST_EVERY, _MONTH // rhythm.monthly), max(_WEEK, days // 3))
    return Timing(
        first_meeting_on=min(_FIRST, days // 6),
        second_meeting_on=min(_SECOND, days // 3),
        nudge_every=timedelta(days=every),
    )


QUIET_DAYS = 3 * _WEEK
"""After so many days without a logged meeting a partnership is quiet, unless it is one of the SHORT_LENGTHS."""


def quiet_after(length: Length) -> int:
    """After how many days without a logged meeting a partnership of this length is quiet."""
    return min(QUIET_DAYS, length.days // 3)


SHORT_LENGTHS = (*(Length(months=n) for n in (1, 2)), *(Length(weeks=n) for n in range(1, 9)))
"""The lengths that are quiet before QUIET_DAYS."""
