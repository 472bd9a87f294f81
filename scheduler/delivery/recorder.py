"""Records the result of a delivery attempt, and tells the owners about notifications that failed for good."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from mentoring.core.undelivered import DeliveryFailure, UndeliveredNotification, report
from mentoring.notifications.kinds import KIND_RULES
from scheduler.delivery.slack_client import SlackCallFailed
from scheduler.delivery.slack_errors import FailureKind, SlackFailure, back_off
from services.errors import report_error
from services.programmes import programme_about
from storage import Claim, Storage, Transaction, UpdateClaim
from storage.notifications.outbox_statements import UNEXPECTED, UNRENDERED

AnyClaim = Claim | UpdateClaim

log = logging.getLogger(__name__)

ARRIVES_WITHIN = timedelta(seconds=30)
"""A request without an answer arrives at Slack within this time, or never."""
LONGEST_CALL = timedelta(seconds=10)
"""The timeout of the Slack client that is passed in."""
_LEAST_LEASE = ARRIVES_WITHIN + 2 * LONGEST_CALL
_ARRIVES_AFTER_ANSWER = timedelta(seconds=5)
"""If Slack has answered, even with an error, the request is no longer under way."""
MOST_TRIES = 10
"""How often Slack may refuse a message with an unknown error before it counts as failed."""
MOST_LOOKS = 30
"""How often the search for a message may fail before its state is undecided; with the waits, some hours."""


def arrives_within(failure: SlackFailure) -> timedelta:
    """How long to wait until a failed request can no longer arrive."""
    return _ARRIVES_AFTER_ANSWER if failure.was_answered else ARRIVES_WITHIN


class DeliveryRecorder:
    """Saves the result of an attempt; each method is one short transaction.

    Claims of the outbox and of live views are recorded in their own tables. `reason` is a code, never a text that
    people read. `calendar` and `stopwatch` give aware times.
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
        """Whether the rest of the lease is too short for a request. If so, the claim is returned to the queue."""
        if self._stopwatch() <= claim.lease_until - _LEAST_LEASE:
            return False
        self.retry(claim, timedelta(0), "too-slow", counts=False)
        return True

    def forget_conversation(self, claim: AnyClaim) -> None:
        """Delete the stored conversation, which no longer exists. The next post opens a new one."""
        with self._storage.begin_unlocked(self._workspace) as tx:
            tx.people.save_conversation(claim.notification.recipient, None)

    def sent(self, claim: Claim, conversation: str, ts: str | None, *, has_lines: bool = False) -> None:
        """Mark as sent, as message `ts` in `conversation`, with the lines that travel with it, if any. Of a file, Slack
        may not tell the `ts` yet.
        """
        with self._storage.begin_unlocked(self._workspace) as tx:
            at = self._stopwatch()
            if tx.outbox.mark_sent(claim, conversation=conversation, ts=ts, at=at, has_lines=has_lines) and ts:
                tx.live_views.show_post(claim, conversation=conversation, ts=ts)

    def current(self, claim: UpdateClaim) -> None:
        """Mark the live view as current."""
        with self._storage.begin_unlocked(self._workspace) as tx:
            tx.live_views.mark_current(claim)

    def post_missing(self, claim: UpdateClaim, reason: str) -> None:
        """Post a live view again whose message cannot be updated any more, in working hours."""
        with self._storage.begin_unlocked(self._workspace) as tx:
            tx.live_views.post_missing(claim, due=self._calendar(), reason=reason, at=self._stopwatch())
        log.warning("Notification %s of kind %s is posted again: %s", claim.id, claim.notification.kind, reason)

    def postpone(self, claim: AnyClaim, until: datetime, reason: str) -> None:
        """Return the claim to the queue until `until` (calendar, aware)."""
        with self._storage.begin_unlocked(self._workspace) as tx:
            _queue(tx, claim).postpone(claim, until=until, reason=reason)

    def drop(self, claim: AnyClaim, reason: str) -> None:
        """Do not send a notification that has become pointless. The live view that it posts, if any, is updated."""
        with self._storage.begin_unlocked(self._workspace) as tx:
            if _queue(tx, claim).mark_dropped(claim, reason=reason) and isinstance(claim, Claim) and claim.live_view:
                tx.live_views.update(claim.live_view)

    def retry(self, claim: AnyClaim, wait: timedelta, reason: str, *, counts: bool = True) -> None:
        """Try again after `wait`, because nothing has arrived. `counts`: this attempt counts towards the limit."""
        with self._storage.begin_unlocked(self._workspace) as tx:
            _queue(tx, claim).retry_at(claim, retry_at=self._stopwatch() + wait, reason=reason, counts=counts)
        if counts:
            log.warning("Notification %s of kind %s is tried again: %s", claim.id, claim.notification.kind, reason)

    def unknown(self, claim: Claim, wait: timedelta, reason: str) -> None:
        """Mark as unknown, because it may have arrived, and search for it after `wait`."""
        with self._storage.begin_unlocked(self._workspace) as tx:
            tx.outbox.mark_unknown(claim, retry_at=self._stopwatch() + wait, reason=reason)
        log.warning(
            "It is unknown whether notification %s of kind %s arrived: %s", claim.id, claim.notification.kind, reason
        )

    def stop_workspace(self, claim: AnyClaim, reason: str) -> None:
        """Record that Slack denies access to the workspace. Everything stays in the queue."""
        with self._storage.begin(self._workspace) as tx:
            tx.access.revoke_access(reason, self._calendar())
            if isinstance(claim, Claim) and claim.is_unknown:
                tx.outbox.mark_unknown(claim, retry_at=self._stopwatch(), reason=reason)
            else:
                _queue(tx, claim).retry_at(claim, retry_at=self._stopwatch(), reason=reason, counts=False)

    def failed(self, claim: AnyClaim, failure: DeliveryFailure, reason: str) -> None:
        """Mark as permanently failed and add it to the owners' current report; drop what they must not hear of."""
        notification = claim.notification
        if not KIND_RULES[notification.kind].reports_failure:
            self.drop(claim, reason)
            return
        with self._storage.begin(self._workspace) as tx:
            if self._mark(tx, claim, failure, reason):
                about = programme_about(tx, notification.refs)
                programme_id = about[0].id if about else ""
                report_id = tx.undelivered.open_report(programme_id) or tx.new_id()
                tx.undelivered.add_to_report(claim, report_id)
                undelivered = UndeliveredNotification(
                    str(claim.id),
                    notification.kind,
                    notification.recipient,
                    notification.second_recipient,
                    reason,
                    failure,
                    refs=notification.refs,
                )
                owners, now = tx.roles.present_owners(programme_id), self._calendar()
                tx.save(report(undelivered, owners, programme_id=programme_id, report_id=report_id, now=now))
        log.error("Notification %s of kind %s is %s: %s", claim.id, notification.kind, failure, reason)

    @staticmethod
    def _mark(tx: Transaction, claim: AnyClaim, failure: DeliveryFailure, reason: str) -> bool:
        if failure is DeliveryFailure.UNDECIDED and isinstance(claim, Claim):
            return tx.outbox.mark_undecided(claim, reason=reason)
        return bool(_queue(tx, claim).mark_failed(claim, reason=reason))

    def render_failed(self, claim: AnyClaim) -> None:
        """Retry after a bug in our own rendering, since a later version may have fixed it; fail after MOST_TRIES."""
        if claim.attempts >= MOST_TRIES:
            self.failed(claim, DeliveryFailure.FAILED, UNRENDERED)
        else:
            self.retry(claim, back_off(claim.attempts), UNRENDERED)

    def crashed(self, claim: AnyClaim, error: Exception) -> None:
        """Record an unexpected error in a delivery: search for the message or retry later; fail after MOST_TRIES."""
        reference, notification = report_error(error), claim.notification
        log.error("Reference %s: the delivery of notification %s of kind %s", reference, claim.id, notification.kind)
        if claim.attempts >= MOST_TRIES:
            unsure = isinstance(claim, Claim)
            self.failed(claim, DeliveryFailure.UNDECIDED if unsure else DeliveryFailure.FAILED, UNEXPECTED)
        elif isinstance(claim, Claim):
            self.unknown(claim, max(ARRIVES_WITHIN, back_off(claim.attempts)), UNEXPECTED)
        else:
            self.retry(claim, back_off(claim.attempts), UNEXPECTED)

    def recipient_gone(self, claim: AnyClaim) -> None:
        """Request the profile of a recipient whose account Slack reports as deactivated, and try again later."""
        with self._storage.begin(self._workspace) as tx:
            people = (claim.notification.recipient, claim.notification.second_recipient)
            tx.people.request_profiles(people, self._calendar())
            tx.people.refresh_profiles(people, self._calendar())
            retry_at = self._stopwatch() + back_off(claim.attempts)
            _queue(tx, claim).retry_at(claim, retry_at=retry_at, reason="user_disabled")

    def call_failed(self, claim: AnyClaim, error: SlackCallFailed) -> None:
        """Record a failed call: stop the workspace, give up, search for the message, or try again."""
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
    """The repository that records this claim; both have the same methods."""
    return tx.outbox if isinstance(claim, Claim) else tx.live_views
