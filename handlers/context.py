"""What a handler works with, and what it may answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from messages.payloads import Message
from storage import Storage


class ResponseUrls(Protocol):
    """Says something at the place of a click, later and on a thread of its own."""

    def say(self, response_url: str, message: Message) -> None: ...


class Modals(Protocol):
    """Opens a form for somebody who has just clicked, or changes one that is open, on a thread of its own."""

    def open(self, request: "Request", view: Mapping[str, Any]) -> None: ...

    def show(self, view_id: str, view: Mapping[str, Any]) -> None: ...


class BackgroundRunner(Protocol):
    """Does what takes longer than an acknowledgement may, on a thread of its own."""

    def run(self, work: Callable[[], None]) -> None: ...


@dataclass(frozen=True)
class AppContext:
    """`calendar` gives the aware moment that dates are taken from."""

    storage: Storage
    calendar: Callable[[], datetime]
    forms: Modals
    answers: ResponseUrls
    errands: BackgroundRunner


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
    """An event that Slack tells us of without anybody having done something with us. `now` is the calendar's."""

    workspace: str
    now: datetime
    event: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True)
class Reply:
    """Tell the person at the place where they are, and nobody else."""

    message: Message


@dataclass(frozen=True)
class OpenModal:
    """Open this form; on top of the form in which they clicked, if any."""

    view: Mapping[str, Any]


@dataclass(frozen=True)
class UpdateModal:
    """Let the open form `view_id` (Slack's id) show this instead; `also` another one that is open."""

    view: Mapping[str, Any]
    view_id: str
    also: "UpdateModal | None" = None


@dataclass(frozen=True)
class Done:
    """Nothing more to say here: what is owed is in the outbox. A form closes."""


@dataclass(frozen=True)
class InBackground:
    """Answer with `first`, and then have `work` done, however long it takes. It must bear being lost: what it is about
    is kept.
    """

    first: Reply | OpenModal | UpdateModal | Done
    work: Callable[[], None]


Response = Reply | OpenModal | UpdateModal | Done | InBackground
DONE = Done()
