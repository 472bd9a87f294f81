"""How often an owner hears of what needs them, and never twice in an hour of the same."""

from datetime import date, timedelta

import pytest

from mentoring.core.outcome import NotificationKind
from mentoring.home.needs import Need, NeedKind, without_told
from mentoring.oversight.digest import DigestRhythm, is_sent

MONDAYS = [date(2026, 11, 30) + timedelta(weeks=week) for week in range(60)]


@pytest.mark.parametrize("first_day", [0, 1, 4])
def test_every_two_weeks_is_every_second_week_also_over_new_year(first_day: int) -> None:
    days = [monday + timedelta(days=first_day) for monday in MONDAYS]
    sent = [is_sent(DigestRhythm.FORTNIGHT, day, needs_something=False) for day in days]
    assert sent[::2] == [sent[0]] * 30
    assert sent[1::2] == [not sent[0]] * 30


def test_every_week_or_only_if_something_needs_them() -> None:
    assert all(is_sent(DigestRhythm.WEEKLY, day, needs_something=False) for day in MONDAYS)
    assert not any(is_sent(DigestRhythm.WHEN_NEEDED, day, needs_something=False) for day in MONDAYS)
    assert all(is_sent(DigestRhythm.WHEN_NEEDED, day, needs_something=True) for day in MONDAYS)


@pytest.mark.parametrize(
    ("told", "left"),
    [
        (set(), ["undelivered", "decide", "away"]),
        ({NotificationKind.APPROVALS_REMINDER, NotificationKind.MEETING_LOGGED}, ["undelivered", "away"]),
        ({NotificationKind.UNDELIVERED, NotificationKind.OWNERS_PERSON_LEFT}, ["decide"]),
    ],
)
def test_what_another_message_has_just_told_is_left_out(told: set[NotificationKind], left: list[str]) -> None:
    needs = [Need(NeedKind.UNDELIVERED), Need(NeedKind.DECIDE), Need(NeedKind.AWAY)]
    assert [need.kind for need in without_told(needs, told)] == left
