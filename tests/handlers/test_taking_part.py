"""Who may take part and who may be named: members; others only when the programme says so."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from mentoring.programmes.settings import Part
from messages.ids import (
    APPLICATION_FORM,
    OPEN_REQUEST,
    OPEN_SETUP,
    OPEN_STATUS,
    SENTENCE_VIEW,
    SETUP_FORM,
    WAITING_VIEW,
    WITHDRAW,
)
from sandbox.blocks import visible_texts
from sandbox.lookup import message_text
from sandbox.person import Person
from tests.handlers.support import block_of, buttons, direct_messages, last_payload, post, rows
from tests.local_bot import OWNER, PATIENCE, REQUEST, LocalBot, typed
from tests.local_bot import local_bot as open_town

GUESTS = ("U0GUEST", "U0SINGLE")
FAR = "U0FAR"


@pytest.fixture
def open_to_all(tmp_path: Path) -> Iterator[LocalBot]:
    """A town whose owner has let in guests and people of connected workspaces."""
    with open_town(tmp_path) as town:
        admit(town, "guest", "stranger")
        yield town


def admit(town: LocalBot, *standings: str) -> None:
    owner = town.person(OWNER)
    owner.command("/mentor setup")
    owner.click("Change")
    owner.await_view(SETUP_FORM)
    owner.fill({"admits": list(standings)})
    assert owner.submit().closed
    town.settle()


@pytest.mark.parametrize("guest", GUESTS)
@pytest.mark.parametrize("command", ["/mentor request", "/mentor volunteer"])
def test_a_guest_is_told_before_they_type_anything(town: LocalBot, guest: str, command: str) -> None:
    town.knows(guest)
    reply = town.person(guest).command(command)
    town.settle()
    assert town.person(guest).view is None
    assert "Guests can’t take part" in reply.messages[0]["text"]
    assert f"<@{OWNER}>" in reply.messages[0]["text"]


def test_a_guest_of_whom_slack_has_not_told_yet_is_refused_before_they_type_anything(town: LocalBot) -> None:
    guest = town.person("U0GUEST")
    guest.command("/mentor request")
    view = guest.await_view(SENTENCE_VIEW)
    assert "Guests can’t take part" in "\n".join(visible_texts(view["blocks"]))
    assert rows(town)["applications"] == []


def test_somebody_unknown_sees_that_slack_is_asked_and_then_the_form(tmp_path: Path) -> None:
    held = Held()
    with open_town(tmp_path, look_ups=held) as town:
        ada = town.person("U0ADA")
        ada.command("/mentor request")
        assert ada.await_view(WAITING_VIEW)
        held.go_on.set()
        assert ada.await_view(APPLICATION_FORM)


def test_when_slack_does_not_answer_a_sentence_says_so_and_nothing_has_to_be_sent_again(tmp_path: Path) -> None:
    with open_town(tmp_path, look_ups=lambda look_up: False) as town:
        ada = town.person("U0ADA")
        ada.command("/mentor request")
        view = ada.await_view(SENTENCE_VIEW)
        said = "\n".join(visible_texts(view["blocks"]))
        assert "Slack can’t tell me who you are right now." in said
        assert "Send again" not in said


def test_somebody_whom_slack_forgot_while_they_filled_in_the_form_is_asked_about_as_it_is_sent(town: LocalBot) -> None:
    ada = open_form(town)
    forget(town, "U0ADA")
    assert ada.submit().closed
    assert [row["person"] for row in rows(town)["applications"]] == ["U0ADA"]


def test_people_of_whom_slack_has_not_told_yet_are_accepted_and_checked_afterwards(town: LocalBot) -> None:
    ada = open_form(town, manager="U0GUEST")
    forget(town, "U0GUEST")
    assert ada.submit().closed
    town.settle()
    received, asked = direct_messages(town, "U0ADA")
    assert received["text"] == "Your application for a mentor has arrived"
    assert asked["text"] == "Please check your application for a mentor"
    assert "You chose <@U0GUEST> as your manager. You can’t choose a guest." in message_text(asked)
    assert buttons(asked) == {OPEN_REQUEST, WITHDRAW}
    ada.command("/mentor request")
    ada.await_view(APPLICATION_FORM)
    ada.fill({"manager": "U0BOSS"})
    assert ada.submit().closed
    town.settle()
    _, settled, changed = direct_messages(town, "U0ADA")
    assert "You don’t need to check your application for a mentor any more" in message_text(settled)
    assert buttons(settled) == {OPEN_STATUS}
    assert changed["text"] == "Your application for a mentor has changed"


def test_people_who_can_be_named_after_all_cause_no_message(town: LocalBot) -> None:
    ada = open_form(town, manager="U0BOSS")
    forget(town, "U0BOSS")
    assert ada.submit().closed
    town.settle()
    assert [one["text"] for one in direct_messages(town, "U0ADA")] == ["Your application for a mentor has arrived"]


def open_form(town: LocalBot, **says: str) -> Person:
    """Ada has the form in front of her, filled in."""
    town.knows("U0ADA", "U0BOSS")
    ada = town.person("U0ADA")
    ada.command("/mentor request")
    ada.await_view(APPLICATION_FORM)
    ada.fill({**REQUEST, **says})
    town.settle()
    return ada


def forget(town: LocalBot, person: str) -> None:
    """As if Slack had not said yet who they are."""
    assert town.storage.file is not None
    with closing(sqlite3.connect(town.storage.file)) as database, database:
        database.execute("DELETE FROM people WHERE id = ?", (person,))


class Held:
    """Look-ups that wait until they are told to go on."""

    def __init__(self) -> None:
        self.go_on = threading.Event()

    def __call__(self, look_up: Callable[[], bool]) -> bool:
        return self.go_on.wait(PATIENCE) and look_up()


@pytest.mark.parametrize("guest", GUESTS)
def test_a_guest_takes_part_where_the_programme_says_so(open_to_all: LocalBot, guest: str) -> None:
    open_to_all.apply(guest, "/mentor request", REQUEST)
    assert len(direct_messages(open_to_all, guest)) == 1


def test_somebody_of_another_workspace_is_refused(town: LocalBot) -> None:
    _write_and_press(town)
    view = town.person(FAR).await_view(SENTENCE_VIEW)
    assert "other workspaces" in "\n".join(visible_texts(view["blocks"]))


def test_somebody_of_another_workspace_takes_part_where_the_programme_says_so(open_to_all: LocalBot) -> None:
    _write_and_press(open_to_all)
    far = open_to_all.person(FAR)
    far.await_view(APPLICATION_FORM)
    open_to_all.knows("U0BOSS")
    far.fill(REQUEST)
    assert far.submit().closed
    open_to_all.settle()
    assert [row["person"] for row in rows(open_to_all)["applications"]] == [FAR]


def test_somebody_whose_requests_name_their_own_workspace_still_applies_in_ours(open_to_all: LocalBot) -> None:
    _write_and_press(open_to_all)
    open_to_all.knows("U0BOSS")
    far = open_to_all.person(FAR)
    far.await_view(APPLICATION_FORM)
    far.fill({**REQUEST, "manager": OWNER})
    far.submit()
    payload = last_payload(open_to_all, "view_submission")
    payload["team"] = {"id": "T0ELSEWHERE", "domain": "elsewhere"}
    payload["view"]["private_metadata"] = '{"form":"mentee","version":1}'  # opened again, after the first was sent
    payload["view"]["state"]["values"]["months"]["months"]["selected_option"]["value"] = "9"
    assert post(open_to_all, payload) == (200, "")
    (application,) = rows(open_to_all)["applications"]
    assert (application["workspace"], application["months"]) == (open_to_all.slack.team_id, 9)
    assert {row["workspace"] for row in rows(open_to_all)["workspaces"]} == {open_to_all.slack.team_id}


@pytest.mark.parametrize(
    ("person", "says"), [("U0GONE", "deactivated"), ("U0ROBOT", "an app"), ("U0NOBODY", "other workspaces")]
)
def test_neither_a_closed_account_nor_an_app_nor_somebody_unknown_can_apply(
    town: LocalBot, person: str, says: str
) -> None:
    """Their clients cannot, so the request is made by hand, from somebody else's form."""
    town.apply("U0ADA", "/mentor request", REQUEST)
    town.knows(person)
    payload = last_payload(town, "view_submission")
    status, body = post(town, {**payload, "user": {**payload["user"], "id": person}})
    assert status == 200
    assert isinstance(body, dict)
    assert says in " ".join(body["errors"].values())
    assert [row["person"] for row in rows(town)["applications"]] == ["U0ADA"]


