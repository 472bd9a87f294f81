"""People try again as people do, whatever the bot had done when it was killed."""

from collections.abc import Iterator
from contextlib import AbstractContextManager

import pytest

from bot.manifest import manifest
from messages import ids
from sandbox import Member, Sandbox
from storage import Transaction
from tests.journeys.story import Story

_ACCEPT = {"type": "button", "action_id": ids.ACCEPT_MATCH, "text": {"type": "plain_text", "text": "Accept"}}
_ASKED = [{"type": "actions", "elements": [_ACCEPT]}]
_ANSWERED = [{"type": "section", "text": {"type": "mrkdwn", "text": "You have accepted."}}]


class DeafWorld:
    """The bot is killed before it answers a press. `knows_it`: it had saved it, and says so when it is back."""

    def __init__(self, slack: Sandbox, *, knows_it: bool) -> None:
        self.slack = slack
        posted = slack.call("chat.postMessage", {"channel": "U0ADA", "text": "?", "blocks": _ASKED}, slack.bot_token)
        self._message = {"channel": posted.body["channel"], "ts": posted.body["ts"]}
        self._knows_it = knows_it
        self.presses = 0

    def settle(self) -> None:
        self.presses += 1
        if self._knows_it:
            self.slack.call("chat.update", {**self._message, "text": "!", "blocks": _ANSWERED}, self.slack.bot_token)

    def knows(self, *people: str) -> None:
        """Nobody is asked for."""

    def database(self) -> AbstractContextManager[Transaction]:
        raise NotImplementedError


@pytest.fixture
def slack() -> Iterator[Sandbox]:
    with Sandbox(manifest(), [Member("U0ADA", "Ada", "Ada Lovelace")]) as opened:
        yield opened


def test_a_button_that_is_gone_after_a_press_without_an_answer_was_taken(slack: Sandbox) -> None:
    world = DeafWorld(slack, knows_it=True)
    Story(world).accepts("U0ADA")
    assert world.presses == 1


def test_a_button_that_stays_and_never_answers_is_a_failure(slack: Sandbox) -> None:
    with pytest.raises(AssertionError, match="in vain"):
        Story(DeafWorld(slack, knows_it=False)).accepts("U0ADA")


def test_a_button_that_was_never_there_is_a_failure(slack: Sandbox) -> None:
    with pytest.raises(AssertionError, match="sees no button"):
        Story(DeafWorld(slack, knows_it=False)).declines("U0ADA")
