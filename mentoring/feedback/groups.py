"""A group of answers: numbers and words of at least five people, without names, that never change."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from typing import Protocol, TypeVar

from mentoring.applications.application import Role
from mentoring.feedback.answers import Question
from mentoring.feedback.counted_items import CountedAnswer, CountedItem, ItemKey

LEAST_PEOPLE = 5
"""The fewest people in a group."""
STEP = 10
"""The people in a group that is formed while more answers are expected. At least LEAST_PEOPLE are left for another."""
LEAST_FOR_BARS = 10
"""The fewest people in a group that says how often each answer was given."""

_WESTERNMOST = timezone(timedelta(hours=-12))


class Extreme(StrEnum):
    """Whether nearly all ratings of a group are the best (HIGH) or the worst (LOW). Its sum is then cut, so that nobody
    can tell that everybody gave the same rating.
    """

    NONE = ""
    LOW = "low"
    HIGH = "high"


class GroupKind(StrEnum):
    """Which stages of a comparison the people of a group have answered. With one stage, it is always COMPLETE."""

    COMPLETE = "complete"
    ONLY_BEFORE = "only-before"
    ONLY_AFTER = "only-after"


@dataclass(frozen=True)
class AnswerBar:
    """How many answers of a group had this `value`: a score, or a choice. `or_more`: nearly all of them."""

    value: str
    count: int
    or_more: bool = False


@dataclass(frozen=True)
class StageFigures:
    """What the people of a group answered at one stage.

    `total` is the sum of the scores of the `answers`, cut where `extreme` says so; None if the item has no scale.
    `bars` are empty in a group of fewer than ten people. If one score, or the one choice, has nearly all answers, it is
    the only bar. `words` are pairs of a field and a text, in no order of time; they are withdrawn together when the
    answers of a member are erased.
    """

    stage: Question
    answers: int
    total: int | None
    extreme: Extreme = Extreme.NONE
    bars: tuple[AnswerBar, ...] = ()
    words: tuple[tuple[str, str], ...] = ()

    @property
    def has_one_bar(self) -> bool:
        """Whether nearly all gave the same answer, so that only this has a bar."""
        return len(self.bars) == 1 and self.bars[0].or_more


@dataclass(frozen=True)
class FeedbackGroup:
    """Answers of at least five people to one item. It never changes.

    `role` is None if mentees and mentors are together; `cohort_id` is "" in a group from before groups had rounds.
    `stages` are those that its people have answered, in order of time.
    """

    id: str
    item: CountedItem
    kind: GroupKind
    cohort_id: str
    role: Role | None
    people: int
    stages: tuple[StageFigures, ...]


@dataclass(frozen=True)
class GroupFormed:
    """A new group, and the answers in it. Each answer is in one group at most."""

    group: FeedbackGroup
    members: tuple[ItemKey, ...]


class OfAPerson(Protocol):
    """Something confidential that one person said."""

    @property
    def person(self) -> str: ...


Said = TypeVar("Said", bound=OfAPerson)


def full_groups(said: Sequence[Said]) -> tuple[list[list[Said]], list[Said]]:
    """Groups of STEP people in the order of `said`, while enough people for another group are left, and the rest.

    Everything that a person of a group has said is in it, so that a person counts as one.
    """
    groups, rest = [], list(said)
    while len(people := people_of(rest)) >= STEP + LEAST_PEOPLE:
        first = set(people[:STEP])
        groups.append([each for each in rest if each.person in first])
        rest = [each for each in rest if each.person not in first]
    return groups, rest


def has_enough_people(said: Iterable[OfAPerson]) -> bool:
    """Whether it may be a group."""
    return len(people_of(said)) >= LEAST_PEOPLE


def people_of(said: Iterable[OfAPerson]) -> list[str]:
    """Each person once, in the order in which they first said something."""
    return list(Counter(each.person for each in said))


def day_everywhere(now: datetime) -> date:
    """The last day that has begun in all time zones. A day before it is over everywhere."""
    return now.astimezone(_WESTERNMOST).date()


def stage_figures(
    stage: Question, answers: Sequence[CountedAnswer], people: int, group_id: str, order: Callable[[str, str], str]
) -> StageFigures:
    """What a group of so many `people` keeps of their `answers` at one stage. `order` gives the sorting key of a text.

    Nothing of it depends on who gave which answer.
    """
    scores = [answer.score for answer in answers if answer.score is not None]
    total, extreme = cut_total(scores) if scores else (None, Extreme.NONE)
    texts = (pair for answer in answers for pair in answer.words)
    return StageFigures(
        stage,
        len(answers),
        total,
        extreme,
        bars_of(answers) if people >= LEAST_FOR_BARS else (),
        tuple(sorted(texts, key=lambda pair: (pair[0], order(group_id, pair[1])))),
    )


def cut_total(ratings: Sequence[int]) -> tuple[int, Extreme]:
    """The sum of `ratings`, between one and a half and four and a half for each; and at which end it was cut."""
    total, many = sum(ratings), len(ratings)
    least, most = (3 * many + 1) // 2, 9 * many // 2
    if total < least:
        return least, Extreme.LOW
    if total > most:
        return most, Extreme.HIGH
    return total, Extreme.NONE


def bars_of(answers: Sequence[CountedAnswer]) -> tuple[AnswerBar, ...]:
    """How often each value was given, by value. The bar of all but two answers, or of more, reads "n - 2 or more".
    Where each answer has one value, the others are then the rest, without bars.
    """
    values = [(str(answer.score),) if answer.score is not None else answer.chosen for answer in answers]
    nearly_all = len(answers) - 2
    counts = sorted(Counter(value for each in values for value in each).items())
    bars = tuple(AnswerBar(value, min(count, nearly_all), or_more=count >= nearly_all) for value, count in counts)
    highest = tuple(bar for bar in bars if bar.or_more)
    return highest if highest and all(len(each) <= 1 for each in values) else bars
