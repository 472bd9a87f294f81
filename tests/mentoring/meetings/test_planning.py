"""Planning a meeting: who may do what, when, and what follows by itself."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from mentoring.applications.application import MeetingMode
from mentoring.core.errors import NotForYou
from mentoring.core.jobs import JobDone, JobKind, ScheduledJob
from mentoring.core.outcome import NotificationKind, Outcome
from mentoring.meetings.errors import AlreadyBusy, NotOffered, NotOverYet, SameTime, TimePassed, TooFarToPlan
from mentoring.meetings.log import Meeting, MeetingDeleted
from mentoring.meetings.planned import (
    MeetingAnswer,
    MeetingPlan,
    PlannedMeeting,
    PlannedState,
    agenda_at,
    run_agenda_job,
    run_planned_job,
)
from mentoring.meetings.planning import answer, call_off, call_off_all, keep, offer, take
from mentoring.partnerships.errors import AlreadyEnded, PausedNow
from mentoring.partnerships.partnership import PartnershipState, Pause
from tests.mentoring.factories import ADA, BEN, CHI, partnership
from tests.mentoring.values import PROGRAMME, at, person

NOW = at("2027-02-01T10:00")
FRIDAY, MONDAY = at("2027-02-05T15:00"), at("2027-02-08T15:00")
PAIR = partnership()
PEOPLE = (person(ADA), person(BEN, time_zone="America/New_York"))
OFFERED = PlannedMeeting("L1", PAIR.id, PlannedState.OFFERED, 60, (FRIDAY,), ADA, proposed_by=ADA)
BOOKED = replace(OFFERED, state=PlannedState.BOOKED, options=(), offered_by="", starts_at=FRIDAY)
PAST = replace(BOOKED, state=PlannedState.PAST)
AFTER = FRIDAY + timedelta(hours=3)


def plan(planned: PlannedMeeting | None = None, now: datetime = NOW, **more: Any) -> MeetingPlan:
    return MeetingPlan(
        **{"partnership": PAIR, "people": PEOPLE, "programme": PROGRAMME, "now": now, "current": planned, **more}
    )


def planned_in(outcome: Outcome) -> PlannedMeeting:
    (found,) = (each for each in outcome.changes if isinstance(each, PlannedMeeting))
    return found


def told(outcome: Outcome) -> list[tuple[NotificationKind, str]]:
    return [(each.kind, each.recipient) for each in outcome.notifications]


def jobs(outcome: Outcome) -> dict[str, datetime]:
    return {each.key: each.due for each in outcome.changes if isinstance(each, ScheduledJob)}


def says(planned: PlannedMeeting, said: MeetingAnswer, by: str, now: datetime = AFTER, **more: Any) -> Outcome:
    return answer(plan(planned, now), said, MeetingMode.VIDEO, by=by, **more)


def test_an_offer_is_told_to_the_other_and_lapses_by_itself_when_its_time_comes() -> None:
    outcome = offer(plan(), [FRIDAY], 60, by=ADA, new_id="L1")
    assert planned_in(outcome) == OFFERED
    assert told(outcome) == [(NotificationKind.PLANNED_MEETING, BEN)]
    (job,) = (each for each in outcome.changes if isinstance(each, ScheduledJob))
    assert (job.kind, job.due) == (JobKind.PLANNED_MEETING, FRIDAY)
    over = run_planned_job(job, plan(OFFERED, FRIDAY))
    assert planned_in(over).state is PlannedState.LAPSED
    assert told(over) == []


@pytest.mark.parametrize(
    ("start", "refusal"),
    [
        (NOW + timedelta(minutes=14), TimePassed),
        (NOW - timedelta(days=1), TimePassed),
        (NOW + timedelta(days=181), TooFarToPlan),
        (FRIDAY + timedelta(minutes=45), AlreadyBusy),
    ],
)
def test_a_time_that_cannot_be_is_refused_when_it_is_offered_and_when_it_is_taken(
    start: datetime, refusal: type[Exception]
) -> None:
    busy = ((FRIDAY, FRIDAY + timedelta(hours=1)),)
    with pytest.raises(refusal):
        offer(plan(busy=busy), [start], 30, by=ADA, new_id="L1")
    with pytest.raises(refusal):
        take(plan(replace(OFFERED, options=(start,)), busy=busy), start, by=BEN)


def test_no_time_is_after_the_end_of_the_partnership() -> None:
    with pytest.raises(TooFarToPlan):
        offer(plan(partnership=replace(PAIR, agreed_end=date(2027, 2, 4))), [FRIDAY], 60, by=ADA, new_id="L1")


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"partnership": replace(PAIR, state=PartnershipState.ENDED)}, AlreadyEnded),
        ({"pause": Pause(PAIR, PEOPLE[:1])}, PausedNow),
    ],
)
def test_nothing_is_offered_or_taken_when_it_is_over_or_paused(more: Any, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        offer(plan(**more), [FRIDAY], 60, by=ADA, new_id="L1")
    with pytest.raises(refusal):
        take(plan(OFFERED, **more), FRIDAY, by=BEN)


def test_nobody_else_may_do_anything() -> None:
    with pytest.raises(NotForYou):
        offer(plan(), [FRIDAY], 60, by=CHI, new_id="L1")
    with pytest.raises(NotForYou):
        take(plan(OFFERED), FRIDAY, by=CHI)
    for rule in (call_off, keep):
        with pytest.raises(NotForYou):
            rule(plan(BOOKED), by=CHI)
    with pytest.raises(NotForYou):
        says(PAST, MeetingAnswer.MET, CHI)


def test_who_takes_a_time_books_it_for_both_with_a_file_and_an_agenda_the_working_day_before() -> None:
    outcome = take(plan(OFFERED), FRIDAY, by=BEN)
    assert planned_in(outcome) == replace(BOOKED, version=2)
    assert told(outcome) == [(NotificationKind.CALENDAR_FILE, ADA), (NotificationKind.CALENDAR_FILE, BEN)]
    assert jobs(outcome) == {
        "planned-meeting:L1": FRIDAY + timedelta(hours=1),
        f"meeting-agenda:L1:{ADA}": at("2027-02-04T09:00"),
        f"meeting-agenda:L1:{BEN}": at("2027-02-04T14:00"),
    }
    assert take(plan(planned_in(outcome)), FRIDAY, by=BEN) == Outcome()


def test_the_time_on_which_both_have_agreed_is_not_offered_again() -> None:
    later = FRIDAY + timedelta(hours=2)
    with pytest.raises(SameTime):
        offer(plan(BOOKED), [FRIDAY], 60, by=ADA, new_id="L2")
    assert planned_in(offer(plan(BOOKED), [FRIDAY, later], 60, by=ADA, new_id="L2")).options == (later,)


def test_another_length_holds_once_the_other_has_taken_it() -> None:
    asked = planned_in(offer(plan(BOOKED), [FRIDAY], 90, by=ADA, new_id="L2"))
    assert (asked.minutes, asked.minutes_of_options) == (60, 90)
    assert asked.span == (FRIDAY, FRIDAY + timedelta(minutes=60))
    kept = planned_in(keep(plan(asked), by=BEN))
    assert (kept.minutes, kept.minutes_of_options, kept.options) == (60, 60, ())
    taken = planned_in(take(plan(asked), FRIDAY, by=BEN))
    assert (taken.minutes, taken.minutes_of_options, taken.sequence) == (90, 90, 1)


def test_a_longer_time_must_be_free_for_as_long() -> None:
    busy = ((FRIDAY + timedelta(minutes=75), FRIDAY + timedelta(hours=2)),)
    asked = planned_in(offer(plan(BOOKED), [FRIDAY], 90, by=ADA, new_id="L2"))
    with pytest.raises(AlreadyBusy):
        take(plan(asked, busy=busy), FRIDAY, by=BEN)


def test_only_the_other_takes_what_is_offered() -> None:
    with pytest.raises(NotOffered) as refused:
        take(plan(OFFERED), FRIDAY, by=ADA)
    assert refused.value.waits
    with pytest.raises(NotOffered):
        take(plan(OFFERED), MONDAY, by=BEN)


def test_another_time_is_an_offer_the_other_way_and_the_same_one_is_taken() -> None:
    assert planned_in(offer(plan(OFFERED), [MONDAY], 60, by=BEN, new_id="")).offered_by == BEN
    assert planned_in(offer(plan(OFFERED), [FRIDAY], 60, by=BEN, new_id="")).is_booked
    assert offer(plan(OFFERED), [FRIDAY], 60, by=ADA, new_id="") == Outcome()


def test_a_meeting_stands_until_the_other_takes_the_new_time() -> None:
    moving = planned_in(offer(plan(BOOKED), [MONDAY], 60, by=BEN, new_id=""))
    assert (moving.state, moving.starts_at, moving.options) == (PlannedState.BOOKED, FRIDAY, (MONDAY,))
    moved = planned_in(take(plan(moving), MONDAY, by=ADA))
    assert (moved.starts_at, moved.sequence) == (MONDAY, 1)
    kept = keep(plan(moving), by=ADA)
    assert (planned_in(kept).starts_at, planned_in(kept).options) == (FRIDAY, ())
    assert told(kept) == [(NotificationKind.PLANNED_MEETING, BEN)]
    assert not jobs(kept).keys() & {f"meeting-agenda:L1:{ADA}"}


def test_a_cancelled_meeting_has_a_file_for_both_and_a_declined_offer_a_message() -> None:
    off = call_off(plan(BOOKED), by=BEN)
    assert (planned_in(off).state, planned_in(off).sequence) == (PlannedState.CANCELLED, 1)
    assert [kind for kind, _ in told(off)] == [NotificationKind.CALENDAR_FILE] * 2
    assert {each.job.kind for each in off.changes if isinstance(each, JobDone)} == {
        JobKind.PLANNED_MEETING,
        JobKind.MEETING_AGENDA,
    }
    assert told(call_off(plan(OFFERED), by=BEN)) == [(NotificationKind.PLANNED_MEETING, ADA)]
    assert call_off(plan(planned_in(off)), by=ADA) == Outcome()
    with pytest.raises(NotOffered):
        call_off(plan(BOOKED, AFTER), by=ADA)


def test_a_leave_cancels_only_what_begins_before_the_return() -> None:
    later = replace(BOOKED, id="L2", starts_at=MONDAY)
    outcome = call_off_all(plan(), [BOOKED, later, replace(OFFERED, id="L3")], back=(PEOPLE[0], date(2027, 2, 8)))
    changed = {each.id: each.state for each in outcome.changes if isinstance(each, PlannedMeeting)}
    assert changed == {"L1": PlannedState.CANCELLED, "L3": PlannedState.CANCELLED}
    assert [kind for kind, _ in told(outcome)] == [NotificationKind.CALENDAR_FILE] * 2


@pytest.mark.parametrize(
    ("now", "comes"),
    [
        ("2027-02-01T10:00", "2027-02-05T09:00"),  # on Friday before a Monday
        ("2027-02-06T10:00", "2027-02-08T09:00"),
        ("2027-02-08T12:00", "2027-02-08T12:00"),
    ],
)
def test_the_agenda_comes_the_working_day_before_or_else_on_the_day(now: str, comes: str) -> None:
    assert agenda_at(PEOPLE[0], PROGRAMME, MONDAY, at(now)) == at(comes)


def test_an_agenda_comes_only_before_a_meeting_that_stands() -> None:
    job = ScheduledJob("a", JobKind.MEETING_AGENDA, NOW, ADA, {})
    assert told(run_agenda_job(job, plan(BOOKED))) == [(NotificationKind.PLANNED_MEETING, ADA)]
    for late in (plan(BOOKED, FRIDAY), plan(replace(BOOKED, state=PlannedState.CANCELLED)), plan(None)):
        assert told(run_agenda_job(job, late)) == []


def test_afterwards_it_is_past_and_the_mentee_is_asked_once_more_after_two_working_days() -> None:
    job = ScheduledJob("planned-meeting:L1", JobKind.PLANNED_MEETING, AFTER, "", {})
    over = run_planned_job(job, plan(BOOKED, AFTER))
    assert planned_in(over).state is PlannedState.PAST
    assert told(over) == []
    assert jobs(over) == {"planned-meeting:L1": at("2027-02-10T09:00")}  # Monday and Tuesday are over
    again = run_planned_job(job, plan(planned_in(over), at("2027-02-10T09:00")))
    assert told(again) == [(NotificationKind.PLANNED_MEETING, ADA)]
    assert [each for each in again.changes if isinstance(each, ScheduledJob)] == []


def test_the_first_answer_logs_the_meeting_with_its_day_and_length() -> None:
    outcome = says(PAST, MeetingAnswer.MET, BEN)
    (meeting,) = (each for each in outcome.changes if isinstance(each, Meeting))
    assert (meeting.id, meeting.met_on, meeting.minutes, meeting.logged_by) == ("L1", date(2027, 2, 5), 60, BEN)
    assert told(outcome) == []
    held = planned_in(outcome)
    assert says(held, MeetingAnswer.MET, BEN) == Outcome()
    both = says(held, MeetingAnswer.MET, ADA)
    assert not [each for each in both.changes if isinstance(each, Meeting)]
    assert [
        each for each in says(PAST, MeetingAnswer.MET, BEN, is_logged=True).changes if isinstance(each, Meeting)
    ] == []


def test_before_it_is_over_nobody_can_say() -> None:
    with pytest.raises(NotOverYet):
        says(BOOKED, MeetingAnswer.MET, ADA, FRIDAY)
    with pytest.raises(NotOffered):
        says(OFFERED, MeetingAnswer.MET, ADA)


@pytest.mark.parametrize("first", list(MeetingAnswer))
@pytest.mark.parametrize("finally_", list(MeetingAnswer))
def test_answers_that_differ_are_asked_about_once_and_the_first_person_decides(
    first: MeetingAnswer, finally_: MeetingAnswer
) -> None:
    (second,) = set(MeetingAnswer) - {first}
    one = planned_in(says(PAST, first, BEN))
    asked = says(one, second, ADA)
    assert told(asked) == [(NotificationKind.PLANNED_MEETING, BEN)]
    disputed = planned_in(asked)
    assert disputed.state is one.state
    assert says(disputed, first, ADA) == Outcome()  # it is for the other to say
    settled = says(disputed, finally_, BEN)
    state = PlannedState.HELD if finally_ is MeetingAnswer.MET else PlannedState.MISSED
    assert (planned_in(settled).state, planned_in(settled).mentee_answer) == (state, finally_)
    assert told(settled) == []
    logs = [type(each) for each in settled.changes if isinstance(each, Meeting | MeetingDeleted)]
    assert logs == ([] if first is finally_ else [Meeting if finally_ is MeetingAnswer.MET else MeetingDeleted])
    for person_id in (ADA, BEN):
        for said in MeetingAnswer:
            assert says(planned_in(settled), said, person_id) == Outcome()
