"""`mentor-bot tick`: everything due at an instant, delivered, with a line that says what was done."""

import json
import os
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.clocks import real_now
from bot.settings import SLACK
from messages.ids import PROPOSE
from tests.bot.conftest import COMMAND, ROOT, set_all, settings_of
from tests.handlers.requests import answers, clicked
from tests.handlers.starting_points import applied, introduced
from tests.handlers.support import direct_messages, rows
from tests.local_bot import OWNER, LocalBot
from tests.local_bot import local_bot as open_town

ADA, BEN = "U0ADA", "U0BEN"
THE_SAME_DAY = "2026-11-23T12:00:00+00:00"
DAY_TEN_IN_LONDON = "2026-12-03T09:00:00+00:00"
DAY_TEN_IN_NEW_YORK = "2026-12-03T09:00:00-05:00"
AFTER_THE_DEADLINE = "2026-12-22T10:00:00+00:00"
LONG = 50.0


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalBot]:
    """Ada in London and Ben in New York were introduced on 23 November. The bot runs, and what we set is its own."""
    with open_town(tmp_path) as opened:
        introduced(opened, ADA, BEN)
        variables = {
            **settings_of(opened.slack),
            "MENTOR_OWNERS": OWNER,
            "DATABASE_URL": f"sqlite:///{tmp_path}/mentor-bot.db",
        }
        set_all(monkeypatch, variables)
        yield opened


def tick(*more: str) -> Result:
    return CliRunner().invoke(main, ["tick", *more])


def done(result: Result) -> dict[str, Any]:
    """What the line says."""
    assert result.exit_code == 0, result.output
    (line,) = result.stdout.splitlines()
    said: dict[str, Any] = json.loads(line)
    return said


def nudges(town: LocalBot, user: str) -> list[str]:
    return [message["text"] for message in direct_messages(town, user) if message["text"].startswith("Have you met")]


def test_it_does_what_is_due_says_so_in_a_line_of_json_and_exits(town: LocalBot) -> None:
    said = done(tick("--at", DAY_TEN_IN_LONDON))
    assert said["at"] == DAY_TEN_IN_LONDON
    assert said["judged"] == 6, (
        "a nudge to Ada, the owner's Monday, who waits, remarks, invitations, the count of answers"
    )
    assert said["delivered"] >= 1
    assert set(said["outbox"]) == {"sent"}
    assert nudges(town, ADA) == [f"Have you met <@{BEN}> yet?"]
    assert nudges(town, BEN) == []


def test_proposals_that_somebody_waits_for_are_made(town: LocalBot) -> None:
    applied(town, ["U0CHI"], ["U0DEE"])
    town.errands.slow = True
    answers(town, clicked(town, OWNER, PROPOSE))
    assert [row["state"] for row in rows(town)["matches"]] == ["accepted"]
    assert set(done(tick("--at", THE_SAME_DAY))["outbox"]) == {"sent"}
    assert sorted(row["state"] for row in rows(town)["matches"]) == ["accepted", "proposed"]
    assert direct_messages(town, OWNER)[-1]["text"] == "Matches: 1 proposal needs your decision"


def test_everybody_has_their_own_morning(town: LocalBot) -> None:
    tick("--at", DAY_TEN_IN_LONDON)
    tick("--at", DAY_TEN_IN_NEW_YORK)
    assert (len(nudges(town, ADA)), len(nudges(town, BEN))) == (1, 1)


def test_what_fell_due_in_a_long_silence_is_sent_once_if_it_still_makes_sense(town: LocalBot) -> None:
    """On day 30 the second question covers the first; of the Mondays that passed nothing is left to say."""
    tick("--at", "2026-12-23T15:00:00+00:00")
    for user, other in ((ADA, BEN), (BEN, ADA)):
        assert [message["text"] for message in direct_messages(town, user)] == [f"Have you met <@{other}> yet?"]
    heard = [message["text"] for message in direct_messages(town, OWNER)]
    assert [text for text in heard if text.startswith("Mentoring programme")] == []
    assert heard.count("Applications have closed") == 1


@pytest.mark.parametrize("at", [DAY_TEN_IN_LONDON, AFTER_THE_DEADLINE])
def test_a_second_time_at_the_same_instant_does_nothing_more(town: LocalBot, at: str) -> None:
    first = done(tick("--at", at))
    messages = [direct_messages(town, user) for user in (ADA, BEN, OWNER)]
    again = done(tick("--at", at))
    assert (again["judged"], again["delivered"]) == (0, 0)
    assert again["outbox"] == first["outbox"]
    assert [direct_messages(town, user) for user in (ADA, BEN, OWNER)] == messages


def test_without_an_instant_it_is_now(town: LocalBot) -> None:
    before = real_now()
    said = done(tick())
    assert before <= datetime.fromisoformat(said["at"]) <= real_now()


@pytest.mark.parametrize("api", ["", SLACK, "https://www.slack.com/api", "https://slack-gov.com/api/"])
def test_the_future_is_refused_where_people_are_real_and_slack_is_not_even_called(
    town: LocalBot, monkeypatch: pytest.MonkeyPatch, api: str
) -> None:
    def never(*_: object, **__: object) -> None:
        pytest.fail("it was about to call Slack")

    monkeypatch.setattr("bot.run.BotApp", never)
    monkeypatch.setenv("SLACK_API_URL", api)
    later = real_now() + timedelta(days=366)
    result = tick("--at", later.isoformat())
    assert result.exit_code == 2
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    assert "--at is in the future" in result.stderr
    assert nudges(town, ADA) == []


@pytest.mark.parametrize("at", ["2026-12-03T09:00:00", "2026-12-03", "tomorrow", ""])
def test_an_instant_needs_its_offset(town: LocalBot, at: str) -> None:
    result = tick("--at", at)
    assert result.exit_code == 2
    assert "2027-03-01T09:00:00-05:00" in result.stderr
    assert nudges(town, ADA) == []


def test_without_a_token_it_says_which_variable_is_missing(town: LocalBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SLACK_BOT_TOKEN")
    result = tick()
    assert result.exit_code == 2
    assert "SLACK_BOT_TOKEN" in result.stderr


@pytest.mark.long
def test_beside_a_running_bot_nothing_is_sent_twice(town: LocalBot) -> None:
    town.slack.calendar.move_to(datetime.fromisoformat(DAY_TEN_IN_NEW_YORK).astimezone(UTC))
    with ThreadPoolExecutor() as beside:
        other = beside.submit(_process)
        while not other.done():
            town.bot.run_until_idle()
        assert set(json.loads(other.result())["outbox"]) <= {"pending", "sending", "sent"}
    town.settle()
    assert (len(nudges(town, ADA)), len(nudges(town, BEN))) == (1, 1)


def test_two_at_once_in_two_processes_do_it_once_between_them(town: LocalBot) -> None:
    with ThreadPoolExecutor() as both:
        done_by = [json.loads(each.result()) for each in [both.submit(_process) for _ in range(2)]]
    assert sum(one["judged"] for one in done_by) == 7, (
        "two nudges, a Monday, who waits, remarks, invitations, the count of answers"
    )
    assert (len(nudges(town, ADA)), len(nudges(town, BEN))) == (1, 1)


def _process() -> str:
    """What a process of its own says to standard output."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [str(COMMAND), "tick", "--at", DAY_TEN_IN_NEW_YORK]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=LONG, check=True)
    assert ran.stderr == ""
    return ran.stdout
