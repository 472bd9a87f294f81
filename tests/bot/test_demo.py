"""`mentor-bot sandbox demo`: stories that are played, begun anew, and kept between two starts."""

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

from bot.demo import cast
from bot.demo.library.story import Library, weeks_ago
from bot.demo.run import Demo, DemoFolder, run_demo
from bot.settings import InvalidSettings
from sandbox import Member, Progress, Sandbox, Story
from sandbox.lookup import message_text

LIBRARY = Library(people=26, mentees=5, mentors=4, meetings=3)


def quiet(key: str, *names: str) -> Story[Sandbox]:
    """A story in which nobody does anything."""
    people = [*cast.PEOPLE[:2], *(Member(f"U0{name.upper()}", name.lower(), name) for name in names)]
    return Story(key, key.capitalize(), "Nothing has happened yet.", people, lambda sandbox, tell: None)


HERE, THERE = quiet("here", "Hattie"), quiet("there", "Theo")


def lived(folder: Path, stories: Sequence[Story[Sandbox]], act: Callable[[Sandbox], None]) -> Demo:
    """A demo that is started, does `act` once its story has been played, and is stopped."""
    demo = Demo(DemoFolder(folder), 0, "", stories)

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
    told: list[str] = []

    def play(sandbox: Sandbox, tell: Callable[[Progress], None]) -> None:
        def hear(come: Progress) -> None:
            told.append(come.words)
            tell(come)

        LIBRARY.play(sandbox, hear)

    story = Story("small", "Small", "", tuple(LIBRARY.members()), play, starts_at=weeks_ago)

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

    lived(tmp_path, [story], look)
    assert list(dict.fromkeys(told)) == [
        "People are arriving",
        "The owners match them",
        "They say yes and are introduced",
        "Weeks go by",
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

    lived(tmp_path, [cast.STORY], first)
    capsys.readouterr()
    lived(tmp_path, [cast.STORY], second)
    assert timedelta() <= moments[1] - moments[0] < timedelta(minutes=5)
    assert "All is as you left it" in capsys.readouterr().out


def test_another_story_begins_on_the_same_address_and_the_first_is_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    demos: list[Demo] = []
    beginnings: list[str] = []

    class Watched(Demo):
        def __init__(self, *told: Any) -> None:
            super().__init__(*told)
            demos.append(self)

    def wait(seconds: float | None = None) -> bool:
        slack = demos[-1].sandbox
        if not slack.is_played or len(beginnings) == len(demos):
            threading.Event().wait(0.05)
            return False
        beginnings.append(ask(f"{slack.url}/sandbox/stories")["beginning"])
        if len(demos) > 1:
            return True
        slack.person("U0HATTIE").say("Is anybody there?")
        assert ask(f"{slack.url}/sandbox/stories", {"story": "nowhere"})["ok"] is False
        assert ask(f"{slack.url}/sandbox/stories", {"story": "there"}) == {"ok": True}
        return False

    @contextmanager
    def patient() -> Any:
        yield wait

    monkeypatch.setattr("bot.demo.run.until_told_to_stop", patient)
    monkeypatch.setattr("bot.demo.run.Demo", Watched)
    run_demo(port=0, folder=str(tmp_path), stories=[HERE, THERE])
    before, after = (demo.sandbox for demo in demos)
    assert after.url == before.url
    assert after.story == "there"
    assert "U0HATTIE" not in after.workspace.members
    assert beginnings[0] != beginnings[1]


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda place: place.database.unlink(), "Half of what was kept is missing"),
        (lambda place: place.workspace.unlink(), "Half of what was kept is missing"),
        (lambda place: place.workspace.write_text("nothing of ours"), "cannot be read"),
    ],
)
def test_what_cannot_be_gone_on_with_is_put_aside(
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


def test_whoever_stops_while_people_arrive_finds_them_arriving_anew(tmp_path: Path) -> None:
    began = threading.Event()
    stopped: list[bool] = []

    def play(sandbox: Sandbox, tell: Callable[[Progress], None]) -> None:
        began.set()
        while not stopped:
            tell(Progress("People are arriving", 1, 2))

    endless = Story("endless", "Endless", "", HERE.people, play)
    demo = Demo(DemoFolder(tmp_path), 0, "", [endless])
    assert demo.run(lambda seconds=None: began.wait(10)) is None
    stopped.append(True)
    lived(tmp_path, [endless], lambda slack: None)


def test_another_story_than_the_kept_one_needs_a_word(tmp_path: Path) -> None:
    lived(tmp_path, [HERE, THERE], lambda slack: None)
    with pytest.raises(InvalidSettings, match="--fresh"):
        run_demo(port=0, folder=str(tmp_path), story="there", stories=[HERE, THERE])
    with pytest.raises(InvalidSettings, match="There is: here, there"):
        run_demo(port=0, folder=str(tmp_path), story="elsewhere", stories=[HERE, THERE])
