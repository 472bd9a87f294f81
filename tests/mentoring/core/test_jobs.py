"""Every kind of promise, found late by a day, a week and two months: the declared policy is what happens."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from mentoring.core.jobs import (
    MISFIRE_POLICIES,
    JobDeadline,
    JobKind,
    MissedAction,
    ScheduledJob,
    plan_weekly_check,
)
from mentoring.core.lengths import Length
from mentoring.core.outcome import NotificationKind, Outcome
from mentoring.core.people import Leave
from mentoring.goals.review import plan_review, run_review
from mentoring.matching.introductions import plan_introduction
from mentoring.matching.offers import plan_offer_jobs, run_introduction, run_offer_job
from mentoring.matching.pending_approvals import ask_others, plan_approval_reminders, run_approval_job
from mentoring.matching.running_out import plan_warning, run_warning
from mentoring.matching.told import ToldBefore
from mentoring.matching.waiting import tell_after_silence
from mentoring.partnerships.jobs import plan_partnership_jobs, run_partnership_job
from mentoring.partnerships.judgement import FollowedTerms, PartnershipJobContext
from mentoring.partnerships.moved_end import follow_agreement
from mentoring.partnerships.timing import MeetingRhythm
from mentoring.people.absences import AbsenceContext, AffectedProgramme
from mentoring.people.leave import LeaveRequest, go_on_leave, run_leave_job
from mentoring.programmes.cohorts import plan_owner_jobs, run_owner_job
from mentoring.sponsor_page.sending import plan_page, run_page_job
from tests.mentoring.factories import (
    ADA,
    BEN,
    OWNER,
    SECOND,
    STARTED,
    changed,
    match,
    mentee,
    mentor,
    offered,
    partnership,
    round_of,
)
from tests.mentoring.values import COHORT, PROGRAMME, at, person

DECISION = Path(__file__).parents[3] / "docs/decisions/0013-scheduled-jobs-in-a-table.md"
DAY, WEEK, TWO_MONTHS = timedelta(days=1), timedelta(weeks=1), timedelta(days=61)

SAID = {
    JobKind.APPROVALS_WANTED: NotificationKind.APPROVALS_WANTED,
    JobKind.APPROVALS_REMINDER: NotificationKind.APPROVALS_REMINDER,
    JobKind.OFFER_REMINDER: NotificationKind.OFFER_REMINDER,
    JobKind.OFFER_RUNNING_OUT: NotificationKind.OFFERS_RUNNING_OUT,
    JobKind.OFFER_LAPSE: NotificationKind.OFFER_OVER,
    JobKind.INTRODUCE: NotificationKind.INTRODUCED,
    JobKind.FIRST_MEETING: NotificationKind.FIRST_MEETING_NUDGE,
    JobKind.SECOND_MEETING: NotificationKind.SECOND_MEETING_NUDGE,
    JobKind.MONTHLY: NotificationKind.MONTHLY_NUDGE,
    JobKind.CHECK_IN: NotificationKind.CHECK_IN,
    JobKind.END_QUESTION: NotificationKind.END_QUESTION,
    JobKind.SURVEY: NotificationKind.SURVEY,
    JobKind.SURVEY_REMINDER: NotificationKind.SURVEY_REMINDER,
    JobKind.CLOSE: NotificationKind.PARTNERSHIP_CLOSED,
    JobKind.APPLICATIONS_CLOSED: NotificationKind.APPLICATIONS_CLOSED,
    JobKind.WEEKLY: NotificationKind.WEEKLY_STATUS,
    JobKind.SPONSOR_PAGE: NotificationKind.SPONSOR_PAGE,
    JobKind.STILL_WAITING: NotificationKind.STILL_WAITING,
    JobKind.LEAVE_ENDS: NotificationKind.LEAVE_OVER,
    JobKind.PLAN_REVIEW: NotificationKind.PLAN_REVIEW,
    JobKind.AGREEMENT_REVIEW: NotificationKind.AGREEMENT_REVIEW,
}
AWAY = AbsenceContext(person(ADA), (AffectedProgramme("p1", has_applied=True),), {ADA: person(ADA)})
TO_DECIDE = round_of(mentee(ADA), mentor(BEN), matches=[match(approvals=(SECOND,))], owners=(OWNER, SECOND))
AGREED = round_of(
    mentee(ADA),
    mentor(BEN),
    matches=[offered(accepted_by=(ADA, BEN))],
    programme=replace(PROGRAMME, introduces_at_start=True),
)
LOOK_AGAIN = FollowedTerms(MeetingRhythm.ONCE_A_MONTH, date(2027, 12, 6))
_TOLD: dict[str, date] = {}
"""By application id, when its author was told that they are still waiting."""


def promised(kind: JobKind) -> list[ScheduledJob]:
    """What is promised of this kind to one person; all were due before anybody looked."""
    _TOLD.clear()
    one, who = partnership(), person(ADA)
    offers = plan_offer_jobs(offered(), [who], PROGRAMME)
    warning = plan_warning(offered(), PROGRAMME, STARTED)
    owners = plan_owner_jobs(COHORT, OWNER, at("2026-12-10T10:00"))
    new = plan_partnership_jobs(one, [who], PROGRAMME)
    (survey,) = (promise for promise in new if promise.kind is JobKind.SURVEY)
    asked = changed(run_partnership_job(survey, PartnershipJobContext(one, who, PROGRAMME), survey.due), ScheduledJob)
    waits = plan_weekly_check(JobKind.STILL_WAITING, at("2027-02-01T10:00"))
    decided = at("2026-12-23T10:00")
    asks = changed(ask_others(TO_DECIDE, TO_DECIDE.proposals(), by=SECOND, now=decided), ScheduledJob)
    reminds = plan_approval_reminders(COHORT, PROGRAMME, (OWNER,), decided.date())
    held = plan_introduction(AGREED, AGREED.matches[offered().id], at("2027-01-03T10:00"))
    leave = changed(go_on_leave(AWAY, date(2027, 2, 15), LeaveRequest(ADA, at("2027-02-01T10:00"), "e1")), ScheduledJob)
    review = plan_review(who, PROGRAMME, at("2027-02-01T10:00"))
    agreed = [
        job
        for job in follow_agreement(one, LOOK_AGAIN, [who], PROGRAMME, (), one.introduced_at)
        if isinstance(job, ScheduledJob) and job.kind is JobKind.AGREEMENT_REVIEW
    ]
    page = plan_page("p1", ADA, at("2027-01-10T10:00"))
    planned = (review, *asks, *reminds, *offers, warning, held, *owners, *new, *asked, waits, *leave, *agreed, page)
    return [promise for promise in planned if promise.kind is kind]


def judge(job: ScheduledJob, now: datetime) -> Outcome | None:
    """None where an offer lapses, which is the round's to decide."""
    if job.kind in (JobKind.OFFER_REMINDER, JobKind.OFFER_LAPSE):
        return run_offer_job(job, offered(), person(ADA), PROGRAMME, now)
    if job.kind is JobKind.OFFER_RUNNING_OUT:
        return run_warning(job, offered(), [person(OWNER)], PROGRAMME, now)
    if job.kind is JobKind.INTRODUCE:
        return run_introduction(job, AGREED, AGREED.matches[offered().id], now, new_id="s1")
    if job.kind in (JobKind.APPLICATIONS_CLOSED, JobKind.WEEKLY):
        return run_owner_job(job, person(OWNER), PROGRAMME, COHORT, [OWNER], now)
    if job.kind is JobKind.SPONSOR_PAGE:
        return run_page_job(job, person(ADA), PROGRAMME, [ADA], now)
    if job.kind in (JobKind.APPROVALS_WANTED, JobKind.APPROVALS_REMINDER):
        return run_approval_job(job, person(OWNER), TO_DECIDE, now)
    if job.kind is JobKind.PLAN_REVIEW:
        return run_review(job, person(ADA), PROGRAMME, now, is_wanted=True)
    if job.kind is JobKind.LEAVE_ENDS:
        on_leave = replace(AWAY.person, leave=Leave(at("2027-02-01T10:00"), date(2027, 2, 15)))
        return run_leave_job(job, replace(AWAY, person=on_leave), now)
    if job.kind is JobKind.STILL_WAITING:
        outcome = tell_after_silence(round_of(mentee(ADA)), ToldBefore(_TOLD), today=now.date())
        _TOLD.update({notice.refs["application"]: now.date() for notice in outcome.notifications})
        return Outcome((plan_weekly_check(JobKind.STILL_WAITING, now),)) + outcome
    programme = replace(PROGRAMME, has_agreements=True, lengths=(Length(months=6), Length(months=18)))
    return run_partnership_job(
        job, PartnershipJobContext(partnership(), person(ADA), programme, agreed=LOOK_AGAIN), now
    )


