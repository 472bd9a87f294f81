"""Whether now is the moment for a message: what waits, until when, and what goes at once."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.cases.case import Case, CaseState
from mentoring.core.outcome import PROMPT_FOR, Notification, NotificationKind
from mentoring.core.people import AccountStatus, Person
from mentoring.core.working_hours import is_working_time
from mentoring.meetings.planned import MeetingAnswer, PlannedMeeting, PlannedState
from mentoring.meetings.regular_time import RegularState, RegularTime
from mentoring.notifications.context import NotificationContext
from mentoring.notifications.delivery_rules import (
    ABSENT_LIMIT,
    CARRIED_EVERY,
    Cancel,
    Postpone,
    SendNow,
    decide_delivery,
    next_working_time_for_both,
)
from mentoring.notifications.kinds import LoadClass, kinds_of
from mentoring.partnerships.partnership import Partnership
from tests.mentoring.values import ADA, COHORT, PROGRAMME, at

BEN = Person("U0BEN", AccountStatus.MEMBER, "Ben Brook", "America/New_York")
CHI = Person("U0CHI", AccountStatus.MEMBER, "Chi Chen", "Asia/Kolkata")
NOON = at("2027-01-13T12:00")
"""A Wednesday: noon in London, early morning in New York, half past five in Kolkata."""
PARTNERSHIP = Partnership(
    id="s1",
    cohort_id="c1",
    match_id="m1",
    mentee_application="a1",
    mentor_application="a2",
    mentee=ADA.id,
    mentor=BEN.id,
    topics=(),
    months=6,
    introduced_at=at("2027-01-04T10:00"),
)


def gone(person: Person, since: datetime) -> Person:
    return replace(person, account_status=AccountStatus.DEACTIVATED, left_at=since)


def context_of(
    reader: Person = ADA, *others: Person, now: datetime = NOON, partnership: Partnership | None = None
) -> NotificationContext:
    people = {one.id: one for one in (reader, *others)}
    return NotificationContext(
        reader, reader.today(now), PROGRAMME, COHORT, owners=("U0OWNER",), partnership=partnership, people=people
    )


def notice(kind: NotificationKind = NotificationKind.MEETING_LOGGED, to: Person = ADA, **more: object) -> Notification:
    """One that came by itself."""
    return Notification("k", kind, to.id, **{"due": NOON, **more})  # type: ignore[arg-type]


MET, NOT_MET = MeetingAnswer.MET, MeetingAnswer.NOT_MET
PLANNED = PlannedMeeting("p1", "s1", PlannedState.PAST, starts_at=NOON)
OPEN_CASE = Case("k1", PROGRAMME.id, CHI.id, BEN.id, (), NOON, second=ADA.id)
OFFERED = RegularTime("r1", "s1", RegularState.OFFERED, NOON, "Europe/London", 2, 60, NOON.date(), BEN.id)


@pytest.mark.parametrize(
    ("kind", "about", "is_sent"),
    [
        (NotificationKind.PLANNED_MEETING, {"planned": PLANNED}, True),
        (NotificationKind.PLANNED_MEETING, {"planned": PLANNED.changed(state=PlannedState.CANCELLED)}, True),
        (
            NotificationKind.PLANNED_MEETING,
            {"planned": PLANNED.changed(state=PlannedState.HELD, mentee_answer=MET)},
            False,
        ),
        (
            NotificationKind.PLANNED_MEETING,
            {
                "planned": PLANNED.changed(
                    state=PlannedState.HELD, mentee_answer=MET, mentor_answer=NOT_MET, is_disputed=True
                )
            },
            True,
        ),
        (
            NotificationKind.PLANNED_MEETING,
            {
                "planned": PLANNED.changed(
                    state=PlannedState.MISSED, mentee_answer=NOT_MET, mentor_answer=NOT_MET, is_disputed=True
                )
            },
            False,
        ),
        (NotificationKind.REGULAR_TIME, {"regular": OFFERED}, True),
        (
            NotificationKind.REGULAR_TIME,
            {"regular": OFFERED.changed(state=RegularState.DECLINED, ended_by=ADA.id)},
            True,
        ),
        (
            NotificationKind.REGULAR_TIME,
            {"regular": OFFERED.changed(state=RegularState.DECLINED, ended_by=BEN.id)},
            False,
        ),
        (NotificationKind.CASE_OPENED, {"case": OPEN_CASE}, True),
        (NotificationKind.CASE_OPENED, {"case": replace(OPEN_CASE, state=CaseState.TALKED)}, False),
    ],
)
def test_what_was_settled_before_it_was_sent_is_not_sent_and_a_message_that_is_there_is_updated(
    kind: NotificationKind, about: dict[str, Any], *, is_sent: bool
) -> None:
    context = replace(context_of(), **about)
    assert decide_delivery(notice(kind), context, NOON) == (SendNow() if is_sent else Cancel("answered"))
    assert decide_delivery(notice(kind), context, NOON, silent=True) == SendNow()


def test_in_working_hours_a_message_goes() -> None:
    assert decide_delivery(notice(), context_of(), NOON) == SendNow()


@pytest.mark.parametrize(
    ("reader", "morning"), [(BEN, "2027-01-13T14:00"), (CHI, "2027-01-14T03:30")], ids=["new-york", "kolkata"]
)
def test_outside_them_it_waits_for_the_readers_own_morning(reader: Person, morning: str) -> None:
    assert decide_delivery(notice(to=reader), context_of(reader), NOON) == Postpone(at(morning), "not-decent")


def test_what_is_new_about_a_session_comes_earlier_rather_than_after_it() -> None:
    for before, decided in (
        ("2027-01-13T14:30:00+00:00", Postpone(at("2027-01-13T14:00"), "not-decent")),
        ("2027-01-13T14:00:00+00:00", SendNow()),
    ):
        news = notice(NotificationKind.SESSION_NEWS, to=BEN, refs={"session": "o1", "before": before})
        assert decide_delivery(news, context_of(BEN), NOON) == decided


def test_what_somebody_has_just_caused_goes_at_any_hour() -> None:
    assert decide_delivery(notice(to=BEN, due=None), context_of(BEN), NOON, late=PROMPT_FOR) == SendNow()


def test_a_post_of_a_live_view_that_nobody_asked_for_waits_for_working_hours() -> None:
    view = notice(NotificationKind.REVIEW, to=BEN, refs={"cohort": COHORT.id}, due=NOON)
    assert decide_delivery(view, context_of(BEN), NOON) == Postpone(at("2027-01-13T14:00"), "not-decent")
    later = at("2027-01-13T16:00")
    assert decide_delivery(view, context_of(BEN, now=later), later) == SendNow()


def test_a_live_view_is_not_posted_again_about_a_round_that_is_over() -> None:
    view, there = notice(NotificationKind.REVIEW, refs={"cohort": COHORT.id}, due=NOON), context_of()
    over = replace(there, cohort=replace(COHORT, closed_on=NOON.date()))
    assert decide_delivery(view, over, NOON) == Cancel("round-over")
    assert decide_delivery(view, over, NOON, silent=True) == SendNow(), "its message says so"
    assert decide_delivery(view, replace(there, cohort=replace(COHORT, id="c2")), NOON) == Cancel("round-over")


def test_what_was_held_up_for_long_waits_like_everything_else() -> None:
    late = PROMPT_FOR + timedelta(seconds=1)
    assert decide_delivery(notice(to=BEN, due=None), context_of(BEN), NOON, late=late) == Postpone(
        at("2027-01-13T14:00"), "not-decent"
    )


@pytest.mark.parametrize("asked", [True, False])
def test_nothing_goes_to_who_has_left_and_it_is_looked_at_again_the_next_morning(asked: bool) -> None:
    away = gone(ADA, NOON - timedelta(days=3))
    assert decide_delivery(notice(is_reply=asked), context_of(away), NOON) == Postpone(at("2027-01-14T09:00"), "away")


def test_after_a_month_nothing_is_owed_any_more_to_who_has_left() -> None:
    away = gone(ADA, NOON - ABSENT_LIMIT - timedelta(seconds=1))
    assert decide_delivery(notice(), context_of(away), NOON) == Cancel("left")


@pytest.mark.parametrize(
    "kind",
    [
        NotificationKind.INTRODUCED,
        NotificationKind.FIRST_MEETING_NUDGE,
        NotificationKind.SECOND_MEETING_NUDGE,
        NotificationKind.MONTHLY_NUDGE,
        NotificationKind.CHECK_IN,
        NotificationKind.SURVEY,
        NotificationKind.SURVEY_REMINDER,
    ],
)
def test_while_one_of_the_two_is_away_the_other_is_asked_nothing(kind: NotificationKind) -> None:
    paused = context_of(ADA, gone(BEN, NOON - timedelta(days=3)), partnership=PARTNERSHIP)
    assert decide_delivery(notice(kind), paused, NOON) == Postpone(at("2027-01-14T09:00"), "paused")


@pytest.mark.parametrize(
    "kind", [NotificationKind.PARTNER_LEFT, NotificationKind.PARTNERSHIP_ENDED, NotificationKind.MEETING_LOGGED]
)
def test_what_is_no_question_is_said_in_a_pause_too(kind: NotificationKind) -> None:
    paused = context_of(ADA, gone(BEN, NOON - timedelta(days=3)), partnership=PARTNERSHIP)
    assert decide_delivery(notice(kind), paused, NOON) == SendNow()


@pytest.mark.parametrize(
    ("day", "verdict"), [("2027-01-13", SendNow()), ("2027-01-12", SendNow()), ("2027-01-11", Cancel("past"))]
)
def test_the_weeks_status_is_not_sent_when_it_is_days_old(day: str, verdict: SendNow | Cancel) -> None:
    assert decide_delivery(notice(NotificationKind.WEEKLY_STATUS, refs={"day": day}), context_of(), NOON) == verdict


@pytest.mark.parametrize(
    ("carried_at", "free"),
    [
        ("2027-01-13T09:00", "2027-01-20T09:00"),
        ("2027-01-08T16:59", "2027-01-15T09:00"),
        ("2027-01-07T23:59", "2027-01-14T09:00"),
        ("2027-01-09T12:00", "2027-01-18T09:00"),
    ],
    ids=["the same day", "five days ago", "six days ago", "on a Saturday"],
)
def test_a_carried_message_comes_on_the_seventh_day_after_the_last_or_the_next_working_day(
    carried_at: str, free: str
) -> None:
    verdict = decide_delivery(notice(due=None), context_of(), NOON, last_carried=at(carried_at))
    assert verdict == Postpone(at(free), "carried-lately")
    moment = at(free)
    assert decide_delivery(notice(due=moment), context_of(now=moment), moment, last_carried=at(carried_at)) == SendNow()


@pytest.mark.parametrize("carried_at", ["2027-01-06T23:59", "2026-12-01T12:00"])
def test_a_carried_message_goes_where_the_last_is_seven_days_old(carried_at: str) -> None:
    assert decide_delivery(notice(), context_of(), NOON, last_carried=at(carried_at)) == SendNow()
    assert decide_delivery(notice(to=BEN), context_of(BEN), NOON, last_carried=at(carried_at)) == Postpone(
        at("2027-01-13T14:00"), "not-decent"
    )


def test_the_days_between_two_carried_messages_are_those_of_the_reader() -> None:
    """Seven in the evening of the 6th in London is half past midnight of the 7th in Kolkata."""
    carried_at, moment = at("2027-01-06T19:00"), at("2027-01-13T10:00")
    assert decide_delivery(notice(to=CHI), context_of(CHI, now=moment), moment, last_carried=carried_at) == Postpone(
        at("2027-01-14T03:30"), "carried-lately"
    )
    assert decide_delivery(notice(), context_of(now=moment), moment, last_carried=carried_at) == SendNow()


def test_a_weekly_message_keeps_its_hour_when_the_clocks_change() -> None:
    """London's clocks go forward on 28 March: from Monday to Monday it is an hour less than seven days."""
    monday, following = at("2027-03-22T09:00"), at("2027-03-29T08:00")
    status = notice(NotificationKind.WEEKLY_STATUS, refs={"day": "2027-03-29"}, due=following)
    assert decide_delivery(status, context_of(now=following), following, last_carried=monday) == SendNow()


