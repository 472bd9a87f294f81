"""Looking whether a message of which nobody knows has arrived: in its conversation, by the id in its metadata.

Nothing of what is read is kept. https://docs.slack.dev/reference/methods/conversations.history
"""

from collections.abc import Iterable, Mapping
from typing import Any

from scheduler.delivery.slack import EVENT_TYPE, ID, Slack

_A_PAGE = 15
"""What Slack gives to every app."""
_PAGES = 10


class TooMuchToRead(Exception):
    """So much was written since that we stop looking."""


def find(slack: Slack, conversation: str, opaque: str, *, oldest: str | None) -> str | None:
    """The timestamp of the message named `opaque`, written after `oldest` (a timestamp, or None for the beginning);
    None where it is not there. Raises Troubled, TooMuchToRead.
    """
    cursor: str | None = None
    for _ in range(_PAGES):
        page = slack.history(conversation, oldest=oldest, cursor=cursor, limit=_A_PAGE)
        for message in _messages(page):
            if _id_of(message) == opaque:
                return str(message["ts"])
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or None
        if not cursor:
            return None
    raise TooMuchToRead


def _messages(page: Any) -> Iterable[Mapping[str, Any]]:
    found: Iterable[Mapping[str, Any]] = page.get("messages") or ()
    return found


def _id_of(message: Mapping[str, Any]) -> str:
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") != EVENT_TYPE:
        return ""
    return str((metadata.get("event_payload") or {}).get(ID, ""))
