"""What the evaluation report says of the further questions: before and after, other answers, and what to learn."""

from collections.abc import Iterator, Sequence
from typing import Final

from mentoring.evaluation.counts import shown
from mentoring.evaluation.figures import RoundFigures
from mentoring.feedback.answers import MOST_RATING
from mentoring.feedback.figures import Average, Figure, Precision
from mentoring.feedback.groups import GroupKind
from mentoring.feedback.items import FeedbackItem
from messages.evaluation.comments import words_to_learn
from messages.evaluation.document import BarChart, DocumentSection, DocumentTable, Element, Paragraph
from messages.evaluation.items import asked, choice, short_name
from messages.evaluation.words import count
from messages.feedback.averages import average_words

_TO_LEARN: Final = FeedbackItem.LEARN


def before_and_after(figures: RoundFigures) -> Iterator[DocumentSection]:
    """The same people's answers before they began and at the end, question by question; nothing without groups."""
    rows = _pairs(figures)
    if not rows:
        return
    told = "; ".join(changes(figures))
    chart = BarChart(
        f"Before and after, from 1 to {MOST_RATING}",
        f"Average answers of the same people before and after. {told}.",
        tuple(short_name(each.item) for each, _, _ in rows),
        (
            ("After", tuple(after.value for _, _, after in rows)),
            ("Before", tuple(before.value for _, before, _ in rows)),
        ),
        most=float(MOST_RATING),
    )
    table = DocumentTable(
        f"Averages of the same people, from 1 to {MOST_RATING}",
        ("Question", "Before", "After", "Change", "People"),
        tuple(
            (
                f"{short_name(each.item)}: {asked(each.item)}",
                average_words(before),
                average_words(after),
                _change(before, after),
                f"{each.stages[0].people:,}",
            )
            for each, before, after in rows
        ),
    )
    words = "Only people who answered both times are counted. A change does not say what caused it."
    yield DocumentSection("change", "Before and after", (chart, table, Paragraph(words, True)))


def changes(figures: RoundFigures) -> Iterator[str]:
    """Each question with its averages before and after, in words."""
    for each, before, after in _pairs(figures):
        yield f"{short_name(each.item)}: {average_words(before)} before, {average_words(after)} after"


def _pairs(figures: RoundFigures) -> list[tuple[Figure, Average, Average]]:
    pairs = [each for each in figures.items if each.kind is GroupKind.COMPLETE and len(each.stages) > 1]
    return [(each, *_ends(each)) for each in pairs if all(stage.average for stage in each.stages)]


def _ends(figure: Figure) -> tuple[Average, Average]:
    first, last = figure.stages[0].average, figure.stages[-1].average
    return first or Average(0, Precision.EXACT), last or Average(0, Precision.EXACT)


def _change(before: Average, after: Average) -> str:
    """The difference, where neither average is cut."""
    if {before.precision, after.precision} & {Precision.OR_MORE, Precision.OR_LESS}:
        return "not exact"
    about = "" if before.precision is after.precision is Precision.EXACT else "about "
    return f"{about}{after.value - before.value:+.1f}"


def further_answers(figures: RoundFigures) -> Iterator[Element]:
    """Averages of the other questions, and how often a choice was made."""
    rows = tuple(
        (asked(each.item, figures.statements), average_words(stage.average), f"{stage.answers:,}")
        for each in figures.items
        if len(each.item.stages) == 1
        for stage in each.stages
        if stage.average
    )
    if rows:
        caption = f"Further questions, averages from 1 to {MOST_RATING}"
        yield DocumentTable(caption, ("Question", "Average", "Answers"), rows)
    for each in figures.items:
        if each.item.id != _TO_LEARN and (table := _choices([each])):
            yield table


def to_learn(figures: RoundFigures) -> Iterator[Element]:
    """What people would like to learn: choices, and in their own words."""
    found = [each for each in figures.items if each.item.id == _TO_LEARN]
    if table := _choices(found):
        yield table
    yield from words_to_learn(figures)


def _choices(figures: Sequence[Figure]) -> DocumentTable | None:
    """How often what was chosen, without small numbers; None if there is nothing to show."""
    bars = sorted(
        (bar.count, choice(each.item, bar.value), count(shown(bar.count)) + (" or more" if bar.or_more else ""))
        for each in figures
        for stage in each.stages
        if not stage.average
        for bar in stage.bars
        if shown(bar.count).exact
    )
    rows = tuple((name, times) for _, name, times in reversed(bars))
    return DocumentTable(asked(figures[0].item), ("Answer", "Times"), rows) if rows else None
