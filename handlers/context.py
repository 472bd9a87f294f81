"""The dependencies of handlers, their requests and responses."""

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from handlers.submissions import Submissions
from mentoring.core.acting import ActingPerson
from mentoring.people.profile_fields import CustomField
from messages.payloads import Message
from services.file_imports import FileReader
from storage import Storage


class ResponseUrls(Protocol):
    """Posts a message where a person clicked, later and on another thread."""

    def reply(self, response_url: str, message: Message) -> None: ...


class Modals(Protocol):
    """Opens a modal for a person who has just clicked, or updates an open one, on another thread."""

    def open(self, request: "Request", view: Mapping[str, Any]) -> None: ...

    def show(self, view_id: str, view: Mapping[str, Any]) -> None: ...

    def open_then(self, request: "Request", view: Mapping[str, Any], then: Callable[[], Mapping[str, Any]]) -> None: ...

    def replace(self, external_id: str, view: Mapping[str, Any]) -> None: ...


class Profiles(Protocol):
    """Asks Slack who a person is, and saves it."""

    def look_up(self, person: str) -> bool:
        """Whether it is known now. Waits for Slack, but not long."""

    def custom_fields(self) -> Sequence[CustomField]:
        """The custom fields that profiles show, from Slack. Raises CannotReadFields."""


class BackgroundRunner(Protocol):
    """Runs work that takes longer than an acknowledgement may, on another thread."""

    def run(self, work: Callable[[], None]) -> None: ...


@dataclass(frozen=True)
class AppContext:
    """Dependencies of a handler. `calendar` returns the current calendar time (aware)."""

    storage: Storage
    calendar: Callable[[], datetime]
    modals: Modals
    response_urls: ResponseUrls
    background: BackgroundRunner
    submissions: Submissions
    profiles: Profiles
    files: FileReader


@dataclass(frozen=True)
class Request:
    """One request of one person.

    `now` is the calendar time (aware); ids are Slack's. `value` is the value of the button, menu or picker that was
    used, and `text` what follows a slash command. `programme` is the id of the programme that the button or form names,
    or "". `files` are those in a direct message. `view` is the open modal that it came from, and `at_home` says that it
    came from the Home tab, which has none: a reply opens as a modal. `is_command`: it was typed after `/mentor`.
    """

    workspace: str
    person: str
    now: datetime
    trigger_id: str = ""
    response_url: str = ""
    action: str = ""
    text: str = field(default="", repr=False)
    value: str = field(default="", repr=False)
    programme: str = ""
    event_id: str = ""
    is_command: bool = False
    files: tuple[str, ...] = ()
    view: Mapping[str, Any] | None = field(default=None, repr=False)
    at_home: bool = False

    @property
    def acting(self) -> ActingPerson:
        """The person, to read confidential data as themselves."""
        return ActingPerson(self.person)

    def id_of_view(self, *callback_ids: str) -> str:
        """Slack's id of the open modal, if it is one of these: to update it afterwards. Else ""."""
        showing = self.view or {}
        return str(showing["id"]) if showing.get("callback_id") in callback_ids else ""


@dataclass(frozen=True)
class SlackEvent:
    """An event that is not a message to the bot. `now` is the calendar time (aware)."""

    workspace: str
    now: datetime
    event: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True)
class Reply:
    """Show a message to this person only. If they are in a modal or at Home, it opens as a modal with this `title`.

    Without a title, the modal has one of its own, and shows what a message would.
    """

    message: Message
    title: str = ""


@dataclass(frozen=True)
class OpenModal:
    """Open a modal, on top of the one in which they clicked, if any."""

    view: Mapping[str, Any]


@dataclass(frozen=True)
class UpdateModal:
    """Replace the content of the open modal `view_id` (Slack's id), and optionally `refresh` a second one."""

    view: Mapping[str, Any]
    view_id: str
    refresh: "UpdateModal | None" = None


@dataclass(frozen=True)
class ReplaceForm:
    """Show `view` in place of the form that was sent."""

    view: Mapping[str, Any]


@dataclass(frozen=True)
class OpenWhenKnown:
    """Open the modal `waiting` at once, ask Slack who the person is, and show the response of `then` in its place."""

    waiting: Mapping[str, Any]
    then: Callable[[], "Response"]


@dataclass(frozen=True)
class OpenWhenReady:
    """Open the modal `waiting` at once, and show the response of `then` in its place, however long it takes. `then` may
    be lost in a crash, and so it changes nothing.
    """

    waiting: Mapping[str, Any]
    then: Callable[[], "Response"]


@dataclass(frozen=True)
class Done:
    """No response besides the notifications in the outbox. An open form closes."""


@dataclass(frozen=True)
class InBackground:
    """Respond with `first`, then run `work` however long it takes. `work` may be lost in a crash; the request itself is
    already saved.
    """

    response: Reply | OpenModal | UpdateModal | Done
    work: Callable[[], None]


Response = Reply | OpenModal | OpenWhenKnown | OpenWhenReady | UpdateModal | ReplaceForm | Done | InBackground
DONE = Done()


def open_or_update(
    request: Request, view: Mapping[str, Any], *, instead_of: Container[str] = ()
) -> OpenModal | UpdateModal:
    """Show `view` in the modal of the request if that is the same view, or one of `instead_of` (callback ids), or else
    open it.
    """
    showing = request.view or {}
    shown = showing.get("callback_id")
    if shown and (shown == view["callback_id"] or shown in instead_of):
        return UpdateModal(view, showing["id"])
    return OpenModal(view)