@pytest.mark.parametrize("kind", sorted(set(NotificationKind) - kinds_of(LoadClass.CARRIED)))
def test_no_other_message_waits_for_a_carried_one(kind: NotificationKind) -> None:
    other = notice(kind, refs={"cohort": COHORT.id})
    assert decide_delivery(other, context_of(), NOON, last_carried=NOON) == SendNow()


@pytest.mark.parametrize("kind", sorted(kinds_of(LoadClass.CARRIED)))
def test_a_reply_waits_for_none_whatever_it_is_about(kind: NotificationKind) -> None:
    assert decide_delivery(notice(kind, is_reply=True), context_of(), NOON, last_carried=NOON) == SendNow()


def test_a_carried_message_that_is_pointless_by_then_is_cancelled() -> None:
    status = notice(NotificationKind.WEEKLY_STATUS, refs={"day": "2027-01-13"})
    monday, thursday = at("2027-01-11T09:00"), at("2027-01-07T09:00")
    assert decide_delivery(status, context_of(), NOON, last_carried=monday) == Cancel("past")
    assert decide_delivery(status, context_of(), NOON, last_carried=thursday) == Postpone(
        at("2027-01-14T09:00"), "carried-lately"
    )
    waited, until = timedelta(days=8), at("2027-01-20T09:00") - NOON
    assert decide_delivery(
        notice(), context_of(), NOON, late=timedelta(days=14) - until, last_carried=NOON
    ) == Postpone(at("2027-01-20T09:00"), "carried-lately")
    assert decide_delivery(notice(), context_of(), NOON, late=waited, last_carried=NOON) == Cancel("past")


