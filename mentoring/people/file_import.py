"""A list that an owner has sent to the bot as a file: read, shown as a preview, and imported when the owner says so."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from mentoring.core.errors import NotForYou, StaleRequest
from mentoring.core.outcome import Notification, NotificationKind, Outcome

KEPT_FOR = timedelta(days=1)
"""How long the contents are kept for the owner to decide."""


class FileImportState(StrEnum):
    """UNASSIGNED until an owner of several programmes has said for which one it is. ASKED until the file has been read;
    then READY, or REFUSED because something in it is wrong. DONE once imported, DISMISSED by the owner, or EXPIRED.
    """

    UNASSIGNED = "unassigned"
    ASKED = "asked"
    READY = "ready"
    REFUSED = "refused"
    DONE = "done"
    DISMISSED = "dismissed"
    EXPIRED = "expired"


UNDECIDED = (FileImportState.UNASSIGNED, FileImportState.ASKED, FileImportState.READY, FileImportState.REFUSED)
"""States in which something of the file is kept, or still to be read."""


@dataclass(frozen=True)
class FileImport:
    """A file (Slack's id) that the owner `person` sent for a programme at `asked_at` (calendar, aware).

    `programme_id` is "" until it is known for which programme.

    `contents` are what was read and what the preview says, as JSON. They are emptied by the decision, and when a person
    in them is erased.
    """

    id: str
    programme_id: str
    person: str
    file_id: str
    asked_at: datetime
    state: FileImportState = FileImportState.ASKED
    contents: Mapping[str, Any] = field(default_factory=dict, repr=False)
    version: int = 1

    def is_over(self, now: datetime) -> bool:
        """Whether the owner has had enough time to decide."""
        return self.state in UNDECIDED and now >= self.asked_at + KEPT_FOR

    def changed(self, state: FileImportState, contents: Mapping[str, Any]) -> "FileImport":
        return replace(self, state=state, contents=contents, version=self.version + 1)


def show_preview(file_import: FileImport, state: FileImportState, contents: Mapping[str, Any]) -> Outcome:
    """Save what was read, and show the preview, or what is wrong, to the owner."""
    kind = NotificationKind.IMPORT_PREVIEW
    preview = Notification(
        f"{kind}:{file_import.id}",
        kind,
        file_import.person,
        {"import": file_import.id, "programme": file_import.programme_id},
        is_reply=True,
    )
    return Outcome((file_import.changed(state, contents),), (preview,))


def ask_for_programme(file_import: FileImport) -> Outcome:
    """Ask an owner of several programmes for which one the file is."""
    kind = NotificationKind.FILE_PROGRAMME
    question = Notification(
        f"{kind}:{file_import.id}", kind, file_import.person, {"import": file_import.id}, is_reply=True
    )
    return Outcome((replace(file_import, state=FileImportState.UNASSIGNED),), (question,))


def assign_programme(file_import: FileImport, programme_id: str, *, by: str, seen_version: int) -> Outcome:
    """The file is for this programme, of which `by` is an owner. It is read next.

    Raises NotForYou, and StaleRequest if that is known already, or if it is too late.
    """
    if file_import.person != by:
        raise NotForYou
    if file_import.state is not FileImportState.UNASSIGNED or file_import.version != seen_version:
        raise StaleRequest(typed=False)
    asked = file_import.changed(FileImportState.ASKED, {})
    return Outcome((replace(asked, programme_id=programme_id),))


def decline_file(event_id: str, person: str) -> Outcome:
    """Answer a file of a person who is no owner."""
    kind = NotificationKind.FILE_DECLINED
    return Outcome(notifications=(Notification(f"{kind}:{event_id}", kind, person, is_reply=True),))
