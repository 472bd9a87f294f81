"""The guided tour as the page takes somebody through it: a book club that is founded, joined and met."""

import asyncio
import threading
from collections.abc import Callable
from typing import Any

import aiohttp
import pytest

from sandbox import Hint, Landing, Sandbox, TourError, TourStep
from tests.sandbox.page.test_api import ask
from tests.sandbox.support import ADA, BOB, Json, TinyApp, modal, opens

PATH = "/sandbox/tour"


class Club:
    """What has happened so far, in order; `during` is called while something is done."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.done: list[str] = []
        self.during: Callable[[], None] = lambda: None
        self._sandbox = sandbox

    def steps(self) -> tuple[TourStep, ...]:
        return (
            self._step("found", ADA),
            self._step("join", BOB, needs=("found",), example={"name": "Bob"}),
            self._step("meet", ADA, needs=("join",)),
            self._step("sing", ADA),
        )

    def _step(self, key: str, person: str, *, example: Json | None = None, needs: tuple[str, ...] = ()) -> TourStep:
        def do() -> None:
            self.during()
            self.done.append(key)

        return TourStep(
            key,
            key.title(),
            f"Somebody would like to {key}.",
            f"It came to {key}.",
            person,
            do=do,
            is_done=lambda: key in self.done,
            hint=lambda: Hint(person, "Press Enter.", types=f"/go {key}", example=example or {}),
            landing=lambda: Landing(person, "D0HERE", "1.000100"),
            needs=needs,
        )


@pytest.fixture
def club(sandbox: Sandbox) -> Club:
    club = Club(sandbox)
    sandbox.tour = club.steps()
    return club


def over(sandbox: Sandbox) -> Json:
    """What the page is told once nothing is under way."""
    with sandbox.workspace.changed:
        assert sandbox.workspace.changed.wait_for(lambda: not ask(sandbox, PATH)["running"], 5)
    return ask(sandbox, PATH)


def do(sandbox: Sandbox, key: str) -> Json:
    return ask(sandbox, f"{PATH}/{key}/do", {})


def of(shown: Json, what: str) -> list[Any]:
    return [step[what] for step in shown["steps"]]


def test_a_workspace_without_a_tour_has_no_steps(sandbox: Sandbox) -> None:
    shown = ask(sandbox, PATH)
    assert (shown["steps"], shown["current"], shown["running"]) == ([], "", "")
    assert ask(sandbox, f"{PATH}/found/do", {}) == {"ok": False, "error": "The tour has no such step."}


def test_the_page_sees_how_far_it_is_whoever_did_it(sandbox: Sandbox, club: Club) -> None:
    club.done.append("found")
    shown = ask(sandbox, PATH)
    assert of(shown, "title") == ["Found", "Join", "Meet", "Sing"]
    assert of(shown, "done") == [True, False, False, False]
    assert of(shown, "first") == ["", "", "join", ""]
    assert shown["current"] == "join"
    assert shown["steps"][1] == {
        "key": "join",
        "title": "Join",
        "text": "Somebody would like to join.",
        "after": "It came to join.",
        "person": BOB,
        "done": False,
        "first": "",
        "trouble": "",
    }


def test_a_step_does_first_what_it_needs_and_nothing_twice(sandbox: Sandbox, club: Club) -> None:
    assert do(sandbox, "meet") == {"ok": True, "started": 1}
    shown = over(sandbox)
    assert club.done == ["found", "join", "meet"]
    assert (shown["current"], shown["started"]) == ("sing", 1)

    assert do(sandbox, "meet")["ok"]
    over(sandbox)
    assert club.done == ["found", "join", "meet"]


def test_what_has_happened_without_what_it_needs_needs_it_no_more(sandbox: Sandbox, club: Club) -> None:
    club.done.append("join")
    assert of(ask(sandbox, PATH), "first") == ["", "", "", ""]
    do(sandbox, "meet")
    assert of(over(sandbox), "done") == [False, True, True, False]


def test_one_thing_is_done_at_a_time(sandbox: Sandbox, club: Club) -> None:
    reached, go_on = threading.Event(), threading.Event()

    def wait() -> None:
        reached.set()
        go_on.wait(5)

    club.during = wait
    assert do(sandbox, "found")["ok"]
    assert reached.wait(5)
    shown = ask(sandbox, f"{PATH}?look=found")
    assert (shown["running"], shown["look"]) == ("found", None)
    assert do(sandbox, "sing") == {"ok": False, "error": "One moment: another step is under way."}
    go_on.set()
    assert over(sandbox)["current"] == "join"


def test_what_keeps_a_step_from_being_done_is_said_until_it_works(sandbox: Sandbox, club: Club) -> None:
    def refuse() -> None:
        raise TourError("The library is closed.")

    club.during = refuse
    do(sandbox, "join")
    assert of(over(sandbox), "trouble") == ["", "The library is closed.", "", ""]

    club.during = lambda: None
    do(sandbox, "join")
    shown = over(sandbox)
    assert of(shown, "trouble") == ["", "", "", ""]
    assert of(shown, "done") == [True, True, False, False]


def test_what_fails_leaves_a_sentence_and_a_line_in_the_log(
    sandbox: Sandbox, club: Club, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise ZeroDivisionError

    club.during = fail
    do(sandbox, "found")
    assert over(sandbox)["steps"][0]["trouble"].startswith("That did not work out. Try again")
    assert "The step found of the tour failed" in caplog.text


def test_a_step_that_came_to_nothing_is_said_to_be_undone(sandbox: Sandbox) -> None:
    step = TourStep("x", "X", "", "", ADA, lambda: None, lambda: False, lambda: None, lambda: Landing(ADA))
    sandbox.tour = (step,)
    do(sandbox, "x")
    assert over(sandbox)["steps"][0]["trouble"].startswith("It has not come to that yet.")


def test_the_page_looks_at_what_comes_next_by_hand_or_where_it_was_seen(sandbox: Sandbox, club: Club) -> None:
    look = ask(sandbox, f"{PATH}?look=join")["look"]
    assert look == {
        "key": "join",
        "hint": {"person": BOB, "words": "Press Enter.", "types": "/go join", "press": "", "has_example": True},
        "landing": None,
    }
    club.done.append("join")
    assert ask(sandbox, f"{PATH}?look=join")["look"] == {
        "key": "join",
        "hint": None,
        "landing": {"person": BOB, "channel": "D0HERE", "ts": "1.000100"},
    }


def test_the_example_is_filled_into_the_form_on_top(sandbox: Sandbox, app: TinyApp, club: Club) -> None:
    form = f"{PATH}/join/example"
    nothing = {"ok": False, "error": "There is no form to fill in at the moment."}
    assert ask(sandbox, form, {}) == nothing
    app.on("command", opens(sandbox, modal()))
    bob = sandbox.person(BOB)
    bob.command("/go join")
    assert ask(sandbox, form, {}) == {"ok": True}
    assert bob.await_view()["state"]["values"]["name"]["it"]["value"] == "Bob"
    assert ask(sandbox, f"{PATH}/found/example", {}) == nothing


def test_open_pages_hear_how_it_goes(sandbox: Sandbox, club: Club) -> None:
    async def listen() -> list[Json]:
        async with aiohttp.ClientSession() as session, session.ws_connect(f"{sandbox.url}/sandbox/live") as socket:
            await session.post(f"{sandbox.url}{PATH}/join/do", json={})
            news: list[Json] = []
            while len(news) < 4:
                news.append(await socket.receive_json())
            return news

    news = asyncio.run(asyncio.wait_for(listen(), 10))
    assert news == [{"type": "changed", "people": None, "what": "tour"}] * 4


def test_while_the_calendar_moves_no_step_begins(sandbox: Sandbox, club: Club) -> None:
    answers: list[Json] = []

    class Moments:
        """One moment, at which somebody presses a button on the page."""

        def __init__(self) -> None:
            self.due = [sandbox.calendar.now()]

        def next_due(self) -> Any:
            return self.due[0] if self.due else None

        def run_until_idle(self) -> None:
            self.due.clear()
            answers.append(do(sandbox, "found"))

    sandbox.timeline = Moments()
    sandbox.run_until(sandbox.calendar.now())
    assert answers == [{"ok": False, "error": "The calendar is moving. Let it arrive first, or pause it."}]
