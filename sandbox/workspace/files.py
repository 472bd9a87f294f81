"""Files that people share in conversations. They are kept in memory only."""

import mimetypes
import secrets
from dataclasses import dataclass, replace
from urllib.parse import quote

from sandbox.types import JSON

_PRETTY = {
    "csv": "CSV",
    "ics": "Calendar",
    "xlsx": "Excel Spreadsheet",
    "txt": "Plain Text",
    "png": "PNG",
    "pdf": "PDF",
}


@dataclass(frozen=True)
class SharedFile:
    """A file that `user` shared in `channel`, as message `ts`. `created` is in Unix seconds of the calendar."""

    id: str
    name: str
    user: str
    channel: str
    created: int
    data: bytes
    title: str = ""
    ts: str = ""

    @property
    def mimetype(self) -> str:
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"

    def payload(self, team_id: str, workspace_url: str) -> JSON:
        """The file object (docs.slack.dev/reference/objects/file-object)."""
        kind = self.name.rpartition(".")[2].lower() if "." in self.name else "binary"
        address = f"{workspace_url}/files-pri/{team_id}-{self.id}"
        return {
            "id": self.id,
            "created": self.created,
            "timestamp": self.created,
            "name": self.name,
            "title": self.title or self.name,
            "mimetype": self.mimetype,
            "filetype": kind,
            "pretty_type": _PRETTY.get(kind, kind.upper()),
            "user": self.user,
            "user_team": team_id,
            "editable": False,
            "size": len(self.data),
            "mode": "hosted",
            "is_external": False,
            "external_type": "",
            "is_public": False,
            "public_url_shared": False,
            "display_as_bot": False,
            "username": "",
            "url_private": f"{address}/{quote(self.name)}",
            "url_private_download": f"{address}/download/{quote(self.name)}",
            "media_display_type": "unknown",
            "permalink": f"{workspace_url}/files/{self.user}/{self.id}/{quote(self.name)}",
            "has_rich_preview": False,
            "file_access": "visible",
        }

    def shares(self) -> JSON:
        """Where it was shared, as files.info tells it."""
        kind = "ims" if self.channel.startswith("D") else "groups"
        places: JSON = {"channels": [], "groups": [], "ims": []}
        if not self.ts:
            return places
        share = {"reply_users": [], "reply_users_count": 0, "reply_count": 0, "ts": self.ts}
        return places | {kind: [self.channel], "shares": {"private": {self.channel: [share]}}}


@dataclass(frozen=True)
class PendingUpload:
    """A file that the app has announced with files.getUploadURLExternal. `data` is None until its content has come."""

    id: str
    name: str
    length: int
    created: int
    token: str
    data: bytes | None = None


class Uploads:
    """The app's uploads that are not completed, in memory."""

    def __init__(self) -> None:
        self._by_id: dict[str, PendingUpload] = {}

    def begin(self, file_id: str, name: str, length: int, created: int) -> PendingUpload:
        upload = PendingUpload(file_id, name, length, created, secrets.token_hex(16))
        self._by_id[file_id] = upload
        return upload

    def receive(self, token: str, data: bytes) -> PendingUpload | None:
        """The upload with this token and its content; None if there is none, or if the content has another length."""
        upload = next((each for each in self._by_id.values() if each.token == token), None)
        if upload is None or len(data) != upload.length:
            return None
        self._by_id[upload.id] = received = replace(upload, data=data)
        return received

    def get(self, file_id: str) -> PendingUpload | None:
        return self._by_id.get(file_id)

    def complete(self, file_id: str) -> None:
        self._by_id.pop(file_id, None)
