"""The thread that delivers: woken after every commit, it sends until nothing is due."""

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from slack_sdk import WebClient

from mentoring.absence import slack_says
from scheduler.delivery.directory import look_up
from scheduler.delivery.posting import Posting
from scheduler.delivery.trouble import EXPECTED, Meaning, back_off, understand
from storage import Storage

log = logging.getLogger(__name__)

_LEASE = timedelta(seconds=60)
"""Longer than the two calls that one notice needs can take; then another deliverer takes over."""
_IDLE = timedelta(seconds=5)
"""How soon a notice whose time has come by itself is seen; what a person does is seen at once."""
_STOPPED = timedelta(minutes=1)


class Delivery:
    """Delivers one workspace's outbox. `calendar` says what is due, `stopwatch` (real time) paces; both give aware
    times.
    """

    def __init__(
        self,
        storage: Storage,
        client: WebClient,
        workspace: str,
        *,
        calendar: Callable[[], datetime],
        stopwatch: Callable[[], datetime],
    ) -> None:
        self._storage = storage
        self._client = client
        self._workspace = workspace
        self._calendar = calendar
        self._stopwatch = stopwatch
        self._posting = Posting(storage, client, calendar=calendar, stopwatch=stopwatch)
        self._held: dict[str, datetime] = {}
        self._in_turn = threading.Lock()
        self._woken = threading.Event()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        self._thread = threading.Thread(target=self._run, name="delivery")
        self._thread.start()

    def wake(self) -> None:
        """There may be something to deliver."""
        self._woken.set()

    def stop(self) -> None:
        """Finish the notice in hand and stop; the rest stays owed."""
        self._stopping.set()
        self._woken.set()
        if self._thread is not None:
            self._thread.join()

    @property
    def is_alive(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def drain(self) -> int:
        """Deliver what is due now and return how many notices were dealt with; what must wait stays owed.

        From several threads they take turns, so that on return nothing is in hand any more.
        """
        with self._in_turn:
            return self._drain()

    def _drain(self) -> int:
        self._ask_slack()
        handled = 0
        while not self._stopping.is_set() and not self._is_held("chat.postMessage"):
            with self._storage.note(self._workspace) as tx:
                claim = tx.outbox.claim(calendar=self._calendar(), stopwatch=self._stopwatch(), lease=_LEASE)
            if claim is None:
                break
            handled += 1
            trouble = self._posting.deliver(claim, self._workspace)
            if trouble is not None:
                self._hold_if_general("chat.postMessage", trouble.meaning, trouble.wait)
            self._ask_slack()
        return handled

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._woken.clear()
            try:
                self.drain()
            except Exception:  # the thread outlives whatever one notice did to it; its claim returns after the lease
                log.exception("The delivery stumbled")
                self._stopping.wait(1)
                continue  # the notices behind that one are not to wait for the next commit
            self._woken.wait(_IDLE.total_seconds())

    def _ask_slack(self) -> None:
        """Look up the people whom somebody waits for."""
        if self._is_held("users.info"):
            return
        with self._storage.read(self._workspace) as tx:
            asked = tx.people.asked_about()
        for person in asked:
            try:
                found = look_up(self._client, self._workspace, person)
            except EXPECTED as error:
                trouble = understand(error)
                log.warning("Slack did not say who somebody is: %s", trouble.reason)
                if trouble.meaning is Meaning.NEVER:
                    continue  # about this one alone; the others are not to wait for it
                self._hold_if_general("users.info", trouble.meaning, trouble.wait or back_off(1))
                return
            with self._storage.begin(self._workspace) as tx:
                tx.keep(slack_says(tx.involved.get(found.id), found, self._calendar()))

    def _hold_if_general(self, method: str, meaning: Meaning, wait: timedelta | None) -> None:
        """Hold a method that Slack slowed down, or all of it where the workspace no longer lets us in."""
        if meaning is Meaning.STOP:
            log.error("Slack refuses our token; nothing is sent until it is right. `mentor-bot doctor` says more.")
            wait = _STOPPED
        if wait is not None:
            self._held[method] = self._stopwatch() + wait

    def _is_held(self, method: str) -> bool:
        now = self._stopwatch()
        return now < self._held.get(method, now)
