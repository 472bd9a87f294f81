"""Partnerships that run into holidays, closed weeks, leap days and outages: nothing early, lost, or twice in a day."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring.core.outcome import NotificationKind
from mentoring.core.programmes import Programme
from mentoring.core.working_hours import is_working_day, is_working_time, next_working_day
from mentoring.matching.offers import plan_offer_jobs
from mentoring.partnerships.partnership import PartnershipState
from mentoring.programmes.settings import DatesForm, change_settings
from tests.mentoring.calendars import CHRISTMAS, WEDNESDAYS, ZONES, programmes
from tests.mentoring.factories import ADA, BEN, changed, offered, partnership
from tests.mentoring.partnership_timeline import PartnershipTimeline
from tests.mentoring.values import COHORT, PROGRAMME, at, person

DAY, WEEK = timedelta(days=1), timedelta(days=7)
NUDGES = {NotificationKind.FIRST_MEETING_NUDGE, NotificationKind.SECOND_MEETING_NUDGE, NotificationKind.MONTHLY_NUDGE}
QUESTIONS = {NotificationKind.CHECK_IN, NotificationKind.SURVEY, NotificationKind.SURVEY_REMINDER}
MOMENTS = st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: at("2026-06-01T00:00") + timedelta(minutes=minutes))
OUTAGES = st.sampled_from([timedelta(0), *(timedelta(days=days, hours=7) for days in (0, 3, 10, 40, 70))])
BRITISH, GERMAN = replace(PROGRAMME, country="GB"), replace(PROGRAMME, country="DE")


def life(
    introduced: str,
    programme: Programme,
    *delays: timedelta,
    months: int = 12,
    zone: str = "Europe/London",
    **more: Any,
) -> PartnershipTimeline:
    """A pair that never meets or answers, unless told otherwise."""
    people = (person(ADA, time_zone=zone), person(BEN, time_zone=zone))
    one = partnership(months=months, introduced_at=at(introduced))
    return PartnershipTimeline(one, people, programme=programme, delays=delays or (timedelta(0),), **more).live()


def days(lived: PartnershipTimeline, *kinds: NotificationKind) -> list[str]:
    """When the mentee got these."""
    return [f"{said.at:%Y-%m-%d}" for said in lived.heard(ADA) if said.notice.kind in kinds]


@st.composite
def lives(draw: st.DrawFn, *delays: timedelta) -> PartnershipTimeline:
    start, months = draw(MOMENTS), draw(st.integers(6, 12))
    # Outages end: were every look later than a short working day is long, a reminder would wait for ever.
    late = delays or (*draw(st.lists(OUTAGES, min_size=1, max_size=6)), timedelta(0))
    people = (person(ADA, time_zone=draw(ZONES)), person(BEN, time_zone=draw(ZONES)))
    meets = draw(st.lists(st.integers(0, months * 30), max_size=6, unique=True))
    return PartnershipTimeline(
        partnership(months=months, introduced_at=start),
        people,
        meets=tuple(start.date() + day * DAY for day in meets),
        delays=late,
        programme=draw(programmes(start.date(), start.date() + timedelta(days=450))),
    )


def moments(lived: PartnershipTimeline, person_id: str, kind: NotificationKind) -> list[datetime]:
    return [said.at for said in lived.heard(person_id) if said.notice.kind is kind]


@settings(max_examples=60, deadline=None)
@given(lives())
def test_whatever_is_closed_and_however_late_it_is_found_everything_is_decent_and_ends(
    lived: PartnershipTimeline,
) -> None:
    lived.live()
    for who in lived.people:
        assert all(is_working_time(who, lived.programme, said.at) for said in lived.heard(who.id))
    assert lived.partnership.state is PartnershipState.CLOSED
    assert len({said.notice.key for said in lived.said}) == len(lived.said)


@settings(max_examples=60, deadline=None)
@given(lives())
def test_nobody_is_nudged_on_a_day_on_which_they_are_asked(lived: PartnershipTimeline) -> None:
    lived.live()
    for who in lived.people:
        asked = [who.today(said.at) for said in lived.heard(who.id) if said.notice.kind in QUESTIONS]
        nudged = [who.today(said.at) for said in lived.heard(who.id) if said.notice.kind in NUDGES]
        assert len(asked) == len(set(asked))
        assert len(nudged) == len(set(nudged))
        assert not set(asked) & set(nudged)


@settings(max_examples=60, deadline=None)
@given(lives(timedelta(0)))
def test_nothing_comes_early_and_nothing_is_lost(lived: PartnershipTimeline) -> None:
    lived.live()
    one, programme = lived.partnership, lived.programme
    for who in lived.people:
        start = who.today(one.introduced_at)
        assert all(
            who.today(moment) >= start + 10 * DAY
            for moment in moments(lived, who.id, NotificationKind.FIRST_MEETING_NUDGE)
        )
        assert all(
            who.today(moment) >= start + 24 * DAY
            for moment in moments(lived, who.id, NotificationKind.SECOND_MEETING_NUDGE)
        )
        check_ins = [who.today(moment) for moment in moments(lived, who.id, NotificationKind.CHECK_IN)]
        covered = next_working_day(one.check_in_on, programme) >= one.ends_on - 4 * DAY
        assert len(check_ins) == 1 or (covered and not check_ins)
        assert all(day >= one.check_in_on for day in check_ins)
        (asked,) = moments(lived, who.id, NotificationKind.SURVEY)
        assert one.ends_on <= who.today(asked) <= next_working_day(one.ends_on, programme) + 40 * DAY
        reminded = moments(lived, who.id, NotificationKind.SURVEY_REMINDER)
        assert reminded
        assert all(who.today(moment) >= one.ends_on + WEEK for moment in reminded)
        assert one.over_at is not None
        assert one.over_at > max(reminded) > asked
    assert one.over_at is not None
    assert one.over_at >= datetime.combine(one.ends_on, one.introduced_at.timetz()) + 21 * DAY


# One at a time.


@pytest.mark.parametrize(
    ("late", "asked", "nudged"),
    [
        # Found on 10 July, with the nudge of 17 June and the check-in of 5 July both waiting.
        (timedelta(days=23), ["2027-07-12"], ["2027-07-20"]),
        (timedelta(days=60), ["2027-08-16"], ["2027-08-24"]),
        (timedelta(days=150), ["2027-11-15"], ["2027-11-23"]),
        (timedelta(days=195), ["2027-12-29"], []),
        (timedelta(days=202), [], []),
    ],
)
def test_a_check_in_that_waits_with_a_nudge_covers_it_and_the_next_nudge_is_a_week_away(
    late: timedelta, asked: list[str], nudged: list[str]
) -> None:
    people = (person(ADA), person(BEN))
    lived = PartnershipTimeline(partnership(introduced_at=at("2027-01-04T10:00")), people).live(
        until=at("2027-06-17T00:00")
    )
    lived.delays = (late, *[timedelta(0)] * 100)
    lived.live()
    assert days(lived, NotificationKind.CHECK_IN) == asked
    since = [day for day in days(lived, NotificationKind.MONTHLY_NUDGE) if day > "2027-06-16"]
    assert since[:1] == nudged


# Holidays, closed weeks and odd weeks, as calendars.


def test_what_falls_on_a_bank_holiday_comes_on_the_day_after() -> None:
    # Day 10 is Good Friday, 26 March; the check-in falls on New Year's Day of six months later.
    assert days(life("2027-03-16T10:00", BRITISH, months=12), NotificationKind.FIRST_MEETING_NUDGE) == ["2027-03-29"]
    assert days(life("2027-03-16T10:00", GERMAN, months=12), NotificationKind.FIRST_MEETING_NUDGE) == ["2027-03-30"]
    assert days(life("2026-11-03T10:00", BRITISH, months=12), NotificationKind.CHECK_IN) == ["2027-05-04"]


def test_over_a_closed_christmas_the_questions_wait_and_nobody_is_closed_unasked() -> None:
    closed = replace(PROGRAMME, closed_days=CHRISTMAS)
    # The agreed end is Saturday 18 December 2027; the survey waits for 10 January, and the rest counts from there.
    lived = life("2026-12-18T10:00", closed)
    assert days(lived, NotificationKind.SURVEY) == ["2028-01-10"]
    assert days(lived, NotificationKind.SURVEY_REMINDER) == ["2028-01-17", "2028-01-24"]
    assert days(lived, NotificationKind.PARTNERSHIP_CLOSED) == ["2028-01-31"]


def test_where_the_reminders_fall_into_the_closed_weeks_they_are_one_and_the_closing_waits() -> None:
    closed = replace(PROGRAMME, closed_days=CHRISTMAS)
    lived = life("2026-12-16T10:00", closed)
    assert days(lived, NotificationKind.SURVEY) == ["2027-12-16"]
    assert days(lived, NotificationKind.SURVEY_REMINDER) == ["2028-01-10"]
    assert days(lived, NotificationKind.PARTNERSHIP_CLOSED) == ["2028-01-17"]


def test_a_programme_that_works_on_wednesdays_speaks_on_wednesdays() -> None:
    lived = life("2027-01-06T10:00", WEDNESDAYS, months=6)
    assert {said.at.weekday() for said in lived.said} == {2}
    assert [(f"{said.at:%Y-%m-%d}", said.notice.kind) for said in lived.heard(ADA)] == [
        ("2027-01-20", NotificationKind.FIRST_MEETING_NUDGE),
        ("2027-02-03", NotificationKind.SECOND_MEETING_NUDGE),
        ("2027-03-03", NotificationKind.MONTHLY_NUDGE),
        ("2027-04-07", NotificationKind.CHECK_IN),
        ("2027-04-21", NotificationKind.MONTHLY_NUDGE),
        ("2027-05-19", NotificationKind.MONTHLY_NUDGE),
        ("2027-05-26", NotificationKind.END_QUESTION),
        ("2027-06-16", NotificationKind.MONTHLY_NUDGE),
        ("2027-07-07", NotificationKind.SURVEY),
        ("2027-07-14", NotificationKind.SURVEY_REMINDER),
        ("2027-07-21", NotificationKind.SURVEY_REMINDER),
        ("2027-07-28", NotificationKind.PARTNERSHIP_CLOSED),
    ]


@pytest.mark.parametrize(
    ("introduced", "months", "check_in", "survey"),
    [
        ("2028-02-29T10:00", 12, "2028-08-29", "2029-02-28"),
        ("2028-02-29T10:00", 6, "2028-05-30", "2028-08-29"),
        ("2027-08-31T10:00", 6, "2027-11-30", "2028-02-29"),
        ("2027-08-31T10:00", 12, "2028-02-29", "2028-08-31"),
        ("2026-08-31T10:00", 12, "2027-03-01", "2027-08-31"),
        ("2027-10-31T10:00", 10, "2028-05-01", "2028-08-31"),
        ("2027-10-31T10:00", 9, "2028-05-01", "2028-07-31"),
    ],
)
def test_month_ends_and_leap_days_keep_their_month(introduced: str, months: int, check_in: str, survey: str) -> None:
    lived = life(introduced, PROGRAMME, months=months)
    assert (days(lived, NotificationKind.CHECK_IN), days(lived, NotificationKind.SURVEY)) == ([check_in], [survey])


def test_a_day_closed_after_it_was_promised_puts_off_what_was_promised_the_closing_too() -> None:
    lived = PartnershipTimeline(partnership(introduced_at=at("2026-12-16T10:00")), (person(ADA), person(BEN)))
    lived.live(until=at("2027-12-01T00:00"))
    lived.programme = replace(PROGRAMME, closed_days=CHRISTMAS)
    lived.live()
    assert days(lived, NotificationKind.SURVEY_REMINDER) == ["2028-01-10"]
    assert days(lived, NotificationKind.PARTNERSHIP_CLOSED) == ["2028-01-17"]


def test_an_owner_who_sets_new_dates_on_the_first_day_back_takes_nothing_away() -> None:
    closed = replace(PROGRAMME, closed_days=CHRISTMAS)
    lived = PartnershipTimeline(
        partnership(introduced_at=at("2026-12-18T10:00")), (person(ADA), person(BEN)), programme=closed
    )
    lived.live(until=at("2028-01-10T08:00"))
    spring = (date(2028, 1, 10), date(2028, 2, 7), date(2028, 2, 21), date(2029, 2, 21))
    kept = DatesForm(*spring, "", closed.workday, closed.working_days, closed.closed_days)
    saved = change_settings(closed, COHORT, kept, by="U0", owners=["U0"], seen_version=1, today=date(2028, 1, 10))
    (lived.programme,) = changed(saved, Programme)
    lived.live()
    assert days(lived, NotificationKind.SURVEY) == ["2028-01-10"]
    assert days(lived, NotificationKind.SURVEY_REMINDER) == ["2028-01-17", "2028-01-24"]
    assert days(lived, NotificationKind.PARTNERSHIP_CLOSED) == ["2028-01-31"]


# Offers.


@pytest.mark.parametrize(
    ("offered_at", "programme", "reminded"),
    [
        # Day 5 is Saturday: Friday is Good Friday, so Thursday; the British work on Easter Monday, day 6 being Sunday.
        ("2027-03-22T10:00", BRITISH, "2027-03-25"),
        # Day 5 is Sunday and day 6 Easter Monday.
        ("2027-03-23T10:00", GERMAN, "2027-03-25"),
        ("2027-03-23T10:00", BRITISH, "2027-03-29"),
        ("2027-03-24T10:00", GERMAN, "2027-03-30"),
        ("2027-01-05T10:00", WEDNESDAYS, "2027-01-06"),
        ("2027-01-08T10:00", WEDNESDAYS, "2027-01-13"),
        # Between two Wednesdays there is none: an hour before the lapse is better than never.
        ("2027-01-06T10:00", WEDNESDAYS, "2027-01-13"),
        ("2027-12-20T10:00", replace(PROGRAMME, closed_days=CHRISTMAS), "2028-01-10"),
    ],
)
def test_a_reminder_of_an_offer_comes_on_the_working_day_nearest_to_the_fifth(
    offered_at: str, programme: Programme, reminded: str
) -> None:
    reminder, _ = plan_offer_jobs(offered(offered_at=at(offered_at)), [person(ADA)], programme)
    assert reminder.due.date() == date.fromisoformat(reminded)
    assert is_working_day(reminder.due.date(), programme)
