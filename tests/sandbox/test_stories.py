"""Stories: progress, actions during a story, and starting another."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sandbox import OnProgress, Progress, Sandbox, StartingPerson, Story
from tests.sandbox.page.test_api import ask
from tests.sandbox.support import ADA, PEOPLE, manifest


class Teller:
    """A story that advances step by step, when the test allows it."""

    def __init__(self) -> None:
        self.told = threading.Semaphore(0)
        self.go_on = threading.Semaphore(0)
        self.ended = threading.Event()

    def play(self, sandbox: Sandbox, tell: OnProgress) -> None:
        try:
            for done in (1, 2):
                tell(Progress("People are arriving", done, 2))
                self.told.release()
                assert self.go_on.acquire(timeout=5)
            sandbox.person(ADA).say("I was here")
        finally:
            self.ended.set()


@pytest.fixture
def teller() -> Teller:
    return Teller()


@pytest.fixture
def begun() -> list[str]:
    return []


@pytest.fixture
def slack(teller: Teller, begun: list[str]) -> Iterator[Sandbox]:
    stories = [
        Story("one", "One", "The first.", PEOPLE, teller.play, first=[StartingPerson(ADA, "says hello")]),
        Story("two", "Two", "The second.", PEOPLE, teller.play),
    ]
    with Sandbox(manifest(), PEOPLE, stories=stories, story="one", start_story=begun.append) as sandbox:
        yield sandbox


def wait_for(happened: Callable[[], bool], slack: Sandbox) -> None:
    with slack.workspace.changed:
        assert slack.workspace.changed.wait_for(happened, 5)


def test_the_page_lists_stories_and_progress(slack: Sandbox, teller: Teller) -> None:
    shown = ask(slack, "/sandbox/stories")
    assert [one["title"] for one in shown["stories"]] == ["One", "Two"]
    assert (shown["on"], shown["first"]) == ("one", [{"person": ADA, "words": "says hello"}])
    with slack.playing():
        assert teller.told.acquire(timeout=5)
        assert ask(slack, "/sandbox/stories")["arriving"] == {"words": "People are arriving", "done": 1, "of": 2}
        teller.go_on.release(2)
        wait_for(lambda: slack.is_played, slack)
    assert ask(slack, "/sandbox/stories")["arriving"] is None
    assert [one["text"] for one in slack.person(ADA).inbox()] == ["I was here"]


def test_while_a_story_is_played_the_page_is_read_only(slack: Sandbox, teller: Teller) -> None:
    says = {"text": "Hello", "channel": None}
    with slack.playing():
        assert teller.told.acquire(timeout=5)
        assert "still arriving" in ask(slack, f"/sandbox/people/{ADA}/messages", says)["error"]
        assert "still arriving" in ask(slack, "/sandbox/calendar", {"days": 1})["error"]
        assert ask(slack, f"/sandbox/people/{ADA}")["conversations"]
        teller.go_on.release(2)
        wait_for(lambda: slack.is_played, slack)
    assert ask(slack, f"/sandbox/people/{ADA}/messages", says)["ok"]


def test_leaving_the_context_cancels_the_story(slack: Sandbox, teller: Teller) -> None:
    with slack.playing():
        assert teller.told.acquire(timeout=5)
        threading.Timer(0.05, teller.go_on.release).start()
    assert teller.ended.is_set()
    assert not slack.is_played


def test_a_failure_of_the_story_is_shown(slack: Sandbox, teller: Teller) -> None:
    with slack.playing():
        assert teller.told.acquire(timeout=5)
        slack.change_member(ADA, deactivated=True)
        teller.go_on.release(2)
        wait_for(lambda: ask(slack, "/sandbox/stories")["trouble"] != "", slack)
    assert "stopped before its end" in ask(slack, "/sandbox/stories")["trouble"]


def test_another_story_is_started_by_its_key(slack: Sandbox, begun: list[str]) -> None:
    assert ask(slack, "/sandbox/stories", {"story": "three"})["error"] == "There’s no such scenario."
    assert ask(slack, "/sandbox/stories", {"story": "two"})["ok"]
    slack.stop()
    assert begun in ([], ["two"])


def test_the_beginning_stays_until_another_story_starts(tmp_path: Path) -> None:
    stories = [Story[Sandbox]("one", "One", "The first.", PEOPLE, lambda sandbox, tell: None)]

    def beginning(state: Path) -> object:
        with Sandbox(
            manifest(), PEOPLE, workspace_file=state, stories=stories, story="one", start_story=lambda key: None
        ) as sandbox:
            return ask(sandbox, "/sandbox/stories")["beginning"]

    first = beginning(tmp_path / "one.db")
    assert beginning(tmp_path / "one.db") == first
    assert beginning(tmp_path / "other.db") != first


def test_without_stories_nothing_can_be_started() -> None:
    with Sandbox(manifest(), PEOPLE) as sandbox:
        shown = ask(sandbox, "/sandbox/stories")
        assert (shown["stories"], shown["beginning"]) == ([], None)
        assert ask(sandbox, "/sandbox/stories", {"story": "one"})["ok"] is False
