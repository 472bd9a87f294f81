"""A thousand direct messages to a thousand people at the product's pace, which is quickened for the occasion."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import sleep

from benchmarks.delivering import AtOnce, delivery
from benchmarks.filling import fill, new_file, owe_nudges, ten_days_ago
from benchmarks.measuring import Row, seconds
from scheduler.delivery import DEFAULT_LIMITS, DeliveryWorker, RateLimits
from storage import DeliveryState, Storage

_WORKSPACE = "T0BENCH"
_QUICKER = 5
_SLACK_TAKES = 0.2
"""Seconds for a post, as in real life; quickened like the pace."""


def measure(folder: Path, *, toy: bool = False) -> Iterator[Row]:
    """Against the least time that the pace itself allows."""
    messages, quicker, rounds = (20, 10 * _QUICKER, 1) if toy else (1000, _QUICKER, 3)
    limits = replace(DEFAULT_LIMITS, per_minute=DEFAULT_LIMITS.per_minute * quicker)
    took = [
        _drained(folder / f"drain{number}.db", messages, limits, _SLACK_TAKES / quicker) for number in range(rounds)
    ]
    figure = median(took) / limits.least_seconds(messages)
    what = f"{messages:,} messages to {messages:,} people"
    yield Row("drain", what, "the least that the pace allows", figure, 1.1, rounds)


def _drained(database: Path, messages: int, limits: RateLimits, slack_takes: float) -> float:
    address = new_file(database)
    with closing(Storage(address)) as storage:
        fill(storage, address, _WORKSPACE, messages // 2, introduced=ten_days_ago)
        owe_nudges(address, _WORKSPACE, messages // 2)
        slack = AtOnce(after_post=lambda: sleep(slack_takes))
        deliverer = delivery(storage, _WORKSPACE, slack, limits)
        took = seconds(lambda: _work(deliverer))
        with storage.read(_WORKSPACE) as tx:
            left = tx.outbox.counts().get(DeliveryState.PENDING, 0)
    if left:
        raise RuntimeError(f"{left} messages were not sent.")
    return took


def _work(deliverer: DeliveryWorker) -> None:
    """With all its threads, until nothing is left."""
    deliverer.start()
    try:
        deliverer.drain(wait_for_limits=True)
    finally:
        deliverer.stop()
