"""The table of what is still to be removed from Slack after an erasure. A row is deleted once that is done."""

from datetime import datetime

from sqlalchemy import Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Instant, Table
from storage.tables.declarations import Reader, Retention, declare

_UNTIL_REMOVED = declare(Reader.NOBODY, Retention.REMOVED)


class SlackRemovalRow(Table):
    """A conversation to go through, or a file to delete. It names no person.

    `before_ts` is the oldest message of the conversation that was looked at, or "" at the beginning of a pass, and
    `passes` counts the passes that are over. `message_ts` is the message that shares the file. `claim` is the random
    token of the worker that has claimed it, or "". `retry_at` and `lease_until` are on the stopwatch.
    """

    __tablename__ = "slack_removals"
    __table_args__ = (Index(None, "workspace", "retry_at"),)

    kind: Mapped[str] = mapped_column(String(16), primary_key=True, info=_UNTIL_REMOVED)
    conversation: Mapped[str] = mapped_column(String(32), primary_key=True, info=_UNTIL_REMOVED)
    file_id: Mapped[str] = mapped_column(String(32), primary_key=True, info=_UNTIL_REMOVED)
    message_ts: Mapped[str] = mapped_column(String(32), info=_UNTIL_REMOVED)
    before_ts: Mapped[str] = mapped_column(String(32), info=_UNTIL_REMOVED)
    passes: Mapped[int] = mapped_column(Integer, info=_UNTIL_REMOVED)
    claim: Mapped[str] = mapped_column(String(32), info=_UNTIL_REMOVED)
    attempts: Mapped[int] = mapped_column(Integer, info=_UNTIL_REMOVED)
    retry_at: Mapped[datetime | None] = mapped_column(Instant, info=_UNTIL_REMOVED)
    lease_until: Mapped[datetime | None] = mapped_column(Instant, info=_UNTIL_REMOVED)
