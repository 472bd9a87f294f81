"""Signed requests while others hold connections over which they send nothing, or half of a request, against none."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from benchmarks.bot_process import PATIENCE, Way, serving
from benchmarks.measuring import Row, in_turn, typically
from sandbox import Sandbox

_ADA = "U0ADA"
_UNFINISHED = (b"", b"POST /slack/ev", b"POST /slack/events HTTP/1.1\r\nHost: bot\r\nContent-Length: 100\r\n\r\nabc")


def measure(folder: Path, *, toy: bool = False) -> Iterator[Row]:
    """The bot is `mentor-bot run`. Connections are held for a moment at a time, so that none is closed meanwhile."""
    silent, rounds = (20, 2) if toy else (200, 50)
    unanswered = 0
    with serving(folder, Way.HTTP, [_ADA]) as (slack, port):

        def command() -> float:
            nonlocal unanswered
            seconds, is_answered = _command(slack)
            unanswered += not is_answered
            return seconds

        def held() -> float:
            with _held(port, silent):
                return command()

        in_turn({"free": command, "held": held}, 2)  # whatever is made once is made by now
        unanswered = 0
        took = typically(in_turn({"free": command, "held": held}, rounds))
    what = f"a command by HTTP while {silent} connections send nothing"
    yield Row("silent", f"{what}: not acknowledged in 3 s", f"of {rounds}", unanswered, 0, rounds, unit="")
    yield Row("silent", f"{what}: acknowledged", "without them", took["held"] / took["free"], 2, rounds)


def _command(slack: Sandbox) -> tuple[float, bool]:
    """How many seconds it took, and whether it was acknowledged in time."""
    slack.person(_ADA).command("/mentor help")
    delivery = next(each for each in reversed(slack.deliveries) if each.kind == "command")
    return delivery.seconds, delivery.ok


@contextmanager
def _held(port: int, count: int) -> Iterator[None]:
    with ExitStack() as stack:
        for number in range(count):
            connection = stack.enter_context(socket.create_connection(("127.0.0.1", port), PATIENCE))
            connection.sendall(_UNFINISHED[number % len(_UNFINISHED)])
        yield
