"""Whose approval is waited for: a message once the others have decided, one reminder, and nothing when it is done."""

from dataclasses import replace
from datetime import timedelta

from mentoring.core.jobs import JobDone, JobKind, ScheduledJob
from mentoring.core.outcome import NotificationKind, Outcome
from mentoring.matching.approvals import approve_together
from mentoring.matching.decisions import approve, refuse, undo_refusal
from mentoring.matching.pairing import pair
from mentoring.matching.pending_approvals import PAUSE, plan_approval_reminders, run_approval_job
from mentoring.matching.review import ProposalRun, complete_run
from mentoring.matching.round import MatchingRound
from tests.mentoring.factories import (
    ADA,
    BEN,
    CHI,
    DEE,
    OWNER,
    SECOND,
    after,
    changed,
    is_done,
    match,
    mentee,
    mentor,
    round_of,
)
from tests.mentoring.values import COHORT, PROGRAMME, at, person

THIRD = "UTHIRD"
FRIDAY = at("2027-01-08T10:00")
PEOPLE = (mentee(ADA), mentor(BEN), mentee(CHI), mentor(DEE))
ONE, OTHER = match(ADA, BEN), match(CHI, DEE)


def desk(*matches: object, owners: tuple[str, ...] = (OWNER, SECOND), **more: object) -> MatchingRound:
    return round_of(*PEOPLE, matches=matches, owners=owners, **more)  # type: ignore[arg-type]


def asked(outcome: Outcome) -> list[tuple[JobKind, str]]:
    return [(job.kind, job.person) for job in changed(outcome, ScheduledJob)]


def wanted(round_: MatchingRound) -> ScheduledJob:
    (job,) = changed(approve(round_, round_.matches[ONE.id], by=SECOND, now=FRIDAY), ScheduledJob)
    return job


def test_each_decision_that_leaves_approvals_to_others_asks_them() -> None:
    round_ = desk(ONE, OTHER)
    the_other = [(JobKind.APPROVALS_WANTED, SECOND)]
    assert asked(approve(round_, ONE, by=OWNER, now=FRIDAY)) == the_other
    assert asked(approve_together(round_, [ONE.id, OTHER.id], by=OWNER, now=FRIDAY).outcome) == the_other
    ids = (ONE.mentee_application, ONE.mentor_application)
    assert asked(pair(desk(), *ids, by=OWNER, now=FRIDAY, new_id="new")) == the_other
    gone = after(round_, refuse(ONE, by=OWNER, approvers=round_.approvers, now=FRIDAY))
    assert asked(undo_refusal(gone, gone.matches[ONE.id], by=OWNER, now=FRIDAY)) == the_other


def test_whoever_can_give_the_missing_approval_is_asked_and_nobody_else() -> None:
    three = desk(ONE, owners=(OWNER, SECOND, THIRD))
    first = approve(three, ONE, by=OWNER, now=FRIDAY)
    assert asked(first) == [(JobKind.APPROVALS_WANTED, SECOND), (JobKind.APPROVALS_WANTED, THIRD)]
    then = after(three, first)
    assert asked(approve(then, then.matches[ONE.id], by=SECOND, now=FRIDAY)) == []
    own = desk(ONE, owners=(OWNER, ADA))
    assert asked(approve(own, ONE, by=OWNER, now=FRIDAY)) == [], "one approval is enough, and Ada may not"
    assert asked(approve(desk(ONE, owners=(OWNER,)), ONE, by=OWNER, now=FRIDAY)) == []


def test_a_message_comes_half_an_hour_after_the_last_decision_and_plans_a_reminder() -> None:
    round_ = after(desk(ONE), approve(desk(ONE), ONE, by=SECOND, now=FRIDAY))
    job = wanted(desk(ONE))
    assert (job.person, job.due) == (OWNER, FRIDAY + PAUSE)
    ran = run_approval_job(job, person(OWNER), round_, job.due)
    (message,) = ran.notifications
    assert (message.kind, message.recipient) == (NotificationKind.APPROVALS_WANTED, OWNER)
    assert message.refs == {"cohort": "c1", "day": "2027-01-08"}
    (reminder,) = changed(ran, ScheduledJob)
    assert (reminder.kind, reminder.refs["day"], reminder.refs["after"]) == (
        JobKind.APPROVALS_REMINDER,
        "2027-01-12",
        message.key,
    )
    assert changed(ran, JobDone)


def test_the_reminder_comes_on_the_morning_of_the_second_working_day_and_once() -> None:
    round_ = desk(ONE)
    (job,) = plan_approval_reminders(COHORT, PROGRAMME, (OWNER,), FRIDAY.date())
    (waits,) = changed(run_approval_job(job, person(OWNER), round_, job.due), ScheduledJob)
    assert waits.due == at("2027-01-12T09:00"), "not on the day before, when it is Tuesday somewhere"
    ran = run_approval_job(waits, person(OWNER), round_, waits.due)
    assert [each.kind for each in ran.notifications] == [NotificationKind.APPROVALS_REMINDER]
    assert is_done(Outcome(ran.changes), waits)


def test_nothing_is_said_when_nothing_is_needed_any_more() -> None:
    job = wanted(desk(ONE))
    (reminder,) = plan_approval_reminders(COHORT, PROGRAMME, (OWNER,), FRIDAY.date())
    decided = desk(replace(ONE, approvals=(OWNER, SECOND)))
    closed = replace(desk(ONE), cohort=replace(COHORT, closed_on=FRIDAY.date()))
    next_round = replace(desk(ONE), cohort=replace(COHORT, id="c2"))
    no_owner = desk(ONE, owners=(SECOND, THIRD))
    for round_ in (decided, closed, next_round, no_owner):
        assert is_done(run_approval_job(job, person(OWNER), round_, FRIDAY + PAUSE), job)
        assert is_done(run_approval_job(reminder, person(OWNER), round_, at("2027-01-12T09:00")), reminder)


def test_it_waits_for_working_hours_for_an_absent_owner_and_for_the_message_it_reminds_of() -> None:
    job, evening = wanted(desk(ONE)), at("2027-01-08T20:00")
    (waits,) = changed(run_approval_job(job, person(OWNER), desk(ONE), evening), ScheduledJob)
    assert waits.due == at("2027-01-11T09:00")
    away = replace(desk(ONE, owners=(SECOND, THIRD)), absent_owners=(OWNER,))
    (waits,) = changed(run_approval_job(job, person(OWNER), away, FRIDAY), ScheduledJob)
    assert waits.due == at("2027-01-11T09:00")
    (waits,) = changed(run_approval_job(job, person(OWNER), desk(ONE), FRIDAY, is_unsent=True), ScheduledJob)
    assert waits.due == at("2027-01-11T09:00")


def test_new_proposals_remind_every_owner_and_a_run_that_adds_none_reminds_nobody() -> None:
    empty, run = desk(), ProposalRun("c1", asked_by=OWNER, asked_at=FRIDAY)
    done = complete_run(run, empty, (ONE,), by=OWNER, now=FRIDAY + timedelta(minutes=1))
    assert asked(done) == [(JobKind.APPROVALS_REMINDER, OWNER), (JobKind.APPROVALS_REMINDER, SECOND)]
    assert asked(complete_run(run, desk(ONE), (ONE,), by=OWNER, now=FRIDAY)) == []
