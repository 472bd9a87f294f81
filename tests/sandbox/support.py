"""Shared by the sandbox's tests: a manifest, people, a small app with scripted responses, and Block Kit."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qsl

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from sandbox import Member, Sandbox

Json = dict[str, Any]

ADA, BOB, CY = "U0ADA", "U0BOB", "U0CY"
PEOPLE = (
    Member(ADA, "ada", "Ada Lovelace", "Ada", email="ada@example.com", title="Countess", avatar="🧮"),
    Member(BOB, "bob", "Bob Harris", time_zone="Asia/Tokyo", email="bob@example.com"),
    Member(CY, "cy", "Cy Young", is_guest=True),
    Member("U0GONE", "gone", "Gone Girl", email="gone@example.com", deactivated=True),
    Member("U0ROBOT", "robot", "Another Robot", is_bot=True),
    Member("U0FAR", "far", "Far Away", email="far@example.org", team_id="T0ELSEWHERE"),
)
SCOPES = (
    "commands",
    "chat:write",
    "im:write",
    "im:history",
    "im:read",
    "mpim:write",
    "mpim:history",
    "mpim:read",
    "channels:read",
    "channels:history",
    "users:read",
    "users:read.email",
    "team:read",
    "app_mentions:read",
)
EVENTS = (
    "message.im",
    "message.mpim",
    "message.channels",
    "app_mention",
    "app_home_opened",
    "user_change",
    "team_join",
)


def manifest(*, scopes: Sequence[str] = SCOPES, events: Sequence[str] = EVENTS, **features: Any) -> Json:
    """An app's manifest; `features` override the default ones."""
    commands = [
        {"command": "/go", "description": "Go somewhere", "usage_hint": "[where]"},
        {"command": "/tell", "description": "Tell somebody", "should_escape": True},
    ]
    tabs = {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False}
    bot = {"display_name": "Handy App"}
    return {
        "display_information": {"name": "Handy App"},
        "features": {"bot_user": bot, "app_home": tabs, "slash_commands": commands, **features},
        "oauth_config": {"scopes": {"bot": list(scopes)}},
        "settings": {
            "event_subscriptions": {"bot_events": list(events)},
            "interactivity": {"is_enabled": True},
            "socket_mode_enabled": True,
        },
    }


class TinyApp:
    """An app that stores its requests and gives scripted responses: a body, a status, or the result of a function."""

    def __init__(self) -> None:
        self.got: list[Json] = []
        self.headers: list[dict[str, str]] = []
        self.bodies: list[bytes] = []
        self.answers: dict[str, Any] = {}

    def on(self, kind: str, answer: Any) -> None:
        """Set the response to payloads of that type (`command`): None, a text, an object, a status, or a function."""
        self.answers[kind] = answer

    def deliver(self, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str], bytes]:
        payload = self._parsed(headers, body)
        self.headers.append(headers)
        self.bodies.append(body)
        self.got.append(payload)
        answer = self.answers.get(payload.get("type", "command"))
        if callable(answer):
            answer = answer(payload)
        if isinstance(answer, int):
            return answer, {}, b""
        if isinstance(answer, dict):
            return 200, {"Content-Type": "application/json"}, json.dumps(answer).encode()
        return 200, {"Content-Type": "text/plain"}, (answer or "").encode()

    @property
    def last(self) -> Json:
        return self.got[-1]

    @staticmethod
    def _parsed(headers: dict[str, str], body: bytes) -> Json:
        if headers["Content-Type"] == "application/json":
            parsed = json.loads(body)
        else:
            form = dict(parse_qsl(body.decode(), keep_blank_values=True))
            parsed = json.loads(form["payload"]) if "payload" in form else form
        assert isinstance(parsed, dict)
        return parsed


def client_of(sandbox: Sandbox, token: str | None = None) -> WebClient:
    """Slack's client for the sandbox, without retries."""
    return WebClient(token or sandbox.bot_token, base_url=sandbox.api_url, retry_handlers=[])


@contextmanager
def refused(error: str) -> Iterator[list[Json]]:
    """Expect a SlackApiError with `error`; afterwards the list holds the body of the response."""
    answers: list[Json] = []
    with pytest.raises(SlackApiError) as caught:
        yield answers
    response: SlackResponse = caught.value.response
    assert response["error"] == error, response.data
    answers.append(dict(response.data))  # type: ignore[arg-type]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def button(action_id: str, text: str = "Press", **more: Any) -> Json:
    return {"type": "button", "action_id": action_id, "text": plain(text), **more}


def section(text: str, **more: Any) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def actions(*elements: Json, block_id: str = "row") -> Json:
    return {"type": "actions", "block_id": block_id, "elements": list(elements)}


def options(*values: str) -> list[Json]:
    return [{"text": plain(value.title()), "value": value} for value in values]


def entry(label: str, block_id: str, element: Json | None = None, **more: Any) -> Json:
    element = {"type": "plain_text_input", "action_id": "it", **(element or {})}
    return {"type": "input", "block_id": block_id, "label": plain(label), "element": element, **more}


def modal(*blocks: Json, **more: Any) -> Json:
    blocks = blocks or (entry("Name", "name"),)
    texts = {"title": plain("A form"), "submit": plain("Send"), "close": plain("Leave")}
    return {"type": "modal", "callback_id": "form", **texts, "blocks": list(blocks), **more}


def opens(sandbox: Sandbox, view: Json) -> Callable[[Json], None]:
    """A response to a command or click that opens `view`."""

    def answer(payload: Json) -> None:
        client_of(sandbox).views_open(trigger_id=payload["trigger_id"], view=view)

    return answer
