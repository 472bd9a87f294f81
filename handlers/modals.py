"""Opens and updates modals on worker threads, since a trigger expires after three seconds.

https://docs.slack.dev/reference/methods/views.open
"""

import logging
import re
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from http.client import HTTPException
from itertools import count
from threading import Lock
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from handlers.context import Request, ResponseUrls
from messages.errors import too_slow
from messages.payloads import check_view
from services.errors import report_error

log = logging.getLogger(__name__)

_ALREADY_OPEN = "exchanged_trigger_id"
"""Slack delivered the same click twice, and the modal is already open."""
_TRIGGER_LIFETIME = timedelta(seconds=3)


class ModalClient:
    """`stopwatch` returns real time (aware). The timeout of `client` should be about the lifetime of a trigger."""

    def __init__(
        self, client: WebClient, response_urls: ResponseUrls, *, stopwatch: Callable[[], datetime], threads: int = 8
    ) -> None:
        self._client = client
        self._response_urls = response_urls
        self._stopwatch = stopwatch
        self._threads = ThreadPoolExecutor(max_workers=threads, thread_name_prefix="modals")
        self._latest = _LatestUpdate()

    def open(self, request: Request, view: Mapping[str, Any]) -> None:
        """Open `view` on top of the modal of `request`, if any. Returns at once. Raises InvalidPayload."""
        check_view(view)
        self._threads.submit(self._open, request, view, self._stopwatch())

    def show(self, view_id: str, view: Mapping[str, Any]) -> None:
        """Update the open modal, overriding earlier updates. Returns at once. Raises InvalidPayload."""
        check_view(view)
        self._threads.submit(self._show, view_id, view, self._latest.number(view_id))

    def _show(self, view_id: str, view: Mapping[str, Any], number: int) -> None:
        try:
            with self._latest.exclusively(view_id, number) as is_newest:
                if is_newest:
                    self._client.views_update(view_id=view_id, view=dict(view))
        except (SlackApiError, HTTPException, OSError) as error:
            log.info("A form could not be changed, or was closed: %s", _code(error))
        except Exception as error:  # an executor would swallow it
            report_error(error)

    def _open(self, request: Request, view: Mapping[str, Any], clicked: datetime) -> None:
        try:
            if self._stopwatch() - clicked >= _TRIGGER_LIFETIME:
                raise TimeoutError
            call = self._client.views_push if request.view else self._client.views_open
            call(trigger_id=request.trigger_id, view=dict(view))
        except (SlackApiError, HTTPException, OSError) as error:
            log.warning("A form did not open: %s", _code(error))
            if request.response_url and _code(error) != _ALREADY_OPEN:
                # Offer the button again only if it has no value: values come from outside and are not repeated.
                self._response_urls.reply(request.response_url, too_slow("" if request.value else request.action))
        except Exception as error:  # an executor would swallow it
            report_error(error)

    def close(self) -> None:
        """Wait for all pending calls."""
        self._threads.shutdown(wait=True)


class _LatestUpdate:
    """Makes sure that a modal ends up with its newest update, in whatever order the threads run."""

    def __init__(self) -> None:
        self._numbers = count()
        self._lock = Lock()
        self._modals: dict[str, tuple[int, Lock]] = {}

    def number(self, view_id: str) -> int:
        """Register an update of the modal and return its number."""
        with self._lock:
            _, lock = self._modals.get(view_id, (0, Lock()))
            number = next(self._numbers)
            self._modals[view_id] = number, lock
            return number

    @contextmanager
    def exclusively(self, view_id: str, number: int) -> Iterator[bool]:
        """Hold the modal's lock; yields whether this is its newest update."""
        with self._lock:
            _, lock = self._modals.get(view_id, (None, Lock()))
        with lock:
            with self._lock:
                newest, _ = self._modals.get(view_id, (None, lock))
            try:
                yield newest == number
            finally:
                with self._lock:
                    if self._modals.get(view_id, (None, lock))[0] == number:
                        del self._modals[view_id]


_CODE = re.compile(r"[a-z0-9_.-]{1,64}")


def _code(error: Exception) -> str:
    """Slack's error code, or the kind of the error. If a proxy answers, the library returns its page as the code."""
    if not isinstance(error, SlackApiError):
        return type(error).__name__
    try:
        code = str(error.response.get("error"))
    except (AttributeError, ValueError, TypeError):
        code = ""
    return code if _CODE.fullmatch(code) else f"http_{error.response.status_code}"
