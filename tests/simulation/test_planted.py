"""A bug of each kind, planted into the product: the simulation must find it, and say what it is."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, ExitStack
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest

import scheduler.jobs
from mentoring.core.jobs import JobDone, JobKind, ScheduledJob
from mentoring.core.outcome import NOTHING, Notification, NotificationKind, Outcome
from mentoring.core.people import Person
from mentoring.core.programmes import Programme
from mentoring.notifications.context import NotificationContext
from mentoring.partnerships import jobs
from mentoring.partnerships.jobs import run_partnership_job
from mentoring.partnerships.judgement import Due, Judgement, PartnershipJobContext, judge
from mentoring.partnerships.moved_end import follow_end
from mentoring.partnerships.partnership import Partnership, Pause, pause_of
from messages.notifications import meetings
from scheduler.delivery import sender
from scheduler.delivery.slack_client import SlackClient
from services.pauses import run_pause_job
from storage import Claim, Transaction
from storage.notifications.live_views import LiveViews
from storage.notifications.outbox import Outbox
from tests.simulation.expectations import Complaint
from tests.simulation.year import live

Patches = list[AbstractContextManager[Any]]


def it_never_looks_whether_slack_has_it() -> Patches:
    """What is in doubt is sent again."""
    return [patch.object(sender, "find_post", lambda *_, **__: None)]


def it_counts_two_days_too_few() -> Patches:
    def early(*of: Any) -> ScheduledJob:
        promise = promised(*of)
        return promise.rescheduled(promise.due - timedelta(days=2))

    promised = jobs.partnership_job
    return [patch.object(jobs, "partnership_job", early)]


def it_takes_for_sent_what_was_not() -> Patches:
    def dropped(outbox: Outbox, claim: Claim, *, reason: str, **_: Any) -> bool:
        return outbox.mark_dropped(claim, reason=reason)

    return [patch.object(Outbox, "retry_at", dropped), patch.object(Outbox, "mark_unknown", dropped)]


def it_keeps_a_promise_and_says_nothing() -> Patches:
    def silently(job: ScheduledJob, standing: PartnershipJobContext, now: datetime) -> Outcome:
        outcome = run_partnership_job(job, standing, now)
        return Outcome(
            outcome.changes,
            tuple(n for n in outcome.notifications if n.kind is not NotificationKind.FIRST_MEETING_NUDGE),
        )

    return [patch.object(scheduler.jobs, "run_partnership_job", silently)]


def every_hour_is_decent() -> Patches:
    def always(*_: object) -> bool:
        return True

    def now(person: Person, programme: Programme, moment: datetime) -> datetime:
        return moment

    return [
        patch("mentoring.notifications.delivery_rules.next_working_time", now),
        patch("mentoring.partnerships.jobs.is_working_time", always),
        patch("mentoring.programmes.cohorts.is_working_time", always),
    ]


def it_forgets_since_when_it_owes() -> Patches:
    """What was caused by day and could not go goes in the night after an outage."""

    def owe(outbox: Outbox, notification: Notification, *, live_view: str | None = None, **_: Any) -> None:
        owes(outbox, notification, live_view=live_view)

    owes = Outbox.enqueue
    return [patch.object(Outbox, "enqueue", owe)]


def a_partnership_that_is_over_is_reminded() -> Patches:
    def theirs(context: NotificationContext) -> Partnership:
        assert context.partnership is not None
        return context.partnership

    def judged(job: ScheduledJob, standing: PartnershipJobContext, now: datetime) -> Outcome:
        partnership = standing.partnership
        if partnership.is_active or job.kind != "monthly":
            return run_partnership_job(job, standing, now)
        key, about = f"{NotificationKind.MONTHLY_NUDGE}:{job.key}", {"partnership": partnership.id}
        return Outcome((JobDone(job),), (Notification(key, NotificationKind.MONTHLY_NUDGE, job.person, about),))

    def judged_again(kind: JobKind, key: str, standing: PartnershipJobContext, now: datetime) -> Judgement:
        return judge(kind, key, standing, now) if standing.partnership.is_active else Due()

    return [
        patch.object(scheduler.jobs, "run_partnership_job", judged),
        patch("mentoring.notifications.delivery_rules.judge", judged_again),
        patch.object(meetings, "active_partnership", theirs),
    ]


def it_forgets_who_has_nobody() -> Patches:
    return [patch("mentoring.matching.review.notify_unmatched", lambda *_: NOTHING)]


def what_can_wait_does_not() -> Patches:
    return [patch("scheduler.delivery.renderer.kinds_of", lambda _: frozenset())]


def it_never_says_that_something_has_changed() -> Patches:
    return [patch.object(LiveViews, "mark_stale", lambda *_: None)]


def it_leaves_what_was_posted_again() -> Patches:
    return [patch.object(SlackClient, "delete", lambda *_: None)]


def it_reminds_in_a_pause() -> Patches:
    """Of "have you met lately", as if nobody had asked for the pause."""

    def running(partnership: Partnership) -> Partnership:
        return replace(partnership, pause=None) if partnership.lasting_pause else partnership

    def judged(job: ScheduledJob, standing: PartnershipJobContext, now: datetime) -> Outcome:
        if job.kind is JobKind.MONTHLY:
            standing = replace(standing, partnership=running(standing.partnership))
        return run_partnership_job(job, standing, now)

    def paused(partnership: Partnership, people: Mapping[str, Person]) -> Pause | None:
        return pause_of(running(partnership), people)

    return [
        patch.object(scheduler.jobs, "run_partnership_job", judged),
        patch("mentoring.notifications.delivery_rules.pause_of", paused),
        patch("messages.notifications.preconditions.pause_of", paused),
    ]


def a_pause_never_ends() -> Patches:
    """On its day nothing happens: it carries on only when one of the two says so, at any hour."""

    def runs(tx: Transaction, job: ScheduledJob, now: datetime) -> Outcome:
        return Outcome((JobDone(job),)) if job.kind is JobKind.PAUSE_ENDS else run_pause_job(tx, job, now)

    return [patch.object(scheduler.jobs, "run_pause_job", runs)]


def the_survey_stays_where_the_end_was() -> Patches:
    """Once both have moved it."""

    def follow(*of: Any, **how: Any) -> tuple[ScheduledJob | JobDone, ...]:
        return tuple(each for each in follow_end(*of, **how) if getattr(each, "kind", "") != JobKind.SURVEY)

    return [patch("mentoring.partnerships.end_date.follow_end", follow)]


@pytest.mark.long
@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("planted", "complaint", "first"),
    [
        (it_never_looks_whether_slack_has_it, Complaint.TWICE, 7),
        (it_counts_two_days_too_few, Complaint.EARLY, 3),
        (it_takes_for_sent_what_was_not, Complaint.LOST, 6),
        (it_keeps_a_promise_and_says_nothing, Complaint.LOST, 2),
        (it_forgets_who_has_nobody, Complaint.LOST, 1),
        (every_hour_is_decent, Complaint.AT_NIGHT, 2),
        (what_can_wait_does_not, Complaint.TOO_OFTEN, 1),
        (it_forgets_since_when_it_owes, Complaint.AT_NIGHT, 12),
        (it_never_says_that_something_has_changed, Complaint.OUTDATED, 2),
        (it_leaves_what_was_posted_again, Complaint.TWICE, 5),
        (a_partnership_that_is_over_is_reminded, Complaint.TO_ONE_WHO_IS_OUT_OF_IT, 1),
        (it_reminds_in_a_pause, Complaint.TO_ONE_WHO_IS_OUT_OF_IT, 3),
        (a_pause_never_ends, Complaint.AT_NIGHT, 2),
        (the_survey_stays_where_the_end_was, Complaint.EARLY, 9),
    ],
)
def test_a_planted_bug_is_found(planted: Callable[[], Patches], complaint: Complaint, first: int) -> None:
    """In one of three years, of which the first shows it soon."""
    for seed in range(first, first + 3):
        with ExitStack() as stack:
            for each in planted():
                stack.enter_context(each)
            year = live(seed)
        if year.complaint:
            break
    assert year.complaint is complaint, year.says
