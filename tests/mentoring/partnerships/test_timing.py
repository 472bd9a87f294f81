"""Dates that keep pace with the length, and with the rhythm of the programme."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.core.lengths import LENGTHS, Length, read_length, shorter
from mentoring.core.outcome import NotificationKind
from mentoring.core.programmes import Rhythm
from mentoring.partnerships.judgement import closes_at
from mentoring.partnerships.timing import quiet_after, timing_of
from mentoring.programmes.partnership_settings import OFFERED_LENGTHS
from tests.mentoring.factories import ADA, BEN, partnership
from tests.mentoring.partnership_timeline import PartnershipTimeline
from tests.mentoring.values import PROGRAMME, person

SIX_WEEKS = Length(weeks=6)


def days(length: Length, rhythm: Rhythm = Rhythm()) -> tuple[int, int, int]:  # noqa: B008 - frozen
    found = timing_of(length, rhythm)
    return found.first_meeting_on, found.second_meeting_on, found.nudge_every.days


@pytest.mark.parametrize("length", [*LENGTHS, Length(3), Length(weeks=12), Length(24)])
def test_from_three_months_on_nothing_changes_with_the_length(length: Length) -> None:
    assert days(length) == (10, 24, 28)
    assert quiet_after(length) == 21


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        (Length(weeks=10), (10, 23, 23)),
        (SIX_WEEKS, (7, 14, 14)),
        (Length(weeks=4), (4, 9, 9)),
    ],
)
def test_a_shorter_partnership_has_shorter_distances(length: Length, expected: tuple[int, int, int]) -> None:
    assert days(length) == expected


@pytest.mark.parametrize(("monthly", "every"), [(1, 28), (2, 14), (4, 14)])
def test_more_meetings_a_month_are_asked_for_oftener_but_once_in_two_weeks_at_most(monthly: int, every: int) -> None:
    assert timing_of(Length(12), Rhythm(2, monthly)).nudge_every == timedelta(days=every)


def test_six_weeks_have_their_check_in_in_week_three() -> None:
    one = partnership(months=0, weeks=6)
    assert (one.check_in_on - one.started_on, one.ends_on - one.started_on) == (timedelta(21), timedelta(42))
    assert closes_at(one, PROGRAMME).date() - one.ends_on == timedelta(days=21)


def test_after_an_outage_no_reminder_to_meet_comes_on_the_day_of_the_check_in() -> None:
    """The bot is off from the first reminder to the day of the check-in."""
    until_then = (timedelta(0), timedelta(days=7), timedelta(0))
    lived = PartnershipTimeline(
        partnership(months=0, weeks=6), (person(ADA), person(BEN)), programme=PROGRAMME, delays=until_then
    )
    lived.live(until=lived.partnership.introduced_at + timedelta(days=28))
    started = lived.partnership.started_on
    heard = [((each.at.date() - started).days, each.notice.kind) for each in lived.said if each.notice.recipient == ADA]
    assert heard == [
        (7, NotificationKind.FIRST_MEETING_NUDGE),
        (21, NotificationKind.CHECK_IN),
        (22, NotificationKind.SECOND_MEETING_NUDGE),
    ]


@given(
    st.integers(4, 12),
    st.lists(
        st.sampled_from([timedelta(0), *(timedelta(days=days) for days in (1, 5, 7, 10))]), min_size=1, max_size=6
    ),
    st.lists(st.sampled_from([timedelta(0), timedelta(hours=14), timedelta(days=5)]), min_size=1, max_size=4),
)
def test_nobody_is_reminded_to_meet_on_the_day_of_their_check_in(
    weeks: int, delays: list[timedelta], sends: list[timedelta]
) -> None:
    lived = PartnershipTimeline(
        partnership(months=0, weeks=weeks),
        (person(ADA), person(BEN)),
        programme=PROGRAMME,
        delays=tuple(delays),
        sends=tuple(sends),
    )
    lived.live()
    reminders = {NotificationKind.SECOND_MEETING_NUDGE, NotificationKind.MONTHLY_NUDGE}
    for who in (ADA, BEN):
        heard = [(each.at.date(), each.notice.kind) for each in lived.heard(who)]
        asked = {day for day, kind in heard if kind is NotificationKind.CHECK_IN}
        assert not asked & {day for day, kind in heard if kind in reminders}


def test_six_weeks_from_the_introduction_to_the_end() -> None:
    """On a Monday; nobody logs a meeting and nobody answers."""
    lived = PartnershipTimeline(partnership(months=0, weeks=6), (person(ADA), person(BEN)), programme=PROGRAMME)
    lived.live()
    started = lived.partnership.started_on
    heard = [((each.at.date() - started).days, each.notice.kind) for each in lived.said if each.notice.recipient == ADA]
    assert heard == [
        (7, NotificationKind.FIRST_MEETING_NUDGE),
        (14, NotificationKind.SECOND_MEETING_NUDGE),
        (21, NotificationKind.CHECK_IN),
        (29, NotificationKind.MONTHLY_NUDGE),
        (31, NotificationKind.END_QUESTION),
        (42, NotificationKind.SURVEY),
        (49, NotificationKind.SURVEY_REMINDER),
        (56, NotificationKind.SURVEY_REMINDER),
        (63, NotificationKind.PARTNERSHIP_CLOSED),
    ]


def test_the_second_reminder_counts_the_meetings_that_the_programme_asks_for() -> None:
    people = (person(ADA), person(BEN))
    meets = tuple(date(2027, 1, 4) + timedelta(days=n) for n in (2, 9))
    for wanted, is_reminded in ((1, False), (2, False), (3, True)):
        programme = replace(PROGRAMME, rhythm=Rhythm(wanted, 1))
        lived = PartnershipTimeline(partnership(), people, meets=meets, programme=programme)
        kinds = {each.notice.kind for each in lived.live().said}
        assert (NotificationKind.SECOND_MEETING_NUDGE in kinds) is is_reminded


@given(st.sampled_from(OFFERED_LENGTHS), st.integers(1, 4))
def test_everything_comes_in_order_and_within_the_time(length: Length, monthly: int) -> None:
    found = timing_of(length, Rhythm(2, monthly))
    assert 0 < found.first_meeting_on < found.second_meeting_on < length.days
    assert found.nudge_every >= timedelta(days=7)


def test_lengths_are_read_compared_and_added_to_a_day() -> None:
    assert [read_length(code) for code in ("9", "6w")] == [Length(9), SIX_WEEKS]
    assert [length.code for length in (Length(9), SIX_WEEKS)] == ["9", "6w"]
    assert shorter(Length(months=3), Length(weeks=12)) == Length(weeks=12)
    assert SIX_WEEKS.after(date(2027, 1, 4)) == date(2027, 2, 15)
    assert list(pairwise(length.days for length in OFFERED_LENGTHS)) == sorted(
        pairwise(length.days for length in OFFERED_LENGTHS)
    )


@pytest.mark.parametrize("code", ["", "w", "-6", "6ww", "six", "٦", "1234"])
def test_what_is_no_length_is_refused_and_not_repeated(code: str) -> None:
    with pytest.raises(ValueError, match="not a length"):
        read_length(code)
