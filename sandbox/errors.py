"""What Slack refuses, as its Web API says it."""

from collections.abc import Sequence

from sandbox.types import JSON


class SlackError(Exception):
    """A refusal of the Web API: `error` is its name in Slack's documentation.

    `findings` become `response_metadata.messages`; `extra` goes into the answer's body, `retry_after` (seconds) makes
    it a 429 with a Retry-After header.
    """

    def __init__(
        self,
        error: str,
        findings: Sequence[str] = (),
        *,
        extra: JSON | None = None,
        retry_after: int | None = None,
    ) -> None:
        super().__init__(error)
        self.error = error
        self.findings = list(findings)
        self.extra = extra or {}
        self.retry_after = retry_after

    def response(self) -> JSON:
        """The body of the answer."""
        body: JSON = {"ok": False, "error": self.error, **self.extra}
        if self.findings:
            body["response_metadata"] = {"messages": list(self.findings)}
        return body


class MissingScopeError(SlackError):
    """The token lacks a scope. Carries what was needed and what the token has, as Slack does."""

    def __init__(self, needed: str, provided: Sequence[str]) -> None:
        super().__init__("missing_scope", extra={"needed": needed, "provided": ",".join(provided)})


class MissingArgumentError(SlackError):
    """A required argument was not given, or had no usable form."""

    def __init__(self, name: str, complaint: str = "missing required field") -> None:
        super().__init__("invalid_arguments", [f"[ERROR] {complaint}: {name}"])
