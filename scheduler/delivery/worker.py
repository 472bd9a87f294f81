"""The threads that deliver: woken after every commit, they send until nothing is due, at the pace that Slack allows.

One of them takes only what people have just asked for, so that no answer waits behind a campaign; another asks Slack
who people are.
"""

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from slack_sdk import WebClient

from scheduler.delivery.rate_limiter import RateLimiter, RateLimits
from scheduler.delivery.recorder import DeliveryRecorder
from scheduler.delivery.renderer import NotificationRenderer
from scheduler.delivery.sender import LEASE, MessageSender
from scheduler.delivery.slack_client import POST, UPDATE, SlackCallFailed, SlackClient, look_up
from scheduler.delivery.slack_errors import FailureKind
from scheduler.delivery.updater import LiveViewUpdater
from services.people import save_profile
from storage import Claim, Storage, UpdateClaim

log = logging.getLogger(__name__)

_IDLE = timedelta(seconds=5)
"""How soon a notice whose time has come by itself is seen; what a person does is seen at once."""
_STOPPED = timedelta(minutes=1)
"""How often we ask whether Slack lets us in again."""
_SENDERS = 3


class DeliveryWorker:
    """Delivers one workspace's outbox. `calendar` says what is due, `stopwatch` (real time) paces; both give aware
    times. `limits` None is no pace at all: for a Slack that has no limits either.
    """

    def __init__(
        self,
        storage: Storage,
        client: WebClient,
        workspace: str,
        *,
        calendar: Callable[[], datetime],
        stopwatch: Callable[[], datetime],
        limits: RateLimits | None,
    ) -> None:
        self._storage = storage
        self._workspace = workspace
        self._calendar = calendar
        self._stopwatch = stopwatch
        self._rate_limiter = RateLimiter(limits, stopwatch)
        self._slack = SlackClient(client, self._rate_limiter)
        recorder = DeliveryRecorder(storage, workspace, calendar=calendar, stopwatch=stopwatch)
        renderer = NotificationRenderer(storage, workspace, recorder, calendar=calendar, stopwatch=stopwatch)
        self._sender = MessageSender(storage, self._slack, workspace, recorder=recorder, renderer=renderer)
        self._updater = LiveViewUpdater(self._slack, recorder, renderer)
        self._probe_at = stopwatch() + _STOPPED
        self._claiming, self._asking = threading.Lock(), threading.Lock()
        self._changed = threading.Condition()
        self._wakeups = 0
        self._in_hand: set[str] = set()
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        work = [lambda: self._send_one(replies_only=True), self._fetch_profiles, *[self._send_one] * _SENDERS]
        for number, act in enumerate(work):
            self._threads.append(threading.Thread(target=self._run, args=(act,), name=f"delivery-{number}"))
        for thread in self._threads:
            thread.start()

    def wake(self) -> None:
        """There may be something to deliver."""
        with self._changed:
            self._wakeups += 1
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

    def drain(self, *, wait_for_limits: bool = False) -> int:
        """Deliver what is due now and return how many notices were dealt with; what must wait stays owed.

        On return no thread has a notification in hand. With `wait_for_limits`, waits for those that only the rate
        limits hold up.
        """
        handled = 0
        while not self._stopping.is_set():
            self._fetch_profiles()
            while not self._stopping.is_set() and self._send_one():
                handled += 1
            if not (self._await_others() or (wait_for_limits and self._await_limits())):
                break
        return handled

    def _run(self, act: Callable[[], bool]) -> None:
        while not self._stopping.is_set():
            wakeups = self._wakeups
            try:
                while act() and not self._stopping.is_set():
                    pass
            except Exception:  # the thread outlives whatever one notice did to it; its claim returns after the lease
                log.exception("The delivery stumbled")
                self._stopping.wait(1)
                continue  # the notices behind that one are not to wait for the next commit
            self._await_wakeup(wakeups)

    def _await_wakeup(self, seen: int) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._wakeups != seen, self._rest().total_seconds())

    def _send_one(self, *, replies_only: bool = False) -> bool:
        """Deal with the next notice that may go now, if there is one."""
        claim = self._claim(replies_only)
        if claim is None:
            return False
        try:
            if isinstance(claim, UpdateClaim):
                self._updater.deliver(claim, self._rate_limiter.consume_update)
            else:
                self._sender.deliver(claim, lambda: self._rate_limiter.consume(claim.notification.recipient))
        finally:
            with self._changed:
                self._in_hand -= {claim.notification.recipient, claim.notification.second_recipient}
                self._changed.notify_all()
        return True

    def _claim(self, replies_only: bool) -> Claim | UpdateClaim | None:
        """The next notification that may be posted, else the next live view that may be updated. Each has its own rate
        limits.
        """
        may_post = self._may_post()
        may_update = not replies_only and self._may_update()
        if not (may_post or may_update):
            return None
        replies_only = replies_only or bool(self._rate_limiter.wait(is_reply=False))
        claim: Claim | UpdateClaim | None = None
        with self._claiming:
            now = {"calendar": self._calendar(), "stopwatch": self._stopwatch()}
            with self._storage.begin_unlocked(self._workspace) as tx:
                is_locked_out = tx.access.access_lost() is not None
                if may_post and not is_locked_out:
                    busy = {*self._rate_limiter.cooling_down(), *self._in_hand}
                    claim = tx.outbox.claim(**now, lease=LEASE, replies_only=replies_only, excluding=busy)
                if may_update and not is_locked_out and claim is None:
                    claim = tx.live_views.claim(**now, lease=LEASE, excluding=self._in_hand)
            if claim is not None:
                self._in_hand |= {claim.notification.recipient, claim.notification.second_recipient} - {""}
        if is_locked_out and self._probe_access():
            return self._claim(replies_only)
        return claim

    def _may_post(self) -> bool:
        return not (self._rate_limiter.on_hold(POST) or self._rate_limiter.wait(is_reply=True))

    def _may_update(self) -> bool:
        return not (self._rate_limiter.on_hold(UPDATE) or self._rate_limiter.wait_for_update())

    def _probe_access(self) -> bool:
        """Ask now and then whether Slack accepts us again; if so, all goes on."""
        with self._claiming:
            now = self._stopwatch()
            if now < self._probe_at:
                return False
            self._probe_at = now + _STOPPED
        try:
            self._slack.auth_test()
        except SlackCallFailed as error:
            log.error("Slack does not let us in (%s); `mentor-bot doctor` says more", error.failure.reason)
            return False
        with self._storage.begin(self._workspace) as tx:
            tx.access.restore_access()
        return True

    def _await_others(self) -> bool:
        """Wait for one that is in hand elsewhere; False where there is none."""
        with self._changed:
            if not self._in_hand:
                return False
            self._changed.wait(1)
            return True

    def _await_limits(self) -> bool:
        """Wait for the pace, if that is what holds up something that is due, or has held it up until now."""
        calendar, stopwatch = self._calendar(), self._stopwatch()
        with self._storage.read(self._workspace) as tx:
            now = {"calendar": calendar, "stopwatch": stopwatch}
            to_post = not self._rate_limiter.on_hold(POST) and tx.outbox.is_due(**now)
            to_update = not self._rate_limiter.on_hold(UPDATE) and tx.live_views.is_due(**now)
            if tx.access.access_lost() or not (to_post or to_update):
                return False
        rest = self._rest()
        return not self._stopping.wait(0 if rest == _IDLE else rest.total_seconds())

    def _rest(self) -> timedelta:
        """How long nothing can change by itself."""
        waits = (
            self._rate_limiter.wait(is_reply=False),
            self._rate_limiter.wait_for_update(),
            *self._rate_limiter.cooling_down().values(),
        )
        return min((wait for wait in waits if wait), default=_IDLE)

    def _fetch_profiles(self) -> bool:
        """Look up the people whom somebody waits for."""
        with self._asking:
            with self._storage.read(self._workspace) as tx:
                asked = tx.people.requested()
                is_locked_out = bool(asked) and tx.access.access_lost() is not None
            if is_locked_out and not self._probe_access():
                return False
            for person in asked:
                try:
                    found = look_up(self._slack, self._workspace, person)
                except SlackCallFailed as error:
                    if self._continue_after(error):
                        continue
                    break
                with self._storage.begin(self._workspace) as tx:
                    save_profile(tx, found, self._calendar())
        return False

    def _continue_after(self, error: SlackCallFailed) -> bool:
        """Whether the others can be asked about; trouble with one is not to hold them up."""
        failure = error.failure
        if not error.on_hold:
            log.warning("Slack did not say who somebody is: %s", failure.reason)
        if failure.kind is FailureKind.STOP:
            with self._storage.begin(self._workspace) as tx:
                tx.access.revoke_access(failure.reason, self._calendar())
        return not failure.affects_method and not error.on_hold
