"""Requests of people as Slack sends them, made by hand, so that one can come twice, late, or with another's at once."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, suppress
from threading import Barrier, BrokenBarrierError, current_thread, local
from typing import Any

import pytest

from messages.ids import COMMAND
from sandbox.delivery import payloads
from storage import Transaction
from tests.handlers.support import Json, direct_messages, post, rows
from tests.journeys.story import answer_to
from tests.local_bot import PATIENCE, PEOPLE, LocalBot

_TOGETHER = "person"


def clicked(town: LocalBot, user: str, action: str, value: str = "") -> Json:
    """A click on a button under a message that `user` has."""
    with town.slack.workspace.lock:
        place = town.slack.workspace.direct_message([user])
    return {
        "type": "block_actions",
        "user": {"id": user, "team_id": town.slack.team_id},
        "team": {"id": town.slack.team_id},
        "api_app_id": town.slack.app_id,
        "container": {"type": "message", "channel_id": place.id},
        "channel": {"id": place.id},
        "actions": [{"type": "button", "action_id": action, "block_id": "b", "value": value, "action_ts": "1.0"}],
        **_fresh(town, user),
    }


def typed_command(town: LocalBot, user: str, text: str) -> Json:
    """A slash command that `user` types."""
    return {
        "command": COMMAND,
        "text": text,
        "user_id": user,
        "team_id": town.slack.team_id,
        "api_app_id": town.slack.app_id,
        **_fresh(town, user),
    }


def filled_in(town: LocalBot, user: str, says: Json) -> Json:
    """The form on top of what `user` has open, filled in and about to be sent."""
    person = town.person(user)
    person.fill(says)
    workspace = town.slack.workspace
    with workspace.lock:
        return payloads.view_submission(workspace, workspace.members[user], workspace.views.stack(user)[-1])


def _fresh(town: LocalBot, user: str) -> dict[str, str]:
    workspace = town.slack.workspace
    with workspace.lock:
        path = workspace.response_urls.issue(user, workspace.direct_message([user]).id)
        return {"trigger_id": workspace.triggers.issue(user), "response_url": workspace.url + path}


def answers(town: LocalBot, *requests: Json) -> list[str]:
    """Send one request after the other; what answered each, where its person could read it."""
    return [_answer(town, request) for request in requests]


def _answer(town: LocalBot, request: Json) -> str:
    user = _who(request)
    before = answer_to(town.slack, user)
    status, body = post(town, request)
    assert status == 200
    town.settle()
    after = answer_to(town.slack, user)
    return _errors(body) or (after if after != before else "")


def at_once(town: LocalBot, monkeypatch: pytest.MonkeyPatch, *requests: Json) -> list[str]:
    """Send all from the same moment on, each from a thread of its own, and let none begin its transaction before all
    are there; what their people read afterwards.
    """
    start, here, begin = Barrier(len(requests)), local(), town.storage.begin

    def together(workspace: str) -> AbstractContextManager[Transaction]:
        if current_thread().name.startswith(_TOGETHER) and not hasattr(here, "waited"):
            here.waited = True
            with suppress(BrokenBarrierError):  # one of them was refused before it began
                start.wait(PATIENCE)
        return begin(workspace)

    def send(request: Json) -> tuple[int, Json | str]:
        try:
            return post(town, request)
        finally:
            start.abort()

    with monkeypatch.context() as patched, ThreadPoolExecutor(len(requests), _TOGETHER) as people:
        patched.setattr(town.storage, "begin", together)
        sent = list(people.map(send, requests))
    town.settle()
    assert {status for status, _ in sent} == {200}
    said = [_errors(body) for _, body in sent]
    return [*filter(None, said), *(answer_to(town.slack, user) for user in dict.fromkeys(map(_who, requests)))]


def _who(request: Json) -> str:
    return str(request.get("user_id") or request.get("user", {}).get("id") or request["event"]["user"])


def _errors(body: Json | str) -> str:
    if isinstance(body, str):
        return ""
    return " ".join(body.get("errors", {}).values()) or str(body.get("text", ""))


NOT_HELD = ("people", "owner_effort")


def held(town: LocalBot, *leaving_out: str) -> dict[str, list[Json]]:
    """All rows of all tables but these, and but the people, whom Slack may be asked for again, and how often owners
    press: each request counts.
    """
    return {table: found for table, found in rows(town).items() if table not in (*NOT_HELD, *leaving_out)}


def all_heard(town: LocalBot) -> dict[str, list[str]]:
    """By person, the first lines of all their direct messages and group messages."""
    found: dict[str, list[str]] = {}
    for member in PEOPLE:
        if member.is_bot:
            continue
        places = [place for place in town.person(member.id).conversations() if place["kind"] == "mpim"]
        groups: list[Any] = [message for place in places for message in town.person(member.id).inbox(place["id"])]
        found[member.id] = [str(message["text"]) for message in (*direct_messages(town, member.id), *groups)]
    return found
