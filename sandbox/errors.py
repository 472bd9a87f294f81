"""Errors of Slack's Web API."""

from collections.abc import Sequence

from sandbox.types import JSON


class SlackError(Exception):
    """A call is refused. `error` is the code in Slack's documentation.

    `problems` become `response_metadata.messages`, `extra` is added to the body, and `retry_after` (seconds) makes the
    response a 429 with a Retry-After header.
    """

    def __init__(
        self,
        error: str,
        problems: Sequence[str] = (),
        *,
        extra: JSON | None = None,
        retry_after: int | None = None,
    ) -> None:
        super().__init__(error)
        self.error = error
        self.problems = list(problems)
        self.extra = extra or {}
        self.retry_after = retry_after

    def response(self) -> JSON:
        """The body of the response."""
        body: JSON = {"ok": False, "error": self.error, **self.extra}
        if self.problems:
            body["response_metadata"] = {"messages": list(self.problems)}
        return body


class MissingScopeError(SlackError):
    """The token lacks a scope. The body names the needed scope and the token's scopes, as Slack's does."""

    def __init__(self, needed: str, provided: Sequence[str]) -> None:
        super().__init__("missing_scope", extra={"needed": needed, "provided": ",".join(provided)})


class MissingArgumentError(SlackError):
    """A required argument is missing or invalid."""

    def __init__(self, name: str, complaint: str = "missing required field") -> None:
        super().__init__("invalid_arguments", [f"[ERROR] {complaint}: {name}"])
