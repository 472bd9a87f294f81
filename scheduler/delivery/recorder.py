"""Records the result of a delivery attempt, and tells the owners about notifications that failed for good."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from mentoring.notifications.undelivered import DeliveryFailure, UndeliveredNotification, report
from scheduler.delivery.slack_client import SlackCallFailed
from scheduler.delivery.slack_errors import FailureKind, SlackFailure, back_off
from storage import Claim, Storage, Transaction, UpdateClaim

AnyClaim = Claim | UpdateClaim

log = logging.getLogger(__name__)

ARRIVES_WITHIN = timedelta(seconds=30)
"""After so long a request that lost its caller has arrived at Slack, or never will."""
LONGEST_CALL = timedelta(seconds=10)
"""How long one call to Slack may take; the client that is handed in gives up then."""
_TOO_LATE_TO_BEGIN = ARRIVES_WITHIN + 2 * LONGEST_CALL
_ANSWERED = timedelta(seconds=5)
"""Where Slack answered, though with an error, nothing is on its way any more."""
MOST_TRIES = 10
"""So often Slack may refuse one message for a reason that we do not know."""
MOST_LOOKS = 30
"""So often looking may fail: with the waits in between, some hours."""


def arrives_within(failure: SlackFailure) -> timedelta:
    """How long to wait until nothing is on its way any more."""
    return _ANSWERED if failure.was_answered else ARRIVES_WITHIN


class DeliveryRecorder:
    """Each method is one short transaction.

    An outbox claim and an update claim are recorded alike, each in its own queue; methods that take only one of them
    say so by type.
    """

    def __init__(
        self,
        storage: Storage,
        workspace: str,
        *,
        calendar: Callable[[], datetime],
        stopwatch: Callable[[], datetime],
    ) -> None:
        self._storage = storage
        self._workspace = workspace
        self._calendar = calendar
        self._stopwatch = stopwatch

    def is_too_late(self, claim: AnyClaim) -> bool:
        """Whether too little of its lease is left to begin a request. If so, it is claimed again later."""
        if self._stopwatch() <= claim.lease_until - _TOO_LATE_TO_BEGIN:
            return False
        self.retry(claim, timedelta(0), "too-slow", counts=False)
        return True

    def forget_conversation(self, claim: AnyClaim) -> None:
        """The stored DM does not exist any more; the next post opens another."""
        with self._storage.begin_unlocked(self._workspace) as tx:
            tx.people.save_conversation(claim.notification.recipient, None)

    def sent(self, claim: Claim, conversation: str, ts: str) -> None:
        with self._storage.begin_unlocked(self._workspace) as tx:
            if tx.outbox.mark_sent(claim, conversation=conversation, ts=ts, at=self._stopwatch()):
                tx.live_views.show_post(claim, conversation=conversation, ts=ts)

    def current(self, claim: UpdateClaim) -> None:
        """The message shows the newest state."""
        with self._storage.begin_unlocked(self._workspace) as tx:
            tx.live_views.mark_current(claim)

    def post_missing(self, claim: UpdateClaim, why: str) -> None:
        """The message cannot be changed any more: post it again, within working hours."""
        with self._storage.begin_unlocked(self._workspace) as tx:
            tx.live_views.post_missing(claim, due=self._calendar(), reason=why, at=self._stopwatch())
        log.warning("Notification %s of kind %s is posted again: %s", claim.id, claim.notification.kind, why)

    def postpone(self, claim: AnyClaim, until: datetime, why: str) -> None:
        """This is not the moment; an unknown attempt stays unknown."""
        with self._storage.begin_unlocked(self._workspace) as tx:
            _queue(tx, claim).postpone(claim, until=until, reason=why)

    def drop(self, claim: AnyClaim, why: str) -> None:
        """There is nothing left to say. If it is a post of a live view, the message that is there says so."""
        with self._storage.begin_unlocked(self._workspace) as tx:
            if _queue(tx, claim).mark_dropped(claim, reason=why) and isinstance(claim, Claim) and claim.live_view:
                tx.live_views.update(claim.live_view)

    def retry(self, claim: AnyClaim, wait: timedelta, why: str, *, counts: bool = True) -> None:
        """Nothing has arrived; try again after `wait`."""
        with self._storage.begin_unlocked(self._workspace) as tx:
            _queue(tx, claim).retry_at(claim, retry_at=self._stopwatch() + wait, reason=why, counts=counts)
        if counts:
            log.warning("Notification %s of kind %s is tried again: %s", claim.id, claim.notification.kind, why)

    def unknown(self, claim: Claim, wait: timedelta, why: str) -> None:
        """It may have arrived; search for it after `wait`."""
        with self._storage.begin_unlocked(self._workspace) as tx:
            tx.outbox.mark_unknown(claim, retry_at=self._stopwatch() + wait, reason=why)
        log.warning(
            "It is unknown whether notification %s of kind %s arrived: %s", claim.id, claim.notification.kind, why
        )

    def stop_workspace(self, claim: AnyClaim, why: str) -> None:
        """Slack accepts nothing from us in this workspace any more. Everything stays in the queue."""
        with self._storage.begin(self._workspace) as tx:
            tx.access.revoke_access(why, self._calendar())
            if isinstance(claim, Claim) and claim.is_unknown:
                tx.outbox.mark_unknown(claim, retry_at=self._stopwatch(), reason=why)
            else:
                _queue(tx, claim).retry_at(claim, retry_at=self._stopwatch(), reason=why, counts=False)

    def failed(self, claim: AnyClaim, fate: DeliveryFailure, why: str) -> None:
        """Mark as permanently failed and add it to the owners' current report."""
        notification = claim.notification
        with self._storage.begin(self._workspace) as tx:
            if self._mark(tx, claim, fate, why):
                report_id = tx.undelivered.open_report() or tx.new_id()
                tx.undelivered.add_to_report(claim, report_id)
                undelivered = UndeliveredNotification(
                    str(claim.id),
                    notification.kind,
                    notification.recipient,
                    notification.second_recipient,
                    why,
                    fate,
                )
                tx.save(report(undelivered, tx.owners.all(), report_id=report_id, now=self._calendar()))
        log.error("Notification %s of kind %s is %s: %s", claim.id, notification.kind, fate, why)

    @staticmethod
    def _mark(tx: Transaction, claim: AnyClaim, fate: DeliveryFailure, why: str) -> bool:
        if fate is DeliveryFailure.UNDECIDED and isinstance(claim, Claim):
            return tx.outbox.mark_undecided(claim, reason=why)
        return bool(_queue(tx, claim).mark_failed(claim, reason=why))

    def render_failed(self, claim: AnyClaim) -> None:
        """A fault in our own code: a later version may do better, so it is tried some times."""
        if claim.attempts >= MOST_TRIES:
            self.failed(claim, DeliveryFailure.FAILED, "could-not-be-written")
        else:
            self.retry(claim, back_off(claim.attempts), "could-not-be-written")

    def recipient_gone(self, claim: AnyClaim) -> None:
        """Slack says that the account is deactivated; ask Slack about the person before the next attempt."""
        with self._storage.begin(self._workspace) as tx:
            people = (claim.notification.recipient, claim.notification.second_recipient)
            tx.people.request_profiles(people, self._calendar())
            tx.people.refresh_profiles(people, self._calendar())
            retry_at = self._stopwatch() + back_off(claim.attempts)
            _queue(tx, claim).retry_at(claim, retry_at=retry_at, reason="user_disabled")

    def call_failed(self, claim: AnyClaim, error: SlackCallFailed) -> None:
        """A call failed: stop, give up, search for the message, or try again."""
        failure = error.failure
        if failure.kind is FailureKind.STOP:
            self.stop_workspace(claim, failure.reason)
        elif failure.reason == "user_disabled" and claim.attempts < MOST_TRIES:
            self.recipient_gone(claim)
        elif failure.kind is FailureKind.PERMANENT:
            self.failed(claim, DeliveryFailure.FAILED, failure.reason)
        elif failure.may_have_arrived and isinstance(claim, Claim):
            self.unknown(claim, arrives_within(failure), failure.reason)
        elif not failure.affects_method and not error.on_hold and claim.attempts >= MOST_TRIES:
            self.failed(claim, DeliveryFailure.FAILED, failure.reason)
        else:
            wait = failure.wait or back_off(claim.attempts)
            self.retry(claim, wait, failure.reason, counts=not error.on_hold)


def _queue(tx: Transaction, claim: AnyClaim) -> Any:
    """Where it is recorded: both queues have the same verbs."""
    return tx.outbox if isinstance(claim, Claim) else tx.live_views
