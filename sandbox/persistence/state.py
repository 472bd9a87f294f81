"""Saves every change of a workspace in its file, and restores the workspace from it."""

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
"""How far the saved time of the calendar may be behind."""
_ID_GAP = 1000
"""Skip this many ids after a restart, in case ids were issued but not saved before a crash."""
_SECRETS = ("bot_token", "app_token", "signing_secret", "verification_token", "revoked", "installed")


class WorkspaceFile(ChangeListener):
    """The file at `path`. Raises StateUnusableError if it cannot be used.

    Open modals, triggers, response URLs, rate limits and events in progress are not saved.
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
        """Whether the file holds no workspace yet."""
        return self._saved_counters is None

    def attach(self, workspace: Workspace) -> None:
        """Restore the saved workspace, or save the given one if the file is new. From now on every change is saved."""
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
        """Save short texts about the workspace, by name."""
        self.notes |= notes
        self._file.save([("notes", "", self.notes)])

    def start(self) -> None:
        """Save the time of the calendar periodically, in a thread."""
        self._stopped.clear()
        self._thread = threading.Thread(target=self._save_periodically, name="sandbox-file", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Save the time once more and close the file."""
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

    def _on_change(self, change: Change) -> None:
        """Save a move of the calendar before the app does the work due then."""
        if change.topic == "calendar":
            self._save()

    def _save_periodically(self) -> None:
        while not self._stopped.wait(SAVE_INTERVAL_SECONDS):
            self._save()

    def _restore(self, workspace: Workspace, clock: Mapping[str, Any]) -> None:
        for name, value in next(iter(self._file.rows("app")), {}).items():
            setattr(workspace.app, name, value)
        bot = workspace.members[workspace.app.bot_user_id]
        members = [Member(**data) for data in self._file.rows("member")]
        workspace.members = {member.id: member for member in (bot, *members)}
        for data in self._file.rows("conversation"):
            workspace.conversations.add(load_conversation(data))
        for data in self._file.rows("message"):
            conversation = workspace.conversations.get(data["channel"])
            if conversation:
                conversation.messages.append(load_message(data))
        for data in self._file.rows("home"):
            workspace.views.restore(load_view(data))
        workspace.restore_counters(clock, leap=_ID_GAP)


def _unusable(path: Path, error: Exception) -> StateUnusableError:
    if isinstance(error, StateUnusableError):
        return error
    return StateUnusableError(f"{path} holds data that could not be read ({type(error).__name__}: {error}).")
