"""The door for HTTP: what is not Slack's is refused before anybody reads it."""

import http.client
import json
import socket
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from datetime import timedelta
from functools import partial
from typing import Any
from urllib.parse import urlencode

import pytest

from bot.clocks import Clock, real_now
from bot.http_server import MOST_BYTES, PATH, REQUEST_SECONDS, HttpServer, WsgiApp, http_server
from bot.logs import RedactingFormatter
from mentoring.core.failures import WorkItem, WorkKind
from sandbox.signing import signed_headers
from tests.bot.processes import LONG
from tests.bot.stopwatch import Stopwatch
from tests.handlers.support import FORM_TYPE, last_payload, rows
from tests.local_bot import START, LocalBot, call, wait_until

REFUSED = b'{"error":"invalid request"}'


@pytest.fixture
def town(delivering_town: LocalBot) -> LocalBot:
    """What `/healthz` says of the delivery is about its threads."""
    return delivering_town


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
    well = {"ok": True, "reads": True, "writes": True, "delivers": True}
    assert health(town) == (200, well)
    town.bot.delivery.stop()
    assert health(town) == (503, {**well, "ok": False, "delivers": False})


def health(town: LocalBot) -> tuple[int, dict[str, bool]]:
    """What `/healthz` answers."""
    status, _, content = call(town.web, {}, b"", path="/healthz")
    return status, json.loads(content)


def test_healthz_counts_what_failed_and_is_tried_again_and_stays_well(town: LocalBot) -> None:
    town.knows("U0ADA")
    with town.storage.begin(town.slack.team_id) as tx:
        tx.people.refresh_profiles(["U0ADA"], town.slack.calendar.now())
        item = WorkItem(WorkKind.PROFILE, "U0ADA", "U0ADA")
        retry = real_now() + timedelta(days=1)
        tx.failures.record(item, reference="K7P-2MX", error="KeyError", now=retry)
    assert health(town) == (200, {"ok": True, "reads": True, "writes": True, "delivers": True, "failing": 1})


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
    with started(town, real_now) as server:
        yield partial(ask, server)


@contextmanager
def started(town: LocalBot, stopwatch: Clock) -> Iterator[HttpServer]:
    server = http_server(town.web, 0, stopwatch=stopwatch)
    server.prepare()
    thread = threading.Thread(target=server.serve)
    thread.start()
    try:
        yield server
    finally:
        server.stop()
        thread.join()


def ask(server: HttpServer, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None) -> int:
    """The status of the answer."""
    connection: Any = http.client.HTTPConnection("127.0.0.1", server.port, timeout=LONG)
    try:
        connection.request(method, path, body or None, dict(headers or {}))
        return int(connection.getresponse().status)
    except (BrokenPipeError, ConnectionResetError):
        return 413  # refused before it was read to the end
    finally:
        connection.close()


UNFINISHED = {
    "nothing": b"",
    "half a line": b"POST /slack/ev",
    "half of its headers": b"POST /slack/events HTTP/1.1\r\nHost: mentors.club.example\r\nContent-Le",
    "half of its body": b"POST /slack/events HTTP/1.1\r\nHost: mentors.club.example\r\nContent-Length: 100\r\n\r\nabc",
}


@contextmanager
def unfinished(server: HttpServer, sent: Iterable[bytes]) -> Iterator[list[socket.socket]]:
    """Connections over which somebody has sent so much and no more."""
    with ExitStack() as stack:
        sockets = []
        for part in sent:
            sockets.append(stack.enter_context(socket.create_connection(("127.0.0.1", server.port), LONG)))
            sockets[-1].sendall(part)
        yield sockets


def wait_received(server: HttpServer, sent: Collection[bytes]) -> None:
    """Wait until the server has each of these connections, and all that was sent over them."""

    def received() -> bool:
        open_now = list(server._prepared.active_channels.values())
        return len(open_now) == len(sent) and sum(one.request is not None for one in open_now) == len(
            list(filter(None, sent))
        )

    wait_until(received, "not received", LONG)


def test_silent_connections_keep_nobody_waiting(town: LocalBot, request_of: Signed) -> None:
    """Twice as many as there are threads; and as the stopwatch stands, none of them is closed meanwhile."""
    headers, body = request_of
    silent = [*UNFINISHED.values()] * 10
    with started(town, Stopwatch(START)) as server, unfinished(server, silent):
        wait_received(server, silent)
        assert [ask(server, "POST", PATH, body, headers) for _ in range(6)] == [200] * 6
        assert server.connections >= 40


@pytest.mark.parametrize("sent", UNFINISHED.values(), ids=list(UNFINISHED))
def test_a_request_that_does_not_come_to_its_end_is_given_up(town: LocalBot, sent: bytes) -> None:
    stopwatch = Stopwatch(START)
    with started(town, stopwatch) as server, unfinished(server, [sent]) as (connection,):
        wait_received(server, [sent])
        stopwatch.pass_by(seconds=REQUEST_SECONDS)
        assert connection.recv(1) == b""
        assert server.connections == 0


def test_a_body_that_trickles_gains_no_time(town: LocalBot) -> None:
    stopwatch = Stopwatch(START)
    half = UNFINISHED["half of its body"]
    with started(town, stopwatch) as server, unfinished(server, [half]) as (connection,):
        for received in range(3, 8):
            wait_until(lambda count=received: bytes_received(server) == count, "not received", LONG)  # type: ignore[misc]
            stopwatch.pass_by(seconds=REQUEST_SECONDS / 6)
            connection.sendall(b"d")
        wait_until(lambda: bytes_received(server) == 8, "not received", LONG)
        stopwatch.pass_by(seconds=REQUEST_SECONDS / 6)
        assert connection.recv(1) == b""


