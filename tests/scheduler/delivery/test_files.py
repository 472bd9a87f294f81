"""A file is shared once, whatever happens on the way; without the scope its message says so in words."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.manifest import SHARE_FILES
from mentoring.core.outcome import Notification, NotificationKind, Outcome
from mentoring.meetings.planned import PlannedMeeting, PlannedState
from scheduler.delivery.recorder import ARRIVES_WITHIN
from scheduler.delivery.sender import LEASE
from scheduler.delivery.uploading import _is_of_slack
from storage import DeliveryState
from tests.mentoring.factories import partnership
from tests.scheduler.delivery_harness import ADA, BEN, OWNER, DeliveryHarness
from tests.scheduler.delivery_harness import office as open_office

URL, COMPLETE, INFO = "files.getUploadURLExternal", "files.completeUploadExternal", "files.info"
KEY = "calendar-file:L1"
A_WHILE = ARRIVES_WITHIN.total_seconds()
BOOKED = PlannedMeeting("L1", "s1", PlannedState.BOOKED, 60, starts_at=datetime(2026, 12, 1, 15, tzinfo=UTC))


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL + 1, "scheduler")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[DeliveryHarness]:
    with open_office(tmp_path) as found:
        found.found(OWNER)
        with found.storage.begin(found.workspace) as tx:
            tx.save(Outcome((partnership(ADA, BEN, introduced_at=found.calendar()), BOOKED)))
        found.enqueue(Notification(KEY, NotificationKind.CALENDAR_FILE, ADA, {"planned": "L1", "partnership": "s1"}))
        yield found


def got(office: DeliveryHarness) -> list[Any]:
    """The messages with a file that Ada has."""
    return [message for message in office.slack.person(ADA).inbox() if message.get("files")]


def test_a_file_comes_with_its_words_and_is_recorded_as_sent(office: DeliveryHarness) -> None:
    office.deliver()
    (message,) = got(office)
    assert "Open the file to add it to your calendar" in message["text"]
    assert (message["files"][0]["name"], message["files"][0]["filetype"]) == ("meeting-2026-12-01.ics", "ics")
    assert office.became(KEY)[0] is DeliveryState.SENT
    assert office.row(KEY)["file_id"] == message["files"][0]["id"]


@pytest.mark.parametrize("arrives", [True, False])
def test_a_file_whose_answer_was_lost_is_there_once(office: DeliveryHarness, arrives: bool) -> None:
    if arrives:
        office.slack.faults.fail(COMPLETE, after_commit=True)
    else:
        office.slack.faults.fail(COMPLETE, status=503)
    office.deliver()
    assert office.became(KEY)[0] is DeliveryState.UNKNOWN
    office.deliver(after=A_WHILE)
    assert office.became(KEY)[0] is DeliveryState.SENT
    assert len(got(office)) == 1
    assert len(office.calls(INFO)) == 1
    assert (office.row(KEY)["ts"] is not None) is arrives


def test_a_death_between_the_upload_and_the_answer_shares_it_once(
    office: DeliveryHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process is gone once Slack has shared the file; another one finds it."""

    class Gone(BaseException):
        """Nothing of the process runs on."""

    def dies(*_: Any, **__: Any) -> None:
        raise Gone

    with monkeypatch.context() as patched:
        patched.setattr("scheduler.delivery.recorder.DeliveryRecorder.sent", dies)
        with pytest.raises(Gone):
            office.deliver()
    office.delivery._in_progress.clear()
    office.deliver(after=LEASE.total_seconds() + 1)
    assert office.became(KEY)[0] is DeliveryState.SENT
    assert len(got(office)) == 1


@pytest.mark.parametrize("method", [URL, COMPLETE])
def test_where_slack_asks_us_to_wait_it_comes_later_and_once(office: DeliveryHarness, method: str) -> None:
    office.slack.faults.fail(method, "ratelimited", status=429, retry_after=30)
    office.deliver()
    assert got(office) == []
    office.deliver(after=60)
    assert len(got(office)) == 1


def test_without_the_scope_the_message_comes_in_words_and_says_why(office: DeliveryHarness) -> None:
    scopes = office.slack.app.manifest["oauth_config"]["scopes"]
    scopes["bot"] = [scope for scope in scopes["bot"] if scope != SHARE_FILES]
    office.deliver()
    (message,) = office.slack.person(ADA).inbox()
    assert "You’re meeting" in message["text"]
    assert "I can’t share calendar files in this workspace." in message["text"]
    assert office.became(KEY)[0] is DeliveryState.SENT


def test_an_older_file_is_not_sent_after_a_newer_one(office: DeliveryHarness) -> None:
    with office.storage.begin(office.workspace) as tx:
        off = replace(BOOKED, state=PlannedState.CANCELLED, cancelled_by=BEN, sequence=1, version=2)
        tx.save(Outcome((off,)))
    office.enqueue(Notification("newer", NotificationKind.CALENDAR_FILE, ADA, {"planned": "L1", "partnership": "s1"}))
    office.deliver()
    assert office.became(KEY) == (DeliveryState.DROPPED, "newer")
    assert ["has cancelled" in message["text"] for message in got(office)] == [True]


@pytest.mark.parametrize(
    ("url", "api", "is_slacks"),
    [
        ("https://files.slack.com/upload/v1/x", "https://slack.com/api/", True),
        ("http://files.slack.com/upload/v1/x", "https://slack.com/api/", False),
        ("https://files.slack.com.example/upload", "https://slack.com/api/", False),
        ("https://example/upload", "https://slack.com/api/", False),
        ("http://127.0.0.1:9/upload", "http://127.0.0.1:9/api/", True),
        ("http://127.0.0.1:10/upload", "http://127.0.0.1:9/api/", False),
    ],
)
def test_a_file_goes_to_slack_alone(url: str, api: str, is_slacks: bool) -> None:
    assert _is_of_slack(url, api) is is_slacks
