"""What can wait goes once a week at most to each person, and nothing else waits for it."""

import logging
from datetime import datetime, timedelta
from typing import Any

import pytest

from mentoring.core.failures import WorkItem, WorkKind
from mentoring.core.jobs import JobKind, ScheduledJob
from mentoring.core.outcome import Notification, NotificationKind, Outcome
from mentoring.programmes.cohorts import weekly_job_key
from messages.notifications import CARRIED_LINES
from scheduler.delivery.recorder import ARRIVES_WITHIN
from scheduler.delivery.sender import LEASE
from storage import DeliveryState
from tests.mentoring.values import at
from tests.one_programme import replace_owners
from tests.scheduler.delivery_harness import OWNER, DeliveryHarness, help_notification

POST = "chat.postMessage"
MONDAY, NEXT_MONDAY = at("2026-11-23T10:00"), at("2026-11-30T09:00")
A_MINUTE, A_DAY = 60, timedelta(days=1)


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL + 1, "scheduler")


def changed(key: str, to: str = OWNER, **more: Any) -> Notification:
    """Word of a change in the set-up, which is carried unless it is a reply."""
    return Notification(key, NotificationKind.PROGRAMME_CHANGED, to, {"part": key, "by": "U0ADA"}, **more)


def weekly(day: str, due: datetime) -> Notification:
    return Notification(f"weekly:{day}", NotificationKind.WEEKLY_STATUS, OWNER, {"day": day}, due=due)


def it_is(office: DeliveryHarness, moment: datetime) -> None:
    """On both clocks, and on Slack's calendar."""
    office.slack.calendar.move_to(moment)
    office.stopwatch.moment += moment - office.calendar.moment
    office.calendar.moment = moment
    office.deliver()


def lines(office: DeliveryHarness, to: str = OWNER) -> list[list[str]]:
    """By message to a person, the lines that travelled with it."""
    found = []
    for one in office.slack.person(to).inbox():
        blocks = [block for block in one.get("blocks", ()) if block.get("block_id") == CARRIED_LINES]
        found.append(blocks[0]["text"]["text"].splitlines()[1:] if blocks else [])
    return found


DATES, WORDS, CHOICES = (
    f"• <@U0ADA> changed {what}."
    for what in (
        "the dates and hours of the programme",
        "the programme’s own words",
        "what people choose from in the forms",
    )
)


def test_the_second_one_waits_for_a_week_and_takes_the_third_along(office: DeliveryHarness) -> None:
    office.enqueue(changed("dates"), changed("words"))
    office.deliver()
    assert office.became("dates")[0] is DeliveryState.SENT
    assert office.became("words") == (DeliveryState.PENDING, "carried-lately")
    it_is(office, MONDAY + 3 * A_DAY)
    office.enqueue(changed("choices"))
    it_is(office, NEXT_MONDAY - timedelta(seconds=1))
    assert (office.got(OWNER), lines(office)) == (1, [[]])
    it_is(office, NEXT_MONDAY)
    assert office.became("words")[0] is DeliveryState.SENT
    assert office.became("choices")[0] is DeliveryState.CARRIED
    assert (office.got(OWNER), lines(office)) == (2, [[], [CHOICES]])


def test_what_waits_travels_with_the_next_message_of_any_kind(office: DeliveryHarness) -> None:
    office.enqueue(changed("dates"), changed("words"), changed("choices"))
    office.deliver()
    office.enqueue(help_notification(OWNER))
    office.deliver()
    assert lines(office) == [[], [WORDS, CHOICES]]
    assert [office.became(key)[0] for key in ("words", "choices")] == [DeliveryState.CARRIED] * 2
    it_is(office, NEXT_MONDAY + 7 * A_DAY)
    assert office.got(OWNER) == 2, "nothing comes a second time"


def test_nothing_travels_with_a_message_to_somebody_else_or_to_two(office: DeliveryHarness) -> None:
    office.enqueue(changed("dates"), changed("words"))
    office.deliver()
    office.enqueue(help_notification("U0ADA"), help_notification(OWNER, "two", second_recipient="U0BEN"))
    office.deliver()
    assert office.became("words") == (DeliveryState.PENDING, "carried-lately")


