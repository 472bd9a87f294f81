"""The Web API itself, whatever way a call comes in: tokens, scopes, arguments, and the record of every call."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.errors import MissingScopeError, SlackError
from sandbox.records import Call, TokenKind
from sandbox.types import JSON
from sandbox.web_api import METHODS, Context, Method
from sandbox.web_api.method import Args

APP_SCOPES = ("connections:write",)
_RETIRED = ("channels.", "groups.", "im.", "mpim.", "files.upload", "rtm.start")


@dataclass(frozen=True)
class Answered:
    """What Slack answers to a call: HTTP status, headers, and the body."""

    status: int
    headers: Mapping[str, str]
    body: JSON


class Calls:
    """Performs Web API methods. `note` is told of every call. Safe to use from several threads."""

    def __init__(self, context: Context, note: Callable[[Call], None]) -> None:
        self._context = context
        self._workspace = context.workspace
        self._note = note

    def perform(self, name: str, given: Mapping[str, Any], token: str) -> Answered:
        """Do what the method does, or refuse it as Slack does. `given` are its arguments, without the token."""
        args, kind = Args(given), self._token_kind(token)
        try:
            body = self._perform(name, args, token, kind)
        except SlackError as error:
            return self._answered(name, args.given, kind, error.answer(), 200, error.retry_after)
        return self._answered(name, args.given, kind, body)

    def refuse(self, name: str, given: Mapping[str, Any], token: str, error: SlackError, status: int = 200) -> Answered:
        """Answer `error` without doing anything."""
        kind = self._token_kind(token)
        return self._answered(name, Args(given).given, kind, error.answer(), status, error.retry_after)

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

    def _answered(
        self,
        name: str,
        args: Mapping[str, Any],
        kind: TokenKind,
        body: JSON,
        status: int = 200,
        retry_after: int | None = None,
    ) -> Answered:
        at = self._workspace.calendar.now()
        self._note(Call(name, args, kind, bool(body["ok"]), str(body.get("error", "")), at))
        method = METHODS.get(name)
        headers = {
            "X-OAuth-Scopes": ",".join(self._scopes(kind)),
            "X-Accepted-OAuth-Scopes": ",".join(method.scopes if method else ()),
        }
        if retry_after is not None:
            status, headers["Retry-After"] = 429, str(retry_after)
        return Answered(status, headers, body)
