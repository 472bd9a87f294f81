"""What is owed arrives: once, at the person, and in the right order."""

import logging
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from mentoring.applications.application import ApplicationState as Sent
from mentoring.applications.application import Role
from mentoring.core.outcome import Notification, NotificationKind, Outcome
from messages.notifications import render
from messages.payloads import message
from scheduler.delivery import renderer, worker
from scheduler.delivery.sender import LEASE
from storage import DatabaseUnavailable, DeliveryState
from tests.mentoring.values import application
from tests.one_programme import replace_owners, the_programme
from tests.scheduler.delivery_harness import ADA, BEN, CHI, OWNER, DeliveryHarness, help_notification
from tests.scheduler.delivery_harness import office as open_office


@pytest.fixture
def running(office: DeliveryHarness) -> Iterator[DeliveryHarness]:
    """An office whose delivery works by itself, woken by every commit."""
    office.storage.on_commit(office.delivery.wake)
    office.delivery.start()
    yield office
    office.delivery.stop()


def test_what_a_commit_owes_arrives_by_itself(running: DeliveryHarness) -> None:
    running.enqueue(help_notification(ADA))
    running.slack.person(ADA).await_message(timeout=2)


def test_a_notice_that_cannot_be_written_waits_its_turn_and_the_others_arrive(
    running: DeliveryHarness, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def stumble(notification: Notification, context: Any) -> Any:
        if notification.recipient == ADA:
            raise RuntimeError("a fault of ours")
        return render(notification, context)

    monkeypatch.setattr(renderer, "render", stumble)
    with caplog.at_level(logging.CRITICAL + 1, "scheduler"):
        running.enqueue(help_notification(ADA), help_notification(BEN))
        running.slack.person(BEN).await_message(timeout=4)
        running.delivery.drain()
    assert running.delivery.is_alive
    assert running.became(f"help:{ADA}") == (DeliveryState.PENDING, "could-not-be-written")


def test_a_delivery_that_has_stopped_is_not_alive_and_keeps_what_is_owed(office: DeliveryHarness) -> None:
    lives = [office.delivery.is_alive]
    for change in (office.delivery.start, office.delivery.stop):
        change()
        lives.append(office.delivery.is_alive)
    assert lives == [False, True, False]
    office.enqueue(help_notification(ADA))
    assert office.deliver() == 0
    assert office.became(f"help:{ADA}") == (DeliveryState.PENDING, None)


def test_stopping_waits_for_the_notice_in_hand_and_leaves_the_rest_owed(
    running: DeliveryHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_hand, go_on = threading.Event(), threading.Event()

    def slowly(notification: Notification, context: Any) -> Any:
        in_hand.set()
        assert go_on.wait(5)
        return render(notification, context)

    monkeypatch.setattr(renderer, "render", slowly)
    running.enqueue(help_notification(ADA, "first"), help_notification(ADA, "second"))
    assert in_hand.wait(5)
    stopping = threading.Thread(target=running.delivery.stop)
    stopping.start()
    assert running.delivery._stopping.wait(5)
    go_on.set()
    stopping.join(5)
    assert running.became("first")[0] is DeliveryState.SENT
    assert running.became("second")[0] is DeliveryState.PENDING


def test_each_message_is_sent_once_however_often_one_delivers(office: DeliveryHarness) -> None:
    office.enqueue(help_notification(ADA), help_notification(BEN))
    assert office.deliver() == 2
    assert office.deliver(after=3600) == 0
    assert (office.got(ADA), office.got(BEN)) == (1, 1)


def test_where_a_message_went_is_kept(office: DeliveryHarness) -> None:
    office.enqueue(help_notification(ADA))
    office.deliver()
    row, (seen,) = office.row(f"help:{ADA}"), office.slack.person(ADA).inbox()
    assert (row["state"], row["ts"]) == (DeliveryState.SENT, seen["ts"])
    (conversation,) = office.slack.person(ADA).conversations()
    assert row["conversation"] == conversation["id"]


def test_what_people_asked_for_goes_before_what_fell_due(office: DeliveryHarness) -> None:
    office.enqueue(help_notification(ADA), help_notification(BEN), help_notification(CHI, is_reply=True))
    office.deliver()
    posted = [call.args["channel"] for call in office.calls("chat.postMessage")]
    assert posted == [office.row(f"help:{user}")["conversation"] for user in (CHI, ADA, BEN)]


def test_nothing_goes_before_its_day(office: DeliveryHarness) -> None:
    office.enqueue(
        help_notification(ADA, due=office.calendar()), help_notification(BEN, due=office.calendar().replace(hour=11))
    )
    assert office.deliver(after=9999) == 1
    office.calendar.move(3600)
    assert office.deliver() == 1
    assert office.got(BEN) == 1


def test_a_conversation_is_opened_once_for_somebody_we_know(office: DeliveryHarness) -> None:
    office.request_profiles(ADA)
    office.enqueue(help_notification(ADA, "one"), help_notification(ADA, "two"))
    office.deliver()
    office.enqueue(help_notification(ADA, "three"))
    office.deliver()
    assert office.got(ADA) == 3
    assert len(office.calls("conversations.open")) == 1


def test_slack_is_told_an_id_that_says_nothing(office: DeliveryHarness) -> None:
    office.enqueue(help_notification(ADA))
    office.deliver()
    (call,) = office.calls("chat.postMessage")
    opaque = office.row(f"help:{ADA}")["correlation_id"]
    assert call.args["metadata"] == {"event_type": "mentor_bot_notice", "event_payload": {"id": opaque}}
    assert ADA not in opaque


def test_links_are_not_unfolded(office: DeliveryHarness) -> None:
    office.enqueue(help_notification(ADA))
    office.deliver()
    (call,) = office.calls("chat.postMessage")
    assert not call.args["unfurl_links"]
    assert not call.args["unfurl_media"]


def test_a_claim_of_a_deliverer_that_died_is_taken_over_after_its_lease(office: DeliveryHarness) -> None:
    office.enqueue(help_notification(ADA))
    dead = office.claim()
    assert office.deliver(after=LEASE.total_seconds()) == 0
    assert office.deliver(after=1) == 1
    assert office.got(ADA) == 1
    with office.storage.begin_unlocked(office.workspace) as tx:
        assert not tx.outbox.mark_sent(dead, conversation="D0", ts="1.0", at=office.stopwatch())


def test_what_has_no_truth_left_in_it_is_dropped_with_the_reason(office: DeliveryHarness) -> None:
    sent = application(ADA, Role.MENTEE, version=1)
    withdrawn = replace(sent, state=Sent.WITHDRAWN, version=2)
    received = Notification("received", NotificationKind.APPLICATION_RECEIVED, ADA, {"application": sent.id})
    gone = Notification("gone", NotificationKind.APPLICATION_RECEIVED, ADA, {"application": "nowhere"})
    with office.storage.begin(office.workspace) as tx:
        tx.save(Outcome((sent,), (received, gone)))
        tx.save(Outcome((withdrawn,)))
    assert office.deliver() == 2
    assert office.became("received") == (DeliveryState.DROPPED, "withdrawn-since")
    assert office.became("gone") == (DeliveryState.DROPPED, "application-gone")
    assert office.got(ADA) == 0


def test_who_is_no_longer_an_owner_is_not_told(office: DeliveryHarness) -> None:
    office.enqueue(Notification("status", NotificationKind.COHORT_STATUS, OWNER))
    with office.storage.begin(office.workspace) as tx:
        replace_owners(tx, [BEN])
    office.deliver()
    assert office.became("status") == (DeliveryState.DROPPED, "no-longer-an-owner")


def test_without_a_programme_there_is_nothing_to_say(bare_office: DeliveryHarness) -> None:
    bare_office.enqueue(help_notification(ADA))
    bare_office.deliver()
    assert bare_office.became(f"help:{ADA}") == (DeliveryState.DROPPED, "no-programme")


def test_what_slack_would_not_take_fails_and_its_text_is_in_no_log(
    office: DeliveryHarness, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(renderer, "render", lambda notice, context: message("what they wrote " * 4000))
    office.enqueue(help_notification(ADA))
    assert office.deliver() == 1
    assert office.became(f"help:{ADA}") == (DeliveryState.FAILED, "unsendable")
    assert "cannot be sent" in caplog.text
    assert "what they wrote" not in caplog.text
    assert office.slack.calls == []


def test_what_is_still_owed_to_somebody_forgotten_goes_with_them(office: DeliveryHarness) -> None:
    office.enqueue(help_notification(ADA), help_notification(BEN))
    with office.storage.begin(office.workspace) as tx:
        tx.erasure.erase(ADA, office.calendar())
    assert office.deliver() == 1
    assert (office.got(ADA), office.got(BEN)) == (0, 1)


def test_somebody_forgotten_gets_only_what_they_ask_for(office: DeliveryHarness) -> None:
    with office.storage.begin(office.workspace) as tx:
        tx.erasure.erase(ADA, office.calendar())
        tx.outbox.enqueue(help_notification(ADA, "late"))
        tx.outbox.enqueue(help_notification(ADA, "asked", is_reply=True))
    office.deliver()
    assert office.became("late") == (DeliveryState.DROPPED, "erased")
    assert office.became("asked")[0] is DeliveryState.SENT
    assert office.got(ADA) == 1


def test_the_message_is_as_things_stand_when_it_goes(office: DeliveryHarness) -> None:
    office.enqueue(Notification("welcome", NotificationKind.WELCOME_OWNER, OWNER))
    with office.storage.begin(office.workspace) as tx:
        programme, cohort = the_programme(tx), tx.cohorts.current("p1")
        assert programme is not None
        assert cohort is not None
        tx.save(Outcome((replace(cohort, apply_by=cohort.apply_by.replace(day=24)),)))
    office.deliver()
    assert "24 December" in str(office.slack.person(OWNER).inbox())


def test_a_call_that_takes_too_long_is_tried_again(tmp_path: Path) -> None:
    with open_office(tmp_path, patience=0.1) as office:
        office.found(OWNER)
        office.slack.faults.delay("conversations.open", 0.3)
        office.enqueue(help_notification(ADA))
        office.deliver()
        assert office.became(f"help:{ADA}") == (DeliveryState.PENDING, "TimeoutError")
        office.slack.faults.clear()
        office.deliver(after=4)
        assert office.became(f"help:{ADA}")[0] is DeliveryState.SENT


@pytest.mark.parametrize("tried_before", [True, False])
def test_what_somebody_caused_in_the_day_and_could_not_go_waits_for_the_morning(
    office: DeliveryHarness, tried_before: bool
) -> None:
    if tried_before:
        office.slack.faults.fail("chat.postMessage", "ratelimited", retry_after=60)
    office.enqueue(help_notification(ADA))
    if tried_before:
        office.deliver()
    office.calendar.move(14 * 3600)  # past midnight
    assert office.deliver(after=14 * 3600) == 1
    assert office.got(ADA) == 0
    office.calendar.move(9 * 3600)
    office.deliver(after=9 * 3600)
    assert office.got(ADA) == 1


def test_what_could_not_go_for_ten_minutes_goes_at_night_too(office: DeliveryHarness) -> None:
    office.calendar.move(14 * 3600)
    office.enqueue(help_notification(ADA))
    office.deliver(after=600)
    assert office.got(ADA) == 1


def test_while_the_database_is_away_it_is_said_once_without_a_traceback_and_afterwards_all_arrives(
    office: DeliveryHarness, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    begin, tries = office.storage.begin_unlocked, threading.Semaphore(0)

    def away(_: str) -> Any:
        tries.release()
        raise DatabaseUnavailable("The database does not answer.")

    monkeypatch.setattr(worker, "_POLL_INTERVAL", timedelta(0))
    monkeypatch.setattr(office.storage, "begin_unlocked", away)
    office.enqueue(help_notification(ADA))
    with caplog.at_level(logging.WARNING, "scheduler"):
        office.delivery.start()
        try:
            assert all(tries.acquire(timeout=5) for _ in range(20))
            monkeypatch.setattr(office.storage, "begin_unlocked", begin)
            office.slack.person(ADA).await_message(timeout=4)
        finally:
            office.delivery.stop()
    assert caplog.messages == ["Deliveries wait: The database does not answer."]
    assert [record.exc_info for record in caplog.records] == [None]
