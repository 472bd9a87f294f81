"""Pausing one partnership, carrying on, and moving the agreed end by the length of the pause."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from mentoring.core.errors import MentoringError, Missing, NotForYou, NotInTheFuture, StaleRequest, TooFarAhead
from mentoring.core.fields import FieldName
from mentoring.core.jobs import JobDone, JobKind, ScheduledJob
from mentoring.core.lengths import Length
from mentoring.core.outcome import NOTHING, NotificationKind, Outcome
from mentoring.core.people import AccountStatus
from mentoring.partnerships.errors import AlreadyEnded, EndProposalOver, EndReached, NothingToMove, NotPaused, PausedNow
from mentoring.partnerships.jobs import plan_partnership_jobs, run_partnership_job
from mentoring.partnerships.judgement import NOTIFICATIONS, Due, NotBefore, PartnershipJobContext, closes_at, judge
from mentoring.partnerships.partnership import (
    Partnership,
    PartnershipState,
    RequestedPause,
    pause_of,
    quiet_days,
)
from mentoring.pauses.pause import (
    PauseContext,
    PauseForm,
    confirm,
    end_after_pause,
    pause,
    resume,
    resumed,
    want_end_moved,
)
from tests.mentoring.factories import ADA, BEN, CHI, OWNER, changed, partnership, told
from tests.mentoring.values import PROGRAMME, at, person

NOW = at("2027-03-01T10:00")
BACK = date(2027, 4, 12)
PEOPLE = {each: person(each) for each in (ADA, BEN)}
RUNNING = partnership()
"""Ada and Ben, from 4 January 2027 on, for a year."""


def context(of: Partnership = RUNNING, now: datetime = NOW, **more: Any) -> PauseContext:
    return PauseContext(of, PROGRAMME, more.pop("people", PEOPLE), now, (OWNER, ADA), **more)


def after(outcome: Outcome) -> Partnership:
    (found,) = changed(outcome, Partnership)
    return found


def asks(until: date | None = BACK, of: Partnership = RUNNING, by: str = ADA, now: datetime = NOW) -> Outcome:
    return pause(context(of, now), PauseForm(until, is_open=until is None), by=by, seen=of.version)


def wants(found: PauseContext, *, by: str) -> Outcome:
    """The end moved to the day that the button shows."""
    return want_end_moved(found, by=by, seen=end_after_pause(found.partnership) or BACK)


def confirms(found: PauseContext, *, by: str) -> Outcome:
    lasting = found.partnership.lasting_pause
    return confirm(found, by=by, seen=(lasting.until if lasting else None) or BACK)


PAUSED = after(asks())
CARRIED_ON = after(resumed(context(PAUSED, at("2027-04-11T23:00")), BACK))


def test_both_are_told_and_the_partnership_stands_still_until_the_day() -> None:
    outcome = asks()
    assert PAUSED.pause == RequestedPause(ADA, NOW, BACK)
    found = pause_of(PAUSED, PEOPLE)
    assert found
    assert (found.since, found.until, found.is_open_ended, found.unavailable) == (NOW, BACK, False, ())
    kind = NotificationKind.PARTNERSHIP_PAUSED
    assert told(outcome) == [(kind, ADA), (kind, BEN)]
    assert [each.is_reply for each in outcome.notifications] == [True, False]
    jobs = {job.kind: job.due for job in changed(outcome, ScheduledJob)}
    assert jobs == {
        JobKind.PAUSE_ENDS: at("2027-04-11T23:00"),  # midnight in London, after the clocks went forward
        JobKind.PAUSE_QUESTION: at("2027-04-09T08:00"),  # the Friday before, 9:00
    }


def test_it_carries_on_by_itself_once_the_day_has_begun_for_both() -> None:
    far = {ADA: person(ADA, time_zone="Pacific/Auckland"), BEN: person(BEN, time_zone="America/Los_Angeles")}
    outcome = pause(context(people=far), PauseForm(BACK), by=ADA, seen=1)
    (ends,) = (job for job in changed(outcome, ScheduledJob) if job.kind is JobKind.PAUSE_ENDS)
    assert ends.due == at("2027-04-12T07:00")


def test_without_a_day_it_has_no_end_and_both_are_asked_after_four_weeks() -> None:
    outcome = asks(None)
    found = pause_of(after(outcome), PEOPLE)
    assert found
    assert found.is_open_ended
    assert found.until is None
    (question,) = changed(outcome, ScheduledJob)
    assert (question.kind, question.due) == (JobKind.PAUSE_QUESTION, at("2027-03-29T08:00"))
    assert [change.job.kind for change in changed(outcome, JobDone)] == [JobKind.PAUSE_ENDS]


def test_the_same_twice_has_one_effect_and_another_day_keeps_the_beginning() -> None:
    assert asks(of=PAUSED) == NOTHING
    longer = after(asks(date(2027, 5, 3), PAUSED, by=BEN, now=at("2027-03-08T10:00")))
    assert longer.pause == replace(PAUSED.pause, by=BEN, until=date(2027, 5, 3))  # type: ignore[type-var]


@pytest.mark.parametrize(
    ("form", "refusal"),
    [
        (PauseForm(), Missing(FieldName.BACK_ON)),
        (PauseForm(date(2027, 3, 1)), NotInTheFuture(FieldName.BACK_ON)),
        (PauseForm(date(2029, 3, 2)), TooFarAhead(FieldName.BACK_ON, date(2029, 3, 1))),
    ],
)
def test_a_day_that_cannot_be_is_refused_at_its_field(form: PauseForm, refusal: MentoringError) -> None:
    with pytest.raises(type(refusal)) as raised:
        pause(context(), form, by=ADA, seen=1)
    assert raised.value == refusal


def test_who_may_not_and_when_it_is_too_late() -> None:
    with pytest.raises(NotForYou):
        asks(by=CHI)
    with pytest.raises(AlreadyEnded):
        asks(of=partnership(state=PartnershipState.ENDED))
    with pytest.raises(EndReached):
        asks(date(2028, 2, 1), now=at("2028-01-04T10:00"))
    with pytest.raises(StaleRequest):
        pause(context(PAUSED), PauseForm(date(2027, 5, 3)), by=BEN, seen=1)
    with pytest.raises(NotPaused):
        resume(context(), by=ADA)
    with pytest.raises(NotPaused):
        confirms(context(), by=ADA)


def test_owners_are_asked_about_a_pause_beyond_the_limit_except_one_of_the_two() -> None:
    assert NotificationKind.LONG_PAUSE not in [kind for kind, _ in told(asks(date(2027, 5, 24)))]
    assert (NotificationKind.LONG_PAUSE, OWNER) in told(asks(date(2027, 5, 25)))
    assert (NotificationKind.LONG_PAUSE, ADA) not in told(asks(date(2027, 5, 25)))


def test_either_lets_it_carry_on_earlier_and_both_are_told() -> None:
    outcome = resume(context(PAUSED, at("2027-03-15T10:00")), by=BEN)
    on = after(outcome)
    assert (on.resumed_on, on.paused, pause_of(on, PEOPLE)) == (date(2027, 3, 15), timedelta(14), None)
    kind = NotificationKind.PARTNERSHIP_RESUMED
    assert told(outcome) == [(kind, ADA), (kind, BEN)]
    assert {change.job.kind for change in changed(outcome, JobDone)} == {JobKind.PAUSE_ENDS, JobKind.PAUSE_QUESTION}


def test_a_button_that_showed_another_day_confirms_nothing() -> None:
    with pytest.raises(StaleRequest):
        confirm(context(after(asks(date(2027, 5, 3), PAUSED))), by=BEN, seen=BACK)
    with pytest.raises(EndProposalOver) as refused:
        want_end_moved(context(CARRIED_ON, at("2027-04-13T10:00")), by=BEN, seen=date(2028, 2, 8))
    assert refused.value.ends_on == CARRIED_ON.ends_on


def test_a_deactivated_account_is_not_told() -> None:
    people = {ADA: person(ADA), BEN: person(BEN, AccountStatus.DEACTIVATED)}
    assert told(resume(context(PAUSED, people=people), by=ADA)) == [(NotificationKind.PARTNERSHIP_RESUMED, ADA)]


def test_saying_yes_changes_nothing_but_that_it_was_said() -> None:
    said = after(confirms(context(PAUSED), by=BEN))
    assert said.pause
    assert said.pause.confirmed == (BEN,)
    assert confirms(context(said), by=BEN) == NOTHING
    changed_day = after(asks(date(2027, 5, 3), said))
    assert changed_day.pause
    assert changed_day.pause.confirmed == ()


def _job(kind: JobKind, of: Partnership = RUNNING) -> ScheduledJob:
    found = (job for job in plan_partnership_jobs(of, tuple(PEOPLE.values()), PROGRAMME) if job.kind is kind)
    return next(job for job in found if job.person in (ADA, ""))


def _ask(kind: JobKind, now: str, of: Partnership = CARRIED_ON, **more: Any) -> Any:
    job = _job(kind)
    return judge(kind, job.key, PartnershipJobContext(of, person(ADA), PROGRAMME, partner=person(BEN), **more), at(now))


EARLY = after(resumed(context(after(asks(date(2027, 2, 15), now=at("2027-01-11T10:00")))), date(2027, 2, 15)))
"""Paused for five weeks from the second week on, before anybody was reminded of anything."""


@pytest.mark.parametrize(
    ("kind", "first", "due"),
    [
        (JobKind.FIRST_MEETING, "2027-02-16T09:00", date(2027, 2, 18)),  # day 10 and five weeks
        (JobKind.SECOND_MEETING, "2027-02-16T09:00", date(2027, 3, 4)),  # day 24 and five weeks
        (JobKind.MONTHLY, "2027-02-22T09:00", date(2027, 4, 1)),  # four weeks after that, not before the second one
    ],
)
def test_days_stand_still_in_a_pause(kind: JobKind, first: str, due: date) -> None:
    found = _ask(kind, first, EARLY)
    assert isinstance(found, NotBefore)
    assert found.day == due
    assert _ask(kind, f"{due}T09:00", EARLY) == Due()


def test_later_in_a_partnership_the_next_reminder_comes_four_weeks_after_it_carried_on() -> None:
    assert _ask(JobKind.MONTHLY, "2027-04-20T09:00") == NotBefore(date(2027, 5, 10), "paused-lately")
    assert _ask(JobKind.MONTHLY, "2027-05-10T09:00") == Due()


def test_a_reminder_keeps_away_from_the_day_to_which_the_check_in_has_moved() -> None:
    assert CARRIED_ON.check_in_on == date(2027, 8, 15)  # it was to be on 4 July
    planned = at("2027-07-05T09:00")
    assert _ask(JobKind.MONTHLY, "2027-07-01T09:00", check_in_at=planned) == Due()
    assert _ask(JobKind.MONTHLY, "2027-08-12T09:00", check_in_at=planned) == NotBefore(
        date(2027, 8, 24), "check-in-near"
    )


def test_the_check_in_moves_with_the_pause_unless_its_day_had_come() -> None:
    assert RUNNING.check_in_on == date(2027, 7, 4)
    assert CARRIED_ON.check_in_on == date(2027, 7, 4) + timedelta(42)
    late = after(asks(date(2027, 9, 1), now=at("2027-08-02T10:00")))
    assert after(resumed(context(late), date(2027, 9, 1))).check_in_on == date(2027, 7, 4)


def test_nothing_is_sent_and_nothing_closes_while_it_lasts_even_past_the_end() -> None:
    late = after(asks(date(2028, 3, 1), now=at("2027-12-01T10:00")))
    now = at("2028-02-07T10:00")
    assert now > closes_at(late, PROGRAMME)
    for kind in (JobKind.SURVEY, JobKind.MONTHLY, JobKind.CLOSE):
        job = _job(kind)
        outcome = run_partnership_job(
            job, PartnershipJobContext(late, person(ADA), PROGRAMME, partner=person(BEN)), now
        )
        (held,) = outcome.changes
        assert isinstance(held, ScheduledJob)
        assert held.due > now
        assert not outcome.notifications


def test_past_the_end_the_survey_waits_a_week_so_that_the_end_can_move_first() -> None:
    late = after(asks(date(2028, 3, 1), now=at("2027-12-01T10:00")))
    over = after(resumed(context(late), date(2028, 3, 1)))
    assert over.survey_on == date(2028, 3, 8)
    assert _ask(JobKind.SURVEY, "2028-03-01T09:00", over) == NotBefore(date(2028, 3, 8), "paused-lately")
    assert closes_at(over, PROGRAMME).date() == date(2028, 3, 29)
    assert end_after_pause(over) == date(2028, 4, 4)
    one = after(wants(context(over, at("2028-03-02T10:00")), by=ADA))
    both = after(wants(context(one, at("2028-03-02T11:00")), by=BEN))
    assert (both.ends_on, both.survey_on) == (date(2028, 4, 4), date(2028, 4, 4))


LONGER = replace(PROGRAMME, lengths=(Length(months=6), Length(months=18)))
ACROSS = after(asks(date(2027, 12, 20), now=at("2027-11-15T10:00")))
"""Paused for five weeks, across the day of the question about the end: 23 November."""


def _run(kind: JobKind, of: Partnership, now: str, **more: Any) -> Outcome:
    job = replace(_job(kind) if kind is not JobKind.AGREEMENT_REVIEW else REVIEW, due=at(now))
    facts = PartnershipJobContext(of, person(ADA), LONGER, partner=person(BEN), **more)
    return run_partnership_job(job, facts, at(now))


REVIEW = ScheduledJob(f"agreement-review:s1:{ADA}:2027-12-01", JobKind.AGREEMENT_REVIEW, NOW, ADA)


def _due(outcome: Outcome) -> date:
    (job,) = outcome.changes
    assert isinstance(job, ScheduledJob)
    assert outcome.notifications == ()
    return job.due.date()


def test_the_question_about_the_end_stands_still_and_counts_without_the_pause() -> None:
    assert RUNNING.end_question_on == date(2027, 11, 23)
    assert _due(_run(JobKind.END_QUESTION, ACROSS, "2027-11-23T09:00")) == date(2027, 11, 24), "held from day to day"
    short = partnership(months=2)
    assert short.end_question_on == date(2027, 2, 17)
    paused = after(asks(date(2027, 1, 25), short, now=at("2027-01-11T10:00")))
    over = after(resumed(context(paused), date(2027, 1, 25)))
    assert over.end_question_on == date(2027, 2, 20), "three quarters of what is left of its time"


def test_after_the_pause_it_comes_a_week_later_so_that_the_end_can_move_first() -> None:
    paused = after(asks(date(2027, 12, 6), now=at("2027-11-15T10:00")))
    over = after(resumed(context(paused), date(2027, 12, 6)))
    assert _due(_run(JobKind.END_QUESTION, over, "2027-12-06T09:00")) == date(2027, 12, 13)
    assert told(_run(JobKind.END_QUESTION, over, "2027-12-13T09:00")) == [(NotificationKind.END_QUESTION, ADA)]


@pytest.mark.parametrize("kind", [JobKind.END_QUESTION, JobKind.CHECK_IN, JobKind.AGREEMENT_REVIEW])
def test_what_the_old_end_is_too_near_for_comes_back_if_the_end_moves_by_the_pause(kind: JobKind) -> None:
    """Paused beyond the agreed end of 4 January 2028, from before the check-in."""
    late = after(asks(date(2028, 1, 17), now=at("2027-07-02T10:00")))
    over = after(resumed(context(late), date(2028, 1, 17)))
    held = _run(kind, over, "2028-01-17T09:00")
    assert _due(held) == over.survey_on == date(2028, 1, 24)
    now, pending = at("2028-01-20T10:00"), (replace(held.changes[0], person=ADA),)  # type: ignore[type-var]
    one = after(wants(context(over, now), by=BEN))
    outcome = wants(context(one, now, pending=pending), by=ADA)
    both = after(outcome)
    assert both.ends_on == date(2028, 7, 21)
    (due,) = [job.due.date() for job in changed(outcome, ScheduledJob) if job.kind is kind]
    assert (
        due
        == {
            JobKind.END_QUESTION: date(2028, 6, 9),  # six weeks before the new end
            JobKind.CHECK_IN: date(2028, 1, 24),  # 22 January, a Saturday: it has moved by the pause
            JobKind.AGREEMENT_REVIEW: date(2028, 1, 21),
        }[kind]
    )


@pytest.mark.parametrize(("kind", "day"), [(JobKind.FIRST_MEETING, 10), (JobKind.SECOND_MEETING, 24)])
def test_a_first_reminder_to_meet_comes_back_if_the_end_moves_by_the_pause(kind: JobKind, day: int) -> None:
    """Paused beyond the agreed end of 4 January 2028, from the third day on."""
    late = after(asks(date(2028, 1, 17), now=at("2027-01-07T10:00")))
    over = after(resumed(context(late), date(2028, 1, 17)))
    held = _run(kind, over, "2028-01-17T09:00")
    assert _due(held) == over.survey_on == date(2028, 1, 24)
    now, pending = at("2028-01-18T10:00"), (replace(held.changes[0], person=ADA),)  # type: ignore[type-var]
    one = after(wants(context(over, now), by=BEN))
    outcome = wants(context(one, now, pending=pending), by=ADA)
    (due,) = [job.due for job in changed(outcome, ScheduledJob) if job.kind is kind]
    assert due.date() == date(2027, 1, 4) + (date(2028, 1, 17) - date(2027, 1, 7)) + timedelta(days=day)
    assert told(_run(kind, after(outcome), due.isoformat())) == [(NOTIFICATIONS[kind], ADA)]


def test_monthly_reminders_begin_again_although_the_second_reminder_still_waits() -> None:
    """The last one had been, since the end was near; the second may have no point any more and plan none."""
    late = after(asks(date(2028, 1, 17), now=at("2027-01-07T10:00")))
    over = after(resumed(context(late), date(2028, 1, 17)))
    (dropped,) = _run(JobKind.MONTHLY, over, "2028-01-17T09:00").changes
    assert isinstance(dropped, JobDone)
    (held,) = _run(JobKind.SECOND_MEETING, over, "2028-01-17T09:00").changes
    now, pending = at("2028-01-18T10:00"), (replace(held, person=ADA),)  # type: ignore[type-var]
    one = after(wants(context(over, now), by=BEN))
    outcome = wants(context(one, now, pending=pending), by=ADA)
    (due,) = [job.due for job in changed(outcome, ScheduledJob) if job.kind is JobKind.MONTHLY and job.person == ADA]
    second = date(2027, 1, 4) + (date(2028, 1, 17) - date(2027, 1, 7)) + timedelta(days=24)
    assert due.date() == second + timedelta(weeks=4)


@pytest.mark.parametrize("kind", [JobKind.FIRST_MEETING, JobKind.SECOND_MEETING])
def test_without_another_end_a_first_reminder_to_meet_is_dropped(kind: JobKind) -> None:
    late = after(asks(date(2028, 1, 17), now=at("2027-01-07T10:00")))
    over = after(resumed(context(late), date(2028, 1, 17)))
    (done,) = _run(kind, over, "2028-01-24T09:00").changes
    assert isinstance(done, JobDone)


def test_without_another_end_they_are_dropped() -> None:
    late = after(asks(date(2028, 1, 17), now=at("2027-07-02T10:00")))
    over = after(resumed(context(late), date(2028, 1, 17)))
    for kind in (JobKind.END_QUESTION, JobKind.CHECK_IN):
        (done,) = _run(kind, over, "2028-01-24T09:00").changes
        assert isinstance(done, JobDone)


def test_it_is_not_quiet_right_after_a_pause() -> None:
    met = date(2027, 2, 22)
    assert quiet_days(CARRIED_ON, met, date(2027, 4, 20), is_paused=False) == 0
    assert quiet_days(CARRIED_ON, met, date(2027, 5, 10), is_paused=False) == 28


def test_the_end_moves_by_the_length_of_the_pause_once_both_want_it() -> None:
    assert end_after_pause(CARRIED_ON) == date(2028, 2, 15)
    now = at("2027-04-13T10:00")
    one = after(wants(context(CARRIED_ON, now), by=BEN))
    assert (one.ends_on, one.pause and one.pause.moves_end) == (date(2028, 1, 4), (BEN,))
    assert wants(context(one, now), by=BEN) == NOTHING
    pending = tuple(_job(kind, one) for kind in (JobKind.SURVEY, JobKind.MONTHLY, JobKind.CHECK_IN))
    outcome = wants(context(one, now, pending=pending), by=ADA)
    both = after(outcome)
    assert (both.ends_on, both.version) == (date(2028, 2, 15), one.version + 1)
    days = {job.kind: job.due.date() for job in changed(outcome, ScheduledJob)}
    assert days == {
        JobKind.CLOSE: date(2028, 3, 7),
        JobKind.SURVEY: date(2028, 2, 15),
        JobKind.MONTHLY: date(2027, 5, 11),
        JobKind.CHECK_IN: both.check_in_on + timedelta(1),  # a Sunday
    }
    with pytest.raises(NothingToMove):
        wants(context(replace(both, pause=replace(both.pause, moves_end=(ADA, "U0ERASED"))), now), by=BEN)  # type: ignore[type-var]


@pytest.mark.parametrize(
    ("of", "now", "refusal"),
    [
        (lambda: RUNNING, NOW, NothingToMove),
        (lambda: PAUSED, NOW, PausedNow),
        (lambda: replace(CARRIED_ON, state=PartnershipState.CLOSED), NOW, AlreadyEnded),
        (lambda: CARRIED_ON, at("2028-01-04T10:00"), EndReached),
    ],
)
def test_when_the_end_cannot_move(of: Callable[[], Partnership], now: datetime, refusal: type[MentoringError]) -> None:
    with pytest.raises(refusal):
        wants(context(of(), now), by=ADA)
