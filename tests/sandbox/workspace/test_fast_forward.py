"""Fast-forward: the calendar stops at every due time, in order."""

import logging
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from slack_sdk import WebClient

from sandbox import AlreadyMovingError, Calendar, Sandbox, TimelineStep
from tests.sandbox.support import ADA, BOB, PEOPLE, client_of, manifest

START = datetime(2027, 1, 4, 9, tzinfo=UTC)
DAY = timedelta(days=1)


class Reminders:
    """An app that posts planned messages when they are due. `during` is called at each stop."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.planned: list[tuple[datetime, str, str]] = []
        self.idle_at: list[datetime] = []
        self.during: Callable[[], None] = lambda: None
        self._now = sandbox.calendar.now
        self._client: WebClient = client_of(sandbox)

    def plan(self, at: datetime, text: str, person: str = ADA) -> None:
        self.planned.append((at, person, text))
        self.planned.sort()

    def next_due(self) -> datetime | None:
        return self.planned[0][0] if self.planned else None

    def run_until_idle(self) -> None:
        self.idle_at.append(self._now())
        self.during()
        while self.planned and self.planned[0][0] <= self._now():
            _, person, text = self.planned.pop(0)
            self._client.chat_postMessage(channel=person, text=text)


class Stubborn(Reminders):
    """Reports the same due time for ever, and posts the planned messages in between."""

    def __init__(self, sandbox: Sandbox, named: datetime) -> None:
        super().__init__(sandbox)
        self.named = named

    def next_due(self) -> datetime | None:
        return self.named


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(manifest(), PEOPLE, calendar=Calendar(START), own_messages=False) as running:
        yield running


@pytest.fixture
def reminders(sandbox: Sandbox) -> Reminders:
    app = Reminders(sandbox)
    sandbox.timeline = app
    return app


def hours(sandbox: Sandbox, person: str = ADA) -> list[tuple[str, str]]:
    """The time and text of each message of a person."""
    inbox = sandbox.person(person).inbox()
    return [(f"{datetime.fromtimestamp(float(one['ts']), UTC):%d %B %H:%M}", one["text"]) for one in inbox]


def test_each_message_has_the_time_at_which_it_was_due(sandbox: Sandbox, reminders: Reminders) -> None:
    for weeks in (5, 1, 3):
        reminders.plan(START + weeks * 7 * DAY + timedelta(minutes=30), f"Week {weeks}")
    reminders.plan(START + 21 * DAY + timedelta(minutes=30), "Third week for Bob", BOB)

    passed = sandbox.run_until(START + 28 * DAY)

    assert hours(sandbox) == [("11 January 09:30", "Week 1"), ("25 January 09:30", "Week 3")]
    assert hours(sandbox, BOB) == [("25 January 09:30", "Third week for Bob")]
    assert passed == [
        TimelineStep(START + 7 * DAY + timedelta(minutes=30), 1),
        TimelineStep(START + 21 * DAY + timedelta(minutes=30), 2),
    ]


def test_the_calendar_reaches_the_end_and_continues_from_there(sandbox: Sandbox, reminders: Reminders) -> None:
    assert sandbox.run_until(START + 365 * DAY) == []
    first, second = sandbox.calendar.now(), sandbox.calendar.now()
    assert START + 365 * DAY <= first <= second < START + 366 * DAY


def test_work_due_at_the_end_is_done(sandbox: Sandbox, reminders: Reminders) -> None:
    reminders.plan(START + DAY, "Just in time")
    reminders.plan(START + DAY + timedelta(seconds=1), "Too late")
    sandbox.run_until(START + DAY)
    assert [text for _, text in hours(sandbox)] == ["Just in time"]


def test_overdue_work_is_done_first(sandbox: Sandbox, reminders: Reminders) -> None:
    reminders.plan(START - 3 * DAY, "Overdue")
    [passed] = sandbox.run_until(START)
    assert passed.posted == 1
    assert not passed.stuck
    assert hours(sandbox) == [("04 January 09:00", "Overdue")]


def test_the_calendar_is_paused_while_the_app_works(sandbox: Sandbox, reminders: Reminders) -> None:
    seen = []

    def look_twice() -> None:
        seen.append(sandbox.calendar.now())
        threading.Event().wait(0.01)
        seen.append(sandbox.calendar.now())

    reminders.during = look_twice
    reminders.plan(START + DAY, "Hello")
    sandbox.run_until(START + 2 * DAY)
    assert seen == [START + DAY, START + DAY]


def test_follow_up_work_is_done_at_the_same_stop(sandbox: Sandbox) -> None:
    class Forgetful(Reminders):
        """Does due work only at its second call."""

        def run_until_idle(self) -> None:
            if self.idle_at:
                super().run_until_idle()
            else:
                self.idle_at.append(self._now())

    app = sandbox.timeline = Forgetful(sandbox)
    app.plan(START + DAY, "Hello")
    assert sandbox.run_until(START + 2 * DAY) == [TimelineStep(START + DAY, 1)]


def test_work_that_stays_due_is_skipped_and_recorded(sandbox: Sandbox) -> None:
    app = sandbox.timeline = Stubborn(sandbox, START + DAY)
    app.plan(START + DAY, "The moment itself")
    app.plan(START + 10 * DAY, "Something later")
    passed = sandbox.run_until(START + 20 * DAY)
    assert passed[0] == TimelineStep(START + DAY, 1, stuck=True)
    assert [one for one in passed if one.stuck] == passed[:1]
    assert sum(one.posted for one in passed) == 2
    assert sandbox.calendar.now() >= START + 20 * DAY
    assert len(app.idle_at) < 50


def test_an_app_that_keeps_reporting_past_times_does_not_block(sandbox: Sandbox) -> None:
    class Backwards(Reminders):
        def next_due(self) -> datetime | None:
            return START - len(self.idle_at) * DAY

    app = sandbox.timeline = Backwards(sandbox)
    passed = sandbox.run_until(START + 20 * DAY)
    assert any(one.stuck for one in passed)
    assert len(app.idle_at) < 100


def test_rate_limits_are_suspended_during_a_run(sandbox: Sandbox, reminders: Reminders) -> None:
    for minute in range(30):
        reminders.plan(START + timedelta(minutes=minute), f"Minute {minute}")
    passed = sandbox.run_until(START + 365 * DAY)
    assert sum(one.posted for one in passed) == 30
    assert all(call.ok for call in sandbox.calls)
    assert sandbox.workspace.rate_limits.enabled


def test_ephemeral_messages_are_not_counted(sandbox: Sandbox, reminders: Reminders) -> None:
    client = client_of(sandbox)
    channel = client.conversations_open(users=ADA)["channel"]["id"]

    def whisper() -> None:
        client.chat_postEphemeral(channel=channel, user=ADA, text="Psst")

    reminders.during = whisper
    reminders.plan(START + DAY, "Hello")
    [passed] = sandbox.run_until(START + DAY)
    assert passed.posted == 1


def test_one_run_at_a_time(sandbox: Sandbox, reminders: Reminders) -> None:
    refusals = []

    def try_too() -> None:
        with pytest.raises(AlreadyMovingError) as caught:
            sandbox.run_until(START + 9 * DAY)
        refusals.append(caught.value)

    reminders.during = try_too
    reminders.plan(START + DAY, "Hello")
    sandbox.run_until(START + 2 * DAY)
    assert len(refusals) == 1
    assert sandbox.run_until(START + 3 * DAY) == []


def test_errors_of_the_app_propagate_and_the_calendar_continues(sandbox: Sandbox, reminders: Reminders) -> None:
    def fail() -> None:
        raise ZeroDivisionError

    reminders.during = fail
    reminders.plan(START + DAY, "Hello")
    with pytest.raises(ZeroDivisionError):
        sandbox.run_until(START + 2 * DAY)
    assert START + DAY < sandbox.calendar.now() < START + 2 * DAY
    assert sandbox.workspace.rate_limits.enabled
    reminders.during = lambda: None
    assert len(sandbox.run_until(START + 2 * DAY)) == 1


def test_run_until_needs_a_timeline(sandbox: Sandbox) -> None:
    with pytest.raises(RuntimeError, match="timeline"):
        sandbox.run_until(START + DAY)


def test_a_naive_time_is_refused(sandbox: Sandbox, reminders: Reminders) -> None:
    with pytest.raises(ValueError, match="aware"):
        sandbox.run_until(datetime(2028, 1, 1))  # noqa: DTZ001


def test_stopping_the_sandbox_ends_the_run_after_the_current_stop(
    reminders: Reminders, sandbox: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    reached, go_on = threading.Event(), threading.Event()

    def wait() -> None:
        reached.set()
        go_on.wait(5)

    for days in range(1, 4):
        reminders.plan(START + days * DAY, f"Day {days}")
    reminders.during = wait
    living = threading.Thread(target=sandbox.run_until, args=(START + 5 * DAY,))
    with caplog.at_level(logging.ERROR):
        living.start()
        assert reached.wait(5)
        threading.Timer(0.05, go_on.set).start()
        sandbox.stop()
        living.join(5)
    assert [text for _, text in hours(sandbox)] == ["Day 1"]
    assert caplog.messages == []
