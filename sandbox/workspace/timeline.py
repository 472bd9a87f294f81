"""The interface between the calendar and the app's scheduled work."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

from sandbox.workspace.workspace import Post


class AppTimeline(Protocol):
    """An app's scheduled work. Methods are called from several threads."""

    def next_due(self) -> datetime | None:
        """The next time on the calendar (aware) at which the app will do something by itself; None if there is none."""

    def run_until_idle(self) -> None:
        """Do and deliver everything that is due now, and return when it is done."""


MessageName = tuple[str, str]
"""The name of a kind of message, singular and plural: ("nudge", "nudges")."""

UNNAMED: MessageName = ("message", "messages")
"""The name of a message that the app has no name for."""


@runtime_checkable
class NamesPosts(Protocol):
    """A timeline that also names the messages the app has posted."""

    def message_names(self, posts: Sequence[Post]) -> Sequence[MessageName | None]:
        """A name for each post, in order; None if it has none."""


@dataclass(frozen=True)
class TimelineStep:
    """A stop (aware, UTC) at which the app did its due work, and the number of messages it `posted`.

    `stuck`: work stayed due, so the calendar moved on without it.
    """

    at: datetime
    posted: int
    stuck: bool = False


@dataclass(frozen=True)
class JournalEntry:
    """One stop in the journal. Numbers start at 1."""

    number: int
    at: datetime
    posts: tuple[tuple[Post, MessageName], ...] = ()
    stuck: bool = False
