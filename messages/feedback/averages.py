"""Averages and bars of groups of answers, in words."""

from mentoring.feedback.answers import MOST_RATING
from mentoring.feedback.figures import Average, Precision
from mentoring.feedback.groups import LEAST_PEOPLE, AnswerBar

AT_LEAST = {5: "five"}.get(LEAST_PEOPLE, str(LEAST_PEOPLE))
PRECISIONS = {
    Precision.EXACT: "{}",
    Precision.ABOUT: "about {}",
    Precision.OR_MORE: "{} or more",
    Precision.OR_LESS: "{} or less",
}
_WIDTH = 10


def average_words(average: Average) -> str:
    """For a sentence: as exactly as it may be told."""
    return PRECISIONS[average.precision].format(f"{average.value:.1f}")


def out_of(average: Average) -> str:
    return f"{average_words(average)} out of {MOST_RATING}"


def bar_line(label: str, bar: AnswerBar, of: int) -> str:
    """A line of plain text: how many gave this answer, with a bar for the eye. The number says the same."""
    return f"{how_many(bar)} · {label}  {'▬' * max(1, round(_WIDTH * bar.count / of))}"


def how_many(bar: AnswerBar) -> str:
    return f"{bar.count} or more" if bar.or_more else f"{bar.count}"
