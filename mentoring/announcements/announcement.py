"""An entry of the communication plan, and the timetable that the round's dates make (D0.12, D0.14, D0.18, D0.19)."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from mentoring.core.people import Person
from mentoring.core.programmes import Cohort, Programme
from mentoring.core.working_hours import workday_start
from mentoring.sessions.session import Session, SessionAudience, SessionKind, SessionState

_WEEK = timedelta(weeks=1)
MOST_TEXT = 2500
MOST_NAME = 60
MOST_CHANNELS = 10
MOST_ENTRIES = 25
"""Entries of one round."""
MOST_DIRECT = 3
"""Direct messages that one person gets from the plan of one round."""


class AnnouncementKind(StrEnum):
    """In the order of the round. Stored: renaming a value needs a migration. OWN is one that an owner added."""

    CALL = "call"
    LAST_WEEK = "last-week"
    MATCHES_OUT = "matches-out"
    LAUNCH = "launch"
    HALF_WAY = "half-way"
    CELEBRATION = "celebration"
    THANKS = "thanks"
    CHANGES = "changes"
    OWN = "own"


class AnnouncementAudience(StrEnum):
    """Who gets it: channels, or participants of the round by direct message. Stored."""

    CHANNELS = "channels"
    MENTEES = "mentees"
    MENTORS = "mentors"
    EVERYONE = "everyone"

    @property
    def is_direct(self) -> bool:
        return self is not AnnouncementAudience.CHANNELS


class AnnouncementState(StrEnum):
    """Stored: renaming a value needs a migration.

    PLANNED waits for an owner's approval, APPROVED for its time. SENDING is on its way, until SENT or STOPPED. An owner
    can put a LEFT_OUT one back.
    """

    PLANNED = "planned"
    APPROVED = "approved"
    SENDING = "sending"
    SENT = "sent"
    STOPPED = "stopped"
    LEFT_OUT = "left-out"


CAN_CHANGE = frozenset({AnnouncementState.PLANNED, AnnouncementState.APPROVED})
IN_USE = frozenset({AnnouncementState.APPROVED, AnnouncementState.SENDING})


@dataclass(frozen=True)
class Announcement:
    """One entry of the plan of a cohort.

    `text` has placeholders; "" is the usual text of its kind. `name` is what owners call one of their OWN. `channels`
    are Slack ids. `has_buttons`: a post has the two buttons to apply. `moment` (calendar, aware) is when it goes out;
    None follows the round's dates. `approved_by` and `changed_by` are Slack user ids, "" for nobody. `version` 0 is the
    usual entry, which no owner has touched, and which is not stored.
    """

    id: str
    programme_id: str
    cohort_id: str
    kind: AnnouncementKind
    audience: AnnouncementAudience
    text: str = ""
    name: str = ""
    channels: tuple[str, ...] = ()
    has_buttons: bool = False
    moment: datetime | None = None
    state: AnnouncementState = AnnouncementState.PLANNED
    approved_by: str = ""
    changed_by: str = ""
    version: int = 0

    @property
    def lacks_text(self) -> bool:
        """Whether an owner has to write what nobody else knows."""
        return self.kind is AnnouncementKind.CHANGES and not self.text


@dataclass(frozen=True)
class Planned:
    """An entry with the cohort to which it belongs, and when it goes out (calendar, aware). Days are those of `clock`,
    a person without a time zone of their own, who has the programme's.
    """

    announcement: Announcement
    cohort: Cohort
    due: datetime
    clock: Person

    def is_too_late_at(self, moment: datetime) -> bool:
        """Whether it makes no sense any more at `moment` (calendar, aware): nobody can follow a call after the last day
        to apply.
        """
        last, closed = self.cohort.apply_by, self.cohort.closed_on
        return self.announcement.kind in _CALLS and (self.clock.today(moment) > last or closed is not None)


@dataclass(frozen=True)
class Progress:
    """How far one has got, in channels or people. `failed` did not arrive, `unsure` may not have arrived. `dropped`
    were left out when their turn came: their account was closed, it was too late, or it was stopped. `limited` had
    MOST_DIRECT messages before.
    """

    sent: int = 0
    waiting: int = 0
    failed: int = 0
    unsure: int = 0
    dropped: int = 0
    limited: int = 0

    @property
    def total(self) -> int:
        return self.sent + self.waiting + self.failed + self.unsure + self.dropped


@dataclass(frozen=True)
class AnnouncementContext:
    """What a message about an announcement is rendered from. `cohort` is its own, which may be over. `named` are the
    pairs (Slack user ids) of whom both agreed to be named. `progress` is loaded for owners. `session` is the one that
    it invites to.
    """

    announcement: Announcement
    cohort: Cohort
    named: tuple[tuple[str, str], ...] = ()
    progress: Progress = Progress()
    session: Session | None = None


@dataclass(frozen=True)
class AnnouncementOutdated:
    """What the messages about an announcement show has changed, without a change of the announcement."""

    announcement_id: str


_INVITES_TO = {
    AnnouncementKind.CALL: SessionKind.INFORMATION,
    AnnouncementKind.LAST_WEEK: SessionKind.INFORMATION,
    AnnouncementKind.MATCHES_OUT: SessionKind.ORIENTATION,
    AnnouncementKind.LAUNCH: SessionKind.ORIENTATION,
}


def session_of(announcement: Announcement, sessions: Iterable[Session]) -> Session | None:
    """The next one of the programme's `sessions`, in order of time, to which it invites: a call to an information
    session for anyone, and what is said around the start of the round to an orientation that is not for one role only,
    unless all who get the announcement have that role.
    """
    kind = _INVITES_TO.get(announcement.kind)
    planned = (each for each in sessions if each.kind is kind and each.state is SessionState.PLANNED)
    if kind is SessionKind.INFORMATION:
        invites = {SessionAudience.ANYONE}
    else:
        invites = {SessionAudience.ANYONE, SessionAudience.EVERYONE, *_ROLES.get(announcement.audience, ())}
    return next((each for each in planned if each.audience in invites), None)


_ROLES = {
    AnnouncementAudience.MENTEES: (SessionAudience.MENTEES,),
    AnnouncementAudience.MENTORS: (SessionAudience.MENTORS,),
}


def usual_id(cohort_id: str, kind: AnnouncementKind) -> str:
    """The id of the usual entry of this kind."""
    return f"{cohort_id}-{kind}"


def usual_day(kind: AnnouncementKind, cohort: Cohort) -> date:
    """The day that follows from the round's dates, which may be no working day. Not for OWN."""
    opens, apply_by, starts, ends = cohort.opens_on, cohort.apply_by, cohort.starts_on, cohort.ends_on
    return {
        AnnouncementKind.CALL: opens,
        AnnouncementKind.LAST_WEEK: max(opens, apply_by - _WEEK),
        AnnouncementKind.MATCHES_OUT: max(apply_by + timedelta(days=1), starts - timedelta(days=3)),
        AnnouncementKind.LAUNCH: starts,
        AnnouncementKind.HALF_WAY: starts + (ends - starts) / 2,
        AnnouncementKind.CELEBRATION: ends,
        AnnouncementKind.THANKS: ends + _WEEK,
        AnnouncementKind.CHANGES: ends + 4 * _WEEK,
    }[kind]


