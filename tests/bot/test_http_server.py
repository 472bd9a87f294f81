"""The door for HTTP: what is not Slack's is refused before anybody reads it."""

import http.client
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest

from bot.clocks import real_now
from bot.http_server import MOST_BYTES, PATH, http_server
from mentoring.core.failures import WorkItem, WorkKind
from sandbox.signing import signed_headers
from tests.handlers.support import FORM_TYPE, last_payload, rows
from tests.local_bot import LocalBot, call

REFUSED = b'{"error":"invalid request"}'


@pytest.fixture
def request_of(town: LocalBot) -> tuple[dict[str, str], bytes]:
    """A request that Slack has signed: `/mentor help`, of Ada."""
    town.person("U0ADA").command("/mentor help")
    body = urlencode(last_payload(town, "command")).encode()
    return signed_headers(body, FORM_TYPE, town.slack.signing_secret), body


Signed = tuple[dict[str, str], bytes]


def test_a_signed_request_is_answered(town: LocalBot, request_of: Signed) -> None:
    status, _, content = call(town.web, *request_of)
    assert status == 200
    assert json.loads(content)["response_type"] == "ephemeral"


FORGERIES: dict[str, Mapping[str, str]] = {
    "a wrong signature": {"X-Slack-Signature": "v0=" + "0" * 64},
    "no signature": {"X-Slack-Signature": ""},
    "a signature of another version": {"X-Slack-Signature": "v1=abc"},
    "a signature that is not ASCII": {"X-Slack-Signature": "v0=\u00e9\u00e8"},
    "a time long ago": {"X-Slack-Request-Timestamp": "1500000000"},
    "a time to come": {"X-Slack-Request-Timestamp": "4000000000"},
    "a time that is none": {"X-Slack-Request-Timestamp": "yesterday"},
    "a time with a fraction": {"X-Slack-Request-Timestamp": "1500000000.5"},
    "a time that is too long": {"X-Slack-Request-Timestamp": "9" * 400},
    "a time in other digits": {"X-Slack-Request-Timestamp": "\u0661\u0662"},
    "no time": {"X-Slack-Request-Timestamp": ""},
}


@pytest.mark.parametrize("headers", FORGERIES.values(), ids=list(FORGERIES))
def test_a_forgery_is_refused_and_changes_nothing(
    town: LocalBot, request_of: Signed, headers: Mapping[str, str]
) -> None:
    genuine, body = request_of
    town.settle()
    before = rows(town)
    status, _, content = call(town.web, {**genuine, **headers}, body)
    assert status == 401
    assert b"mentor" not in content.lower()
    assert rows(town) == before


def test_a_body_that_was_changed_on_the_way_is_refused(town: LocalBot, request_of: Signed) -> None:
    headers, body = request_of
    assert call(town.web, headers, body.replace(b"U0ADA", b"U0BEN"))[0] == 401


MALFORMED: dict[str, tuple[str, bytes]] = {
    "no UTF-8": (FORM_TYPE, b"command=\xff\xfe"),
    "no JSON": ("application/json", b'{"type": '),
    "a list": ("application/json", b"[1, 2]"),
    "a payload that is no JSON": (FORM_TYPE, b"payload=%7Bgarbage"),
    "a payload that is a list": (FORM_TYPE, b"payload=%5B1%5D"),
    "JSON too deep to read": ("application/json", b'{"a":' + b"[" * 100_000),
    "nothing": (FORM_TYPE, b""),
}


@pytest.mark.parametrize(("content_type", "body"), MALFORMED.values(), ids=list(MALFORMED))
@pytest.mark.parametrize("secret", ["ours", "not ours"])
def test_what_cannot_be_read_is_refused_whoever_signed_it(
    town: LocalBot, content_type: str, body: bytes, secret: str
) -> None:
    headers = signed_headers(body, content_type, town.slack.signing_secret if secret == "ours" else "guessed")
    status, _, content = call(town.web, headers, body)
    assert status in (400, 401) if secret == "not ours" or body else status == 200
    assert b"Traceback" not in content


@pytest.mark.parametrize("path", ["/", "/slack", "/slack/events/more", "/slack/install", "/slack/oauth_redirect"])
def test_another_path_is_not_found(town: LocalBot, request_of: Signed, path: str) -> None:
    assert call(town.web, *request_of, path=path)[0] == 404


def test_healthz_says_whether_database_and_delivery_are_well(town: LocalBot) -> None:
    assert call(town.web, {}, b"", path="/healthz")[::2] == (200, b'{"ok": true}')
    town.bot.delivery.stop()
    assert call(town.web, {}, b"", path="/healthz")[::2] == (503, b'{"ok": false}')


def test_healthz_counts_what_failed_and_is_tried_again_and_stays_well(town: LocalBot) -> None:
    town.knows("U0ADA")
    with town.storage.begin(town.slack.team_id) as tx:
        tx.people.refresh_profiles(["U0ADA"], town.slack.calendar.now())
        item = WorkItem(WorkKind.PROFILE, "U0ADA", "U0ADA")
        retry = real_now() + timedelta(days=1)
        tx.failures.record(item, reference="K7P-2MX", error="KeyError", now=retry)
    assert call(town.web, {}, b"", path="/healthz")[::2] == (200, b'{"ok": true, "failing": 1}')


def test_a_real_server_answers_refuses_large_bodies_and_outlives_both(town: LocalBot, request_of: Signed) -> None:
    with serving(town) as connect:
        assert connect("GET", "/healthz") == 200
        headers, body = request_of
        assert connect("POST", PATH, body, headers) == 200
        large = b"x" * (MOST_BYTES + 1)
        assert connect("POST", PATH, large, signed_headers(large, FORM_TYPE, town.slack.signing_secret)) == 413
        assert connect("POST", PATH, b"", {"Content-Length": "many"}) == 400
        assert connect("GET", PATH) == 404
        assert connect("GET", "/favicon.ico") == 404
        assert connect("GET", "/healthz") == 200


@contextmanager
def serving(town: LocalBot) -> Iterator[Callable[..., int]]:
    """The server that `run` uses, on a port of its own; gives a function that asks it, and gets the status."""
    server = http_server(town.web, 0)
    server.prepare()
    thread = threading.Thread(target=server.serve)
    thread.start()
    port: int = server.socket.getsockname()[1]

    def connect(method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None) -> int:
        connection: Any = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request(method, path, body or None, dict(headers or {}))
            return int(connection.getresponse().status)
        except (BrokenPipeError, ConnectionResetError):
            return 413  # refused before it was read to the end
        finally:
            connection.close()

    try:
        yield connect
    finally:
        server.stop()
        thread.join()
