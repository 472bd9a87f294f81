"""When nobody can say whether a message arrived, somebody looks: it is there once, whatever has happened."""

import logging
import sqlite3
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from scheduler.delivery.recorder import ARRIVES_WITHIN
from scheduler.delivery.sender import LEASE
from storage import DeliveryState
from tests.scheduler.delivery_harness import ADA, BEN, OWNER, DeliveryHarness, help_notification
from tests.scheduler.delivery_harness import office as open_office

POST, HISTORY = "chat.postMessage", "conversations.history"
KEY = f"help:{ADA}"
A_WHILE = ARRIVES_WITHIN.total_seconds()


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL + 1, "scheduler")


def told(office: DeliveryHarness) -> list[str]:
    """The reports that the owner has had."""
    return [message["text"] for message in office.slack.person(OWNER).inbox()]


@pytest.mark.parametrize("arrives", [True, False])
def test_a_message_whose_answer_was_lost_is_there_once(office: DeliveryHarness, arrives: bool) -> None:
    if arrives:
        office.slack.faults.fail(POST, after_commit=True)
    else:
        office.slack.faults.fail(POST, status=503)
    office.enqueue(help_notification(ADA))
    office.deliver()
    assert office.became(KEY)[0] is DeliveryState.UNKNOWN
    office.deliver(after=A_WHILE)
    assert office.became(KEY)[0] is DeliveryState.SENT
    assert office.got(ADA) == 1
    assert office.row(KEY)["ts"] == office.slack.person(ADA).inbox()[0]["ts"]


@pytest.mark.parametrize("error", ["internal_error", "fatal_error", "service_unavailable"])
@pytest.mark.parametrize("status", [200, 500])
def test_where_slack_stumbled_we_look_before_we_send_again(office: DeliveryHarness, error: str, status: int) -> None:
    office.slack.faults.fail(POST, error, status=status)
    office.enqueue(help_notification(ADA))
    office.deliver()
    assert office.became(KEY) == (DeliveryState.UNKNOWN, error)
    office.deliver(after=5)
    assert len(office.calls(HISTORY)) == 1
    assert office.became(KEY)[0] is DeliveryState.SENT
    assert office.got(ADA) == 1


def test_nobody_looks_before_the_lost_request_can_have_arrived(office: DeliveryHarness) -> None:
    office.slack.faults.fail(POST, after_commit=True)
    office.enqueue(help_notification(ADA))
    office.deliver()
    assert office.deliver(after=A_WHILE - 1) == 0
    assert office.calls(HISTORY) == []


def test_a_deliverer_that_died_after_slack_took_it_leaves_it_there_once(office: DeliveryHarness) -> None:
    office.enqueue(help_notification(ADA, "before"), help_notification(ADA))
    office.deliver()
    claimed_by_the_dead(office, KEY)
    office.deliver(after=LEASE.total_seconds() + 1)
    assert office.became(KEY)[0] is DeliveryState.SENT
    assert office.got(ADA) == 2


def test_a_deliverer_that_died_before_it_sent_is_made_good(office: DeliveryHarness) -> None:
    office.enqueue(help_notification(ADA))
    office.claim()
    office.deliver(after=LEASE.total_seconds() + 1)
    assert office.got(ADA) == 1


def test_what_was_said_meanwhile_does_not_hide_it(office: DeliveryHarness) -> None:
    office.request_profiles(ADA)
    office.enqueue(help_notification(ADA, "before"))
    office.deliver()
    office.deliver(after=300)
    office.slack.faults.fail(POST, after_commit=True)
    office.enqueue(help_notification(ADA))
    office.deliver()
    for number in range(20):
        office.slack.person(ADA).say(f"Hello {number}", office.conversation(ADA))
    office.enqueue(help_notification(ADA, "after"))
    office.deliver(after=A_WHILE)
    office.deliver(after=A_WHILE)
    assert [office.became(key)[0] for key in ("before", KEY, "after")] == [DeliveryState.SENT] * 3
    assert office.got(ADA) == 3
    assert all(call.args.get("oldest") for call in office.calls(HISTORY))


def test_only_few_messages_are_read_at_a_time_and_only_when_in_doubt(office: DeliveryHarness) -> None:
    office.enqueue(help_notification(BEN))
    office.deliver()
    assert office.calls(HISTORY) == []
    office.slack.faults.fail(POST, after_commit=True)
    office.enqueue(help_notification(ADA))
    office.deliver()
    office.deliver(after=A_WHILE)
    (call,) = office.calls(HISTORY)
    assert int(call.args["limit"]) <= 15


def test_when_too_much_was_written_since_the_owner_is_asked(office: DeliveryHarness) -> None:
    office.slack.faults.fail(POST, after_commit=True)
    office.enqueue(help_notification(ADA))
    office.deliver()
    for number in range(160):
        office.slack.person(ADA).say(f"Hello {number}", office.conversation(ADA))
    office.deliver(after=A_WHILE)
    assert office.became(KEY) == (DeliveryState.UNDECIDED, "too-much-to-read")
    office.calendar.move(601)
    office.deliver(after=601)
    assert told(office) == ["We don’t know if 1 message arrived"]


