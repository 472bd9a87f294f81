"""The published package `mentor-match` on the same rounds: Munkres' algorithm over the scores of its rules.

It knows no places: a mentor gets one mentee at a time, and more when it is run again. Its rules are given our scores,
ready made, so that only its own work is measured.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version

from matching.match import Match
from matching.mentee import Mentee
from matching.mentor import Mentor
from matching.process import process_data
from matching.rules.rule import Disqualify

from benchmarks.instance import Instance
from benchmarks.measuring import Row, in_turn, seconds, typically
from tests.mentoring.library import library

_GOES = 3
"""As often as it may be run for mentors with three places."""


def measure(size: int, rounds: int) -> Iterator[Row]:
    """How long it takes where each mentor has one place, which is what it can do; and how good it is where they have
    more, and are too few.
    """
    peer = f"mentor-match {version('mentor-match')}, munkres {version('munkres')}"
    simple = Instance(library(mentees=size, mentors=size, both=0, most_places=1))
    took = typically(in_turn({"whole": simple.whole, "peer": lambda: _seconds(simple)}, rounds))
    whole, theirs = took["whole"], took["peer"]
    what = f"{size} a side, one place each, {whole:.3f} s"
    yield Row("matching", what, f"{peer}, {theirs:.3f} s", whole / theirs, 1.0, rounds)
    few = Instance(library(mentees=size, mentors=size // 3, both=0))
    best, found = few.proposed(), _matched(few, goes=_GOES)
    what = f"{size} and too few mentors"
    yield Row("matching", f"{what}: left over, and matched by us", peer, len(best) - len(found), None, 1, "people")
    yield Row("matching", f"{what}: what is missed", peer, few.missed(best) / few.missed(found), 1.0, 1)


def _seconds(instance: Instance) -> float:
    scores = instance.scores  # they are ready
    return seconds(lambda: _matched(instance, goes=1)) if len(scores) else 0.0


@dataclass(frozen=True)
class _Score:
    """A rule of theirs: the score of the two."""

    scores: list[list[int]]

    def apply(self, match: Match) -> int:
        row: int = match.mentee.row
        mentor: int = match.mentor.row
        return self.scores[row][mentor]


def _matched(instance: Instance, *, goes: int) -> dict[int, int]:
    """The mentor of each row."""
    values, scores, places = instance.problem.values.tolist(), instance.scores, instance.problem.places
    asking = [_numbered(Mentee(email=f"mentee {row}", grade=0), row) for row in range(len(values))]
    offering = [_numbered(Mentor(email=f"mentor {row}", grade=0), row) for row in range(len(places))]

    def may_not(match: Match) -> bool:
        if match.mentee.mentors or len(match.mentor.mentees) >= places[match.mentor.row]:
            return True
        return bool(values[match.mentee.row][match.mentor.row] < 0)

    process_data(offering, asking, [[_Score(scores), Disqualify(may_not)] for _ in range(goes)])
    return {mentee.row: mentee.mentors[0].row for mentee in asking if mentee.mentors}


def _numbered(person: Mentee | Mentor, row: int) -> Mentee | Mentor:
    person.row = row
    return person
