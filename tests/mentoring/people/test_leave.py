"""Leave until a day: what follows for the person and for others, and what goes on when they are back."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from mentoring.core.errors import MentoringError, NotForYou, NotInTheFuture, StaleRequest, TooFarAhead
from mentoring.core.jobs import JobDone, JobKind, ScheduledJob
from mentoring.core.outcome import NOTHING, NotificationKind, Outcome
from mentoring.core.people import AccountStatus, Leave, LeaveChange, Person
from mentoring.matching.match import Match, MatchState
from mentoring.owner_record import OwnerAct, OwnerAction
from mentoring.partnerships.partnership import Partnership, pause_of
from mentoring.people.absences import AbsenceContext, AffectedProgramme
from mentoring.people.errors import NothingToPause
from mentoring.people.leave import LeaveRequest, end_leave, go_on_leave, run_leave_job
from tests.mentoring.factories import ADA, BEN, CHI, KOLKATA, OWNER, changed, match, offered, partnership, told
from tests.mentoring.values import at, person

NOW = at("2027-03-01T10:00")
UNTIL = date(2027, 3, 15)
LEAVE = Leave(at("2027-02-01T10:00"), UNTIL)
OWN = LeaveRequest(BEN, NOW, "e1")
OWNERS = LeaveRequest(OWNER, NOW, "e1", "p1")


def context(
    *partnerships: Partnership,
    matches: tuple[Match, ...] = (),
    leave: Leave | None = None,
    has_applied: bool = True,
    others: tuple[Person, ...] = (),
    zone: str = "Europe/London",
) -> AbsenceContext:
    ben = replace(person(BEN, time_zone=zone), leave=leave)
    people = {each.id: each for each in (person(ADA), person(CHI), person(OWNER), ben, *others)}
    affected = AffectedProgramme("p1", (OWNER,), partnerships, matches, has_applied=has_applied, cohort_id="c1")
    return AbsenceContext(ben, (affected,), people)


def until(outcome: Outcome) -> Leave | None:
    (change,) = changed(outcome, LeaveChange)
    return change.leave


def test_a_partnership_is_paused_until_the_day_and_the_partner_hears_no_reason() -> None:
    pair = partnership(ADA, BEN)
    outcome = go_on_leave(context(pair), UNTIL, OWN)
    assert until(outcome) == Leave(NOW, UNTIL)
    assert {(each.kind, each.recipient) for each in outcome.notifications} == {
        (NotificationKind.PARTNER_ON_LEAVE, ADA),
        (NotificationKind.ON_LEAVE, BEN),
    }
    (to_partner,) = [each for each in outcome.notifications if each.recipient == ADA]
    assert dict(to_partner.refs) == {"partnership": pair.id}
    assert to_partner.due == NOW
    (receipt,) = [each for each in outcome.notifications if each.recipient == BEN]
    assert (receipt.is_reply, receipt.due) == (True, None)
    paused = pause_of(pair, {BEN: replace(person(BEN), leave=until(outcome))})
    assert paused is not None
    assert (paused.since, paused.until) == (NOW, UNTIL)


def test_what_an_owner_does_is_recorded_and_told_in_working_hours() -> None:
    outcome = go_on_leave(context(), UNTIL, OWNERS)
    (act,) = changed(outcome, OwnerAct)
    assert (act.action, act.by, act.person, act.cohort_id) == (OwnerAction.PUT_ON_LEAVE, OWNER, BEN, "c1")
    (message,) = outcome.notifications
    assert (message.recipient, message.refs["by"], message.due, message.is_reply) == (BEN, OWNER, NOW, False)


def test_open_offers_end_and_proposals_are_dropped() -> None:
    asked, proposal = offered(ADA, BEN, id="m1"), match(CHI, BEN, MatchState.PROPOSED, id="m2")
    outcome = go_on_leave(context(matches=(asked, proposal)), UNTIL, OWN)
    assert {each.id: each.state for each in changed(outcome, Match)} == dict.fromkeys(
        ("m1", "m2"), MatchState.OVERTAKEN
    )
    heard = {(each.kind, each.recipient) for each in outcome.notifications}
    assert (NotificationKind.OFFER_OVER, ADA) in heard
    assert (NotificationKind.OFFER_OVER, BEN) not in heard, "one message says all"


@pytest.mark.parametrize(
    ("request_", "day", "refusal"),
    [
        (OWN, date(2027, 3, 1), NotInTheFuture),
        (OWN, None, NotInTheFuture),
        (OWN, date(2026, 1, 1), NotInTheFuture),
        (OWN, date(2029, 3, 2), TooFarAhead),
        (replace(OWN, by=ADA), UNTIL, NotForYou),
        (replace(OWNERS, by=ADA), UNTIL, NotForYou),
        (replace(OWNERS, programme_id="another"), UNTIL, NotForYou),
    ],
)
def test_it_is_refused(request_: LeaveRequest, day: date | None, refusal: type[MentoringError]) -> None:
    with pytest.raises(refusal):
        go_on_leave(context(), day, request_)


def test_two_years_are_the_most() -> None:
    assert until(go_on_leave(context(), date(2029, 3, 1), OWN)) == Leave(NOW, date(2029, 3, 1))


@pytest.mark.parametrize("request_", [OWN, OWNERS])
def test_who_takes_part_in_nothing_has_nothing_to_pause(request_: LeaveRequest) -> None:
    with pytest.raises(NothingToPause):
        go_on_leave(context(has_applied=False), UNTIL, request_)


def test_another_day_keeps_since_when_and_moves_the_return() -> None:
    later = date(2027, 4, 1)
    outcome = go_on_leave(context(partnership(ADA, BEN), leave=LEAVE), later, OWN, seen=UNTIL)
    assert until(outcome) == Leave(LEAVE.since, later)
    (job,) = changed(outcome, ScheduledJob)
    assert (job.key, job.due) == (f"leave-ends:{BEN}", at("2027-03-31T23:00"))
    assert told(outcome, NotificationKind.PARTNER_ON_LEAVE) == [(NotificationKind.PARTNER_ON_LEAVE, ADA)]


def test_the_same_day_twice_changes_nothing_and_a_form_that_is_out_of_date_is_refused() -> None:
    assert go_on_leave(context(leave=LEAVE), UNTIL, OWN) == NOTHING
    with pytest.raises(StaleRequest):
        go_on_leave(context(leave=LEAVE), date(2027, 4, 1), OWN)


@pytest.mark.parametrize(
    ("zone", "now", "is_back"),
    [
        ("Europe/London", "2027-03-14T23:59", False),
        ("Europe/London", "2027-03-15T00:00", True),
        (KOLKATA, "2027-03-14T18:29", False),
        (KOLKATA, "2027-03-14T18:30", True),
    ],
)
def test_they_are_back_by_themselves_when_the_day_begins_where_they_are(zone: str, now: str, is_back: bool) -> None:
    before = context(partnership(ADA, BEN), leave=LEAVE, zone=zone)
    outcome = run_leave_job(job(), before, at(now))
    if not is_back:
        (moved,) = changed(outcome, ScheduledJob)
        assert moved.due > at(now)
        assert outcome.notifications == ()
        return
    assert until(outcome) is None
    assert len(changed(outcome, JobDone)) == 1
    assert {(each.kind, each.recipient) for each in outcome.notifications} == {
        (NotificationKind.PARTNER_BACK, ADA),
        (NotificationKind.LEAVE_OVER, BEN),
    }


def test_a_partner_who_is_away_too_is_not_told_that_it_goes_on() -> None:
    away = replace(person(ADA), leave=Leave(NOW, date(2027, 5, 1)))
    outcome = run_leave_job(job(), context(partnership(ADA, BEN), leave=LEAVE, others=(away,)), at("2027-03-15T08:00"))
    assert {each.recipient for each in outcome.notifications} == {BEN}


def test_who_has_left_the_programme_meanwhile_is_told_nothing() -> None:
    outcome = run_leave_job(job(), context(leave=LEAVE, has_applied=False), at("2027-03-15T08:00"))
    assert (until(outcome), outcome.notifications) == (None, ())


def test_it_ends_without_a_word_to_someone_whose_account_is_closed() -> None:
    closed = context(partnership(ADA, BEN), leave=LEAVE)
    closed = replace(closed, person=replace(closed.person, account_status=AccountStatus.DEACTIVATED))
    outcome = run_leave_job(job(), closed, at("2027-03-15T08:00"))
    assert until(outcome) is None
    assert told(outcome, NotificationKind.LEAVE_OVER) == []


@pytest.mark.parametrize(("request_", "record"), [(OWN, 0), (OWNERS, 1)])
def test_it_is_ended_early_by_the_person_or_an_owner(request_: LeaveRequest, record: int) -> None:
    outcome = end_leave(context(partnership(ADA, BEN), leave=LEAVE), request_)
    assert until(outcome) is None
    assert told(outcome, NotificationKind.PARTNER_BACK) == [(NotificationKind.PARTNER_BACK, ADA)]
    assert told(outcome, NotificationKind.LEAVE_OVER) == [(NotificationKind.LEAVE_OVER, BEN)]
    assert len(changed(outcome, OwnerAct)) == record
    assert end_leave(context(), request_) == NOTHING


def test_the_owner_of_a_programme_without_them_ends_nothing() -> None:
    with pytest.raises(NotForYou):
        end_leave(context(leave=LEAVE, has_applied=False), OWNERS)


def job(due: datetime = NOW) -> ScheduledJob:
    return ScheduledJob(f"leave-ends:{BEN}", JobKind.LEAVE_ENDS, due, BEN)
