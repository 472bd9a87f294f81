"""Opening what owners look at: People, Partnerships and Matches, among a hundred people and among six thousand."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import fields
from datetime import timedelta
from pathlib import Path

from benchmarks.filling import NOW, OWNER, fill, mentor, new_file
from benchmarks.measuring import Row, in_turn, seconds, typically
from handlers import partnership_list, people_list
from handlers.context import AppContext, OpenModal, OpenWhenReady, Request, Response
from handlers.matching import review
from mentoring.core.paging import PageMark
from messages.payloads import check_view
from storage import Storage

_WORKSPACE = "T0BENCH"
_TRIGGER = timedelta(seconds=3)
"""After so long, Slack opens no modal any more."""

Handler = Callable[[AppContext, Request], Response]


def measure(folder: Path, *, toy: bool = False) -> Iterator[Row]:
    few, many = (10, 50) if toy else (50, 3000)
    rounds = 3 if toy else 30
    with ExitStack() as stack:
        here = {size: stack.enter_context(_lists(folder / f"lists{size}.db", size)) for size in (few, many)}
        opens = {f"{name} {size}": opened for size, lists in here.items() for name, opened in lists.items()}
        in_turn(opens, 2)  # statements are compiled by now
        took = typically(in_turn(opens, rounds))
    for name, what in _PAGES.items():
        ratio = took[f"{name} {many}"] / took[f"{name} {few}"]
        yield Row("lists", f"{what}, {2 * many:,} people", f"{2 * few:,} people", ratio, _MOST.get(name), rounds)
    slowest = max(took[f"{name} {many}"] for name in _PAGES if name not in _UPDATED)
    what = f"the slowest of these, {2 * many:,} people"
    yield Row(
        "lists", what, "the three seconds in which Slack opens it", slowest / _TRIGGER.total_seconds(), 1.0, rounds
    )


_PAGES = {
    "people": "People: the first page",
    "later people": "People: a page in the middle",
    "filtered": "People: those not matched yet",
    "partnerships": "Partnerships: the first page",
    "later partnerships": "Partnerships: a page in the middle",
    "matches": "Matches opens",
    "filled matches": "Matches is filled",
}
_MOST = dict.fromkeys(("people", "later people", "partnerships", "later partnerships", "matches"), 2.0)
"""The others look at everybody in the round."""
_UPDATED = frozenset({"filled matches"})
"""These are shown in a modal that is open already, and need not be ready while its trigger lives."""


@contextmanager
def _lists(file: Path, partnerships: int) -> Iterator[dict[str, Callable[[], float]]]:
    address = new_file(file)
    storage = Storage(address)
    try:
        fill(storage, address, _WORKSPACE, partnerships)
        # Only its storage is used: what is opened would be sent by another thread.
        unused = [None] * (len(fields(AppContext)) - 2)
        app = AppContext(storage, lambda: NOW, *unused)  # type: ignore[arg-type]
        with storage.read(_WORKSPACE) as tx:
            everything = [each.id for each in tx.partnerships.all()]
        middle = PageMark(mentor(partnerships // 2), 2).dump()
        half = PageMark(everything[len(everything) // 2], 2).dump()
        asked: dict[str, tuple[Handler, str]] = {
            "people": (people_list.LIST.open, ""),
            "later people": (people_list.LIST.turn_page, middle),
            "filtered": (people_list.LIST.choose_filter, "unmatched"),
            "partnerships": (partnership_list.LIST.open, ""),
            "later partnerships": (partnership_list.LIST.turn_page, half),
            "matches": (review.open_review, ""),
            "filled matches": (_fill_review, ""),
        }
        yield {name: _timed(app, handler, value) for name, (handler, value) in asked.items()}
    finally:
        storage.close()


def _fill_review(app: AppContext, request: Request) -> Response:
    """What the review shows, also where it opens before that is known."""
    response = review.open_review(app, request)
    return response.then() if isinstance(response, OpenWhenReady) else response


def _timed(app: AppContext, handler: Handler, value: str) -> Callable[[], float]:
    def show() -> None:
        response = handler(app, Request(_WORKSPACE, OWNER, NOW, value=value))
        match response:
            case OpenModal(view) | OpenWhenReady(view):
                check_view(view)
            case _:
                raise RuntimeError("It was not shown.")

    return lambda: seconds(show)
