"""What a Web API method is, and the arguments it is called with."""

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
    """What a method works on: the workspace, and a function that makes a WebSocket URL."""

    workspace: Workspace
    issue_socket_url: Callable[[], str]


@dataclass(frozen=True)
class Method:
    """A method: its name, what it does (called with the workspace's lock held), and who may call it how often.

    `scopes` are those every call needs; further ones may depend on the conversation. `per_minute` None leaves the
    counting to `run`.
    """

    name: str
    run: Callable[[MethodContext, "Args"], JSON]
    per_minute: int | None
    scopes: tuple[str, ...] = ()
    caller: Literal["bot", "app"] = "bot"


class Args:
    """Arguments as they came: strings from a form (JSON inside), values from a JSON body."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self.given = {key: _decode(key, value) for key, value in given.items()}

    def __contains__(self, name: str) -> bool:
        return self.given.get(name) is not None

    def text(self, name: str, default: str = "") -> str:
        """A string; numbers become strings."""
        value = self.given.get(name)
        if value is None:
            return default
        if isinstance(value, bool | dict | list):
            raise MissingArgumentError(name, "must be a string")
        return str(value)

    def required(self, name: str) -> str:
        """A string that must be there and not empty."""
        value = self.text(name)
        if not value:
            raise MissingArgumentError(name)
        return value

    def flag(self, name: str, default: bool = False) -> bool:
        value = self.given.get(name)
        return default if value is None else value in (True, 1, "1", "true", "True")

    def number(self, name: str, default: int, *, most: int) -> int:
        """A whole number from 1 to `most`."""
        try:
            value = int(self.given.get(name) or default)
        except (TypeError, ValueError):
            raise MissingArgumentError(name, "must be an integer") from None
        if not 1 <= value <= most:
            raise SlackError("invalid_limit" if name == "limit" else "invalid_arguments")
        return value

    def object(self, name: str) -> JSON | None:
        """An object, None when left out or empty text. Raises SlackError `invalid_arguments` for anything else."""
        value = self.given.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, dict):
            raise MissingArgumentError(name, "must be an object")
        return value

    def names(self, name: str) -> Sequence[str]:
        """Comma-separated names, or a list of them."""
        value = self.given.get(name)
        parts = value if isinstance(value, list) else str(value or "").split(",")
        return [str(part).strip() for part in parts if str(part).strip()]


_STRUCTURED = {"blocks", "attachments", "metadata", "view"}


def _decode(name: str, value: Any) -> Any:
    if name in _STRUCTURED and isinstance(value, str) and value:
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def paginate(items: Sequence[Any], args: Args, *, default: int, most: int) -> tuple[list[Any], str]:
    """One page of `items` by `limit` and `cursor`, and the next cursor (empty at the end)."""
    cursor, size = args.text("cursor"), args.number("limit", default, most=most)
    if cursor and not (cursor.startswith("from:") and cursor[5:].isdecimal()):
        raise SlackError("invalid_cursor")
    start = int(cursor[5:]) if cursor else 0
    end = start + size
    return list(items[start:end]), f"from:{end}" if end < len(items) else ""
