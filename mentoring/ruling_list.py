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


_TOGETHER = frozenset({Ruling.APPROVE, Ruling.KEEP, Ruling.PAIR})
"""What may be decided of the same two at once."""


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
    `refused`, and the proposal that was `replaced`.
    """

    outcome: Outcome = NOTHING
    done: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    already: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    refused: Mapping[int, MentoringError] = field(default_factory=dict)
    replaced: Mapping[int, Match] = field(default_factory=dict)


def proposal_of(round_: Round, line: Line) -> Match | None:
    """The proposal that the line names; where it names none or that has gone, what has become of the same two since."""
    named = round_.matches.get(line.match_id)
    if named and named.state is MatchState.PROPOSED:
        return named
    theirs = [m for m in round_.matches.values() if m.people == two_in(round_, line)]
    standing = [m for m in theirs if m.state in STANDING]
    return next(iter(standing or ([named] if named else theirs)), None)


def contradicting(round_: Round, lines: Iterable[Line]) -> Iterator[tuple[int, MentoringError]]:
    about: dict[frozenset[str], list[Line]] = {}
    for line in lines:
        if all(two := two_in(round_, line)):
            about.setdefault(frozenset(two), []).append(line)
    for same in about.values():
        rulings = {line.ruling for line in same}
        if len(rulings) > 1 and not rulings <= _TOGETHER:
            for line in same:
                yield line.number, Contradicted(tuple(one.number for one in same))


def two_in(round_: Round, line: Line) -> tuple[str, str]:
    """Whom a line is about: mentee and mentor, as far as that is said."""
    named = round_.matches.get(line.match_id)
    mentee, mentor = named.people if named else ("", "")
    return line.mentee or mentee, line.mentor or mentor