def test_a_line_that_makes_no_sense_any_more_is_left_out(office: DeliveryHarness) -> None:
    office.enqueue(changed("dates"), changed("words"))
    office.deliver()
    with office.storage.begin(office.workspace) as tx:
        replace_owners(tx, ("U0SECOND",))
    office.enqueue(help_notification(OWNER))
    office.deliver()
    assert lines(office) == [[], []]
    it_is(office, NEXT_MONDAY)
    assert office.became("words") == (DeliveryState.DROPPED, "no-longer-an-owner")


@pytest.mark.parametrize("arrives", [True, False])
def test_what_travels_with_a_message_that_may_have_arrived_comes_once(office: DeliveryHarness, arrives: bool) -> None:
    office.enqueue(changed("dates"), changed("words"))
    office.deliver()
    if arrives:
        office.slack.faults.fail(POST, after_commit=True)
    else:
        office.slack.faults.fail(POST, status=503)
    office.enqueue(help_notification(OWNER))
    office.deliver()
    assert office.became("words") == (DeliveryState.PENDING, "carried-lately")
    it_is(office, NEXT_MONDAY)  # it is taken, so it does not go by itself
    assert lines(office) == [[], [WORDS]]
    assert office.became("words")[0] is DeliveryState.CARRIED


@pytest.mark.parametrize("error", ["restricted_action", "ratelimited"])
def test_what_would_travel_with_a_message_that_fails_waits_on(office: DeliveryHarness, error: str) -> None:
    office.enqueue(changed("dates"), changed("words"))
    office.deliver()
    office.slack.faults.fail(POST, error=error)
    office.enqueue(help_notification(OWNER))
    office.deliver()
    assert office.became("help:U0OWNER")[0] is not DeliveryState.SENT
    assert office.became("words") == (DeliveryState.PENDING, "carried-lately")
    assert office.row("words")["carried_by"] is None
    it_is(office, NEXT_MONDAY)
    assert office.became("words")[0] in (DeliveryState.SENT, DeliveryState.CARRIED)


def test_a_worker_that_dies_with_lines_in_hand_loses_none(office: DeliveryHarness) -> None:
    office.enqueue(changed("dates"), changed("words"))
    office.deliver()
    office.enqueue(help_notification(OWNER))
    ours = office.claim()
    with office.storage.begin_unlocked(office.workspace) as tx:
        (waiting,) = tx.outbox.lines(ours, {NotificationKind.PROGRAMME_CHANGED}, most=10)
        assert tx.outbox.take_lines(ours, (waiting.id,))
    office.deliver(after=LEASE.total_seconds() + 1)
    assert lines(office) == [[], [WORDS]]
    with office.storage.begin_unlocked(office.workspace) as tx:
        assert not tx.outbox.take_lines(ours, (waiting.id,)), "the claim of the dead is not valid any more"
    assert office.became("words")[0] is DeliveryState.CARRIED


def test_erasing_who_the_message_is_about_frees_what_travels_with_it(office: DeliveryHarness) -> None:
    office.enqueue(changed("dates"), changed("words"))
    office.deliver()
    office.enqueue(Notification("about", NotificationKind.HELP, OWNER, {"person": "U0BEN"}))
    ours = office.claim()
    with office.storage.begin_unlocked(office.workspace) as tx:
        (waiting,) = tx.outbox.lines(ours, {NotificationKind.PROGRAMME_CHANGED}, most=10)
        assert tx.outbox.take_lines(ours, (waiting.id,))
    with office.storage.begin(office.workspace) as tx:
        tx.erasure.erase("U0BEN", MONDAY)
    it_is(office, NEXT_MONDAY)
    assert office.became("words")[0] is DeliveryState.SENT


def test_every_other_message_goes_at_once(office: DeliveryHarness) -> None:
    office.enqueue(changed("dates"), changed("words", is_reply=True), help_notification(OWNER))
    office.deliver()
    assert office.got(OWNER) == 3


def test_a_reply_does_not_count(office: DeliveryHarness) -> None:
    office.enqueue(changed("dates", is_reply=True))
    office.deliver()
    office.enqueue(changed("carried"))
    office.deliver()
    assert office.became("carried")[0] is DeliveryState.SENT


def test_each_person_has_a_week_of_their_own(office: DeliveryHarness) -> None:
    with office.storage.begin(office.workspace) as tx:
        replace_owners(tx, (OWNER, "U0SECOND"))
    office.enqueue(changed("dates"), changed("words", to="U0SECOND"))
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


