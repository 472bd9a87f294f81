"""The threads that deliver: woken after every commit, they send until nothing is due, at the pace that Slack allows.

One of them takes only what people have just asked for, so that no answer waits behind a campaign; another asks Slack
who people are.
"""

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from slack_sdk import WebClient

from scheduler.delivery.rate_limiter import RateLimiter, RateLimits
from scheduler.delivery.recorder import DeliveryRecorder
from scheduler.delivery.renderer import NotificationRenderer
from scheduler.delivery.sender import LEASE, MessageSender
from scheduler.delivery.slack_client import CHANGE, POST, SlackCallFailed, SlackClient, look_up
from scheduler.delivery.slack_errors import FailureKind
from scheduler.delivery.updater import LiveViewUpdater
from services.people import save_profile
from storage import Claim, Storage, Transaction

log = logging.getLogger(__name__)

_IDLE = timedelta(seconds=5)
"""How soon a notice whose time has come by itself is seen; what a person does is seen at once."""
_STOPPED = timedelta(minutes=1)
"""How often we ask whether Slack lets us in again."""
_SENDERS = 3


class DeliveryWorker:
    """Delivers one workspace's outbox. `calendar` says what is due, `stopwatch` (real time) paces; both give aware
    times. `pace` None is no pace at all: for a Slack that has no limits either.
    """

    def __init__(
        self,
        storage: Storage,
        client: WebClient,
        workspace: str,
        *,
        calendar: Callable[[], datetime],
        stopwatch: Callable[[], datetime],
        pace: RateLimits | None,
    ) -> None:
        self._storage = storage
        self._workspace = workspace
        self._calendar = calendar
        self._stopwatch = stopwatch
        self._pacer = RateLimiter(pace, stopwatch)
        self._slack = SlackClient(client, self._pacer)
        settling = DeliveryRecorder(storage, workspace, calendar=calendar, stopwatch=stopwatch)
        writing = NotificationRenderer(storage, workspace, settling, calendar=calendar, stopwatch=stopwatch)
        self._posting = MessageSender(storage, self._slack, workspace, settling=settling, writing=writing)
        self._updating = LiveViewUpdater(self._slack, settling, writing)
        self._probe_at = stopwatch() + _STOPPED
        self._claiming, self._asking = threading.Lock(), threading.Lock()
        self._changed = threading.Condition()
        self._rings = 0
        self._in_hand: set[str] = set()
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        work = [lambda: self._send_one(asked_only=True), self._ask_slack, *[self._send_one] * _SENDERS]
        for number, act in enumerate(work):
            self._threads.append(threading.Thread(target=self._run, args=(act,), name=f"delivery-{number}"))
        for thread in self._threads:
            thread.start()

    def wake(self) -> None:
        """There may be something to deliver."""
        with self._changed:
            self._rings += 1
            self._changed.notify_all()

    def stop(self) -> None:
        """Finish the notices in hand and stop; the rest stays owed."""
        self._stopping.set()
        self.wake()
        for thread in self._threads:
            thread.join()

    @property
    def is_alive(self) -> bool:
        return bool(self._threads) and all(thread.is_alive() for thread in self._threads)

    def drain(self, *, patient: bool = False) -> int:
        """Deliver what is due now and return how many notices were dealt with; what must wait stays owed.

        On return nothing is in hand any more, in other threads neither. `patient`: what only the pace holds up is
        waited for.
        """
        handled = 0
        while not self._stopping.is_set():
            self._ask_slack()
            while not self._stopping.is_set() and self._send_one():
                handled += 1
            if not (self._await_others() or (patient and self._await_pace())):
                break
        return handled

    def _run(self, act: Callable[[], bool]) -> None:
        while not self._stopping.is_set():
            rings = self._rings
            try:
                while act() and not self._stopping.is_set():
                    pass
            except Exception:  # the thread outlives whatever one notice did to it; its claim returns after the lease
                log.exception("The delivery stumbled")
                self._stopping.wait(1)
                continue  # the notices behind that one are not to wait for the next commit
            self._await_ring(rings)

    def _await_ring(self, seen: int) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._rings != seen, self._rest().total_seconds())

    def _send_one(self, *, asked_only: bool = False) -> bool:
        """Deal with the next notice that may go now, if there is one."""
        claim = self._claim(asked_only)
        if claim is None:
            return False
        try:
            if claim.ts:
                self._updating.deliver(claim, self._pacer.spend_change)
            else:
                self._posting.deliver(claim, lambda: self._pacer.spend(claim.notice.to))
        finally:
            with self._changed:
                self._in_hand -= {claim.notice.to, claim.notice.also}
                self._changed.notify_all()
        return True

    def _claim(self, asked_only: bool) -> Claim | None:
        """The next that may be posted, else the next that is there and is to be changed; their paces are their own."""
        may_post = self._may_post()
        may_change = not asked_only and self._may_change()
        if not (may_post or may_change):
            return None
        asked_only = asked_only or bool(self._pacer.wait(asked=False))
        with self._claiming:
            with self._storage.note(self._workspace) as tx:
                shut_out = tx.access.stopped() is not None
                claim = None
                if may_post and not shut_out:
                    sparing = {*self._pacer.resting(), *self._in_hand}
                    claim = self._claim_in(tx, asked_only=asked_only, sparing=sparing)
                if may_change and not shut_out and claim is None:
                    claim = self._claim_in(tx, posted=True, sparing=set(self._in_hand))
            if claim is not None:
                self._in_hand |= {claim.notice.to, claim.notice.also} - {""}
        if shut_out and self._is_let_in():
            return self._claim(asked_only)
        return claim

    def _claim_in(self, tx: Transaction, **of: Any) -> Claim | None:
        return tx.outbox.claim(calendar=self._calendar(), stopwatch=self._stopwatch(), lease=LEASE, **of)

    def _may_post(self) -> bool:
        return not (self._pacer.held(POST) or self._pacer.wait(asked=True))

    def _may_change(self) -> bool:
        return not (self._pacer.held(CHANGE) or self._pacer.wait_to_change())

    def _is_let_in(self) -> bool:
        """Ask now and then whether Slack accepts us again; if so, all goes on."""
        with self._claiming:
            now = self._stopwatch()
            if now < self._probe_at:
                return False
            self._probe_at = now + _STOPPED
        try:
            self._slack.test()
        except SlackCallFailed as troubled:
            log.error("Slack does not let us in (%s); `mentor-bot doctor` says more", troubled.trouble.reason)
            return False
        with self._storage.begin(self._workspace) as tx:
            tx.access.resume()
        return True

    def _await_others(self) -> bool:
        """Wait for one that is in hand elsewhere; False where there is none."""
        with self._changed:
            if not self._in_hand:
                return False
            self._changed.wait(1)
            return True

    def _await_pace(self) -> bool:
        """Wait for the pace, if that is what holds up something that is due, or has held it up until now."""
        calendar, stopwatch = self._calendar(), self._stopwatch()
        with self._storage.read(self._workspace) as tx:
            to_post = not self._pacer.held(POST) and tx.outbox.is_due(calendar=calendar, stopwatch=stopwatch)
            to_change = not self._pacer.held(CHANGE) and tx.outbox.is_due(
                calendar=calendar, stopwatch=stopwatch, posted=True
            )
            if tx.access.stopped() or not (to_post or to_change):
                return False
        rest = self._rest()
        return not self._stopping.wait(0 if rest == _IDLE else rest.total_seconds())

    def _rest(self) -> timedelta:
        """How long nothing can change by itself."""
        waits = (self._pacer.wait(asked=False), self._pacer.wait_to_change(), *self._pacer.resting().values())
        return min((wait for wait in waits if wait), default=_IDLE)

    def _ask_slack(self) -> bool:
        """Look up the people whom somebody waits for."""
        with self._asking:
            with self._storage.read(self._workspace) as tx:
                asked = tx.people.requested()
                shut_out = bool(asked) and tx.access.stopped() is not None
            if shut_out and not self._is_let_in():
                return False
            for person in asked:
                try:
                    found = look_up(self._slack, self._workspace, person)
                except SlackCallFailed as troubled:
                    if self._goes_on_after(troubled):
                        continue
                    break
                with self._storage.begin(self._workspace) as tx:
                    save_profile(tx, found, self._calendar())
        return False

    def _goes_on_after(self, troubled: SlackCallFailed) -> bool:
        """Whether the others can be asked about; trouble with one is not to hold them up."""
        trouble = troubled.trouble
        if not troubled.held:
            log.warning("Slack did not say who somebody is: %s", trouble.reason)
        if trouble.meaning is FailureKind.STOP:
            with self._storage.begin(self._workspace) as tx:
                tx.access.stop(trouble.reason, self._calendar())
        return not trouble.is_general and not troubled.held