def said(kind: JobKind, late: timedelta) -> list[NotificationKind]:
    """What comes within a day and a weekend of being found, the kind having been left alone since it first was due."""
    promises = promised(kind)
    found = promises[0].due + late
    until, heard = found + timedelta(days=3), list[NotificationKind]()
    while due := [promise for promise in promises if promise.due <= until]:
        promise = min(due, key=lambda one: one.due)
        promises.remove(promise)
        outcome = judge(promise, max(promise.due, found))
        if outcome is None:
            heard.append(NotificationKind.OFFER_OVER)
            continue
        heard += [notice.kind for notice in outcome.notifications]
        promises += [each for each in changed(outcome, ScheduledJob) if each.kind is kind]
    return heard


# What is found on a Saturday is heard on Monday, and so is Monday's status.
@pytest.mark.parametrize(
    ("kind", "after_a_day", "after_a_week", "after_two_months"),
    [
        (JobKind.APPROVALS_WANTED, MissedAction.SEND, MissedAction.SEND, MissedAction.SEND),
        (JobKind.APPROVALS_REMINDER, MissedAction.SEND, MissedAction.SEND, MissedAction.SEND),
        (JobKind.OFFER_REMINDER, MissedAction.SEND, MissedAction.DROP, MissedAction.DROP),
        (JobKind.OFFER_RUNNING_OUT, MissedAction.SEND, MissedAction.DROP, MissedAction.DROP),
        (JobKind.OFFER_LAPSE, MissedAction.SEND, MissedAction.SEND, MissedAction.SEND),
        (JobKind.INTRODUCE, MissedAction.SEND, MissedAction.SEND, MissedAction.SEND),
        (JobKind.FIRST_MEETING, MissedAction.SEND, MissedAction.SEND, MissedAction.DROP),
        (JobKind.SECOND_MEETING, MissedAction.SEND, MissedAction.SEND, MissedAction.DROP),
        (JobKind.MONTHLY, MissedAction.ONCE, MissedAction.ONCE, MissedAction.ONCE),
        (JobKind.CHECK_IN, MissedAction.SEND, MissedAction.SEND, MissedAction.SEND),
        (JobKind.END_QUESTION, MissedAction.SEND, MissedAction.SEND, MissedAction.DROP),
        (JobKind.SURVEY, MissedAction.SEND, MissedAction.SEND, MissedAction.DROP),
        (JobKind.SURVEY_REMINDER, MissedAction.ONCE, MissedAction.ONCE, MissedAction.DROP),
        (JobKind.CLOSE, MissedAction.SEND, MissedAction.SEND, MissedAction.SEND),
        (JobKind.APPLICATIONS_CLOSED, MissedAction.SEND, MissedAction.SEND, MissedAction.DROP),
        (JobKind.WEEKLY, MissedAction.ONCE, MissedAction.ONCE, MissedAction.ONCE),
        (JobKind.SPONSOR_PAGE, MissedAction.ONCE, MissedAction.ONCE, MissedAction.ONCE),
        (JobKind.STILL_WAITING, MissedAction.ONCE, MissedAction.ONCE, MissedAction.ONCE),
        (JobKind.LEAVE_ENDS, MissedAction.SEND, MissedAction.SEND, MissedAction.SEND),
        (JobKind.PLAN_REVIEW, MissedAction.ONCE, MissedAction.ONCE, MissedAction.ONCE),
        (JobKind.AGREEMENT_REVIEW, MissedAction.SEND, MissedAction.SEND, MissedAction.DROP),
    ],
)
def test_what_is_found_late_comes_as_its_policy_says(
    kind: JobKind, after_a_day: MissedAction, after_a_week: MissedAction, after_two_months: MissedAction
) -> None:
    found = {DAY: after_a_day, WEEK: after_a_week, TWO_MONTHS: after_two_months}
    for late, becomes in found.items():
        heard = said(kind, late)
        assert set(heard) <= {SAID[kind]}
        each = 2 if kind is JobKind.CLOSE else 1  # its word goes to both
        assert len(heard) == (0 if becomes is MissedAction.DROP else each)
        assert becomes is MISFIRE_POLICIES[kind].resolve(expired=not heard)


