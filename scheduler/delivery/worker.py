"""The delivery threads. They wake up after every commit and send until nothing is due, within Slack's rate limits.

One thread sends replies only, so that no reply waits behind bulk sends. Another fetches the requested profiles. One
publishes Homes, and one removes what is left of erased people: both have a rate limit of their own, so that no message
waits for them.
"""

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from slack_sdk import WebClient

from mentoring.core.failures import WorkItem, WorkKind
from scheduler.delivery.home_publisher import LEASE as HOME_LEASE
from scheduler.delivery.home_publisher import HomePublisher
from scheduler.delivery.newer_blocks import NewerBlocks
from scheduler.delivery.rate_limiter import RateLimiter, RateLimits
from scheduler.delivery.recorder import DeliveryRecorder
from scheduler.delivery.remover import LEASE as REMOVAL_LEASE
from scheduler.delivery.remover import SlackRemover
from scheduler.delivery.renderer import NotificationRenderer
from scheduler.delivery.sender import LEASE, MessageSender
from scheduler.delivery.slack_client import (
    POST,
    PUBLISH,
    UPDATE,
    SlackCallFailed,
    SlackClient,
    fetch_field_values,
    fetch_profile,
)
from scheduler.delivery.slack_errors import FailureKind
from scheduler.delivery.updater import LiveViewUpdater
from scheduler.delivery.uploading import Upload, upload_bytes
from services.errors import new_reference
from services.failures import record_failure, run_isolated
from services.people import save_profile
from services.profile_fields import reads_profile_fields, save_profile_fields
from storage import Claim, Conflict, DatabaseUnusable, Storage, UpdateClaim

log = logging.getLogger(__name__)

_POLL_INTERVAL = timedelta(seconds=5)
"""How often to look for notifications that have become due. A commit wakes the threads at once."""
_PROBE_INTERVAL = timedelta(minutes=1)
"""How often to ask whether Slack grants access again, and to log that the database cannot be used."""
_SENDERS = 3


