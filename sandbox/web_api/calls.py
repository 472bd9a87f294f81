"""Performs Web API calls: checks token, scopes and arguments, and records every call."""

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
    """The response to a call: HTTP status, headers, and body."""

    status: int
    headers: Mapping[str, str]
    body: JSON


class MethodCalls:
    """Performs Web API methods. `on_call` is called with every call. Thread-safe."""

    def __init__(self, context: MethodContext, on_call: Callable[[Call], None]) -> None:
        self._context = context
        self._workspace = context.workspace
        self._on_call = on_call

    def perform(
        self,
        name: str,
        arguments: Mapping[str, Any],
        token: str,
        *,
        started: float | None = None,
        is_dropped: bool = False,
    ) -> ApiResponse:
        """Perform a method, or refuse it as Slack does. `arguments` do not include the token.

        `started` is when the caller began to wait (monotonic seconds). `is_dropped` records that a successful response
        will not reach the caller.
        """
        pending = _PendingCall(
            name, Args(arguments), self._token_kind(token), monotonic() if started is None else started
        )
        try:
            body = self._perform(pending, token)
        except SlackError as error:
            return self._respond(pending, error.response(), 200, error.retry_after)
        return self._respond(pending, body, fault_effect="dropped" if is_dropped else "")

    def refuse(
        self,
        name: str,
        arguments: Mapping[str, Any],
        token: str,
        error: SlackError,
        status: int = 200,
        *,
        started: float | None = None,
        fault_effect: FaultEffect = "",
    ) -> ApiResponse:
        """Respond with `error` and do nothing. `started` is as for `perform`."""
        pending = _PendingCall(
            name, Args(arguments), self._token_kind(token), monotonic() if started is None else started
        )
        return self._respond(pending, error.response(), status, error.retry_after, fault_effect)

    def _perform(self, pending: "_PendingCall", token: str) -> JSON:
        name, args = pending.name, pending.args
        method = METHODS.get(name)
        if method is None:
            raise SlackError("method_deprecated" if name.startswith(_RETIRED) else "unknown_method")
        with self._workspace.lock:
            self._authorise(method, token, pending.kind)
            pending.scopes.extend(method.scopes)
            if method.per_minute:
                self._workspace.rate_limits.consume((name,), method.per_minute)
            self._workspace.used_scopes = pending.scopes
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
        pending: "_PendingCall",
        body: JSON,
        status: int = 200,
        retry_after: int | None = None,
        fault_effect: FaultEffect = "",
    ) -> ApiResponse:
        method = METHODS.get(pending.name)
        headers = {
            "X-OAuth-Scopes": ",".join(self._scopes(pending.kind)),
            "X-Accepted-OAuth-Scopes": ",".join(method.scopes if method else ()),
        }
        if retry_after is not None:
            status, headers["Retry-After"] = 429, str(retry_after)
        self._on_call(
            Call(
                pending.name,
                pending.args.values,
                pending.kind,
                bool(body["ok"]),
                str(body.get("error", "")),
                self._workspace.calendar.now(),
                RecordedResponse(status, headers, body),
                monotonic() - pending.started,
                tuple(dict.fromkeys(pending.scopes)),
                fault_effect,
            )
        )
        return ApiResponse(status, headers, body)


@dataclass(frozen=True)
class _PendingCall:
    """A call in progress: when it started (monotonic seconds), and the scopes it has used so far."""

    name: str
    args: Args
    kind: TokenKind
    started: float
    scopes: list[str] = field(default_factory=list)