@pytest.mark.parametrize("named", ["U0ADA", "U0GUEST", "U0GONE", "U0FAR", "U0ROBOT"])
@pytest.mark.parametrize("field", ["manager", "wish"])
def test_only_another_member_can_be_named(town: LocalBot, field: str, named: str) -> None:
    errors = _names(town, field, named)
    assert list(errors) == [field]
    assert rows(town)["applications"] == []


@pytest.mark.parametrize("named", ["U0ADA", "U0GONE", "U0ROBOT"])
def test_even_an_open_programme_takes_neither_oneself_nor_an_app_nor_a_closed_account(
    open_to_all: LocalBot, named: str
) -> None:
    assert list(_names(open_to_all, "manager", named)) == ["manager"]


@pytest.mark.parametrize("named", ["U0GUEST", "U0FAR"])
def test_an_open_programme_takes_a_guest_as_somebody_to_be_named(open_to_all: LocalBot, named: str) -> None:
    assert _names(open_to_all, "wish", named) == {}


def _names(town: LocalBot, field: str, named: str) -> dict[str, str]:
    """What Ada is told who names `named`."""
    town.knows("U0ADA", "U0BOSS", named)
    ada = town.person("U0ADA")
    ada.command("/mentor request")
    ada.await_view(APPLICATION_FORM)
    ada.fill(REQUEST)
    ada.fill({field: named})
    town.settle()
    return ada.submit().errors