def test_what_waits_for_too_long_is_dropped(office: DeliveryHarness) -> None:
    office.enqueue(*(changed(f"n{number}") for number in range(12)))
    office.deliver()
    it_is(office, NEXT_MONDAY)
    assert [office.became(f"n{number}")[0] for number in range(1, 12)] == [
        DeliveryState.SENT,
        *[DeliveryState.CARRIED] * 10,
    ]
    office.enqueue(changed("late"))
    office.deliver()
    it_is(office, NEXT_MONDAY + 20 * A_DAY)
    assert office.became("late") == (DeliveryState.DROPPED, "past")


@pytest.mark.parametrize("arrives", [True, False])
def test_while_one_may_have_arrived_the_next_one_waits(office: DeliveryHarness, arrives: bool) -> None:
    if arrives:
        office.slack.faults.fail(POST, after_commit=True)
    else:
        office.slack.faults.fail(POST, status=503)
    office.enqueue(changed("dates"), changed("words"))
    office.deliver()
    assert office.became("dates")[0] is DeliveryState.UNKNOWN
    assert office.became("words") == (DeliveryState.PENDING, "another-first")
    office.deliver(after=ARRIVES_WITHIN.total_seconds())
    assert office.became("dates")[0] is DeliveryState.SENT
    office.deliver(after=A_MINUTE)
    # A message that certainly has not arrived is rendered again, and carries what waits.
    state = DeliveryState.PENDING if arrives else DeliveryState.CARRIED
    assert office.became("words")[0] is state
    assert office.got(OWNER) == 1


def test_while_another_deliverer_has_one_in_hand_the_next_one_waits(office: DeliveryHarness) -> None:
    office.enqueue(changed("dates"), changed("words"))
    assert office.claim().notification.key == "dates"
    office.deliver(after=1)
    assert office.became("words") == (DeliveryState.PENDING, "another-first")
    assert office.row("words")["attempts"] == 0
    office.deliver(after=LEASE.total_seconds() + 1)
    office.deliver(after=A_MINUTE)
    assert office.became("dates")[0] is DeliveryState.SENT
    assert office.became("words")[0] is DeliveryState.CARRIED


def test_of_two_of_which_only_the_newest_counts_one_line_travels(office: DeliveryHarness) -> None:
    def words(key: str) -> Notification:
        return Notification(key, NotificationKind.PROGRAMME_CHANGED, OWNER, {"part": "words", "by": "U0ADA"})

    office.enqueue(changed("dates"))
    office.deliver()
    office.enqueue(words("first"))
    office.deliver()
    office.enqueue(words("second"))
    office.deliver()
    office.enqueue(help_notification(OWNER))
    office.deliver()
    assert lines(office) == [[], [WORDS]]
    assert office.became("second")[0] is DeliveryState.CARRIED
    it_is(office, NEXT_MONDAY)
    assert office.became("first") == (DeliveryState.DROPPED, "newer")
    assert office.got(OWNER) == 2


def test_what_is_due_with_the_weekly_status_travels_with_it(office: DeliveryHarness) -> None:
    office.enqueue(changed("dates"), changed("words"))
    office.deliver()
    office.enqueue(weekly("2026-11-30", due=NEXT_MONDAY))
    it_is(office, NEXT_MONDAY)
    assert office.became("weekly:2026-11-30")[0] is DeliveryState.SENT
    assert lines(office) == [[], [WORDS]]


@pytest.mark.parametrize(("fails", "state"), [(False, DeliveryState.PENDING), (True, DeliveryState.SENT)])
def test_nothing_waits_for_a_weekly_status_that_keeps_failing(
    office: DeliveryHarness, fails: bool, state: DeliveryState
) -> None:
    job = weekly_job_key(OWNER)
    with office.storage.begin(office.workspace) as tx:
        tx.save(Outcome((ScheduledJob(job, JobKind.WEEKLY, MONDAY, OWNER),)))
        if fails:
            item = WorkItem(WorkKind.JOB, job, OWNER)
            tx.failures.record(item, reference="1234", error="ValueError", now=office.stopwatch())
    office.enqueue(changed("dates"))
    it_is(office, MONDAY + timedelta(hours=3))
    assert office.became("dates")[0] is state
