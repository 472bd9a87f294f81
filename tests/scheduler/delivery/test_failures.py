"""What becomes of a notice when Slack slows us down, stumbles, or refuses."""

import logging

import pytest

from mentoring.core.outcome import Notification
from storage import DeliveryState
from tests.scheduler.delivery_harness import ADA, BEN, CHI, OWNER, DeliveryHarness, help_notification

POST, OPEN = "chat.postMessage", "conversations.open"
KEY = f"help:{ADA}"


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING, "scheduler")


@pytest.mark.parametrize("method", [POST, OPEN])
def test_slowed_down_we_wait_as_long_as_slack_asks_and_then_send_all(office: DeliveryHarness, method: str) -> None:
    office.slack.faults.fail(method, retry_after=30)
    office.enqueue(help_notification(ADA), help_notification(BEN), help_notification(CHI))
    office.deliver()
    assert office.became(KEY) == (DeliveryState.PENDING, "ratelimited")
    before = len(office.slack.calls)
    assert office.deliver(after=29.5) == 0
    assert len(office.slack.calls) == before
    assert office.deliver(after=0.5) == 3
    assert [office.got(user) for user in (ADA, BEN, CHI)] == [1, 1, 1]


def test_slowed_down_again_we_wait_again(office: DeliveryHarness) -> None:
    office.slack.faults.fail(POST, retry_after=10, times=3)
    office.enqueue(help_notification(ADA))
    handled = [office.deliver(after=5) for _ in range(8)]
    assert handled == [1, 0, 1, 0, 1, 0, 1, 0]
    assert office.got(ADA) == 1


def test_what_people_ask_for_meanwhile_goes_first_afterwards(office: DeliveryHarness) -> None:
    office.slack.faults.fail(POST, retry_after=30)
    office.enqueue(help_notification(ADA))
    office.deliver()
    office.enqueue(help_notification(BEN, is_reply=True))
    assert office.deliver(after=1) == 0
    office.deliver(after=30)
    channels = [call.args["channel"] for call in office.calls(POST) if call.ok]
    assert channels == [office.row(f"help:{user}")["conversation"] for user in (BEN, ADA)]


def test_what_we_do_not_know_is_tried_again(office: DeliveryHarness) -> None:
    office.slack.faults.fail(POST, "something_new")
    office.enqueue(help_notification(ADA))
    office.deliver()
    assert office.became(KEY) == (DeliveryState.PENDING, "something_new")
    office.deliver(after=4)
    assert office.became(KEY)[0] is DeliveryState.SENT
    assert office.got(ADA) == 1


def test_while_slack_cannot_be_reached_the_waits_grow_and_never_end(office: DeliveryHarness) -> None:
    office.slack.faults.fail(OPEN, times=12)
    office.enqueue(help_notification(ADA))
    waits = []
    for _ in range(12):
        assert office.deliver() == 1
        waits.append((office.row(KEY)["retry_at"] - office.stopwatch()).total_seconds())
        assert office.deliver(after=waits[-1] - 0.01) == 0
        office.stopwatch.move(700)  # whatever the method itself is held
    assert all(later > 0.99 * sooner for sooner, later in zip(waits[:6], waits[2:8], strict=True))
    assert max(waits) <= 600
    assert min(waits[-3:]) >= 300
    office.deliver()
    assert office.became(KEY)[0] is DeliveryState.SENT


def test_one_message_that_slack_refuses_for_an_unknown_reason_is_given_up_after_ten_tries(
    office: DeliveryHarness,
) -> None:
    office.slack.faults.fail(POST, "something_new", times=10)
    office.enqueue(help_notification(ADA))
    for _ in range(12):
        office.deliver(after=700)
    assert office.became(KEY) == (DeliveryState.FAILED, "something_new")
    assert office.got(ADA) == 0


def test_a_method_that_keeps_failing_is_held_and_the_rest_is_not_tried_in_vain(office: DeliveryHarness) -> None:
    office.slack.faults.fail(OPEN, times=3)
    office.enqueue(*[help_notification(user) for user in (ADA, BEN, CHI, "U0DEE", OWNER)])
    office.deliver()
    assert len(office.calls(OPEN)) == 3
    office.deliver(after=5)
    assert [office.got(user) for user in (ADA, BEN, CHI, "U0DEE", OWNER)] == [1, 1, 1, 1, 1]


