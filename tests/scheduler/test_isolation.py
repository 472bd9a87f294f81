"""One item that fails holds up no other: it is logged, tried again later, and shown to the operator."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from mentoring.core.failures import WorkFailure, WorkItem, WorkKind
from mentoring.core.people import Person
from mentoring.people.absences import AbsenceContext
from scheduler import jobs
from scheduler.delivery import worker
from scheduler.delivery.recorder import MOST_TRIES
from scheduler.delivery.slack_client import SlackCallFailed, SlackClient, fetch_profile
from scheduler.delivery.slack_errors import FailureKind, SlackFailure
from scheduler.jobs import next_due_at, run_due_jobs
from services.people import save_profile
from storage import DeliveryState
from storage.notifications.outbox import UNREADABLE_WAIT
from storage.tables import OutboxRow, ScheduledJobRow
from tests.scheduler.delivery_harness import ADA, BEN, CHI, OWNER, DeliveryHarness, help_notification

SECRET = "what somebody typed"
DAY = datetime(2026, 12, 22, 15, tzinfo=UTC)


@pytest.fixture
def three(bare_office: DeliveryHarness) -> DeliveryHarness:
    """Three owners. Each is promised word when applications have closed."""
    bare_office.found(OWNER, BEN, CHI)
    bare_office.request_profiles(OWNER, BEN, CHI)
    bare_office.delivery.drain()
    bare_office.calendar.moment = DAY
    return bare_office


def tick(office: DeliveryHarness, *, after: float = 0) -> int:
    office.stopwatch.move(after)
    ran = run_due_jobs(office.storage, office.workspace, office.calendar(), stopwatch=office.stopwatch())
    office.delivery.drain()
    return ran


def failures(office: DeliveryHarness) -> list[WorkFailure]:
    with office.storage.read(office.workspace) as tx:
        assert tx.failures.count() == len(tx.failures.all())
        return tx.failures.all()


@pytest.fixture
def breaking(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], list[str]]:
    """Let the jobs of a person raise. Returns the list of tries, to be emptied at will."""
    run, tries = jobs._run_job, []

    def break_for(person: str) -> list[str]:
        def run_or_break(tx: Any, job: Any, now: Any) -> Any:
            if job.person == person:
                tries.append(job.key)
                raise ZeroDivisionError(SECRET)
            return run(tx, job, now)

        monkeypatch.setattr(jobs, "_run_job", run_or_break)
        return tries

    return break_for


def test_a_job_that_fails_holds_up_none_behind_it(
    three: DeliveryHarness, breaking: Callable[[str], list[str]], caplog: pytest.LogCaptureFixture
) -> None:
    breaking(CHI)  # the first to be due
    with caplog.at_level(logging.INFO):
        assert tick(three) == 2
    assert (three.got(OWNER), three.got(BEN)) == (1, 1)
    (failure,) = failures(three)
    assert failure.item == WorkItem(WorkKind.JOB, f"applications-closed:p1:{CHI}", CHI)
    assert (failure.attempts, failure.error) == (1, "ZeroDivisionError")
    assert failure.reference in caplog.text
    assert SECRET not in caplog.text


def test_it_is_tried_again_with_longer_and_longer_waits_and_forgotten_when_it_succeeds(
    three: DeliveryHarness, breaking: Callable[[str], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = breaking(CHI)
    tick(three)
    for wait, expected in ((59, 1), (1, 2), (60, 2), (60, 3), (239, 3), (1, 4)):
        tick(three, after=wait)
        assert len(tries) == expected
    assert failures(three)[0].attempts == 4
    assert failures(three)[0].since == three.stopwatch() - timedelta(minutes=7)
    monkeypatch.undo()
    tick(three, after=480)
    assert failures(three) == []


def test_the_calendar_does_not_wait_for_a_job_that_fails(
    three: DeliveryHarness, breaking: Callable[[str], list[str]]
) -> None:
    breaking(CHI)
    tick(three)
    assert next_due_at(three.storage, three.workspace, stopwatch=three.stopwatch()) is None
    assert next_due_at(three.storage, three.workspace) is not None


def test_a_job_of_a_kind_that_this_version_does_not_know_holds_up_no_other(three: DeliveryHarness) -> None:
    with three.storage._engine.begin() as connection:
        connection.execute(update(ScheduledJobRow).where(ScheduledJobRow.person == CHI).values(kind="from-tomorrow"))
    tick(three)
    assert (three.got(OWNER), three.got(BEN), three.got(CHI)) == (1, 1, 0)
    assert [failure.error for failure in failures(three)] == ["ValueError"]


def test_if_not_even_the_failure_can_be_kept_the_database_is_the_cause_and_the_rest_waits(
    three: DeliveryHarness, breaking: Callable[[str], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError("disk full")

    breaking(CHI)
    monkeypatch.setattr("storage.failures.WorkFailures.record", refuse)
    with pytest.raises(ZeroDivisionError):
        tick(three)
    assert three.got(OWNER) == 0


def test_of_somebody_erased_no_failure_is_kept(three: DeliveryHarness, breaking: Callable[[str], list[str]]) -> None:
    breaking(CHI)
    tick(three)
    with three.storage.begin(three.workspace) as tx:
        tx.erasure.erase(CHI, three.calendar())
    assert failures(three) == []
    with three.storage._engine.begin() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM work_failures").scalar() == 0


def test_a_profile_that_cannot_be_kept_holds_up_no_other(
    office: DeliveryHarness, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    keep = save_profile

    def keep_or_break(tx: Any, profile: Person, now: datetime) -> AbsenceContext | None:
        if profile.id == ADA:
            raise ZeroDivisionError(SECRET)
        keep(tx, profile, now)
        return None

    monkeypatch.setattr(worker, "save_profile", keep_or_break)
    office.request_profiles(ADA, BEN, CHI)
    office.delivery.drain()
    with office.storage.read(office.workspace) as tx:
        assert tx.people.requested() == (ADA,)
        assert tx.people.requested(stopwatch=office.stopwatch()) == ()
    assert [failure.item for failure in failures(office)] == [WorkItem(WorkKind.PROFILE, ADA, ADA)]
    assert SECRET not in caplog.text
    asked = len(office.calls("users.info"))
    office.deliver(after=30)
    assert len(office.calls("users.info")) == asked
    monkeypatch.undo()
    office.deliver(after=30)
    assert len(office.calls("users.info")) == asked + 1
    assert failures(office) == []


def test_people_of_whom_slack_will_not_tell_do_not_starve_those_behind_them(office: DeliveryHarness) -> None:
    """Fifty are asked about at a time, the oldest requests first."""
    people = [f"U{n:03}" for n in range(60)]
    fetch = fetch_profile

    def refuse(slack: Any, workspace: str, person: str) -> Person:
        if person < "U050":
            raise SlackCallFailed(SlackFailure(FailureKind.PERMANENT, "fatal_error", was_answered=True))
        return fetch(slack, workspace, person)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(worker, "fetch_profile", refuse)
        office.request_profiles(*people)
        office.delivery.drain()
        office.delivery.drain()
    with office.storage.read(office.workspace) as tx:
        assert set(tx.people.requested(100)) == set(people[:50])
    assert {failure.error for failure in failures(office)} == {"fatal_error"}


def test_a_delivery_that_breaks_holds_up_no_other_and_is_looked_for_before_it_is_sent_again(
    office: DeliveryHarness, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    post = SlackClient.post

    def post_and_break(self: Any, conversation: str, correlation_id: str, payload: Any) -> Any:
        channel, ts = post(self, conversation, correlation_id, payload)
        if office.slack.person(ADA).inbox():
            raise KeyError(SECRET)
        return channel, ts

    monkeypatch.setattr(SlackClient, "post", post_and_break)
    office.enqueue(help_notification(ADA))
    office.delivery.drain()
    assert office.became(f"help:{ADA}") == (DeliveryState.UNKNOWN, "unexpected")
    assert SECRET not in caplog.text
    with office.storage.read(office.workspace) as tx:
        assert [(one.kind, one.attempts, one.reason) for one in tx.outbox.failing()] == [("help", 1, "unexpected")]
    monkeypatch.undo()
    office.enqueue(help_notification(BEN))
    office.deliver()
    assert office.got(BEN) == 1
    office.deliver(after=60)
    assert (office.became(f"help:{ADA}")[0], office.got(ADA)) == (DeliveryState.SENT, 1)


def test_a_delivery_that_breaks_every_time_is_told_to_the_owners(
    office: DeliveryHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_(*_: object) -> None:
        raise KeyError(SECRET)

    monkeypatch.setattr(SlackClient, "post", break_)
    office.enqueue(help_notification(ADA))
    for _ in range(MOST_TRIES):
        office.deliver(after=700)
    assert office.became(f"help:{ADA}") == (DeliveryState.UNDECIDED, "unexpected")
    monkeypatch.undo()
    office.calendar.move(3600)
    office.deliver(after=3600)
    assert office.got(OWNER) == 1


def test_notifications_of_kinds_that_this_version_does_not_know_hold_up_no_other_and_are_kept(
    office: DeliveryHarness,
) -> None:
    people = [f"U{n:03}" for n in range(20)]
    office.enqueue(*map(help_notification, people), help_notification(ADA))
    of_tomorrow = update(OutboxRow).where(OutboxRow.recipient.in_(people))
    with office.storage._engine.begin() as connection:
        connection.execute(of_tomorrow.values(kind="from-tomorrow"))
    office.deliver()
    assert office.got(ADA) == 1
    assert office.became(f"help:{people[0]}") == (DeliveryState.PENDING, "unknown-kind")
    with office.storage.read(office.workspace) as tx:
        assert len(tx.outbox.failing()) == 20
    with office.storage._engine.begin() as connection:
        connection.execute(of_tomorrow.values(kind="help", recipient=BEN))
    office.deliver(after=UNREADABLE_WAIT.total_seconds() + 1)
    assert office.got(BEN) > 0
