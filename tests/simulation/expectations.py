"""The book of what is owed to whom: each entry said once, not early, at a decent hour, and not lost."""

import heapq
import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from tests.simulation.almanac import DAY, Almanac, day_of

PATIENCE = timedelta(minutes=45)
"""How long the bot may take, of time in which it runs, Slack answers and the reader is to be written to."""
CROSSING = timedelta(seconds=60)
"""What is on its way while people act cannot be called back. What the bot does itself excuses nothing."""
_FRESH = timedelta(minutes=15) + CROSSING
"""For so long what somebody caused may be said at any hour."""
_A_DAY_OF_WORK = timedelta(hours=8)
A_WEEK = 7 * DAY
CARRIED: Mapping[str, timedelta | None] = {
    "meeting-logged": 14 * DAY,
    "partner-back": 30 * DAY,
    "owners-person-back": 30 * DAY,
    "still-waiting": 30 * DAY,
    "plan-shared": 30 * DAY,
    "plan-changed": 14 * DAY,
    "plan-review": 30 * DAY,
    "weekly-status": None,
}
"""Of these a person gets one a week at most, counted in their own days; with the time after which it is not said any
more, where that is not told of it.
"""
_DECIDED_WHEN_DUE = {"plan-review": 30 * DAY}
"""Of these those that are decided when they are due, or when their reader is back: their time begins then."""
_REMINDERS_TO_MEET = ("first-meeting-nudge", "second-meeting-nudge", "monthly-nudge")
_WITH_THE_STATUS = "owners-person-back"
"""Waits for the owners' next weekly status and travels with it, or with any message before; or goes by itself later."""
_THREE_WEEKS = 22 * DAY
_OF_TWO_CLOCKS = DAY
"""Such a time is measured by the stopwatch: by the calendar, which is put, it may be over earlier or later."""


class Complaint(StrEnum):
    TWICE = "twice"
    TOO_OFTEN = "the second within a week"
    EARLY = "early"
    LOST = "lost"
    POINTLESS = "pointless by then"
    AT_NIGHT = "at night"
    TO_ONE_WHO_IS_OUT_OF_IT = "to one who is out of it"
    UNASKED = "unasked"
    RAISED = "the product raised"
    OUTDATED = "shows what is not so any more"
    IGNORED = "taken, and nothing came of it"


class Broken(BaseException):
    """A promise is broken. Not an Exception, so that nothing of the product's catches it."""

    def __init__(self, complaint: Complaint, about: str) -> None:
        super().__init__(f"{complaint}: {about}")
        self.complaint = complaint


@dataclass(eq=False)
class ExpectedMessage:
    """`reader` is whom it is for ("A+B": the two in one conversation); `about` whatever tells it from others like it.

    It may be said from `due` on and is pointless from `until` on (calendar), or up to `grace` later. `at_once`: at any
    hour, as long as nothing was in the way for long since `since` (stopwatch). `tolerated` is how much before `due` is
    still borne. In `quiet` it is not said, nor while one that it is `behind` is due and still to be said. `needed` is
    False where it may be said, or not. `off_since` and `held_since` (stopwatch): it is pointless, or held back while
    somebody is away; `crosses` is False where that came of what the bot said itself. `name` is that of the notice that
    somebody's act has just led to, where that is known: two alike are told apart by it. From `own_due` on it may be a
    line of another. `is_put_off`: when it was due, one that it is behind was unsaid, and it may be a day later.
    """

    kind: str
    reader: str
    about: str
    due: datetime
    until: datetime | None = None
    grace: timedelta = timedelta(0)
    at_once: bool = False
    since: datetime | None = None
    tolerated: timedelta = timedelta(0)
    quiet: tuple[datetime, datetime] | None = None
    behind: "tuple[ExpectedMessage, ...]" = ()
    needed: bool = True
    said: bool = False
    off_since: datetime | None = None
    held_since: datetime | None = None
    crosses: bool = True
    name: str = ""
    own_due: datetime | None = None
    is_hindered: bool = False
    is_put_off: bool = False
    waited: timedelta = timedelta(0)

    @property
    def is_open(self) -> bool:
        return not self.said and self.off_since is None

    def __str__(self) -> str:
        return f"{self.kind} to {self.reader} about {self.about or 'the programme'}, due {self.due:%a %d %b %Y %H:%M}"


