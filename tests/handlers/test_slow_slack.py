"""When Slack is slow or refuses: everybody is acknowledged at once, and told kindly what became of their form."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from messages.ids import APPLICATION_FORM, OPEN_REQUEST
from sandbox import Member
from sandbox.person import Person
from tests.handlers.support import direct_messages, rows
from tests.local_bot import OWNER, REQUEST, LocalBot

MANY = 50


@pytest.mark.long
def test_fifty_commands_while_slack_is_slow_are_all_acknowledged(town: LocalBot) -> None:
    crowd = [f"U0CROWD{number}" for number in range(MANY)]
    for user in crowd:
        town.slack.add_member(Member(user, user.lower(), user))
    town.slack.faults.delay("views.open", 2.0)
    with ThreadPoolExecutor(MANY) as hands:
        replies = list(hands.map(lambda user: town.person(user).command("/mentor request"), crowd))
    town.slack.faults.clear()
    commands = [delivery for delivery in town.slack.deliveries if delivery.kind == "command"]
    assert [reply.error for reply in replies] == [""] * MANY
    assert len(commands) == MANY
    town.settle()
    assert all(_has_form_or_sentence(town.person(user)) for user in crowd)


def test_an_expired_trigger_gets_a_kind_answer_at_the_place_of_the_click(town: LocalBot) -> None:
    ada = town.person("U0ADA")
    town.slack.faults.fail("views.open", "expired_trigger_id")
    assert ada.command("/mentor request").ok
    answer = ada.await_message("Sorry, the form took too long to open.")
    assert answer["is_ephemeral"]
    assert ada.view is None


@pytest.mark.parametrize("error", ["internal_error", "ratelimited", "invalid_trigger_id"])
def test_whatever_slack_answers_the_person_is_told_and_can_try_again(town: LocalBot, error: str) -> None:
    ada = town.person("U0ADA")
    town.slack.faults.fail("views.open", error)
    ada.command("/mentor")
    assert ada.click(OPEN_REQUEST).ok
    ada.await_message("took too long to open")
    ada.command("/mentor request")
    assert ada.await_view(APPLICATION_FORM)


def test_a_connection_that_breaks_while_a_form_opens_is_told_of_too(town: LocalBot) -> None:
    ada = town.person("U0ADA")
    town.slack.faults.fail("views.open", after_commit=True)
    ada.command("/mentor request")
    ada.await_message("took too long to open")


def test_receipts_that_slack_refuses_for_now_are_not_lost(town: LocalBot) -> None:
    town.knows("U0ADA", "U0BOSS")
    ada = town.person("U0ADA")
    ada.command("/mentor request")
    ada.await_view()
    ada.fill(REQUEST)
    town.slack.faults.fail("conversations.open", "internal_error")
    assert ada.submit().closed
    town.settle()
    assert direct_messages(town, "U0ADA") == []
    (receipt,) = [row for row in rows(town)["outbox"] if row["recipient"] == "U0ADA"]
    assert (receipt["state"], receipt["reason"]) == ("pending", "internal_error")


def test_an_answer_that_slack_refuses_harms_nothing(town: LocalBot) -> None:
    town.settle()
    owner = town.person(OWNER)
    town.slack.faults.fail("respond", "used_url")
    owner.click("Open settings")
    town.settle()
    owner.click("Open settings")
    assert owner.await_message("Your own words")


def _has_form_or_sentence(person: Person) -> bool:
    return person.view is not None or any("took too long to open" in message["text"] for message in person.inbox())
