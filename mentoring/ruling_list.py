"""What the committee ruled elsewhere, line by line, as a spreadsheet has it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from mentoring.error import Contradicted, MentoringError
from mentoring.match import STANDING, Match, MatchState
from mentoring.outcome import NOTHING, Outcome
from mentoring.round import Round


class Ruling(StrEnum):
    """What a line decides, in the order in which lines are gone by: what frees places first."""

    REFUSE = "refuse"
    NEVER = "never"
    PAIR = "pair"
    APPROVE = "approve"
    KEEP = "keep"


TOGETHER = frozenset({Ruling.APPROVE, Ruling.KEEP, Ruling.PAIR})
"""What wants the two together; the others want them apart."""


@dataclass(frozen=True)
class Line:
    """`number` counts the lines of the list from 1. `match_id`, `mentee` and `mentor` (Slack user ids) say what it is
    about, each "" where it is not said; of PAIR `match_id` is the proposal in place of which the two are put.
    """

    number: int
    ruling: Ruling
    match_id: str = ""
    mentee: str = ""
    mentor: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Ruled:
    """By the number of their line: those (mentee, mentor) for whom it is `done` or was so `already`, why it was
    `refused`, and the proposals that were `replaced`.
    """

    outcome: Outcome = NOTHING
    done: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    already: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    refused: Mapping[int, MentoringError] = field(default_factory=dict)
    replaced: Mapping[int, tuple[Match, ...]] = field(default_factory=dict)


def proposal_of(round_: Round, line: Line) -> Match | None:
    """The proposal that the line names; where it names none or that has gone, what has become of the same two since."""
    named = round_.matches.get(line.match_id)
    if named and named.state is MatchState.PROPOSED:
        return named
    theirs = [m for m in round_.matches.values() if m.people == two_in(round_, line)]
    standing = [m for m in theirs if m.state in STANDING]
    return next(iter(standing or ([named] if named else theirs)), None)


def contradicting(round_: Round, lines: Iterable[Line]) -> Iterator[tuple[int, MentoringError]]:
    """The lines of which one wants two together and another wants them apart."""
    about: dict[frozenset[str], list[tuple[Line, bool]]] = {}
    for line in lines:
        two = two_in(round_, line)
        if all(two):
            about.setdefault(frozenset(two), []).append((line, line.ruling in TOGETHER))
        named = round_.matches.get(line.match_id)
        if line.ruling is Ruling.PAIR and named and named.people != two:
            about.setdefault(frozenset(named.people), []).append((line, False))
    for wanted in about.values():
        if len({together for _, together in wanted}) > 1:
            for line, _ in wanted:
                yield line.number, Contradicted(tuple(one.number for one, _ in wanted))


def two_in(round_: Round, line: Line) -> tuple[str, str]:
    """Whom a line is about: mentee and mentor, as far as that is said."""
    named = round_.matches.get(line.match_id)
    mentee, mentor = named.people if named else ("", "")
    return line.mentee or mentee, line.mentor or mentor
