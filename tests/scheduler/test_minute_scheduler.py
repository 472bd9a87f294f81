"""The timetable ticks; what it missed counts as one."""

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from apscheduler.events import EVENT_JOB_ERROR

from bot.clocks import real_now
from scheduler.jobs import minute_scheduler

PATIENCE = 60


class Ticks:
    """Counts the ticks, and lets one wait for them."""

    def __init__(self) -> None:
        self.count = 0
        self._changed = threading.Condition()

    def __call__(self) -> None:
        with self._changed:
            self.count += 1
            self._changed.notify_all()

    def await_count(self, count: int) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: self.count >= count, PATIENCE)


@pytest.fixture
def ticks() -> Ticks:
    return Ticks()


@pytest.fixture
def scheduler(ticks: Ticks) -> Iterator[object]:
    running = minute_scheduler(ticks)
    running.start()
    yield running
    running.shutdown(wait=True)


def test_it_does_not_run_before_it_is_started(ticks: Ticks) -> None:
    assert not minute_scheduler(ticks).running


def test_it_ticks_every_minute(ticks: Ticks) -> None:
    before = real_now()
    running = minute_scheduler(ticks)
    running.start()
    (job,) = running.get_jobs()
    running.shutdown(wait=True)
    assert job.trigger.interval == timedelta(minutes=1)
    assert before <= job.next_run_time - timedelta(minutes=1) <= real_now()
    assert ticks.count == 0


def test_an_hour_that_was_slept_through_counts_as_one_tick(scheduler: object, ticks: Ticks) -> None:
    (job,) = scheduler.get_jobs()  # type: ignore[attr-defined]
    job.modify(next_run_time=real_now() - timedelta(hours=1))
    ticks.await_count(1)
    assert scheduler.get_job("tick").next_run_time > real_now()  # type: ignore[attr-defined]
    assert ticks.count == 1


def test_a_tick_that_stumbles_does_not_stop_the_clock(caplog: pytest.LogCaptureFixture) -> None:
    stumbled = Ticks()

    def stumble() -> None:
        raise ZeroDivisionError

    running = minute_scheduler(stumble)
    running.add_listener(lambda event: stumbled(), EVENT_JOB_ERROR)
    running.start()
    try:
        for count in (1, 2):
            running.get_job("tick").modify(next_run_time=real_now())
            stumbled.await_count(count)
    finally:
        running.shutdown(wait=True)
    assert "ZeroDivisionError" in caplog.text
