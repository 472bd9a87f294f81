"""Fifty people type a command at once while nothing that we ask of Slack comes back: is everybody acknowledged?

The bot is the real process, called over HTTP or over a Socket Mode connection; Slack runs in this one.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from statistics import quantiles
from tempfile import mkdtemp

from benchmarks.bot_process import PATIENCE, Way, serving
from benchmarks.measuring import Row
from sandbox import RecordedDelivery, Sandbox
from sandbox.person import Person
from sandbox.web_api import METHODS
from tests.local_bot import wait_until

COMMANDS = ("/mentor request", "/mentor help")
"""One that opens a form, one that answers."""
_STALL_SECONDS = 30.0


def measure(folder: Path, *, toy: bool = False) -> Iterator[Row]:
    """By HTTP and by Socket Mode: how many are not acknowledged in time, and how much longer the others wait."""
    for way in (Way.HTTP,) if toy else Way:
        yield from _by(way, folder, people=6 if toy else 50, rounds=1 if toy else 3)


def _by(way: Way, folder: Path, people: int, rounds: int) -> Iterator[Row]:
    calm: list[RecordedDelivery] = []
    stalled: list[RecordedDelivery] = []
    for _ in range(rounds):
        first, second = _sent(way, Path(mkdtemp(dir=folder)), people)
        calm += first
        stalled += second
    what = f"{people} commands at once by {way} while Slack's API stalls"
    unheard = sum(not command.ok for command in stalled)
    yield Row("stalled", f"{what}: not acknowledged in 3 s", f"of {len(stalled)}", unheard, 0, rounds, unit="")
    for name, of_calm, of_stalled in zip(("half", "95 %", "all"), _within(calm), _within(stalled), strict=True):
        figure = of_stalled / of_calm
        yield Row("stalled", f"{what}: {name} are acknowledged", "the same without the stall", figure, None, rounds)


def _within(commands: list[RecordedDelivery]) -> tuple[float, float, float]:
    """The seconds within which half, 95 of a hundred, and all were acknowledged."""
    took = [command.seconds for command in commands]
    steps = quantiles(took, n=20, method="inclusive")
    return steps[9], steps[18], max(took)


def _sent(way: Way, folder: Path, people: int) -> tuple[list[RecordedDelivery], list[RecordedDelivery]]:
    """Everybody's command while Slack's API answers, and once more while it does not."""
    crowd = [f"U0CROWD{number}" for number in range(people)]
    with serving(folder, way, crowd) as (slack, _):
        _all_type(slack, crowd)
        for user in crowd:
            wait_until(partial(_is_answered, slack.person(user)), f"{user} heard nothing", PATIENCE)
        calm = _commands(slack)
        for method in (*METHODS, "respond"):
            slack.faults.delay(method, _STALL_SECONDS)
        _all_type(slack, crowd)
        return calm, _commands(slack)[len(calm) :]


def _is_answered(person: Person) -> bool:
    """By words, or by a form, or by the word that it was too slow to open: then nothing is in hand for them."""
    return bool(person.views or person.inbox())


def _commands(slack: Sandbox) -> list[RecordedDelivery]:
    return [delivery for delivery in slack.deliveries if delivery.kind == "command"]


def _all_type(slack: Sandbox, crowd: list[str]) -> None:
    with ThreadPoolExecutor(len(crowd)) as hands:
        list(hands.map(lambda number: slack.person(crowd[number]).command(_line(number)), range(len(crowd))))


def _line(number: int) -> str:
    return COMMANDS[number % len(COMMANDS)]
