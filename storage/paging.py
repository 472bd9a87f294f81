"""Pages of rows in the order of an index, found by the row where they begin: turning to any of them costs the same."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from mentoring.core.paging import Page, PageMark

Key = tuple[Any, str]
"""The column that rows are sorted by, and their id, which tells equal ones apart."""
Item = TypeVar("Item")
Fetch = Callable[[Key | None, bool, int], Sequence[Item]]
"""Fetches rows after a key, or before it if the second argument is true, nearest first; without a key from the start or
the end. The third argument is how many.
"""


def find_page(
    fetch: Fetch[Item], begin: Key | None, mark: PageMark, *, size: int, total: int, id_of: Callable[[Item], str]
) -> Page[Item]:
    """The page at `mark` of a list of `total` rows, with `size` on a page. `begin` is the key of the row of the mark.

    If that row is gone, it is the first page; after the last row, it is the last page.
    """
    number, rows, more = 1, list[Item](), False
    if begin and mark.is_before and mark.number > 1:
        found = fetch(begin, True, size + 1)
        if len(found) > size:  # else rows were removed, and it is the first page
            number, rows, more = mark.number, list(found[:size])[::-1], True
    elif begin and not mark.is_before:
        found = fetch(begin, False, size + 1)
        number, rows, more = max(2, mark.number), list(found[:size]), len(found) > size
        if not rows:
            rows = list(fetch(None, True, size))[::-1]
            number = max(1, -(-total // size))
    if not rows:
        found = fetch(None, False, size + 1)
        number, mark, rows, more = 1, PageMark(), list(found[:size]), len(found) > size
    return Page(
        tuple(rows),
        mark,
        total,
        previous=PageMark(id_of(rows[0]), number - 1, is_before=True) if number > 1 else None,
        following=PageMark(id_of(rows[-1]), number + 1) if more else None,
        number=number,
    )


ESCAPE = "/"


def contained(text: str) -> str:
    """The pattern of a LIKE with ESCAPE for what contains `text`."""
    for special in (ESCAPE, "%", "_"):
        text = text.replace(special, ESCAPE + special)
    return f"%{text}%"
