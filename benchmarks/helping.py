"""What would help people without a match, for a round in which every rule is set, beside the bare solver.

The floor solves each changed round once, with its matrix ready. The times that are aimed at hold for a quiet machine.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from benchmarks.instance import Instance
from benchmarks.measuring import Row, in_turn, seconds, typically
from mentoring.core.programmes import Segment
from mentoring.matching.round import MatchingRound
from mentoring.matching.what_would_help import changed_round, possible_changes, what_would_help
from tests.mentoring.library import library

_AIMS = {"150 people": 500, "1,000 people": 3000}
"""Milliseconds at most."""
_LATE = 20
"""Every so manieth application is late."""


def measure(folder: Path, *, toy: bool = False) -> Iterator[Row]:
    small, large = ((9, 6, 3), (12, 8, 4)) if toy else ((110, 50, 10), (733, 333, 66))
    for (what, aim), (mentees, mentors, both) in zip(_AIMS.items(), (small, large), strict=True):
        round_ = _strict(library(mentees=mentees, mentors=mentors, both=both))
        yield from _measured(what, aim, round_, 1 if toy else 5)


def _measured(what: str, aim: int, round_: MatchingRound, rounds: int) -> Iterator[Row]:
    changes = possible_changes(round_)
    solved = [Instance(each) for each in (round_, *(changed_round(round_, change) for change in changes))]
    floor, ours = "bare", "whole"
    took = typically(
        in_turn(
            {
                # A new value, so that nothing is cached.
                ours: lambda: seconds(lambda: what_would_help(replace(round_))),
                floor: lambda: sum(each.bare() for each in solved),
            },
            rounds,
        )
    )
    called = f"what would help, {what}"
    yield Row("helping", called, "milliseconds", 1000 * took[ours], aim, rounds, "ms")
    bare = f"the bare solver for {len(solved)} rounds, {took[floor]:.3f} s"
    yield Row("helping", f"{called}, {took[ours]:.3f} s", bare, took[ours] / took[floor], None, rounds)


def _strict(round_: MatchingRound) -> MatchingRound:
    """The round with every rule set, and some late applications."""
    programme, cohort = round_.programme, round_.cohort
    late = cohort.apply_by + timedelta(days=1)
    applications = {
        id_: replace(one, sent_on=late) if number % _LATE == 0 else one
        for number, (id_, one) in enumerate(round_.applications.items())
    }
    strict = replace(
        programme,
        least_gap=2,
        shared_hours=True,
        for_mentees=Segment(programme.departments[:-1]),
        for_mentors=Segment(grades=programme.grades[1:]),
        weights=replace(programme.weights, at_least=40),
    )
    return replace(round_, programme=strict, applications=applications)
