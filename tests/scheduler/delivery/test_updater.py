"""A message that stays shows what is the case, where it was posted, whatever Slack and our own death do to it."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from mentoring.applications.application import Role
from mentoring.core.outcome import Notification, NotificationKind, Outcome
from mentoring.core.roles import ProgrammeRole, RoleGiven, RoleTaken
from sandbox.lookup import message_text
from scheduler.delivery import RateLimits
from scheduler.delivery.rate_limiter import RateLimiter
from scheduler.delivery.recorder import ARRIVES_WITHIN
from scheduler.delivery.sender import LEASE
from storage import DeliveryState
from tests.mentoring.values import application
from tests.one_programme import replace_owners
from tests.scheduler.delivery_harness import ADA, BEN, OWNER, DeliveryHarness
from tests.scheduler.delivery_harness import office as open_office

KEY = f"desk:c1:{OWNER}"
UPDATE, POST, DELETE = "chat.update", "chat.postMessage", "chat.delete"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[DeliveryHarness]:
    """The owner's message about the round has been posted."""
    with open_office(tmp_path) as opened:
        opened.found(OWNER)
        opened.enqueue(desk())
        opened.deliver()
        yield opened


def desk(day: str = "", **more: object) -> Notification:
    return Notification(KEY, NotificationKind.REVIEW, OWNER, {"cohort": "c1"} | ({"day": day} if day else {}), **more)  # type: ignore[arg-type]


def applies(office: DeliveryHarness, person: str = ADA, role: Role = Role.MENTEE) -> None:
    with office.storage.begin(office.workspace) as tx:
        tx.save(Outcome((application(person, role, id=f"{role}-{person}"),)))


def shown(office: DeliveryHarness) -> list[str]:
    """Of each message about the round that the owner has, who takes part."""
    inbox = office.slack.person(OWNER).inbox()
    read = "\n".join(message_text(message) for message in inbox if message["text"].startswith("Matches"))
    return [line.split(": ")[1] for line in read.splitlines() if "Applied" in line]


def test_it_is_changed_in_its_place_and_nobody_is_written_to(office: DeliveryHarness) -> None:
    applies(office)
    office.deliver()
    assert shown(office) == ["1 mentee, 0 mentors"]
    assert len(office.calls(POST)) == 1
    assert office.view(KEY) == ("current", None)


def test_many_changes_are_one_update(office: DeliveryHarness) -> None:
    for person in (ADA, BEN, "U0CHI"):
        applies(office, person)
    office.deliver()
    assert shown(office) == ["3 mentees, 0 mentors"]
    assert len(office.calls(UPDATE)) == 1
    office.deliver(after=3600)
    assert len(office.calls(UPDATE)) == 1


def test_it_is_changed_at_night_too(office: DeliveryHarness) -> None:
    office.calendar.move(timedelta(hours=14).total_seconds())
    applies(office)
    office.deliver()
    assert shown(office) == ["1 mentee, 0 mentors"]


def test_whoever_died_in_the_middle_of_it_is_taken_over(office: DeliveryHarness) -> None:
    applies(office)
    with office.storage.begin_unlocked(office.workspace) as tx:
        dead = tx.live_views.claim(calendar=office.calendar(), stopwatch=office.stopwatch(), lease=LEASE)
    assert dead is not None
    assert office.deliver(after=LEASE.total_seconds() - 1) == 0
    assert office.deliver(after=2) == 1
    assert shown(office) == ["1 mentee, 0 mentors"]
    assert len(office.calls(POST)) == 1
    assert office.calls("conversations.history") == [], "there is nothing to look for"


def test_whoever_is_late_by_now_does_not_begin(office: DeliveryHarness) -> None:
    """Or its request might arrive after the one of whoever takes over, and show what was."""
    applies(office)
    with office.storage.begin_unlocked(office.workspace) as tx:
        ours = tx.live_views.claim(calendar=office.calendar(), stopwatch=office.stopwatch(), lease=LEASE)
    assert ours is not None
    office.stopwatch.move(LEASE.total_seconds() - 10)
    office.delivery._updater.deliver(ours, lambda: None)
    assert office.calls(UPDATE) == []
    assert office.deliver() == 1
    assert shown(office) == ["1 mentee, 0 mentors"]


def test_slack_that_would_like_us_to_wait_is_waited_for_and_posts_go_on(office: DeliveryHarness) -> None:
    office.slack.faults.fail(UPDATE, retry_after=30)
    applies(office)
    office.enqueue(Notification("help:1", NotificationKind.HELP, ADA))
    office.deliver()
    assert (shown(office), office.got(ADA)) == (["0 mentees, 0 mentors"], 1)
    office.enqueue(Notification("help:2", NotificationKind.HELP, ADA))
    office.deliver(after=20)
    assert (len(office.calls(UPDATE)), office.got(ADA)) == (1, 2)
    office.deliver(after=11)
    assert shown(office) == ["1 mentee, 0 mentors"]


