"""A Home shows what is the case to who looks at it, whatever Slack and our own death do. No message waits for it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from mentoring.applications.application import Role
from mentoring.core.outcome import Outcome
from mentoring.core.people import AccountStatus, Person, ProfileUpdate
from mentoring.home.home import Home
from messages.home import home_view
from sandbox.lookup import message_text
from scheduler.delivery import DEFAULT_LIMITS
from scheduler.delivery.home_publisher import LEASE
from scheduler.delivery.recorder import ARRIVES_WITHIN
from storage.notifications.homes import LOOKS_FOR
from storage.workspaces import PLAIN_FOR
from tests.mentoring.factories import mentee, mentor, partnership
from tests.mentoring.values import application
from tests.scheduler.delivery_harness import ADA, BEN, CHI, OWNER, DeliveryHarness, help_notification
from tests.scheduler.delivery_harness import office as open_office

PUBLISH, POST = "views.publish", "chat.postMessage"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[DeliveryHarness]:
    with open_office(tmp_path) as opened:
        opened.found(OWNER)
        opened.request_profiles(ADA, BEN, CHI, OWNER)
        opened.deliver()
        yield opened


def opens(office: DeliveryHarness, *people: str) -> None:
    with office.storage.begin(office.workspace) as tx:
        for person in people:
            tx.open_home(person)


def applies(office: DeliveryHarness, person: str = ADA, role: Role = Role.MENTEE) -> None:
    with office.storage.begin(office.workspace) as tx:
        tx.save(Outcome((application(person, role, id=f"{role}-{person}"),)))


def renames(office: DeliveryHarness, name: str) -> None:
    with office.storage.begin(office.workspace) as tx:
        programme, _ = tx.programme("p1")
        tx.save(Outcome((replace(programme, name=name, version=programme.version + 1),)))


def words(office: DeliveryHarness, person: str = ADA) -> str:
    home = office.slack.person(person).home
    return message_text({"blocks": home["blocks"]}) if home else ""


def test_it_is_published_when_it_is_opened_and_after_a_change(office: DeliveryHarness) -> None:
    opens(office, ADA)
    office.deliver()
    assert "How it works" in words(office)
    applies(office)
    office.deliver()
    assert "Your application for a mentor" in words(office)
    assert len(office.calls(PUBLISH)) == 2


def test_who_does_not_look_any_more_costs_nothing_until_they_open_it(office: DeliveryHarness) -> None:
    opens(office, ADA)
    office.deliver()
    office.stopwatch.move(LOOKS_FOR.total_seconds() + 1)
    applies(office)
    renames(office, "Another name")
    office.deliver()
    assert len(office.calls(PUBLISH)) == 1
    opens(office, ADA)
    office.deliver()
    assert "Another name" in words(office)


def test_many_changes_are_one_publication(office: DeliveryHarness) -> None:
    opens(office, ADA)
    office.deliver()
    for name in ("One", "Two", "Three"):
        renames(office, name)
    office.deliver()
    assert "Three" in words(office)
    assert len(office.calls(PUBLISH)) == 2


def test_killed_between_the_call_and_its_record_it_is_published_again(office: DeliveryHarness) -> None:
    opens(office, ADA)
    with office.storage.begin_unlocked(office.workspace) as tx:
        dead = tx.homes.claim(stopwatch=office.stopwatch(), lease=LEASE)
    assert dead is not None
    office.delivery._slack.publish(ADA, {"type": "home", "blocks": []})
    office.deliver(after=LEASE.total_seconds() - 1)
    assert len(office.calls(PUBLISH)) == 1
    office.deliver(after=2)
    assert "How it works" in words(office)


def test_after_a_call_without_an_answer_it_waits_until_that_cannot_arrive(office: DeliveryHarness) -> None:
    office.slack.faults.fail(PUBLISH, after_commit=True)
    opens(office, ADA)
    office.deliver()
    applies(office)
    assert office.deliver(after=ARRIVES_WITHIN.total_seconds() - 1) == 0
    office.deliver(after=2)
    assert "Your application for a mentor" in words(office)


def cards(office: DeliveryHarness, person: str = ADA) -> int:
    home = office.slack.person(person).home
    return sum(block["type"] == "card" for block in (home or {"blocks": ()})["blocks"])


def are_introduced(office: DeliveryHarness) -> None:
    with office.storage.begin(office.workspace) as tx:
        tx.save(Outcome((mentee(ADA), mentor(BEN))))
        tx.save(Outcome((partnership(ADA, BEN, introduced_at=office.calendar()),)))


def test_where_slack_refuses_cards_plain_blocks_are_published_from_then_on_and_tried_again_later(
    office: DeliveryHarness,
) -> None:
    are_introduced(office)
    office.slack.faults.fail(PUBLISH, "invalid_arguments")
    opens(office, ADA)
    office.deliver()
    assert (cards(office), len(office.calls(PUBLISH))) == (0, 2)
    assert f"*With <@{BEN}>, your mentor*" in words(office)
    renames(office, "Another name")
    office.deliver()
    assert (cards(office), len(office.calls(PUBLISH))) == (0, 3)
    office.calendar.move(PLAIN_FOR.total_seconds())
    renames(office, "A third name")
    office.deliver()
    assert (cards(office), len(office.calls(PUBLISH))) == (1, 4)


def test_what_slack_refuses_in_plain_blocks_too_was_not_about_the_cards(office: DeliveryHarness) -> None:
    are_introduced(office)
    for _ in range(2):
        office.slack.faults.fail(PUBLISH, "invalid_arguments")
    opens(office, ADA)
    office.deliver()
    assert len(office.calls(PUBLISH)) == 2
    office.deliver(after=5)
    assert cards(office) == 1


@pytest.mark.parametrize("error", ["internal_error", "invalid_arguments", "ratelimited"])
def test_a_failure_is_tried_again_and_holds_up_no_message(office: DeliveryHarness, error: str) -> None:
    office.slack.faults.fail(PUBLISH, error, retry_after=5 if error == "ratelimited" else None)
    opens(office, ADA)
    office.enqueue(help_notification(BEN))
    office.deliver()
    assert office.got(BEN) == 1
    assert words(office) == ""
    office.deliver(after=40)
    assert "How it works" in words(office)


def test_a_home_tab_that_is_turned_off_is_left_alone_for_an_hour(
    office: DeliveryHarness, caplog: pytest.LogCaptureFixture
) -> None:
    office.slack.faults.fail(PUBLISH, "not_enabled", times=None)
    opens(office, ADA, BEN)
    office.enqueue(help_notification(BEN))
    office.deliver()
    assert len(office.calls(PUBLISH)) == 1
    assert office.got(BEN) == 1
    office.deliver(after=60)
    assert len(office.calls(PUBLISH)) == 1
    assert not [record for record in caplog.records if record.levelname in ("WARNING", "ERROR")]


def test_access_that_is_lost_stops_it_as_it_stops_everything(office: DeliveryHarness) -> None:
    office.slack.faults.fail(PUBLISH, "token_revoked")
    opens(office, ADA)
    office.deliver()
    with office.storage.read(office.workspace) as tx:
        assert tx.access.access_lost() is not None
    opens(office, BEN)
    office.deliver(after=1)
    assert len(office.calls(PUBLISH)) == 1


def test_nobody_looks_from_a_deactivated_account(office: DeliveryHarness) -> None:
    opens(office, ADA)
    with office.storage.begin(office.workspace) as tx:
        gone = Person(ADA, AccountStatus.DEACTIVATED, "Ada", left_at=office.calendar())
        tx.save(Outcome((ProfileUpdate(gone, office.calendar()),)))
    office.deliver()
    assert office.calls(PUBLISH) == []


def test_its_pace_is_within_what_slack_allows_in_a_minute() -> None:
    assert DEFAULT_LIMITS.publishes_per_minute + DEFAULT_LIMITS.publish_burst <= 100
    assert DEFAULT_LIMITS.least_seconds_of_homes(50) < 30


def test_publishing_has_a_pace_of_its_own(office: DeliveryHarness) -> None:
    for _ in range(DEFAULT_LIMITS.publish_burst):
        office.delivery._rate_limiter.consume_publish()
    opens(office, ADA)
    office.enqueue(help_notification(BEN))
    office.deliver()
    assert (words(office), office.got(BEN)) == ("", 1)
    office.deliver(after=timedelta(minutes=1).total_seconds() / DEFAULT_LIMITS.publishes_per_minute)
    assert "How it works" in words(office)


def failing(office: DeliveryHarness) -> int:
    with office.storage.read(office.workspace) as tx:
        return tx.homes.failing()


def test_a_bug_in_rendering_one_holds_up_no_other(office: DeliveryHarness, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(home: Home) -> dict[str, Any]:
        if home.reader.id == ADA:
            raise ValueError
        return home_view(home)

    monkeypatch.setattr("scheduler.delivery.home_publisher.home_view", breaks)
    opens(office, ADA, BEN)
    office.deliver()
    assert (words(office), "How it works" in words(office, BEN)) == ("", True)
    assert failing(office) == 1
    monkeypatch.undo()
    office.deliver(after=30)
    assert "How it works" in words(office)
    assert failing(office) == 0
