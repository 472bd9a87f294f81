"""Moving the calendar through the page's API."""

import asyncio
import threading
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest

from sandbox import MessageName, Post, Sandbox
from sandbox.page.calendar import destination
from tests.local_bot import wait_until
from tests.sandbox.page.test_api import ask, status_of
from tests.sandbox.support import ADA, BOB, Json
from tests.sandbox.workspace.test_fast_forward import DAY, START, Reminders, hours
from tests.sandbox.workspace.test_fast_forward import reminders as reminders
from tests.sandbox.workspace.test_fast_forward import sandbox as sandbox

PATH = "/sandbox/calendar"


def stopped(sandbox: Sandbox) -> Json:
    """The state of the calendar once it has stopped."""
    with sandbox.workspace.changed:
        assert sandbox.workspace.changed.wait_for(lambda: not sandbox.is_moving, 5)
    return ask(sandbox, PATH)


def pausing(reminders: Reminders) -> tuple[threading.Event, threading.Event]:
    """Block the app at its first stop: one event tells that it is there, the other lets it continue."""
    reached, go_on = threading.Event(), threading.Event()

    def wait() -> None:
        reached.set()
        go_on.wait(5)

    reminders.during = wait
    return reached, go_on


def test_a_calendar_without_a_timeline_cannot_be_moved(sandbox: Sandbox) -> None:
    shown = ask(sandbox, PATH)
    assert (shown["can_move"], shown["next_due"], shown["moving"], shown["journal"]) == (False, None, False, [])
    assert datetime.fromisoformat(shown["now"]) - START < timedelta(minutes=1)
    assert ask(sandbox, PATH, {"days": 1}) == {"ok": False, "error": "This calendar can’t be moved here."}


def test_the_page_shows_the_next_due_time_and_moves_there(sandbox: Sandbox, reminders: Reminders) -> None:
    reminders.plan(START + 7 * DAY, "Hello")
    reminders.plan(START + 9 * DAY, "Hello again")
    shown = ask(sandbox, PATH)
    assert (shown["can_move"], shown["next_due"]) == (True, (START + 7 * DAY).isoformat())

    assert ask(sandbox, PATH, {"to": "next"}) == {"ok": True, "to": (START + 7 * DAY).isoformat()}
    shown = stopped(sandbox)
    assert hours(sandbox) == [("11 January 09:00", "Hello")]
    [entry] = shown["journal"]
    assert (entry["at"], entry["stuck"]) == ((START + 7 * DAY).isoformat(), False)
    [post] = entry["posts"]
    assert (post["singular"], post["plural"], post["people"]) == ("message", "messages", [ADA])
    assert sandbox.person(ADA).inbox(post["channel"])[-1]["ts"] == post["ts"]
    assert shown["next_due"] == (START + 9 * DAY).isoformat()
    assert datetime.fromisoformat(shown["since"]) - START < timedelta(minutes=1)
    assert shown["to"] == (START + 7 * DAY).isoformat()


def test_next_is_refused_when_nothing_is_due(sandbox: Sandbox, reminders: Reminders) -> None:
    assert ask(sandbox, PATH, {"to": "next"}) == {"ok": False, "error": "Nothing is due. Choose a day instead."}


def test_the_calendar_moves_to_a_date(sandbox: Sandbox, reminders: Reminders) -> None:
    reminders.plan(START + DAY, "Hello")
    assert ask(sandbox, PATH, {"to": "2027-02-01T10:00:00+01:00"})["ok"]
    stopped(sandbox)
    assert hours(sandbox) == [("05 January 09:00", "Hello")]
    assert timedelta(0) <= sandbox.calendar.now() - datetime(2027, 2, 1, 9, tzinfo=UTC) < timedelta(minutes=1)


def test_a_second_move_is_refused_during_the_first(sandbox: Sandbox, reminders: Reminders) -> None:
    reached, go_on = pausing(reminders)
    reminders.plan(START + DAY, "Hello")
    reminders.plan(START + 3 * DAY, "Hello again")
    assert ask(sandbox, PATH, {"years": 1})["ok"]
    assert reached.wait(5)

    shown = ask(sandbox, PATH)
    assert (shown["moving"], shown["now"]) == (True, (START + DAY).isoformat())
    assert ask(sandbox, PATH, {"days": 1}) == {
        "ok": False,
        "error": "The calendar is already moving. Wait until it stops, or pause it.",
    }
    go_on.set()
    assert [len(one["posts"]) for one in stopped(sandbox)["journal"]] == [1, 1]


