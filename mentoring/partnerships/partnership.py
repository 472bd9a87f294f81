"""Partnerships: their dates and their end (D1.12), and pauses while a person is absent or on leave."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from mentoring.core.errors import NotForYou
from mentoring.core.lengths import Length, add_months
from mentoring.core.people import Person
from mentoring.partnerships.timing import quiet_after


class PartnershipState(StrEnum):
    """ACTIVE, ENDED early by one of the two people or an owner, or CLOSED at the agreed end."""

    ACTIVE = "active"
    ENDED = "ended"
    CLOSED = "closed"


@dataclass(frozen=True)
class Partnership:
    """A mentor and a mentee who were introduced.

    - `mentee`, `mentor`: Slack user ids.
    - `topics`: the topics that both named; `months` and `weeks`, one of them 0: the shorter of their two wishes.
    - `introduced_at` (calendar, aware): when both had accepted. Days count from here, in each person's time zone.
    - `over_at` (calendar, aware): when it ended or closed; None while it is active.
    - `back`: those of the two who have returned to the pool.
    - `declined_rematch`: those of the two who do not want to be matched with the other again. Only matching uses it.
    - `agreed_end`: the agreed end, if it was set as a date, when it was brought in or in an agreement; the length is
      then in whole months, or weeks.
    - `check_in_day`: the day of the check-in, if it was fixed when the end was moved.
    - `entered_on`: the day on which it was brought in, in UTC, if it ran before; None if it began here.
    - `met_before`, `last_met_before`: how many meetings there were before that, and the day of the last.
    """

    id: str
    cohort_id: str
    match_id: str
    mentee_application: str
    mentor_application: str
    mentee: str
    mentor: str
    topics: tuple[str, ...]
    months: int
    introduced_at: datetime
    state: PartnershipState = PartnershipState.ACTIVE
    over_at: datetime | None = None
    back: tuple[str, ...] = ()
    declined_rematch: tuple[str, ...] = ()
    agreed_end: date | None = None
    entered_on: date | None = None
    met_before: int = 0
    last_met_before: date | None = None
    version: int = 1
    weeks: int = 0
    check_in_day: date | None = None

    @property
    def length(self) -> Length:
        return Length(self.months, self.weeks)

    @property
    def people(self) -> tuple[str, str]:
        return self.mentee, self.mentor

    @property
    def is_active(self) -> bool:
        return self.state is PartnershipState.ACTIVE

    def other(self, person: str) -> str:
        return self.mentor if person == self.mentee else self.mentee

    @property
    def started_on(self) -> date:
        """The date of the introduction, in UTC."""
        return self.introduced_at.date()

    @property
    def ends_on(self) -> date:
        """The agreed end: the date that was set, else its length after `started_on`."""
        return self.agreed_end or self.length.after(self.started_on)

    @property
    def check_in_on(self) -> date:
        """The date of the check-in: after six months, or half-way if it is shorter than nine months (D2.10)."""
        if self.check_in_day:
            return self.check_in_day
        if self.months >= 9:
            return add_months(self.started_on, 6)
        return self.started_on + timedelta(days=(self.ends_on - self.started_on).days // 2)

    @property
    def has_check_in(self) -> bool:
        """Whether its people are asked for a check-in: not if its day had passed when it was brought in."""
        return self.entered_on is None or self.entered_on <= self.check_in_on

    def met_on(self, logged: Iterable[date]) -> tuple[date, ...]:
        """The days of all meetings: those `logged` here, and for each earlier one the day of the last of them."""
        before = (self.last_met_before,) * self.met_before if self.last_met_before else ()
        return (*before, *logged)

    def takes_place_of(self, person: str) -> bool:
        """Whether it takes a place of this person's application: until it is over and they return to the pool."""
        return self.is_active or person not in self.back


def check_partner(partnership: Partnership, by: str) -> None:
    """Raise NotForYou unless `by` (a Slack user id) is one of the two people."""
    if by not in partnership.people:
        raise NotForYou


def places_taken(partnerships: Iterable[Partnership]) -> Counter[str]:
    """Count the places that the partnerships take, by application id."""
    return Counter(
        application
        for p in partnerships
        for application, person in ((p.mentee_application, p.mentee), (p.mentor_application, p.mentor))
        if p.takes_place_of(person)
    )


@dataclass(frozen=True)
class Pause:
    """An active partnership in which at least one person is absent, or on leave."""

    partnership: Partnership
    unavailable: tuple[Person, ...]

    @property
    def since(self) -> datetime | None:
        """When the first of them became absent or went on leave (calendar, aware), or None if that is unknown."""
        leaves = (person.leave.since for person in self.unavailable if person.leave)
        return min((*(person.left_at for person in self.unavailable if person.left_at), *leaves), default=None)

    @property
    def is_open_ended(self) -> bool:
        """Whether somebody is absent, so that nobody knows when it ends."""
        return any(person.is_absent for person in self.unavailable)

    @property
    def until(self) -> date | None:
        """The day on which all of them are back, unless it `is_open_ended`."""
        days = [person.leave.until for person in self.unavailable if person.leave]
        return None if self.is_open_ended else max(days, default=None)


def pause_of(partnership: Partnership, people: Mapping[str, Person]) -> Pause | None:
    """The pause of `partnership`, or None. `people` are by Slack user id; a person not among them counts as present."""
    away = tuple(people[each] for each in partnership.people if each in people and people[each].is_unavailable)
    return Pause(partnership, away) if partnership.is_active and away else None


def quiet_days(partnership: Partnership, last_met: date | None, today: date, *, is_paused: bool) -> int:
    """For how many days an active partnership has logged no meeting, since the last one or the introduction.

    0 if it is not quiet: before `quiet_after` its length, from its agreed end on, and while it is paused.
    """
    days = (today - (last_met or partnership.started_on)).days
    is_quiet = partnership.is_active and not is_paused and today < partnership.ends_on
    return days if is_quiet and days >= quiet_after(partnership.length) else 0
