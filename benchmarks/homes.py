"""Home: a change that concerns everybody while a few look, messages at the same time, and rendering one."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import process_time, sleep
from typing import Any

from benchmarks.delivering import AtOnce, delivery
from benchmarks.filling import NOW, fill, mentee, mentor, new_file, owe_nudges, partnership_id, ten_days_ago
from benchmarks.measuring import Row, in_turn, seconds, typically
from bot.clocks import real_now
from mentoring.core.outcome import Outcome
from messages.home import home_view
from messages.payloads import check_view
from scheduler.delivery import DEFAULT_LIMITS, DeliveryWorker, RateLimits
from services.home import load_home
from storage import Storage

_WORKSPACE = "T0BENCH"
_QUICKER = 5
_SLACK_TAKES = 0.2
"""Seconds for a call, as in real life; quickened like the pace."""
_RENDERED_IN = 0.02
"""Seconds."""


class _Slack(AtOnce):
    """Counts the Homes that are published."""

    def __init__(self, takes: float) -> None:
        super().__init__(after_post=lambda: sleep(takes))
        self._takes = takes
        self.published = 0

    def api_call(self, api_method: str, **arguments: Any) -> Any:
        if api_method != "views.publish":
            return super().api_call(api_method, **arguments)
        sleep(self._takes)
        self.published += 1
        return {"ok": True, "view": {}}


def measure(folder: Path, *, toy: bool = False) -> Iterator[Row]:
    people, look, quicker, rounds = (40, 12, 20 * _QUICKER, 1) if toy else (1000, 50, _QUICKER, 3)
    limits = replace(
        DEFAULT_LIMITS,
        per_minute=DEFAULT_LIMITS.per_minute * quicker,
        publishes_per_minute=DEFAULT_LIMITS.publishes_per_minute * quicker,
    )
    takes = _SLACK_TAKES / quicker
    filled = _filled(folder / "filled.db", people)
    published = [_publishes(_copy(filled, f"p{n}.db"), look, limits, takes) for n in range(rounds)]
    what = f"a change for {people:,} people, {look} of whom look: {look} Homes published"
    least = limits.least_seconds_of_homes(look)
    yield Row("homes", what, "the least that the pace allows", median(published) / least, 1.1, rounds)
    messages = {
        name: [_sends(_copy(filled, f"{name}{n}.db"), look, many, limits, takes) for n in range(rounds)]
        for name, many in (("alone", 0), ("with", look))
    }
    ratio = median(messages["with"]) / median(messages["alone"])
    what = f"{look} messages while {look} Homes are published"
    yield Row("homes", what, "the same messages alone", ratio, 1.1, rounds)
    yield _renders(_copy(filled, "r.db"), 3 if toy else 50)


def _filled(database: Path, people: int) -> Path:
    """A running programme."""
    address = new_file(database)
    with closing(Storage(address)) as storage:
        fill(storage, address, _WORKSPACE, people // 2, introduced=ten_days_ago)
    return database


def _copy(filled: Path, name: str) -> str:
    """The address of a copy."""
    return f"sqlite:///{shutil.copy(filled, filled.with_name(name))}"


def _open(storage: Storage, look: int) -> None:
    """Let so many look at their Homes, which are current."""
    storage.stopwatch = real_now
    with storage.begin(_WORKSPACE) as tx:
        for number in range(look):
            tx.open_home(mentee(number))
    delivery(storage, _WORKSPACE, _Slack(0)).drain()


def _change_it(storage: Storage) -> None:
    with storage.begin(_WORKSPACE) as tx:
        programme, _ = tx.programmes.all()[0]
        tx.save(Outcome((replace(programme, name="Another", version=programme.version + 1),)))


def _publishes(address: str, look: int, limits: RateLimits, takes: float) -> float:
    with closing(Storage(address)) as storage:
        _open(storage, look)
        slack = _Slack(takes)
        worker = delivery(storage, _WORKSPACE, slack, limits)
        _change_it(storage)
        took = seconds(lambda: _work(worker))
    if slack.published != look:
        raise RuntimeError(f"{slack.published} Homes were published.")
    return took


def _sends(address: str, messages: int, look: int, limits: RateLimits, takes: float) -> float:
    """How long it takes until the last of so many messages has arrived, while so many Homes are to be published."""
    arrived: list[float] = []
    with closing(Storage(address)) as storage:
        _open(storage, look)
        owe_nudges(address, _WORKSPACE, messages // 2)
        slack = _Slack(takes)
        worker = delivery(storage, _WORKSPACE, slack, limits)
        began = real_now()
        posts = slack._after_post

        def posted() -> None:
            posts()
            arrived.append((real_now() - began).total_seconds())

        slack._after_post = posted
        if look:
            _change_it(storage)
        _work(worker)
    return max(arrived)


def _work(worker: DeliveryWorker) -> None:
    """With all its threads, until nothing is left."""
    worker.start()
    try:
        worker.drain(wait_for_limits=True)
    finally:
        worker.stop()


def _processor_seconds(work: Callable[[], object]) -> float:
    began = process_time()
    work()
    return process_time() - began


def _renders(address: str, rounds: int) -> Row:
    """Loading, rendering and checking the Home of a mentor with three partnerships."""
    with closing(Storage(address)) as storage:
        storage.stopwatch = real_now
        with storage.begin(_WORKSPACE) as tx:
            for number in (1, 2):
                (found,) = tx.partnerships.with_ids([partnership_id(number)])
                tx.save(Outcome((replace(found, mentor=mentor(0), version=found.version + 1),)))
            tx.open_home(mentor(0))
        with storage.begin_unlocked(_WORKSPACE) as tx:
            claim = tx.homes.claim(stopwatch=real_now(), lease=NOW - NOW)
        if claim is None:
            raise RuntimeError("Nobody looks.")

        def render() -> None:
            with storage.read(_WORKSPACE) as tx:
                home = load_home(tx, claim.person, NOW, acting=claim.acting)
            check_view(home_view(home))

        took = typically(in_turn({"render": lambda: _processor_seconds(render)}, rounds))["render"]
    what = "loading, rendering and checking Home with three partnerships, processor time"
    return Row("homes", what, "twenty milliseconds", took / _RENDERED_IN, 1.0, rounds)
