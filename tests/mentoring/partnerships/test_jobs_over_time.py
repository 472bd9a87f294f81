"""Whole partnerships, lived from introduction to end with late discoveries, meetings and answers as they come."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.core.outcome import NotificationKind
from mentoring.core.people import Person
from mentoring.core.working_hours import is_working_time, next_working_day
from mentoring.partnerships.partnership import PartnershipState
from tests.mentoring.factories import ADA, BEN, KOLKATA, LONDON, NEW_YORK, STARTED, partnership
from tests.mentoring.partnership_timeline import PartnershipTimeline
from tests.mentoring.values import PROGRAMME, at, person

NUDGES = {NotificationKind.FIRST_MEETING_NUDGE, NotificationKind.SECOND_MEETING_NUDGE, NotificationKind.MONTHLY_NUDGE}
BY_ITSELF = NUDGES | {NotificationKind.CHECK_IN, NotificationKind.SURVEY, NotificationKind.SURVEY_REMINDER}
"""What comes because time has passed; the end too comes so, unless somebody's answer or act brought it about."""
DAY, WEEK, MONTH = timedelta(days=1), timedelta(days=7), timedelta(days=28)
MOMENTS = st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: at("2026-06-01T00:00") + timedelta(minutes=minutes))
ZONES = st.sampled_from([LONDON, NEW_YORK, KOLKATA, "UTC", "Pacific/Kiritimati", "America/St_Johns"])
TICKS = st.integers(0, 2).map(lambda minutes: timedelta(minutes=minutes))
OUTAGES = st.sampled_from([timedelta(hours=5), timedelta(hours=14), *(timedelta(days=days) for days in (3, 10, 40))])


@st.composite
def lives(draw: st.DrawFn, *, outages: bool = True) -> PartnershipTimeline:
    start = draw(MOMENTS)
    months = draw(st.integers(6, 12))
    days = draw(st.lists(st.integers(0, months * 30), max_size=12, unique=True))
    return PartnershipTimeline(
        partnership(months=months, introduced_at=start),
        (person(ADA, time_zone=draw(ZONES)), person(BEN, time_zone=draw(ZONES))),
        meets=tuple(start.date() + timedelta(days=day) for day in days),
        delays=tuple(draw(st.lists(TICKS | OUTAGES if outages else TICKS, min_size=1, max_size=8))),
        sends=tuple(draw(st.lists(TICKS | OUTAGES, min_size=1, max_size=8))) if outages else (timedelta(0),),
        answers=draw(st.dictionaries(st.sampled_from((ADA, BEN)), st.integers(0, 25).map(lambda days: days * DAY))),
        ends_after=draw(st.none() | st.integers(0, 400).map(lambda days: days * DAY)),
    )


def on_their_days(life: PartnershipTimeline, who: Person, *kinds: NotificationKind) -> list[datetime]:
    """When the person got these, on their own clock."""
    return [who.local(said.at) for said in life.heard(who.id) if said.notice.kind in kinds]


@given(lives())
def test_everything_comes_at_a_decent_hour_once_and_ends(life: PartnershipTimeline) -> None:
    life.live()
    keys = [said.notice.key for said in life.said]
    assert len(keys) == len(set(keys))
    closed_itself = len(life.answered) < 2
    for who in life.people:
        for said in life.heard(who.id):
            if said.notice.kind in BY_ITSELF or (
                closed_itself and said.notice.kind is NotificationKind.PARTNERSHIP_CLOSED
            ):
                assert is_working_time(who, PROGRAMME, said.at)
    assert not life.partnership.is_active
    kinds = [said.notice.kind for said in life.said]
    ending = (
        NotificationKind.PARTNERSHIP_CLOSED
        if life.partnership.state is PartnershipState.CLOSED
        else NotificationKind.PARTNERSHIP_ENDED
    )
    assert [
        kinds.count(kind) for kind in (NotificationKind.PARTNERSHIP_CLOSED, NotificationKind.PARTNERSHIP_ENDED)
    ].count(2) == 1
    assert kinds.count(ending) == 2