def test_an_answer_that_got_lost_is_waited_for_before_it_is_tried_again(
    office: DeliveryHarness, caplog: pytest.LogCaptureFixture
) -> None:
    office.slack.faults.fail(UPDATE, after_commit=True)
    applies(office)
    with caplog.at_level(logging.CRITICAL):
        office.deliver()
    applies(office, BEN)
    office.deliver(after=ARRIVES_WITHIN.total_seconds() - 1)
    assert len(office.calls(UPDATE)) == 1
    office.deliver(after=2)
    assert shown(office) == ["2 mentees, 0 mentors"]
    assert len(office.calls(POST)) == 1


@pytest.mark.parametrize("error", ["message_not_found", "cant_update_message", "edit_window_closed"])
def test_where_it_cannot_be_changed_it_is_posted_again(office: DeliveryHarness, error: str) -> None:
    office.slack.faults.fail(UPDATE, error)
    applies(office)
    office.deliver()
    office.deliver()
    assert shown(office)[-1] == "1 mentee, 0 mentors"
    assert len(office.calls(POST)) == 2
    applies(office, BEN)
    office.deliver()
    assert shown(office)[-1] == "2 mentees, 0 mentors"


def test_what_is_posted_again_because_it_is_gone_waits_for_the_morning(office: DeliveryHarness) -> None:
    office.calendar.move(timedelta(hours=14).total_seconds())
    office.slack.faults.fail(UPDATE, "message_not_found")
    applies(office)
    office.deliver()
    office.deliver()
    assert len(office.calls(POST)) == 1
    office.calendar.move(timedelta(hours=10).total_seconds())
    office.deliver()
    assert len(office.calls(POST)) == 2


def test_needed_on_another_day_it_is_posted_below_everything_else_and_the_one_before_is_taken_away(
    office: DeliveryHarness,
) -> None:
    office.enqueue(Notification("help:1", NotificationKind.HELP, OWNER))
    office.deliver()
    applies(office)
    office.enqueue(desk("2026-11-24"))
    office.deliver()
    inbox = [message["text"] for message in office.slack.person(OWNER).inbox()]
    assert [text.startswith("Matches") for text in inbox] == [False, True]
    assert shown(office) == ["1 mentee, 0 mentors"]
    assert (len(office.calls(POST)), len(office.calls(DELETE))) == (3, 1)


@pytest.fixture
def night(office: DeliveryHarness) -> DeliveryHarness:
    """Somebody's proposals came late: the owner's message is needed again, and it is not the hour for it."""
    office.calendar.move(timedelta(hours=14).total_seconds())
    office.enqueue(desk("2026-11-25", due=office.calendar()))
    office.deliver()
    return office


def morning(office: DeliveryHarness) -> None:
    office.calendar.move(timedelta(hours=10).total_seconds())
    office.deliver()


def test_until_the_hour_for_posting_it_again_it_is_changed_in_its_place(night: DeliveryHarness) -> None:
    for number, person in enumerate((ADA, BEN), 1):
        applies(night, person)
        night.deliver()
        assert shown(night) == [f"{number} mentee{'s' * (number > 1)}, 0 mentors"]
    assert (len(night.calls(POST)), len(night.calls(DELETE))) == (1, 0)
    morning(night)
    assert shown(night) == ["2 mentees, 0 mentors"]
    assert (len(night.calls(POST)), len(night.calls(DELETE))) == (2, 1)
    assert night.view(KEY) == ("current", None)
    night.calendar.move(timedelta(days=1).total_seconds())
    night.deliver()
    assert len(night.calls(POST)) == 2


def test_in_working_hours_it_is_posted_again_without_delay(office: DeliveryHarness) -> None:
    office.enqueue(desk("2026-11-24", due=office.calendar()))
    office.deliver()
    assert (len(office.calls(POST)), len(office.calls(DELETE)), len(shown(office))) == (2, 1, 1)


def test_one_that_was_to_be_posted_again_at_once_and_is_late_by_now_is_changed_until_the_morning(
    office: DeliveryHarness,
) -> None:
    office.calendar.move(timedelta(hours=14).total_seconds())
    office.enqueue(desk("2026-11-25"))
    applies(office)
    office.deliver(after=3600)
    assert (shown(office), len(office.calls(POST))) == (["1 mentee, 0 mentors"], 1)
    morning(office)
    assert (len(office.calls(POST)), len(office.calls(DELETE)), len(shown(office))) == (2, 1, 1)


