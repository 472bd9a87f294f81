"""The transactional outbox: what we owe people, claimed by one deliverer at a time.

pending → sending → sent, or dropped (there was nothing left to say), or failed (it can never arrive). Where nobody can
say whether Slack took it, it is unknown until somebody has looked; what looking does not tell is undecided. A claim
carries a lease and a fence: a deliverer that died is taken over after its lease, and its late word then counts no more.
"""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, case, func, literal, select, union_all, update

from mentoring.outcome import Kind, Notice
from storage.shelf import Shelf
from storage.statements import HERE
from storage.tables import NoticeRow

AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)
"""When what is owed at once is due."""
SKEW = timedelta(minutes=1)
"""How far the stopwatches of two machines may be apart."""


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
    """A notice that is ours to deliver until `lease_until` (stopwatch). `opaque` names it to Slack and says nothing.

    `owed_at` (stopwatch) is since when it is owed, as far as we know. `in_doubt`: an earlier attempt, the first of
    them at `tried_at` (stopwatch), may have arrived. `conversation` is where an attempt would have put it that had to
    open it.
    """

    id: int
    fence: int
    notice: Notice
    opaque: str
    attempts: int
    lease_until: datetime
    tried_at: datetime
    owed_at: datetime
    in_doubt: bool = False
    conversation: str | None = None


class Outbox(Shelf):
    def owe(self, notice: Notice, *, at: datetime | None = None) -> None:
        """Owe `notice` since `at` (stopwatch), unless something with its key is owed or was delivered already."""
        self._add(
            NoticeRow,
            key=notice.key,
            kind=notice.kind,
            person=notice.to,
            also=notice.also,
            about=dict(notice.about),
            state=State.PENDING,
            asked=notice.asked,
            due=notice.due or AT_ONCE,
            owed_at=at,
            fence=0,
            attempts=0,
            opaque=secrets.token_hex(16),
        )

    def knows(self, key: str) -> bool:
        """Whether something with this key is owed or was delivered."""
        return self._first(_KNOWN, key=key) is not None

    def claim(
        self,
        *,
        calendar: datetime,
        stopwatch: datetime,
        lease: timedelta,
        asked_only: bool = False,
        sparing: Collection[str] = (),
    ) -> Claim | None:
        """The next notice due by `calendar`: what people asked for first, then the longest owed. None: nothing is
        due.

        People in `sparing` (Slack user ids) are passed over. Each step of the search is the first row of an index.
        """
        for _ in range(_TRIES):
            found = self._next(calendar, stopwatch, asked_only, sorted(sparing))
            if found is None:
                return None
            seen = {"notice": found.id, "seen": found.state, "of_fence": found.fence}
            row = self._connection.execute(_CLAIM, {**seen, "now": stopwatch, "until": stopwatch + lease}).first()
            if row is not None:
                return _claim(row, in_doubt=found.state != State.PENDING)
        return None  # others are quicker; they do what we would

    def is_due(self, *, calendar: datetime, stopwatch: datetime) -> bool:
        """Whether there is something to claim, whoever it is for."""
        return self._next(calendar, stopwatch, False, []) is not None

    def next_due(self) -> datetime | None:
        """When the next notice is due that waits for the calendar."""
        moment: datetime | None = self._first(_NEXT_DUE)
        return moment

    def sent_before(self, claim: Claim, conversation: str) -> str | None:
        """Slack's timestamp of the newest message in `conversation` of which we know that it came before the first
        attempt of `claim`; None where we know of none.
        """
        where = {"to": claim.notice.to, "together_with": claim.notice.also, "in_conversation": conversation}
        ts: str | None = self._first(_NEWEST, **where, before=claim.tried_at - SKEW)
        return ts

    def goes_to(self, claim: Claim, conversation: str) -> None:
        """It is about to be put into `conversation`."""
        self._connection.execute(_GO, {**_ours(claim), "conversation": conversation})

    def sent(self, claim: Claim, *, conversation: str, ts: str, at: datetime) -> bool:
        """Slack has it: `ts` in `conversation`. False where the claim is no longer ours."""
        return self._settle(claim, state=State.SENT, conversation=conversation, ts=ts, sent_at=at, reason=None)

    def later(self, claim: Claim, *, not_before: datetime, reason: str, counts: bool = True) -> bool:
        """It did not arrive; try again at `not_before` (stopwatch). `reason` is a code, never a text; what was not even
        tried does not count as an attempt.
        """
        attempts = claim.attempts if counts else claim.attempts - 1
        return self._settle(claim, state=State.PENDING, not_before=not_before, reason=reason, attempts=attempts)

    def wait(self, claim: Claim, *, until: datetime, reason: str) -> bool:
        """It is not the moment: due anew at `until` (calendar). That was no attempt."""
        return self._settle(claim, state=State.PENDING, due=until, reason=reason, attempts=claim.attempts - 1)

    def doubt(self, claim: Claim, *, not_before: datetime, reason: str) -> bool:
        """It may have arrived: to be looked for from `not_before` (stopwatch) on."""
        return self._settle(claim, state=State.UNKNOWN, not_before=not_before, reason=reason)

    def undecided(self, claim: Claim, *, reason: str) -> bool:
        """Looking does not tell whether it arrived."""
        return self._settle(claim, state=State.UNDECIDED, reason=reason)

    def drop(self, claim: Claim, *, reason: str) -> bool:
        """There is nothing left to say."""
        return self._settle(claim, state=State.DROPPED, reason=reason)

    def fail(self, claim: Claim, *, reason: str) -> bool:
        """It can never arrive."""
        return self._settle(claim, state=State.FAILED, reason=reason)

    def counts(self) -> dict[State, int]:
        """How many notices are in each state."""
        return {State(state): count for state, count in self._run(_COUNTS)}

    def _next(self, calendar: datetime, stopwatch: datetime, asked_only: bool, sparing: list[str]) -> Any:
        search = _SEARCH_ASKED if asked_only else _SEARCH
        return self._run(search, calendar=calendar, stopwatch=stopwatch, sparing=sparing).first()

    def _settle(self, claim: Claim, **values: Any) -> bool:
        return self._connection.execute(_SETTLE, {**_ours(claim), "lease_until": None, **values}).rowcount == 1


