"""What two people are promised about a pause of their partnership: they are told and asked, and clocks stand still."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from tests.simulation.absences import Absences
from tests.simulation.almanac import DAY, Almanac, day_of, midnight
from tests.simulation.expectations import Broken, Complaint, ExpectationBook, SentMessage
from tests.simulation.pairs import NEVER, WEEK, Owe, Pair, Pairs
from tests.simulation.planned import PlannedRow

_PAUSED, _QUESTION, _RESUMED, _LONG = "partnership-paused", "pause-question", "partnership-resumed", "long-pause"
OF_PAUSES = (_PAUSED, _QUESTION, _RESUMED)
_ASKED_EVERY = 28 * DAY
_LONGEST = 12 * WEEK
"""Owners hear of a pause that is longer."""
_OF_OWNERS = ("owners-person-left", "owners-person-back")


@dataclass(frozen=True)
class PauseRow:
    """The newest pause of a partnership as it is kept. `moves_end`: how many of the two want the end moved by it."""

    pair: str
    by: str
    since: datetime
    until: date | None
    over_on: date | None
    moves_end: int
    ends_on: date

    @property
    def lasts(self) -> bool:
        return self.over_on is None


class Pauses:
    """`stand` is told of every state in which they are kept."""

    def __init__(
        self,
        book: ExpectationBook,
        pairs: Pairs,
        absences: Absences,
        almanac: Almanac,
        zones: Mapping[str, str],
        calendar: Callable[[], datetime],
        owe: Owe,
    ) -> None:
        self._book = book
        self._pairs = pairs
        self._absences = absences
        self._almanac = almanac
        self._zones = zones
        self._calendar = calendar
        self._owe = owe
        self._rows: dict[str, PauseRow] = {}
        self._told = set[str]()
        """Whose pause has just begun, or has another day."""
        self._asked: set[tuple[str, datetime, date]] = set()
        """Partnership, since when the pause is, and the day of return about which they were asked: once for each."""

    def stand(self, rows: Iterable[PauseRow]) -> None:
        """Raises Broken for a partnership that carries on by itself on another day."""
        for row in rows:
            pair, before = self._pairs.all.get(row.pair), self._rows.get(row.pair)
            if pair is None or row == before:
                continue
            self._rows[row.pair] = row
            if pair.over is not None:
                continue
            if before is None or before.since != row.since:
                self._begin(pair, row)
            elif row.lasts and row.until != before.until:
                self._changed(pair, row)
            elif before.lasts and not row.lasts:
                self._carry_on(pair, row)
            elif row.moves_end == 2 and before.moves_end < 2:
                self._end_moves(pair, row)

    def check_meetings(self, rows: Iterable[PlannedRow]) -> None:
        """Raises Broken for a meeting that is planned still in a pause that has just begun or become longer."""
        now = self._calendar()
        for row in rows:
            if row.pair not in self._told or row.state != "booked" or row.starts is None:
                continue
            pair, until = self._pairs.all[row.pair], self._rows[row.pair].until
            ends = min(midnight(until, self._zones[each]) for each in pair.people) if until else NEVER
            if pair.stands_still and now < row.starts < ends:
                raise Broken(Complaint.IGNORED, f"{row.pair} is paused, and they meet on {row.starts:%d %b %Y}")
        self._told.clear()

    def over(self, pair: Pair) -> None:
        """The partnership is over."""
        for owner in self._absences.owners:
            self._book.call_off(_LONG, owner, pair.id)

    def pass_time(self) -> None:
        """A person who is away is not asked; about a day, the other is not asked either."""
        now = self._calendar()
        for row in self._rows.values():
            pair = self._pairs.all[row.pair]
            if not row.lasts or not pair.stands_still:
                continue
            self._perhaps_tell_owners(pair, row, now)
            away = [each for each in pair.people if each in self._absences.away or each in self._absences.on_leave]
            for person in pair.people if away and row.until else away:
                for owed in self._book.of(_QUESTION, person, pair.id):
                    if owed.is_open and owed.needed and owed.due - DAY <= now:
                        owed.needed = False
                        if row.until is None:
                            self._ask_again(pair, owed.due)
                            if day_of(owed.due, self._zones[person]) + DAY > row.since.date() + _LONGEST:
                                self._tell_owners(pair, is_sure=False)  # before the other is asked, perhaps

    def _perhaps_tell_owners(self, pair: Pair, row: PauseRow, now: datetime) -> None:
        """The two are asked and the owners told at once: an owner may read it first."""
        for person in pair.people if row.until is None else ():
            for owed in self._book.of(_QUESTION, person, pair.id):
                is_long = day_of(owed.due, self._zones[person]) + DAY > row.since.date() + _LONGEST
                if owed.is_open and owed.needed and owed.due <= now and is_long:
                    self._tell_owners(pair, is_sure=False)

    def saw(self, said: SentMessage) -> None:
        """Without a day they are asked again four weeks later, and owners hear of it in the end."""
        row = self._rows.get(said.about)
        if said.kind != _QUESTION or row is None or not row.lasts or row.until:
            return
        pair = self._pairs.all[said.about]
        self._ask_again(pair, said.sent)
        if day_of(said.sent, self._zones[said.reader]) + DAY > row.since.date() + _LONGEST:
            self._tell_owners(pair)

    def _begin(self, pair: Pair, row: PauseRow) -> None:
        self._pairs.close_what_is_due()
        closes = self._pairs.closes(pair)
        pair.stands_still = True
        for owed in self._book.open():
            if owed.about == pair.id and owed.until == closes:
                owed.until = NEVER
            if owed.about in pair.people and owed.kind in _OF_OWNERS and owed.until:
                owed.until = NEVER
            if self._absences.is_held(owed):
                self._book.hold(owed)
        for person in pair.people:
            self._book.call_off(_RESUMED, person, pair.id)
            self._book.may("partner-back", person, pair.id)
            for owner in self._absences.owners:
                self._book.may("owners-person-back", owner, person)
        self._changed(pair, row)

    def _changed(self, pair: Pair, row: PauseRow) -> None:
        """Both hear until when it is, and are asked on the working day before."""
        now = self._calendar()
        self._told.add(pair.id)
        for person in pair.people:
            for kind in OF_PAUSES:
                self._book.call_off(kind, person, pair.id)
            if person not in self._absences.away:
                self._owe(_PAUSED, person, pair.id, now)
        if row.until is None:
            self._ask(pair, now)
        else:
            self._until(pair, row, row.until)
        if (row.until or now.date()) > row.since.date() + _LONGEST:
            self._tell_owners(pair)
        else:
            for owner in self._absences.owners:
                self._book.call_off(_LONG, owner, pair.id)

    def _until(self, pair: Pair, row: PauseRow, until: date) -> None:
        """It carries on when that day has begun for both."""
        ends = self._begins_again(pair, until)
        for person in pair.people:
            self._owe(_RESUMED, person, pair.id, ends, by_itself=True)
        day = self._almanac.last_working_before(until)
        if day <= max(day_of(self._calendar(), self._zones[each]) for each in pair.people):
            return
        is_new = (pair.id, row.since, until) not in self._asked
        first = min(midnight(until, self._zones[each]) for each in pair.people)
        for person in pair.people:
            owed = self._owe(
                _QUESTION, person, pair.id, self._almanac.morning(day, self._zones[person]), first, by_itself=True
            )
            owed.needed, owed.grace = is_new, DAY
        self._asked.add((pair.id, row.since, until))

    def _begins_again(self, pair: Pair, until: date) -> datetime:
        return max(midnight(until, self._zones[each]) for each in pair.people)

    def _ask(self, pair: Pair, since: datetime, tolerated: int = 1) -> None:
        """Four weeks later, counted from the later day of the two."""
        day = max(day_of(since, self._zones[each]) for each in pair.people) + _ASKED_EVERY
        for person in pair.people:
            due = self._almanac.morning(day, self._zones[person])
            self._owe(_QUESTION, person, pair.id, due, by_itself=True).tolerated = tolerated * DAY

    def _ask_again(self, pair: Pair, asked: datetime) -> None:
        """It counts from when this was decided, which may have been some days before."""
        found = (owed for each in pair.people for owed in self._book.of(_QUESTION, each, pair.id) if owed.is_open)
        coming = [owed for owed in found if owed.due > asked + 10 * DAY]
        if not coming:
            self._ask(pair, asked, 7)
        for owed in coming:  # it was decided later than when it was due, after an outage
            day = day_of(asked, self._zones[owed.reader]) + _ASKED_EVERY
            self._book.delay(owed, owed.due - owed.tolerated, self._almanac.morning(day, self._zones[owed.reader]))

    def _tell_owners(self, pair: Pair, *, is_sure: bool = True) -> None:
        """Once for each pause, those who are there and not one of the two."""
        row = self._rows[pair.id]
        for owner in self._absences.owners:
            told = [owed for owed in self._book.of(_LONG, owner, pair.id) if owed.due >= row.since]
            if is_sure and len(told) == 1 and told[0].is_open:
                told[0].needed = owner not in self._absences.away
            if owner in pair.people or any(owed.is_open or owed.said for owed in told):
                continue
            owed = self._owe(_LONG, owner, pair.id, self._calendar(), by_itself=True)
            owed.needed = is_sure and not told and owner not in self._absences.away

    def _carry_on(self, pair: Pair, row: PauseRow) -> None:
        now, over_on = self._calendar(), row.over_on
        assert over_on is not None
        latest = (now + DAY / 2).date()
        if over_on > latest or (row.until and over_on > row.until):
            raise Broken(Complaint.EARLY, f"{pair.id} carries on on {over_on}, and that is to be {row.until}")
        had_come = pair.check_in if pair.check_in <= row.since.date() else None
        length = max(over_on - row.since.date(), 0 * DAY)
        fixed = pair.fixed_check_in
        pair.stands_still, pair.paused, pair.resumed_on = False, pair.paused + length, over_on
        pair.fixed_check_in = had_come or (fixed + length if fixed else None)
        is_by_itself = row.until is not None and now >= self._begins_again(pair, row.until)
        self._pairs.carry_on(pair)
        self._release(pair, row.since, now)
        for person in pair.people:
            for kind in (_PAUSED, _QUESTION):
                self._book.call_off(kind, person, pair.id)
            if not is_by_itself or person in self._absences.away:
                self._book.call_off(_RESUMED, person, pair.id)
            if not is_by_itself and person not in self._absences.away:
                self._owe(_RESUMED, person, pair.id, now, self._pairs.closes(pair))
            for owed in self._book.of(_RESUMED, person, pair.id):
                owed.until = owed.until or self._pairs.closes(pair)  # a leave may hold it back for so long
            for owner in self._absences.owners:
                self._book.call_off(_LONG, owner, pair.id)
        if not self._absences.is_still(pair):
            for owner in self._absences.owners:
                self._absences.perhaps_told_now(owner, pair, now)

    def _release(self, pair: Pair, since: datetime, now: datetime) -> None:
        """What waited for this pair comes on the next working morning, or on its own day where that is later."""
        for owed in list(self._book.open()):
            if owed.about != pair.id or owed.held_since is None or self._absences.is_held(owed):
                continue
            zone = self._zones[owed.reader.split("+")[0]]
            if owed.kind != "partnership-closed":
                owed.needed = owed.needed and owed.due > since
            morning = self._almanac.morning(day_of(now, zone) + DAY, zone)
            self._book.release(owed, now, morning if owed.due < morning else now)

    def _end_moves(self, pair: Pair, row: PauseRow) -> None:
        """By as much as the pause was long."""
        assert row.over_on is not None
        moved = pair.ends + (row.over_on - row.since.date())
        if row.ends_on != moved:
            raise Broken(Complaint.IGNORED, f"{pair.id} ends on {row.ends_on}, and both want {moved}")
        self._pairs.end_moved(pair.id, moved, by_pause=True)
