"""What the calendar and the app say to each other: what is due when, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

from sandbox.workspace.workspace import Post


class AppTimeline(Protocol):
    """What an app does by itself as time goes by. Called from several threads."""

    def next_due(self) -> datetime | None:
        """The next moment of the calendar (aware) at which the app will do something by itself; None: nothing will."""

    def run_until_idle(self) -> None:
        """Do everything that is due by now and deliver it; returns when that is done."""


MessageName = tuple[str, str]
"""What a message is called where such messages are counted, as one and as many: ("nudge", "nudges")."""

UNNAMED: MessageName = ("message", "messages")
"""What a message is called that the app has no name for."""


@runtime_checkable
class NamesPosts(Protocol):
    """Moments that also know what each message is called that the app has posted."""

    def message_names(self, posts: Sequence[Post]) -> Sequence[MessageName | None]:
        """A name for each of them, in their order; None: it has none."""


@dataclass(frozen=True)
class TimelineStep:
    """A moment (aware, UTC) at which the app was left to do what was due, and how many messages it `posted`.

    `stuck`: it did not get done with it, so that the calendar had to step past what the app kept naming as due.
    """

    at: datetime
    posted: int
    stuck: bool = False


@dataclass(frozen=True)
class JournalEntry:
    """What the journal says of a moment. Numbers go up from 1."""

    number: int
    at: datetime
    posts: tuple[tuple[Post, MessageName], ...] = ()
    stuck: bool = False