def test_trouble_with_one_notice_does_not_hold_the_others(office: DeliveryHarness) -> None:
    office.slack.faults.fail(POST, "something_new")
    office.enqueue(help_notification(ADA), help_notification(BEN))
    assert office.deliver() == 2
    assert (office.got(ADA), office.got(BEN)) == (0, 1)


def test_a_connection_that_drops_is_tried_again(office: DeliveryHarness) -> None:
    office.slack.faults.fail(OPEN, after_commit=True)
    office.enqueue(help_notification(ADA))
    office.deliver()
    assert office.became(KEY)[0] is DeliveryState.PENDING
    office.deliver(after=4)
    assert office.became(KEY)[0] is DeliveryState.SENT


@pytest.mark.parametrize("user", ["U0NOBODY", "U0ROBOT"])
def test_to_whom_nobody_can_write_nothing_is_sent_again(office: DeliveryHarness, user: str) -> None:
    office.enqueue(help_notification(user))
    office.deliver()
    assert office.became(f"help:{user}")[0] is DeliveryState.FAILED
    before = len(office.slack.calls)
    assert office.deliver(after=99999) == 0
    assert len(office.slack.calls) == before


@pytest.mark.parametrize(
    "error", ["channel_not_found", "user_not_found", "is_archived", "invalid_blocks", "msg_too_long"]
)
def test_what_slack_will_never_take_fails_for_good(office: DeliveryHarness, error: str) -> None:
    office.slack.faults.fail(POST, error)
    office.enqueue(help_notification(ADA), help_notification(BEN))
    assert office.deliver() == 2
    assert office.became(KEY) == (DeliveryState.FAILED, error)
    assert office.deliver(after=99999) == 0
    assert office.got(BEN) == 1


def test_who_has_left_waits_until_slack_has_said_so_and_is_not_written_to(office: DeliveryHarness) -> None:
    office.enqueue(help_notification("U0GONE"))
    office.deliver()
    office.deliver(after=4)
    assert office.became("help:U0GONE") == (DeliveryState.PENDING, "away")
    assert office.calls(POST) == []
    office.slack.change_member("U0GONE", deactivated=False)
    office.calendar.move(25 * 3600)
    office.request_profiles("U0GONE")
    office.deliver(after=25 * 3600)
    assert office.got("U0GONE") == 1


@pytest.mark.parametrize("error", ["token_revoked", "invalid_auth", "account_inactive", "missing_scope"])
def test_a_token_that_slack_refuses_stops_all_and_loses_nothing(
    office: DeliveryHarness, error: str, caplog: pytest.LogCaptureFixture
) -> None:
    office.slack.faults.fail(POST, error)
    office.enqueue(help_notification(ADA), help_notification(BEN))
    assert office.deliver() == 1
    assert office.became(KEY) == (DeliveryState.PENDING, error)
    assert "mentor-bot doctor" in caplog.text
    assert office.deliver(after=59) == 0
    assert len(office.calls(POST)) == 1
    assert office.deliver(after=1) == 2
    assert (office.got(ADA), office.got(BEN)) == (1, 1)


def test_no_log_says_what_a_notice_is_about_or_to_whom(
    office: DeliveryHarness, caplog: pytest.LogCaptureFixture
) -> None:
    office.slack.faults.fail(POST, "internal_error")
    office.slack.faults.fail(POST, "invalid_blocks")
    office.slack.faults.fail(POST, retry_after=5)
    kinds = [Notification(f"key-{n}", help_notification(ADA).kind, ADA, {"application": "a1"}) for n in range(3)]
    office.enqueue(*kinds)
    office.deliver()
    ours = " ".join(record.getMessage() for record in caplog.records if record.name.startswith("scheduler"))
    assert "help" in ours
    assert ADA not in ours
    assert "key-" not in ours


def test_when_our_conversation_is_gone_another_is_opened(office: DeliveryHarness) -> None:
    office.request_profiles(ADA)
    office.enqueue(help_notification(ADA, "before"))
    office.deliver()
    office.slack.faults.fail(POST, "channel_not_found")
    office.enqueue(help_notification(ADA))
    office.deliver()
    assert office.became(KEY) == (DeliveryState.PENDING, "conversation-gone")
    office.deliver(after=4)
    assert office.became(KEY)[0] is DeliveryState.SENT
    assert len(office.calls(OPEN)) == 2
