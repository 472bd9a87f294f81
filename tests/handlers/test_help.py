"""What a person can do now: asked for with a command, with a word that is none, or with a plain message."""

from pathlib import Path

import pytest

from messages.ids import (
    ASK_FOR_HELP,
    END_PARTNERSHIP,
    OPEN_HELP,
    OPEN_LEAVE,
    OPEN_OWN_DATA,
    OPEN_REQUEST,
    OPEN_REVIEW,
    OPEN_SETUP,
    OPEN_STATUS,
    OPEN_VOLUNTEER,
    SETUP_FORM,
    TELL_PROGRAMME,
    WITHDRAW,
    Subcommand,
)
from sandbox.lookup import message_text
from tests.handlers.starting_points import partners
from tests.handlers.support import buttons, direct_messages, rows
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
    assert buttons(shown) == {
        OPEN_STATUS,
        OPEN_REQUEST,
        WITHDRAW,
        OPEN_VOLUNTEER,
        ASK_FOR_HELP,
        TELL_PROGRAMME,
        OPEN_LEAVE,
        OPEN_OWN_DATA,
        OPEN_OWN_DATA,
    }


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
        ("setpu", OPEN_HELP),
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


LEAVING = ["quit", "stop", "leave", "cancel", "STOP!", "i want to stop", "opt out", "quti"]


@pytest.mark.parametrize("word", LEAVING)
def test_who_takes_part_in_nothing_hears_that_there_is_nothing_to_leave(town: LocalBot, word: str) -> None:
    (shown,) = town.person("U0ADA").command(f"/mentor {word}").messages
    assert "There’s nothing to leave or cancel." in message_text(shown)
    assert buttons(shown) == {OPEN_HELP}


@pytest.mark.parametrize("word", LEAVING)
def test_who_has_applied_may_withdraw(town: LocalBot, word: str) -> None:
    town.apply("U0ADA", "/mentor request", REQUEST)
    (shown,) = town.person("U0ADA").command(f"/mentor {word}").messages
    assert buttons(shown) == {WITHDRAW}


@pytest.mark.parametrize("word", LEAVING)
def test_who_has_a_partner_may_end_it(town: LocalBot, word: str) -> None:
    partners(town)
    (shown,) = town.person("U0ADA").command(f"/mentor {word}").messages
    assert buttons(shown) == {END_PARTNERSHIP}
    assert town.person("U0ADA").click(END_PARTNERSHIP).ok
    town.settle()
    assert {row["state"] for row in rows(town)["partnerships"]} == {"ended"}


def test_an_owner_hears_who_names_the_owners_and_where_the_round_is_closed(town: LocalBot) -> None:
    (shown,) = town.person(OWNER).command("/mentor quit").messages
    assert "To leave, name another owner in Settings" in message_text(shown)
    assert buttons(shown) == {OPEN_STATUS}


@pytest.mark.parametrize("word", ["signup", "join", "mentee", "mentor", "sign up", "apply", "hello"])
def test_a_word_for_joining_shows_both_ways(town: LocalBot, word: str) -> None:
    (shown,) = town.person("U0ADA").command(f"/mentor {word}").messages
    assert buttons(shown) == {OPEN_REQUEST, OPEN_VOLUNTEER}


@pytest.mark.parametrize(
    ("word", "newcomer", "applicant", "partner"),
    [
        ("pause", "nothing to pause", "until a day you choose", "until a day you choose"),
        ("goals", "I don’t keep a list of goals", "is in your application", "When you log a meeting"),
        ("privacy", "I don’t tell anyone who declined", "What I keep about you", "never notes or action items"),
        ("report", "message <@U0OWNER>", "message <@U0OWNER>", "You can end your partnership with <@U0BEN>"),
    ],
)
def test_other_words_lead_to_what_there_is_for_this_person(
    tmp_path: Path, word: str, newcomer: str, applicant: str, partner: str
) -> None:
    with open_town(tmp_path) as town:
        (shown,) = town.person("U0ADA").command(f"/mentor {word}").messages
        assert newcomer in message_text(shown)
        town.apply("U0ADA", "/mentor request", REQUEST)
        (shown,) = town.person("U0ADA").command(f"/mentor {word}").messages
        assert applicant in message_text(shown)
    (tmp_path / "two").mkdir()
    with open_town(tmp_path / "two") as town:
        partners(town)
        (shown,) = town.person("U0ADA").command(f"/mentor {word}").messages
        assert partner in message_text(shown)


@pytest.mark.parametrize("word", ["settings", "settngs", "matches", "matchs", "propose", "admin"])
def test_nobody_but_an_owner_is_led_to_what_is_for_owners(town: LocalBot, word: str) -> None:
    shown = town.person("U0ADA").command(f"/mentor {word}").messages
    assert not {button for message in shown for button in buttons(message)} & {OPEN_SETUP, OPEN_REVIEW}
    assert not any("owners can do" in message_text(message) for message in shown)


def test_nothing_that_was_typed_is_repeated(town: LocalBot) -> None:
    (shown,) = town.person("U0ADA").command("/mentor quit because of Zebedee").messages
    assert "Zebedee" not in message_text(shown)
