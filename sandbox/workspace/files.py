"""Files that people share in conversations. They are kept in memory only."""

import mimetypes
from dataclasses import dataclass
from urllib.parse import quote

from sandbox.types import JSON

_PRETTY = {"csv": "CSV", "xlsx": "Excel Spreadsheet", "txt": "Plain Text", "png": "PNG", "pdf": "PDF"}


@dataclass(frozen=True)
class SharedFile:
    """A file that `user` shared in `channel`. `created` is in Unix seconds of the calendar."""

    id: str
    name: str
    user: str
    channel: str
    created: int
    data: bytes

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
            "title": self.name,
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
