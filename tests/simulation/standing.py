"""The messages that stay: each owner has one about the round, and it shows what is the case."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.simulation.expectations import PATIENCE, Broken, Complaint

Facts = Mapping[str, int]
"""How many there are of each, by the words that the message has for it; what there is none of is left out."""
_SHOWN = {
    "proposed": re.compile(r"Proposals: (\d+)"),
    "offered": re.compile(r"Waiting for answers: (\d+)"),
    "accepted": re.compile(r"Introduced: (\d+)"),
}


def shown_in(words: str) -> Facts:
    """What a message with these words says."""
    found = {fact: pattern.search(words) for fact, pattern in _SHOWN.items()}
    return {fact: int(match.group(1)) for fact, match in found.items() if match}


@dataclass
class _Message:
    """Of one reader: what each of its posts shows, by Slack's timestamp, and since when something is wrong with it."""

    posts: dict[str, Facts] = field(default_factory=dict)
    outdated: timedelta = timedelta(0)
    doubled: timedelta = timedelta(0)


class Standing:
    """`facts` says what is the case."""

    def __init__(self, facts: Callable[[], Facts]) -> None:
        self._facts = facts
        self._messages: dict[str, _Message] = {}
        self._is: Facts = {}
        self._changed = True

    def has(self, reader: str) -> bool:
        """Whether there is one, as far as Slack knows."""
        return bool(self._messages.get(reader, _Message()).posts)

    def changed(self) -> None:
        """Something may be the case that was not before."""
        self._changed = True

    def posted(self, reader: str, ts: str, words: str) -> None:
        self._messages.setdefault(reader, _Message()).posts[ts] = shown_in(words)

    def updated(self, ts: str, words: str) -> None:
        for message in self._messages.values():
            if ts in message.posts:
                message.posts[ts] = shown_in(words)

    def taken_away(self, ts: str) -> None:
        for message in self._messages.values():
            message.posts.pop(ts, None)

    def pass_time(self, since: datetime, until: datetime, *, is_up: bool) -> None:
        """Raises Broken for what is wrong for too long, of time in which the bot runs and Slack answers."""
        if self._changed:
            self._is, self._changed = self._facts(), False
        for reader, message in self._messages.items():
            is_outdated = any(shown != self._is for shown in list(message.posts.values())[-1:])
            message.outdated = message.outdated if is_outdated else timedelta(0)
            message.doubled = message.doubled if len(message.posts) > 1 else timedelta(0)
            if is_up:
                message.outdated += (until - since) if is_outdated else timedelta(0)
                message.doubled += (until - since) if len(message.posts) > 1 else timedelta(0)
            if message.outdated > PATIENCE:
                raise Broken(Complaint.OUTDATED, f"the message of {reader}: {message.posts}, and there are {self._is}")
            if message.doubled > PATIENCE:
                raise Broken(Complaint.TWICE, f"the message of {reader}: {message.posts}")
