"""How fast we write: within Slack's limits, with room for answers while a campaign is on its way.

Source: https://docs.slack.dev/apis/web-api/rate-limits: about one message a second in a conversation, short bursts
allowed; several hundred messages a minute in a workspace; a message that is there may be changed more than fifty times
a minute, in all (Tier 3); `Retry-After` holds one method. All times are the stopwatch's.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from scheduler.delivery.slack_errors import SlackFailure, back_off

FAILURES_BEFORE_HOLD = 3
"""After so many calls of a method that failed for a general reason, the method itself is held."""


@dataclass(frozen=True)
class RateLimits:
    """`per_minute` messages in the workspace, `burst` of them at once, of which `kept_back` only for what people asked
    for; in one conversation `in_a_row` at once and then one in every `apart`. `changes_per_minute` of messages that are
    there, `changes_at_once` of them at once.
    """

    per_minute: int = 240
    burst: int = 12
    reserved_for_replies: int = 4
    conversation_burst: int = 3
    conversation_interval: timedelta = timedelta(seconds=1)
    updates_per_minute: int = 45
    update_burst: int = 5

    def least_seconds(self, messages: int) -> float:
        """How long a campaign of so many messages to as many people takes at the least."""
        return max(0, messages - (self.burst - self.reserved_for_replies)) * 60 / self.per_minute


DEFAULT_LIMITS = RateLimits()
"""The product's own."""


@dataclass
class _Bucket:
    """Holds up to `size`, gains one in every `each`."""

    size: float
    each: timedelta
    left: float
    since: datetime

    def fill(self, now: datetime) -> float:
        gained = max(now - self.since, timedelta(0)) / self.each
        self.left, self.since = min(self.size, self.left + gained), now
        return self.left

    def until(self, wanted: float, now: datetime) -> timedelta:
        """How long until it holds `wanted`."""
        return self.each * max(0.0, wanted - self.fill(now))


class RateLimiter:
    """Token buckets for Slack's rate limits; reserves capacity for replies during bulk sends.

    Without a `limits` nothing is limited. Safe to share between threads.
    """

    def __init__(self, limits: RateLimits | None, stopwatch: Callable[[], datetime]) -> None:
        self._limits = limits
        self._stopwatch = stopwatch
        self._lock = threading.Lock()
        self._held: dict[str, datetime] = {}
        self._failed: dict[str, int] = {}
        self._talking: dict[str, _Bucket] = {}
        self._all: _Bucket | None = None
        self._updates: _Bucket | None = None
        if limits:
            each = timedelta(minutes=1) / limits.per_minute
            self._all = _Bucket(limits.burst, each, limits.burst, stopwatch())
            each = timedelta(minutes=1) / limits.updates_per_minute
            self._updates = _Bucket(limits.update_burst, each, limits.update_burst, stopwatch())

    def wait(self, *, is_reply: bool) -> timedelta:
        """How long until the workspace has room for one more message."""
        with self._lock:
            if self._limits is None or self._all is None:
                return timedelta(0)
            return self._all.until(1 if is_reply else 1 + self._limits.reserved_for_replies, self._stopwatch())

    def wait_for_update(self) -> timedelta:
        """How long until one more message that is there may be changed."""
        with self._lock:
            return self._updates.until(1, self._stopwatch()) if self._updates else timedelta(0)

    def consume_update(self) -> None:
        """A change is on its way."""
        with self._lock:
            if self._updates:
                self._updates.fill(self._stopwatch())
                self._updates.left -= 1

    def cooling_down(self) -> dict[str, timedelta]:
        """To whom we have just written so much that they have a rest, by Slack user id, and for how long."""
        with self._lock:
            now = self._stopwatch()
            rests = {person: bucket.until(1, now) for person, bucket in self._talking.items()}
            for person in [person for person, bucket in self._talking.items() if bucket.left >= bucket.size]:
                del self._talking[person]
            return {person: rest for person, rest in rests.items() if rest}

    def consume(self, person: str) -> None:
        """A message to `person` is on its way."""
        with self._lock:
            if self._limits is None or self._all is None:
                return
            now = self._stopwatch()
            fresh = _Bucket(
                self._limits.conversation_burst,
                self._limits.conversation_interval,
                self._limits.conversation_burst,
                now,
            )
            for bucket in (self._all, self._talking.setdefault(person, fresh)):
                bucket.fill(now)
                bucket.left -= 1

    def on_hold(self, method: str) -> timedelta:
        """How long a method of Slack's is still held; other methods go on."""
        with self._lock:
            now = self._stopwatch()
            return max(timedelta(0), self._held.get(method, now) - now)

    def succeeded(self, method: str) -> None:
        with self._lock:
            self._failed.pop(method, None)

    def hold_method(self, method: str, failure: SlackFailure, *, in_a_row: int = FAILURES_BEFORE_HOLD) -> None:
        """Hold a method that Slack slowed down, or that has failed `in_a_row` times whatever was sent."""
        if not failure.affects_method:
            return
        with self._lock:
            self._failed[method] = self._failed.get(method, 0) + 1
            wait = failure.wait
            if wait is None and self._failed[method] >= in_a_row:
                wait = back_off(self._failed[method] - in_a_row + 1)
            if wait is not None:
                self._held[method] = max(self._held.get(method, self._stopwatch()), self._stopwatch() + wait)
