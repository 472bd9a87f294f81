"""Trigger ids and response URLs, the short-lived permissions of every interaction.

A trigger is valid for three seconds and opens one view; a response URL allows five posts in thirty minutes
(docs.slack.dev/interactivity/handling-user-interaction). Both use monotonic time.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from sandbox.clocks import monotonic
from sandbox.errors import SlackError

TRIGGER_SECONDS = 3.0
RESPONSE_URL_SECONDS = 30 * 60.0
RESPONSE_URL_POSTS = 5


@dataclass
class Trigger:
    """A trigger: the person who acted, the view they acted in if any, and its expiry (monotonic seconds)."""

    user: str
    view_id: str | None
    expires: float
    exchanged: bool = False


class Triggers:
    """The trigger ids issued so far."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._issued: dict[str, Trigger] = {}
        self._serial = 0

    def issue(self, user: str, view_id: str | None = None) -> str:
        """A new trigger id for an action of `user`, in the view `view_id` or outside any view."""
        self._serial += 1
        trigger_id = f"{1000 + self._serial}.{secrets.randbelow(10**9)}.{secrets.token_hex(8)}"
        self._issued[trigger_id] = Trigger(user, view_id, self._clock() + TRIGGER_SECONDS)
        return trigger_id

    def check(self, trigger_id: str) -> Trigger:
        """The trigger, if it can be used. Raises SlackError as views.open does: invalid, expired or exchanged."""
        trigger = self._issued.get(trigger_id)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.exchanged:
            raise SlackError("exchanged_trigger_id")
        if self._clock() >= trigger.expires:
            raise SlackError("expired_trigger_id")
        return trigger

    def user_of(self, trigger_id: str) -> str:
        """The person a trigger was issued to; empty if it is unknown."""
        trigger = self._issued.get(trigger_id)
        return trigger.user if trigger else ""

    def expire_all(self) -> None:
        """Expire every open trigger."""
        for trigger in self._issued.values():
            trigger.expires = float("-inf")


@dataclass
class ResponseUrl:
    """A response URL: post in `channel` for `user`, or change the message `ts`."""

    user: str
    channel: str
    ts: str | None
    expires: float
    remaining: int = RESPONSE_URL_POSTS


class ResponseUrls:
    """The response URLs issued so far."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._issued: dict[str, ResponseUrl] = {}

    def issue(self, user: str, channel: str, ts: str | None = None) -> str:
        """The path of a new response URL."""
        path = f"/respond/{secrets.token_hex(16)}"
        self._issued[path] = ResponseUrl(user, channel, ts, self._clock() + RESPONSE_URL_SECONDS)
        return path

    def use(self, path: str) -> ResponseUrl:
        """Use one of its posts. Raises SlackError: `no_active_hooks` (unknown), `expired_url`, or `used_url` (too many
        posts).
        """
        url = self._issued.get(path)
        if url is None:
            raise SlackError("no_active_hooks")
        if self._clock() >= url.expires:
            raise SlackError("expired_url")
        if not url.remaining:
            raise SlackError("used_url")
        url.remaining -= 1
        return url
