"""A partnership: how long it lasts, and ending it without blame (D1.12, D2.9)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from mentoring.core.errors import NotForYou
from mentoring.core.outcome import NOTHING, Notification, NotificationKind, Outcome
from mentoring.core.people import Person
from mentoring.core.working_hours import add_months
from mentoring.partnerships.errors import AlreadyEnded, StillRunning


class PartnershipState(StrEnum):
    """ACTIVE; ENDED by one of the two or an owner; CLOSED at the agreed end, after the survey."""

    ACTIVE = "active"
    ENDED = "ended"
    CLOSED = "closed"


@dataclass(frozen=True)
class Partnership:
    """Two people who meet. `introduced_at` is when both had accepted: days count from there, on each person's own
    calendar.

    `months` is the shorter of their two wishes; `topics` what they share; `back` who has gone back to the pool after
    it; `not_again` who would rather not be matched with the other again, which nobody else is told.
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
    not_again: tuple[str, ...] = ()
    version: int = 1

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
        """The day of the introduction, in UTC."""
        return self.introduced_at.date()

    @property
    def ends_on(self) -> date:
        """The agreed end, from the day of the introduction in UTC."""
        return add_months(self.started_on, self.months)

    @property
    def check_in_on(self) -> date:
        """Six months in; half-way where it is shorter than nine months (D2.10)."""
        if self.months >= 9:
            return add_months(self.started_on, 6)
        return self.started_on + timedelta(days=(self.ends_on - self.started_on).days // 2)

    def takes_place_of(self, person: str) -> bool:
        """Whether it still uses up a place of this person's application: until it is over and they went back to the
        pool.
        """
        return self.is_active or person not in self.back


def check_partner(partnership: Partnership, by: str) -> None:
    """Raise NotForYou unless `by` is one of the two."""
    if by not in partnership.people:
        raise NotForYou


def end(partnership: Partnership, *, by: str, owners: Sequence[str], now: datetime) -> Outcome:
    """End it, no reason owed; both hear the same words whoever did. Raises NotForYou, AlreadyEnded."""
    if by not in partnership.people and by not in owners:
        raise NotForYou
    if not partnership.is_active:
        raise AlreadyEnded
    ended = replace(partnership, state=PartnershipState.ENDED, over_at=now, version=partnership.version + 1)
    return Outcome((ended,), both(ended, NotificationKind.PARTNERSHIP_ENDED))


def close(partnership: Partnership, *, now: datetime) -> Outcome:
    """Close it at its agreed end, with thanks. Closing what is over changes nothing."""
    if not partnership.is_active:
        return NOTHING
    closed = replace(partnership, state=PartnershipState.CLOSED, over_at=now, version=partnership.version + 1)
    return Outcome((closed,), both(closed, NotificationKind.PARTNERSHIP_CLOSED))


def decline_rematch(partnership: Partnership, *, by: str) -> Outcome:
    """One of the two would rather not be matched with the other again, now that it is over; nobody is told. Twice is
    once. Raises NotForYou, StillRunning.
    """
    _check_over(partnership, by)
    if by in partnership.not_again:
        return NOTHING
    not_again = (*partnership.not_again, by)
    return Outcome((replace(partnership, not_again=not_again, version=partnership.version + 1),))


def allow_rematch(partnership: Partnership, *, by: str) -> Outcome:
    """They take that back. Twice is once. Raises NotForYou, StillRunning."""
    _check_over(partnership, by)
    if by not in partnership.not_again:
        return NOTHING
    not_again = tuple(person for person in partnership.not_again if person != by)
    return Outcome((replace(partnership, not_again=not_again, version=partnership.version + 1),))


def _check_over(partnership: Partnership, by: str) -> None:
    """Raise NotForYou unless `by` is one of the two, StillRunning until it is over."""
    check_partner(partnership, by)
    if partnership.is_active:
        raise StillRunning


def places_taken(partnerships: Iterable[Partnership]) -> Counter[str]:
    """By application id, how many of its places they take."""
    return Counter(
        application
        for p in partnerships
        for application, person in ((p.mentee_application, p.mentee), (p.mentor_application, p.mentor))
        if p.takes_place_of(person)
    )


def both(partnership: Partnership, kind: NotificationKind) -> tuple[Notification, ...]:
    """The same notice for each of the two."""
    return tuple(
        Notification(f"{kind}:{partnership.id}:{person}", kind, person, {"partnership": partnership.id})
        for person in partnership.people
    )


@dataclass(frozen=True)
class Pause:
    """An active partnership, and those of its two who have left."""

    partnership: Partnership
    away: tuple[Person, ...]

    @property
    def since(self) -> datetime | None:
        """When the first of them left, as far as we know."""
        return min((person.left_at for person in self.away if person.left_at), default=None)


def pause_of(partnership: Partnership, people: Mapping[str, Person]) -> Pause | None:
    """The pause that `partnership` is in, or None; `people` by id, who is not among them is here."""
    away = tuple(people[each] for each in partnership.people if each in people and people[each].is_away)
    return Pause(partnership, away) if partnership.is_active and away else None
