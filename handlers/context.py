"""What a handler works with, and what it may answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from messages.errors import NOT_POSSIBLE
from messages.payloads import Message
from storage import Storage


class ResponseUrls(Protocol):
    """Posts a message where a person clicked, later and on another thread."""

    def reply(self, response_url: str, message: Message) -> None: ...


class Modals(Protocol):
    """Opens a modal for a person who has just clicked, or updates an open one, on another thread."""

    def open(self, request: "Request", view: Mapping[str, Any]) -> None: ...

    def show(self, view_id: str, view: Mapping[str, Any]) -> None: ...


class BackgroundRunner(Protocol):
    """Runs work that takes longer than an acknowledgement may, on another thread."""

    def run(self, work: Callable[[], None]) -> None: ...


@dataclass(frozen=True)
class AppContext:
    """Dependencies of a handler. `calendar` gives the aware moment that dates are taken from."""

    storage: Storage
    calendar: Callable[[], datetime]
    modals: Modals
    response_urls: ResponseUrls
    background: BackgroundRunner


@dataclass(frozen=True)
class Request:
    """One request of one person. `now` is the calendar's; ids are Slack's; `value` is what a button or a picker
    carries.
    """

    workspace: str
    person: str
    now: datetime
    trigger_id: str = ""
    response_url: str = ""
    action: str = ""
    text: str = field(default="", repr=False)
    value: str = field(default="", repr=False)
    event_id: str = ""
    view: Mapping[str, Any] | None = field(default=None, repr=False)


@dataclass(frozen=True)
class SlackEvent:
    """An event that no person caused in a conversation with us. `now` is the calendar's."""

    workspace: str
    now: datetime
    event: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True)
class Reply:
    """Tell the person at the place where they are, and no one else. `title` heads the dialog that says it where they
    are in a dialog.
    """

    message: Message
    title: str = NOT_POSSIBLE


@dataclass(frozen=True)
class OpenModal:
    """Open this view, on top of the modal in which they clicked, if any."""

    view: Mapping[str, Any]


@dataclass(frozen=True)
class UpdateModal:
    """Let the open form `view_id` (Slack's id) show this instead; `also` another one that is open."""

    view: Mapping[str, Any]
    view_id: str
    refresh: "UpdateModal | None" = None


@dataclass(frozen=True)
class Done:
    """Nothing more to say here: notifications are in the outbox. A modal closes."""


@dataclass(frozen=True)
class InBackground:
    """Respond with `first`, then run `work` however long it takes. `work` may be lost in a crash; the request itself is
    already saved.
    """

    response: Reply | OpenModal | UpdateModal | Done
    work: Callable[[], None]


Response = Reply | OpenModal | UpdateModal | Done | InBackground
DONE = Done()
