"""What a person can do now: asked for with a command, with a word that is none, or with a plain message."""

from pathlib import Path

import pytest

from messages.ids import (
    OPEN_HELP,
    OPEN_REQUEST,
    OPEN_SETUP,
    OPEN_STATUS,
    OPEN_VOLUNTEER,
    SETUP_FORM,
    WITHDRAW,
    Subcommand,
)
from sandbox.lookup import message_text
from tests.handlers.support import buttons, direct_messages
from tests.local_bot import OWNER, REQUEST, LocalBot
from tests.local_bot import local_bot as open_town


@pytest.mark.parametrize("command", ["/mentor", "/mentor help", "/mentor HELP", "/mentor  help me please"])
def test_a_newcomer_may_ask_or_offer(town: LocalBot, command: str) -> None:
    (shown,) = town.person("U0ADA").command(command).messages
    assert buttons(shown) == {OPEN_REQUEST, OPEN_VOLUNTEER}
    assert shown["is_ephemeral"]
    assert "21 December 2026" in message_text(shown)


def test_an_applicant_may_look_change_withdraw_and_still_take_the_other_role(town: LocalBot) -> None:
    town.apply("U0ADA", "/mentor request", REQUEST)
    (shown,) = town.person("U0ADA").command("/mentor").messages
    assert buttons(shown) == {OPEN_STATUS, OPEN_REQUEST, WITHDRAW, OPEN_VOLUNTEER}


def test_an_owner_may_set_up_and_see_the_round_and_apply_as_anybody(town: LocalBot) -> None:
    (shown,) = town.person(OWNER).command("/mentor").messages
    assert buttons(shown) >= {OPEN_SETUP, OPEN_STATUS, OPEN_REQUEST, OPEN_VOLUNTEER}


def test_nobody_else_sees_the_help_that_somebody_asked_for(town: LocalBot) -> None:
    town.person("U0ADA").command("/mentor")
    assert town.person("U0BEN").inbox() == []


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("reqest", OPEN_REQUEST),
        ("request!", OPEN_REQUEST),
        ("volonteer", OPEN_VOLUNTEER),
        ("statsu", OPEN_STATUS),
        ("setpu", OPEN_SETUP),
        ("halp", OPEN_HELP),
        ("banana", OPEN_HELP),
        ("<!channel>", OPEN_HELP),
        ("x" * 5000, OPEN_HELP),
    ],
)
def test_a_misspelt_word_gets_the_nearest_one_offered_and_is_not_repeated(
    town: LocalBot, typed: str, offered: str
) -> None:
    reply = town.person("U0ADA").command(f"/mentor {typed}")
    assert reply.ok
    assert offered in buttons(reply.messages[0])
    assert typed not in message_text(reply.messages[0])


def test_the_word_that_was_meant_can_be_pressed(town: LocalBot) -> None:
    owner = town.person(OWNER)
    owner.command("/mentor setpu")
    assert owner.click(OPEN_SETUP).ok
    assert OPEN_SETUP in buttons(owner.await_message("Your own words"))
    owner.click("Change")
    assert owner.await_view(SETUP_FORM)


@pytest.mark.parametrize("command", [f"/mentor {word.upper()}" for word in Subcommand])
def test_no_word_depends_on_its_case(town: LocalBot, command: str) -> None:
    owner = town.person(OWNER)
    reply = owner.command(command)
    assert reply.ok
    assert not any("I do not know" in message["text"] for message in reply.messages)


def test_a_plain_message_gets_the_help_once_however_often_slack_sends_it(town: LocalBot) -> None:
    ada = town.person("U0ADA")
    ada.say("hello, is anybody there?")
    for _ in range(3):
        assert town.slack.redeliver().ok
    town.settle()
    (help_,) = direct_messages(town, "U0ADA")
    assert buttons(help_) == {OPEN_REQUEST, OPEN_VOLUNTEER}


def test_two_plain_messages_get_the_help_twice(town: LocalBot) -> None:
    ada = town.person("U0ADA")
    ada.say("hello")
    ada.say("hello?")
    town.settle()
    assert len(direct_messages(town, "U0ADA")) == 2


def test_the_bot_does_not_answer_itself(town: LocalBot) -> None:
    town.person("U0ADA").say("hello")
    town.settle()
    town.settle()
    own = [d for d in town.slack.deliveries if d.kind == "event" and d.payload["event"].get("bot_id")]
    assert own
    assert all(delivery.ok for delivery in own)
    assert len(direct_messages(town, "U0ADA")) == 1


@pytest.mark.parametrize("word", ["", *Subcommand])
def test_without_a_programme_every_command_says_who_can_start_one(tmp_path: Path, word: str) -> None:
    with open_town(tmp_path, owners=()) as town:
        reply = town.person("U0ADA").command(f"/mentor {word}")
    assert reply.ok
    assert "There is no mentoring programme in this workspace yet." in reply.messages[0]["text"]
