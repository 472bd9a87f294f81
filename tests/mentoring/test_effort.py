"""How much a month took the owners, and on which Mondays they read it."""

from datetime import date, timedelta

import pytest

from mentoring.effort import Effort, effort_of_month, month_before, tells_effort
from mentoring.notifications.kinds import KIND_RULES
from mentoring.oversight.digest import DigestRhythm, is_sent
from tests.messages.contexts import TO_OWNERS as READ_BY_OWNERS

MAY = date(2027, 5, 1)


def test_a_month_has_ones_own_presses_and_messages_and_those_of_all_owners() -> None:
    found = effort_of_month(MAY, [("U1", 7), ("U3", 2)], ["U1", "U2", "U1"], owner="U1", owners=("U1", "U2"))
    assert found
    assert found.own == Effort(7, 2)
    assert found.together == Effort(9, 3)
    assert found.owners == 3, "with the one who was an owner in May"


def test_a_month_without_presses_and_messages_tells_nothing() -> None:
    assert effort_of_month(MAY, [], [], owner="U1", owners=("U1",)) is None


def test_the_month_before_january_is_december() -> None:
    assert month_before(date(2027, 1, 31)) == date(2026, 12, 1)
    assert month_before(date(2027, 3, 1)) == date(2027, 2, 1)


@pytest.mark.parametrize("rhythm", [DigestRhythm.WEEKLY, DigestRhythm.FORTNIGHT])
def test_the_effort_is_told_once_a_month_however_often_the_message_comes(rhythm: DigestRhythm) -> None:
    mondays = [date(2027, 1, 4) + timedelta(weeks=week) for week in range(208)]
    told = [
        (each.year, each.month)
        for each in mondays
        if is_sent(rhythm, each, needs_something=False) and tells_effort(each, rhythm)
    ]
    assert len(told) == len(set(told)) == 48


def test_a_week_that_begins_on_a_holiday_counts_from_its_monday() -> None:
    assert not tells_effort(date(2027, 5, 4) + timedelta(weeks=1), DigestRhythm.WEEKLY)
    assert tells_effort(date(2027, 6, 8), DigestRhythm.WEEKLY), "the Monday was the 7th"


def test_messages_to_owners_are_those_that_the_tests_of_texts_know() -> None:
    assert set(READ_BY_OWNERS) == {kind for kind, rules in KIND_RULES.items() if rules.to_owners}
