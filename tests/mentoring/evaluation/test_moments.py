"""Each round is spoken of twice in the messages of the week: half-way, and when it is over."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from mentoring.core.programmes import Cohort
from mentoring.evaluation.moments import ReviewMoment, review_moment
from mentoring.oversight.digest import DigestRhythm, is_sent

YEAR = Cohort("c1", "p1", date(2027, 1, 4), date(2027, 1, 31), date(2027, 2, 15), date(2028, 2, 15))
FIRST_MONDAY = date(2027, 1, 4)


def told(cohort: Cohort, rhythm: DigestRhythm) -> list[ReviewMoment]:
    mondays = [FIRST_MONDAY + timedelta(weeks=week) for week in range(70)]
    sent = [monday for monday in mondays if is_sent(rhythm, monday, needs_something=True)]
    return [moment for monday in sent if (moment := review_moment(cohort, monday, rhythm))]


@pytest.mark.parametrize("rhythm", DigestRhythm)
def test_each_moment_is_told_once(rhythm: DigestRhythm) -> None:
    assert told(YEAR, rhythm) == [ReviewMoment.HALF_WAY, ReviewMoment.END]


@pytest.mark.parametrize("rhythm", DigestRhythm)
def test_a_round_that_was_closed_early_has_its_end_then_and_no_half(rhythm: DigestRhythm) -> None:
    assert told(replace(YEAR, closed_on=date(2027, 5, 1)), rhythm) == [ReviewMoment.END]
