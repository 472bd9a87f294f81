"""Tokens, scopes and arguments of Web API calls, and their errors."""

import json
import urllib.request
from typing import Any

import pytest
from slack_sdk import WebClient

from sandbox import Sandbox
from tests.sandbox.support import PEOPLE, client_of, manifest, refused


def raw(sandbox: Sandbox, method: str, body: bytes, content_type: str, **headers: str) -> tuple[Any, Any]:
    """The decoded response to a raw request, and its headers."""
    request = urllib.request.Request(sandbox.api_url + method, body, {"Content-Type": content_type, **headers})
    with urllib.request.urlopen(request, timeout=5) as response:
        return json.loads(response.read()), response.headers


FORM = "application/x-www-form-urlencoded"


def test_a_call_without_a_token_is_not_authed(sandbox: Sandbox) -> None:
    assert raw(sandbox, "auth.test", b"", FORM)[0] == {"ok": False, "error": "not_authed"}


def test_an_unknown_token_is_invalid(sandbox: Sandbox) -> None:
    with refused("invalid_auth"):
        client_of(sandbox, "xoxb-guess").auth_test()


def test_a_revoked_token_is_refused_everywhere(sandbox: Sandbox, client: WebClient) -> None:
    sandbox.revoke_token()
    with refused("token_revoked"):
        client.auth_test()
    with refused("token_revoked"):
        client.chat_postMessage(channel="U0ADA", text="Hello")


def test_an_uninstalled_app_is_inactive(sandbox: Sandbox, client: WebClient) -> None:
    sandbox.revoke_token("account_inactive")
    with refused("account_inactive"):
        client.auth_test()


def test_each_kind_of_token_has_its_own_methods(sandbox: Sandbox, client: WebClient) -> None:
    with refused("not_allowed_token_type"):
        client.apps_connections_open(app_token=sandbox.bot_token)
    with refused("not_allowed_token_type"):
        client_of(sandbox, sandbox.app_token).auth_test()


@pytest.mark.parametrize(
    ("scope", "call"),
    [
        ("chat:write", lambda client: client.chat_postMessage(channel="U0ADA", text="Hello")),
        ("im:write", lambda client: client.conversations_open(users="U0ADA")),
        ("mpim:write", lambda client: client.conversations_open(users="U0ADA,U0BOB")),
        ("users:read", lambda client: client.users_info(user="U0ADA")),
        ("users:read.email", lambda client: client.users_lookupByEmail(email="ada@example.com")),
        ("team:read", lambda client: client.team_info()),
        ("mpim:read", lambda client: client.conversations_list(types="im,mpim")),
    ],
)
def test_missing_scope_lists_needed_and_provided_scopes(scope: str, call: Any) -> None:
    scopes = [one for one in ("chat:write", "im:write", "users:read", "users:read.email", "im:read") if one != scope]
    with Sandbox(manifest(scopes=scopes), PEOPLE) as sandbox, refused("missing_scope") as answers:
        call(client_of(sandbox))
    assert answers[0]["needed"] == scope
    assert answers[0]["provided"] == ",".join(scopes)


@pytest.mark.parametrize(("scope", "people"), [("im:history", "U0ADA"), ("mpim:history", "U0ADA,U0BOB")])
def test_reading_a_conversation_needs_the_history_scope_of_its_kind(scope: str, people: str) -> None:
    with Sandbox(manifest(scopes=["im:write", "mpim:write", "chat:write"]), PEOPLE) as sandbox:
        client = client_of(sandbox)
        channel = client.conversations_open(users=people)["channel"]["id"]
        with refused("missing_scope") as answers:
            client.conversations_history(channel=channel)
    assert answers[0]["needed"] == scope


def test_responses_list_token_and_method_scopes(sandbox: Sandbox, client: WebClient) -> None:
    headers = client.users_info(user="U0ADA").headers
    assert "users:read" in headers["X-OAuth-Scopes"].split(",")
    assert headers["X-Accepted-OAuth-Scopes"] == "users:read"


def test_unknown_and_retired_methods_are_told_apart(client: WebClient) -> None:
    with refused("unknown_method"):
        client.api_call("chat.sing")
    with refused("method_deprecated"):
        client.api_call("files.upload", params={"content": "x"})


def test_the_token_may_come_as_an_argument_and_arguments_as_a_form(sandbox: Sandbox) -> None:
    body = f"token={sandbox.bot_token}&channel=U0ADA&text=Hello&blocks=%5B%5D".encode()
    answer, _ = raw(sandbox, "chat.postMessage", body, FORM)
    assert answer["message"]["text"] == "Hello"


def test_json_and_query_arguments_work_alike(sandbox: Sandbox, client: WebClient) -> None:
    bearer = {"Authorization": f"Bearer {sandbox.bot_token}"}
    by_json, _ = raw(sandbox, "users.info", b'{"user": "U0ADA"}', "application/json", **bearer)
    by_query = client.api_call("users.info", http_verb="GET", params={"user": "U0ADA"})
    assert by_json["user"]["id"] == by_query["user"]["id"] == "U0ADA"


@pytest.mark.parametrize("body", [b"{", b"[1]"])
def test_what_is_not_a_json_object_is_refused(sandbox: Sandbox, body: bytes) -> None:
    answer, _ = raw(sandbox, "auth.test", body, "application/json", Authorization=f"Bearer {sandbox.bot_token}")
    assert answer == {"ok": False, "error": "invalid_json"}


def test_every_call_is_recorded_with_its_arguments_and_without_the_token(sandbox: Sandbox, client: WebClient) -> None:
    blocks = [{"type": "divider"}]
    client.chat_postMessage(channel="U0ADA", text="Hello", blocks=blocks)
    with refused("user_not_found"):
        client.users_info(user="U0NOBODY")
    posted, asked = sandbox.calls
    assert (posted.method, posted.ok, posted.error, posted.token_kind) == ("chat.postMessage", True, "", "bot")
    assert posted.args["blocks"] == blocks
    assert (asked.method, asked.ok, asked.error) == ("users.info", False, "user_not_found")
    assert sandbox.bot_token not in repr(sandbox.calls)
