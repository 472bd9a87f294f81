"""What owners see of confidential answers: sums of whole groups, by round and by role, and by nothing else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from mentoring.applications.application import Role
from mentoring.feedback.answers import Question
from mentoring.feedback.counted_items import HELPS, HINDERS, RATING, CountedItem
from mentoring.feedback.counts import AnswerCount
from mentoring.feedback.groups import LEAST_PEOPLE, STEP, AnswerBar, Extreme, FeedbackGroup, GroupKind, StageFigures
from mentoring.feedback.items import FeedbackItem


class Precision(StrEnum):
    """How an average is to be read."""

    EXACT = "exact"
    ABOUT = "about"
    OR_MORE = "or more"
    OR_LESS = "or less"


@dataclass(frozen=True)
class Average:
    value: float
    precision: Precision


@dataclass(frozen=True)
class StageFigure:
    """What whole groups answered at one stage.

    `average` is of the `answers`, and None if the item has no scale. `bars` are those of the `in_bars` answers whose
    groups have them; `rest` of these have no bar, because nearly all others gave the same answer.
    """

    stage: Question
    people: int
    answers: int
    average: Average | None
    bars: tuple[AnswerBar, ...] = ()
    in_bars: int = 0
    rest: int = 0
    words: tuple[tuple[str, str], ...] = ()

    def words_of(self, field: str) -> tuple[str, ...]:
        return tuple(text for about, text in self.words if about == field)


@dataclass(frozen=True)
class Figure:
    """The sum of whole groups of one item and kind, with one figure for each stage. Before and after are of the same
    people.
    """

    item: CountedItem
    kind: GroupKind
    stages: tuple[StageFigure, ...]


def figures(
    groups: Iterable[FeedbackGroup], *, cohort_id: str | None = None, role: Role | None = None
) -> tuple[Figure, ...]:
    """The figures of the groups that are wholly of this round, and of this role; of all with None.

    Sorted by item. People and answers of different kinds are never added up.
    """
    inside: dict[tuple[CountedItem, GroupKind], list[FeedbackGroup]] = {}
    for group in groups:
        if cohort_id in (None, group.cohort_id) and role in (None, group.role):
            inside.setdefault((group.item, group.kind), []).append(group)
    return tuple(_figure(item, kind, found) for (item, kind), found in sorted(inside.items()))


def _figure(item: CountedItem, kind: GroupKind, groups: Sequence[FeedbackGroup]) -> Figure:
    stages = []
    for stage in item.stages:
        if found := [(group.people, each) for group in groups for each in group.stages if each.stage is stage]:
            stages.append(_stage_figure(stage, sum(people for people, _ in found), [each for _, each in found]))
    return Figure(item, kind, tuple(stages))


def _stage_figure(stage: Question, people: int, parts: Sequence[StageFigures]) -> StageFigure:
    with_bars = [part for part in parts if part.bars]
    bars: dict[str, AnswerBar] = {}
    for bar in (bar for part in with_bars for bar in part.bars):
        before = bars.get(bar.value, AnswerBar(bar.value, 0))
        bars[bar.value] = AnswerBar(bar.value, before.count + bar.count, before.or_more or bar.or_more)
    return StageFigure(
        stage,
        people,
        answers=sum(part.answers for part in parts),
        average=average_of(parts),
        bars=tuple(bars[value] for value in sorted(bars)),
        in_bars=sum(part.answers for part in with_bars),
        rest=sum(
            part.answers - part.bars[0].count for part in with_bars if len(part.bars) == 1 and part.bars[0].or_more
        ),
        words=tuple(pair for part in parts for pair in part.words),
    )


def average_of(parts: Sequence[StageFigures]) -> Average | None:
    """The average of groups, and how it is to be read; None without scores."""
    totals = [part for part in parts if part.total is not None]
    if not totals:
        return None
    match {part.extreme for part in totals}:
        case extremes if extremes == {Extreme.HIGH}:
            return Average(4.5, Precision.OR_MORE)
        case extremes if extremes == {Extreme.LOW}:
            return Average(1.5, Precision.OR_LESS)
        case extremes:
            value = sum(part.total or 0 for part in totals) / sum(part.answers for part in totals)
            return Average(round(value, 1), Precision.EXACT if extremes == {Extreme.NONE} else Precision.ABOUT)


def themes(groups: Iterable[FeedbackGroup]) -> tuple[AnswerBar, ...]:
    """What people would like to learn, as far as groups say how often each was chosen: the most frequent first."""
    found = figures(group for group in groups if group.item.id == FeedbackItem.LEARN)
    bars = [bar for figure in found for stage in figure.stages for bar in stage.bars]
    return tuple(sorted(bars, key=lambda bar: (-bar.count, bar.value)))


@dataclass(frozen=True)
class Summary:
    """The part of the answers to a check-in or survey that owners see at a glance: the ratings and their comments.

    `average` is of `shown` answers, and None without a group. `asked` and `answered` count answers.
    """

    asked: int
    answered: int
    shown: int = 0
    average: float | None = None
    precision: Precision = Precision.EXACT
    helps: tuple[str, ...] = ()
    hinders: tuple[str, ...] = ()


def summarise(question: Question, counts: Iterable[AnswerCount], groups: Iterable[FeedbackGroup]) -> Summary:
    """What owners see of the ratings at the stage `question`."""
    asked, answered = counted(question, counts)
    rated = [group for group in groups if group.item.id == RATING]
    for figure in figures(rated):
        for found in figure.stages:
            if found.stage is question and found.average:
                return Summary(
                    asked,
                    answered,
                    found.answers,
                    found.average.value,
                    found.average.precision,
                    found.words_of(HELPS),
                    found.words_of(HINDERS),
                )
    return Summary(asked, answered)


def counted(question: Question, counts: Iterable[AnswerCount], cohort_id: str | None = None) -> tuple[int, int]:
    """How many answers were asked for and given at a stage, in this round, or in all with None."""
    ours = [each for each in counts if each.question is question and cohort_id in (None, each.cohort_id)]
    return sum(each.asked for each in ours), sum(each.answered for each in ours)


@dataclass(frozen=True)
class Needed:
    """At least how many more answers are needed until something can be shown: `at_the_end`, when no one can answer any
    more, and `before`, while answers are expected.

    It follows from the number of answers as of the last Monday alone, and from nothing that was answered.
    """

    at_the_end: int
    before: int


def needed(answered: int) -> Needed:
    return Needed(max(0, LEAST_PEOPLE - answered), max(0, STEP + LEAST_PEOPLE - answered))