@given(lives())
def test_nothing_is_said_once_it_is_over(life: PartnershipTimeline) -> None:
    life.live()
    assert life.over_at is not None
    assert all(said.at <= life.over_at for said in life.said if said.notice.kind in BY_ITSELF)


@given(lives())
def test_four_weeks_lie_between_two_monthly_nudges_and_a_week_before_the_check_in_and_the_end(
    life: PartnershipTimeline,
) -> None:
    life.live()
    for who in life.people:
        nudged = on_their_days(life, who, NotificationKind.SECOND_MEETING_NUDGE, NotificationKind.MONTHLY_NUDGE)
        assert all(later.date() - earlier.date() >= MONTH for earlier, later in pairwise(nudged))
        for moment in on_their_days(life, who, NotificationKind.MONTHLY_NUDGE):
            assert abs(moment.date() - next_working_day(life.partnership.check_in_on, life.programme)) > WEEK
            assert life.partnership.ends_on - moment.date() > WEEK


@given(lives())
def test_nobody_is_nudged_who_has_met_within_four_weeks(life: PartnershipTimeline) -> None:
    life.live()
    for who in life.people:
        for moment in on_their_days(life, who, NotificationKind.MONTHLY_NUDGE):
            # What is logged counts from midnight in UTC here, so that today's may not be there yet.
            before = [day for day in life.meets if day < moment.date()]
            assert all(moment.date() - day >= MONTH for day in before)


@given(lives())
def test_what_was_missed_comes_as_one_message(life: PartnershipTimeline) -> None:
    life.live()
    for who in life.people:
        for kinds in (tuple(NUDGES), (NotificationKind.SURVEY, NotificationKind.SURVEY_REMINDER)):
            days = [moment.date() for moment in on_their_days(life, who, *kinds)]
            assert len(days) == len(set(days))


@given(lives())
def test_each_is_asked_at_most_once_and_reminded_at_most_twice(life: PartnershipTimeline) -> None:
    life.live()
    for who in life.people:
        for kind, most in (
            (NotificationKind.CHECK_IN, 1),
            (NotificationKind.SURVEY, 1),
            (NotificationKind.SURVEY_REMINDER, 2),
        ):
            assert len(on_their_days(life, who, kind)) <= most
        answered = life.answered.get(who.id)
        reminded = [said.at for said in life.heard(who.id) if said.notice.kind is NotificationKind.SURVEY_REMINDER]
        assert answered is None or all(moment <= answered for moment in reminded)


@given(lives())
def test_what_is_said_late_keeps_its_distance_from_what_follows(life: PartnershipTimeline) -> None:
    life.live()
    for who in life.people:
        nudged = on_their_days(life, who, *NUDGES)
        assert all(later.date() - earlier.date() >= WEEK for earlier, later in pairwise(nudged))
        asked = on_their_days(life, who, NotificationKind.CHECK_IN)
        assert all(abs(moment.date() - check_in.date()) > WEEK for moment in nudged[2:] for check_in in asked)
        surveyed = on_their_days(life, who, NotificationKind.SURVEY, NotificationKind.SURVEY_REMINDER)
        assert all(later.date() - earlier.date() >= WEEK for earlier, later in pairwise(surveyed))


@given(lives())
def test_nobody_is_told_that_no_meeting_is_logged_once_one_is(life: PartnershipTimeline) -> None:
    life.live()
    for who in life.people:
        for kind, enough in (
            (NotificationKind.FIRST_MEETING_NUDGE, 1),
            (NotificationKind.SECOND_MEETING_NUDGE, 2),
        ):
            for moment in on_their_days(life, who, kind):
                assert sum(day < moment.date() for day in life.meets) < enough


@given(lives(outages=False))
def test_without_an_outage_everything_comes_within_three_days_of_its_own(life: PartnershipTimeline) -> None:
    life.ends_after = None
    life.live()
    kept = life.partnership
    for who in life.people:
        for kind, day in ((NotificationKind.CHECK_IN, kept.check_in_on), (NotificationKind.SURVEY, kept.ends_on)):
            (moment,) = on_their_days(life, who, kind)
            assert day <= moment.date() <= day + 3 * DAY
        (asked,) = on_their_days(life, who, NotificationKind.CHECK_IN)
        for moment in on_their_days(life, who, *NUDGES):
            assert abs(moment.date() - asked.date()) > WEEK
    assert kept.over_at is not None
    assert kept.over_at.date() <= kept.ends_on + 23 * DAY


