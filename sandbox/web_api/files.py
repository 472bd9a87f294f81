"""files.info, files.delete, sharing files in three steps, and downloading a file with the app's token.

https://docs.slack.dev/reference/objects/file-object, https://docs.slack.dev/messaging/working-with-files
"""

from typing import Any

from aiohttp import web

from sandbox.errors import MissingArgumentError, SlackError
from sandbox.types import JSON
from sandbox.web_api.chat import require_sendable
from sandbox.web_api.method import TIER_3, TIER_4, Args, Method, MethodContext
from sandbox.workspace.files import PendingUpload, SharedFile
from sandbox.workspace.messages import keep_files, post_as_bot, remove_file
from sandbox.workspace.workspace import Workspace

_READ, _WRITE = "files:read", "files:write"
_MOST_BYTES = 1_000_000_000
_SIGN_IN = "<!DOCTYPE html><html><head><title>Sign in</title></head><body>Sign in to continue.</body></html>"


def info(context: MethodContext, args: Args) -> JSON:
    workspace = context.workspace
    file = _visible(workspace, args.required("file"))
    if file is None:
        raise SlackError("file_not_found")
    return {
        "file": file.payload(workspace.team_id, workspace.url) | file.shares(),
        "comments": [],
        "response_metadata": {"next_cursor": ""},
    }


def delete(context: MethodContext, args: Args) -> JSON:
    """Delete a file of the app. The message that shares it stays, with a placeholder in its place
    (docs.slack.dev/reference/methods/files.delete).
    """
    workspace = context.workspace
    file = _visible(workspace, args.required("file"))
    if file is None:
        raise SlackError("file_not_found")
    if file.user != workspace.app.bot_user_id:
        raise SlackError("cant_delete_file")
    workspace.uploads.complete(file.id)
    if workspace.files.pop(file.id, None):
        remove_file(workspace, file)
    return {}


def get_upload_url(context: MethodContext, args: Args) -> JSON:
    """A new file of the app, which nobody sees until it is completed."""
    workspace, name = context.workspace, args.required("filename")
    length = args.number("length", 0, most=_MOST_BYTES)
    created = int(workspace.calendar.now().timestamp())
    upload = workspace.uploads.begin(workspace.ids.next("F"), name, length, created)
    return {"upload_url": f"{workspace.url}/upload/v1/{upload.token}", "file_id": upload.id}


def complete_upload(context: MethodContext, args: Args) -> JSON:
    """Share uploaded files in a conversation, or in none. As documented, the answer has ids and titles only: where a
    file was shared is known a moment later, from files.info.
    """
    workspace, named = context.workspace, args.values.get("files")
    if not isinstance(named, list) or not named:
        raise MissingArgumentError("files")
    uploads = [_uploaded(workspace, one) for one in named]
    titles = [str(one.get("title") or "") for one in named]
    channel = args.text("channel_id")
    conversation = workspace.conversation(channel) if channel else None
    text, blocks = args.text("initial_comment"), args.values.get("blocks") or ()
    if text or blocks:
        require_sendable({"text": text or "-", **({"blocks": blocks} if blocks and not text else {})})
    files = [
        SharedFile(one.id, one.name, workspace.app.bot_user_id, channel, one.created, one.data or b"", title)
        for one, title in zip(uploads, titles, strict=True)
    ]
    if conversation:
        if workspace.app.bot_user_id not in conversation.members:
            raise SlackError("not_in_channel")
        thread_ts = args.text("thread_ts") or None
        shown = () if text else blocks
        message = post_as_bot(workspace, conversation, text=text, blocks=shown, thread_ts=thread_ts, files=files)
        keep_files(workspace, message, files)
    else:
        workspace.files |= {file.id: file for file in files}
    for file in files:
        workspace.uploads.complete(file.id)
    return {"files": [{"id": file.id, "title": file.title or file.name} for file in files]}


def _uploaded(workspace: Workspace, named: Any) -> PendingUpload:
    """The upload, if its content has come. Raises SlackError `file_not_found`."""
    upload = workspace.uploads.get(str(named.get("id"))) if isinstance(named, dict) else None
    if upload is None or upload.data is None:
        raise SlackError("file_not_found")
    return upload


class UploadEndpoint:
    """Handles `/upload/v1/{token}`: the content of a file, raw or as a form. No token of the app is needed."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    async def handle(self, request: web.Request) -> web.Response:
        if request.content_type == "multipart/form-data":
            form = await request.post()
            parts = [part.file.read() for part in form.values() if isinstance(part, web.FileField)]
            data = parts[0] if parts else b""
        else:
            data = await request.read()
        return self.receive(request.match_info["token"], data)

    def receive(self, token: str, data: bytes) -> web.Response:
        with self._workspace.lock:
            upload = self._workspace.uploads.receive(token, data)
        if upload is None:
            raise web.HTTPBadRequest(text="There is no such upload, or the content has another length.")
        return web.Response(text=f"OK - {len(data)}")


class FileEndpoint:
    """Handles `/files-pri/{team}-{file}/download/{name}`."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    async def handle(self, request: web.Request) -> web.Response:
        """The contents. As in Slack, a request without the right token gets the page to sign in."""
        workspace, scheme = self._workspace, request.headers.get("Authorization", "").partition(" ")
        _, _, file_id = request.match_info["file"].partition("-")
        with workspace.lock:
            app = workspace.app
            is_allowed = scheme[::2] == ("Bearer", app.bot_token) and not app.revoked and _READ in app.scopes
            file = _visible(workspace, file_id) if is_allowed else None
        if not is_allowed:
            return web.Response(text=_SIGN_IN, content_type="text/html")
        if file is None:
            raise web.HTTPNotFound(text="There is no such file.")
        return web.Response(body=file.data, content_type=file.mimetype)


def _visible(workspace: Workspace, file_id: str) -> SharedFile | None:
    """The file, if it is the app's own or in a conversation of the bot."""
    bot = workspace.app.bot_user_id
    if upload := workspace.uploads.get(file_id):
        return SharedFile(upload.id, upload.name, bot, "", upload.created, upload.data or b"")
    file = workspace.files.get(file_id)
    if file and file.user == bot and not file.channel:
        return file
    conversation = workspace.conversations.get(file.channel) if file else None
    return file if conversation and bot in conversation.members else None


METHODS = (
    Method("files.info", info, TIER_4, (_READ,)),
    Method("files.delete", delete, TIER_3, (_WRITE,)),
    Method("files.getUploadURLExternal", get_upload_url, TIER_4, (_WRITE,)),
    Method("files.completeUploadExternal", complete_upload, TIER_4, (_WRITE,)),
)
