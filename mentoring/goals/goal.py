"""Goals: what they say, how they stand, and each change with its day."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from mentoring.core.errors import MentoringError, Missing, NoLongerOffered, NotInTheFuture, TooFarAhead, TooLong
from mentoring.core.fields import FieldName
from mentoring.core.lengths import add_months

MOST_LINE: Final = 150
MOST_SHORT: Final = 500
MOST_OPEN: Final = 3
"""Goals that are open at once."""
MOST_GOALS: Final = 20
"""Goals that a person can keep, in any state."""
MOST_WHO: Final = 5
"""People who could help with a goal."""


class GoalState(StrEnum):
    """How a goal stands. Stored: renaming a value needs a migration."""

    NOT_BEGUN = "not-begun"
    BEGUN = "begun"
    HALF_WAY = "half-way"
    NEARLY_THERE = "nearly-there"
    REACHED = "reached"
    RESTING = "resting"
    LET_GO = "let-go"


OPEN_STATES: Final = frozenset({GoalState.NOT_BEGUN, GoalState.BEGUN, GoalState.HALF_WAY, GoalState.NEARLY_THERE})


class GoalTerm(StrEnum):
    """For when a goal is. Stored: renaming a value needs a migration."""

    QUARTER = "quarter"
    YEAR = "year"
    LATER = "later"


_MONTHS: Final = {GoalTerm.QUARTER: 6, GoalTerm.YEAR: 18, GoalTerm.LATER: 60}
"""Within how many months the day of a goal lies; what is further away was mistyped, or is for another term."""


class GoalHelp(StrEnum):
    """What would help with a goal. Stored: renaming a value needs a migration."""

    ADVICE = "advice"
    CONTACT = "contact"
    CHANCE = "chance"
    FEEDBACK = "feedback"
    COURSE = "course"
    TIME = "time"
    ENCOURAGEMENT = "encouragement"


@dataclass(frozen=True)
class GoalForm:
    """The input of the form of a goal. `who` are Slack user ids; `rests` is the id of the goal that rests instead, or
    "".
    """

    words: str
    term: GoalTerm | None
    proof: str = ""
    until: date | None = None
    first_step: str = ""
    help: tuple[GoalHelp, ...] = ()
    who: tuple[str, ...] = ()
    other_who: str = ""
    obstacle: str = ""
    rests: str = ""


@dataclass(frozen=True)
class Goal:
    """A goal of `person` (a Slack user id), with the words that they wrote.

    `until` and `proof` are needed unless it is for later. It was written on the day `added_on`, as the one with this
    `number`. Each change of it has a `GoalChange` whose `number` is the goal's `version`.
    """

    id: str
    person: str
    words: str
    term: GoalTerm
    proof: str
    until: date | None
    first_step: str
    help: tuple[GoalHelp, ...]
    who: tuple[str, ...]
    other_who: str
    obstacle: str
    state: GoalState
    added_on: date
    version: int = 1
    number: int = 1

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES


@dataclass(frozen=True)
class GoalChange:
    """What became of a goal on a day, in its person's words: `state` is the state since then, `happened` what has
    happened, and `next_step` the next step. Where its words were changed, `old_words`, `old_proof` and `old_until` are
    those from before; else they are empty.
    """

    goal_id: str
    number: int
    on: date
    state: GoalState
    happened: str = ""
    next_step: str = ""
    old_words: str = ""
    old_proof: str = ""
    old_until: date | None = None


@dataclass(frozen=True)
class GoalDeleted:
    """Removes the goal of `person` (a Slack user id) and all its changes."""

    goal_id: str
    person: str


@dataclass(frozen=True)
class GoalRecord:
    """A goal with all its changes, the newest first."""

    goal: Goal
    changes: tuple[GoalChange, ...] = ()

    @property
    def next_step(self) -> str:
        """The step that was named last, or ""."""
        return next((each.next_step for each in self.changes if each.next_step), self.goal.first_step)


def open_goals(records: Iterable[GoalRecord]) -> list[Goal]:
    return [record.goal for record in records if record.goal.is_open]


def goal_errors(form: GoalForm, today: date, *, before: Goal | None = None) -> Iterator[MentoringError]:
    """Yield the problems of the form. The day of a goal that stands already, as it was `before`, may have passed."""
    if not form.words:
        yield Missing(FieldName.GOAL)
    if form.term is None:
        yield Missing(FieldName.TERM)
    elif form.term is not GoalTerm.LATER:
        if not form.proof:
            yield Missing(FieldName.PROOF)
        if form.until is None:
            yield Missing(FieldName.UNTIL)
    if form.until and (before is None or (form.until, form.term) != (before.until, before.term)):
        latest = add_months(today, _MONTHS[form.term or GoalTerm.LATER])
        if form.until <= today:
            yield NotInTheFuture(FieldName.UNTIL)
        elif form.until > latest:
            yield TooFarAhead(FieldName.UNTIL, latest)
    yield from too_long(
        (FieldName.GOAL, form.words),
        (FieldName.PROOF, form.proof),
        (FieldName.FIRST_STEP, form.first_step),
        (FieldName.OTHER_WHO, form.other_who),
        (FieldName.OBSTACLE, form.obstacle),
    )
    if len(form.who) > MOST_WHO:
        yield TooLong(FieldName.WHO, MOST_WHO)


def room_errors(records: Sequence[GoalRecord], rests: str, *, about: str = "") -> Iterator[MentoringError]:
    """Yield the problem if one more goal is to be open, the one with the id `about`, and `rests` does not make room."""
    others = [goal for goal in open_goals(records) if goal.id != about]
    if len(others) < MOST_OPEN:
        return
    if not rests:
        yield Missing(FieldName.RESTS)
    elif all(goal.id != rests for goal in others):
        yield NoLongerOffered(FieldName.RESTS)


def too_long(*texts: tuple[FieldName, str], most: int = MOST_LINE) -> Iterator[MentoringError]:
    """Yield a refusal for each text with more than `most` characters."""
    yield from (TooLong(field, most) for field, text in texts if len(text) > most)
