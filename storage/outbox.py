"""The transactional outbox: what we owe people, claimed by one deliverer at a time.

pending → sending → sent, or dropped (there was nothing left to say), or failed (it can never arrive). A claim carries a
lease and a fence: a deliverer that died is taken over after its lease, and its late word then counts no more.
"""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import and_, func, or_, select, update

from mentoring.outcome import Kind, Notice
from storage.shelf import Shelf
from storage.tables import NoticeRow

AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)
"""When what is owed at once is due."""


class State(StrEnum):
    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"
    UNDECIDED = "undecided"
    DROPPED = "dropped"
    FAILED = "failed"


@dataclass(frozen=True)
class Claim:
    """A notice that is ours to deliver until the lease ends. `opaque` names it to Slack and says nothing."""

    id: int
    fence: int
    notice: Notice
    opaque: str
    attempts: int


class Outbox(Shelf):
    def owe(self, notice: Notice) -> None:
        """Owe `notice`, unless something with its key is owed or was delivered already."""
        if self.knows(notice.key):
            return
        self._session.add(
            NoticeRow(
                workspace=self._workspace,
                key=notice.key,
                kind=notice.kind,
                person=notice.to,
                also=notice.also,
                about=dict(notice.about),
                state=State.PENDING,
                asked=notice.asked,
                due=notice.due or AT_ONCE,
                fence=0,
                attempts=0,
                opaque=secrets.token_hex(16),
            )
        )
        self._session.flush()

    def knows(self, key: str) -> bool:
        """Whether something with this key is owed or was delivered."""
        known = select(NoticeRow.id).where(NoticeRow.workspace == self._workspace, NoticeRow.key == key)
        return self._session.scalar(known) is not None

    def claim(self, *, calendar: datetime, stopwatch: datetime, lease: timedelta) -> Claim | None:
        """The next notice due by `calendar`: what people asked for first, then the longest owed. None: nothing is
        due.
        """
        waits = and_(
            NoticeRow.state == State.PENDING,
            NoticeRow.due <= calendar,
            or_(NoticeRow.not_before.is_(None), NoticeRow.not_before <= stopwatch),
        )
        orphaned = and_(NoticeRow.state == State.SENDING, NoticeRow.lease_until < stopwatch)
        next_free = (
            select(NoticeRow.id)
            .where(NoticeRow.workspace == self._workspace, or_(waits, orphaned))
            .order_by(NoticeRow.asked.desc(), NoticeRow.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        row = self._session.scalar(
            update(NoticeRow)
            .where(NoticeRow.id == next_free.scalar_subquery())
            .values(
                state=State.SENDING,
                fence=NoticeRow.fence + 1,
                attempts=NoticeRow.attempts + 1,
                lease_until=stopwatch + lease,
            )
            .returning(NoticeRow)
        )
        if row is None:
            return None
        due = None if row.due == AT_ONCE else row.due
        notice = Notice(row.key, Kind(row.kind), row.person, row.about, due, row.asked, row.also)
        return Claim(row.id, row.fence, notice, row.opaque, row.attempts)

    def next_due(self) -> datetime | None:
        """When the next notice is due that waits for the calendar."""
        waiting = select(func.min(NoticeRow.due)).where(
            NoticeRow.workspace == self._workspace, NoticeRow.state == State.PENDING, NoticeRow.due > AT_ONCE
        )
        return self._session.scalar(waiting)

    def sent(self, claim: Claim, *, conversation: str, ts: str, at: datetime) -> bool:
        """Slack has it: `ts` in `conversation`. False where the claim is no longer ours."""
        return self._settle(claim, state=State.SENT, conversation=conversation, ts=ts, sent_at=at, reason=None)

    def later(self, claim: Claim, *, not_before: datetime, reason: str) -> bool:
        """Try again at `not_before` (stopwatch); `reason` is a code, never a text."""
        return self._settle(claim, state=State.PENDING, not_before=not_before, reason=reason)

    def drop(self, claim: Claim, *, reason: str) -> bool:
        """There is nothing left to say."""
        return self._settle(claim, state=State.DROPPED, reason=reason)

    def fail(self, claim: Claim, *, reason: str) -> bool:
        """It can never arrive."""
        return self._settle(claim, state=State.FAILED, reason=reason)

    def counts(self) -> dict[State, int]:
        """How many notices are in each state."""
        rows = self._session.execute(
            select(NoticeRow.state, func.count())
            .where(NoticeRow.workspace == self._workspace)
            .group_by(NoticeRow.state)
        )
        return {State(state): count for state, count in rows}

    def _settle(self, claim: Claim, **values: Any) -> bool:
        # SQLite may give an erased notice's id to another one; what names it to Slack is never given twice.
        ours = (NoticeRow.id == claim.id, NoticeRow.opaque == claim.opaque, NoticeRow.fence == claim.fence)
        result = self._session.execute(
            update(NoticeRow)
            .where(*ours, NoticeRow.state == State.SENDING)
            .values(lease_until=None, **values)
            .returning(NoticeRow.id)
        )
        return result.scalar() is not None
