"""Rate limits for writing to Slack, with capacity reserved for replies.

Slack allows about one message a second in a conversation, with short bursts; several hundred messages a minute in a
workspace; more than fifty updates a minute (Tier 3); and more than a hundred published Homes a minute (Tier 4).
`Retry-After` applies to one method. All times are on the stopwatch. Source: https://docs.slack.dev/apis/web-api/rate-limits
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from scheduler.delivery.slack_errors import SlackFailure, back_off

FAILURES_BEFORE_HOLD = 3
"""A method is put on hold after so many failures in a row that do not depend on the message."""


@dataclass(frozen=True)
class RateLimits:
    """How fast to write.

    - In the workspace: `per_minute` messages, up to `burst` at once, of which `reserved_for_replies` are for replies
      only.
    - In a conversation: up to `conversation_burst` at once, then one per `conversation_interval`.
    - Updates of existing messages: `updates_per_minute`, up to `update_burst` at once.
    - Homes: `publishes_per_minute`, up to `publish_burst` at once.
    - Removing what is left of erased people: `removals_per_minute` calls, up to `removal_burst` at once. Some of them
      are updates: then Slack may ask to wait.
    """

    per_minute: int = 240
    burst: int = 12
    reserved_for_replies: int = 4
    conversation_burst: int = 3
    conversation_interval: timedelta = timedelta(seconds=1)
    updates_per_minute: int = 45
    update_burst: int = 5
    publishes_per_minute: int = 90
    publish_burst: int = 10
    removals_per_minute: int = 30
    removal_burst: int = 15

    def least_seconds(self, messages: int) -> float:
        """The shortest time, in seconds, in which this number of messages can be sent to different people."""
        return max(0, messages - (self.burst - self.reserved_for_replies)) * 60 / self.per_minute

    def least_seconds_of_homes(self, homes: int) -> float:
        """The shortest time, in seconds, in which this number of Homes can be published."""
        return max(0, homes - self.publish_burst) * 60 / self.publishes_per_minute


DEFAULT_LIMITS = RateLimits()


@dataclass
class _Bucket:
    """A token bucket: holds up to `size` tokens and gains one per `interval`."""

    size: float
    interval: timedelta
    tokens: float
    filled_at: datetime

    def fill(self, now: datetime) -> float:
        gained = max(now - self.filled_at, timedelta(0)) / self.interval
        self.tokens, self.filled_at = min(self.size, self.tokens + gained), now
        return self.tokens

    def time_until(self, wanted: float, now: datetime) -> timedelta:
        """How long until it holds `wanted` tokens."""
        return self.interval * max(0.0, wanted - self.fill(now))


class RateLimiter:
    """Token buckets for Slack's rate limits; reserves capacity for replies during bulk sends.

    With `limits` None, nothing is limited. Safe to share between threads. `stopwatch` gives aware times.
    """

    def __init__(self, limits: RateLimits | None, stopwatch: Callable[[], datetime]) -> None:
        self._limits = limits
        self._stopwatch = stopwatch
        self._lock = threading.Lock()
        self._held_until: dict[str, datetime] = {}
        self._failures: dict[str, int] = {}
        self._conversations: dict[str, _Bucket] = {}
        self._workspace: _Bucket | None = None
        self._updates: _Bucket | None = None
        self._publishes: _Bucket | None = None
        self._removals: _Bucket | None = None
        if limits:
            interval = timedelta(minutes=1) / limits.per_minute
            self._workspace = _Bucket(limits.burst, interval, limits.burst, stopwatch())
            interval = timedelta(minutes=1) / limits.updates_per_minute
            self._updates = _Bucket(limits.update_burst, interval, limits.update_burst, stopwatch())
            interval = timedelta(minutes=1) / limits.publishes_per_minute
            self._publishes = _Bucket(limits.publish_burst, interval, limits.publish_burst, stopwatch())
            interval = timedelta(minutes=1) / limits.removals_per_minute
            self._removals = _Bucket(limits.removal_burst, interval, limits.removal_burst, stopwatch())

    def wait(self, *, is_reply: bool) -> timedelta:
        """How long until the workspace has capacity for one more message."""
        with self._lock:
            if self._limits is None or self._workspace is None:
                return timedelta(0)
            wanted = 1 if is_reply else 1 + self._limits.reserved_for_replies
            return self._workspace.time_until(wanted, self._stopwatch())

    def wait_for_update(self) -> timedelta:
        """How long until there is capacity for one more update of an existing message."""
        with self._lock:
            return self._updates.time_until(1, self._stopwatch()) if self._updates else timedelta(0)

    def consume_update(self) -> None:
        """Count an update."""
        with self._lock:
            if self._updates:
                self._updates.fill(self._stopwatch())
                self._updates.tokens -= 1

    def wait_for_publish(self) -> timedelta:
        """How long until there is capacity for one more Home."""
        with self._lock:
            return self._publishes.time_until(1, self._stopwatch()) if self._publishes else timedelta(0)

    def consume_publish(self) -> None:
        """Count a published Home."""
        with self._lock:
            if self._publishes:
                self._publishes.fill(self._stopwatch())
                self._publishes.tokens -= 1

    def wait_for_removal(self) -> timedelta:
        """How long until there is capacity for one more call that removes something."""
        with self._lock:
            return self._removals.time_until(1, self._stopwatch()) if self._removals else timedelta(0)

    def consume_removal(self) -> None:
        """Count a call that removes something. A page of a conversation may take more than there is capacity for."""
        with self._lock:
            if self._removals:
                self._removals.fill(self._stopwatch())
                self._removals.tokens -= 1

    def cooling_down(self) -> dict[str, timedelta]:
        """The people who have just received a burst, by Slack user id, and how long to wait before the next message."""
        with self._lock:
            now = self._stopwatch()
            waits = {person: bucket.time_until(1, now) for person, bucket in self._conversations.items()}
            for person in [person for person, bucket in self._conversations.items() if bucket.tokens >= bucket.size]:
                del self._conversations[person]
            return {person: wait for person, wait in waits.items() if wait}

    def consume(self, person: str) -> None:
        """Count a message to `person` (a Slack user id)."""
        with self._lock:
            if self._limits is None or self._workspace is None:
                return
            now = self._stopwatch()
            full = _Bucket(
                self._limits.conversation_burst,
                self._limits.conversation_interval,
                self._limits.conversation_burst,
                now,
            )
            for bucket in (self._workspace, self._conversations.setdefault(person, full)):
                bucket.fill(now)
                bucket.tokens -= 1

    def on_hold(self, method: str) -> timedelta:
        """How long this Slack method is still on hold. Other methods are not affected."""
        with self._lock:
            now = self._stopwatch()
            return max(timedelta(0), self._held_until.get(method, now) - now)

    def succeeded(self, method: str) -> None:
        """Reset the failures of this method."""
        with self._lock:
            self._failures.pop(method, None)

    def hold_method(self, method: str, failure: SlackFailure, *, after: int = FAILURES_BEFORE_HOLD) -> None:
        """Count a failure, and put the method on hold if Slack asked for that or if it has failed `after` times.

        Failures that concern only one message do not count.
        """
        if not failure.affects_method:
            return
        with self._lock:
            self._failures[method] = self._failures.get(method, 0) + 1
            wait = failure.wait
            if wait is None and self._failures[method] >= after:
                wait = back_off(self._failures[method] - after + 1)
            if wait is not None:
                now = self._stopwatch()
                self._held_until[method] = max(self._held_until.get(method, now), now + wait)
