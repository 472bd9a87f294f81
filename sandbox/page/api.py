"""The page's API: the workspace, a person's conversations and views, and their actions."""

import base64
import binascii
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from aiohttp import web

from sandbox.actions import interactions, submissions, writing
from sandbox.actions.context import ActionContext, NotVisibleError
from sandbox.members import Member
from sandbox.page.live import LiveUpdates
from sandbox.page.responses import read_body, result_response, run_blocking, success, with_errors
from sandbox.person import Person
from sandbox.types import JSON

STATIC = Path(__file__).parent / "static"


class PageApi:
    """The routes under `/` and `/sandbox/`.

    `is_connected` tells whether there is a transport to the app; `disruptions` returns the active failures as JSON.
    """

    def __init__(
        self, context: ActionContext, is_connected: Callable[[], bool], disruptions: Callable[[], JSON]
    ) -> None:
        self._context = context
        self._disruptions = disruptions
        self._workspace = context.workspace
        self._is_connected = is_connected

    def add_routes(self, app: web.Application) -> None:
        """Add the routes to `app`, and the WebSocket for live updates."""
        person = "/sandbox/people/{user}"
        app.on_response_prepare.append(_require_revalidation)
        app.router.add_get("/", self._index)
        if STATIC.is_dir():
            app.router.add_static("/static", STATIC)
        app.router.add_get("/sandbox/workspace", self._show_workspace)
        app.router.add_get("/sandbox/people", self._show_people)
        app.router.add_get(person, with_errors(self._show_person))
        app.router.add_get(f"{person}/conversations/{{channel}}", with_errors(self._show_conversation))
        app.router.add_get(f"{person}/files/{{file}}/{{name}}", with_errors(self._download))
        app.router.add_post(f"{person}/home", with_errors(self._open_home))
        app.router.add_post(f"{person}/read", with_errors(self._read))
        app.router.add_post(f"{person}/messages", with_errors(self._write))
        app.router.add_post(f"{person}/actions", with_errors(self._act))
        app.router.add_post(f"{person}/views/{{view}}/values", with_errors(self._fill))
        app.router.add_post(f"{person}/views/{{view}}/submit", with_errors(self._submit))
        app.router.add_post(f"{person}/views/{{view}}/close", with_errors(self._close))
        LiveUpdates(self._workspace).add_routes(app)

    async def _index(self, request: web.Request) -> web.StreamResponse:
        index = STATIC / "index.html"
        if not index.is_file():
            raise web.HTTPNotFound(text="The page's files are missing.")
        return web.FileResponse(index)

    async def _show_workspace(self, request: web.Request) -> web.StreamResponse:
        workspace = self._workspace
        with workspace.lock:
            app = workspace.app
            commands = [
                {"command": one.command, "description": one.description, "usage_hint": one.usage_hint}
                for one in app.commands
            ]
            about = {
                "id": app.id,
                "name": app.name,
                "bot_user_id": app.bot_user_id,
                "description": app.description,
                "commands": commands,
                "has_home": app.has_home_tab,
                "has_messages": app.has_messages_tab,
                "takes_messages": app.accepts_messages,
            }
            body = {
                "team": {"id": workspace.team_id, "name": workspace.name},
                "app": about,
                "members": [self._member(member) for member in workspace.members.values()],
                "connected": self._is_connected(),
                "now": workspace.calendar.now().isoformat(),
                "disruptions": self._disruptions(),
            }
        return web.json_response(body)

    def _member(self, member: Member) -> JSON:
        return {
            "id": member.id,
            "handle": member.handle,
            "name": member.name,
            "display_name": member.display_name,
            "title": member.title,
            "time_zone": member.time_zone,
            "avatar": member.avatar,
            "is_bot": member.is_bot,
            "is_guest": member.is_guest or member.is_single_channel_guest,
            "deactivated": member.deactivated,
            "is_stranger": self._workspace.is_external(member),
        }

    async def _show_person(self, request: web.Request) -> web.StreamResponse:
        user = request.match_info["user"]
        if user not in self._workspace.members:
            raise NotVisibleError(f"There is no {user}.")
        if not self._workspace.members[user].is_bot:
            self._context.conversation(user, None)
        return web.json_response(self._person(user))

    async def _show_people(self, request: web.Request) -> web.StreamResponse:
        """The people with the comma-separated ids in `of`. Unknown ids are left out."""
        known = [user for user in request.query.get("of", "").split(",") if user in self._workspace.members]
        return web.json_response({"people": {user: self._person(user) for user in known}})

    def _person(self, user: str) -> JSON:
        person = Person(self._context, user)
        return {"conversations": person.conversations(), "views": person.views, "home": person.home}

    async def _show_conversation(self, request: web.Request) -> web.StreamResponse:
        user, channel = request.match_info["user"], request.match_info["channel"]
        before = request.query.get("before", "")
        try:
            limit = min(max(int(request.query.get("limit", 100)), 1), 1000)
        except ValueError:
            raise web.HTTPBadRequest(text="limit is a number") from None
        with self._workspace.lock:
            conversation = self._context.conversation(user, channel)
            messages = [one for one in conversation.messages_for(user) if not before or one.ts < before]
            shown = [one.payload_for(user) for one in messages[-limit:]]
            # Serialise under the lock: the payloads are not copies, since copying every message takes far longer.
            return web.json_response({"messages": shown, "has_more": len(messages) > limit})

    async def _open_home(self, request: web.Request) -> web.StreamResponse:
        """Body: {"tab": "home" or "messages"}. Sends `app_home_opened` to the app."""
        user, body = request.match_info["user"], await read_body(request)
        tab = "messages" if body.get("tab") == "messages" else "home"
        return result_response(await run_blocking(writing.open_home, self._context, user, tab))

    async def _read(self, request: web.Request) -> web.StreamResponse:
        user, body = request.match_info["user"], await read_body(request)
        with self._workspace.lock:
            conversation = self._context.conversation(user, str(body.get("channel")))
            seen = list(conversation.messages_for(user))
            if seen:
                conversation.last_read[user] = seen[-1].ts
                self._workspace.change_listener.conversation_changed(conversation)
        self._workspace.changes.publish([user], "messages")
        return success()

    async def _download(self, request: web.Request) -> web.StreamResponse:
        """A file of a conversation in which the person is."""
        user, file_id = request.match_info["user"], request.match_info["file"]
        with self._workspace.lock:
            file = self._workspace.files.get(file_id)
            conversation = self._workspace.conversations.get(file.channel) if file else None
        if file is None or conversation is None or user not in conversation.members:
            raise web.HTTPNotFound(text="There is no such file.")
        headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name)}"}
        return web.Response(body=file.data, content_type=file.mimetype, headers=headers)

    async def _write(self, request: web.Request) -> web.StreamResponse:
        user, body = request.match_info["user"], await read_body(request)
        text, channel, file = str(body.get("text", "")), body.get("channel"), body.get("file")
        if isinstance(file, dict):
            files = [(str(file.get("name") or "file"), _decoded(str(file.get("content", ""))))]
            return result_response(await run_blocking(writing.say, self._context, user, text, channel, files=files))
        act = writing.command if text.lstrip().startswith("/") else writing.say
        return result_response(await run_blocking(act, self._context, user, text, channel))

    async def _act(self, request: web.Request) -> web.StreamResponse:
        user, body = request.match_info["user"], await read_body(request)
        container, what = body.get("container") or {}, (*_target(body), body.get("value"))
        if container.get("kind") == "view":
            view_id = str(container.get("view_id"))
            return result_response(await run_blocking(interactions.act_on_view, self._context, user, view_id, *what))
        conversation = (str(container.get("channel")), str(container.get("ts")))
        return result_response(
            await run_blocking(interactions.act_on_message, self._context, user, *conversation, *what)
        )

    async def _fill(self, request: web.Request) -> web.StreamResponse:
        user, view_id, body = request.match_info["user"], request.match_info["view"], await read_body(request)
        act, how = interactions.act_on_view, body.get("how", "now")
        return result_response(
            await run_blocking(act, self._context, user, view_id, *_target(body), body.get("value"), how)
        )

    async def _submit(self, request: web.Request) -> web.StreamResponse:
        user, view_id = request.match_info["user"], request.match_info["view"]
        done = await run_blocking(submissions.submit, self._context, user, view_id)
        return web.json_response(
            {"ok": not done.error, "errors": done.errors, "closed": done.closed, "error": done.error or None}
        )

    async def _close(self, request: web.Request) -> web.StreamResponse:
        user, view_id, body = request.match_info["user"], request.match_info["view"], await read_body(request)
        everything = bool(body.get("all"))
        await run_blocking(submissions.close, self._context, user, view_id, everything=everything)
        return success()


async def _require_revalidation(request: web.Request, response: web.StreamResponse) -> None:
    """Let the browser revalidate the page's files on each load, so that an upgrade takes effect."""
    if request.path == "/" or request.path.startswith("/static/"):
        response.headers["Cache-Control"] = "no-cache"


def _target(body: JSON) -> tuple[str, str]:
    return str(body.get("block_id") or ""), str(body.get("action_id"))


def _decoded(content: str) -> bytes:
    """The contents of a file from base64. Raises HTTPBadRequest."""
    try:
        return base64.b64decode(content, validate=True)
    except binascii.Error:
        raise web.HTTPBadRequest(text="The content is base64.") from None