@dataclass(frozen=True)
class SentMessage:
    """A message as Slack took it. `sent` (calendar) and `sent_at` (stopwatch) are when it was on its way to Slack;
    `latest` the latest that the calendar had shown by then; `posted` what Slack's own clock showed when it was there.
    `name` is that of the notice it was made from. `is_line`: it was a line of another message.
    """

    kind: str
    reader: str
    about: str
    sent: datetime
    latest: datetime
    sent_at: datetime
    posted: datetime
    name: str = ""
    is_line: bool = False

    def __str__(self) -> str:
        return f"{self.kind} to {self.reader} about {self.about or 'the programme'}, {self.sent:%a %d %b %Y %H:%M:%S}"


class ExpectationBook:
    """`zones` are people's, by id; `stopwatch` gives the moment by which things cross."""

    def __init__(self, almanac: Almanac, zones: Mapping[str, str], stopwatch: Callable[[], datetime]) -> None:
        self._almanac = almanac
        self._zones = zones
        self._stopwatch = stopwatch
        self._all: dict[tuple[str, str, str], list[ExpectedMessage]] = {}
        self._coming: list[tuple[datetime, int, ExpectedMessage]] = []
        self._open: list[ExpectedMessage] = []
        self._numbers = itertools.count()
        self._carried: dict[str, datetime] = {}
        """By reader, when they last got one of those that are carried, by Slack's clock."""

    def enqueue(self, owed: ExpectedMessage) -> ExpectedMessage:
        owed.since, owed.own_due = self._stopwatch(), owed.due
        if valid := CARRIED.get(owed.kind):
            pointless = owed.due + valid - _OF_TWO_CLOCKS
            if owed.until is None or pointless < owed.until:
                owed.until, owed.grace = pointless, 2 * _OF_TWO_CLOCKS
        self._put_off(owed)
        self._all.setdefault((owed.kind, owed.reader, owed.about), []).append(owed)
        self._expect(owed)
        return owed

    def open(self) -> Iterator[ExpectedMessage]:
        """All that is still to be said."""
        return (owed for found in self._all.values() for owed in found if owed.is_open)

    def of(self, kind: str, reader: str, about: str) -> list[ExpectedMessage]:
        return self._all.get((kind, reader, about), [])

    def name(self, kind: str, reader: str, about: str, name: str) -> None:
        """The notice of that name is of what has just been done: of what is to be said at once, from this moment on."""
        for owed in reversed(self.of(kind, reader, about)):
            if owed.at_once and owed.since == self._stopwatch() and owed.is_open and not owed.name:
                owed.name = name
                return

    def call_off(self, kind: str, reader: str, about: str, *, by_itself: bool = False) -> None:
        """It is pointless from now on, as far as it is not said: `by_itself` by what the bot has said, or else by what
        somebody did.
        """
        for owed in self.of(kind, reader, about):
            if owed.is_open:
                owed.off_since, owed.crosses = self._stopwatch(), not by_itself

    def delay(self, owed: ExpectedMessage, earliest: datetime, due: datetime) -> None:
        """It is not to be said before `earliest`, and expected from `due` on."""
        if due > owed.due:
            owed.tolerated = due - max(owed.due - owed.tolerated, earliest)
            owed.due, owed.waited = due, timedelta(0)
            self._expect(owed)

    def now(self) -> datetime:
        """The stopwatch."""
        return self._stopwatch()

    def may(self, kind: str, reader: str, about: str) -> None:
        """It may be said or not, from now on."""
        for owed in self.of(kind, reader, about):
            owed.needed = False

    def hold(self, owed: ExpectedMessage) -> None:
        """Somebody is away."""
        owed.held_since = owed.held_since or self._stopwatch()

    def release(self, owed: ExpectedMessage, now: datetime, expected: datetime) -> None:
        """They are back at `now` (calendar); what is due by then is expected from `expected` on."""
        owed.held_since = None
        owed.tolerated += max(expected - now, timedelta(0))
        owed.due = max(owed.due, expected)
        if owed.kind == "items-due" and self._was_listed(owed):
            owed.due, owed.tolerated = owed.due + 3 * DAY, owed.tolerated + 3 * DAY
        if (valid := _DECIDED_WHEN_DUE.get(owed.kind)) and owed.until and owed.due == expected:
            owed.until, owed.own_due = max(owed.until, expected + valid - _OF_TWO_CLOCKS), expected
        self._put_off(owed)
        self._expect(owed)

    def _was_listed(self, owed: ExpectedMessage) -> bool:
        """Whether a reminder to meet that lists what is due may be on its way. If it has no point any more, the bot
        looks again at what is due on the next working day.
        """
        nudges = (each for kind in _REMINDERS_TO_MEET for each in self.of(kind, owed.reader, owed.about))
        return any(not each.said and each.due <= owed.due for each in nudges)

    def say(self, said: SentMessage) -> ExpectedMessage:
        """Strike it out. Raises Broken."""
        if (
            said.kind in CARRIED
            and not said.is_line
            and day_of(said.sent, self._zones[said.reader]) < self._free_on(said.reader)
        ):
            raise Broken(Complaint.TOO_OFTEN, str(said))
        owed = self._meant(said)
        if said.is_line:  # it goes when the other goes
            owed.said = True
            return owed
        if not _is_fresh(owed, said) and not self._is_decent(said):
            raise Broken(Complaint.AT_NIGHT, str(said))
        for first in owed.behind:
            if first.needed and _is_waiting(first, said.sent):
                raise Broken(Complaint.EARLY, f"{said}; not before {first}")
        if owed.quiet and owed.quiet[0] <= said.sent < owed.quiet[1]:
            raise Broken(Complaint.EARLY, f"{said}; nothing of the kind until {owed.quiet[1]:%a %d %b %Y}")
        owed.said = True
        if said.kind in CARRIED:
            self._carry(said, owed)
        return owed

    def _carry(self, said: SentMessage, owed: ExpectedMessage) -> None:
        """The others wait for a week."""
        self._carried[said.reader] = said.posted
        if owed.until and said.sent >= owed.until:  # it may as well have been the next of the kind
            for other in self.of(said.kind, said.reader, said.about):
                other.needed = False
        for other in self.open():
            if other.reader == said.reader:
                self._put_off(other)

    def _free_on(self, reader: str) -> date:
        """From which of their days on they may get one that is carried."""
        last = self._carried.get(reader)
        return day_of(last, self._zones[reader]) + A_WEEK if last else date.min

    def _put_off(self, owed: ExpectedMessage) -> None:
        """One that is carried waits for its day, and then for the morning."""
        if owed.kind not in CARRIED:
            return
        zone, free_on = self._zones[owed.reader], self._free_on(owed.reader)
        if owed.kind == _WITH_THE_STATUS:
            free_on = max(free_on, day_of(owed.own_due or owed.due, zone) + _THREE_WEEKS)
        if day_of(owed.due, zone) < free_on:
            owed.due = self._almanac.morning(free_on, zone)
            owed.at_once, owed.waited = False, timedelta(0)
            if owed.until and owed.due >= owed.until:
                owed.needed = False

    def _is_decent(self, said: SentMessage) -> bool:
        readers = said.reader.split("+")
        return any(self._almanac.is_decent(said.sent, self._zones[each], late=CROSSING) for each in readers)

    def _meant(self, said: SentMessage) -> ExpectedMessage:
        alike = self.of(said.kind, said.reader, said.about)
        found = [owed for owed in alike if owed.name == said.name] or [owed for owed in alike if not owed.name]
        # Of two that may be said, the one that somebody has just caused.
        unsaid = sorted(
            (owed for owed in found if not owed.said), key=lambda owed: (not owed.needed, not _is_fresh(owed, said))
        )
        for owed in unsaid:
            if not _is_off(owed) and self._fits(owed, said):
                return owed
        for owed in unsaid:
            if _is_crossing(owed, said) and self._fits(owed, said):
                return owed
        waiting = [owed for owed in unsaid if not _is_off(owed)]
        if to_come := [owed for owed in waiting if not _has_come(owed, said)]:
            raise Broken(Complaint.EARLY, f"{said}; {min(to_come, key=lambda owed: owed.due)}")
        if waiting:
            raise Broken(Complaint.POINTLESS, f"{said}; {waiting[-1]}")
        if unsaid:
            raise Broken(Complaint.TO_ONE_WHO_IS_OUT_OF_IT, str(said))
        raise Broken(Complaint.TWICE if alike else Complaint.UNASKED, str(said))

    @staticmethod
    def _fits(owed: ExpectedMessage, said: SentMessage) -> bool:
        is_stale = owed.until is not None and said.sent >= owed.until + owed.grace + PATIENCE
        return not is_stale and _has_come(owed, said)

    def _expect(self, owed: ExpectedMessage) -> None:
        heapq.heappush(self._coming, (owed.due, next(self._numbers), owed))

    def pass_time(self, since: datetime, until: datetime, *, is_up: bool) -> None:
        """Between the two calendar moments the bot ran and Slack answered, or not. Raises Broken for what is lost."""
        while self._coming and self._coming[0][0] < until:
            self._open.append(heapq.heappop(self._coming)[2])
        if not self._open:
            return
        self._open = [owed for owed in self._open if _is_waited_for(owed, since)]
        for owed in self._open:
            owed.is_put_off |= any(first.is_open and first.due <= until for first in owed.behind)
            if not is_up:
                owed.is_hindered = True
                continue
            start = max(since, owed.due)
            if start >= until or not owed.needed or any(_is_waiting(first, until) for first in owed.behind):
                continue
            owed.waited += self._time_for(owed, start, until)
            is_for_both = "+" in owed.reader and (owed.is_hindered or not owed.at_once)  # when both are at work
            waits_a_day = owed.is_put_off or is_for_both
            if owed.waited > (PATIENCE + _A_DAY_OF_WORK if waits_a_day else PATIENCE):
                raise Broken(Complaint.LOST, str(owed))

    def _time_for(self, owed: ExpectedMessage, since: datetime, until: datetime) -> timedelta:
        """An answer that something was in the way of is none any more, and waits for working hours."""
        if owed.at_once and not owed.is_hindered:
            return until - since
        zone = self._zones[owed.reader.split("+")[0]]
        if owed.quiet is None:
            return self._almanac.working_time(since, until, zone)
        before, after = min(until, owed.quiet[0]), max(since, owed.quiet[1])
        total = self._almanac.working_time(since, before, zone) if since < before else timedelta(0)
        return total + (self._almanac.working_time(after, until, zone) if after < until else timedelta(0))