def test_a_status_found_from_the_second_day_on_waits_for_the_next_week() -> None:
    (monday,) = promised(JobKind.WEEKLY)
    outcome = judge(monday, monday.due + timedelta(days=3, hours=2))
    assert outcome is not None
    assert outcome.notifications == ()
    (following,) = changed(outcome, ScheduledJob)
    assert following.due == monday.due + timedelta(days=7, hours=23)


def test_every_kind_of_promise_has_a_policy_and_every_moment_ends_one() -> None:
    assert set(MISFIRE_POLICIES) == set(JobKind) == {*SAID, *OTHERS}
    assert {policy.until for policy in MISFIRE_POLICIES.values()} == set(JobDeadline)


OTHERS = {JobKind.COUNT_ANSWERS, JobKind.REMARKS, JobKind.PLANNED_MEETING, JobKind.MEETING_AGENDA, JobKind.ITEMS_DUE}
OTHERS |= {
    JobKind.ANNOUNCE,
    JobKind.INVITATIONS,
    JobKind.RETENTION,
    JobKind.SESSION,
    JobKind.CASE_UNANSWERED,
    JobKind.PAUSE_QUESTION,
    JobKind.PAUSE_ENDS,
    JobKind.END_PROPOSAL,
}
"""Counting tells nobody anything; the others have tests of their own."""


def test_the_decision_has_the_same_table() -> None:
    rows = [line for line in DECISION.read_text().splitlines() if line.startswith("| `")]
    assert rows == [f"| `{kind}` | {one.action} | {one.until} | {one.why} |" for kind, one in MISFIRE_POLICIES.items()]
