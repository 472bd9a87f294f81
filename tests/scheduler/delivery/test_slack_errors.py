"""What a failed call to Slack means, read from what Slack's own client raises."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.client import RemoteDisconnected
from http.server import BaseHTTPRequestHandler, HTTPServer
from socket import gaierror
from ssl import SSLCertVerificationError
from urllib.error import URLError

import pytest
from slack_sdk import WebClient

from scheduler.delivery.slack_errors import EXPECTED, FailureKind, SlackFailure, back_off, classify

MINUTE = timedelta(minutes=1)
PROXY_PAGE = "<html><head><title>502 Bad Gateway</title></head><body>nginx, with what they wrote</body></html>" * 3


@contextmanager
def answering(status: int, body: str, **headers: str) -> Iterator[WebClient]:
    """Slack's client, at a server which answers everything so; nothing when `status` is 0."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", "0")))
            if status == 0:
                self.close_connection = True
                return
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, format: str, *args: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            address = f"http://127.0.0.1:{server.server_address[1]}/api/"
            yield WebClient("xoxb-", base_url=address, timeout=5, retry_handlers=[])
        finally:
            server.shutdown()
            thread.join()


def failure(status: int, body: str, **headers: str) -> SlackFailure:
    """What a call means that is answered so."""
    with answering(status, body, **headers) as client, pytest.raises(EXPECTED) as caught:
        client.api_call("chat.postMessage")
    return classify(caught.value)


def refusal(error: str) -> str:
    return f'{{"ok": false, "error": "{error}"}}'


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"Retry_After": "30"}, 30),
        ({"retry_after": "7"}, 7),
        ({"Retry_After": "0"}, 1),
        ({"Retry_After": "soon"}, 1),
        ({}, 1),
    ],
)
def test_slowed_down_the_wait_is_what_slack_asks_for(headers: dict[str, str], wait: int) -> None:
    expected = SlackFailure(FailureKind.RETRY, "ratelimited", timedelta(seconds=wait), affects_method=True)
    assert failure(429, refusal("ratelimited"), **headers) == expected
    assert failure(200, refusal("ratelimited"), **headers) == expected


@pytest.mark.parametrize(
    "error",
    [
        "channel_not_found",
        "user_not_found",
        "cannot_dm_bot",
        "invalid_blocks",
        "no_text",
        "restricted_action_read_only_channel",
    ],
)
def test_what_cannot_arrive_never_will(error: str) -> None:
    assert failure(200, refusal(error)) == SlackFailure(FailureKind.PERMANENT, error)


@pytest.mark.parametrize("error", ["token_revoked", "invalid_auth", "account_inactive", "not_authed"])
def test_a_token_that_is_refused_stops_all(error: str) -> None:
    assert failure(200, refusal(error)) == SlackFailure(FailureKind.STOP, error, affects_method=True)


def test_what_our_app_may_not_do_holds_that_method_for_a_minute() -> None:
    assert failure(200, refusal("missing_scope")) == SlackFailure(
        FailureKind.RETRY, "missing_scope", MINUTE, affects_method=True
    )


@pytest.mark.parametrize("error", ["request_timeout", "something_new"])
def test_what_we_do_not_know_is_tried_again(error: str) -> None:
    found = failure(200, refusal(error))
    assert (found.kind, found.reason, found.may_have_arrived) == (FailureKind.RETRY, error, False)


@pytest.mark.parametrize("error", ["internal_error", "fatal_error", "service_unavailable"])
def test_where_slack_stumbled_it_may_have_arrived_and_is_over(error: str) -> None:
    found = failure(200, refusal(error))
    assert (found.kind, found.may_have_arrived, found.was_answered) == (FailureKind.RETRY, True, True)


@pytest.mark.parametrize(("status", "may_have"), [(502, True), (504, True), (200, True), (403, False), (413, False)])
def test_a_proxy_that_answers_in_slacks_place_leaves_it_open_unless_it_says_no(status: int, may_have: bool) -> None:
    found = failure(status, PROXY_PAGE)
    assert (found.kind, found.may_have_arrived, found.was_answered) == (FailureKind.RETRY, may_have, False)


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (502, PROXY_PAGE, "http_502"),
        (503, "", "http_503"),
        (500, refusal("what they wrote, in full"), "http_500"),
        (200, refusal("x" * 65), "http_200"),
        (500, '{"ok": false}', "http_500"),
        (200, "", "http_200"),
        (200, "[]", "http_200"),
        (429, PROXY_PAGE, "ratelimited"),
    ],
)
def test_the_reason_is_a_code_and_never_a_text(status: int, body: str, reason: str) -> None:
    found = failure(status, body)
    assert (found.kind, found.reason) == (FailureKind.RETRY, reason)


def test_a_server_that_hangs_up_is_tried_again() -> None:
    found = failure(0, "")
    assert (found.kind, found.wait) == (FailureKind.RETRY, None)


@pytest.mark.parametrize(
    "error", [TimeoutError(), URLError("no route"), RemoteDisconnected("gone"), ConnectionResetError()]
)
def test_after_a_broken_connection_nobody_knows(error: Exception) -> None:
    assert isinstance(error, EXPECTED)
    assert classify(error) == SlackFailure(
        FailureKind.RETRY, type(error).__name__, may_have_arrived=True, was_answered=False, affects_method=True
    )


@pytest.mark.parametrize(
    "cause", [ConnectionRefusedError(), gaierror("no such host"), SSLCertVerificationError("not Slack")]
)
def test_over_a_connection_that_was_never_made_nothing_has_gone(cause: OSError) -> None:
    assert not classify(URLError(cause)).may_have_arrived


def test_the_waits_double_up_to_ten_minutes() -> None:
    for attempts in range(1, 40):
        longest = min(timedelta(seconds=2) * 2 ** min(attempts, 20), 10 * MINUTE)
        for _ in range(20):
            assert longest / 2 <= back_off(attempts) <= longest


def test_not_everybody_comes_back_in_step() -> None:
    assert len({back_off(5) for _ in range(20)}) > 10
