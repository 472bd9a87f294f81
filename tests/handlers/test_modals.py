"""What an open form shows last is what it was given last, however slow Slack is with what it was given before."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.clocks import real_now
from handlers.context import Request
from handlers.modals import ModalClient
from handlers.submissions import SubmissionThreads
from messages.blocks import sentence_view
from scheduler.delivery import ResponseUrlClient
from scheduler.delivery.profile_lookup import LookUpThreads


class SlowAtFirst(WebClient):
    """Takes until `go_on` for the first view that it gets."""

    def __init__(self) -> None:
        super().__init__("xoxb-none")
        self.shown: list[str] = []
        self.is_asked, self.go_on = threading.Event(), threading.Event()

    def views_update(self, **args: Any) -> Any:
        if not self.is_asked.is_set():
            self.is_asked.set()
            assert self.go_on.wait(5)
        self.shown.append(args["view"]["blocks"][0]["text"]["text"])


def test_a_slow_one_does_not_come_after_a_newer_one_and_what_is_outdated_is_left_out() -> None:
    client = SlowAtFirst()
    opener = ModalClient(client, ResponseUrlClient(), stopwatch=real_now)
    opener.show("V1", sentence_view("Not possible", "first"))
    assert client.is_asked.wait(5)
    for words in ("second", "third"):
        opener.show("V1", sentence_view("Not possible", words))
    client.go_on.set()
    opener.close()
    assert client.shown == ["first", "third"]


def test_forms_do_not_wait_for_each_other() -> None:
    client = SlowAtFirst()
    opener = ModalClient(client, ResponseUrlClient(), stopwatch=real_now)
    opener.show("V1", sentence_view("Not possible", "slow"))
    assert client.is_asked.wait(5)
    opener.show("V2", sentence_view("Not possible", "quick"))
    client.go_on.set()
    opener.close()
    assert sorted(client.shown) == ["quick", "slow"]


class NotThereYet(WebClient):
    """Finds the view at the third try; or never."""

    def __init__(self, tries: int) -> None:
        super().__init__("xoxb-none")
        self.tries = tries
        self.shown: list[str] = []

    def views_update(self, **args: Any) -> Any:
        self.tries -= 1
        if self.tries:
            raise SlackApiError("not there", {"ok": False, "error": "not_found"})  # type: ignore[no-untyped-call]
        self.shown.append(args["external_id"])

    def views_open(self, **args: Any) -> Any:
        return {"view": {"id": "V1"}}


def test_a_view_that_an_acknowledgement_is_about_to_show_is_waited_for() -> None:
    client, waits = NotThereYet(3), list[timedelta]()
    opener = ModalClient(client, ResponseUrlClient(), stopwatch=real_now, wait=waits.append)
    opener.replace("saving-1", sentence_view("Saved", "Saved."))
    opener.close()
    assert client.shown == ["saving-1"]
    assert len(waits) == 2


def test_a_view_that_was_closed_is_not_waited_for_for_ever() -> None:
    client, waits = NotThereYet(1000), list[timedelta]()
    opener = ModalClient(client, ResponseUrlClient(), stopwatch=real_now, wait=waits.append)
    opener.replace("saving-1", sentence_view("Saved", "Saved."))
    opener.close()
    assert client.shown == []
    assert sum(waits, timedelta(0)) < timedelta(seconds=10)


def test_what_follows_a_waiting_view_takes_its_place_and_an_error_becomes_a_sentence() -> None:
    client = SlowAtFirst()
    client.is_asked.set()
    client.views_open = lambda **_: {"view": {"id": "V1"}}  # type: ignore[assignment]
    opener = ModalClient(client, ResponseUrlClient(), stopwatch=real_now)
    request = Request("T1", "U0ADA", real_now(), trigger_id="t")
    opener.open_then(request, sentence_view("Wait", "Wait."), lambda: sentence_view("Form", "The form."))
    opener.close()
    opener = ModalClient(client, ResponseUrlClient(), stopwatch=real_now)
    opener.open_then(request, sentence_view("Wait", "Wait."), lambda: {})
    opener.close()
    assert client.shown[0] == "The form."
    assert "something went wrong on our side" in client.shown[1]


def test_what_takes_longer_than_slack_waits_is_not_done_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.submissions.ANSWER_WITHIN", timedelta(0))
    submissions, go_on = SubmissionThreads(), threading.Event()
    slow = submissions.start(go_on.wait)
    assert not submissions.is_done_in_time(slow)
    go_on.set()
    assert slow.result()
    assert submissions.is_done_in_time(slow)
    submissions.close()


def test_a_look_up_that_takes_longer_than_a_person_waits_tells_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scheduler.delivery.profile_lookup.LOOK_UP_WITHIN", timedelta(0))
    look_up, go_on = LookUpThreads(), threading.Event()
    assert not look_up(go_on.wait)
    go_on.set()
    look_up.close()
