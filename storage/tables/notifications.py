"""What we owe, and what we have promised to do."""

from datetime import datetime

from sqlalchemy import JSON, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import ID, PERSON, WORKSPACE, Instant, StringTuple, Table


class OutboxRow(Table):
    """The outbox. `due` is the calendar's (what is owed at once is due since the epoch); `owed_at`, `not_before`,
    `lease_until`, `tried_at` (when it was first on its way) and `sent_at` are the stopwatch's. `opaque` is Slack's
    metadata; `told_in` the report in which the owners read that it did not arrive.

    A message that stays is about the cohort `stays`. It is `stale` where something has changed since it was last
    written; `former` are Slack's timestamps of its posts that are to be taken away. One that is there and is needed
    anew has `again_at` (calendar), before which it is not posted again.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index(None, "workspace", "key", unique=True),
        Index(None, "workspace", "state", "asked", "due", "id"),
        Index(None, "workspace", "person"),
        Index(None, "workspace", "stays"),
    )

    workspace: Mapped[str] = mapped_column(WORKSPACE)
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    key: Mapped[str] = mapped_column(String(255))
    kind: Mapped[str] = mapped_column(String(64))
    person: Mapped[str] = mapped_column(PERSON)
    also: Mapped[str] = mapped_column(PERSON)
    about: Mapped[dict[str, str]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(16))
    asked: Mapped[bool] = mapped_column()
    due: Mapped[datetime] = mapped_column(Instant)
    not_before: Mapped[datetime | None] = mapped_column(Instant)
    lease_until: Mapped[datetime | None] = mapped_column(Instant)
    fence: Mapped[int] = mapped_column(Integer)
    attempts: Mapped[int] = mapped_column(Integer)
    owed_at: Mapped[datetime | None] = mapped_column(Instant)
    tried_at: Mapped[datetime | None] = mapped_column(Instant)
    opaque: Mapped[str] = mapped_column(String(32))
    conversation: Mapped[str | None] = mapped_column(String(32))
    ts: Mapped[str | None] = mapped_column(String(32))
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    reason: Mapped[str | None] = mapped_column(String(64))
    told_in: Mapped[str | None] = mapped_column(ID)
    stays: Mapped[str | None] = mapped_column(ID)
    stale: Mapped[bool] = mapped_column()
    former: Mapped[tuple[str, ...]] = mapped_column(StringTuple)
    again_at: Mapped[datetime | None] = mapped_column(Instant)
