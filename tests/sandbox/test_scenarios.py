"""Scenarios: progress, actions during a scenario, and starting another."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sandbox import OnProgress, Progress, Sandbox, Scenario, StartingPerson
from sandbox.persistence.file import StateFile
from tests.sandbox.page.test_api import ask
from tests.sandbox.support import ADA, PEOPLE, manifest


class SteppedScenario:
    """A scenario that advances step by step, when the test allows it."""

    def __init__(self) -> None:
        self.reported = threading.Semaphore(0)
        self.go_on = threading.Semaphore(0)
        self.ended = threading.Event()

    def play(self, sandbox: Sandbox, on_progress: OnProgress) -> None:
        try:
            for done in (1, 2):
                on_progress(Progress("People are applying", done, 2))
                self.reported.release()
                assert self.go_on.acquire(timeout=5)
            sandbox.person(ADA).say("I was here")
        finally:
            self.ended.set()


@pytest.fixture
def stepped() -> SteppedScenario:
    return SteppedScenario()


@pytest.fixture
def started() -> list[str]:
    return []


@pytest.fixture
def slack(stepped: SteppedScenario, started: list[str]) -> Iterator[Sandbox]:
    scenarios = [
        Scenario("one", "One", "The first.", PEOPLE, stepped.play, start_as=[StartingPerson(ADA, "says hello")]),
        Scenario("two", "Two", "The second.", PEOPLE, stepped.play),
    ]
    with Sandbox(manifest(), PEOPLE, scenarios=scenarios, scenario="one", start_scenario=started.append) as sandbox:
        yield sandbox


def quiet(key: str) -> Scenario[Sandbox]:
    """A scenario in which no one does anything."""
    return Scenario(key, key.capitalize(), "Quiet.", PEOPLE, lambda sandbox, on_progress: None)


def wait_for(happened: Callable[[], bool], slack: Sandbox) -> None:
    with slack.workspace.changed:
        assert slack.workspace.changed.wait_for(happened, 5)


def test_the_page_lists_scenarios_and_progress(slack: Sandbox, stepped: SteppedScenario) -> None:
    shown = ask(slack, "/sandbox/scenarios")
    assert [one["title"] for one in shown["scenarios"]] == ["One", "Two"]
    assert (shown["current"], shown["start_as"]) == ("one", [{"person": ADA, "text": "says hello"}])
    with slack.playing():
        assert stepped.reported.acquire(timeout=5)
        assert ask(slack, "/sandbox/scenarios")["progress"] == {"text": "People are applying", "done": 1, "total": 2}
        stepped.go_on.release(2)
        wait_for(lambda: slack.is_played, slack)
    assert ask(slack, "/sandbox/scenarios")["progress"] is None
    assert [one["text"] for one in slack.person(ADA).inbox()] == ["I was here"]


def test_while_a_scenario_is_played_the_page_is_read_only(slack: Sandbox, stepped: SteppedScenario) -> None:
    says = {"text": "Hello", "channel": None}
    with slack.playing():
        assert stepped.reported.acquire(timeout=5)
        assert "still starting" in ask(slack, f"/sandbox/people/{ADA}/messages", says)["error"]
        assert "still starting" in ask(slack, "/sandbox/calendar", {"days": 1})["error"]
        assert ask(slack, f"/sandbox/people/{ADA}")["conversations"]
        stepped.go_on.release(2)
        wait_for(lambda: slack.is_played, slack)
    assert ask(slack, f"/sandbox/people/{ADA}/messages", says)["ok"]


def test_leaving_the_context_cancels_the_scenario(slack: Sandbox, stepped: SteppedScenario) -> None:
    with slack.playing():
        assert stepped.reported.acquire(timeout=5)
        threading.Timer(0.05, stepped.go_on.release).start()
    assert stepped.ended.is_set()
    assert not slack.is_played


def test_a_failure_of_the_scenario_is_shown(slack: Sandbox, stepped: SteppedScenario) -> None:
    with slack.playing():
        assert stepped.reported.acquire(timeout=5)
        slack.change_member(ADA, deactivated=True)
        stepped.go_on.release(2)
        wait_for(lambda: ask(slack, "/sandbox/scenarios")["error"] != "", slack)
    assert "stopped before its end" in ask(slack, "/sandbox/scenarios")["error"]


def test_another_scenario_is_started_by_its_key(slack: Sandbox, started: list[str]) -> None:
    assert ask(slack, "/sandbox/scenarios", {"scenario": "three"})["error"] == "There’s no such scenario."
    assert ask(slack, "/sandbox/scenarios", {"scenario": "two"})["ok"]
    slack.stop()
    assert started in ([], ["two"])


def test_the_run_stays_the_same_until_another_scenario_starts(tmp_path: Path) -> None:
    scenarios = [quiet("one")]

    def run(state: Path) -> object:
        with Sandbox(
            manifest(),
            PEOPLE,
            workspace_file=state,
            scenarios=scenarios,
            scenario="one",
            start_scenario=lambda key: None,
        ) as sandbox:
            return ask(sandbox, "/sandbox/scenarios")["run"]

    first = run(tmp_path / "one.db")
    assert run(tmp_path / "one.db") == first
    assert run(tmp_path / "other.db") != first


def test_a_file_of_an_older_version_is_continued(tmp_path: Path) -> None:
    """It calls the scenario "story" and the run "beginning"."""
    state, scenarios = tmp_path / "old.db", [quiet("one"), quiet("two")]
    with Sandbox(manifest(), PEOPLE, workspace_file=state):
        pass
    file = StateFile(state)
    file.save([("notes", "", {"story": "two", "beginning": "0123456789abcdef", "played": "yes"})])
    file.close()
    for _ in range(2):
        with Sandbox(
            manifest(),
            PEOPLE,
            workspace_file=state,
            scenarios=scenarios,
            scenario="one",
            start_scenario=lambda key: None,
        ) as sandbox:
            shown = ask(sandbox, "/sandbox/scenarios")
            assert (sandbox.scenario, sandbox.is_played) == ("two", True)
            assert (shown["current"], shown["run"]) == ("two", "0123456789abcdef")


def test_without_scenarios_nothing_can_be_started() -> None:
    with Sandbox(manifest(), PEOPLE) as sandbox:
        shown = ask(sandbox, "/sandbox/scenarios")
        assert (shown["scenarios"], shown["run"]) == ([], None)
        assert ask(sandbox, "/sandbox/scenarios", {"scenario": "one"})["ok"] is False