_TRIES = 5

_KNOWN = select(NoticeRow.id).where(NoticeRow.workspace == HERE, NoticeRow.key == bindparam("key"))
_NEXT_DUE = select(func.min(NoticeRow.due)).where(
    NoticeRow.workspace == HERE, NoticeRow.state == State.PENDING, NoticeRow.due > AT_ONCE
)
_COUNTS = select(NoticeRow.state, func.count()).where(NoticeRow.workspace == HERE).group_by(NoticeRow.state)
_NEWEST = select(func.max(NoticeRow.ts)).where(
    NoticeRow.workspace == HERE,
    NoticeRow.person == bindparam("to"),
    NoticeRow.also == bindparam("together_with"),
    NoticeRow.state == State.SENT,
    NoticeRow.conversation == bindparam("in_conversation"),
    NoticeRow.sent_at < bindparam("before"),
)
_CLAIM = (
    update(NoticeRow)
    .where(
        NoticeRow.id == bindparam("notice"),
        NoticeRow.state == bindparam("seen"),
        NoticeRow.fence == bindparam("of_fence"),
    )
    .values(
        state=State.SENDING,
        fence=NoticeRow.fence + 1,
        attempts=NoticeRow.attempts + 1,
        lease_until=bindparam("until"),
        tried_at=case(
            (NoticeRow.state == State.PENDING, bindparam("now", type_=NoticeRow.tried_at.type)),
            else_=NoticeRow.tried_at,
        ),
    )
    .returning(NoticeRow)
)
_GO = update(NoticeRow).where(
    NoticeRow.id == bindparam("notice"),
    NoticeRow.opaque == bindparam("named"),
    NoticeRow.fence == bindparam("of_fence"),
)
"""Sets the columns for which it is given values. SQLite may give an erased notice's id to another one; what names it to
Slack is never given twice.
"""
_SETTLE = _GO.where(NoticeRow.state == State.SENDING)


def _ours(claim: Claim) -> dict[str, Any]:
    return {"notice": claim.id, "named": claim.opaque, "of_fence": claim.fence}


def _search(*, asked_only: bool) -> Select[Any]:
    """The next notice, each part of it the first row of an index: what is in doubt or was left behind, then what
    waits.
    """
    stopwatch = bindparam("stopwatch", type_=NoticeRow.not_before.type)
    waited = NoticeRow.not_before.is_(None) | (NoticeRow.not_before <= stopwatch)
    ready: tuple[tuple[State, ColumnElement[bool]], ...] = (
        (State.UNKNOWN, waited),
        (State.SENDING, NoticeRow.lease_until < stopwatch),
        (State.PENDING, (NoticeRow.due <= bindparam("calendar", type_=NoticeRow.due.type)) & waited),
    )
    lanes = (True,) if asked_only else (True, False)
    parts = enumerate((asked, state, condition) for asked in lanes for state, condition in ready)
    firsts = [_first(state, asked, condition, rank) for rank, (asked, state, condition) in parts]
    found = union_all(*(select(first.subquery()) for first in firsts)).subquery()
    return select(found.c.id, found.c.state, found.c.fence).order_by(found.c.rank).limit(1)


def _first(state: State, asked: bool, condition: ColumnElement[bool], rank: int) -> Select[int, str, int, int]:
    sparing: BindParameter[str] = bindparam("sparing", expanding=True)
    rows = select(NoticeRow.id, NoticeRow.state, NoticeRow.fence, literal(rank).label("rank")).where(
        NoticeRow.workspace == HERE,
        NoticeRow.state == state,
        NoticeRow.asked.is_(asked),
        NoticeRow.person.not_in(sparing),
        NoticeRow.also.not_in(sparing),
        condition,
    )
    return rows.order_by(NoticeRow.due, NoticeRow.id).limit(1)


_SEARCH, _SEARCH_ASKED = _search(asked_only=False), _search(asked_only=True)


def _claim(row: Any, *, in_doubt: bool) -> Claim:
    due = None if row.due == AT_ONCE else row.due
    notice = Notice(row.key, Kind(row.kind), row.person, row.about, due, row.asked, row.also)
    tried_at = row.tried_at or row.lease_until
    return Claim(
        id=row.id,
        fence=row.fence,
        notice=notice,
        opaque=row.opaque,
        attempts=row.attempts,
        lease_until=row.lease_until,
        tried_at=tried_at,
        owed_at=row.owed_at or tried_at,
        in_doubt=in_doubt,
        conversation=row.conversation,
    )