def test_whoever_died_when_it_was_to_be_posted_again_is_taken_over(night: DeliveryHarness) -> None:
    night.calendar.move(timedelta(hours=10).total_seconds())
    with night.storage.begin_unlocked(night.workspace) as tx:
        assert tx.outbox.claim(calendar=night.calendar(), stopwatch=night.stopwatch(), lease=LEASE)
    night.deliver(after=LEASE.total_seconds() + 1)
    assert (len(night.calls(POST)), len(night.calls(DELETE)), len(shown(night))) == (2, 1, 1)


def test_a_round_that_is_closed_until_then_needs_nobody_again(night: DeliveryHarness) -> None:
    with night.storage.begin(night.workspace) as tx:
        cohort = tx.cohorts.current("p1")
        assert cohort is not None
        tx.save(Outcome((replace(cohort, closed_on=night.calendar().date()),)))
    night.deliver()
    morning(night)
    (text,) = (m["text"] for m in night.slack.person(OWNER).inbox() if m["text"].startswith("Matches"))
    assert text.endswith("has closed")
    assert len(night.calls(POST)) == 1
    assert night.view(KEY) == ("current", None)
    assert night.became(f"{KEY}#1") == (DeliveryState.DROPPED, "round-over")


def test_whoever_is_no_owner_any_more_by_then_is_not_written_to(night: DeliveryHarness) -> None:
    with night.storage.begin(night.workspace) as tx:
        replace_owners(tx, [BEN])
    morning(night)
    texts = [message["text"] for message in night.slack.person(OWNER).inbox()]
    assert texts == ["This message is no longer updated"]
    assert len(night.calls(POST)) == 1


def test_posted_again_for_whoever_is_no_owner_any_more_the_one_before_says_no_more(office: DeliveryHarness) -> None:
    office.enqueue(desk("2026-11-24"))
    with office.storage.begin(office.workspace) as tx:
        replace_owners(tx, [BEN])
    office.deliver()
    texts = [message["text"] for message in office.slack.person(OWNER).inbox()]
    assert texts == ["This message is no longer updated"]
    assert office.view(KEY) == ("current", "no-longer-an-approver")


def test_one_that_slack_will_not_take_away_stays_and_holds_nothing_up(office: DeliveryHarness) -> None:
    office.slack.faults.fail(DELETE, "cant_delete_message")
    office.enqueue(desk("2026-11-24"))
    office.deliver()
    applies(office)
    office.deliver()
    assert shown(office) == ["0 mentees, 0 mentors", "1 mentee, 0 mentors"]
    assert len(office.calls(DELETE)) == 1


def test_one_that_could_not_be_taken_away_for_now_is_taken_away_later(office: DeliveryHarness) -> None:
    office.slack.faults.fail(DELETE, "ratelimited", retry_after=5)
    office.enqueue(desk("2026-11-24"))
    office.deliver()
    assert len(shown(office)) == 2
    office.deliver(after=6)
    assert shown(office) == ["0 mentees, 0 mentors"]


def test_whoever_is_no_owner_any_more_sees_nothing_of_it(office: DeliveryHarness) -> None:
    applies(office)
    with office.storage.begin(office.workspace) as tx:
        tx.save(Outcome((RoleGiven("p1", ProgrammeRole.OWNER, BEN), RoleTaken("p1", ProgrammeRole.OWNER, OWNER))))
    office.deliver()
    texts = [message["text"] for message in office.slack.person(OWNER).inbox()]
    assert texts == ["This message is no longer updated"]
    assert office.view(KEY) == ("current", "no-longer-an-approver")


def test_while_slack_shuts_us_out_it_stays_to_be_changed(office: DeliveryHarness) -> None:
    office.slack.faults.fail(UPDATE, "token_revoked")
    applies(office)
    office.deliver()
    assert office.view(KEY) == ("stale", "token_revoked")
    assert office.deliver(after=30) == 0
    office.deliver(after=60)
    assert shown(office) == ["1 mentee, 0 mentors"]


def test_changes_have_a_pace_of_their_own(office: DeliveryHarness) -> None:
    rate_limiter = RateLimiter(RateLimits(updates_per_minute=30, update_burst=2), office.stopwatch)
    for _ in range(2):
        assert not rate_limiter.wait_for_update()
        rate_limiter.consume_update()
    assert rate_limiter.wait_for_update() == timedelta(seconds=2)
    assert not rate_limiter.wait(is_reply=False)
    office.stopwatch.move(2)
    assert not rate_limiter.wait_for_update()
