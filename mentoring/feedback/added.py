"""The questions that a programme adds to its surveys: three at most, from a shelf or in owners' words (D0.19).

A statement that owners write has a place, `items.OWN`, and a version that belongs to its words: other words are never
compared with it. `Programme.asked_statements` has all that were ever asked, each as "place:words"; where it stands
there, from 1, is its version.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from mentoring.core.programmes import Programme
from mentoring.feedback.items import OWN, SHELF_BEFORE, VERSION, FeedbackItem

MOST_ADDED = 3


@dataclass(frozen=True)
class AddedItem:
    """A question with its version, and its `words` if owners wrote it."""

    item: FeedbackItem
    version: int = VERSION
    words: str = ""


def added_items(programme: Programme) -> tuple[AddedItem, ...]:
    """What the programme asks besides, in the closing survey."""
    shelf = (AddedItem(FeedbackItem(each)) for each in programme.survey_shelf)
    asked = (_newest(programme.asked_statements, words) for words in programme.survey_statements)
    return (*shelf, *(each for each in asked if each))


def added_before(programme: Programme) -> tuple[AddedItem, ...]:
    """Those that are asked before the first meeting, too."""
    return tuple(each for each in added_items(programme) if each.item in SHELF_BEFORE)


def words_of(asked: Sequence[str], item: str, version: int) -> str:
    """What a statement says, or said, among all that were ever asked; "" if there is none."""
    found = asked[version - 1 : version] if version > 0 else ()
    return next((each.words for each in map(_read, found, (version,)) if each.item == item), "")


def with_asked(asked: tuple[str, ...], statements: Sequence[str]) -> tuple[str, ...]:
    """All statements that were ever asked, once `statements` are asked. One that was asked before keeps its place and
    version, unless another statement has its place now.
    """
    reused: dict[FeedbackItem, str] = {}
    for words in statements[:MOST_ADDED]:
        if found := _newest(asked, words):
            reused.setdefault(found.item, words)
    new = [words for words in statements[:MOST_ADDED] if words not in reused.values()]
    free = [item for item in OWN if item not in reused]
    return (*asked, *(f"{item}:{words}" for item, words in zip(free, new, strict=False)))


def _newest(asked: Sequence[str], words: str) -> AddedItem | None:
    entries = [_read(entry, version) for version, entry in enumerate(asked, 1)]
    return next((each for each in reversed(entries) if each.words == words), None)


def _read(entry: str, version: int) -> AddedItem:
    item, _, words = entry.partition(":")
    return AddedItem(FeedbackItem(item), version, words)