def test_a_move_can_be_stopped(sandbox: Sandbox, reminders: Reminders) -> None:
    reached, go_on = pausing(reminders)
    for days in (1, 2, 3):
        reminders.plan(START + days * DAY, f"Day {days}")
    ask(sandbox, PATH, {"years": 1})
    assert reached.wait(5)
    threading.Timer(0.05, go_on.set).start()
    assert ask(sandbox, f"{PATH}/stop", {}) == {"ok": True}
    assert [text for _, text in hours(sandbox)] == ["Day 1"]
    assert sandbox.calendar.now() < START + 2 * DAY
    assert ask(sandbox, PATH)["next_due"] == (START + 2 * DAY).isoformat()


def test_playing_stops_at_every_due_time_until_nothing_is_due(sandbox: Sandbox, reminders: Reminders) -> None:
    reminders.plan(START + 3 * DAY, "Third")
    reminders.plan(START + DAY, "First")
    assert ask(sandbox, PATH, {"play": 30 * 86400}) == {"ok": True}
    shown = stopped(sandbox)
    assert hours(sandbox) == [("05 January 09:00", "First"), ("07 January 09:00", "Third")]
    assert (shown["ran_out"], shown["speed"]) == (True, 30 * 86400)
    assert sandbox.calendar.now() - (START + 3 * DAY) < timedelta(minutes=1)


def test_pausing_takes_effect_at_once_even_far_from_the_next_stop(sandbox: Sandbox, reminders: Reminders) -> None:
    reminders.plan(START + 300 * DAY, "Far away")
    ask(sandbox, PATH, {"play": 60})
    with sandbox.workspace.changed:
        assert sandbox.workspace.changed.wait_for(lambda: sandbox.calendar.now() > START, 5)
    wait_until(lambda: ask(sandbox, PATH)["next_stop"] is not None, "the next stop is not known")
    shown = ask(sandbox, PATH)
    assert (shown["moving"], shown["next_stop"]) == (True, (START + 300 * DAY).isoformat())
    assert ask(sandbox, f"{PATH}/stop", {}) == {"ok": True}
    shown = ask(sandbox, PATH)
    assert (shown["moving"], shown["ran_out"], shown["journal"]) == (False, False, [])
    assert sandbox.calendar.now() < START + DAY


def test_the_speed_can_change_and_an_earlier_due_time_comes_first(sandbox: Sandbox, reminders: Reminders) -> None:
    reminders.plan(START + 40 * DAY, "Later")
    ask(sandbox, PATH, {"play": 60})
    reminders.plan(START + 20 * DAY, "Sooner")
    assert ask(sandbox, PATH, {"days": 1})["error"] == (
        "The calendar is already moving. Wait until it stops, or pause it."
    )
    assert ask(sandbox, PATH, {"play": 30 * 86400}) == {"ok": True}
    stopped(sandbox)
    assert [text for _, text in hours(sandbox)] == ["Sooner", "Later"]


def test_the_journal_spans_several_moves_and_is_read_incrementally(sandbox: Sandbox, reminders: Reminders) -> None:
    for days in (1, 5):
        reminders.plan(START + days * DAY, f"Day {days}")
        ask(sandbox, PATH, {"to": "next"})
        shown = stopped(sandbox)
    assert [one["at"] for one in shown["journal"]] == [(START + days * DAY).isoformat() for days in (1, 5)]
    assert datetime.fromisoformat(shown["started"]) - START < timedelta(minutes=1)
    first, second = shown["journal"]
    assert ask(sandbox, f"{PATH}?after={first['number']}")["journal"] == [second]


def test_the_app_can_name_its_posts(sandbox: Sandbox) -> None:
    class Naming(Reminders):
        def message_names(self, posts: Sequence[Post]) -> list[MessageName | None]:
            return [("nudge", "nudges") if BOB in post.people else None for post in posts]

    app = sandbox.timeline = Naming(sandbox)
    app.plan(START + DAY, "Hello")
    app.plan(START + DAY, "Hello", BOB)
    ask(sandbox, PATH, {"to": "next"})
    [entry] = stopped(sandbox)["journal"]
    assert [(one["people"], one["plural"]) for one in entry["posts"]] == [([ADA], "messages"), ([BOB], "nudges")]


