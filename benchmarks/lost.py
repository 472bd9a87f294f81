"""How long the bot hears nothing after its Socket Mode connection is lost, against the least work that this takes."""

from collections.abc import Iterator
from logging import CRITICAL, Logger
from pathlib import Path
from tempfile import mkdtemp
from threading import Event
from time import perf_counter

from slack_sdk import WebClient
from slack_sdk.socket_mode.builtin.connection import Connection

from benchmarks.bot_process import PATIENCE, Way, serving
from benchmarks.measuring import Row, typically
from sandbox import Sandbox
from sandbox.delivery.socket_mode import LossOfConnection
from tests.local_bot import wait_until

_ADA = "U0ADA"
_QUIET = Logger("connection", CRITICAL)
_HOW: dict[str, LossOfConnection] = {"a reset": "reset", "the end of its stream": "end"}


def measure(folder: Path, *, toy: bool = False) -> Iterator[Row]:
    """The bot is `mentor-bot run`, restarted for each loss: of several within a minute, the later ones wait."""
    rounds = 1 if toy else 5
    took: dict[str, list[float]] = {name: [] for name in ("floor", *_HOW)}
    for _ in range(rounds):
        for name, how in _HOW.items():
            with serving(Path(mkdtemp(dir=folder)), Way.SOCKET_MODE, [_ADA]) as (slack, _port):
                _floor(slack)  # whatever is made once is made by now
                took["floor"].append(_floor(slack))
                took[name].append(_lose(slack, how))
    typical = typically(took)
    for name in _HOW:
        what = f"Socket Mode after {name}: until a command is acknowledged"
        yield Row("lost", what, "connecting and acknowledging a command", typical[name] / typical["floor"], 5, rounds)


def _floor(slack: Sandbox) -> float:
    """Seconds for a bare connection, and for a command over the bot's own."""
    client = WebClient(slack.bot_token, base_url=slack.api_url)
    began = perf_counter()
    url = str(client.apps_connections_open(app_token=slack.app_token)["url"])
    bare = Connection(url, _QUIET)
    bare.connect()
    connected = perf_counter() - began
    bare.disconnect()
    wait_until(lambda: slack.connections == 1, "still connected", PATIENCE)
    began = perf_counter()
    if not slack.person(_ADA).command("/mentor help").ok:
        raise RuntimeError("The bot did not answer.")
    return connected + perf_counter() - began


def _lose(slack: Sandbox, how: LossOfConnection) -> float:
    """Seconds from the loss until a command is acknowledged."""
    connections = _made(slack)
    began = perf_counter()
    slack.lose_connections(how)
    while _made(slack) == connections or not slack.person(_ADA).command("/mentor help").ok:
        Event().wait(0.001)
    return perf_counter() - began


def _made(slack: Sandbox) -> int:
    """How many connections were asked for."""
    return sum(call.method == "apps.connections.open" for call in slack.calls)