def test_when_slack_does_not_let_us_look_the_owner_is_asked(office: DeliveryHarness) -> None:
    office.slack.faults.fail(POST, after_commit=True)
    office.slack.faults.fail(HISTORY, "missing_scope")
    office.enqueue(help_notification(ADA))
    office.deliver()
    office.deliver(after=A_WHILE)
    assert office.became(KEY) == (DeliveryState.UNDECIDED, "missing_scope")
    assert office.got(ADA) == 1


def test_looking_is_tried_again_when_slack_slows_us_down(office: DeliveryHarness) -> None:
    office.slack.faults.fail(POST, after_commit=True)
    office.slack.faults.fail(HISTORY, retry_after=20)
    office.enqueue(help_notification(ADA))
    office.deliver()
    office.deliver(after=A_WHILE)
    assert office.became(KEY) == (DeliveryState.UNKNOWN, "ratelimited")
    office.deliver(after=20)
    assert office.became(KEY)[0] is DeliveryState.SENT
    assert office.got(ADA) == 1


def test_a_call_that_outlives_our_patience_is_not_repeated_when_it_arrives(tmp_path: Path) -> None:
    with open_office(tmp_path, patience=0.1) as office:
        office.found(OWNER)
        office.enqueue(help_notification(ADA, "before"))
        office.deliver()
        office.slack.faults.delay(POST, 0.3)
        office.enqueue(help_notification(ADA))
        office.deliver()
        assert office.became(KEY)[0] is DeliveryState.UNKNOWN
        office.slack.faults.clear()
        office.slack.person(ADA).await_message(after=1)
        office.deliver(after=A_WHILE)
        assert office.became(KEY)[0] is DeliveryState.SENT
        assert office.got(ADA) == 2


def test_a_message_to_two_is_looked_for_in_their_conversation(office: DeliveryHarness) -> None:
    office.slack.faults.fail(POST, after_commit=True)
    office.enqueue(help_notification(ADA, second_recipient=BEN))
    office.deliver()
    office.deliver(after=A_WHILE)
    assert office.became(KEY)[0] is DeliveryState.SENT
    assert len([call for call in office.calls(POST) if call.ok]) == 1


def test_another_apps_message_is_not_taken_for_ours(office: DeliveryHarness) -> None:
    office.enqueue(help_notification(ADA))
    office.deliver()
    office.slack.faults.fail(POST, status=503)
    office.enqueue(help_notification(ADA, "second"))
    office.deliver()
    for message in conversation_of(office, ADA):
        message.metadata = {
            "event_type": "another_app",
            "event_payload": {"id": office.row("second")["correlation_id"]},
        }
    office.deliver(after=A_WHILE)
    assert office.got(ADA) == 2


def conversation_of(office: DeliveryHarness, user: str) -> list[Any]:
    (place,) = office.slack.person(user).conversations()
    found = office.slack.workspace.conversations.get(place["id"])
    assert found is not None
    return found.messages


def claimed_by_the_dead(office: DeliveryHarness, key: str) -> None:
    """What the outbox holds when its deliverer was killed between Slack's yes and its own commit."""
    with sqlite3.connect(office.file) as database:
        database.execute(
            "UPDATE outbox SET state = 'sending', ts = NULL, sent_at = NULL, lease_until = ? WHERE key = ?",
            ((office.stopwatch() + LEASE).strftime("%Y-%m-%d %H:%M:%S.%f"), key),
        )
    database.close()


def test_the_lease_covers_the_time_that_a_request_may_be_on_its_way() -> None:
    assert timedelta(seconds=20) + ARRIVES_WITHIN < LEASE


def test_a_deliverer_that_is_slow_to_begin_does_not_begin(office: DeliveryHarness) -> None:
    office.enqueue(help_notification(ADA))
    ours = office.claim()
    office.stopwatch.move(LEASE.total_seconds() - 10)
    office.delivery._sender.deliver(ours, lambda: None)
    assert office.calls(POST) == []
    assert office.became(KEY) == (DeliveryState.PENDING, "too-slow")
    assert office.deliver() == 1
    assert office.got(ADA) == 1


@pytest.mark.parametrize("also", ["", BEN])
def test_what_had_no_conversation_yet_was_never_on_its_way_and_is_not_looked_for(
    office: DeliveryHarness, also: str
) -> None:
    office.enqueue(replace(help_notification(ADA), second_recipient=also))
    office.claim()
    office.slack.change_member(ADA, deactivated=True)
    office.deliver(after=LEASE.total_seconds() + 1)
    assert office.calls(HISTORY) == []
    assert office.became(KEY)[0] is DeliveryState.PENDING