def _write_and_press(town: LocalBot) -> None:
    """Commands are not for people of other workspaces: they write to the bot, and press what it answers with."""
    far = town.person(FAR)
    town.slack.faults.fail("users.info", times=1)  # else the answer knows already where they are from
    far.say("hello")
    town.settle()
    (help_,) = direct_messages(town, FAR)
    assert far.click(OPEN_REQUEST, message=help_).ok


def test_the_owner_reads_who_may_take_part(open_to_all: LocalBot) -> None:
    owner = open_to_all.person(OWNER)
    owner.command("/mentor setup")
    card: dict[str, Any] = owner.inbox()[-1]
    assert "guests" in str(card["blocks"])
    owner.click(f"{_block(card, Part.BASICS)}/{OPEN_SETUP}", message=card)
    view = owner.await_view(SETUP_FORM)
    ticked = view["state"]["values"]["admits"]["admits"]["selected_options"]
    assert [option["value"] for option in ticked] == ["guest", "stranger"]


def _block(card: dict[str, Any], part: Part) -> str:
    return block_of(card, part)


def test_the_second_form_is_filled_in_with_what_the_first_said(town: LocalBot) -> None:
    town.apply("U0ADA", "/mentor request", {**REQUEST, "ways": ["video", "phone"], "months": "9"})
    town.person("U0ADA").command("/mentor volunteer")
    view = town.person("U0ADA").await_view(APPLICATION_FORM)
    assert "We filled in what your other application says." in "\n".join(visible_texts(view))
    assert typed(town.person("U0ADA")) == {
        "months": "9",
        "ways": ["video", "phone"],
        "languages": ["en"],
        "manager": "U0BOSS",
    }