def test_what_has_waited_for_too_long_is_cancelled() -> None:
    two_weeks = timedelta(days=14)
    assert decide_delivery(notice(), context_of(), NOON, late=two_weeks) == SendNow()
    assert decide_delivery(notice(), context_of(), NOON, late=two_weeks + timedelta(seconds=1)) == Cancel("past")
    offered = notice(NotificationKind.MATCH_OFFERED)
    assert decide_delivery(offered, context_of(), NOON, late=timedelta(days=400)) == SendNow()


@given(st.integers(0, 6 * 366 * 24 * 60), st.integers(0, 14 * 24 * 60), st.sampled_from([ADA, BEN, CHI]))
def test_no_two_carried_messages_come_within_seven_days(minutes: int, since: int, reader: Person) -> None:
    """On the reader's own calendar, wherever they are and whenever the next one is due."""
    now = at("2026-01-01T00:00") + timedelta(minutes=minutes)
    last = now - timedelta(minutes=since)
    verdict = decide_delivery(notice(to=reader, due=None), context_of(reader, now=now), now, last_carried=last)
    moment = verdict.until if isinstance(verdict, Postpone) else now
    assert not isinstance(verdict, Cancel)
    assert reader.today(moment) - reader.today(last) >= CARRIED_EVERY
    assert isinstance(verdict, SendNow) or is_working_time(reader, PROGRAMME, moment)


