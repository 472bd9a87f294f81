"""A regular time: the weekday, hour and rhythm at which two people meet, and the days that this gives (D1.13)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from mentoring.core.people import Person, zone_named

MOST_MEETINGS = 53
"""A weekly meeting for a year."""
LONGEST = timedelta(days=365)
"""From the first meeting to the last one."""


class RegularState(StrEnum):
    """OFFERED and not answered; AGREED; DECLINED or withdrawn; ENDED by one of the two. Stored: renaming a value needs
    a migration.
    """

    OFFERED = "offered"
    AGREED = "agreed"
    DECLINED = "declined"
    ENDED = "ended"


class SkipReason(StrEnum):
    """Why a day is left out."""

    DAY_OFF = "day-off"
    LEAVE = "leave"
    BUSY = "busy"


@dataclass(frozen=True)
class SkippedDay:
    """A meeting that would begin at `starts_at` (aware) and is left out."""

    starts_at: datetime
    reason: SkipReason


@dataclass(frozen=True)
class RegularTime:
    """When two people meet again and again.

    - `starts_at` (aware): the first meeting. The others have its weekday and hour in `zone`, a time zone of
      `zone_named`, so that the hour stays the same there when the clocks change.
    - `weeks`: from one meeting to the next. `minutes`: how long each takes.
    - `until`: the last day, in `zone`.
    - `offered_by`: who offers it, and `ended_by`: who declined, withdrew or ended it (Slack user ids, or "").
    """

    id: str
    partnership_id: str
    state: RegularState
    starts_at: datetime
    zone: str
    weeks: int
    minutes: int
    until: date
    offered_by: str
    ended_by: str = ""
    version: int = 1

    @property
    def is_withdrawn(self) -> bool:
        """Whether the person who offered it has taken it back."""
        return self.state is RegularState.DECLINED and self.ended_by == self.offered_by != ""

    def awaits(self, person: str) -> bool:
        """Whether this person (Slack user id) has the next word."""
        return self.state is RegularState.OFFERED and person != self.offered_by

    def starts(self) -> Iterator[datetime]:
        """The start of every meeting that the rhythm gives, in UTC, also of those that are left out."""
        zone = zone_named(self.zone) or UTC
        first = self.starts_at.astimezone(zone)
        for number in range(MOST_MEETINGS):
            day = first.date() + timedelta(weeks=number * self.weeks)
            if day > self.until:
                return
            yield datetime.combine(day, first.time(), zone).astimezone(UTC)

    def changed(self, **changes: object) -> "RegularTime":
        """The next version."""
        return replace(self, **{**changes, "version": self.version + 1})  # type: ignore[arg-type]


@dataclass(frozen=True)
class RegularDays:
    """The meetings that a regular time gives: their starts (UTC), and those that are left out."""

    starts: tuple[datetime, ...]
    skipped: tuple[SkippedDay, ...] = ()


@dataclass(frozen=True)
class OwnRegularTime:
    """A regular time as its two people see it. `days` are what it would give while it is offered; afterwards the
    meetings that are booked and lie ahead are in `ahead`, as ids and starts (aware), in order of time. `more` are the
    starts (aware) of those that can be booked besides, because the partnership ends later now.
    """

    regular: RegularTime
    days: RegularDays
    ahead: tuple[tuple[str, datetime], ...] = ()
    more: tuple[datetime, ...] = ()


def zone_name_of(person: Person) -> str:
    """The name of the time zone of `Person.zone`, for `zone_named`."""
    return next((name for name in (person.time_zone, person.programme_zone) if zone_named(name)), "UTC")
