"""The tables of the outbox and of live views."""

from datetime import datetime

from sqlalchemy import JSON, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import ID, PERSON, WORKSPACE, Instant, StringTuple, Table
from storage.tables.declarations import OnErasure, Reader, Retention, declare

VIEW_KEY = String(255)


class OutboxRow(Table):
    """A notification that is sent once.

    `due` is on the calendar (the epoch for what is due at once). `enqueued_at`, `retry_at`, `lease_until`,
    `first_attempt_at` and `sent_at` are on the stopwatch. `correlation_id` goes to Slack as metadata. `report_id` is
    the report that tells the owners that it did not arrive. A post of a live view has the key of that view in
    `live_view`, and in `view_revision` the revision that its text was made from. A notification that travels as a line
    of another has the `correlation_id` of that one in `carried_by`. `file_id` is Slack's id of the file that it brings,
    saved before the file is shared.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index(None, "workspace", "key", unique=True),
        Index(None, "workspace", "state", "is_reply", "due", "id"),
        Index(None, "workspace", "recipient"),
        Index(None, "workspace", "live_view"),
    )

    workspace: Mapped[str] = mapped_column(WORKSPACE, info=declare(Reader.NOBODY, Retention.PROGRAMME))
    id: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=True, info=declare(Reader.NOBODY, Retention.PERSON)
    )
    key: Mapped[str] = mapped_column(VIEW_KEY, info=declare(Reader.NOBODY, Retention.PERSON, OnErasure.DELETE_ROW))
    kind: Mapped[str] = mapped_column(String(64), info=declare(Reader.SELF, Retention.PERSON))
    recipient: Mapped[str] = mapped_column(PERSON, info=declare(Reader.NOBODY, Retention.PERSON, OnErasure.DELETE_ROW))
    second_recipient: Mapped[str] = mapped_column(
        PERSON, info=declare(Reader.NOBODY, Retention.PERSON, OnErasure.DELETE_ROW)
    )
    refs: Mapped[dict[str, str]] = mapped_column(
        JSON, info=declare(Reader.NOBODY, Retention.PERSON, OnErasure.DELETE_ROW)
    )
    state: Mapped[str] = mapped_column(String(16), info=declare(Reader.NOBODY, Retention.PERSON))
    is_reply: Mapped[bool] = mapped_column(info=declare(Reader.NOBODY, Retention.PERSON))
    due: Mapped[datetime] = mapped_column(Instant, info=declare(Reader.NOBODY, Retention.PERSON))
    retry_at: Mapped[datetime | None] = mapped_column(Instant, info=declare(Reader.NOBODY, Retention.PERSON))
    lease_until: Mapped[datetime | None] = mapped_column(Instant, info=declare(Reader.NOBODY, Retention.PERSON))
    fence: Mapped[int] = mapped_column(Integer, info=declare(Reader.NOBODY, Retention.PERSON))
    attempts: Mapped[int] = mapped_column(Integer, info=declare(Reader.NOBODY, Retention.PERSON))
    enqueued_at: Mapped[datetime | None] = mapped_column(Instant, info=declare(Reader.NOBODY, Retention.PERSON))
    first_attempt_at: Mapped[datetime | None] = mapped_column(Instant, info=declare(Reader.NOBODY, Retention.PERSON))
    correlation_id: Mapped[str] = mapped_column(String(32), info=declare(Reader.NOBODY, Retention.PERSON))
    conversation: Mapped[str | None] = mapped_column(String(32), info=declare(Reader.NOBODY, Retention.PERSON))
    ts: Mapped[str | None] = mapped_column(String(32), info=declare(Reader.NOBODY, Retention.PERSON))
    sent_at: Mapped[datetime | None] = mapped_column(Instant, info=declare(Reader.SELF, Retention.PERSON))
    reason: Mapped[str | None] = mapped_column(String(64), info=declare(Reader.NOBODY, Retention.PERSON))
    report_id: Mapped[str | None] = mapped_column(ID, info=declare(Reader.NOBODY, Retention.PERSON))
    live_view: Mapped[str | None] = mapped_column(
        VIEW_KEY, info=declare(Reader.NOBODY, Retention.PERSON, OnErasure.DELETE_ROW)
    )
    view_revision: Mapped[int | None] = mapped_column(Integer, info=declare(Reader.NOBODY, Retention.PERSON))
    carried_by: Mapped[str | None] = mapped_column(String(32), info=declare(Reader.NOBODY, Retention.PERSON))
    file_id: Mapped[str | None] = mapped_column(String(32), info=declare(Reader.NOBODY, Retention.PERSON))


class LiveViewRow(Table):
    """A message that shows the newest state of `subject` (an id): updated in place when that changes.

    `revision` counts the changes, `rendered_revision` is the one that the last update began with. `post_id` is the
    outbox row that posted what is there now: message `ts` in `conversation`, known to Slack as `correlation_id`;
    `obsolete_posts` are timestamps of older posts that are to be deleted, and `posts` counts them all. `due` is on the
    calendar; `retry_at` and `lease_until` are on the stopwatch.
    """

    __tablename__ = "live_views"
    __table_args__ = (Index(None, "workspace", "state", "due"), Index(None, "workspace", "subject"))

    key: Mapped[str] = mapped_column(
        VIEW_KEY, primary_key=True, info=declare(Reader.NOBODY, Retention.PERSON, OnErasure.DELETE_ROW)
    )
    kind: Mapped[str] = mapped_column(String(64), info=declare(Reader.NOBODY, Retention.PERSON))
    recipient: Mapped[str] = mapped_column(PERSON, info=declare(Reader.NOBODY, Retention.PERSON, OnErasure.DELETE_ROW))
    refs: Mapped[dict[str, str]] = mapped_column(
        JSON, info=declare(Reader.NOBODY, Retention.PERSON, OnErasure.DELETE_ROW)
    )
    subject: Mapped[str] = mapped_column(ID, info=declare(Reader.NOBODY, Retention.PERSON))
    state: Mapped[str] = mapped_column(String(16), info=declare(Reader.NOBODY, Retention.PERSON))
    revision: Mapped[int] = mapped_column(Integer, info=declare(Reader.NOBODY, Retention.PERSON))
    rendered_revision: Mapped[int] = mapped_column(Integer, info=declare(Reader.NOBODY, Retention.PERSON))
    due: Mapped[datetime] = mapped_column(Instant, info=declare(Reader.NOBODY, Retention.PERSON))
    retry_at: Mapped[datetime | None] = mapped_column(Instant, info=declare(Reader.NOBODY, Retention.PERSON))
    lease_until: Mapped[datetime | None] = mapped_column(Instant, info=declare(Reader.NOBODY, Retention.PERSON))
    fence: Mapped[int] = mapped_column(Integer, info=declare(Reader.NOBODY, Retention.PERSON))
    attempts: Mapped[int] = mapped_column(Integer, info=declare(Reader.NOBODY, Retention.PERSON))
    reason: Mapped[str | None] = mapped_column(String(64), info=declare(Reader.NOBODY, Retention.PERSON))
    posts: Mapped[int] = mapped_column(Integer, info=declare(Reader.NOBODY, Retention.PERSON))
    post_id: Mapped[int | None] = mapped_column(Integer, info=declare(Reader.NOBODY, Retention.PERSON))
    correlation_id: Mapped[str] = mapped_column(String(32), info=declare(Reader.NOBODY, Retention.PERSON))
    conversation: Mapped[str | None] = mapped_column(String(32), info=declare(Reader.NOBODY, Retention.PERSON))
    ts: Mapped[str | None] = mapped_column(String(32), info=declare(Reader.NOBODY, Retention.PERSON))
    obsolete_posts: Mapped[tuple[str, ...]] = mapped_column(StringTuple, info=declare(Reader.NOBODY, Retention.PERSON))
