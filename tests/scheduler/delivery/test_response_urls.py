"""Answers at the place where somebody clicked: to them alone, and without a word in any log."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qs

import pytest

from bot.manifest import manifest
from messages.ids import COMMAND
from messages.payloads import InvalidPayload, message
from sandbox import Sandbox
from scheduler.delivery import ResponseUrlClient
from tests.local_bot import PEOPLE
from tests.scheduler.delivery_harness import ADA, BEN


@dataclass
class Clicking:
    """A workspace in which `urls` are those that commands came with."""

    slack: Sandbox
    urls: list[str] = field(default_factory=list)

    def command(self) -> str:
        """Ada types a command; the response_url that it came with."""
        self.slack.person(ADA).command(COMMAND)
        return self.urls[-1]


@pytest.fixture
def clicking() -> Iterator[Clicking]:
    urls: list[str] = []

    def deliver(headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str], bytes]:
        urls.extend(parse_qs(body.decode()).get("response_url", ()))
        return 200, {}, b""

    with Sandbox(manifest(), PEOPLE, deliver=deliver, own_messages=False) as slack:
        yield Clicking(slack, urls)


def test_the_person_who_asked_is_answered_and_nobody_else(clicking: Clicking) -> None:
    answers = ResponseUrlClient()
    answers.reply(clicking.command(), message("That is done."))
    answers.close()
    (seen,) = clicking.slack.person(ADA).inbox()
    assert seen["text"] == "That is done."
    assert seen["is_ephemeral"]
    assert clicking.slack.person(BEN).inbox() == []


def test_closing_waits_for_all_that_was_said(clicking: Clicking) -> None:
    answers, url = ResponseUrlClient(), clicking.command()
    clicking.slack.faults.delay("respond", 0.05)
    for number in range(5):
        answers.reply(url, message(f"Number {number}"))
    answers.close()
    assert sorted(seen["text"] for seen in clicking.slack.person(ADA).inbox()) == [f"Number {n}" for n in range(5)]


def test_an_answer_that_slack_refuses_is_noted_without_its_text(
    clicking: Clicking, caplog: pytest.LogCaptureFixture
) -> None:
    answers, url = ResponseUrlClient(), clicking.command()
    for _ in range(6):
        answers.reply(url, message("what they wrote"))
    answers.close()
    assert len(clicking.slack.person(ADA).inbox()) == 5
    assert "A reply was refused: HTTP" in caplog.text
    assert "what they wrote" not in caplog.text
    assert url not in caplog.text


def test_an_answer_that_does_not_arrive_is_noted_without_its_text(caplog: pytest.LogCaptureFixture) -> None:
    answers = ResponseUrlClient(timeout=1)
    answers.reply("http://127.0.0.1:1/secret", message("what they wrote"))
    answers.close()
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("scheduler")]
    assert ours == ["A reply could not be sent: URLError"]
    assert "what they wrote" not in caplog.text


def test_what_slack_would_not_take_is_refused_at_once() -> None:
    answers = ResponseUrlClient()
    with pytest.raises(InvalidPayload):
        answers.reply("http://127.0.0.1:1/", message("x" * 50_000))
    answers.close()
