"""`mentor-bot sandbox demo`: scenarios that are played, started again, and saved between two starts."""

import json
import re
import threading
import urllib.request
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.demo import cast
from bot.demo.library.scenario import Library, weeks_ago
from bot.demo.run import Demo, DemoFolder, run_demo
from bot.settings import InvalidSettings
from sandbox import Member, OnProgress, Progress, Sandbox, Scenario
from sandbox.lookup import message_text

pytestmark = pytest.mark.long

LIBRARY = Library(people=26, mentees=5, mentors=4, meetings=3)


def quiet(key: str, *names: str) -> Scenario[Sandbox]:
    """A scenario in which no one does anything."""
    people = [*cast.PEOPLE[:2], *(Member(f"U0{name.upper()}", name.lower(), name) for name in names)]
    return Scenario(key, key.capitalize(), "Nothing has happened yet.", people, lambda sandbox, on_progress: None)


HERE, THERE = quiet("here", "Hattie"), quiet("there", "Theo")


def run_once(folder: Path, scenarios: Sequence[Scenario[Sandbox]], act: Callable[[Sandbox], None]) -> Demo:
    """Start a demo, do `act` once its scenario has been played, and stop it."""
    demo = Demo(DemoFolder(folder), 0, "", scenarios)

    def wait(seconds: float | None = None) -> bool:
        if not demo.sandbox.is_played:
            threading.Event().wait(0.05)
            return False
        act(demo.sandbox)
        return True

    assert demo.run(wait) is None
    return demo


def ask(url: str, body: Any = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(url, data), timeout=5) as answer:
        return json.load(answer)


def test_a_library_is_played_whole_and_the_owner_sees_a_running_round(tmp_path: Path) -> None:
    reported: list[str] = []

    def play(sandbox: Sandbox, on_progress: OnProgress) -> None:
        def report(progress: Progress) -> None:
            reported.append(progress.text)
            on_progress(progress)

        LIBRARY.play(sandbox, report)

    scenario = Scenario("small", "Small", "", tuple(LIBRARY.members()), play, starts_at=weeks_ago)

    def look(slack: Sandbox) -> None:
        nora = slack.person("U0NORA")
        before = len(nora.inbox())
        nora.command("/mentor status")
        stands = message_text(nora.await_message("where the round stands", after=before))
        for counted in ("Active", "Meetings this month"):
            found = re.search(rf"\*{counted}\*\n(\d+)", stands)
            assert found, stands
            assert int(found[1]) > 1
        assert slack.calendar.now() - weeks_ago(slack.calendar.now()) >= timedelta(weeks=3)

    run_once(tmp_path, [scenario], look)
    assert list(dict.fromkeys(reported)) == [
        "People are applying",
        "The owners decide the matches",
        "People accept and are introduced",
        "Weeks pass",
    ]


def test_what_happened_is_there_again_at_the_next_start_and_nothing_comes_twice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    users = [member.id for member in cast.PEOPLE if not member.deactivated]
    seen: dict[str, list[Any]] = {}
    moments = []

    def settled(slack: Sandbox) -> None:
        assert slack.timeline
        slack.timeline.run_until_idle()
        moments.append(slack.calendar.now())

    def first(slack: Sandbox) -> None:
        assert slack.timeline
        slack.run_until(slack.calendar.now() + timedelta(days=3))
        settled(slack)
        seen.update({user: slack.person(user).inbox() for user in users})

    def second(slack: Sandbox) -> None:
        settled(slack)
        assert {user: slack.person(user).inbox() for user in users} == seen
        ada = slack.person("U0ADA")
        ada.command("/mentor status")
        assert "Career planning" in message_text(ada.inbox()[-1])

    run_once(tmp_path, [cast.SCENARIO], first)
    capsys.readouterr()
    run_once(tmp_path, [cast.SCENARIO], second)
    assert timedelta() <= moments[1] - moments[0] < timedelta(minutes=5)
    assert "Everything is as you left it" in capsys.readouterr().out


