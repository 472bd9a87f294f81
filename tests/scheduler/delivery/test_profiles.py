"""Asking Slack who somebody is: what they are, what they are called, and what time it is for them."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from mentoring.core.outcome import Outcome
from mentoring.core.people import AccountStatus
from sandbox import Member
from tests.one_programme import replace_owners, the_programme
from tests.scheduler.delivery_harness import ADA, BEN, CHI, DeliveryHarness, help_notification


@pytest.mark.parametrize(
    ("user", "standing", "time_zone"),
    [
        ("U0ADA", AccountStatus.MEMBER, "Europe/London"),
        ("U0BEN", AccountStatus.MEMBER, "America/New_York"),
        ("U0CHI", AccountStatus.MEMBER, "Asia/Kolkata"),
        ("U0GUEST", AccountStatus.GUEST, "Europe/London"),
        ("U0SINGLE", AccountStatus.GUEST, "Europe/London"),
        ("U0ROBOT", AccountStatus.BOT, "Europe/London"),
        ("U0FAR", AccountStatus.STRANGER, "Europe/London"),
        ("U0GONE", AccountStatus.DEACTIVATED, ""),
    ],
)
def test_slack_is_asked_and_its_answer_kept(
    office: DeliveryHarness, user: str, standing: AccountStatus, time_zone: str
) -> None:
    office.request_profiles(user)
    office.deliver()
    with office.storage.read(office.workspace) as tx:
        person = tx.people.get(user)
        assert (person.account_status, person.time_zone) == (standing, time_zone)
        assert person.display_name
        assert tx.people.requested() == ()


def test_whom_slack_does_not_show_us_is_a_stranger(office: DeliveryHarness) -> None:
    office.request_profiles("U0NOBODY")
    office.deliver()
    assert standing_of(office, "U0NOBODY") is AccountStatus.STRANGER


def test_everybody_is_asked_about_once(office: DeliveryHarness) -> None:
    office.request_profiles(ADA, BEN)
    office.request_profiles(ADA)
    office.deliver()
    office.request_profiles(ADA)
    office.deliver()
    assert sorted(call.args["user"] for call in office.calls("users.info")) == [ADA, BEN]


def test_a_day_later_slack_is_asked_again(office: DeliveryHarness) -> None:
    office.request_profiles(ADA)
    office.deliver()
    office.slack.change_member(ADA, is_guest=True)
    office.calendar.move(24 * 3600)
    office.request_profiles(ADA)
    office.deliver()
    assert standing_of(office, ADA) is AccountStatus.GUEST


def test_slowed_down_we_ask_later_and_write_meanwhile(office: DeliveryHarness) -> None:
    office.slack.faults.fail("users.info", retry_after=20)
    office.request_profiles(ADA)
    office.enqueue(help_notification(BEN))
    office.deliver()
    assert office.got(BEN) == 1
    assert standing_of(office, ADA) is AccountStatus.UNKNOWN
    office.deliver(after=19)
    assert len(office.calls("users.info")) == 1
    office.deliver(after=1)
    assert standing_of(office, ADA) is AccountStatus.MEMBER


@pytest.mark.parametrize("error", ["internal_error", "fatal_error", "token_revoked"])
def test_an_answer_that_fails_to_come_is_asked_for_again(office: DeliveryHarness, error: str) -> None:
    office.slack.faults.fail("users.info", error)
    office.request_profiles(ADA)
    office.deliver()
    assert standing_of(office, ADA) is AccountStatus.UNKNOWN
    office.deliver()
    assert len(office.calls("users.info")) == 1
    office.deliver(after=60)
    assert standing_of(office, ADA) is AccountStatus.MEMBER


def test_somebody_forgotten_while_we_asked_stays_forgotten(office: DeliveryHarness) -> None:
    office.request_profiles(ADA)
    with office.storage.begin(office.workspace) as tx:
        tx.erasure.erase(ADA, office.calendar())
    office.deliver()
    assert office.calls("users.info") == []
    assert standing_of(office, ADA) is AccountStatus.UNKNOWN


def test_the_name_they_chose_goes_before_the_one_they_were_given(office: DeliveryHarness) -> None:
    office.slack.add_member(Member("U0EVE", "eve", "Eve Everett", display_name="Evie"))
    office.request_profiles("U0EVE", ADA)
    office.deliver()
    with office.storage.read(office.workspace) as tx:
        assert tx.people.get("U0EVE").display_name == "Evie"
        assert tx.people.get(ADA).display_name == "Ada Adams"


def standing_of(office: DeliveryHarness, user: str) -> AccountStatus:
    with office.storage.read(office.workspace) as tx:
        return tx.people.get(user).account_status


@pytest.mark.parametrize(
    ("facts", "programme", "moment"),
    [
        ({"utc_offset": -28800}, "Asia/Kolkata", "2026-11-25T17:00"),
        ({"time_zone": "America/Los_Angeles"}, "", "2026-11-25T17:00"),
        (None, "America/New_York", "2026-11-25T14:00"),
        (None, "", "2026-11-26T03:30"),
    ],
    ids=["an offset only", "a name", "only the programme's", "only an owner's"],
)
def test_nobody_is_written_to_in_utc_because_slack_does_not_name_their_zone(
    office: DeliveryHarness, facts: dict[str, Any] | None, programme: str, moment: str
) -> None:
    with office.storage.begin(office.workspace) as tx:
        replace_owners(tx, [CHI])
    with office.storage.begin(office.workspace) as tx:
        found = the_programme(tx)
        assert found is not None
        tx.save(Outcome((replace(found, time_zone=programme, version=found.version + 1),)))
    if facts:
        office.slack.change_member(ADA, **facts)
        office.request_profiles(ADA)
    office.request_profiles(CHI)
    office.deliver()
    office.calendar.moment = datetime(2026, 11, 25, 5, tzinfo=UTC)
    if programme == "":
        office.calendar.moment = datetime(2026, 11, 25, 12, tzinfo=UTC)
    office.enqueue(help_notification(ADA, due=office.calendar()))
    office.deliver()
    assert office.got(ADA) == 0
    due = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert datetime.fromisoformat(str(office.row(f"help:{ADA}")["due"])) == due
