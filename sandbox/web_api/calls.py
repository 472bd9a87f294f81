"""The Web API itself, whatever way a call comes in: tokens, scopes, arguments, and the record of every call."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox.clocks import monotonic
from sandbox.errors import MissingScopeError, SlackError
from sandbox.traffic import Call, FaultEffect, RecordedResponse, TokenKind
from sandbox.types import JSON
from sandbox.web_api import METHODS, Method, MethodContext
from sandbox.web_api.method import Args

APP_SCOPES = ("connections:write",)
_RETIRED = ("channels.", "groups.", "im.", "mpim.", "files.upload", "rtm.start")


@dataclass(frozen=True)
class ApiResponse:
    """What Slack answers to a call: HTTP status, headers, and the body."""

    status: int
    headers: Mapping[str, str]
    body: JSON


class MethodCalls:
    """Performs Web API methods. `note` is told of every call. Safe to use from several threads."""

    def __init__(self, context: MethodContext, on_call: Callable[[Call], None]) -> None:
        self._context = context
        self._workspace = context.workspace
        self._on_call = on_call

    def perform(
        self, name: str, given: Mapping[str, Any], token: str, *, since: float | None = None, is_dropped: bool = False
    ) -> ApiResponse:
        """Do what the method does, or refuse it as Slack does. `given` are its arguments, without the token.

        `since` is when the caller began to wait (the real clock's seconds); `is_dropped` notes that an answer which is
        no refusal will not reach them.
        """
        begun = _PendingCall(name, Args(given), self._token_kind(token), monotonic() if since is None else since)
        try:
            body = self._perform(begun, token)
        except SlackError as error:
            return self._respond(begun, error.response(), 200, error.retry_after)
        return self._respond(begun, body, ordered="dropped" if is_dropped else "")

    def refuse(
        self,
        name: str,
        given: Mapping[str, Any],
        token: str,
        error: SlackError,
        status: int = 200,
        *,
        since: float | None = None,
        ordered: FaultEffect = "",
    ) -> ApiResponse:
        """Answer `error` without doing anything; `since` as for `perform`."""
        begun = _PendingCall(name, Args(given), self._token_kind(token), monotonic() if since is None else since)
        return self._respond(begun, error.response(), status, error.retry_after, ordered)

    def _perform(self, begun: "_PendingCall", token: str) -> JSON:
        name, args = begun.name, begun.args
        method = METHODS.get(name)
        if method is None:
            raise SlackError("method_deprecated" if name.startswith(_RETIRED) else "unknown_method")
        with self._workspace.lock:
            self._authorise(method, token, begun.kind)
            begun.scopes.extend(method.scopes)
            if method.per_minute:
                self._workspace.rate_limits.consume((name,), method.per_minute)
            self._workspace.used_scopes = begun.scopes
            try:
                return {"ok": True, **method.run(self._context, args)}
            finally:
                self._workspace.used_scopes = []

    def _authorise(self, method: Method, token: str, caller: TokenKind) -> None:
        if not token:
            raise SlackError("not_authed")
        if caller == "unknown":
            raise SlackError("invalid_auth")
        if self._workspace.app.revoked:
            raise SlackError(self._workspace.app.revoked)
        if method.caller != caller:
            raise SlackError("not_allowed_token_type")
        provided = self._scopes(caller)
        for scope in method.scopes:
            if scope not in provided:
                raise MissingScopeError(scope, provided)

    def _scopes(self, kind: TokenKind) -> tuple[str, ...]:
        return {"bot": self._workspace.app.scopes, "app": APP_SCOPES}.get(kind, ())

    def _token_kind(self, token: str) -> TokenKind:
        app = self._workspace.app
        kinds: dict[str, TokenKind] = {"": "none", app.bot_token: "bot", app.app_token: "app"}
        return kinds.get(token, "unknown")

    def _respond(
        self,
        begun: "_PendingCall",
        body: JSON,
        status: int = 200,
        retry_after: int | None = None,
        ordered: FaultEffect = "",
    ) -> ApiResponse:
        method = METHODS.get(begun.name)
        headers = {
            "X-OAuth-Scopes": ",".join(self._scopes(begun.kind)),
            "X-Accepted-OAuth-Scopes": ",".join(method.scopes if method else ()),
        }
        if retry_after is not None:
            status, headers["Retry-After"] = 429, str(retry_after)
        self._on_call(
            Call(
                begun.name,
                begun.args.given,
                begun.kind,
                bool(body["ok"]),
                str(body.get("error", "")),
                self._workspace.calendar.now(),
                RecordedResponse(status, headers, body),
                monotonic() - begun.since,
                tuple(dict.fromkeys(begun.scopes)),
                ordered,
            )
        )
        return ApiResponse(status, headers, body)


@dataclass(frozen=True)
class _PendingCall:
    """A call that has come in: when (the real clock's seconds), and the scopes it has drawn on so far."""

    name: str
    args: Args
    kind: TokenKind
    since: float
    scopes: list[str] = field(default_factory=list)