def test_another_scenario_starts_at_the_same_address_and_the_first_is_deleted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    demos: list[Demo] = []
    runs: list[str] = []

    class Watched(Demo):
        def __init__(self, *told: Any) -> None:
            super().__init__(*told)
            demos.append(self)

    def wait(seconds: float | None = None) -> bool:
        slack = demos[-1].sandbox
        if not slack.is_played or len(runs) == len(demos):
            threading.Event().wait(0.05)
            return False
        runs.append(ask(f"{slack.url}/sandbox/scenarios")["run"])
        if len(demos) > 1:
            return True
        slack.person("U0HATTIE").say("Is anybody there?")
        assert ask(f"{slack.url}/sandbox/scenarios", {"scenario": "nowhere"})["ok"] is False
        assert ask(f"{slack.url}/sandbox/scenarios", {"scenario": "there"}) == {"ok": True}
        return False

    @contextmanager
    def wait_for_limits() -> Any:
        yield wait

    monkeypatch.setattr("bot.demo.run.until_told_to_stop", wait_for_limits)
    monkeypatch.setattr("bot.demo.run.Demo", Watched)
    run_demo(port=0, folder=str(tmp_path), scenarios=[HERE, THERE])
    before, after = (demo.sandbox for demo in demos)
    assert after.url == before.url
    assert after.scenario == "there"
    assert "U0HATTIE" not in after.workspace.members
    assert runs[0] != runs[1]


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda place: place.database.unlink(), "One of the two saved files is missing."),
        (lambda place: place.workspace.unlink(), "One of the two saved files is missing."),
        (lambda place: place.workspace.write_text("nothing of ours"), "cannot be read"),
    ],
)
def test_files_that_cannot_be_used_are_put_aside(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], spoil: Callable[[DemoFolder], object], why: str
) -> None:
    place = DemoFolder(tmp_path)
    place.database.write_text("the bot's")
    place.workspace.write_text("the local Slack's")
    spoil(place)
    left = {file.name: file.read_text() for file in (place.database, place.workspace) if file.exists()}
    demo = Demo(place, 0, "", [HERE])
    assert not demo.sandbox.is_restored
    demo.sandbox.stop()
    assert why in capsys.readouterr().out
    assert {file.name: file.read_text() for file in place.aside.iterdir()} == left


def test_a_scenario_that_was_stopped_before_its_end_starts_again(tmp_path: Path) -> None:
    began = threading.Event()
    stopped: list[bool] = []

    def play(sandbox: Sandbox, on_progress: OnProgress) -> None:
        began.set()
        while not stopped:
            on_progress(Progress("People are applying", 1, 2))

    endless = Scenario("endless", "Endless", "", HERE.people, play)
    demo = Demo(DemoFolder(tmp_path), 0, "", [endless])
    assert demo.run(lambda seconds=None: began.wait(10)) is None
    stopped.append(True)
    run_once(tmp_path, [endless], lambda slack: None)


def test_another_scenario_than_the_saved_one_needs_fresh(tmp_path: Path) -> None:
    run_once(tmp_path, [HERE, THERE], lambda slack: None)
    with pytest.raises(InvalidSettings, match="--fresh"):
        run_demo(port=0, folder=str(tmp_path), scenario="there", scenarios=[HERE, THERE])
    with pytest.raises(InvalidSettings, match="Choose one of these: here, there"):
        run_demo(port=0, folder=str(tmp_path), scenario="elsewhere", scenarios=[HERE, THERE])


@pytest.mark.parametrize("option", ["--scenario", "--story"])
def test_the_scenario_can_be_named_on_the_command_line(monkeypatch: pytest.MonkeyPatch, option: str) -> None:
    """`--story` is the option's old name."""
    started: list[dict[str, Any]] = []
    monkeypatch.setattr("bot.demo.run.run_demo", lambda **options: started.append(options))
    result = CliRunner().invoke(main, ["sandbox", "demo", option, "library-150", "--fresh"])
    assert result.exit_code == 0, result.output
    assert started == [{"port": 4400, "folder": ".demo", "scenario": "library-150", "fresh": True}]
