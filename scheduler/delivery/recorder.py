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


def arrives_within(trouble: SlackFailure) -> timedelta:
    """How long to wait until nothing is on its way any more."""
    return _ANSWERED if trouble.was_answered else ARRIVES_WITHIN


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
        self.again(claim, timedelta(0), "too-slow", counts=False)
        return True

    def forget_conversation(self, claim: Claim) -> None:
        """The DM that we remember is gone; the next post opens another."""
        with self._storage.note(self._workspace) as tx:
            tx.people.keep_conversation(claim.notice.to, None)

    def sent(self, claim: Claim, conversation: str, ts: str) -> None:
        with self._storage.note(self._workspace) as tx:
            tx.outbox.sent(claim, conversation=conversation, ts=ts, at=self._stopwatch())

    def current(self, claim: Claim, again_at: datetime | None) -> None:
        """What had been posted shows what is the case; needed anew from `again_at` (calendar) on, or not at all."""
        with self._storage.note(self._workspace) as tx:
            tx.outbox.is_current(claim, again_at=again_at)

    def anew(self, claim: Claim) -> None:
        """What had been posted is needed anew, and now is the moment."""
        with self._storage.note(self._workspace) as tx:
            tx.outbox.anew(claim)

    def gone_from_slack(self, claim: Claim, why: str) -> None:
        """What had been posted cannot be changed any more: it is posted anew, at a decent hour."""
        with self._storage.note(self._workspace) as tx:
            tx.outbox.is_gone(claim, due=self._calendar(), reason=why)
        log.warning("Notice %s of kind %s is posted anew: %s", claim.id, claim.notice.kind, why)

    def wait(self, claim: Claim, until: datetime, why: str) -> None:
        """It is not the moment; an attempt that is in doubt stays so."""
        with self._storage.note(self._workspace) as tx:
            tx.outbox.wait(claim, until=until, reason=why)

    def drop(self, claim: Claim, why: str) -> None:
        with self._storage.note(self._workspace) as tx:
            tx.outbox.drop(claim, reason=why)

    def again(self, claim: Claim, wait: timedelta, why: str, *, counts: bool = True) -> None:
        """Nothing has arrived; it is tried again after `wait`."""
        with self._storage.note(self._workspace) as tx:
            tx.outbox.later(claim, not_before=self._stopwatch() + wait, reason=why, counts=counts)
        if counts:
            log.warning("Notice %s of kind %s is tried again: %s", claim.id, claim.notice.kind, why)

    def doubt(self, claim: Claim, wait: timedelta, why: str) -> None:
        """It may have arrived; it is looked for after `wait`."""
        with self._storage.note(self._workspace) as tx:
            tx.outbox.doubt(claim, not_before=self._stopwatch() + wait, reason=why)
        log.warning("Nobody knows yet whether notice %s of kind %s arrived: %s", claim.id, claim.notice.kind, why)

    def stop(self, claim: Claim, why: str) -> None:
        """Slack shuts us out of the workspace: all stays owed."""
        with self._storage.begin(self._workspace) as tx:
            tx.access.stop(why, self._calendar())
            if claim.in_doubt:
                tx.outbox.doubt(claim, not_before=self._stopwatch(), reason=why)
            else:
                tx.outbox.later(claim, not_before=self._stopwatch(), reason=why, counts=False)

    def lost(self, claim: Claim, fate: DeliveryFailure, why: str) -> None:
        """For good, as far as we can tell; the owners are told, once, together with what else is lost now."""
        notice = claim.notice
        with self._storage.begin(self._workspace) as tx:
            settle = tx.outbox.fail if fate is DeliveryFailure.FAILED else tx.outbox.undecided
            if settle(claim, reason=why):
                into = tx.undelivered.open_report() or tx.new_id()
                tx.undelivered.tell_in(claim, into)
                failed = UndeliveredNotification(str(claim.id), notice.kind, notice.to, notice.also, why, fate)
                tx.save(report(failed, tx.owners.all(), report_id=into, now=self._calendar()))
        log.error("Notice %s of kind %s is %s: %s", claim.id, notice.kind, fate, why)

    def unwritten(self, claim: Claim) -> None:
        """Our own words failed us."""
        if claim.attempts >= MOST_TRIES:
            self.lost(claim, DeliveryFailure.FAILED, "could-not-be-written")
        else:
            self.again(claim, back_off(claim.attempts), "could-not-be-written")

    def gone(self, claim: Claim) -> None:
        """Slack says that the person has left; before anything else we ask it who they are now."""
        with self._storage.begin(self._workspace) as tx:
            people = (claim.notice.to, claim.notice.also)
            tx.people.request_profiles(people, self._calendar())
            tx.people.refresh_profiles(people, self._calendar())
            tx.outbox.later(claim, not_before=self._stopwatch() + back_off(claim.attempts), reason="user_disabled")

    def troubled(self, claim: Claim, troubled: SlackCallFailed) -> None:
        """An attempt to send went wrong before Slack took it, or nobody knows."""
        trouble = troubled.trouble
        if trouble.meaning is FailureKind.STOP:
            self.stop(claim, trouble.reason)
        elif trouble.reason == "user_disabled" and claim.attempts < MOST_TRIES:
            self.gone(claim)
        elif trouble.meaning is FailureKind.NEVER:
            self.lost(claim, DeliveryFailure.FAILED, trouble.reason)
        elif trouble.may_have_arrived:
            self.doubt(claim, arrives_within(trouble), trouble.reason)
        elif not trouble.is_general and not troubled.held and claim.attempts >= MOST_TRIES:
            self.lost(claim, DeliveryFailure.FAILED, trouble.reason)
        else:
            wait = trouble.wait or back_off(claim.attempts)
            self.again(claim, wait, trouble.reason, counts=not troubled.held)
