"""Acknowledging a meeting that somebody logs, its transaction included, against listeners that only acknowledge."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from copy import deepcopy
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from slack_bolt import Ack, App
from slack_bolt.authorization import AuthorizeResult

from benchmarks.filling import NOW, OWNER, fill, mentee, new_file
from benchmarks.measuring import Row, in_turn, seconds, typically
from bot.app import BotApp
from bot.health import Health
from bot.http_server import WsgiApp
from bot.manifest import manifest
from mentoring.core.fields import FieldName
from messages.forms import TICKED
from messages.ids import MEETING_FORM
from sandbox import Calendar, Member, Sandbox
from sandbox.signing import signed_headers
from storage import Storage
from tests.local_bot import call, settings

_FORM = "application/x-www-form-urlencoded"
_SAYS = {"minutes": "45", "way": "video", "notes": "What we talked about.", "actions_mine": "Read a book."}

Post = Callable[[], float]
"""Sends one request, and says how many seconds the answer took."""


def measure(folder: Path, *, toy: bool = False) -> Iterator[Row]:
    with _posts(folder, partnerships=20 if toy else 1000) as posts:
        in_turn(posts, 2 if toy else 20)  # whatever is made once is made by now
        rounds = 3 if toy else 300
        took = typically(in_turn(posts, rounds))
    what = "a meeting is logged and acknowledged"
    yield Row("ack", what, "Bolt's default listener, only acknowledging", took["ours"] / took["usual"], 0.2, rounds)
    yield Row("ack", what, "Bolt's fastest listener, only acknowledging", took["ours"] / took["bare"], None, rounds)
    yield Row("ack", what, "that one with one row put on disk", took["ours"] / took["row"], None, rounds)


@contextmanager
def _posts(folder: Path, partnerships: int) -> Iterator[dict[str, Post]]:
    author = mentee(0)
    doors: list[WsgiApp] = []
    slack = Sandbox(
        manifest(),
        [Member(OWNER, "olga", "Olga Owner"), Member(author, "ada", "Ada Adams")],
        calendar=Calendar(NOW),
        rate_limits=False,
        deliver=lambda headers, body: call(doors[0], headers, body),
    )
    with slack, ExitStack() as stack:
        database = folder / "ack.db"
        address = new_file(database)
        storage = Storage(address)
        # Not started: what is owed is delivered on another thread, which is not what is measured here.
        bot = BotApp(settings(slack, database, [OWNER]), storage, calendar=slack.calendar.now)
        try:
            fill(storage, address, slack.team_id, partnerships)
            bot.prepare()
            ours = bot.wsgi_app()
            doors.append(ours)
            payload = _submission(slack, author)
            one_row = stack.enter_context(_one_row(folder / "row.db"))
            yield {
                "ours": _post(slack, ours, payload),
                "usual": _post(slack, _only_acknowledging(slack, waits=False), payload),
                "bare": _post(slack, _only_acknowledging(slack, waits=True), payload),
                "row": _post(slack, _only_acknowledging(slack, waits=True, first=one_row), payload),
            }
        finally:
            bot.stop()


def _submission(slack: Sandbox, author: str) -> dict[str, Any]:
    """What Slack sends when the author has filled in the form, and says that it is another meeting of that day."""
    person = slack.person(author)
    person.command("/mentor log")
    person.await_view(MEETING_FORM)
    person.fill({**_SAYS, "met_on": NOW.date().isoformat()})
    sent = person.submit()
    if not sent.closed:
        raise RuntimeError(f"The form was not taken: {sent.errors or sent.error}")
    payload: dict[str, Any] = deepcopy(slack.deliveries[-1].payload)
    ticked = {"type": "checkboxes", "selected_options": [{"value": TICKED}]}
    payload["view"]["state"]["values"][FieldName.ANOTHER] = {FieldName.ANOTHER: ticked}
    return payload


def _post(slack: Sandbox, web: WsgiApp, payload: dict[str, Any]) -> Post:
    """Sends the form, each time as another form: so each is another meeting."""
    numbers = count()

    def post() -> float:
        payload["view"]["id"] = f"V0{id(web)}{next(numbers)}"
        body = urlencode({"payload": json.dumps(payload)}).encode()
        headers = signed_headers(body, _FORM, slack.signing_secret)
        answers: list[tuple[int, dict[str, str], bytes]] = []
        took = seconds(lambda: answers.append(call(web, headers, body)))
        if answers[0][::2] != (200, b""):
            raise RuntimeError(f"Not acknowledged: {answers[0]}")
        return took

    return post


@contextmanager
def _one_row(database: Path) -> Iterator[Callable[[], object]]:
    """Puts one row on disk, as durably as ours, each time it is called; by SQLite itself, with nothing in between."""
    with closing(sqlite3.connect(database, isolation_level=None, check_same_thread=False)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("CREATE TABLE meetings (notes TEXT)")
        yield lambda: connection.execute("INSERT INTO meetings VALUES (?)", (_SAYS["notes"],))


def _only_acknowledging(slack: Sandbox, *, waits: bool, first: Callable[[], object] = lambda: None) -> WsgiApp:
    """An app of one listener that does nothing but `first`, authorized as ours is.

    By default Bolt does not wait for a listener to return, but looks every ten milliseconds whether it has
    acknowledged.
    """
    us = AuthorizeResult(
        enterprise_id=None, team_id=slack.team_id, bot_user_id=slack.bot_user_id, bot_token=slack.bot_token
    )
    app = App(signing_secret=slack.signing_secret, authorize=lambda: us, process_before_response=waits)

    @app.view(MEETING_FORM)
    def acknowledge(ack: Ack) -> None:
        first()
        ack()

    return WsgiApp(app, lambda: Health(reads=True, writes=True, delivers=True), slack.signing_secret)
