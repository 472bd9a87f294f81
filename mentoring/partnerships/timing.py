"""When the messages of a partnership are due, counted in days: shorter partnerships have shorter distances (D1.9)."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from mentoring.core.lengths import Length
from mentoring.core.programmes import Rhythm

_FIRST, _SECOND, _MONTH, _WEEK = 10, 24, 28, 7
"""Days of a partnership of three months or more."""
_LEAST_EVERY = 14
"""People are asked once in two weeks at most whether they have met."""


class MeetingRhythm(StrEnum):
    """How often two people agree to meet. The most often comes first."""

    EVERY_WEEK = "week"
    EVERY_SECOND_WEEK = "second-week"
    EVERY_THIRD_WEEK = "third-week"
    ONCE_A_MONTH = "month"

    @property
    def distance(self) -> timedelta:
        """From one meeting to the next."""
        return timedelta(days=_DISTANCES[self])


_DISTANCES = {
    MeetingRhythm.EVERY_WEEK: _WEEK,
    MeetingRhythm.EVERY_SECOND_WEEK: 2 * _WEEK,
    MeetingRhythm.EVERY_THIRD_WEEK: 3 * _WEEK,
    MeetingRhythm.ONCE_A_MONTH: _MONTH,
}


def allowed_rhythms(rhythm: Rhythm) -> tuple[MeetingRhythm, ...]:
    """Those that give as many meetings a month as the programme asks for at least, the most often first."""
    return tuple(each for each in MeetingRhythm if _MONTH // each.distance.days >= rhythm.monthly)


@dataclass(frozen=True)
class Timing:
    """`first_meeting_on` and `second_meeting_on` are days from the introduction.

    `meet_every` is the time from one meeting to the next, and `nudge_every` the time from a meeting, or from the last
    reminder to meet, to the next reminder.
    """

    first_meeting_on: int
    second_meeting_on: int
    nudge_every: timedelta
    meet_every: timedelta


def timing_of(length: Length, rhythm: Rhythm, agreed: MeetingRhythm | None = None) -> Timing:
    """The timing of a partnership of this length, with the rhythm that its people have `agreed` on, if the programme's
    allows it.

    Six weeks: days 7 and 14, then every two weeks. From three months on: days 10 and 24, then every four weeks. With a
    rhythm of several meetings a month, reminders come oftener. The closing survey is open for three weeks, whatever the
    length.
    """
    days = length.days
    own = agreed.distance if agreed and agreed in allowed_rhythms(rhythm) else None
    meet = own.days if own else _MONTH // rhythm.monthly
    every = min(max(_LEAST_EVERY, meet), max(_WEEK, days // 3))
    return Timing(
        first_meeting_on=min(_FIRST, days // 6),
        second_meeting_on=min(_SECOND, days // 3),
        nudge_every=timedelta(days=every),
        meet_every=own or timedelta(days=every),
    )


_ASKED_EARLY = 12 * _WEEK


def is_asked_early(length: Length) -> bool:
    """Whether its people are asked with the second reminder whether the match is a good one: from twelve weeks on."""
    return length.days >= _ASKED_EARLY


def asked_meetings(length: Length, rhythm: Rhythm) -> int:
    """How many meetings the programme asks for, at least, in a partnership of this length (D1.9)."""
    months = length.months or max(1, length.days // _MONTH)
    return rhythm.first_month + rhythm.monthly * (months - 1)


QUIET_DAYS = 3 * _WEEK
"""After so many days without a logged meeting a partnership is quiet, unless it is one of the SHORT_LENGTHS."""


def quiet_after(length: Length) -> int:
    """After how many days without a logged meeting a partnership of this length is quiet."""
    return min(QUIET_DAYS, length.days // 3)


SHORT_LENGTHS = (*(Length(months=n) for n in (1, 2)), *(Length(weeks=n) for n in range(1, 9)))
"""The lengths that are quiet before QUIET_DAYS."""
