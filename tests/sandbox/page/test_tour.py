"""The guided tour through the page's API, with a book club that is founded, joined and met."""

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
    """The steps done so far, in order. `during` is called while a step is done."""

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


def finished(sandbox: Sandbox) -> Json:
    """The tour's state once no step is running."""
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


def test_progress_counts_steps_no_matter_who_did_them(sandbox: Sandbox, club: Club) -> None:
    club.done.append("found")
    shown = ask(sandbox, PATH)
    assert of(shown, "title") == ["Found", "Join", "Meet", "Sing"]
    assert of(shown, "done") == [True, False, False, False]
    assert of(shown, "prerequisite") == ["", "", "join", ""]
    assert shown["current"] == "join"
    assert shown["steps"][1] == {
        "key": "join",
        "title": "Join",
        "text": "Somebody would like to join.",
        "after": "It came to join.",
        "person": BOB,
        "done": False,
        "prerequisite": "",
        "error": "",
    }


def test_a_step_first_does_what_it_needs_and_nothing_twice(sandbox: Sandbox, club: Club) -> None:
    assert do(sandbox, "meet") == {"ok": True, "started": 1}
    shown = finished(sandbox)
    assert club.done == ["found", "join", "meet"]
    assert (shown["current"], shown["started"]) == ("sing", 1)

    assert do(sandbox, "meet")["ok"]
    finished(sandbox)
    assert club.done == ["found", "join", "meet"]


def test_a_done_step_has_no_open_prerequisites(sandbox: Sandbox, club: Club) -> None:
    club.done.append("join")
    assert of(ask(sandbox, PATH), "prerequisite") == ["", "", "", ""]
    do(sandbox, "meet")
    assert of(finished(sandbox), "done") == [False, True, True, False]


def test_one_step_runs_at_a_time(sandbox: Sandbox, club: Club) -> None:
    reached, go_on = threading.Event(), threading.Event()

    def wait() -> None:
        reached.set()
        go_on.wait(5)

    club.during = wait
    assert do(sandbox, "found")["ok"]
    assert reached.wait(5)
    shown = ask(sandbox, f"{PATH}?look=found")
    assert (shown["running"], shown["look"]) == ("found", None)
    assert do(sandbox, "sing") == {"ok": False, "error": "Another step is still running. Try again in a moment."}
    go_on.set()
    assert finished(sandbox)["current"] == "join"


def test_the_reason_of_a_failed_step_is_shown_until_it_succeeds(sandbox: Sandbox, club: Club) -> None:
    def refuse() -> None:
        raise TourError("The library is closed.")

    club.during = refuse
    do(sandbox, "join")
    assert of(finished(sandbox), "error") == ["", "The library is closed.", "", ""]

    club.during = lambda: None
    do(sandbox, "join")
    shown = finished(sandbox)
    assert of(shown, "error") == ["", "", "", ""]
    assert of(shown, "done") == [True, True, False, False]


def test_an_unexpected_error_is_shown_and_logged(
    sandbox: Sandbox, club: Club, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise ZeroDivisionError

    club.during = fail
    do(sandbox, "found")
    assert finished(sandbox)["steps"][0]["error"].startswith("Something went wrong. Try again")
    assert "The step found of the tour failed" in caplog.text


def test_a_step_without_effect_is_reported_as_not_done(sandbox: Sandbox) -> None:
    step = TourStep("x", "X", "", "", ADA, lambda: None, lambda: False, lambda: None, lambda: Landing(ADA))
    sandbox.tour = (step,)
    do(sandbox, "x")
    assert finished(sandbox)["steps"][0]["error"].startswith("This step isn’t done yet.")


def test_the_page_gets_the_next_manual_action_or_the_place_of_the_result(sandbox: Sandbox, club: Club) -> None:
    look = ask(sandbox, f"{PATH}?look=join")["look"]
    assert look == {
        "key": "join",
        "hint": {"person": BOB, "text": "Press Enter.", "types": "/go join", "press": "", "has_example": True},
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
    nothing = {"ok": False, "error": "There’s no open form to fill in."}
    assert ask(sandbox, form, {}) == nothing
    app.on("command", opens(sandbox, modal()))
    bob = sandbox.person(BOB)
    bob.command("/go join")
    assert ask(sandbox, form, {}) == {"ok": True}
    assert bob.await_view()["state"]["values"]["name"]["it"]["value"] == "Bob"
    assert ask(sandbox, f"{PATH}/found/example", {}) == nothing


def test_open_pages_receive_progress(sandbox: Sandbox, club: Club) -> None:
    async def listen() -> list[Json]:
        async with aiohttp.ClientSession() as session, session.ws_connect(f"{sandbox.url}/sandbox/live") as socket:
            await session.post(f"{sandbox.url}{PATH}/join/do", json={})
            news: list[Json] = []
            while len(news) < 4:
                news.append(await socket.receive_json())
            return news

    news = asyncio.run(asyncio.wait_for(listen(), 10))
    assert news == [{"type": "changed", "people": None, "topic": "tour"}] * 4


def test_no_step_starts_while_the_calendar_moves(sandbox: Sandbox, club: Club) -> None:
    answers: list[Json] = []

    class Timeline:
        """A single due time, at which a button on the page is pressed."""

        def __init__(self) -> None:
            self.due = [sandbox.calendar.now()]

        def next_due(self) -> Any:
            return self.due[0] if self.due else None

        def run_until_idle(self) -> None:
            self.due.clear()
            answers.append(do(sandbox, "found"))

    sandbox.timeline = Timeline()
    sandbox.run_until(sandbox.calendar.now())
    assert answers == [{"ok": False, "error": "The calendar is moving. Wait until it stops, or pause it."}]
