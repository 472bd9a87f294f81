"""Opening forms: the one call that a handler makes to Slack, on threads of its own, since a trigger lives three
seconds.

https://docs.slack.dev/reference/methods/views.open
"""

import logging
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

_OPEN_ALREADY = "exchanged_trigger_id"
"""The same click came to us twice, and has opened its form."""
_TRIGGER_LIVES = timedelta(seconds=3)


class ModalClient:
    """`stopwatch` gives real, aware time. `client` should give up after about as long as a trigger lives."""

    def __init__(
        self, client: WebClient, answers: ResponseUrls, *, stopwatch: Callable[[], datetime], threads: int = 8
    ) -> None:
        self._client = client
        self._answers = answers
        self._stopwatch = stopwatch
        self._threads = ThreadPoolExecutor(max_workers=threads, thread_name_prefix="forms")
        self._newest = _LatestUpdate()

    def open(self, request: Request, view: Mapping[str, Any]) -> None:
        """Open `view` for who clicked, on top of the form they clicked in. Returns at once. Raises InvalidPayload."""
        check_view(view)
        self._threads.submit(self._open, request, view, self._stopwatch())

    def show(self, view_id: str, view: Mapping[str, Any]) -> None:
        """Let an open form show `view`, whatever it was to show before. Returns at once. Raises InvalidPayload."""
        check_view(view)
        self._threads.submit(self._show, view_id, view, self._newest.number(view_id))

    def _show(self, view_id: str, view: Mapping[str, Any], number: int) -> None:
        try:
            with self._newest.exclusively(view_id, number) as is_newest:
                if is_newest:
                    self._client.views_update(view_id=view_id, view=dict(view))
        except (SlackApiError, HTTPException, OSError) as error:
            log.info("A form could not be changed, or was closed: %s", _code(error))
        except Exception as error:  # an executor would keep it to itself
            report_error(error)

    def _open(self, request: Request, view: Mapping[str, Any], clicked: datetime) -> None:
        try:
            if self._stopwatch() - clicked >= _TRIGGER_LIVES:
                raise TimeoutError
            call = self._client.views_push if request.view else self._client.views_open
            call(trigger_id=request.trigger_id, view=dict(view))
        except (SlackApiError, HTTPException, OSError) as error:
            log.warning("A form did not open: %s", _code(error))
            if request.response_url and _code(error) != _OPEN_ALREADY:
                # A value comes from outside and is not said back; a button with one is still where it was.
                self._answers.reply(request.response_url, too_slow("" if request.value else request.action))
        except Exception as error:  # an executor would keep it to itself
            report_error(error)

    def close(self) -> None:
        """Wait until every form that was asked for is open."""
        self._threads.shutdown(wait=True)


class _LatestUpdate:
    """Lets the newest of what a form is to show have the last word, whichever thread is quicker."""

    def __init__(self) -> None:
        self._numbers = count()
        self._lock = Lock()
        self._forms: dict[str, tuple[int, Lock]] = {}

    def number(self, view_id: str) -> int:
        """A number for what the form is to show now."""
        with self._lock:
            _, one_at_a_time = self._forms.get(view_id, (0, Lock()))
            number = next(self._numbers)
            self._forms[view_id] = number, one_at_a_time
            return number

    @contextmanager
    def exclusively(self, view_id: str, number: int) -> Iterator[bool]:
        """Nobody else changes the form meanwhile; whether nothing newer is to be shown."""
        with self._lock:
            _, one_at_a_time = self._forms.get(view_id, (None, Lock()))
        with one_at_a_time:
            with self._lock:
                newest, _ = self._forms.get(view_id, (None, one_at_a_time))
            try:
                yield newest == number
            finally:
                with self._lock:
                    if self._forms.get(view_id, (None, one_at_a_time))[0] == number:
                        del self._forms[view_id]


def _code(error: Exception) -> str:
    return str(error.response.get("error")) if isinstance(error, SlackApiError) else type(error).__name__
