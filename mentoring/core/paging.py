"""Pages of a long list. A page begins after an item, so that turning to it costs the same however long the list is."""

from dataclasses import dataclass
from typing import Generic, Self, TypeVar

Item = TypeVar("Item", covariant=True)


@dataclass(frozen=True)
class PageMark:
    """Where a page is: after the item with this `id`, or before it; without an id, the first page.

    `number` is that of the page, from 1. It is shown, and finds nothing.
    """

    id: str = ""
    number: int = 1
    is_before: bool = False

    @classmethod
    def parse(cls, text: str) -> Self:
        """The mark in the value of a button, see `dump`. Anything else is the first page."""
        direction, _, rest = text.partition(":")
        number, _, id = rest.partition(":")
        if direction not in _DIRECTIONS or not (number.isascii() and number.isdecimal()) or not id:
            return cls()
        return cls(id, max(1, int(number[:6])), _DIRECTIONS[direction])

    def dump(self) -> str:
        """For the value of a button."""
        direction = next(word for word, is_before in _DIRECTIONS.items() if is_before is self.is_before)
        return f"{direction}:{self.number}:{self.id}"


_DIRECTIONS = {"after": False, "before": True}


@dataclass(frozen=True)
class Page(Generic[Item]):
    """Page `number`, from 1, of a list of `total`. `mark` finds it again; the others are None at the ends."""

    items: tuple[Item, ...]
    mark: PageMark = PageMark()
    total: int = 0
    previous: PageMark | None = None
    following: PageMark | None = None
    number: int = 1
