"""The tables of the outbox and of live views."""

from datetime import datetime

from sqlalchemy import JSON, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import ID, PERSON, WORKSPACE, Instant, StringTuple, Table

VIEW_KEY = String(255)


class OutboxRow(Table):
    """A notification that is sent once.

    `due` is on the calendar (the epoch for what is due at once). `enqueued_at`, `retry_at`, `lease_until`,
    `first_attempt_at` and `sent_at` are on the stopwatch. `correlation_id` goes to Slack as metadata. `report_id` is
    the report that tells the owners that it did not arrive. A post of a live view has the key of that view in
    `live_view`, and in `view_revision` the revision that its text was made from.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index(None, "workspace", "key", unique=True),
        Index(None, "workspace", "state", "is_reply", "due", "id"),
        Index(None, "workspace", "recipient"),
        Index(None, "workspace", "live_view"),
    )

    workspace: Mapped[str] = mapped_column(WORKSPACE)
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    key: Mapped[str] = mapped_column(VIEW_KEY)
    kind: Mapped[str] = mapped_column(String(64))
    recipient: Mapped[str] = mapped_column(PERSON)
    second_recipient: Mapped[str] = mapped_column(PERSON)
    refs: Mapped[dict[str, str]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(16))
    is_reply: Mapped[bool] = mapped_column()
    due: Mapped[datetime] = mapped_column(Instant)
    retry_at: Mapped[datetime | None] = mapped_column(Instant)
    lease_until: Mapped[datetime | None] = mapped_column(Instant)
    fence: Mapped[int] = mapped_column(Integer)
    attempts: Mapped[int] = mapped_column(Integer)
    enqueued_at: Mapped[datetime | None] = mapped_column(Instant)
    first_attempt_at: Mapped[datetime | None] = mapped_column(Instant)
    correlation_id: Mapped[str] = mapped_column(String(32))
    conversation: Mapped[str | None] = mapped_column(String(32))
    ts: Mapped[str | None] = mapped_column(String(32))
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    reason: Mapped[str | None] = mapped_column(String(64))
    report_id: Mapped[str | None] = mapped_column(ID)
    live_view: Mapped[str | None] = mapped_column(VIEW_KEY)
    view_revision: Mapped[int | None] = mapped_column(Integer)


class LiveViewRow(Table):
    """A message that shows the newest state of `subject` (an id): updated in place when that changes.

    `revision` counts the changes, `rendered_revision` is the one that the last update began with. `post_id` is the
    outbox row that posted what is there now: message `ts` in `conversation`, known to Slack as `correlation_id`;
    `obsolete_posts` are timestamps of older posts that are to be deleted, and `posts` counts them all. `due` is on the
    calendar; `retry_at` and `lease_until` are on the stopwatch.
    """

    __tablename__ = "live_views"
    __table_args__ = (Index(None, "workspace", "state", "due"), Index(None, "workspace", "subject"))

    key: Mapped[str] = mapped_column(VIEW_KEY, primary_key=True)
    kind: Mapped[str] = mapped_column(String(64))
    recipient: Mapped[str] = mapped_column(PERSON)
    refs: Mapped[dict[str, str]] = mapped_column(JSON)
    subject: Mapped[str] = mapped_column(ID)
    state: Mapped[str] = mapped_column(String(16))
    revision: Mapped[int] = mapped_column(Integer)
    rendered_revision: Mapped[int] = mapped_column(Integer)
    due: Mapped[datetime] = mapped_column(Instant)
    retry_at: Mapped[datetime | None] = mapped_column(Instant)
    lease_until: Mapped[datetime | None] = mapped_column(Instant)
    fence: Mapped[int] = mapped_column(Integer)
    attempts: Mapped[int] = mapped_column(Integer)
    reason: Mapped[str | None] = mapped_column(String(64))
    posts: Mapped[int] = mapped_column(Integer)
    post_id: Mapped[int | None] = mapped_column(Integer)
    correlation_id: Mapped[str] = mapped_column(String(32))
    conversation: Mapped[str | None] = mapped_column(String(32))
    ts: Mapped[str | None] = mapped_column(String(32))
    obsolete_posts: Mapped[tuple[str, ...]] = mapped_column(StringTuple)
