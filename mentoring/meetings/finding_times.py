"""Times at which two people can meet: within the working hours of both, on working days of both (D1.13).

Everything is counted in slots of a quarter of an hour from the first possible start, and sets of slots are the bits of
whole numbers, so that a search over four weeks takes a millisecond.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations, product

from mentoring.core.people import Person
from mentoring.core.programmes import Programme
from mentoring.core.working_hours import is_working_day

SLOT = timedelta(minutes=15)
AHEAD = timedelta(hours=24)
WITHIN = timedelta(weeks=4)
"""A proposed time starts so long after now, and within so long after that."""
LENGTHS = (30, 45, 60, 90)
USUAL_LENGTH = 60
"""Minutes."""
STRETCHES = (30, 60, 90, 120)
"""By how many minutes the days of both are widened at either end, one after the other, where they share no hour."""
EARLIEST, LATEST = time(7), time(20)
"""Nobody's day is widened beyond these hours."""
MOST_PROPOSED = 3

_DAY, _NOON = timedelta(days=1), time(12)
_EDGE = 100_000
"""An edge of the day outweighs every imbalance: two people cannot have met so often."""

Span = tuple[datetime, datetime]
"""A start and an end, both aware."""


@dataclass(frozen=True)
class ProposedTime:
    """A time that suits two people. `stretches` are the minutes by which it lies outside the working hours of each, in
    the order in which they were named.
    """

    starts_at: datetime
    minutes: int
    stretches: tuple[int, int] = (0, 0)

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


@dataclass(frozen=True)
class TimeSearch:
    """What a search for a time of `minutes` begins with.

    `people` are the two; half-days are counted where the first of them is. `busy` is when either of them cannot meet,
    `met` when the two of them met before; `now` is the calendar (aware). A time begins on `last_day` at the latest, in
    the time zone of the first.
    """

    people: tuple[Person, Person]
    programme: Programme
    now: datetime
    minutes: int = USUAL_LENGTH
    busy: Sequence[Span] = ()
    met: Sequence[Span] = ()
    last_day: date | None = None


def find_times(search: TimeSearch) -> tuple[ProposedTime, ...]:
    """Up to three times on different days, the earliest first; none if there is none within four weeks.

    Of each half-day the cheapest start counts. A start costs one for each person for whom it touches the first or last
    hour of their day; among equal costs, the one that evens out who had such hours before. The proposed ones cost the
    least together, repeat as few halves of the day and weekdays as possible, and come as early as possible.

    Where the two days share no such time, both are widened, by no more than needed. Then a start costs the minutes by
    which it lies outside, and it evens out who stretched before.
    """
    grid = _Grid.of(search)
    days = tuple(tuple(_days(person, search.programme, grid)) for person in search.people)
    free = grid.wanted(search)
    priced = _priced_by_edges(search, grid, days, free)
    if not any(slots for _, _, slots in priced):
        priced = _priced_by_stretch(search, grid, days, free)
    candidates = list(_cheapest(search.people[0], grid, priced))
    return tuple(ProposedTime(grid.moment(each.slot), search.minutes, each.stretches) for each in _choose(candidates))


def edges_touched(person: Person, programme: Programme, span: Span) -> int:
    """1 if `span` touched the first or last hour of this person's working day, or lay outside of it; else 0."""
    starts, ends = _wall(person, span)
    first, last = map(_minute, programme.workday)
    return int(starts < first + 60 or ends > last - 60)


def stretch_of(person: Person, programme: Programme, span: Span) -> int:
    """The minutes by which `span` begins before this person's working hours or ends after them, whichever is more."""
    starts, ends = _wall(person, span)
    first, last = map(_minute, programme.workday)
    return max(0, first - starts, ends - last)


