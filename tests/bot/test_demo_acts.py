"""What the people of the demo do: one who cannot act stops nobody else, and messages that arrive meanwhile do not
matter.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.demo.acts import each, post_call, save_settings, tell_programme
from bot.demo.texts import REMARK
from mentoring.core.fields import FieldName
from mentoring.programmes.settings import Part
from sandbox import Person
from sandbox.actions.context import ActionResult
from tests.handlers.starting_points import ADA, BEN, introduced
from tests.handlers.support import rows
from tests.local_bot import OWNER, LocalBot, local_bot
from tests.one_programme import the_programme


def test_an_act_that_fails_is_logged_and_the_others_are_performed(caplog: pytest.LogCaptureFixture) -> None:
    done: list[str] = []

    def break_() -> None:
        raise RuntimeError("what somebody typed")

    each([lambda: done.append("first"), break_, lambda: done.append("last")])
    assert done == ["first", "last"]
    assert "RuntimeError" in caplog.text
    assert "what somebody typed" not in caplog.text


@pytest.fixture
def town(tmp_path: Path) -> Iterator[LocalBot]:
    with local_bot(tmp_path) as town:
        town.settle()
        yield town


def test_settings_are_saved_when_another_message_arrives_after_the_card(
    town: LocalBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def command_then_message(person: Person, line: str, channel: str | None = None) -> ActionResult:
        result = command(person, line, channel)
        return replace(result, messages=[*result.messages, {"ts": "1.0", "text": "Saved.", "blocks": []}])

    command = Person.command
    monkeypatch.setattr(Person, "command", command_then_message)
    save_settings(town.person(OWNER), Part.BASICS, {FieldName.NAME: "Fen & Fell"})
    town.settle()
    with town.database() as tx:
        programme = the_programme(tx)
    assert programme is not None
    assert programme.name == "Fen & Fell"


def test_a_partner_tells_the_programme_something_and_nobody_else_does(town: LocalBot) -> None:
    tell_programme(town.slack, town.bot, ADA, REMARK)
    assert rows(town)["remarks"] == []
    introduced(town, ADA, BEN)
    tell_programme(town.slack, town.bot, ADA, REMARK)
    town.settle()
    assert [row["person"] for row in rows(town)["remarks"]] == [ADA]


def test_an_owner_has_the_call_for_applications_posted_in_a_channel(town: LocalBot) -> None:
    news = town.slack.add_channel("news", [OWNER, ADA], with_bot=True)
    post_call(town.slack, OWNER, news)
    town.bot.run_until_idle()
    (post,) = town.person(ADA).inbox(news)
    assert "applications are open" in post["text"]