def test_a_failure_of_the_app_is_shown_and_stops_the_calendar(
    sandbox: Sandbox, reminders: Reminders, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise ZeroDivisionError

    reminders.during = fail
    reminders.plan(START + DAY, "Hello")
    assert ask(sandbox, PATH, {"days": 2})["ok"]
    assert stopped(sandbox)["error"] == "The app failed to do what was due. The log has the details."
    assert sandbox.calendar.now() < START + 2 * DAY
    assert "The app failed to do what was due" in caplog.text

    reminders.during = lambda: None
    ask(sandbox, PATH, {"days": 2})
    assert stopped(sandbox)["error"] == ""


def test_open_pages_receive_every_step(sandbox: Sandbox, reminders: Reminders) -> None:
    reminders.plan(START + DAY, "Hello")

    async def listen() -> list[Json]:
        loop = asyncio.get_running_loop()
        async with aiohttp.ClientSession() as session, session.ws_connect(f"{sandbox.url}/sandbox/live") as socket:
            await loop.run_in_executor(None, lambda: sandbox.run_until(START + 2 * DAY))
            news: list[Json] = []
            while len([one for one in news if one["topic"] == "calendar"]) < 3:
                news.append(await socket.receive_json())
            return news

    news = asyncio.run(asyncio.wait_for(listen(), 10))
    assert {"type": "changed", "people": None, "topic": "calendar"} in news
    assert any(one["topic"] == "messages" and ADA in one["people"] for one in news)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"days": 1}, "2027-01-31T22:30"),
        ({"months": 1}, "2027-02-28T22:30"),
        ({"months": 11}, "2027-12-30T22:30"),
        ({"months": 13}, "2028-02-29T22:30"),
        ({"years": 1}, "2028-01-30T22:30"),
        ({"to": "2027-03-01T00:00:00+02:00"}, "2027-02-28T22:00"),
        ({"day": "2027-01-31"}, "2027-01-31T22:30"),
        ({"day": "2037-01-30"}, "2037-01-30T22:30"),
        ({"day": "2027-02-01", "zone": "Australia/Sydney"}, "2027-01-31T22:30"),
        # In Sydney it is the 31st already; summer time ends there on 4 April, so the same hour comes an hour later.
        ({"months": 1, "zone": "Australia/Sydney"}, "2027-02-27T22:30"),
        ({"days": 90, "zone": "Australia/Sydney"}, "2027-04-30T23:30"),
    ],
)
def test_days_months_and_years_keep_the_time_of_day(body: Json, expected: str) -> None:
    now = datetime(2027, 1, 30, 22, 30, tzinfo=UTC)
    assert destination(body, now) == datetime.fromisoformat(f"{expected}+00:00")


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({}, "Name one of to, day, days, months or years."),
        ({"days": 1, "years": 1}, "Name one of to, day, days, months or years."),
        ({"days": 0}, "Choose 1 to 3660 days."),
        ({"days": True}, "Choose 1 to 3660 days."),
        ({"months": "1"}, "Choose 1 to 120 months."),
        ({"years": 11}, "Choose 1 to 10 years."),
        ({"days": 1, "zone": "Mars/Olympus"}, "That time zone doesn’t exist."),
        ({"days": 1, "zone": "../etc"}, "That time zone doesn’t exist."),
        ({"day": ""}, "Choose a day first."),
        ({"day": 7}, "Choose a day first."),
        ({"day": "2027-01-04"}, "That is today. Choose tomorrow or later."),
        ({"day": "2027-01-03"}, "That day is in the past. Choose tomorrow or later."),
        ({"day": "2037-01-05"}, "Choose a day within the next ten years."),
        ({"play": 1}, "Choose a speed from 60 to 2592000."),
        ({"play": "fast"}, "Choose a speed from 60 to 2592000."),
        ({"play": 86400}, "Nothing is due. Choose a day instead."),
        ({"to": "soon"}, "That isn’t a time."),
        ({"to": 7}, "That isn’t a time."),
        ({"to": "2027-03-01T00:00:00"}, "The time needs a time zone."),
        ({"to": "2026-03-01T00:00:00Z"}, "That time is in the past."),
    ],
)
def test_an_invalid_destination_is_refused(sandbox: Sandbox, reminders: Reminders, body: Any, error: str) -> None:
    assert ask(sandbox, PATH, body) == {"ok": False, "error": error}


@pytest.mark.parametrize("body", [b"{", b"[]", b""])
def test_a_body_that_is_not_an_object_is_400(sandbox: Sandbox, body: bytes) -> None:
    assert status_of(sandbox, PATH, body) == 400
