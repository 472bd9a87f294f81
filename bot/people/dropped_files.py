"""Reading a file that was sent to the bot in Slack: asking what it is, downloading it, and finding its people.

https://docs.slack.dev/reference/methods/files.info and https://docs.slack.dev/reference/objects/file-object
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, build_opener
from urllib.request import Request as HttpRequest

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.people.list_file import is_header, kind_of, read_list
from bot.people.slack_directory import SlackDirectory
from bot.settings import SLACK_DOMAINS, InvalidSettings, Settings
from bot.slack import SlackAuthFailed
from bot.table_files import rows_in, unpacked_size
from mentoring.people.lists import handles_in
from services.errors import Unreadable
from services.imports import PreparedList

MOST_BYTES = 5_000_000
MOST_UNPACKED = 50_000_000
"""Bytes of an unpacked workbook, which the running bot reads in memory."""
MOST_LINES = 2_000
SECONDS = 20
"""How long a download may take."""
_CHUNK = 1 << 16
_GONE = frozenset({"file_not_found", "file_deleted", "not_visible"})
_SENT_AGAIN = "Send the file again."
_NO_LOOK_UP = (
    "Slack doesn’t let me look up people by their e-mail address yet. Use their Slack ids in the file, or ask the app "
    "admin to run `mentor-bot doctor`."
)
_NOT_ALLOWED = (
    "I’m not allowed to read files here yet. The app admin can change that: put the manifest (`mentor-bot manifest`) "
    "into the app’s settings and reinstall the app."
)
_TOO_LARGE = f"The file is too large. I read up to {MOST_BYTES // 1_000_000} MB and {MOST_LINES:,} lines. Split it."


class DroppedFiles:
    """The files of the workspace of `client`. `stopwatch` is the current time (aware)."""

    def __init__(
        self, settings: Settings, client: WebClient, workspace: str, *, stopwatch: Callable[[], datetime]
    ) -> None:
        self._settings = settings
        self._client = client
        self._directory = SlackDirectory(client, workspace)
        self._stopwatch = stopwatch

    def read(self, file_id: str) -> PreparedList:
        """The list in the file. Raises Unreadable, and other errors that may pass by themselves."""
        rows = self._rows(self._download(self._describe(file_id)))
        kind = kind_of(rows[0][1]) if rows else None
        if kind is None:
            raise Unreadable(
                "I don’t know these columns. A list of applications needs person, role and answers. A list of "
                "partnerships needs mentee, mentor, start, and end or months. The app admin imports a list of staff, "
                "with `mentor-bot people import`."
            )
        try:
            found = read_list(kind, rows)
        except InvalidSettings as unusable:
            raise Unreadable(unusable.args[0]) from None
        if len(found.rows) > MOST_LINES:
            raise Unreadable(_TOO_LARGE)
        try:
            people = self._directory.find(handles_in(found.rows), lambda read, of: None)
        except SlackAuthFailed:
            raise Unreadable(_NO_LOOK_UP) from None
        return PreparedList(found.kind, found.rows, people, found.findings)

    def _describe(self, file_id: str) -> Mapping[str, Any]:
        try:
            found = self._client.files_info(file=file_id)["file"]
        except SlackApiError as error:
            code = str(error.response.get("error"))
            if code == "missing_scope":
                raise Unreadable(_NOT_ALLOWED) from None
            if code in _GONE:
                raise Unreadable(f"The file is not in Slack any more. {_SENT_AGAIN}") from None
            raise
        if not isinstance(found, Mapping) or not found.get("url_private_download"):
            raise Unreadable("This is not a file that I can download. Send a CSV file or an Excel workbook (.xlsx).")
        if int(found.get("size") or 0) > MOST_BYTES:
            raise Unreadable(_TOO_LARGE)
        return found

    def _download(self, file: Mapping[str, Any]) -> bytes:
        """The contents. The token goes to Slack alone: neither another host nor a redirect gets it."""
        url = str(file["url_private_download"])
        if not self._is_of_slack(url):
            raise Unreadable("This file is not kept in Slack, so I can’t read it. Upload it to this conversation.")
        request = HttpRequest(url, headers={"Authorization": f"Bearer {self._settings.bot_token}"})  # noqa: S310
        deadline, data = self._stopwatch() + timedelta(seconds=SECONDS), b""
        try:
            with _OPENER.open(request, timeout=SECONDS) as response:
                if response.headers.get_content_type() == "text/html" and file.get("mimetype") != "text/html":
                    raise Unreadable(f"Slack didn’t give me the file. {_SENT_AGAIN}")
                while chunk := response.read(_CHUNK):
                    data += chunk
                    if len(data) > MOST_BYTES:
                        raise Unreadable(_TOO_LARGE)
                    if self._stopwatch() > deadline:
                        raise TimeoutError
        except HTTPError as error:
            if error.code in (401, 403, 404, 410):
                raise Unreadable(f"Slack didn’t give me the file. {_SENT_AGAIN}") from None
            raise ConnectionError from None
        except (HTTPException, URLError) as error:
            raise ConnectionError from error
        return data

    def _is_of_slack(self, url: str) -> bool:
        parts, api = urlsplit(url), urlsplit(self._settings.slack_api_url)
        if not self._settings.is_slack_itself:
            return (parts.scheme, parts.netloc) == (api.scheme, api.netloc)
        host = parts.hostname or ""
        return parts.scheme == "https" and any(host.endswith(f".{domain}") for domain in SLACK_DOMAINS)

    @staticmethod
    def _rows(data: bytes) -> list[tuple[int, list[str]]]:
        if unpacked_size(data) > MOST_UNPACKED:
            raise Unreadable(_TOO_LARGE)
        try:
            return list(rows_in(data, is_header))
        except InvalidSettings as unusable:
            raise Unreadable(unusable.args[0]) from None


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        """Follow none: it could lead elsewhere with the token."""


_OPENER = build_opener(_NoRedirect)
