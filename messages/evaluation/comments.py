"""The comments in the evaluation report: some of them at their place, and all at the end. All of it from groups."""

from collections.abc import Callable, Iterator
from typing import Final

from mentoring.evaluation.figures import RoundFigures
from mentoring.feedback.counted_items import WORDS
from mentoring.feedback.figures import Summary
from mentoring.feedback.items import FeedbackItem
from messages.evaluation.document import DocumentSection, Element, Quotations, Subheading
from messages.evaluation.items import asked
from messages.evaluation.words import question_name
from messages.text import plural

MOST_QUOTED: Final = 6
"""So many comments stand at their place; the others follow at the end."""
_COMMENTS: Final[tuple[tuple[str, str, Callable[[Summary], tuple[str, ...]]], ...]] = (
    ("helped", "What helped", lambda summary: summary.helps),
    ("hindered", "What got in the way", lambda summary: summary.hinders),
)
_SUGGESTED: Final = "What people suggest"
_TO_LEARN: Final = "What people would like to learn"


def comments(figures: RoundFigures) -> Iterator[DocumentSection]:
    """What helped, what hindered and what people suggest, each in a section of its own."""
    for id, title, found in _by_subject(figures):
        if title != _TO_LEARN:
            yield DocumentSection(id, title, tuple(_quoted(name, texts) for name, texts in found))


def words_to_learn(figures: RoundFigures) -> Iterator[Element]:
    """What people would like to learn, in their own words."""
    for _, title, found in _by_subject(figures):
        if title == _TO_LEARN:
            yield from (_quoted("In their own words", texts) for _, texts in found)


def all_comments(figures: RoundFigures) -> Iterator[DocumentSection]:
    """All of those of which some were left out before."""
    elements: list[Element] = []
    for _, title, found in _by_subject(figures):
        many = [(name, texts) for name, texts in found if len(texts) > MOST_QUOTED]
        if many:
            elements.append(Subheading(title))
            elements += [Quotations(f"{name}: {len(texts):,} comments", texts) for name, texts in many]
    if elements:
        yield DocumentSection("comments", "All comments", tuple(elements))


_Named = tuple[str, tuple[str, ...]]
"""What was asked, and what people wrote."""


def _by_subject(figures: RoundFigures) -> Iterator[tuple[str, str, list[_Named]]]:
    """An id, a title, and the comments, for each subject that has some."""
    for id, title, read in _COMMENTS:
        if found := [(question_name(each), texts) for each in figures.questions if (texts := read(each.summary))]:
            yield id, title, found
    for id, title, is_to_learn in (("better", _SUGGESTED, False), ("learn", _TO_LEARN, True)):
        said = [
            (asked(each.item), words)
            for each in figures.items
            if (each.item.id == FeedbackItem.LEARN) is is_to_learn
            if (words := tuple(text for stage in each.stages for text in stage.words_of(WORDS)))
        ]
        if said:
            yield id, title, said


def _quoted(name: str, texts: tuple[str, ...]) -> Quotations:
    if len(texts) <= MOST_QUOTED:
        return Quotations(f"{name}: {plural(len(texts), 'comment', 'comments')}", texts)
    heading = f"{name}: {MOST_QUOTED} of {len(texts):,} comments, in no order. All are at the end."
    return Quotations(heading, texts[:MOST_QUOTED])