def bytes_received(server: HttpServer) -> int:
    """Of the only request's body."""
    connections = list(server._prepared.active_channels.values())
    return int(connections[0].request.body_bytes_received) if connections and connections[0].request else 0


def test_a_connection_that_is_kept_open_has_time_for_its_next_request(town: LocalBot, request_of: Signed) -> None:
    headers, body = request_of
    stopwatch = Stopwatch(START)
    with started(town, stopwatch) as server:
        connection: Any = http.client.HTTPConnection("127.0.0.1", server.port, timeout=LONG)
        with closing(connection):
            for _ in range(3):
                connection.request("POST", PATH, body, headers)
                response = connection.getresponse()
                assert (response.status, bool(response.read())) == (200, True)
                stopwatch.pass_by(seconds=REQUEST_SECONDS - 1)
            (open_still,) = server._prepared.active_channels.values()
            wait_until(lambda: not open_still.is_busy, "still busy", LONG)
            stopwatch.pass_by(seconds=REQUEST_SECONDS)
            assert connection.sock.recv(1) == b""


def test_more_connections_than_may_be_open_close_those_that_waited_longest(
    town: LocalBot, request_of: Signed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.http_server.MOST_CONNECTIONS", 10)
    headers, body = request_of
    with started(town, Stopwatch(START)) as server, unfinished(server, [*UNFINISHED.values()] * 10) as sockets:
        assert [ask(server, "POST", PATH, body, headers) for _ in range(6)] == [200] * 6
        assert sockets[0].recv(1) == b""
        assert 0 < server.connections <= 10


def test_silent_connections_do_not_delay_the_end(town: LocalBot) -> None:
    with started(town, Stopwatch(START)) as server, unfinished(server, UNFINISHED.values()) as sockets:
        wait_received(server, UNFINISHED.values())
        server.stop()
        assert [connection.recv(1) for connection in sockets] == [b""] * len(UNFINISHED)


RUBBISH = [
    {},
    {"X-Slack-Signature": "v0=abc", "X-Slack-Request-Timestamp": "now"},
    {"X-Slack-Signature": "v0=\u00e9", "X-Slack-Request-Timestamp": "1500000000"},
    {"X-Slack-Signature": "\n".join(["v1=", "ERROR"]), "X-Slack-Request-Timestamp": "1500000000"},
]


@pytest.mark.parametrize("headers", RUBBISH)
def test_unsigned_rubbish_leaves_nothing_in_the_log(
    town: LocalBot, caplog: pytest.LogCaptureFixture, headers: Mapping[str, str]
) -> None:
    caplog.set_level(0)
    for content_type, body in MALFORMED.values():
        assert call(town.web, {"Content-Type": content_type, **headers}, body)[0] == 401
    assert caplog.messages == []


@pytest.fixture
def watched_web(town: LocalBot) -> tuple[WsgiApp, Stopwatch]:
    """The bot's WSGI application, with a stopwatch that begins now."""
    stopwatch = Stopwatch(real_now())
    return WsgiApp(town.bot.app, town.bot.health, town.slack.signing_secret, stopwatch=stopwatch), stopwatch


def test_a_wrong_signing_secret_is_a_hint_once_a_minute(
    watched_web: tuple[WsgiApp, Stopwatch], caplog: pytest.LogCaptureFixture
) -> None:
    web, stopwatch = watched_web

    def refused(times: int) -> None:
        for number in range(times):
            content_type, body = list(MALFORMED.values())[number % len(MALFORMED)]
            assert call(web, signed_headers(body, content_type, "guessed"), body)[0] == 401

    refused(100)
    (hint,) = caplog.messages
    assert hint.startswith("Requests with a wrong signature were refused: 1. ")
    assert "SLACK_SIGNING_SECRET" in hint
    assert "guessed" not in hint
    stopwatch.pass_by(seconds=60)
    refused(100)
    _, second = caplog.messages
    assert second.startswith("Requests with a wrong signature were refused: 100. ")
    assert caplog.records[0].levelname == "WARNING"


def test_a_wrong_clock_is_a_hint_once_a_minute(
    watched_web: tuple[WsgiApp, Stopwatch], request_of: Signed, caplog: pytest.LogCaptureFixture
) -> None:
    web, stopwatch = watched_web
    stopwatch.pass_by(minutes=6)
    assert [call(web, *request_of)[0] for _ in range(3)] == [401] * 3
    stopwatch.pass_by(minutes=-12)
    assert call(web, *request_of)[0] == 401
    assert len(caplog.messages) == 2
    assert all("this machine’s clock is wrong" in hint for hint in caplog.messages)


TYPES = ["block\n2027-01-01 ERROR bot.run: All is lost", "x" * 1000, "\u202eevent", ["event"], 7, {"type": "event"}]


@pytest.mark.parametrize("kind", TYPES, ids=repr)
def test_a_type_that_is_none_of_slacks_is_not_repeated_in_the_log(
    town: LocalBot, caplog: pytest.LogCaptureFixture, kind: object
) -> None:
    caplog.set_level(0)
    request = {"type": "event_callback", "team_id": town.slack.team_id, "event": {"type": kind}}
    for payload in ({**request, "type": kind}, request):
        body = json.dumps(payload).encode()
        call(town.web, signed_headers(body, "application/json", town.slack.signing_secret), body)
    text = "\n".join(RedactingFormatter().format(record) for record in caplog.records if record.name.startswith("bot"))
    for outside in ("All is lost", "xxx", "\u202e"):
        assert outside not in text
