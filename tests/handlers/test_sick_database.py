"""While nothing can be saved, Slack keeps its events for later, and people read what is going on."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.socket_mode import SocketModeConnection
from messages import ids
from messages.errors import DATABASE_AWAY
from sandbox.delivery import payloads
from storage import Conflict
from storage.people import People
from tests.handlers.conftest import Logs
from tests.handlers.requests import all_heard, answers, clicked, typed_command
from tests.handlers.starting_points import ADA, founded, introduced, one_applied
from tests.handlers.support import Json, post, rows
from tests.handlers.test_stale_forms import REQUESTS
from tests.journeys.story import answer_to
from tests.local_bot import LocalBot, wait_until
from tests.sick_databases import away, full_disk

pytestmark = pytest.mark.usefixtures("usual_connections")

BEN = "U0BEN"
SICK: dict[str, Callable[[], AbstractContextManager[None]]] = {"a full disk": full_disk, "PostgreSQL stopped": away}

sick = pytest.mark.parametrize("sickness", SICK.values(), ids=list(SICK))


def told(town: LocalBot, **event: Any) -> Json:
    """An event as Slack sends it."""
    with town.slack.workspace.lock:
        return payloads.event_callback(town.slack.workspace, event)


def said_by_ada(town: LocalBot) -> Json:
    with town.slack.workspace.lock:
        place = town.slack.workspace.direct_message([ADA])
    return told(town, type="message", channel=place.id, channel_type="im", user=ADA, text="hello", ts="1.0")


def left(town: LocalBot) -> Json:
    user = {"id": BEN, "team_id": town.slack.team_id, "deleted": True, "profile": {"display_name": "Ben Brook"}}
    return told(town, type="user_change", user=user, event_ts=f"{town.slack.calendar.now().timestamp() + 60:.6f}")


EVENTS: dict[str, Callable[[LocalBot], Json]] = {
    "a message": said_by_ada,
    "a changed profile": left,
    "a removed app": lambda town: told(town, type="app_uninstalled"),
    "a revoked token": lambda town: told(
        town, type="tokens_revoked", tokens={"oauth": [], "bot": [town.slack.bot_user_id]}
    ),
}


@sick
@pytest.mark.parametrize("event", EVENTS.values(), ids=list(EVENTS))
def test_an_event_is_not_acknowledged_and_has_its_effect_when_slack_sends_it_again(
    town: LocalBot, event: Callable[[LocalBot], Json], sickness: Callable[[], AbstractContextManager[None]]
) -> None:
    introduced(town, ADA, BEN)
    town.settle()
    before, payload = rows(town), event(town)
    with sickness():
        assert post(town, payload)[0] == 503
        assert post(town, payload)[0] == 503, "Slack tries more than once"
    assert rows(town) == before
    assert post(town, payload)[0] == 200
    assert rows(town) != before


@sick
def test_by_socket_mode_it_is_not_acknowledged_either(
    town: LocalBot, sickness: Callable[[], AbstractContextManager[None]]
) -> None:
    founded(town)
    payload, client = said_by_ada(town), Client()
    request = SocketModeRequest("events_api", "envelope", payload)
    connection = SocketModeConnection(town.bot.app, town.slack.app_token)
    try:
        with sickness():
            connection.handle(client, request)  # type: ignore[arg-type]
        assert client.acknowledged == []
        connection.handle(client, request)  # type: ignore[arg-type]
        assert client.acknowledged == ["envelope"]
    finally:
        connection.close()  # type: ignore[no-untyped-call]


class Client:
    """Notes what is acknowledged."""

    class logger:
        level = 100
        info = staticmethod(lambda *_: None)

    def __init__(self) -> None:
        self.acknowledged: list[str] = []

    def send_socket_mode_response(self, response: Any) -> None:
        self.acknowledged.append(response.envelope_id)


def test_a_profile_that_changes_while_somebody_else_is_faster_is_not_lost(
    town: LocalBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    introduced(town, ADA, BEN)
    payload, save, tries = left(town), People.save_profile, []

    def beaten_once(*args: Any) -> bool:
        tries.append(1)
        if len(tries) == 1:
            raise Conflict
        return save(*args)

    monkeypatch.setattr(People, "save_profile", beaten_once)
    assert post(town, payload)[0] == 200
    with town.database() as tx:
        assert tx.people.get(BEN).is_absent


@sick
def test_a_command_a_button_and_a_form_are_answered_with_what_is_going_on(
    town: LocalBot, logs: Logs, sickness: Callable[[], AbstractContextManager[None]]
) -> None:
    founded(town)
    form = REQUESTS(town, ADA, "")
    before = rows(town)
    with sickness():
        for request in (typed_command(town, ADA, ""), form):
            status, body = post(town, request)
            assert (status, DATABASE_AWAY in str(body)) == (200, True)
    assert rows(town) == before
    assert "Traceback" not in logs.text
    assert answers(town, form) == [""], "it was still open, with all that was typed"


def test_a_form_for_somebody_whom_slack_has_not_described_yet_says_so_too(town: LocalBot, logs: Logs) -> None:
    founded(town)
    with town.database() as tx:
        assert not tx.people.exists(BEN)
    with full_disk():
        assert post(town, typed_command(town, BEN, "request"))[0] == 200
        wait_until(lambda: DATABASE_AWAY in str(town.person(BEN).await_view()), "it says something else")
    assert "Reference" not in logs.text


@sick
def test_a_button_is_answered_too_and_works_later(
    town: LocalBot, sickness: Callable[[], AbstractContextManager[None]]
) -> None:
    application = one_applied(town)
    click = clicked(town, ADA, ids.WITHDRAW, application)
    with sickness():
        assert post(town, click)[0] == 200
    town.settle()
    assert answer_to(town.slack, ADA) == DATABASE_AWAY
    assert answers(town, clicked(town, ADA, ids.WITHDRAW, application)) == [""]
    assert all_heard(town)[ADA] == ["Your application for a mentor is withdrawn"]