class DeliveryWorker:
    """Delivers the notifications and live views of one workspace.

    `calendar` decides what is due; `stopwatch` (real time) is for leases, retries and rate limits. Both give aware
    times. With `limits` None nothing is limited, for a workspace without rate limits. `upload` sends the
    content of files.
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
        upload: Upload = upload_bytes,
    ) -> None:
        self._storage = storage
        self._workspace = workspace
        self._calendar = calendar
        self._stopwatch = stopwatch
        self._rate_limiter = RateLimiter(limits, stopwatch)
        self._slack = SlackClient(client, self._rate_limiter, upload)
        self._recorder = recorder = DeliveryRecorder(storage, workspace, calendar=calendar, stopwatch=stopwatch)
        renderer = NotificationRenderer(storage, workspace, recorder, calendar=calendar, stopwatch=stopwatch)
        newer = NewerBlocks(storage, workspace, calendar)
        self._sender = MessageSender(
            storage, self._slack, workspace, recorder=recorder, renderer=renderer, newer_blocks=newer
        )
        self._updater = LiveViewUpdater(self._slack, recorder, renderer, newer)
        self._home_publisher = HomePublisher(
            storage, self._slack, workspace, newer, calendar=calendar, stopwatch=stopwatch
        )
        self._remover = SlackRemover(storage, self._slack, workspace, calendar=calendar, stopwatch=stopwatch)
        self._probe_at = stopwatch() + _PROBE_INTERVAL
        self._claim_lock, self._fetch_lock, self._home_lock = threading.Lock(), threading.Lock(), threading.Lock()
        self._removal_lock = threading.Lock()
        self._changed = threading.Condition()
        self._wakeups = 0
        self._outage_logged_at: datetime | None = None
        self._in_progress: set[str] = set()
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Start the threads."""
        tasks = [
            lambda: self._send_one(replies_only=True),
            self._fetch_profiles,
            self._publish_one,
            self._remove_one,
            *[self._send_one] * _SENDERS,
        ]
        for number, task in enumerate(tasks):
            self._threads.append(threading.Thread(target=self._run, args=(task,), name=f"delivery-{number}"))
        for thread in self._threads:
            thread.start()

    def wake(self) -> None:
        """Let the threads look for notifications to deliver."""
        with self._changed:
            self._wakeups += 1
            self._changed.notify_all()

    def stop(self) -> None:
        """Finish the deliveries in progress and stop the threads; the rest stays in the queue."""
        self._stopping.set()
        self.wake()
        for thread in self._threads:
            thread.join()

    @property
    def is_alive(self) -> bool:
        """Whether all threads run."""
        return bool(self._threads) and all(thread.is_alive() for thread in self._threads)

    def drain(self, *, wait_for_limits: bool = False) -> int:
        """Deliver everything that is due now, and return the number of deliveries. The rest stays in the queue.

        On return no thread has a delivery in progress. With `wait_for_limits`, also wait for notifications that are
        delayed by the rate limits only.
        """
        handled = 0
        while not self._stopping.is_set():
            self._fetch_profiles()
            while not self._stopping.is_set() and (self._send_one() or self._publish_one() or self._remove_one()):
                handled += 1
            if not (self._await_others() or (wait_for_limits and self._await_limits())):
                break
        return handled

    def _run(self, task: Callable[[], bool]) -> None:
        while not self._stopping.is_set():
            wakeups = self._wakeups
            try:
                while task() and not self._stopping.is_set():
                    pass
            except (Conflict, DatabaseUnusable) as error:  # what is due stays in the queue
                self._log_outage(error)
                self._stopping.wait(1 if isinstance(error, Conflict) else _POLL_INTERVAL.total_seconds())
                continue
            except Exception:  # one notification must not end the thread; its claim expires with the lease
                log.exception("A delivery failed unexpectedly")
                self._stopping.wait(1)
                continue  # the notifications behind it do not wait for the next commit
            self._await_wakeup(wakeups)

    def _log_outage(self, error: Exception) -> None:
        """Log once a minute, for all threads, that the database cannot be used."""
        now = self._stopwatch()
        with self._changed:
            if self._outage_logged_at and now - self._outage_logged_at < _PROBE_INTERVAL:
                return
            self._outage_logged_at = now
        log.error("Deliveries wait: %s", error.args[0] if error.args else type(error).__name__)

    def _await_wakeup(self, seen: int) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._wakeups != seen, self._rest().total_seconds())

    def _send_one(self, *, replies_only: bool = False) -> bool:
        """Deliver the next notification or live view that may go now. Returns False if there is none."""
        claim = self._claim(replies_only)
        if claim is None:
            return False
        try:
            if isinstance(claim, UpdateClaim):
                self._updater.deliver(claim, self._rate_limiter.consume_update)
            else:
                self._sender.deliver(claim, lambda: self._rate_limiter.consume(claim.notification.recipient))
        except Exception as error:  # noqa: BLE001 - it must not hold up the other notifications
            self._recorder.crashed(claim, error)
        finally:
            with self._changed:
                self._in_progress -= {claim.notification.recipient, claim.notification.second_recipient}
                self._changed.notify_all()
        return True

    def _claim(self, replies_only: bool) -> Claim | UpdateClaim | None:
        """Claim the next notification that may be posted, or the next live view that may be updated."""
        may_post = self._may_post()
        may_update = not replies_only and self._may_update()
        if not (may_post or may_update):
            return None
        replies_only = replies_only or bool(self._rate_limiter.wait(is_reply=False))
        claim: Claim | UpdateClaim | None = None
        with self._claim_lock:
            now = {"calendar": self._calendar(), "stopwatch": self._stopwatch()}
            with self._storage.begin_unlocked(self._workspace) as tx:
                is_locked_out = tx.access.access_lost() is not None
                if may_post and not is_locked_out:
                    busy = {*self._rate_limiter.cooling_down(), *self._in_progress}
                    claim = tx.outbox.claim(**now, lease=LEASE, replies_only=replies_only, excluding=busy)
                if may_update and not is_locked_out and claim is None:
                    claim = tx.live_views.claim(**now, lease=LEASE, excluding=self._in_progress)
            if claim is not None:
                self._in_progress |= {claim.notification.recipient, claim.notification.second_recipient} - {""}
        if is_locked_out and self._probe_access():
            return self._claim(replies_only)
        return claim

    def _publish_one(self) -> bool:
        """Publish the next Home that somebody looks at and that may be published now. Returns False if there is none.

        One at a time: as fast as the rate limit allows.
        """
        with self._home_lock:
            if not self._may_publish():
                return False
            with self._storage.read(self._workspace) as tx:
                if not tx.homes.is_due(stopwatch=self._stopwatch()) or tx.access.access_lost():
                    return False
            with self._storage.begin_unlocked(self._workspace) as tx:
                claim = tx.homes.claim(stopwatch=self._stopwatch(), lease=HOME_LEASE)
            if claim is None:
                return False
            self._home_publisher.deliver(claim, self._rate_limiter.consume_publish)
            return True

    def _remove_one(self) -> bool:
        """Remove one file, or what is on one page of a conversation, if that is planned. Returns False if not."""
        with self._removal_lock:
            if self._rate_limiter.wait_for_removal():
                return False
            with self._storage.read(self._workspace) as tx:
                if not tx.slack_removals.is_due(stopwatch=self._stopwatch()) or tx.access.access_lost():
                    return False
            with self._storage.begin_unlocked(self._workspace) as tx:
                removal = tx.slack_removals.claim(stopwatch=self._stopwatch(), lease=REMOVAL_LEASE)
            if removal is None:
                return False
            self._remover.remove(removal, self._rate_limiter.consume_removal)
            return True

    def _may_publish(self) -> bool:
        return not (self._rate_limiter.on_hold(PUBLISH) or self._rate_limiter.wait_for_publish())

    def _may_post(self) -> bool:
        return not (self._rate_limiter.on_hold(POST) or self._rate_limiter.wait(is_reply=True))

    def _may_update(self) -> bool:
        return not (self._rate_limiter.on_hold(UPDATE) or self._rate_limiter.wait_for_update())

    def _probe_access(self) -> bool:
        """Ask at intervals whether Slack grants access again. Returns whether it does, and records that."""
        with self._claim_lock:
            now = self._stopwatch()
            if now < self._probe_at:
                return False
            self._probe_at = now + _PROBE_INTERVAL
        try:
            self._slack.auth_test()
        except SlackCallFailed as error:
            log.error("Slack denies access (%s); `mentor-bot doctor` says more", error.failure.reason)
            return False
        with self._storage.begin(self._workspace) as tx:
            tx.access.restore_access()
        return True

    def _await_others(self) -> bool:
        """Wait for a delivery in another thread. Returns False if there is none."""
        with self._changed:
            if not self._in_progress:
                return False
            self._changed.wait(1)
            return True

    def _await_limits(self) -> bool:
        """Wait for the rate limits if they delay something that is due. Returns whether to try again."""
        now = {"calendar": self._calendar(), "stopwatch": self._stopwatch()}
        with self._storage.read(self._workspace) as tx:
            to_post = not self._rate_limiter.on_hold(POST) and tx.outbox.is_due(**now)
            to_update = not self._rate_limiter.on_hold(UPDATE) and tx.live_views.is_due(**now)
            to_publish = not self._rate_limiter.on_hold(PUBLISH) and tx.homes.is_due(stopwatch=self._stopwatch())
            to_remove = tx.slack_removals.is_due(stopwatch=self._stopwatch())
            if tx.access.access_lost() or not (to_post or to_update or to_publish or to_remove):
                return False
        rest = self._rest()
        return not self._stopping.wait(0 if rest == _POLL_INTERVAL else rest.total_seconds())

    def _rest(self) -> timedelta:
        """How long to sleep if there is no commit: until a rate limit allows more, else the poll interval."""
        waits = (
            self._rate_limiter.wait(is_reply=False),
            self._rate_limiter.wait_for_update(),
            self._rate_limiter.wait_for_publish(),
            self._rate_limiter.wait_for_removal(),
            *self._rate_limiter.cooling_down().values(),
        )
        return min((wait for wait in waits if wait), default=_POLL_INTERVAL)

    def _fetch_profiles(self) -> bool:
        """Fetch and save the profiles that are requested. Always returns False: there is nothing to repeat at once."""
        with self._fetch_lock:
            with self._storage.read(self._workspace) as tx:
                requested = tx.people.requested(stopwatch=self._stopwatch())
                reads_fields = bool(requested) and reads_profile_fields(tx)
                is_locked_out = bool(requested) and tx.access.access_lost() is not None
            if is_locked_out and not self._probe_access():
                return False
            for person in requested:
                item = WorkItem(WorkKind.PROFILE, person, person)
                fetch = partial(self._fetch_profile, item, reads_fields=reads_fields)
                now = self._stopwatch()
                if run_isolated(self._storage, self._workspace, item, fetch, stopwatch=now) is False:
                    break
        return False

    def _fetch_profile(self, item: WorkItem, *, reads_fields: bool) -> bool:
        """Fetch and save a profile, with its custom fields if they are read. Returns whether to fetch further ones."""
        try:
            profile = fetch_profile(self._slack, self._workspace, item.person)
        except SlackCallFailed as error:
            return self._continue_after(error, item)
        values = fetch_field_values(self._slack, profile) if reads_fields else None
        with self._storage.begin(self._workspace) as tx:
            save_profile(tx, profile, self._calendar())
            save_profile_fields(tx, profile.id, values, self._calendar())
            tx.failures.clear(item)
        return True

    def _continue_after(self, error: SlackCallFailed, item: WorkItem) -> bool:
        """Whether to fetch further profiles after one failed. If so, the failure concerns this person alone."""
        failure = error.failure
        reference = new_reference()
        if not error.on_hold:
            log.warning("Reference %s: a profile could not be fetched: %s", reference, failure.reason)
        if failure.kind is FailureKind.STOP:
            with self._storage.begin(self._workspace) as tx:
                tx.access.revoke_access(failure.reason, self._calendar())
        if failure.affects_method or error.on_hold or failure.kind is FailureKind.STOP:
            return False
        record_failure(
            self._storage,
            self._workspace,
            item,
            reference=reference,
            error=failure.reason,
            stopwatch=self._stopwatch(),
        )
        return True
