"""The default clock."""

from datetime import UTC, datetime

from freezegun import freeze_time

from bot.clocks import real_now


def test_it_shows_the_real_time_in_utc() -> None:
    with freeze_time("2027-03-28T01:30:00") as frozen:
        assert real_now() == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
        assert real_now().tzinfo is UTC
        frozen.tick(60)
        assert real_now() == datetime(2027, 3, 28, 1, 31, tzinfo=UTC)