@given(lives(outages=False), st.integers(1, 26))
def test_a_pair_that_meets_often_enough_is_never_nudged(life: PartnershipTimeline, every: int) -> None:
    start = life.partnership.started_on
    life.meets = (start + 3 * DAY, *(start + day * DAY for day in range(10, 400, every)))
    life.live()
    assert not [said for said in life.said if said.notice.kind in NUDGES]


def test_a_year_without_a_meeting_as_a_calendar() -> None:
    life = PartnershipTimeline(
        partnership(introduced_at=STARTED), (person(ADA), person(BEN, time_zone=NEW_YORK))
    ).live()
    assert [(f"{said.at:%Y-%m-%d %H:%M}", said.notice.kind) for said in life.heard(ADA)] == [
        ("2027-01-14 09:00", NotificationKind.FIRST_MEETING_NUDGE),
        ("2027-01-28 09:00", NotificationKind.SECOND_MEETING_NUDGE),
        ("2027-02-25 09:00", NotificationKind.MONTHLY_NUDGE),
        ("2027-03-25 09:00", NotificationKind.MONTHLY_NUDGE),
        ("2027-04-22 08:00", NotificationKind.MONTHLY_NUDGE),
        ("2027-05-20 08:00", NotificationKind.MONTHLY_NUDGE),
        ("2027-06-17 08:00", NotificationKind.MONTHLY_NUDGE),
        ("2027-07-05 08:00", NotificationKind.CHECK_IN),
        ("2027-07-15 08:00", NotificationKind.MONTHLY_NUDGE),
        ("2027-08-12 08:00", NotificationKind.MONTHLY_NUDGE),
        ("2027-09-09 08:00", NotificationKind.MONTHLY_NUDGE),
        ("2027-10-07 08:00", NotificationKind.MONTHLY_NUDGE),
        ("2027-11-04 09:00", NotificationKind.MONTHLY_NUDGE),
        ("2027-12-02 09:00", NotificationKind.MONTHLY_NUDGE),
        ("2028-01-04 09:00", NotificationKind.SURVEY),
        ("2028-01-11 09:00", NotificationKind.SURVEY_REMINDER),
        ("2028-01-18 09:00", NotificationKind.SURVEY_REMINDER),
        ("2028-01-25 10:00", NotificationKind.PARTNERSHIP_CLOSED),
    ]
    in_new_york = person(time_zone=NEW_YORK)
    assert {f"{in_new_york.local(said.at):%H:%M}" for said in life.heard(BEN)} == {"09:00"}
    assert [said.notice.kind for said in life.heard(BEN)] == [said.notice.kind for said in life.heard(ADA)]


@pytest.mark.parametrize("months", [6, 9, 12])
def test_a_pair_that_meets_every_fortnight_hears_of_its_check_in_and_its_end_alone(months: int) -> None:
    life = PartnershipTimeline(
        partnership(months=months),
        (person(ADA), person(BEN, time_zone=KOLKATA)),
        meets=tuple(STARTED.date() + day * DAY for day in range(5, 400, 14)),
        answers={ADA: 3 * DAY, BEN: 9 * DAY},
    ).live()
    can_go_on = [NotificationKind.END_QUESTION] if months < 12 else []
    assert [said.notice.kind for said in life.heard(ADA)] == [
        NotificationKind.CHECK_IN,
        *can_go_on,
        NotificationKind.SURVEY,
        NotificationKind.SURVEY_THANKS,
        NotificationKind.PARTNERSHIP_CLOSED,
    ]
    assert [said.notice.kind for said in life.heard(BEN)] == [
        NotificationKind.CHECK_IN,
        *can_go_on,
        NotificationKind.SURVEY,
        NotificationKind.SURVEY_REMINDER,
        NotificationKind.PARTNERSHIP_CLOSED,
    ]