def usual_moment(kind: AnnouncementKind, cohort: Cohort, programme: Programme, clock: Person) -> datetime | None:
    """When working hours start on the usual day, or the next working day, by the `clock` of the programme. Aware."""
    if kind is AnnouncementKind.OWN:
        return None
    return workday_start(clock, programme, usual_day(kind, cohort))


def plan_of(
    cohort: Cohort, programme: Programme, stored: Collection[Announcement], clock: Person
) -> tuple[Planned, ...]:
    """The plan of a cohort in order of time: what is `stored`, and the usual entries besides.

    `clock` is a person without a time zone of their own, and so has the programme's.
    """
    mine = {each.id: each for each in stored if each.cohort_id == cohort.id}
    usual = {each.id: each for each in _usual(cohort)}
    found = [_planned(each, cohort, programme, clock) for each in {**usual, **mine}.values()]
    kinds = list(AnnouncementKind)
    return tuple(sorted(found, key=lambda each: (each.due, kinds.index(each.announcement.kind), each.announcement.id)))


def entries_of(
    stored: Collection[Announcement], cohorts: Sequence[Cohort], programme: Programme, clock: Person
) -> tuple[Planned, ...]:
    """Those of `stored` that belong to one of `cohorts`, with when they go out."""
    known = {cohort.id: cohort for cohort in cohorts}
    return tuple(_planned(each, known[each.cohort_id], programme, clock) for each in stored if each.cohort_id in known)


def is_missed(entry: Planned, now: datetime) -> bool:
    """Whether it was to go out more than two weeks before `now` (calendar, aware), and no owner approved it."""
    return entry.announcement.state is AnnouncementState.PLANNED and entry.due < now - 2 * _WEEK


def waits_for_approval(plan: Sequence[Planned], now: datetime) -> Planned | None:
    """The first entry that goes out within a week, or was to go out within the last two, and is not approved.

    None if no owner has used the plan of this round.
    """
    if not any(each.announcement.version for each in plan):
        return None
    waiting = (
        each
        for each in plan
        if each.announcement.state is AnnouncementState.PLANNED
        and each.due <= now + _WEEK
        and not is_missed(each, now)
        and not each.is_too_late_at(now)
    )
    return next(waiting, None)


def _usual(cohort: Cohort) -> Iterator[Announcement]:
    for kind, audience in _AUDIENCES.items():
        yield Announcement(
            usual_id(cohort.id, kind), cohort.programme_id, cohort.id, kind, audience, has_buttons=kind in _CALLS
        )


def _planned(announcement: Announcement, cohort: Cohort, programme: Programme, clock: Person) -> Planned:
    usual = usual_moment(announcement.kind, cohort, programme, clock)
    due = announcement.moment or usual or workday_start(clock, programme, cohort.starts_on)
    return Planned(announcement, cohort, due, clock)


_CALLS = frozenset({AnnouncementKind.CALL, AnnouncementKind.LAST_WEEK})
_AUDIENCES = {
    AnnouncementKind.CALL: AnnouncementAudience.CHANNELS,
    AnnouncementKind.LAST_WEEK: AnnouncementAudience.CHANNELS,
    AnnouncementKind.MATCHES_OUT: AnnouncementAudience.CHANNELS,
    AnnouncementKind.LAUNCH: AnnouncementAudience.EVERYONE,
    AnnouncementKind.HALF_WAY: AnnouncementAudience.EVERYONE,
    AnnouncementKind.CELEBRATION: AnnouncementAudience.CHANNELS,
    AnnouncementKind.THANKS: AnnouncementAudience.EVERYONE,
    AnnouncementKind.CHANGES: AnnouncementAudience.CHANNELS,
}
"""Channels first: three of the usual entries are direct messages."""
