"""Finding three times for two people, in any two of a dozen time zones, with what they have planned already.

The floor is what every search needs: the hours of both on each day of four weeks, in UTC.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import combinations_with_replacement, cycle
from pathlib import Path
from time import process_time

from benchmarks.measuring import Row, in_turn
from mentoring.core.people import AccountStatus, Person
from mentoring.core.programmes import Programme
from mentoring.meetings.finding_times import TimeSearch, find_times

_ZONES = (
    "America/Los_Angeles",
    "America/New_York",
    "America/Sao_Paulo",
    "Europe/London",
    "Europe/Berlin",
    "Africa/Nairobi",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Asia/Tokyo",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
    "Pacific/Honolulu",
)
_SPRING = datetime(2027, 3, 10, 12, 5, tzinfo=UTC)
"""Within four weeks the clocks change in most of these zones."""
_DAYS = 29
_AIM = 5
"""Milliseconds at most, for 99 of 100."""


def measure(folder: Path, *, toy: bool = False) -> Iterator[Row]:
    rounds = 1 if toy else 20
    searches = [
        _search(one, other, minutes) for (one, other), minutes in zip(_pairs(), cycle((30, 60, 90)), strict=False)
    ]
    for search in searches:
        find_times(search)  # the holidays are known by now
    took = in_turn(
        {"whole": lambda: _slowest(searches, find_times), "floor": lambda: _slowest(searches, _bare)}, rounds
    )
    ours, floor = (sorted(took[name])[rounds // 2] for name in ("whole", "floor"))
    samples = rounds * len(searches)
    yield Row(
        "times", "three times for two people, p99", "milliseconds of processor time", 1000 * ours, _AIM, samples, "ms"
    )
    bare = f"the hours of both in UTC, p99, {1000 * floor:.2f} ms"
    yield Row("times", f"three times for two people, p99, {1000 * ours:.2f} ms", bare, ours / floor, None, samples)


def _slowest(searches: list[TimeSearch], work: Callable[[TimeSearch], object]) -> float:
    """The time that 99 of 100 stay below."""
    took = sorted(_processor_time(partial(work, search)) for search in searches)
    return took[len(took) * 99 // 100]


def _processor_time(work: Callable[[], object]) -> float:
    began = process_time()
    work()
    return process_time() - began


def _bare(search: TimeSearch) -> None:
    for person in search.people:
        for after in range(_DAYS):
            day = person.today(search.now + timedelta(days=after))
            for clock in search.programme.workday:
                datetime.combine(day, clock, person.zone).astimezone(UTC)


def _pairs() -> list[tuple[str, str]]:
    return list(combinations_with_replacement(_ZONES, 2))


def _search(one: str, other: str, minutes: int) -> TimeSearch:
    people = (Person("U0ONE", AccountStatus.MEMBER, "", one), Person("U0OTHER", AccountStatus.MEMBER, "", other))
    planned = [_SPRING + timedelta(days=3 * n, hours=n) for n in range(8)]
    return TimeSearch(
        people,
        replace(Programme("p1", "Mentoring"), country="GB"),
        _SPRING,
        minutes,
        busy=tuple((begins, begins + timedelta(hours=1)) for begins in planned),
        met=tuple((begins - timedelta(days=60), begins - timedelta(days=60, hours=-1)) for begins in planned),
    )
