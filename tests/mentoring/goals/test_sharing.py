"""With whom a plan is shared, who hears of it, and when it is looked at again."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from mentoring.applications.application import ApplicationState, Role
from mentoring.core.errors import NotForYou
from mentoring.core.jobs import JobDone, JobKind, ScheduledJob
from mentoring.core.outcome import NOTHING, NotificationKind, Outcome
from mentoring.core.people import Leave
from mentoring.goals.eligibility import may_plan
from mentoring.goals.errors import NoPlanHere, NothingToShare
from mentoring.goals.goal import GoalState
from mentoring.goals.plan import OwnPlan, PlanShare, PlanUnshared, ProgressForm, say_progress
from mentoring.goals.review import plan_review, run_review
from mentoring.goals.sharing import share_plan, unshare_plan
from mentoring.partnerships.errors import AlreadyEnded
from mentoring.partnerships.partnership import PartnershipState
from tests.mentoring.factories import ADA, BEN, changed, mentee, partnership
from tests.mentoring.goals.test_goals import HERE, NOW, own, record
from tests.mentoring.values import PROGRAMME, at, person

CLEO = "U0CLEO"
WITH_BEN = partnership()
WITH_CLEO = replace(partnership(), id="s2", mentor=CLEO)
BEGUN = ProgressForm(GoalState.BEGUN)


def told(outcome: Outcome) -> list[tuple[NotificationKind, str]]:
    return [(each.kind, each.recipient) for each in outcome.notifications]


def shared_in(*partnerships: str, on: str = "2027-01-20T10:00") -> OwnPlan:
    shares = tuple(PlanShare(each, ADA, at(on)) for each in partnerships)
    return own(record(), partnerships=(WITH_BEN, WITH_CLEO), shares=shares)


def test_it_is_shared_with_one_partner_and_that_one_is_told_once() -> None:
    outcome = share_plan(shared_in(), WITH_BEN, now=NOW)
    assert outcome.changes == (PlanShare("s1", ADA, NOW),)
    assert told(outcome) == [(NotificationKind.PLAN_SHARED, BEN)]
    assert share_plan(shared_in("s1"), WITH_BEN, now=NOW) == NOTHING
    assert told(share_plan(shared_in("s1"), WITH_CLEO, now=NOW)) == [(NotificationKind.PLAN_SHARED, CLEO)]


def test_sharing_can_be_stopped_at_any_time_and_nobody_is_told() -> None:
    assert unshare_plan(shared_in("s1"), WITH_BEN) == Outcome((PlanUnshared("s1"),))
    assert unshare_plan(shared_in(), WITH_BEN) == NOTHING
    over = replace(WITH_BEN, state=PartnershipState.ENDED)
    assert unshare_plan(replace(shared_in("s1"), partnerships=()), over) == Outcome((PlanUnshared("s1"),))


def test_only_the_mentee_shares_and_only_where_there_is_something_and_plans_are_wanted() -> None:
    with pytest.raises(NotForYou):
        share_plan(replace(shared_in(), person=person(BEN)), WITH_BEN, now=NOW)
    with pytest.raises(NotForYou):
        unshare_plan(replace(shared_in("s1"), person=person(BEN)), WITH_BEN)
    with pytest.raises(AlreadyEnded):
        share_plan(shared_in(), replace(WITH_BEN, state=PartnershipState.CLOSED), now=NOW)
    with pytest.raises(NoPlanHere):
        share_plan(own(record()), WITH_BEN, now=NOW)
    with pytest.raises(NothingToShare):
        share_plan(own(partnerships=(WITH_BEN,)), WITH_BEN, now=NOW)


def test_those_who_read_it_hear_once_a_day_that_it_has_changed() -> None:
    outcome = say_progress(shared_in("s2"), "g1", BEGUN, seen_version=1, now=NOW)
    assert told(outcome) == [(NotificationKind.PLAN_CHANGED, CLEO)]
    (first,) = outcome.notifications
    (second,) = say_progress(shared_in("s2"), "g1", BEGUN, seen_version=1, now=NOW + timedelta(hours=2)).notifications
    assert first.key == second.key
    assert dict(first.refs) == {"partnership": "s2"}, "it says nothing of the goals"


def test_on_the_day_on_which_it_is_shared_nobody_hears_that_it_has_changed() -> None:
    outcome = say_progress(shared_in("s2", on="2027-02-01T08:00"), "g1", BEGUN, seen_version=1, now=NOW)
    assert told(outcome) == []


def test_after_the_end_the_partner_hears_nothing() -> None:
    over = replace(shared_in("s1"), partnerships=())
    assert told(say_progress(over, "g1", BEGUN, seen_version=1, now=NOW)) == []


def test_it_is_looked_at_again_three_months_after_the_last_change() -> None:
    (job,) = changed(say_progress(shared_in(), "g1", BEGUN, seen_version=1, now=NOW), ScheduledJob)
    assert (job.kind, job.person, job.due.date()) == (JobKind.PLAN_REVIEW, ADA, date(2027, 5, 3))
    asked = run_review(job, person(ADA), HERE, job.due, is_wanted=True)
    assert told(asked) == [(NotificationKind.PLAN_REVIEW, ADA)]
    (following,) = changed(asked, ScheduledJob)
    assert (following.key, following.due.date()) == (job.key, date(2027, 8, 3))


def test_it_waits_during_a_leave_and_ends_with_the_plan() -> None:
    job = plan_review(person(ADA), HERE, NOW)
    on_leave = replace(person(ADA), leave=Leave(at("2027-04-28T10:00"), date(2027, 5, 20)))
    waits = run_review(job, on_leave, HERE, job.due, is_wanted=True)
    assert told(waits) == []
    assert [each.due.date() for each in changed(waits, ScheduledJob)] == [date(2027, 5, 4)]
    assert run_review(job, person(ADA), HERE, job.due, is_wanted=False) == Outcome((JobDone(job),))


def test_who_may_have_a_plan() -> None:
    waiting = {Role.MENTEE: mentee(ADA)}
    assert may_plan(ADA, HERE, waiting, ())
    assert may_plan(ADA, HERE, {}, (WITH_BEN,))
    assert not may_plan(ADA, PROGRAMME, waiting, (WITH_BEN,)), "off unless the owners want it"
    assert not may_plan(BEN, HERE, {}, (WITH_BEN,)), "the plan is the mentee’s"
    assert not may_plan(ADA, HERE, {}, (replace(WITH_BEN, state=PartnershipState.ENDED),))
    withdrawn = {Role.MENTEE: replace(mentee(ADA), state=ApplicationState.WITHDRAWN)}
    assert not may_plan(ADA, HERE, withdrawn, ())
