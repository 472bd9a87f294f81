"""The messages that stay and show what is the case: each owner's about the round, and those that ask about a match."""

import re
from collections.abc import Callable, Collection, Mapping
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


@dataclass
class _Question:
    """A message that asks `reader` about `match`, and for how long it has been answerable in vain."""

    match: str
    reader: str
    can_answer: bool
    outdated: timedelta = timedelta(0)


class Questions:
    """`to_answer` gives match and reader of all that may be answered; `is_away` says whose account is closed: what they
    have is put right some time after they are back.
    """

    def __init__(self, to_answer: Callable[[], Collection[tuple[str, str]]], is_away: Callable[[str], bool]) -> None:
        self._to_answer = to_answer
        self._is_away = is_away
        self._asked: dict[str, _Question] = {}
        self._open: Collection[tuple[str, str]] = ()
        self._changed = True

    def changed(self) -> None:
        """Something may be the case that was not before."""
        self._changed = True

    def posted(self, match: str, reader: str, ts: str, buttons: Collection[str]) -> None:
        self._asked[ts] = _Question(match, reader, _can_answer(buttons))

    def updated(self, ts: str, buttons: Collection[str]) -> None:
        """Raises Broken for one that cannot be answered although it should."""
        question = self._asked.get(ts)
        if question is None:
            return
        question.can_answer = _can_answer(buttons)
        if not question.can_answer and (question.match, question.reader) in self._to_answer():
            raise Broken(Complaint.OUTDATED, f"{question.reader} cannot answer about {question.match}")

    def pass_time(self, since: datetime, until: datetime, *, is_up: bool) -> None:
        """Raises Broken for what is wrong for too long, of time in which the bot runs and Slack answers."""
        if self._changed:
            self._open, self._changed = self._to_answer(), False
        for ts, question in list(self._asked.items()):
            if not question.can_answer or (question.match, question.reader) in self._open:
                continue
            if self._is_away(question.reader):
                del self._asked[ts]
            elif is_up:
                question.outdated += until - since
            if question.outdated > PATIENCE:
                raise Broken(Complaint.OUTDATED, f"{question.reader} is still asked about {question.match}")


def _can_answer(buttons: Collection[str]) -> bool:
    return "accept-match" in buttons