def test_what_goes_to_two_waits_for_an_hour_that_suits_both() -> None:
    assert next_working_time_for_both(ADA, BEN, PROGRAMME, at("2027-01-13T10:00")) == at("2027-01-13T14:00")
    introduction = notice(NotificationKind.INTRODUCED, second_recipient=BEN.id)
    decision = decide_delivery(introduction, context_of(ADA, BEN, partnership=PARTNERSHIP), NOON)
    assert decision == Postpone(at("2027-01-13T14:00"), "not-decent")


def test_where_two_days_never_meet_the_first_ones_counts() -> None:
    auckland = Person("U0AUC", AccountStatus.MEMBER, "", "Pacific/Auckland")
    assert next_working_time_for_both(ADA, auckland, PROGRAMME, at("2027-01-13T20:00")) == at("2027-01-14T09:00")


@given(
    st.integers(0, 6 * 366 * 24 * 60),
    st.sampled_from(["Europe/London", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"]),
    st.sampled_from(["Europe/Berlin", "America/Sao_Paulo", "Asia/Kolkata", "Pacific/Auckland"]),
)
def test_the_moment_for_two_is_never_past_and_always_decent_for_one(minutes: int, zone: str, other: str) -> None:
    now = at("2026-01-01T00:00") + timedelta(minutes=minutes)
    one, two = replace(ADA, time_zone=zone), replace(BEN, time_zone=other)
    moment = next_working_time_for_both(one, two, PROGRAMME, now)
    assert moment >= now
    assert is_working_time(one, PROGRAMME, moment)


@pytest.mark.parametrize(
    ("status", "until"),
    [
        ("2027-01-18T09:00", "2027-01-18T10:00"),
        ("2027-01-20T09:00", "2027-01-20T10:00"),
        ("2027-01-13T13:00", "2027-01-13T14:00"),
        ("2027-01-11T09:00", "2027-01-13T13:00"),
    ],
    ids=["monday", "in-a-week", "today", "overdue"],
)
def test_what_is_carried_to_an_owner_waits_for_their_status(status: str, until: str) -> None:
    """At NOON on Wednesday 13 January. A status that is overdue goes out any minute."""
    decided = decide_delivery(notice(), context_of(), NOON, next_status=at(status))
    assert decided == Postpone(at(until), "carried-lately")
    weekly = notice(NotificationKind.WEEKLY_STATUS, refs={"day": "2027-01-13"})
    assert decide_delivery(weekly, context_of(), NOON, next_status=at(status)) == SendNow()


def test_what_is_carried_to_an_owner_goes_by_itself_where_no_status_comes_within_a_week() -> None:
    assert decide_delivery(notice(), context_of(), NOON, next_status=at("2027-01-21T09:00")) == SendNow()
    assert decide_delivery(notice(), context_of(), NOON, next_status=None) == SendNow()
