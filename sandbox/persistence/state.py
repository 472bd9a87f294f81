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
    dump_conversation,
    dump_message,
    dump_view,
    load_conversation,
    load_message,
    load_view,
)
from sandbox.workspace.change_listener import Change, ChangeListener
from sandbox.workspace.conversations import Conversation, Message
from sandbox.workspace.views import View
from sandbox.workspace.workspace import Workspace

SAVE_INTERVAL_SECONDS = 1.0
"""How far the calendar in the file may be behind, where nothing else happens."""
_ID_GAP = 1000
"""Ids that were given out and not written down when the process was killed are not given out again."""
_SECRETS = ("bot_token", "app_token", "signing_secret", "verification_token", "revoked", "installed")


class WorkspaceFile(ChangeListener):
    """The file at `path`; `attach` says of which workspace. Raises StateUnusableError for a file that cannot be used.

    Open modals, triggers, response URLs, spent rates and events under way are not kept.
    """

    def __init__(self, path: Path) -> None:
        self._file = StateFile(path)
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None
        self._workspace: Workspace | None = None
        try:
            self._saved_counters: Mapping[str, Any] | None = next(iter(self._file.rows("clock")), None)
            self.saved_time = datetime.fromisoformat(self._saved_counters["now"]) if self._saved_counters else None
            self.notes: dict[str, str] = next(iter(self._file.rows("notes")), {})
        except (KeyError, TypeError, ValueError, StateUnusableError) as error:
            self._file.close()
            raise _unusable(path, error) from None

    @property
    def is_new(self) -> bool:
        """Whether nothing was kept there before."""
        return self._saved_counters is None

    def attach(self, workspace: Workspace) -> None:
        """Bring back what was kept, or begin to keep what there is; from now on every change is kept."""
        self._workspace = workspace
        if self._saved_counters is None:
            members = [member for member in workspace.members.values() if member.id != workspace.app.bot_user_id]
            self._file.save([("member", member.id, asdict(member)) for member in members])
        else:
            try:
                self._restore(workspace, self._saved_counters)
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                self._file.close()
                raise _unusable(self._file.path, error) from None
        app = {name: getattr(workspace.app, name) for name in _SECRETS}
        self._file.save([("app", "", app), self._counters_row()])
        workspace.change_listener = self
        workspace.changes.subscribe(self._on_change)

    def save_notes(self, **notes: str) -> None:
        """Keep words about the workspace beside it."""
        self.notes |= notes
        self._file.save([("notes", "", self.notes)])

    def start(self) -> None:
        """Write down the calendar's moment now and then."""
        self._stopped.clear()
        self._thread = threading.Thread(target=self._save_periodically, name="sandbox-keeping", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Write it down once more, and let go of the file."""
        self._stopped.set()
        if self._thread:
            self._thread.join()
            self._save()
        self._file.close()

    def conversation_changed(self, conversation: Conversation) -> None:
        self._save(("conversation", conversation.id, dump_conversation(conversation)))

    def message_changed(self, conversation: Conversation, message: Message) -> None:
        self._save(("message", str(message.serial), dump_message(conversation, message)))

    def message_deleted(self, message: Message) -> None:
        self._file.delete("message", str(message.serial))

    def member_changed(self, member: Member) -> None:
        self._save(("member", member.id, asdict(member)))

    def view_changed(self, view: View) -> None:
        if view.source["type"] == "home":
            self._save(("home", view.user, dump_view(view)))

    def _save(self, *rows: tuple[str, str, Any]) -> None:
        self._file.save([*rows, self._counters_row()])

    def _counters_row(self) -> tuple[str, str, Any]:
        return ("clock", "", self._workspace.counters() if self._workspace else {})

    def _on_change(self, news: Change) -> None:
        """The calendar moves on: that is kept before the app does what is due then."""
        if news.topic == "calendar":
            self._save()

    def _save_periodically(self) -> None:
        while not self._stopped.wait(SAVE_INTERVAL_SECONDS):
            self._save()

    def _restore(self, workspace: Workspace, clock: Mapping[str, Any]) -> None:
        for name, value in next(iter(self._file.rows("app")), {}).items():
            setattr(workspace.app, name, value)
        bot = workspace.members[workspace.app.bot_user_id]
        members = [Member(**says) for says in self._file.rows("member")]
        workspace.members = {member.id: member for member in (bot, *members)}
        for says in self._file.rows("conversation"):
            workspace.conversations.add(load_conversation(says))
        for says in self._file.rows("message"):
            place = workspace.conversations.get(says["channel"])
            if place:
                place.messages.append(load_message(says))
        for says in self._file.rows("home"):
            workspace.views.restore(load_view(says))
        workspace.restore_counters(clock, leap=_ID_GAP)


def _unusable(path: Path, error: Exception) -> StateUnusableError:
    if isinstance(error, StateUnusableError):
        return error
    return StateUnusableError(f"{path} holds something that is not understood ({type(error).__name__}: {error}).")
