"""Claims: what one worker may deliver for a while, under a lease and a fence."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mentoring.core.outcome import Notification, NotificationKind


@dataclass(frozen=True)
class Claim:
    """A notification of the outbox that a worker may send until `lease_until` (stopwatch).

    `correlation_id` identifies it to Slack and reveals nothing about it. `enqueued_at` (stopwatch) is when it was
    enqueued, or else the first attempt. `is_unknown`: an earlier attempt, the first at `first_attempt_at` (stopwatch),
    may have arrived, in `conversation`. `live_view` is the key of the live view that it posts, if it posts one.
    `file_id` is Slack's id of the file that an earlier attempt was about to share.
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
    live_view: str | None = None
    view_revision: int | None = None
    file_id: str | None = None

    @property
    def may_carry(self) -> bool:
        """Whether carried notifications may travel with it: it goes to one person, and stays as it is."""
        return not self.notification.second_recipient and self.live_view is None


@dataclass(frozen=True)
class Line:
    """A carried notification that can travel as a line of another. `enqueued_at` is on the stopwatch."""

    id: int
    notification: Notification
    enqueued_at: datetime | None


@dataclass(frozen=True)
class UpdateClaim:
    """A live view that a worker may bring up to date until `lease_until` (stopwatch).

    Its message is `ts` in `conversation`, posted by the outbox row `id`, known to Slack as `correlation_id`.
    `obsolete_posts` are older posts of it there that are to be deleted.
    """

    key: str
    id: int
    fence: int
    notification: Notification
    correlation_id: str
    attempts: int
    lease_until: datetime
    conversation: str
    ts: str
    obsolete_posts: tuple[str, ...] = ()


def claim_from(row: Any, due: datetime | None, *, is_unknown: bool) -> Claim:
    """The claim on an outbox `row` that has just been taken."""
    first_attempt_at = row.first_attempt_at or row.lease_until
    return Claim(
        id=row.id,
        fence=row.fence,
        notification=Notification(
            row.key, NotificationKind(row.kind), row.recipient, row.refs, due, row.is_reply, row.second_recipient
        ),
        correlation_id=row.correlation_id,
        attempts=row.attempts,
        lease_until=row.lease_until,
        first_attempt_at=first_attempt_at,
        enqueued_at=row.enqueued_at or first_attempt_at,
        is_unknown=is_unknown,
        conversation=row.conversation,
        live_view=row.live_view,
        view_revision=row.view_revision,
        file_id=row.file_id,
    )


def update_claim_from(row: Any) -> UpdateClaim:
    """The claim on a live view's `row` that has just been taken."""
    return UpdateClaim(
        key=row.key,
        id=row.post_id,
        fence=row.fence,
        notification=Notification(row.key, NotificationKind(row.kind), row.recipient, row.refs),
        correlation_id=row.correlation_id,
        attempts=row.attempts,
        lease_until=row.lease_until,
        conversation=row.conversation,
        ts=row.ts,
        obsolete_posts=row.obsolete_posts,
    )
