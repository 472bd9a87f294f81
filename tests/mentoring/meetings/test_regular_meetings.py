"""Meeting at a regular time: which days it gives, who may do what, and what one change costs."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from mentoring.core.errors import MentoringError, NotForYou
from mentoring.core.fields import FieldName
from mentoring.core.jobs import JobKind, ScheduledJob
from mentoring.core.outcome import NOTHING, NotificationKind, Outcome
from mentoring.core.people import Leave
from mentoring.meetings.errors import MeetAlready, NotOffered, TimePassed, TooFarToPlan, TooFewMeetings
from mentoring.meetings.planned import PlannedMeeting, PlannedState
from mentoring.meetings.planning import call_off_all, file_again
from mentoring.meetings.regular_meetings import RegularOffer, days_of, end_regular, offer_regular, take_regular
from mentoring.meetings.regular_time import RegularState, RegularTime, SkippedDay, SkipReason
from mentoring.partnerships.errors import AlreadyEnded, PausedNow
from mentoring.partnerships.partnership import PartnershipState, Pause
from mentoring.partnerships.timing import MeetingRhythm
from tests.mentoring.factories import ADA, BEN, CHI
from tests.mentoring.meetings.test_planning import NOW, PAIR, PEOPLE, plan, told
from tests.mentoring.values import PROGRAMME

FIRST = datetime(2027, 2, 8, 10, tzinfo=UTC)
"""A Monday."""
EVERY_SECOND = RegularOffer(FIRST, MeetingRhythm.EVERY_SECOND_WEEK, 45)
TIME = RegularTime("R1", PAIR.id, RegularState.OFFERED, FIRST, "Europe/London", 2, 45, PAIR.ends_on, ADA)
FILE = NotificationKind.REGULAR_FILE


def offers(chosen: RegularOffer = EVERY_SECOND, by: str = ADA, **more: Any) -> Outcome:
    return offer_regular(plan(**more), chosen, by=by, new_id="R1", new_ids=str)


def takes(by: str = BEN, **more: Any) -> Outcome:
    return take_regular(plan(**{"regular": TIME, **more}), by=by, new_ids=str)


def booked(**more: Any) -> list[PlannedMeeting]:
    return [each for each in takes(**more).changes if isinstance(each, PlannedMeeting)]


def agreed(**more: Any) -> dict[str, Any]:
    """What a plan has once the regular time is taken."""
    (regular,) = (each for each in takes(**more).changes if isinstance(each, RegularTime))
    return {"regular": regular, "regular_meetings": booked(**more)}


def test_an_offer_lasts_until_the_agreed_end_and_tells_the_other() -> None:
    outcome = offers()
    assert outcome.changes == (TIME,)
    assert told(outcome) == [(NotificationKind.REGULAR_TIME, BEN)]


def test_taking_it_books_a_meeting_for_each_day_and_costs_one_file_for_each() -> None:
    outcome = takes()
    meetings = booked()
    days = [each.starts_at for each in meetings]
    assert days == list(TIME.starts())
    assert len(days) > 4
    assert {(each.state, each.minutes, each.regular_id, each.proposed_by) for each in meetings} == {
        (PlannedState.BOOKED, 45, "R1", ADA)
    }
    assert told(outcome) == [(FILE, ADA), (FILE, BEN)]
    agendas = [
        each for each in outcome.changes if isinstance(each, ScheduledJob) and each.kind is JobKind.MEETING_AGENDA
    ]
    assert len(agendas) == 2 * len(meetings)
    assert takes(**agreed()) == NOTHING


@pytest.mark.parametrize(("zone", "hours"), [("Europe/London", {10}), ("America/New_York", {5, 6})])
def test_the_hour_stays_the_same_for_the_person_who_offered_it_when_the_clocks_change(
    zone: str, hours: set[int]
) -> None:
    weekly = replace(TIME, weeks=1, until=date(2027, 11, 30))
    found = {replace(PEOPLE[0], time_zone=zone).local(start).hour for start in weekly.starts()}
    assert found == hours
    assert len({start.hour for start in weekly.starts()}) == 2


def test_holidays_leave_and_other_meetings_are_left_out_and_said() -> None:
    programme = replace(PROGRAMME, closed_days=(date(2027, 2, 22),))
    away = replace(PEOPLE[1], leave=Leave(NOW, date(2027, 2, 9)))
    busy = (datetime(2027, 3, 8, 10, 30, tzinfo=UTC), datetime(2027, 3, 8, 11, tzinfo=UTC))
    found = days_of(plan(programme=programme, people=(PEOPLE[0], away), busy=(busy,)), TIME)
    assert found.skipped == (
        SkippedDay(FIRST, SkipReason.LEAVE),
        SkippedDay(FIRST + timedelta(weeks=2), SkipReason.DAY_OFF),
        SkippedDay(FIRST + timedelta(weeks=4), SkipReason.BUSY),
    )
    assert found.starts[0] == FIRST + timedelta(weeks=6)


def test_a_day_that_is_no_working_day_counts_if_the_two_wish_it() -> None:
    saturdays = replace(TIME, starts_at=FIRST + timedelta(days=5))
    assert days_of(plan(), saturdays).skipped == ()


def test_a_year_at_most() -> None:
    long = replace(PAIR, agreed_end=date(2029, 1, 1))
    (found,) = (each for each in offers(partnership=long).changes if isinstance(each, RegularTime))
    assert found.until == date(2028, 2, 8)


@pytest.mark.parametrize(
    ("chosen", "more", "refusal"),
    [
        (EVERY_SECOND, {"by": CHI}, NotForYou()),
        (replace(EVERY_SECOND, starts_at=NOW), {}, TimePassed(FieldName.FIRST_MEETING)),
        (replace(EVERY_SECOND, starts_at=NOW + timedelta(days=200)), {}, TooFarToPlan(FieldName.FIRST_MEETING)),
        (EVERY_SECOND, {"pause": Pause(PAIR, PEOPLE[:1])}, None),
        (EVERY_SECOND, {"partnership": replace(PAIR, state=PartnershipState.ENDED)}, None),
        (EVERY_SECOND, {"partnership": replace(PAIR, agreed_end=date(2027, 2, 20))}, TooFewMeetings(date(2027, 2, 20))),
    ],
)
def test_what_cannot_be_offered(chosen: RegularOffer, more: dict[str, Any], refusal: MentoringError | None) -> None:
    with pytest.raises(type(refusal) if refusal else (AlreadyEnded, PausedNow)) as found:
        offers(chosen, **more)
    assert refusal is None or found.value == refusal


def test_a_second_one_waits_until_the_first_is_over() -> None:
    with pytest.raises(MeetAlready):
        offers(**agreed())
    later = NOW + timedelta(days=400)
    over = replace(PAIR, agreed_end=date(2029, 1, 1))
    again = replace(EVERY_SECOND, starts_at=later + timedelta(days=3))
    before, new = offers(again, **{**agreed(), "now": later, "partnership": over}).changes
    assert isinstance(before, RegularTime)
    assert isinstance(new, RegularTime)
    assert (before.state, new.state) == (RegularState.ENDED, RegularState.OFFERED)


def test_the_same_offer_again_changes_nothing_another_replaces_it_and_the_others_takes_it() -> None:
    assert offers(regular=TIME) == NOTHING
    weekly = replace(EVERY_SECOND, rhythm=MeetingRhythm.EVERY_WEEK)
    (changed,) = offers(weekly, by=BEN, regular=TIME).changes
    assert isinstance(changed, RegularTime)
    assert (changed.id, changed.weeks, changed.offered_by, changed.version) == ("R1", 1, BEN, 2)
    in_new_york = replace(TIME, offered_by=BEN)
    assert told(offers(regular=in_new_york)) == [(FILE, ADA), (FILE, BEN)]


def test_only_the_other_takes_it_and_not_after_its_days() -> None:
    with pytest.raises(NotOffered):
        takes(by=ADA)
    with pytest.raises(NotOffered):
        takes(now=NOW + timedelta(days=400))
    with pytest.raises(NotForYou):
        takes(by=CHI)


def test_ending_it_cancels_what_lies_ahead_with_one_file_for_each() -> None:
    since = FIRST + timedelta(weeks=3)
    outcome = end_regular(plan(now=since, **agreed()), by=BEN)
    off = [each for each in outcome.changes if isinstance(each, PlannedMeeting)]
    assert len(off) == len(booked()) - 2
    assert {(each.state, each.cancelled_by, each.sequence) for each in off} == {(PlannedState.CANCELLED, BEN, 1)}
    assert told(outcome) == [(FILE, ADA), (FILE, BEN)]
    assert outcome.changes[0] == agreed()["regular"].changed(state=RegularState.ENDED, ended_by=BEN)
    assert end_regular(plan(regular=outcome.changes[0]), by=ADA) == NOTHING


def test_declining_tells_the_other_and_withdrawing_does_not() -> None:
    assert told(end_regular(plan(regular=TIME), by=BEN)) == [(NotificationKind.REGULAR_TIME, ADA)]
    assert told(end_regular(plan(regular=TIME), by=ADA)) == []
    with pytest.raises(NotForYou):
        end_regular(plan(regular=TIME), by=CHI)


def test_a_leave_cancels_what_lies_in_it_with_one_file_for_each() -> None:
    meetings = booked()
    back = (PEOPLE[0], date(2027, 3, 9))
    outcome = call_off_all(plan(**agreed()), meetings, back=back)
    off = [each.starts_at for each in outcome.changes if isinstance(each, PlannedMeeting)]
    assert off == [FIRST + timedelta(weeks=2 * number) for number in range(3)]
    assert {each.key for each in outcome.notifications} == {
        f"regular-file:R1:{who}:{NOW.isoformat()}" for who in (ADA, BEN)
    }


def test_the_file_that_a_person_asks_for_is_that_of_all_meetings() -> None:
    assert told(file_again(plan(booked()[0], **agreed()), by=BEN)) == [(FILE, BEN)]
