"""A claim: one outbox message that one worker may deliver, under a lease and a fence."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mentoring.core.outcome import Notification, NotificationKind
from storage.notifications.outbox_statements import IMMEDIATELY, DeliveryState


@dataclass(frozen=True)
class Claim:
    """A notification that a worker may deliver until `lease_until` (stopwatch).

    `opaque` names it to Slack and says nothing about it. `owed_at` (stopwatch) is when it was enqueued, as far as we
    know. `in_doubt`: an earlier attempt, the first of them at `tried_at` (stopwatch), may have arrived. `conversation`
    is where that attempt would have put it.

    With a `ts` it has been posted there and is to be updated; from `again_at` (calendar) on it is to be posted again.
    `former` are older posts of it in that conversation that are to be deleted.
    """

    id: int
    fence: int
    notification: Notification
    correlation_id: str
    attempts: int
    lease_until: datetime
    first_attempt_at: datetime
    enqueued_at: datetime
    is_unknown: bool = False
    conversation: str | None = None
    ts: str | None = None
    obsolete_posts: tuple[str, ...] = ()
    repost_at: datetime | None = None

    @property
    def waiting_state(self) -> DeliveryState:
        """The state in which it waits for another attempt."""
        return DeliveryState.STALE if self.ts else DeliveryState.PENDING

    @property
    def is_repost(self) -> bool:
        """Whether it is to be posted again while the post before is still there."""
        return self.ts is None and bool(self.obsolete_posts)

    def previous_post(self) -> dict[str, Any]:
        """Column values that make the post before the current one again, to be updated at once."""
        *former, ts = self.obsolete_posts
        return {"state": DeliveryState.STALE, "due": IMMEDIATELY, "attempts": 0, "ts": ts, "former": tuple(former)}

    def parameters(self) -> dict[str, Any]:
        """Statement parameters that find its row only while the claim is still valid."""
        return {"notice": self.id, "named": self.correlation_id, "of_fence": self.fence}


def claim_from(row: Any, *, in_doubt: bool) -> Claim:
    """The claim on an outbox `row` that has just been taken."""
    due = None if row.due == IMMEDIATELY else row.due
    tried_at = row.tried_at or row.lease_until
    return Claim(
        id=row.id,
        fence=row.fence,
        notification=Notification(row.key, NotificationKind(row.kind), row.person, row.about, due, row.asked, row.also),
        correlation_id=row.opaque,
        attempts=row.attempts,
        lease_until=row.lease_until,
        first_attempt_at=tried_at,
        enqueued_at=row.owed_at or tried_at,
        is_unknown=in_doubt,
        conversation=row.conversation,
        ts=row.ts,
        obsolete_posts=row.former,
        repost_at=row.again_at,
    )