@dataclass(frozen=True)
class _Grid:
    """Slots from `base` (UTC) on: `starts` of them may begin a meeting of `length` slots."""

    base: datetime
    starts: int
    length: int

    @classmethod
    def of(cls, search: TimeSearch) -> "_Grid":
        soonest = search.now.astimezone(UTC) + AHEAD
        whole = soonest.replace(minute=soonest.minute // 15 * 15, second=0, microsecond=0)
        base = whole if whole == soonest else whole + SLOT
        return cls(base, -((base - soonest - WITHIN) // SLOT), -(-search.minutes // 15))

    @property
    def slots(self) -> int:
        return self.starts + self.length

    def moment(self, slot: int) -> datetime:
        return self.base + slot * SLOT

    def first_from(self, moment: datetime) -> int:
        """The first slot that begins at `moment` or later."""
        return -((self.base - moment) // SLOT)

    def last_until(self, moment: datetime) -> int:
        """The slot that begins when the last one that ends by `moment` is over."""
        return (moment - self.base) // SLOT

    def range(self, first: int, until: int) -> int:
        """The set of the slots from `first` to before `until`."""
        first, until = max(first, 0), min(until, self.slots)
        return ((1 << (until - first)) - 1) << first if until > first else 0

    def begins_in(self, slots: int) -> int:
        """The starts of which every slot is in `slots`."""
        found = slots
        for after in range(1, self.length):
            found &= slots >> after
        return found & ((1 << self.starts) - 1)

    def touches(self, slots: int) -> int:
        """The starts of which some slot is in `slots`."""
        found = slots
        for after in range(1, self.length):
            found |= slots >> after
        return found

    def wanted(self, search: TimeSearch) -> int:
        """The slots at which neither is busy, up to the last day."""
        taken = 0
        for start, end in search.busy:
            taken |= self.range((start - self.base) // SLOT, -((self.base - end) // SLOT))
        until = self.slots
        if search.last_day:
            over = datetime.combine(search.last_day + _DAY, time(0), search.people[0].zone)
            until = self.first_from(over.astimezone(UTC)) + self.length - 1
        return self.range(0, until) & ~taken


@dataclass(frozen=True)
class _Day:
    """A working day of a person. `shifts_clock` says that the clocks change on it."""

    person: Person
    on: date
    shifts_clock: bool

    def slots(self, grid: _Grid, first: time, last: time) -> Iterator[tuple[int, int]]:
        """The slots within these hours, as ranges: one, unless the clocks are put back within them."""
        if not self.shifts_clock:
            yield grid.first_from(self._at(first)), grid.last_until(self._at(last))
            return
        inside = [slot for slot in self._all(grid) if self._holds(grid.moment(slot), first, last)]
        for slot in inside:
            if slot - 1 not in inside:
                until = slot
                while until in inside:
                    until += 1
                yield slot, until

    def _at(self, clock: time) -> datetime:
        return datetime.combine(self.on, clock, self.person.zone).astimezone(UTC)

    def _all(self, grid: _Grid) -> range:
        """Every slot that may be on this day, wherever the clocks go."""
        noon = grid.first_from(self._at(_NOON))
        return range(noon - 27 * 4, noon + 27 * 4)

    def _holds(self, moment: datetime, first: time, last: time) -> bool:
        begins, ends = self.person.local(moment), self.person.local(moment + SLOT - timedelta(seconds=1))
        return begins.date() == ends.date() == self.on and first <= begins.time() and ends.time() < last


def _days(person: Person, programme: Programme, grid: _Grid) -> Iterator[_Day]:
    """The working days of this person on which they are not on leave."""
    day, last = person.today(grid.base), person.today(grid.moment(grid.slots))
    back = person.leave.until if person.leave else date.min
    offset = _offset(person, day)
    while day <= last:
        before, offset = offset, _offset(person, day + _DAY)
        if day >= back and is_working_day(day, programme):
            yield _Day(person, day, before != offset)
        day += _DAY


def _offset(person: Person, day: date) -> timedelta | None:
    return datetime.combine(day, time(0), person.zone).utcoffset()


_Days = tuple[tuple[_Day, ...], ...]
_Priced = tuple[int, tuple[int, int], int]
"""What the starts of a set cost, by how much they stretch each of the two, and the set."""


def _priced_by_edges(search: TimeSearch, grid: _Grid, days: _Days, free: int) -> list[_Priced]:
    shared, edges = free, []
    for theirs in days:
        within, edge = 0, 0
        for day in theirs:
            for first, until in day.slots(grid, *search.programme.workday):
                within |= grid.range(first, until)
                edge |= grid.range(first, min(until, first + 4)) | grid.range(max(first, until - 4), until)
        shared &= within
        edges.append(grid.touches(edge))
    starts = grid.begins_in(shared)
    had = [_total(edges_touched, person, search) for person in search.people]
    priced = []
    for one, other in ((0, 0), (0, 1), (1, 0), (1, 1)):
        here = starts & (edges[0] if one else ~edges[0]) & (edges[1] if other else ~edges[1])
        cost = (one + other) * _EDGE + abs(had[0] + one - had[1] - other)
        priced.append((cost, (0, 0), here))
    return priced


def _priced_by_stretch(search: TimeSearch, grid: _Grid, days: _Days, free: int) -> list[_Priced]:
    """The starts within the least widening at which there are any."""
    had = [_total(stretch_of, person, search) for person in search.people]
    levels: list[list[tuple[int, int]]] = [[], []]
    for stretch in (0, *STRETCHES):
        hours = _widened(search.programme, stretch)
        for each, theirs in enumerate(days):
            within = 0
            for day in theirs:
                for first, until in day.slots(grid, *hours):
                    within |= grid.range(first, until)
            starts = grid.begins_in(within & free)
            for _, earlier in levels[each]:
                starts &= ~earlier
            levels[each].append((stretch, starts))
        priced = [
            ((one + other) * _EDGE + abs(had[0] + one - had[1] - other), (one, other), mine & theirs)
            for one, mine in levels[0]
            for other, theirs in levels[1]
            if mine & theirs
        ]
        if priced:
            return priced
    return []


def _widened(programme: Programme, stretch: int) -> tuple[time, time]:
    first, last = programme.workday
    earliest, latest = min(_minute(first), _minute(EARLIEST)), max(_minute(last), _minute(LATEST))
    return _clock(max(earliest, _minute(first) - stretch)), _clock(min(latest, _minute(last) + stretch))


def _total(counted: Callable[[Person, Programme, Span], int], person: Person, search: TimeSearch) -> int:
    return sum(counted(person, search.programme, span) for span in search.met)


@dataclass(frozen=True)
class _Candidate:
    """The cheapest start of a half-day. `day` numbers the days; `half` is 0 before noon."""

    slot: int
    cost: int
    stretches: tuple[int, int]
    day: int
    weekday: int
    half: int


def _cheapest(person: Person, grid: _Grid, priced: Iterable[_Priced]) -> Iterator[_Candidate]:
    """Of each half-day of `person` the cheapest start, and the earliest of these; in order of time."""
    sets = sorted(each for each in priced if each[2])
    first, last = person.today(grid.base), person.today(grid.moment(grid.starts))
    for number in range((last - first).days + 1):
        day = first + number * _DAY
        bounds = [
            grid.first_from(datetime.combine(on, clock, person.zone).astimezone(UTC))
            for on, clock in ((day, time(0)), (day, _NOON), (day + _DAY, time(0)))
        ]
        for half in (0, 1):
            here = grid.range(bounds[half], bounds[half + 1])
            for cost, stretches, slots in sets:
                if found := slots & here:
                    slot = (found & -found).bit_length() - 1
                    yield _Candidate(slot, cost, stretches, number, day.weekday(), half)
                    break


def _choose(candidates: Sequence[_Candidate]) -> Sequence[_Candidate]:
    """Up to three on different days: the least cost together, then the fewest repeats, then the earliest."""
    cheapest: dict[int, int] = {}
    for each in candidates:
        cheapest[each.day] = min(each.cost, cheapest.get(each.day, each.cost))
    count = min(MOST_PROPOSED, len(cheapest))
    if not count:
        return ()
    # The days of the least total are those that cost less than the dearest of them, and any of those that cost as much.
    dearest = sorted(cheapest.values())[count - 1]
    fit = [each for each in candidates if each.cost == cheapest[each.day] and each.cost <= dearest]
    must = sorted(day for day, cost in cheapest.items() if cost < dearest)
    first = product(*([each for each in fit if each.day == day] for day in must))
    rest = [each for each in fit if each.cost == dearest]
    together = (sorted((*one, *other), key=_slot) for one in first for other in combinations(rest, count - len(must)))
    least = _fewest_repeats(fit, count)
    best: Sequence[_Candidate] = ()
    for chosen in together:
        if len({each.day for each in chosen}) == count and (not best or _rank(chosen) < _rank(best)):
            best = chosen
            if not must and _rank(best)[0] == least:
                break  # they come in order of time
    return best


def _slot(candidate: _Candidate) -> int:
    return candidate.slot


def _rank(chosen: Sequence[_Candidate]) -> tuple[int, list[int]]:
    return _repeats(chosen), [each.slot for each in chosen]


def _fewest_repeats(candidates: Sequence[_Candidate], count: int) -> int:
    halves, weekdays = ({each.half for each in candidates}, {each.weekday for each in candidates})
    return 2 * count - min(count, len(halves)) - min(count, len(weekdays))


def _repeats(chosen: Sequence[_Candidate]) -> int:
    """How many of the chosen have the half of the day or the weekday of another."""
    return 2 * len(chosen) - len({each.half for each in chosen}) - len({each.weekday for each in chosen})


def _wall(person: Person, span: Span) -> tuple[int, int]:
    """The minutes after midnight at which `span` begins and ends on this person’s clock."""
    starts, ends = (person.local(moment) for moment in span)
    return _minute(starts.time()), _minute(ends.time()) + (ends.date() - starts.date()).days * 24 * 60


def _minute(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def _clock(minute: int) -> time:
    return time(*divmod(minute, 60))
