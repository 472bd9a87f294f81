"""Time passing quickly: every due moment in its turn and at its own hour."""

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
    """An app that posts what was planned for an hour once it has come. `during` is called whenever it settles."""

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
    """It names the same moment for ever, and posts what else is planned in between."""

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
    """When each message of somebody's came, and what it says."""
    inbox = sandbox.person(person).inbox()
    return [(f"{datetime.fromtimestamp(float(one['ts']), UTC):%d %B %H:%M}", one["text"]) for one in inbox]


def test_each_message_comes_at_its_own_hour_in_order(sandbox: Sandbox, reminders: Reminders) -> None:
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


def test_the_calendar_arrives_where_it_was_sent_and_flows_on_from_there(sandbox: Sandbox, reminders: Reminders) -> None:
    assert sandbox.run_until(START + 365 * DAY) == []
    first, second = sandbox.calendar.now(), sandbox.calendar.now()
    assert START + 365 * DAY <= first <= second < START + 366 * DAY


def test_what_is_due_at_the_last_moment_still_happens(sandbox: Sandbox, reminders: Reminders) -> None:
    reminders.plan(START + DAY, "Just in time")
    reminders.plan(START + DAY + timedelta(seconds=1), "Too late")
    sandbox.run_until(START + DAY)
    assert [text for _, text in hours(sandbox)] == ["Just in time"]


def test_what_has_been_due_for_long_happens_first_and_now(sandbox: Sandbox, reminders: Reminders) -> None:
    reminders.plan(START - 3 * DAY, "Overdue")
    [passed] = sandbox.run_until(START)
    assert passed.posted == 1
    assert not passed.stuck
    assert hours(sandbox) == [("04 January 09:00", "Overdue")]


def test_the_calendar_stands_still_while_the_app_does_what_is_due(sandbox: Sandbox, reminders: Reminders) -> None:
    seen = []

    def look_twice() -> None:
        seen.append(sandbox.calendar.now())
        threading.Event().wait(0.01)
        seen.append(sandbox.calendar.now())

    reminders.during = look_twice
    reminders.plan(START + DAY, "Hello")
    sandbox.run_until(START + 2 * DAY)
    assert seen == [START + DAY, START + DAY]


def test_what_takes_a_second_look_is_not_put_off_to_another_hour(sandbox: Sandbox) -> None:
    class Forgetful(Reminders):
        """It comes upon what is due in its second look only."""

        def run_until_idle(self) -> None:
            if self.idle_at:
                super().run_until_idle()
            else:
                self.idle_at.append(self._now())

    app = sandbox.timeline = Forgetful(sandbox)
    app.plan(START + DAY, "Hello")
    assert sandbox.run_until(START + 2 * DAY) == [TimelineStep(START + DAY, 1)]


def test_a_moment_that_does_not_pass_is_stepped_past_and_noted(sandbox: Sandbox) -> None:
    app = sandbox.timeline = Stubborn(sandbox, START + DAY)
    app.plan(START + DAY, "The moment itself")
    app.plan(START + 10 * DAY, "Something later")
    passed = sandbox.run_until(START + 20 * DAY)
    assert passed[0] == TimelineStep(START + DAY, 1, stuck=True)
    assert [one for one in passed if one.stuck] == passed[:1]
    assert sum(one.posted for one in passed) == 2
    assert sandbox.calendar.now() >= START + 20 * DAY
    assert len(app.idle_at) < 50


def test_an_app_that_names_ever_new_moments_of_the_past_is_not_waited_for(sandbox: Sandbox) -> None:
    class Backwards(Reminders):
        def next_due(self) -> datetime | None:
            return START - len(self.idle_at) * DAY

    app = sandbox.timeline = Backwards(sandbox)
    passed = sandbox.run_until(START + 20 * DAY)
    assert any(one.stuck for one in passed)
    assert len(app.idle_at) < 100


def test_a_year_is_not_slowed_down_by_rate_limits_which_hold_again_afterwards(
    sandbox: Sandbox, reminders: Reminders
) -> None:
    for minute in range(30):
        reminders.plan(START + timedelta(minutes=minute), f"Minute {minute}")
    passed = sandbox.run_until(START + 365 * DAY)
    assert sum(one.posted for one in passed) == 30
    assert all(call.ok for call in sandbox.calls)
    assert sandbox.workspace.rate_limits.enabled


def test_ephemeral_answers_are_not_counted_as_posted(sandbox: Sandbox, reminders: Reminders) -> None:
    client = client_of(sandbox)
    channel = client.conversations_open(users=ADA)["channel"]["id"]

    def whisper() -> None:
        client.chat_postEphemeral(channel=channel, user=ADA, text="Psst")

    reminders.during = whisper
    reminders.plan(START + DAY, "Hello")
    [passed] = sandbox.run_until(START + DAY)
    assert passed.posted == 1


def test_only_one_moves_the_calendar_at_a_time(sandbox: Sandbox, reminders: Reminders) -> None:
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


def test_what_the_app_raises_comes_through_and_the_calendar_flows_on_from_there(
    sandbox: Sandbox, reminders: Reminders
) -> None:
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


def test_without_its_moments_there_is_nothing_to_live_through(sandbox: Sandbox) -> None:
    with pytest.raises(RuntimeError, match="moments"):
        sandbox.run_until(START + DAY)


def test_a_naive_moment_is_refused(sandbox: Sandbox, reminders: Reminders) -> None:
    with pytest.raises(ValueError, match="aware"):
        sandbox.run_until(datetime(2028, 1, 1))  # noqa: DTZ001


def test_stopping_the_sandbox_ends_it_after_the_moment_it_is_at(
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
