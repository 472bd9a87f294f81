"""What an open form shows last is what it was given last, however slow Slack is with what it was given before."""

import threading
from typing import Any

from slack_sdk import WebClient

from bot.clocks import real_now
from handlers.modals import ModalClient
from messages.blocks import sentence_view
from scheduler.delivery import ResponseUrlClient


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
