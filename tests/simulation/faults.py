"""What goes wrong in a year, by the seed: so many of each, each at the first chance after a moment of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from tests.simulation.chance import Chance


class Fault(StrEnum):
    """At a call to Slack, unless it says where."""

    DIES_BEFORE_COMMIT = "dies before a commit"
    DIES_AFTER_COMMIT = "dies after a commit"
    FAILS_AT_COMMIT = "a commit fails"
    DIES_BEFORE_SENDING = "dies before sending"
    DIES_BEFORE_THE_ANSWER = "dies when Slack has it"
    DIES_WHILE_ON_ITS_WAY = "dies while the request is on its way"
    LOST_ON_THE_WAY = "never reaches Slack"
    ANSWER_LOST = "performed, the answer is lost"
    LATE = "reaches Slack late, the caller gives up"
    RATE_LIMITED = "429"
    SERVER_ERROR = "5xx, not performed"
    SERVER_ERROR_AFTER = "5xx, performed"
    INTERNAL_ERROR = "internal_error, not performed"
    INTERNAL_ERROR_AFTER = "internal_error, performed"


AT_COMMITS = frozenset({Fault.DIES_BEFORE_COMMIT, Fault.DIES_AFTER_COMMIT, Fault.FAILS_AT_COMMIT})

A_YEAR: Mapping[Fault, tuple[int, int]] = {
    Fault.DIES_BEFORE_COMMIT: (5, 8),
    Fault.DIES_AFTER_COMMIT: (5, 8),
    Fault.FAILS_AT_COMMIT: (2, 5),
    Fault.DIES_BEFORE_SENDING: (3, 5),
    Fault.DIES_BEFORE_THE_ANSWER: (4, 7),
    Fault.DIES_WHILE_ON_ITS_WAY: (3, 5),
    Fault.LOST_ON_THE_WAY: (4, 8),
    Fault.ANSWER_LOST: (4, 8),
    Fault.LATE: (4, 8),
    Fault.RATE_LIMITED: (4, 8),
    Fault.SERVER_ERROR: (3, 6),
    Fault.SERVER_ERROR_AFTER: (2, 5),
    Fault.INTERNAL_ERROR: (3, 6),
    Fault.INTERNAL_ERROR_AFTER: (2, 5),
}
"""At least and at most so many a year: twenty deaths and more."""


class InjectedFault(Protocol):
    """Says what happens at each chance; moments are the stopwatch's."""

    happened: dict[Fault, int]

    def at_commit(self, now: datetime) -> Fault | None: ...

    def at_call(self, now: datetime) -> Fault | None: ...

    def is_stormy(self, now: datetime) -> bool:
        """Whether many calls fail."""


class OneFault:
    """The one at the `number`th commit or call (from 1) is `fault`; with none, they are counted."""

    def __init__(self, fault: Fault | None = None, number: int = 0) -> None:
        self._fault = fault
        self._number = number
        self.commits = self.calls = 0
        self.happened: dict[Fault, int] = {}

    def at_commit(self, now: datetime) -> Fault | None:
        self.commits += 1
        return self._at(self.commits) if self._fault in AT_COMMITS else None

    def at_call(self, now: datetime) -> Fault | None:
        self.calls += 1
        return self._at(self.calls) if self._fault not in AT_COMMITS else None

    def is_stormy(self, now: datetime) -> bool:
        return False

    def _at(self, number: int) -> Fault | None:
        if self._fault is None or number != self._number:
            return None
        self.happened[self._fault] = 1
        return self._fault


class Armed:
    """Each at the first chance after it was put into `waiting`."""

    def __init__(self) -> None:
        self.waiting: list[Fault] = []
        self.happened: dict[Fault, int] = {}

    def at_commit(self, now: datetime) -> Fault | None:
        return self._take(at_commits=True)

    def at_call(self, now: datetime) -> Fault | None:
        return self._take(at_commits=False)

    def is_stormy(self, now: datetime) -> bool:
        return False

    def _take(self, *, at_commits: bool) -> Fault | None:
        found = next((fault for fault in self.waiting if (fault in AT_COMMITS) is at_commits), None)
        if found:
            self.waiting.remove(found)
            self.happened[found] = self.happened.get(found, 0) + 1
        return found


@dataclass
class _Planned:
    fault: Fault
    after: datetime
    skips: int


class Faults:
    """`take` says what happens at this chance. `storms` are spells in which many calls fail (stopwatch, aware)."""

    def __init__(self, seed: int, start: datetime, end: datetime) -> None:
        self._chance = chance = Chance(seed, "faults")
        planned = [
            _Planned(fault, start + (end - start) * chance.random(), int(chance.random() ** 2 * 6))
            for fault, (least, most) in A_YEAR.items()
            for _ in range(chance.randint(least, most))
        ]
        planned.sort(key=lambda each: each.after)
        self._at_commits = [each for each in planned if each.fault in AT_COMMITS]
        self._at_calls = [each for each in planned if each.fault not in AT_COMMITS]
        self.storms = tuple(
            (began, began + chance.between(timedelta(minutes=3), timedelta(hours=2)))
            for began in sorted(start + (end - start) * chance.random() for _ in range(chance.randint(1, 4)))
        )
        self.happened: dict[Fault, int] = {}

    def at_commit(self, now: datetime) -> Fault | None:
        return self._take(self._at_commits, now)

    def at_call(self, now: datetime) -> Fault | None:
        """In a storm often one of those that the caller survives."""
        planned = self._take(self._at_calls, now)
        if planned is None and self.is_stormy(now) and self._chance.happens(0.6):
            planned = self._chance.one_of(_WEATHER)
            self.happened[planned] = self.happened.get(planned, 0) + 1
        return planned

    def is_stormy(self, now: datetime) -> bool:
        return any(began <= now < ended for began, ended in self.storms)

    def _take(self, planned: list[_Planned], now: datetime) -> Fault | None:
        if not planned or planned[0].after > now:
            return None
        if planned[0].skips:
            planned[0].skips -= 1
            return None
        fault = planned.pop(0).fault
        self.happened[fault] = self.happened.get(fault, 0) + 1
        return fault


_WEATHER = (
    Fault.LOST_ON_THE_WAY,
    Fault.ANSWER_LOST,
    Fault.LATE,
    Fault.RATE_LIMITED,
    Fault.SERVER_ERROR,
    Fault.SERVER_ERROR_AFTER,
    Fault.INTERNAL_ERROR,
    Fault.INTERNAL_ERROR_AFTER,
)
