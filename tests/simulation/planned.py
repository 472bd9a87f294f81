"""What two people who plan a meeting are promised: to hear of each step, an agenda, and no reminder meanwhile."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.simulation.almanac import DAY, Almanac, day_of
from tests.simulation.expectations import CROSSING, Broken, Complaint, ExpectationBook, ExpectedMessage, SentMessage
from tests.simulation.pairs import Owe, Pair, Pairs
from tests.simulation.regular import RegularTimes

_MESSAGE, _FILE = "planned-meeting", "calendar-file"
_NUDGES = ("first-meeting-nudge", "second-meeting-nudge", "monthly-nudge")
_LATE = 30 * DAY
"""An agenda that could not be sent in time is the question whether they met by then."""
_AGREED = ("booked", "past", "held")
_HALF_AN_HOUR = timedelta(minutes=30)


@dataclass(frozen=True)
class PlannedRow:
    """A planned meeting as it is kept. `options` is "[]" while no time is offered; `place_by` said last where they
    meet, or is "".
    """

    id: str
    pair: str
    state: str
    starts: datetime | None
    minutes: int
    offered_minutes: int
    options: str
    offered_by: str
    cancelled_by: str
    is_disputed: bool
    version: int
    sequence: int
    place_by: str
    regular: str

    @property
    def offered(self) -> tuple[str, str, int]:
        """The times, by whom, and how long."""
        return self.options, self.offered_by, self.offered_minutes or self.minutes


_UNCONFIRMED = timedelta(minutes=5)
"""For so long the bot may not know that Slack has taken a message."""


class PlannedMeetings:
    """`stand` is told of every state in which they are kept."""

    def __init__(
        self,
        book: ExpectationBook,
        pairs: Pairs,
        almanac: Almanac,
        zones: Mapping[str, str],
        calendar: Callable[[], datetime],
        stopwatch: Callable[[], datetime],
        owe: Owe,
        regular: RegularTimes,
    ) -> None:
        self._book = book
        self._pairs = pairs
        self._almanac = almanac
        self._zones = zones
        self._calendar = calendar
        self._stopwatch = stopwatch
        self._owe = owe
        self._regular = regular
        self.is_away: Callable[[str], bool] = lambda person: True
        self._rows: dict[str, PlannedRow] = {}
        self._proposed: dict[str, str] = {}
        """By meeting, who offered the first times for it."""
        self._asked_again: set[tuple[str, str]] = set()
        """The meeting, and who may be asked again whether they met."""
        self._booked_at: dict[str, datetime] = {}
        """By meeting, when both had agreed (stopwatch)."""
        self._agendas: dict[ExpectedMessage, str] = {}
        """The planned meeting of each expected agenda, and of the question after it, by id."""
        self._said_at: dict[tuple[str, str], datetime] = {}
        """By reader and partnership, when the message about their meeting was last posted (stopwatch)."""

    def stand(self, rows: Iterable[PlannedRow]) -> None:
        for row in rows:
            before = self._rows.get(row.id)
            pair = self._pairs.all.get(row.pair)
            if row.offered_by:
                self._proposed.setdefault(row.id, row.offered_by)
            elif row.regular:
                self._proposed.setdefault(row.id, self._regular.offered_by(row.regular))
            if before is None or row.version > before.version:
                self._rows[row.id] = row
                if pair:
                    self._changed(pair, before, row)
            if pair and row.state == "past":
                self._perhaps_asked_again(pair, row)
            if pair and row.state == "booked":  # also those that are owed since it was booked
                self._perhaps_reminded(pair)

    def has_agreed(self, pair: str) -> bool:
        """Whether the two have ever agreed on a time."""
        return any(row.pair == pair and row.starts is not None for row in self._rows.values())

    def saw(self, said: SentMessage) -> None:
        """Nobody is asked whether they have met while a meeting is agreed that lies ahead. Raises Broken."""
        if said.kind == _MESSAGE:
            self._said_at[said.reader, said.about] = said.sent_at
            for owed in self._book.of(_MESSAGE, said.reader, said.about):
                if owed.is_hindered and owed.is_open and owed.due <= said.sent:
                    owed.needed = False  # this one shows the newest state
        if said.kind not in _NUDGES:
            return
        for row in self._rows.values():
            since = self._booked_at.get(row.id)
            if row.pair != said.about or row.state != "booked" or row.starts is None or since is None:
                continue
            if said.sent < row.starts and said.sent_at > since + CROSSING:
                raise Broken(Complaint.POINTLESS, f"{said}; they meet on {row.starts:%d %b %Y}")

    def _changed(self, pair: Pair, before: PlannedRow | None, row: PlannedRow) -> None:
        agreed = (before.starts, before.minutes) if before else None
        offered = before.offered if before else None
        if row.state in ("offered", "booked") and row.offered_by and row.offered != offered:
            self._told(pair, pair.other(row.offered_by), row)
        elif row.state == "booked" and (row.starts, row.minutes) != agreed:
            self._booked(pair, row)
        elif row.state == "booked" and before and before.sequence != row.sequence:
            self._placed(pair, row)
        elif row.state == "booked" and before and before.options != row.options:
            for person in pair.people:  # the old time is kept, or nobody has answered
                self._may(_MESSAGE, person, pair, row)
        elif row.state == "cancelled":
            self._cancelled(pair, before, row)
        elif row.state in ("held", "missed"):
            self._answered(pair, before, row)

    def _perhaps_asked_again(self, pair: Pair, row: PlannedRow) -> None:
        """The person who finds the time for the next meeting, as they have agreed by now, may be asked again."""
        person = self._finds_time(pair)
        if (row.id, person) not in self._asked_again:
            self._asked_again.add((row.id, person))
            # The agenda may come before: it waits for its reader's working hours.
            owed = self._owe(_MESSAGE, person, pair.id, self._calendar(), by_itself=True)
            owed.needed, self._agendas[owed] = False, row.id

    def _finds_time(self, pair: Pair) -> str:
        if pair.schedules != "by-turns":
            return pair.mentor if pair.schedules == "mentor" else pair.mentee
        took_place = [row for row in self._rows.values() if row.pair == pair.id and row.state in _AGREED and row.starts]
        if not took_place:
            return pair.mentee
        last = max(took_place, key=lambda row: (row.starts, row.id))
        return pair.mentor if self._proposed.get(last.id) == pair.mentee else pair.mentee

    def _told(self, pair: Pair, person: str, row: PlannedRow) -> None:
        """A message is posted; one that is posted just now, and not confirmed yet, is brought up to date instead."""
        owed = self._once(_MESSAGE, person, pair, row)
        posted = self._said_at.get((person, pair.id))
        if posted and self._stopwatch() - posted <= _UNCONFIRMED:
            owed.needed = False

    def _booked(self, pair: Pair, row: PlannedRow) -> None:
        now = self._calendar()
        self._booked_at[row.id] = self._stopwatch()
        assert row.starts is not None
        is_one_of_many = bool(row.regular) and row.version == 1
        for person in pair.people:
            if not is_one_of_many:
                file = self._once(_FILE, person, pair, row)
                file.until, file.grace = row.starts, _LATE
                for owed in self._book.of(_MESSAGE, person, pair.id):
                    owed.needed = False
            owed = self._owe(
                _MESSAGE, person, pair.id, self._agenda(person, row.starts, now), row.starts, by_itself=True
            )
            owed.grace = _LATE
            self._agendas[owed] = row.id

    def _placed(self, pair: Pair, row: PlannedRow) -> None:
        """The person who said where they meet gets the file; the other one’s message shows the place."""
        if row.place_by and row.regular:
            self._regular.filed(pair, row.place_by, row.regular)
        elif row.place_by:
            file = self._once(_FILE, row.place_by, pair, row)
            file.until, file.grace = row.starts, _LATE

    def asked_for_file(self, person: str, planned: str) -> None:
        """They may have had it already."""
        row = self._rows[planned]
        if pair := self._pairs.all.get(row.pair):
            if row.regular:
                self._regular.filed(pair, person, row.regular, is_asked_for=True)
            else:
                self._may(_FILE, person, pair, row)

    def _perhaps_reminded(self, pair: Pair) -> None:
        for person in pair.people:
            for kind in _NUDGES:
                self._book.may(kind, person, pair.id)

    def _agenda(self, person: str, starts: datetime, now: datetime) -> datetime:
        """The morning of the working day before, or of the day itself, or now."""
        zone = self._zones[person]
        day = day_of(starts, zone)
        before = day - DAY
        while not self._almanac.works(before):
            before -= DAY
        for moment in (self._almanac.morning(before, zone), self._almanac.morning(day, zone)):
            if now < moment <= starts - _HALF_AN_HOUR:
                return moment
        return now

    def _cancelled(self, pair: Pair, before: PlannedRow | None, row: PlannedRow) -> None:
        for person in pair.people:
            self._book.may(_MESSAGE, person, pair.id)
            if row.regular:  # with others, or alone
                self._regular.filed(pair, person, row.regular)
            if row.starts:
                file = self._once(_FILE, person, pair, row)  # not to somebody whose account is closed
                in_pause = pair.stands_still and not row.regular and row.starts > self._calendar()
                file.needed = file.needed and in_pause and not self.is_away(person)
        if row.starts is None and row.cancelled_by:
            self._told(pair, pair.other(row.cancelled_by), row)

    def _answered(self, pair: Pair, before: PlannedRow | None, row: PlannedRow) -> None:
        assert row.starts is not None
        is_new = before is None or before.state != row.state
        for person in pair.people:
            self._book.may(_MESSAGE, person, pair.id)
            if row.is_disputed:
                self._may(_MESSAGE, person, pair, row)
            # Asking once more was decided before, perhaps, and waits for the reader's working hours.
            self._owe(_MESSAGE, person, pair.id, self._calendar(), by_itself=True).needed = False
        if is_new and row.state == "held":
            self._met(pair, row.starts)
        elif is_new and before and before.state == "held":
            self._pairs.not_met(pair.id, day_of(row.starts, self._zones[pair.mentee]))

    def _met(self, pair: Pair, starts: datetime) -> None:
        """A reminder may still come: on a day on which a meeting is logged already, this is no second one."""
        nudges = [owed for kind in _NUDGES for one in pair.people for owed in self._book.of(kind, one, pair.id)]
        still_owed = [owed for owed in nudges if owed.off_since is None]
        self._pairs.met(pair.id, day_of(starts, self._zones[pair.mentee]))
        for owed in still_owed:
            if owed.off_since is not None:
                owed.off_since, owed.needed = None, False

    def _once(self, kind: str, person: str, pair: Pair, row: PlannedRow) -> ExpectedMessage:
        """Expect one message; one like it that is still to be sent counts as well. The agenda of another meeting may
        come: it waits for its reader's working hours, and asks by then whether they met.
        """
        now = self._calendar()
        before = [owed for owed in self._book.of(kind, person, pair.id) if owed.is_open and owed.due <= now]
        alike = [owed for owed in before if self._agendas.get(owed, row.id) == row.id]
        for owed in before:
            if owed in alike:
                owed.off_since = self._stopwatch()
            else:
                owed.needed = False
        new = self._owe(kind, person, pair.id, now)
        new.needed = not alike
        return new

    def _may(self, kind: str, person: str, pair: Pair, row: PlannedRow) -> None:
        self._once(kind, person, pair, row).needed = False
