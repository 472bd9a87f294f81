"""Definition of a Web API method, and its arguments."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sandbox.errors import MissingArgumentError, SlackError
from sandbox.types import JSON
from sandbox.workspace.workspace import Workspace

TIER_2, TIER_3, TIER_4, SPECIAL = 20, 50, 100, 600


@dataclass(frozen=True)
class MethodContext:
    """What a method works on: the workspace, and a function that issues a WebSocket URL."""

    workspace: Workspace
    issue_socket_url: Callable[[], str]


@dataclass(frozen=True)
class Method:
    """A Web API method: its name, implementation and rate limit. `run` is called with the workspace's lock held.

    `scopes` are those that every call needs; more may depend on the conversation. With `per_minute` None, `run` counts
    the calls itself.
    """

    name: str
    run: Callable[[MethodContext, "Args"], JSON]
    per_minute: int | None
    scopes: tuple[str, ...] = ()
    caller: Literal["bot", "app"] = "bot"


class Args:
    """Arguments of a call: strings from a form (with JSON inside), or values from a JSON body."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = {key: _decode(key, value) for key, value in values.items()}

    def __contains__(self, name: str) -> bool:
        return self.values.get(name) is not None

    def text(self, name: str, default: str = "") -> str:
        """A string; numbers are converted. Raises MissingArgumentError."""
        value = self.values.get(name)
        if value is None:
            return default
        if isinstance(value, bool | dict | list):
            raise MissingArgumentError(name, "must be a string")
        return str(value)

    def required(self, name: str) -> str:
        """A string that is present and not empty. Raises MissingArgumentError."""
        value = self.text(name)
        if not value:
            raise MissingArgumentError(name)
        return value

    def flag(self, name: str, default: bool = False) -> bool:
        value = self.values.get(name)
        return default if value is None else value in (True, 1, "1", "true", "True")

    def number(self, name: str, default: int, *, most: int) -> int:
        """A whole number from 1 to `most`. Raises SlackError."""
        try:
            value = int(self.values.get(name) or default)
        except (TypeError, ValueError):
            raise MissingArgumentError(name, "must be an integer") from None
        if not 1 <= value <= most:
            raise SlackError("invalid_limit" if name == "limit" else "invalid_arguments")
        return value

    def object(self, name: str) -> JSON | None:
        """An object; None if absent or empty text. Raises SlackError `invalid_arguments` for anything else."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, dict):
            raise MissingArgumentError(name, "must be an object")
        return value

    def names(self, name: str) -> Sequence[str]:
        """Comma-separated names, or a list of them."""
        value = self.values.get(name)
        parts = value if isinstance(value, list) else str(value or "").split(",")
        return [str(part).strip() for part in parts if str(part).strip()]


_STRUCTURED = {"blocks", "attachments", "files", "message", "metadata", "view"}


def _decode(name: str, value: Any) -> Any:
    if name in _STRUCTURED and isinstance(value, str) and value:
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def paginate(items: Sequence[Any], args: Args, *, default: int, most: int) -> tuple[list[Any], str]:
    """One page of `items` by `limit` and `cursor`, and the next cursor (empty at the end). Raises SlackError."""
    cursor, size = args.text("cursor"), args.number("limit", default, most=most)
    if cursor and not (cursor.startswith("from:") and cursor[5:].isdecimal()):
        raise SlackError("invalid_cursor")
    start = int(cursor[5:]) if cursor else 0
    end = start + size
    return list(items[start:end]), f"from:{end}" if end < len(items) else ""
