"""What can wait goes once a week at most to each person, and nothing else waits for it."""

import logging
from datetime import datetime, timedelta
from typing import Any

import pytest

from mentoring.core.outcome import Notification, NotificationKind
from scheduler.delivery.recorder import ARRIVES_WITHIN
from scheduler.delivery.sender import LEASE
from storage import DeliveryState
from tests.mentoring.values import at
from tests.scheduler.delivery_harness import OWNER, DeliveryHarness, help_notification

POST = "chat.postMessage"
MONDAY, NEXT_MONDAY = at("2026-11-23T10:00"), at("2026-11-30T09:00")
A_MINUTE, A_DAY = 60, timedelta(days=1)


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL + 1, "scheduler")


def changed(key: str, to: str = OWNER, **more: Any) -> Notification:
    """Word of a change in the set-up, which is carried unless it is a reply."""
    return Notification(key, NotificationKind.PROGRAMME_CHANGED, to, {"part": "dates", "by": "U0ADA"}, **more)


def weekly(day: str, due: datetime) -> Notification:
    return Notification(f"weekly:{day}", NotificationKind.WEEKLY_STATUS, OWNER, {"day": day}, due=due)


def it_is(office: DeliveryHarness, moment: datetime) -> None:
    """On both clocks, and on Slack's calendar."""
    office.slack.calendar.move_to(moment)
    office.stopwatch.moment += moment - office.calendar.moment
    office.calendar.moment = moment
    office.deliver()


def test_the_second_one_waits_for_a_week_and_the_third_for_another(office: DeliveryHarness) -> None:
    office.enqueue(changed("first"), changed("second"))
    office.deliver()
    assert office.became("first")[0] is DeliveryState.SENT
    assert office.became("second") == (DeliveryState.PENDING, "carried-lately")
    it_is(office, MONDAY + 3 * A_DAY)
    office.enqueue(changed("third"))
    it_is(office, NEXT_MONDAY - timedelta(seconds=1))
    assert office.got(OWNER) == 1
    it_is(office, NEXT_MONDAY)
    assert office.became("second")[0] is DeliveryState.SENT
    assert office.became("third") == (DeliveryState.PENDING, "carried-lately")
    it_is(office, NEXT_MONDAY + 7 * A_DAY)
    assert office.became("third")[0] is DeliveryState.SENT
    assert office.got(OWNER) == 3


def test_every_other_message_goes_at_once(office: DeliveryHarness) -> None:
    office.enqueue(changed("carried"), changed("reply", is_reply=True), help_notification(OWNER))
    office.deliver()
    assert office.got(OWNER) == 3


def test_a_reply_does_not_count(office: DeliveryHarness) -> None:
    office.enqueue(changed("reply", is_reply=True))
    office.deliver()
    office.enqueue(changed("carried"))
    office.deliver()
    assert office.became("carried")[0] is DeliveryState.SENT


def test_each_person_has_a_week_of_their_own(office: DeliveryHarness) -> None:
    with office.storage.begin(office.workspace) as tx:
        tx.owners.replace((OWNER, "U0SECOND"))
    office.enqueue(changed("one"), changed("other", to="U0SECOND"))
    office.deliver()
    assert (office.got(OWNER), office.got("U0SECOND")) == (1, 1)


def test_the_weeks_status_is_left_out_where_something_else_was_carried_less_than_a_week_before(
    office: DeliveryHarness,
) -> None:
    it_is(office, MONDAY + 3 * A_DAY)
    office.enqueue(changed("carried"))
    office.deliver()
    it_is(office, NEXT_MONDAY)
    office.enqueue(weekly("2026-11-30", due=NEXT_MONDAY))
    office.deliver()
    assert office.became("weekly:2026-11-30") == (DeliveryState.DROPPED, "past")
    it_is(office, NEXT_MONDAY + 7 * A_DAY)
    office.enqueue(weekly("2026-12-07", due=NEXT_MONDAY + 7 * A_DAY))
    office.deliver()
    assert office.became("weekly:2026-12-07")[0] is DeliveryState.SENT


def test_what_can_wait_and_waits_for_too_long_is_dropped(office: DeliveryHarness) -> None:
    office.enqueue(*(changed(f"n{number}") for number in range(4)))
    office.deliver()
    for week in range(4):
        it_is(office, NEXT_MONDAY + week * 7 * A_DAY)
    became = [office.became(f"n{number}") for number in range(4)]
    assert became == [*[(DeliveryState.SENT, None)] * 3, (DeliveryState.DROPPED, "past")]


@pytest.mark.parametrize("arrives", [True, False])
def test_while_one_may_have_arrived_the_next_one_waits(office: DeliveryHarness, arrives: bool) -> None:
    if arrives:
        office.slack.faults.fail(POST, after_commit=True)
    else:
        office.slack.faults.fail(POST, status=503)
    office.enqueue(changed("first"), changed("second"))
    office.deliver()
    assert office.became("first")[0] is DeliveryState.UNKNOWN
    assert office.became("second") == (DeliveryState.PENDING, "another-first")
    office.deliver(after=ARRIVES_WITHIN.total_seconds())
    assert office.became("first")[0] is DeliveryState.SENT
    office.deliver(after=A_MINUTE)
    assert office.became("second") == (DeliveryState.PENDING, "carried-lately")
    assert office.got(OWNER) == 1


def test_while_another_deliverer_has_one_in_hand_the_next_one_waits(office: DeliveryHarness) -> None:
    office.enqueue(changed("first"), changed("second"))
    assert office.claim().notification.key == "first"
    office.deliver(after=1)
    assert office.became("second") == (DeliveryState.PENDING, "another-first")
    assert office.row("second")["attempts"] == 0
    office.deliver(after=LEASE.total_seconds() + 1)
    office.deliver(after=A_MINUTE)
    assert office.became("first")[0] is DeliveryState.SENT
    assert office.became("second") == (DeliveryState.PENDING, "carried-lately")
