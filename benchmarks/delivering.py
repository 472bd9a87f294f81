"""A delivery to measure, between a filled database and a Slack that answers at once, without a network between."""

from collections.abc import Callable
from itertools import count
from typing import Any

from slack_sdk import WebClient

from benchmarks.filling import NOW
from bot.clocks import real_now
from scheduler.delivery import DeliveryWorker, RateLimits
from storage import Storage


class AtOnce(WebClient):
    """Slack, answering every post at once; `after_post` is called after each."""

    def __init__(self, after_post: Callable[[], None] = lambda: None) -> None:
        super().__init__(token="xoxb-none")  # noqa: S106 - it calls nobody
        self._numbers = count(1)
        self._after_post = after_post

    def api_call(self, api_method: str, **arguments: Any) -> Any:
        """Only what a delivery in this database may ask: everybody is known, every conversation is open."""
        if api_method != "chat.postMessage":
            raise NotImplementedError(api_method)
        self._after_post()
        return {"ok": True, "channel": arguments["json"]["channel"], "ts": f"1799000000.{next(self._numbers):06}"}


def delivery(storage: Storage, workspace: str, client: WebClient, limits: RateLimits | None = None) -> DeliveryWorker:
    """A delivery whose calendar stands at `NOW`; not started: `drain` delivers."""
    return DeliveryWorker(storage, client, workspace, calendar=lambda: NOW, stopwatch=real_now, limits=limits)
