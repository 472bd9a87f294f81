"""Partnerships: their dates and their end (D1.12), and their pauses: asked for, or while a person is away."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from mentoring.core.errors import NotForYou
from mentoring.core.lengths import Length, add_months
from mentoring.core.people import Person
from mentoring.core.programmes import Programme
from mentoring.partnerships.timing import quiet_after

ASK_BEFORE_END = timedelta(weeks=6)
"""Nobody is asked about the end before that."""


class PartnershipState(StrEnum):
    """ACTIVE, ENDED early by one of the two people or an owner, or CLOSED at the agreed end."""

    ACTIVE = "active"
    ENDED = "ended"
    CLOSED = "closed"


@dataclass(frozen=True)
class RequestedPause:
    """A pause of one partnership, for which one of the two asked, or an owner. They give no reason.

    - `by`: who asked, or has changed the day since (a Slack user id), "" once that person is erased.
    - `since` (calendar, aware): when they asked.
    - `until`: the day on which the partnership carries on by itself; None: when one of them says so.
    - `over_on`: the day on which it carried on; None while the pause lasts.
    - `confirmed`: those of the two who have said that it carries on on that day.
    - `moves_end`: those of the two who want the agreed end moved by the length of the pause.
    """

    by: str
    since: datetime
    until: date | None
    over_on: date | None = None
    confirmed: tuple[str, ...] = ()
    moves_end: tuple[str, ...] = ()

    @property
    def length(self) -> timedelta:
        """In whole days, counted in UTC; nothing while it lasts."""
        return max(self.over_on - self.since.date(), timedelta()) if self.over_on else timedelta()


SURVEY_AFTER_PAUSE = timedelta(weeks=1)
"""After a pause the closing survey waits this long at least, so that the two can move the agreed end first."""


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
    - `completed_on`: the day on which both agreed to complete it early, which is then its agreed end.
    - `entered_on`: the day on which it was brought in, in UTC, if it ran before; None if it began here.
    - `pause`: the newest pause for which one of the two asked, or None. See `pause_of` for whether it is paused now.
    - `paused`: the length of all such pauses that are over. Days that count from the introduction stand still in them.
    - `responsible`: the owner (Slack user id) to whom it was handed over, or "". See `mentoring.oversight.responsible`.
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
    pause: RequestedPause | None = None
    paused: timedelta = timedelta()
    completed_on: date | None = None
    responsible: str = ""

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
    def lasting_pause(self) -> RequestedPause | None:
        """The pause for which one of the two asked, while it lasts."""
        return self.pause if self.is_active and self.pause and self.pause.over_on is None else None

    @property
    def resumed_on(self) -> date:
        """The day on which it last carried on after such a pause; `date.min` if there was none."""
        return self.pause.over_on if self.pause and self.pause.over_on else date.min

    @property
    def survey_on(self) -> date:
        """From when the closing survey is asked: the agreed end, but some time after a pause, unless it was completed
        early.
        """
        if self.completed_on:
            return self.ends_on
        return max(self.ends_on, self.resumed_on + SURVEY_AFTER_PAUSE)

    def counted_from(self, person: Person) -> date:
        """The day from which days count for this person: that of the introduction, in their time zone, and later by
        the pauses for which the two asked.
        """
        return person.today(self.introduced_at) + self.paused

    @property
    def check_in_on(self) -> date:
        """The date of the check-in: after six months, or half-way if it is shorter than nine months (D2.10)."""
        if self.check_in_day:
            return self.check_in_day
        start = self.started_on + self.paused
        if self.months >= 9:
            return add_months(start, 6)
        return start + timedelta(days=(self.ends_on - start).days // 2)

    @property
    def end_question_on(self) -> date:
        """The date on which both are asked whether to go on: at three quarters of the time without pauses, at most six
        weeks before the agreed end.
        """
        start = self.started_on + self.paused
        whole = (self.ends_on - start).days
        return max(start + timedelta(days=whole * 3 // 4), self.ends_on - ASK_BEFORE_END)

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


@dataclass(frozen=True)
class EndArrived:
    """The agreed end has come, or the earlier day that one of the two had proposed. Nothing is stored: messages that
    asked about the end show it.
    """

    partnership_id: str


def latest_end(partnership: Partnership, programme: Programme) -> date:
    """The last day on which the partnership may end: after the longest length of its programme (D1.12)."""
    return max(length.after(partnership.started_on) for length in programme.lengths)


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
    """An active partnership that stands still: one of the two asked for it, or at least one is absent or on leave."""

    partnership: Partnership
    unavailable: tuple[Person, ...]

    @property
    def requested(self) -> RequestedPause | None:
        """The pause for which one of the two asked, if it lasts."""
        return self.partnership.lasting_pause

    @property
    def since(self) -> datetime | None:
        """When it began (calendar, aware), or None if that is unknown."""
        found = [person.leave.since for person in self.unavailable if person.leave]
        found += [person.left_at for person in self.unavailable if person.left_at]
        return min((*found, *([self.requested.since] if self.requested else [])), default=None)

    @property
    def has_absent(self) -> bool:
        """Whether the account of one of the two is deactivated."""
        return any(person.is_absent for person in self.unavailable)

    @property
    def is_open_ended(self) -> bool:
        """Whether nobody knows when it ends: somebody is absent, or it was asked for without a day."""
        return self.has_absent or (self.requested is not None and self.requested.until is None)

    @property
    def until(self) -> date | None:
        """The day on which it carries on, unless it `is_open_ended`."""
        days = [person.leave.until for person in self.unavailable if person.leave]
        if self.requested and self.requested.until:
            days.append(self.requested.until)
        return None if self.is_open_ended else max(days, default=None)


def pause_of(partnership: Partnership, people: Mapping[str, Person]) -> Pause | None:
    """The pause of `partnership`, or None. `people` are by Slack user id; a person not among them counts as present."""
    away = tuple(people[each] for each in partnership.people if each in people and people[each].is_unavailable)
    return Pause(partnership, away) if partnership.is_active and (away or partnership.lasting_pause) else None


def days_without_meeting(partnership: Partnership, last_met: date | None, today: date) -> int:
    """The days since the last meeting, the introduction or a pause that one of them asked for, whichever was last."""
    return (today - max(last_met or partnership.started_on, partnership.resumed_on)).days


def quiet_days(partnership: Partnership, last_met: date | None, today: date, *, is_paused: bool) -> int:
    """For how many days an active partnership has logged no meeting, since the last one, the introduction, or a pause
    for which one of the two asked.

    0 if it is not quiet: before `quiet_after` its length, from its agreed end on, and while it is paused.
    """
    days = days_without_meeting(partnership, last_met, today)
    is_quiet = partnership.is_active and not is_paused and today < partnership.ends_on
    return days if is_quiet and days >= quiet_after(partnership.length) else 0
