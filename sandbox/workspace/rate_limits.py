"""Slack's rate limits (docs.slack.dev/apis/web-api/rate-limits), measured in monotonic time.

Each key has a token bucket. When it is empty, every call on the key is refused until Retry-After has passed. Slack
limits per method, workspace and app.
"""

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sandbox.clocks import monotonic
from sandbox.errors import SlackError

POSTS_PER_CHANNEL_BURST = 4
POSTS_PER_CHANNEL_PER_MINUTE = 60
POSTS_PER_WORKSPACE_PER_MINUTE = 300


@dataclass
class _Bucket:
    size: float
    per_minute: int
    left: float
    since: float
    blocked_until: float = 0.0

    def refill(self, now: float) -> None:
        self.left = min(self.size, self.left + (now - self.since) * self.per_minute / 60)
        self.since = now


@dataclass(frozen=True)
class RateBudget:
    """The state of a bucket: `used` of `size` calls, refilled by `per_minute`.

    Every call on the key is refused for `blocked_seconds` more.
    """

    key: tuple[str, ...]
    used: int
    size: int
    per_minute: int
    blocked_seconds: int


class RateLimits:
    """The buckets of one workspace and app. Not thread-safe: callers hold the workspace's lock."""

    def __init__(self, *, enabled: bool = True, clock: Callable[[], float] = monotonic) -> None:
        self.enabled = enabled
        self._clock = clock
        self._buckets: dict[tuple[str, ...], _Bucket] = {}

    @contextmanager
    def suspended(self) -> Iterator[None]:
        """Turn the limits off inside this context."""
        before, self.enabled = self.enabled, False
        try:
            yield
        finally:
            self.enabled = before

    def consume(self, key: tuple[str, ...], per_minute: int, burst: int | None = None) -> None:
        """Count one call on `key`. Raises SlackError `ratelimited` if the bucket is empty.

        `burst` is the size of the bucket; by default one minute's worth of calls.
        """
        if not self.enabled:
            return
        now, bucket = self._clock(), self._buckets.get(key)
        if bucket is None:
            size = float(burst or per_minute)
            bucket = self._buckets[key] = _Bucket(size, per_minute, size, now)
        bucket.refill(now)
        if now >= bucket.blocked_until and bucket.left >= 1:
            bucket.left -= 1
            return
        if now >= bucket.blocked_until:
            bucket.blocked_until = now + math.ceil((1 - bucket.left) * 60 / per_minute)
        raise SlackError("ratelimited", retry_after=max(1, math.ceil(bucket.blocked_until - now)))

    def budgets(self) -> list[RateBudget]:
        """The buckets in use, blocked and most used first."""
        now, found = self._clock(), []
        for key, bucket in self._buckets.items():
            bucket.refill(now)
            used, blocked = math.ceil(bucket.size - bucket.left), max(0, math.ceil(bucket.blocked_until - now))
            if used or blocked:
                found.append(RateBudget(key, used, int(bucket.size), bucket.per_minute, blocked))
        return sorted(found, key=lambda one: (-one.blocked_seconds, -one.used / one.size))
