"""The movable calendar."""

import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest

from sandbox.clocks import Calendar, real_now

START = datetime(2027, 3, 1, 9, tzinfo=UTC)


def test_a_calendar_runs_from_its_start() -> None:
    calendar = Calendar(START)
    first, second = calendar.now(), calendar.now()
    assert START <= first <= second < START + timedelta(minutes=1)


def test_a_calendar_without_a_start_shows_the_real_time() -> None:
    assert abs(Calendar().now() - real_now()) < timedelta(minutes=1)


def test_a_moved_calendar_continues_from_there() -> None:
    calendar = Calendar(START)
    calendar.move_to(START.astimezone(timezone(timedelta(hours=9))) + timedelta(days=30))
    assert START + timedelta(days=30) <= calendar.now() < START + timedelta(days=30, minutes=1)
    assert calendar.now().tzinfo is UTC


def test_a_calendar_refuses_past_and_naive_times() -> None:
    calendar = Calendar(START)
    with pytest.raises(ValueError, match="back"):
        calendar.move_to(START - timedelta(seconds=1))
    with pytest.raises(ValueError, match="aware"):
        calendar.move_to(datetime(2028, 1, 1))  # noqa: DTZ001
    with pytest.raises(ValueError, match="aware"):
        Calendar(datetime(2028, 1, 1))  # noqa: DTZ001


def test_a_calendar_is_paused_until_every_context_ends() -> None:
    calendar = Calendar(START)
    with calendar.paused(), calendar.paused():
        first = calendar.now()
        threading.Event().wait(0.01)
        assert calendar.now() == first
        calendar.move_to(START + timedelta(days=1))
        assert calendar.now() == START + timedelta(days=1)
    threading.Event().wait(0.001)
    assert START + timedelta(days=1) < calendar.now() < START + timedelta(days=1, minutes=1)
