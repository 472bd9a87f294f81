"""Proposing for a whole round, scores and reasons and all, beside the bare solver, greedy, and a published peer.

The rounds are those of a made-up library: some thirty of a hundred pairs are forbidden, mentors have one to
three places.
"""

import resource
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from benchmarks import mentor_match
from benchmarks.instance import Instance, greedy
from benchmarks.measuring import Row, in_turn, typically
from mentoring.matching.optimiser import propose
from mentoring.matching.round import MatchingRound
from tests.mentoring.factories import new_ids
from tests.mentoring.library import library

_KILOBYTES = 1024
"""`resource` counts in kilobytes, on Linux."""
_TIMES_BARE, _MEGABYTES = 3.0, 2048


def measure(folder: Path, *, toy: bool = False) -> Iterator[Row]:
    """The largest is measured once, in a process of its own, whose memory is looked at."""
    small, middle, large = (6, 12, 18) if toy else (100, 1000, 5000)
    rounds = 1 if toy else 5
    yield from _measured(f"{small} a side", library(mentees=small, mentors=small, both=0), rounds * 4)
    yield from _measured(f"{small} and too few mentors", library(mentees=small, mentors=small // 3, both=0), rounds * 4)
    yield from mentor_match.measure(small, rounds * 4)
    yield from _measured(f"{middle:,} a side", library(mentees=middle, mentors=middle, both=0), rounds, _TIMES_BARE)
    too_few = library(mentees=middle, mentors=middle // 3, both=0)
    yield from _measured(f"{middle:,} and too few mentors", too_few, rounds, _TIMES_BARE)
    yield from _alone(f"{large:,} a side", (large, large))
    yield from _alone(f"{large:,} and too few mentors", (large, large // 3))


def _measured(what: str, round_: MatchingRound, rounds: int, most: float | None = None) -> Iterator[Row]:
    one = Instance(round_)
    one.check_best()
    took = typically(in_turn({"whole": one.whole, "bare": one.bare, "greedy": one.greedily}, rounds))
    whole, bare, by_greedy = took["whole"], took["bare"], took["greedy"]
    yield Row("matching", f"{what}, {whole:.3f} s", f"the bare solver, {bare:.3f} s", whole / bare, most, rounds)
    yield Row("matching", f"{what}, {whole:.3f} s", f"greedy, {by_greedy:.3f} s", whole / by_greedy, None, rounds)
    best, by_greed = one.proposed(), greedy(one.problem)
    yield Row(
        "matching", f"{what}: left over, and matched by us", "greedy", len(best) - len(by_greed), None, 1, "people"
    )
    yield Row("matching", f"{what}: what is missed", "greedy", one.missed(best) / one.missed(by_greed), 1.0, 1)


def _alone(what: str, size: tuple[int, int]) -> Iterator[Row]:
    with ProcessPoolExecutor(1, get_context("spawn")) as processes:
        whole, bare, memory = processes.submit(_once, *size).result()
    yield Row("matching", f"{what}, {whole:.1f} s", f"the bare solver, {bare:.1f} s", whole / bare, _TIMES_BARE, 1)
    yield Row("matching", f"{what}: the peak of memory", "megabytes", memory, _MEGABYTES, 1, "MB")


def _once(mentees: int, mentors: int) -> tuple[float, float, float]:
    """Seconds of the whole and of the bare solver, and the peak of memory after the whole, in megabytes."""
    one = Instance(library(mentees=mentees, mentors=mentors, both=0))
    propose(library(), new_ids())  # the solver is loaded
    whole = one.whole()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KILOBYTES
    return whole, one.bare(), memory
