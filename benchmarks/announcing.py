"""An announcement to a thousand people at the product's pace, which is quickened, and answers to others beside it."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import perf_counter, sleep
from typing import Any

from benchmarks.delivering import AtOnce, delivery
from benchmarks.filling import NOW, conversation, fill, mentee, new_file, ten_days_ago
from benchmarks.measuring import Row, seconds
from mentoring.announcements.announcement import (
    Announcement,
    AnnouncementAudience,
    AnnouncementKind,
    AnnouncementState,
)
from mentoring.announcements.planning import look_at_plan
from mentoring.core.outcome import Notification, NotificationKind, Outcome
from scheduler.delivery import DEFAULT_LIMITS, DeliveryWorker, RateLimits
from scheduler.jobs import run_due_jobs
from storage import Storage

_WORKSPACE = "T0BENCH"
_QUICKER = 5
_SLACK_TAKES = 0.2
"""Seconds for a post, as in real life; quickened like the pace."""
_ANSWERS = 20


class _Slack(AtOnce):
    """Notes when each answer arrives, by the conversation."""

    def __init__(self, takes: float) -> None:
        super().__init__(after_post=lambda: sleep(takes))
        self.answered_at: dict[str, float] = {}
        self.posts = 0

    def api_call(self, api_method: str, **arguments: Any) -> Any:
        found = super().api_call(api_method, **arguments)
        self.posts += 1
        if "passed it on" in arguments["json"]["text"]:
            self.answered_at[arguments["json"]["channel"]] = perf_counter()
        return found


def measure(folder: Path, *, toy: bool = False) -> Iterator[Row]:
    """Against the least time that the pace allows; and how long an answer takes beside it and alone."""
    people, quicker, rounds, answers = (20, 10 * _QUICKER, 1, 2) if toy else (1000, _QUICKER, 3, _ANSWERS)
    limits = replace(DEFAULT_LIMITS, per_minute=DEFAULT_LIMITS.per_minute * quicker)
    takes = _SLACK_TAKES / quicker
    filled = folder / "filled.db"
    address = new_file(filled)
    with closing(Storage(address)) as storage:
        fill(storage, address, _WORKSPACE, people // 2, introduced=ten_days_ago)
    took = [_sent(_copy(filled, f"sent{number}.db"), people, limits, takes) for number in range(rounds)]
    what = f"an announcement to {people:,} people, from when it is due until all have it"
    yield Row(
        "announcing", what, "the least that the pace allows", median(took) / limits.least_seconds(people), 1.1, rounds
    )
    waits = {
        name: median(
            [_answer(_copy(filled, f"{name}{number}.db"), answers, limits, takes, beside) for number in range(rounds)]
        )
        for name, beside in (("alone", False), ("beside", True))
    }
    what = f"an answer to a person while it goes out, the median of {answers}"
    yield Row("announcing", what, "the same answers alone", waits["beside"] / waits["alone"], 2.0, rounds)


def _copy(filled: Path, name: str) -> str:
    return f"sqlite:///{shutil.copy(filled, filled.with_name(name))}"


def _approved(storage: Storage) -> None:
    """An announcement to everyone in the round is due at `NOW`."""
    with storage.begin(_WORKSPACE) as tx:
        programme, cohort = tx.programmes.all()[0]
        announcement = Announcement(
            "n1",
            programme.id,
            cohort.id,
            AnnouncementKind.OWN,
            AnnouncementAudience.EVERYONE,
            text="Hello {mentees}.",
            moment=NOW,
            state=AnnouncementState.APPROVED,
            version=1,
        )
        tx.save(Outcome((announcement, look_at_plan(programme.id, NOW))))


def _sent(address: str, people: int, limits: RateLimits, takes: float) -> float:
    slack = _Slack(takes)
    with closing(Storage(address)) as storage:
        _approved(storage)
        worker = delivery(storage, _WORKSPACE, slack, limits)
        took = seconds(lambda: _announce(storage, worker))
    if slack.posts != people:
        raise RuntimeError(f"{slack.posts} messages were sent.")
    return took


def _announce(storage: Storage, worker: DeliveryWorker) -> None:
    """From the tick that finds it due until nothing is left."""
    worker.start()
    try:
        run_due_jobs(storage, _WORKSPACE, NOW)
        worker.wake()
        worker.drain(wait_for_limits=True)
    finally:
        worker.stop()


def _answer(address: str, answers: int, limits: RateLimits, takes: float, beside: bool) -> float:
    """How long answers take, from the commit until Slack has them: the median, in seconds."""
    slack, asked_at = _Slack(takes), {}
    with closing(Storage(address)) as storage:
        _approved(storage)
        worker = delivery(storage, _WORKSPACE, slack, limits)
        worker.start()
        try:
            if beside:
                run_due_jobs(storage, _WORKSPACE, NOW)
                worker.wake()
            for number in range(answers):
                threading.Event().wait(0.1)
                person = mentee(number)
                with storage.begin(_WORKSPACE) as tx:
                    kind = NotificationKind.REMARK_SENT
                    reply = Notification(
                        f"{kind}:{number}", kind, person, {"as": "named", "programme": "p0"}, is_reply=True
                    )
                    tx.save(Outcome((), (reply,)))
                asked_at[conversation(person)] = perf_counter()
                worker.wake()
            while len(slack.answered_at) < answers:
                threading.Event().wait(0.01)
        finally:
            worker.stop()
    return median(slack.answered_at[each] - asked for each, asked in asked_at.items())
