"""The movable calendar."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from freezegun import freeze_time

from sandbox.clocks import Calendar, real_now

START = datetime(2027, 3, 1, 9, tzinfo=UTC)


def test_a_calendar_runs_from_its_start() -> None:
    with freeze_time("2026-01-01") as frozen:
        calendar = Calendar(START)
        assert calendar.now() == START
        frozen.tick(5)
        assert calendar.now() == START + timedelta(seconds=5)


def test_a_calendar_without_a_start_shows_the_real_time() -> None:
    with freeze_time(START) as frozen:
        calendar = Calendar()
        assert calendar.now() == real_now() == START
        frozen.tick(90)
        assert calendar.now() == real_now() == START + timedelta(seconds=90)


def test_a_moved_calendar_continues_from_there() -> None:
    with freeze_time("2026-01-01") as frozen:
        calendar = Calendar(START)
        frozen.tick(60)
        calendar.move_to(START.astimezone(timezone(timedelta(hours=9))) + timedelta(days=30))
        frozen.tick(5)
        assert calendar.now() == START + timedelta(days=30, seconds=5)
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
    with freeze_time("2026-01-01") as frozen:
        calendar = Calendar(START)
        with calendar.paused():
            with calendar.paused():
                frozen.tick(10)
                assert calendar.now() == START
            frozen.tick(10)
            assert calendar.now() == START
            calendar.move_to(START + timedelta(days=1))
            assert calendar.now() == START + timedelta(days=1)
        frozen.tick(10)
        assert calendar.now() == START + timedelta(days=1, seconds=10)
