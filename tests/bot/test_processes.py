"""`mentor-bot run` as it is run: connected, listening, told to stop."""

import gc
import http.client
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.manifest import manifest
from bot.run import running
from bot.settings import InvalidSettings, read_settings
from messages.ids import APPLICATION_FORM
from sandbox import Calendar, Sandbox
from tests.bot.conftest import set_all, settings_of
from tests.bot.processes import LONG, started
from tests.local_bot import PEOPLE, START
from tests.usage import watched


@contextmanager
def slack_calling(port: int) -> Iterator[Sandbox]:
    """A local Slack that calls the bot by HTTP on `port`."""
    sandbox = Sandbox(
        manifest("https://mentors.club.example"),
        PEOPLE,
        calendar=Calendar(START),
        rate_limits=False,
        own_messages=False,
        request_url=f"http://127.0.0.1:{port}/slack/events",
    )
    with sandbox, watched(sandbox):
        yield sandbox


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def over_http(slack: Sandbox, port: int) -> dict[str, str]:
    variables = {**settings_of(slack), "SLACK_SIGNING_SECRET": slack.signing_secret, "PORT": str(port)}
    del variables["SLACK_APP_TOKEN"]
    return variables


def test_by_socket_mode_it_answers_and_a_signal_lets_it_finish_what_is_in_hand(slack: Sandbox, tmp_path: Path) -> None:
    both = {**settings_of(slack), "SLACK_SIGNING_SECRET": slack.signing_secret}
    with started(tmp_path, both) as process:
        slack.wait_connected(LONG)
        assert process.says("Ready: connected to Local workspace by Socket Mode")
        assert "using Socket Mode, not listening for HTTP" in process.log
        ada = slack.person("U0ADA")
        assert "Questions?" in str(ada.command("/mentor").messages)
        slack.faults.delay("views.open", 0.5)
        assert ada.command("/mentor request").ok
        assert process.stops() == 0
        assert ada.await_view(APPLICATION_FORM, timeout=0.1)
        assert slack.connections == 0
    assert "Traceback" not in process.log
    for secret in (slack.bot_token, slack.app_token, slack.signing_secret):
        assert secret not in process.log
    assert (tmp_path / "mentor-bot.db").stat().st_mode & 0o777 == 0o600


def test_by_http_it_answers_and_a_signal_lets_it_finish_what_is_in_hand(tmp_path: Path) -> None:
    port = free_port()
    with slack_calling(port) as slack, started(tmp_path, over_http(slack, port)) as process:
        assert process.says(f"listening for Local workspace by HTTP on port {port}")
        assert _healthz(port) == 200
        ada = slack.person("U0ADA")
        assert "Questions?" in str(ada.command("/mentor").messages)
        slack.faults.delay("views.open", 0.5)
        assert ada.command("/mentor request").ok
        assert process.stops(signal.SIGINT) == 0
        assert ada.await_view(APPLICATION_FORM, timeout=0.1)
        assert "Traceback" not in process.log


@pytest.mark.long
def test_tokens_may_end_in_a_line_break(monkeypatch: pytest.MonkeyPatch, slack: Sandbox) -> None:
    set_all(monkeypatch, {name: f"{value}\n" for name, value in settings_of(slack).items()})
    with running(read_settings(), calendar=slack.calendar.now):
        slack.wait_connected(LONG)
        assert "Questions?" in str(slack.person("U0ADA").command("/mentor").messages)


@pytest.mark.parametrize("way", ["socket mode", "http"])
def test_a_request_that_has_come_in_is_answered_before_it_stops(monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    port = free_port()
    with slack_calling(port) as slack:
        variables = settings_of(slack) if way == "socket mode" else over_http(slack, port)
        set_all(monkeypatch, variables)
        came_in, go_on, replies = threading.Event(), threading.Event(), []

        def slowly(*_: object, **__: object) -> list[str]:
            came_in.set()
            assert go_on.wait(5)
            return []

        monkeypatch.setattr("messages.command_words.get_close_matches", slowly)
        asking = threading.Thread(target=lambda: replies.append(slack.person("U0ADA").command("/mentor banana")))
        with running(read_settings(), calendar=slack.calendar.now):
            asking.start()
            assert came_in.wait(5)
            threading.Timer(0.2, go_on.set).start()
        assert go_on.is_set()
        asking.join()
        assert [(reply.error, len(reply.messages)) for reply in replies] == [("", 1)]


@pytest.mark.long
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_port_that_is_taken_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server library leaves the socket that it could not bind to the garbage collector, which warns of it."""
    with closing(socket.socket()) as taken:
        taken.bind(("0.0.0.0", 0))
        taken.listen()
        port = int(taken.getsockname()[1])
        with slack_calling(port) as slack:
            set_all(monkeypatch, over_http(slack, port))
            with pytest.raises(InvalidSettings, match="PORT"), running(read_settings()):
                pytest.fail("it cannot listen")
            gc.collect()


def _healthz(port: int) -> int:
    connection: Any = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    with closing(connection):
        connection.request("GET", "/healthz")
        return int(connection.getresponse().status)
