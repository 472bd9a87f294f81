"""files.info, and downloading a file with the app's token (docs.slack.dev/reference/objects/file-object)."""

from aiohttp import web

from sandbox.errors import SlackError
from sandbox.types import JSON
from sandbox.web_api.method import TIER_4, Args, Method, MethodContext
from sandbox.workspace.files import SharedFile
from sandbox.workspace.workspace import Workspace

_SCOPE = "files:read"
_SIGN_IN = "<!DOCTYPE html><html><head><title>Sign in</title></head><body>Sign in to continue.</body></html>"


def info(context: MethodContext, args: Args) -> JSON:
    workspace = context.workspace
    file = _visible(workspace, args.required("file"))
    if file is None:
        raise SlackError("file_not_found")
    return {
        "file": file.payload(workspace.team_id, workspace.url),
        "comments": [],
        "response_metadata": {"next_cursor": ""},
    }


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
            is_allowed = scheme[::2] == ("Bearer", app.bot_token) and not app.revoked and _SCOPE in app.scopes
            file = _visible(workspace, file_id) if is_allowed else None
        if not is_allowed:
            return web.Response(text=_SIGN_IN, content_type="text/html")
        if file is None:
            raise web.HTTPNotFound(text="There is no such file.")
        return web.Response(body=file.data, content_type=file.mimetype)


def _visible(workspace: Workspace, file_id: str) -> SharedFile | None:
    """The file, if it is in a conversation of the bot."""
    file = workspace.files.get(file_id)
    conversation = workspace.conversations.get(file.channel) if file else None
    return file if conversation and workspace.app.bot_user_id in conversation.members else None


METHODS = (Method("files.info", info, TIER_4, (_SCOPE,)),)