def _is_off(owed: ExpectedMessage) -> bool:
    return owed.off_since is not None or owed.held_since is not None


def _is_crossing(owed: ExpectedMessage, said: SentMessage) -> bool:
    """Whether it was on its way when somebody did what makes it pointless, or went away."""
    since = owed.off_since or owed.held_since
    return owed.crosses and since is not None and said.sent_at <= since + CROSSING


def _has_come(owed: ExpectedMessage, said: SentMessage) -> bool:
    return _earliest(owed, said) <= said.latest


def _earliest(owed: ExpectedMessage, said: SentMessage) -> datetime:
    early = said.is_line or owed.kind == _WITH_THE_STATUS  # which goes by itself if no status comes within a week
    return (min(owed.own_due or owed.due, owed.due) if early else owed.due) - owed.tolerated


def _is_fresh(owed: ExpectedMessage, said: SentMessage) -> bool:
    return owed.at_once and owed.since is not None and said.sent_at <= owed.since + _FRESH


def _is_waiting(owed: ExpectedMessage, now: datetime) -> bool:
    """Whether it is due, may still be said and is not."""
    return owed.is_open and owed.due <= now and (owed.until is None or now < owed.until)


def _is_waited_for(owed: ExpectedMessage, now: datetime) -> bool:
    return owed.is_open and owed.held_since is None and (owed.until is None or now < owed.until)
