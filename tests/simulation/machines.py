"""Two machines with a copy of the bot on each: they die, start again, and run while the other waits."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from tests.simulation.chance import Chance
from tests.simulation.clocks import Time
from tests.simulation.copies import Copy, Unkept
from tests.simulation.fake_transport import Died
from tests.simulation.ledger import Ledger

LONGEST_DEAD = timedelta(seconds=90)
_DEPTH = 3
"""So many may be in the middle of something at once, each while the one before waits."""


class Machines:
    """`new_copy` makes a copy for a machine (0 or 1); `plan` has something done after a while; `note` writes into the
    record. `enter` and `leave` are called where a copy begins and ends to work by itself.
    """

    def __init__(
        self,
        seed: int,
        time: Time,
        ledger: Ledger,
        new_copy: Callable[[int], Copy],
        plan: Callable[[timedelta, Callable[[], None]], None],
        note: Callable[[str], None],
    ) -> None:
        self._chance = Chance(seed, "machines")
        self._time = time
        self._ledger = ledger
        self._new_copy = new_copy
        self._plan = plan
        self._note = note
        self._down_until = time.start
        self.copies = [new_copy(0), new_copy(1)]
        self.start_up: Callable[[Copy], None] = lambda copy: None
        self.enter: Callable[[], object] = lambda: None
        self.leave: Callable[[], object] = lambda: None
        self.deaths = self.depth = 0

    @property
    def alive(self) -> list[Copy]:
        return [copy for copy in self.copies if copy.is_alive]

    @property
    def is_deep(self) -> bool:
        return self.depth >= _DEPTH

    def somebody(self) -> Copy:
        """One of those that are alive."""
        return self._chance.one_of(self.alive)

    def run_somebody(self) -> None:
        """Do what is due, on one of them or on both."""
        if not self.alive:
            return
        first = self.somebody()
        self.run(first)
        for copy in self.alive:
            if copy is not first and self._chance.happens(0.2):
                self.run(copy)

    def run_other(self, caller: object, probability: float) -> None:
        """While `caller` waits, or has just committed."""
        if not self.is_deep and self._chance.happens(probability):
            for copy in self.copies:
                if copy is not caller:
                    self.run(copy)

    def run_all(self) -> None:
        """Both look whether anything is due, also where nothing is."""
        for copy in self.alive:
            self.run(copy, in_vain=True)

    def run(self, copy: Copy, *, in_vain: bool = False) -> None:
        """What its timetable and its delivery do now; each of them has one thread."""
        if copy.is_busy or not copy.is_alive or self.is_deep:
            return
        copy.is_busy = True
        with self._by_itself(copy):
            # Looking where nothing is due or owed costs most of a year's time, and proves the same every time.
            in_vain = in_vain or self._chance.happens(0.05)
            copy.do_errands()
            if in_vain or self._ledger.is_due(self._time):
                copy.tick()
            if in_vain or self._ledger.is_owed(self._time):
                copy.deliver()
        copy.is_busy = False

    def begin(self, number: int) -> None:
        """Start a copy on that machine."""
        copy = self.copies[number] = self._new_copy(number)
        with self._by_itself(copy):
            try:
                self.start_up(copy)
            except Unkept:
                raise copy.die() from None

    def bury(self, copy: Copy) -> None:
        """Another one starts in its place, after a while."""
        copy.is_alive = False
        if self.copies[copy.number] is not copy or copy.is_buried:
            return
        copy.is_buried = True
        self.deaths += 1
        dead = self._chance.between(timedelta(0), LONGEST_DEAD)
        after = max(self._down_until - self._time.stopwatch(), dead)
        self._note(f"copy {copy.number} dies, back in {after}")
        self._plan(after, lambda: self._next_life(copy.number))

    def all_down(self, outage: timedelta) -> None:
        self._down_until = self._time.stopwatch() + outage
        for copy in self.alive:
            self.bury(copy)

    def _next_life(self, number: int) -> None:
        if not self.copies[number].is_alive:
            self.begin(number)
            self.run(self.copies[number])

    @contextmanager
    def _by_itself(self, copy: Copy) -> Iterator[None]:
        self.depth += 1
        self.enter()
        try:
            yield
        except Died:
            self.bury(copy)
        except Unkept:
            self._note(f"copy {copy.number} could not keep it")  # its threads log it, and go on
        finally:
            self.leave()
            self.depth -= 1
