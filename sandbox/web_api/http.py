"""The Web API over HTTP: tokens, scopes, arguments, faults, and the record of every call."""

import asyncio
import json
from collections.abc import Callable, Mapping
from typing import Any

from aiohttp import web

from sandbox.errors import MissingScopeError, SlackError
from sandbox.records import Call, TokenKind
from sandbox.types import JSON
from sandbox.web_api import METHODS, Context, Method
from sandbox.web_api.faults import Fault, Faults
from sandbox.web_api.method import Args

APP_SCOPES = ("connections:write",)
_RETIRED = ("channels.", "groups.", "im.", "mpim.", "files.upload", "rtm.start")


class WebApi:
    """Answers `/api/{method}`. `note` is told of every call."""

    def __init__(self, context: Context, faults: Faults, note: Callable[[Call], None]) -> None:
        self._context = context
        self._workspace = context.workspace
        self._faults = faults
        self._note = note

    async def answer(self, request: web.Request) -> web.Response:
        """Perform a call. A fault in wait fails it, or (`after_commit`) performs it and drops the connection."""
        name = request.match_info["method"]
        given, token = await _read(request)
        if given is None:
            return self._finish(name, {}, "unknown", SlackError("invalid_json").answer())
        fault = self._faults.take(name)
        await asyncio.sleep(self._faults.seconds_to_hold(name))
        kind = self._token_kind(token)
        if fault and not fault.after_commit:
            return self._fail(name, given, kind, fault)
        args = Args(given)
        try:
            body = self._perform(name, args, token, kind)
        except SlackError as error:
            return self._finish(name, args.given, kind, error.answer(), retry_after=error.retry_after)
        response = self._finish(name, args.given, kind, body)
        if fault and request.transport:
            request.transport.abort()
        return response

    def _perform(self, name: str, args: Args, token: str, kind: TokenKind) -> JSON:
        method = METHODS.get(name)
        if method is None:
            raise SlackError("method_deprecated" if name.startswith(_RETIRED) else "unknown_method")
        with self._workspace.lock:
            self._authorise(method, token, kind)
            if method.per_minute:
                self._workspace.rates.spend((name,), method.per_minute)
            return {"ok": True, **method.run(self._context, args)}

    def _authorise(self, method: Method, token: str, kind: TokenKind) -> None:
        if not token:
            raise SlackError("not_authed")
        if kind == "unknown":
            raise SlackError("invalid_auth")
        if self._workspace.app.revoked:
            raise SlackError(self._workspace.app.revoked)
        if method.caller != kind:
            raise SlackError("not_allowed_token_type")
        provided = self._scopes(kind)
        for scope in method.scopes:
            if scope not in provided:
                raise MissingScopeError(scope, provided)

    def _scopes(self, kind: TokenKind) -> tuple[str, ...]:
        return {"bot": self._workspace.app.scopes, "app": APP_SCOPES}.get(kind, ())

    def _token_kind(self, token: str) -> TokenKind:
        app = self._workspace.app
        kinds: dict[str, TokenKind] = {"": "none", app.bot_token: "bot", app.app_token: "app"}
        return kinds.get(token, "unknown")

    def _fail(self, name: str, given: Mapping[str, Any], kind: TokenKind, fault: Fault) -> web.Response:
        body = SlackError(fault.error).answer()
        args = Args(given).given
        return self._finish(name, args, kind, body, status=fault.status, retry_after=fault.retry_after)

    def _finish(
        self,
        name: str,
        args: Mapping[str, Any],
        kind: TokenKind,
        body: JSON,
        *,
        status: int = 200,
        retry_after: int | None = None,
    ) -> web.Response:
        at = self._workspace.calendar.now()
        self._note(Call(name, args, kind, bool(body["ok"]), str(body.get("error", "")), at))
        method = METHODS.get(name)
        headers = {
            "X-OAuth-Scopes": ",".join(self._scopes(kind)),
            "X-Accepted-OAuth-Scopes": ",".join(method.scopes if method else ()),
        }
        if retry_after is not None:
            status, headers["Retry-After"] = 429, str(retry_after)
        return web.json_response(body, status=status, headers=headers)


async def _read(request: web.Request) -> tuple[JSON | None, str]:
    """The arguments (None when they cannot be read) and the token; a header's token goes before an argument's."""
    given: JSON = dict(request.query)
    if request.method == "POST" and request.content_type == "application/json":
        try:
            body = json.loads(await request.text() or "{}")
        except ValueError:
            return None, ""
        if not isinstance(body, dict):
            return None, ""
        given |= body
    elif request.method == "POST":
        given |= dict(await request.post())
    scheme, _, header = request.headers.get("Authorization", "").partition(" ")
    argument = str(given.pop("token", ""))
    return given, header.strip() if scheme == "Bearer" and header else argument
