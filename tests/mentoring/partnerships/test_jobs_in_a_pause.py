"""What was promised while somebody is away: held from morning to morning, and judged when they are back."""

from dataclasses import replace

import pytest

from mentoring.core.jobs import JobDone, JobKind, ScheduledJob
from mentoring.core.outcome import NotificationKind, Outcome
from mentoring.core.people import AccountStatus as Account
from mentoring.core.people import Person
from mentoring.partnerships.jobs import plan_partnership_jobs, run_partnership_job
from mentoring.partnerships.judgement import PartnershipJobContext
from mentoring.partnerships.partnership import Partnership, PartnershipState
from mentoring.programmes.cohorts import run_owner_job
from tests.mentoring.factories import ADA, BEN, KOLKATA, OWNER, changed, is_done, partnership, told
from tests.mentoring.values import COHORT, PROGRAMME, at, person

HERE = {user: person(user) for user in (ADA, BEN)}


def gone(user: str) -> Person:
    return replace(person(user, Account.DEACTIVATED), left_at=at("2027-01-05T10:00"))


def promised(kind: JobKind, to: str = ADA) -> ScheduledJob:
    (found,) = [
        promise
        for promise in plan_partnership_jobs(partnership(), tuple(HERE.values()), PROGRAMME)
        if promise.kind is kind and promise.person in (to, "")
    ]
    return found


def judged(job: ScheduledJob, now: str, *away: str) -> Outcome:
    people = HERE | {user: gone(user) for user in away}
    other = BEN if job.person == ADA else ADA
    standing = PartnershipJobContext(
        partnership(), people.get(job.person, Person("")), PROGRAMME, partner=people[other]
    )
    return run_partnership_job(job, standing, at(now))


@pytest.mark.parametrize(
    "kind",
    [
        JobKind.FIRST_MEETING,
        JobKind.SECOND_MEETING,
        JobKind.MONTHLY,
        JobKind.CHECK_IN,
        JobKind.SURVEY,
    ],
)
@pytest.mark.parametrize("away", [(ADA,), (BEN,), (ADA, BEN)])
def test_a_promise_is_neither_sent_nor_dropped_while_one_of_the_two_is_away(
    kind: JobKind, away: tuple[str, ...]
) -> None:
    promise = promised(kind)
    (held,) = judged(promise, "2027-01-15T11:00", *away).changes  # a Friday
    assert held == promise.rescheduled(at("2027-01-18T09:00"))


def test_it_waits_for_the_persons_own_morning() -> None:
    promise = promised(JobKind.CHECK_IN)
    standing = PartnershipJobContext(partnership(), person(ADA, time_zone=KOLKATA), PROGRAMME, partner=gone(BEN))
    assert run_partnership_job(promise, standing, at("2027-07-05T20:00")).changes == (
        promise.rescheduled(at("2027-07-07T03:30")),
    )


def test_it_is_sent_once_both_are_here() -> None:
    promise = promised(JobKind.CHECK_IN)
    (held,) = changed(judged(promise, "2027-07-05T09:00", BEN), ScheduledJob)
    assert told(judged(held, "2027-08-16T09:00")) == [(NotificationKind.CHECK_IN, ADA)]


def test_the_partnership_still_closes_at_its_end() -> None:
    outcome = judged(promised(JobKind.CLOSE), "2028-01-25T10:00", BEN)
    assert [one.state for one in changed(outcome, Partnership)] == [PartnershipState.CLOSED]


def test_what_was_held_until_the_close_has_become_pointless() -> None:
    promise = promised(JobKind.SURVEY)
    assert is_done(judged(promise, "2028-01-26T10:00", BEN), promise)


@pytest.mark.parametrize("kind", [JobKind.WEEKLY, JobKind.APPLICATIONS_CLOSED])
def test_what_an_owner_was_promised_waits_while_they_are_away(kind: JobKind) -> None:
    promise = ScheduledJob(f"{kind}:{OWNER}", kind, at("2026-12-28T09:00"), OWNER)
    outcome = run_owner_job(promise, gone(OWNER), PROGRAMME, COHORT, (OWNER,), at("2026-12-28T09:00"))
    assert outcome == Outcome((promise.rescheduled(at("2026-12-29T09:00")),))
    back = run_owner_job(promise, person(OWNER), PROGRAMME, COHORT, (OWNER,), at("2026-12-29T09:00"))
    assert [notice.recipient for notice in back.notifications] == [OWNER]


def test_an_owner_who_left_and_is_no_owner_any_more_is_promised_nothing() -> None:
    promise = ScheduledJob(f"weekly:{OWNER}", JobKind.WEEKLY, at("2026-12-28T09:00"), OWNER)
    outcome = run_owner_job(promise, gone(OWNER), PROGRAMME, COHORT, (BEN,), at("2026-12-28T09:00"))
    assert outcome.changes == (JobDone(promise),)
