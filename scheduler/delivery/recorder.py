"""Keeping what became of an attempt, and telling the owners of what is lost for good."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from mentoring.notifications.undelivered import DeliveryFailure, UndeliveredNotification, report
from scheduler.delivery.slack_client import SlackCallFailed
from scheduler.delivery.slack_errors import FailureKind, SlackFailure, back_off
from storage import Claim, Storage

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
    """Each call is one short transaction; returns when it is kept."""

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

    def is_too_late(self, claim: Claim) -> bool:
        """Whether so much of its lease is over that no request is to be begun any more; it is tried again then."""
        if self._stopwatch() <= claim.lease_until - _TOO_LATE_TO_BEGIN:
            return False
        self.retry(claim, timedelta(0), "too-slow", counts=False)
        return True

    def forget_conversation(self, claim: Claim) -> None:
        """The DM that we remember is gone; the next post opens another."""
        with self._storage.begin_unlocked(self._workspace) as tx:
            tx.people.save_conversation(claim.notification.recipient, None)

    def sent(self, claim: Claim, conversation: str, ts: str) -> None:
        with self._storage.begin_unlocked(self._workspace) as tx:
            tx.outbox.mark_sent(claim, conversation=conversation, ts=ts, at=self._stopwatch())

    def current(self, claim: Claim, again_at: datetime | None) -> None:
        """What had been posted shows what is the case; needed anew from `again_at` (calendar) on, or not at all."""
        with self._storage.begin_unlocked(self._workspace) as tx:
            tx.outbox.mark_current(claim, again_at=again_at)

    def repost(self, claim: Claim) -> None:
        """What had been posted is needed anew, and now is the moment."""
        with self._storage.begin_unlocked(self._workspace) as tx:
            tx.outbox.repost(claim)

    def post_missing(self, claim: Claim, why: str) -> None:
        """What had been posted cannot be changed any more: it is posted anew, at a decent hour."""
        with self._storage.begin_unlocked(self._workspace) as tx:
            tx.outbox.post_missing(claim, due=self._calendar(), reason=why)
        log.warning("Notice %s of kind %s is posted anew: %s", claim.id, claim.notification.kind, why)

    def postpone(self, claim: Claim, until: datetime, why: str) -> None:
        """It is not the moment; an attempt that is in doubt stays so."""
        with self._storage.begin_unlocked(self._workspace) as tx:
            tx.outbox.postpone(claim, until=until, reason=why)

    def drop(self, claim: Claim, why: str) -> None:
        with self._storage.begin_unlocked(self._workspace) as tx:
            tx.outbox.mark_dropped(claim, reason=why)

    def retry(self, claim: Claim, wait: timedelta, why: str, *, counts: bool = True) -> None:
        """Nothing has arrived; it is tried again after `wait`."""
        with self._storage.begin_unlocked(self._workspace) as tx:
            tx.outbox.retry_at(claim, not_before=self._stopwatch() + wait, reason=why, counts=counts)
        if counts:
            log.warning("Notice %s of kind %s is tried again: %s", claim.id, claim.notification.kind, why)

    def unknown(self, claim: Claim, wait: timedelta, why: str) -> None:
        """It may have arrived; it is looked for after `wait`."""
        with self._storage.begin_unlocked(self._workspace) as tx:
            tx.outbox.mark_unknown(claim, not_before=self._stopwatch() + wait, reason=why)
        log.warning("Nobody knows yet whether notice %s of kind %s arrived: %s", claim.id, claim.notification.kind, why)

    def stop_workspace(self, claim: Claim, why: str) -> None:
        """Slack shuts us out of the workspace: all stays owed."""
        with self._storage.begin(self._workspace) as tx:
            tx.access.revoke_access(why, self._calendar())
            if claim.is_unknown:
                tx.outbox.mark_unknown(claim, not_before=self._stopwatch(), reason=why)
            else:
                tx.outbox.retry_at(claim, not_before=self._stopwatch(), reason=why, counts=False)

    def failed(self, claim: Claim, fate: DeliveryFailure, why: str) -> None:
        """For good, as far as we can tell; the owners are told, once, together with what else is lost now."""
        notice = claim.notification
        with self._storage.begin(self._workspace) as tx:
            settle = tx.outbox.mark_failed if fate is DeliveryFailure.FAILED else tx.outbox.mark_undecided
            if settle(claim, reason=why):
                into = tx.undelivered.open_report() or tx.new_id()
                tx.undelivered.add_to_report(claim, into)
                failed = UndeliveredNotification(
                    str(claim.id), notice.kind, notice.recipient, notice.second_recipient, why, fate
                )
                tx.save(report(failed, tx.owners.all(), report_id=into, now=self._calendar()))
        log.error("Notice %s of kind %s is %s: %s", claim.id, notice.kind, fate, why)

    def render_failed(self, claim: Claim) -> None:
        """Our own words failed us."""
        if claim.attempts >= MOST_TRIES:
            self.failed(claim, DeliveryFailure.FAILED, "could-not-be-written")
        else:
            self.retry(claim, back_off(claim.attempts), "could-not-be-written")

    def recipient_gone(self, claim: Claim) -> None:
        """Slack says that the person has left; before anything else we ask it who they are now."""
        with self._storage.begin(self._workspace) as tx:
            people = (claim.notification.recipient, claim.notification.second_recipient)
            tx.people.request_profiles(people, self._calendar())
            tx.people.refresh_profiles(people, self._calendar())
            tx.outbox.retry_at(claim, not_before=self._stopwatch() + back_off(claim.attempts), reason="user_disabled")

    def call_failed(self, claim: Claim, error: SlackCallFailed) -> None:
        """An attempt to send went wrong before Slack took it, or nobody knows."""
        failure = error.failure
        if failure.kind is FailureKind.STOP:
            self.stop_workspace(claim, failure.reason)
        elif failure.reason == "user_disabled" and claim.attempts < MOST_TRIES:
            self.recipient_gone(claim)
        elif failure.kind is FailureKind.PERMANENT:
            self.failed(claim, DeliveryFailure.FAILED, failure.reason)
        elif failure.may_have_arrived:
            self.unknown(claim, arrives_within(failure), failure.reason)
        elif not failure.affects_method and not error.on_hold and claim.attempts >= MOST_TRIES:
            self.failed(claim, DeliveryFailure.FAILED, failure.reason)
        else:
            wait = failure.wait or back_off(claim.attempts)
            self.retry(claim, wait, failure.reason, counts=not error.on_hold)
