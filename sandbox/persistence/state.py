"""A workspace and its file: what was kept comes back, and what changes is kept."""

import threading
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from sandbox.members import Member
from sandbox.persistence.file import StateFile, StateUnusableError
from sandbox.persistence.serialisation import (
    conversation_of,
    conversation_says,
    message_of,
    message_says,
    view_of,
    view_says,
)
from sandbox.workspace.change_listener import Keeper
from sandbox.workspace.conversations import Conversation, Message
from sandbox.workspace.views import View
from sandbox.workspace.workspace import News, Workspace

SECONDS_BETWEEN = 1.0
"""How far the calendar in the file may be behind, where nothing else happens."""
_LEAP = 1000
"""Ids that were given out and not written down when the process was killed are not given out again."""
_SECRETS = ("bot_token", "app_token", "signing_secret", "verification_token", "revoked", "installed")


class State(Keeper):
    """The file at `path`; `attach` says of which workspace. Raises StateUnusableError for a file that cannot be used.

    Open modals, triggers, response URLs, spent rates and events under way are not kept.
    """

    def __init__(self, path: Path) -> None:
        self._file = StateFile(path)
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None
        self._workspace: Workspace | None = None
        try:
            self._clock: Mapping[str, Any] | None = next(iter(self._file.rows("clock")), None)
            self.now = datetime.fromisoformat(self._clock["now"]) if self._clock else None
            self.notes: dict[str, str] = next(iter(self._file.rows("notes")), {})
        except (KeyError, TypeError, ValueError, StateUnusableError) as error:
            self._file.close()
            raise _unusable(path, error) from None

    @property
    def is_new(self) -> bool:
        """Whether nothing was kept there before."""
        return self._clock is None

    def attach(self, workspace: Workspace) -> None:
        """Bring back what was kept, or begin to keep what there is; from now on every change is kept."""
        self._workspace = workspace
        if self._clock is None:
            members = [member for member in workspace.members.values() if member.id != workspace.app.bot_user_id]
            self._file.put([("member", member.id, asdict(member)) for member in members])
        else:
            try:
                self._bring_back(workspace, self._clock)
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                self._file.close()
                raise _unusable(self._file.path, error) from None
        app = {name: getattr(workspace.app, name) for name in _SECRETS}
        self._file.put([("app", "", app), self._time()])
        workspace.keeper = self
        workspace.listen(self._hear)

    def note(self, **notes: str) -> None:
        """Keep words about the workspace beside it."""
        self.notes |= notes
        self._file.put([("notes", "", self.notes)])

    def start(self) -> None:
        """Write down the calendar's moment now and then."""
        self._stopped.clear()
        self._thread = threading.Thread(target=self._go_on, name="sandbox-keeping", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Write it down once more, and let go of the file."""
        self._stopped.set()
        if self._thread:
            self._thread.join()
            self._put()
        self._file.close()

    def conversation(self, conversation: Conversation) -> None:
        self._put(("conversation", conversation.id, conversation_says(conversation)))

    def message(self, conversation: Conversation, message: Message) -> None:
        self._put(("message", str(message.serial), message_says(conversation, message)))

    def gone(self, message: Message) -> None:
        self._file.drop("message", str(message.serial))

    def member(self, member: Member) -> None:
        self._put(("member", member.id, asdict(member)))

    def view(self, view: View) -> None:
        if view.source["type"] == "home":
            self._put(("home", view.user, view_says(view)))

    def _put(self, *rows: tuple[str, str, Any]) -> None:
        self._file.put([*rows, self._time()])

    def _time(self) -> tuple[str, str, Any]:
        return ("clock", "", self._workspace.clock_says() if self._workspace else {})

    def _hear(self, news: News) -> None:
        """The calendar moves on: that is kept before the app does what is due then."""
        if news.what == "calendar":
            self._put()

    def _go_on(self) -> None:
        while not self._stopped.wait(SECONDS_BETWEEN):
            self._put()

    def _bring_back(self, workspace: Workspace, clock: Mapping[str, Any]) -> None:
        for name, value in next(iter(self._file.rows("app")), {}).items():
            setattr(workspace.app, name, value)
        bot = workspace.members[workspace.app.bot_user_id]
        members = [Member(**says) for says in self._file.rows("member")]
        workspace.members = {member.id: member for member in (bot, *members)}
        for says in self._file.rows("conversation"):
            workspace.conversations.add(conversation_of(says))
        for says in self._file.rows("message"):
            place = workspace.conversations.get(says["channel"])
            if place:
                place.messages.append(message_of(says))
        for says in self._file.rows("home"):
            workspace.views.bring_back(view_of(says))
        workspace.go_on_from(clock, leap=_LEAP)


def _unusable(path: Path, error: Exception) -> StateUnusableError:
    if isinstance(error, StateUnusableError):
        return error
    return StateUnusableError(f"{path} holds something that is not understood ({type(error).__name__}: {error}).")
