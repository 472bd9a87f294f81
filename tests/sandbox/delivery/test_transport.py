"""Delivery over HTTP to a request URL."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from slack_bolt import App
from slack_bolt.adapter.wsgi import SlackRequestHandler

from sandbox import Sandbox
from tests.sandbox.support import ADA, PEOPLE, client_of, manifest


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Any]


@contextmanager
def served(app: Wsgi) -> Iterator[str]:
    """The address of a small web server."""
    with make_server("127.0.0.1", 0, app, handler_class=Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/slack/events"
        finally:
            server.shutdown()
            thread.join()


def test_a_bolt_app_behind_a_web_server_accepts_the_signature() -> None:
    holder: dict[str, Wsgi] = {}
    with (
        served(lambda environ, start: holder["app"](environ, start)) as url,
        Sandbox(manifest(), PEOPLE, request_url=url, own_messages=False) as sandbox,
    ):
        app = App(client=client_of(sandbox), signing_secret=sandbox.signing_secret)

        @app.command("/go")
        def go(ack: Any) -> None:
            ack("Going")

        @app.event("message")
        def heard(event: dict[str, Any], say: Any) -> None:
            say(f"You said {event['text']}")

        holder["app"] = SlackRequestHandler(app)
        ada = sandbox.person(ADA)
        assert [message["text"] for message in ada.command("/go").messages] == ["Going"]
        ada.say("hello")
        ada.await_message("You said hello")
        assert {delivery.transport for delivery in sandbox.deliveries} == {"http"}
        assert all(delivery.ok for delivery in sandbox.deliveries)


@pytest.mark.parametrize("status", ["404 Not Found", "500 Internal Server Error"])
def test_an_error_status_is_a_failure(status: str) -> None:
    def broken(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        start(status, [("Content-Length", "0")])
        return [b""]

    with served(broken) as url, Sandbox(manifest(), PEOPLE, request_url=url) as sandbox:
        assert sandbox.person(ADA).command("/go").error == "dispatch_failed"
        answer = sandbox.deliveries[0].response
        assert answer is not None
        assert answer.status == int(status[:3])


def test_a_refused_connection_is_a_failure() -> None:
    with served(lambda environ, start: []) as url:
        pass
    with Sandbox(manifest(), PEOPLE, request_url=url) as sandbox:
        assert sandbox.person(ADA).command("/go").error == "dispatch_failed"


@pytest.mark.usefixtures("short_timeout")
def test_a_slow_server_is_a_timeout() -> None:
    done = threading.Event()

    def slow(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        done.wait(5)
        start("200 OK", [("Content-Length", "0")])
        return [b""]

    with served(slow) as url, Sandbox(manifest(), PEOPLE, request_url=url) as sandbox:
        assert sandbox.person(ADA).command("/go").error == "operation_timeout"
        done.set()
