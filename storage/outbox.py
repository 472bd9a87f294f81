"""The transactional outbox: what we owe people, claimed by one deliverer at a time.

pending → sending → sent, or dropped (there was nothing left to say), or failed (it can never arrive). Where nobody can
say whether Slack took it, it is unknown until somebody has looked; what looking does not tell is undecided. A claim
carries a lease and a fence: a deliverer that died is taken over after its lease, and its late word then counts no more.

What stays (`STAYS`) is stale whenever what it shows has changed since it was sent: stale → sending → sent, and again.
However much changes meanwhile, it is written once more; doing that twice is harmless, so nobody needs to look.
"""

import secrets
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    Update,
    bindparam,
    case,
    func,
    literal,
    select,
    union_all,
    update,
)

from mentoring.outcome import STAYS, Kind, Notice
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
    STALE = "stale"
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

    With a `ts` it has been posted there, and is to be brought up to date. `former` are posts of it in that
    conversation that are to be taken away.
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
    ts: str | None = None
    former: tuple[str, ...] = ()


class Outbox(Shelf):
    def owe(self, notice: Notice, *, at: datetime | None = None) -> None:
        """Owe `notice` since `at` (stopwatch), unless something with its key is owed or was delivered already.

        What stays and is owed for another day is posted anew.
        """
        stays = notice.about["cohort"] if notice.kind in STAYS else None
        is_new = self._add(
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
            opaque=_name(),
            stays=stays,
            stale=False,
            former=(),
        )
        if stays and not is_new:
            self._owe_again(notice, at)

    def _owe_again(self, notice: Notice, at: datetime | None) -> None:
        row, day = self._run(_OF_KEY, key=notice.key).one(), notice.about.get("day")
        if day is None or row.about.get("day") == day:
            return
        if row.ts is None and row.state in _COMING:
            self._connection.execute(_CHANGE, {"notice": row.id, "about": dict(notice.about)})
            return
        new = {
            **_NOT_YET_SENT,
            "about": dict(notice.about),
            "asked": notice.asked,
            "due": notice.due or AT_ONCE,
            "owed_at": at,
            "fence": row.fence + 1,
            "opaque": _name(),
            "former": (*row.former, row.ts) if row.ts else row.former,
        }
        self._connection.execute(_CHANGE, {"notice": row.id, **new})

    def outdate(self, cohort_ids: Iterable[str] | None = None) -> None:
        """What stays about these cohorts, or about whatever there is, shows what is not so any more."""
        if cohort_ids is None:
            self._connection.execute(_OUTDATE_ALL, {"of": self._workspace})
        else:
            self._connection.execute(_OUTDATE, {"of": self._workspace, "cohorts": sorted(cohort_ids)})

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
        posted: bool = False,
    ) -> Claim | None:
        """The next notice due by `calendar`: what people asked for first, then the longest owed. None: nothing is
        due. With `posted` the next of those that are to be brought up to date, else of those that are to be posted.

        People in `sparing` (Slack user ids) are passed over. Each step of the search is the first row of an index.
        """
        search = _SEARCH_POSTED if posted else _SEARCH_ASKED if asked_only else _SEARCH
        for _ in range(_TRIES):
            found = self._next(search, calendar, stopwatch, sorted(sparing))
            if found is None:
                return None
            seen = {"notice": found.id, "seen": found.state, "of_fence": found.fence}
            row = self._connection.execute(_CLAIM, {**seen, "now": stopwatch, "until": stopwatch + lease}).first()
            if row is not None:
                return _claim(row, in_doubt=row.ts is None and found.state != State.PENDING)
        return None  # others are quicker; they do what we would

    def is_due(self, *, calendar: datetime, stopwatch: datetime, posted: bool = False) -> bool:
        """Whether there is something to claim, whoever it is for."""
        return self._next(_SEARCH_POSTED if posted else _SEARCH, calendar, stopwatch, []) is not None

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
        values = {"conversation": conversation, "ts": ts, "sent_at": at, "reason": None}
        if claim.former:
            return self._settle(claim, state=State.STALE, **values)
        return self._settle(claim, _SENT, **values)

    def is_current(self, claim: Claim) -> bool:
        """What had been posted shows what is the case, and nothing else of it is there. False as for `sent`."""
        return self._settle(claim, _SENT, former=(), reason=None)

    def is_gone(self, claim: Claim, *, due: datetime, reason: str) -> bool:
        """What had been posted is not to be changed any more: it is posted anew, from `due` (calendar) on."""
        return self._settle(claim, **{**_NOT_YET_SENT, "due": due, "opaque": _name(), "reason": reason})

    def later(self, claim: Claim, *, not_before: datetime, reason: str, counts: bool = True) -> bool:
        """It did not arrive; try again at `not_before` (stopwatch). `reason` is a code, never a text; what was not even
        tried does not count as an attempt.
        """
        attempts = claim.attempts if counts else claim.attempts - 1
        return self._settle(claim, state=_waiting(claim), not_before=not_before, reason=reason, attempts=attempts)

    def wait(self, claim: Claim, *, until: datetime, reason: str) -> bool:
        """It is not the moment: due anew at `until` (calendar). That was no attempt."""
        return self._settle(claim, state=_waiting(claim), due=until, reason=reason, attempts=claim.attempts - 1)

    def doubt(self, claim: Claim, *, not_before: datetime, reason: str) -> bool:
        """It may have arrived: to be looked for from `not_before` (stopwatch) on."""
        return self._settle(claim, state=State.UNKNOWN, not_before=not_before, reason=reason)

    def undecided(self, claim: Claim, *, reason: str) -> bool:
        """Looking does not tell whether it arrived."""
        return self._settle(claim, state=State.UNDECIDED, reason=reason)

    def drop(self, claim: Claim, *, reason: str) -> bool:
        """There is nothing left to say, unless something has changed meanwhile."""
        return self._settle(claim, _DROPPED, reason=reason)

    def fail(self, claim: Claim, *, reason: str) -> bool:
        """It can never arrive."""
        return self._settle(claim, state=State.FAILED, reason=reason)

    def counts(self) -> dict[State, int]:
        """How many notices are in each state."""
        return {State(state): count for state, count in self._run(_COUNTS)}

    def _next(self, search: Select[Any], calendar: datetime, stopwatch: datetime, sparing: list[str]) -> Any:
        return self._run(search, calendar=calendar, stopwatch=stopwatch, sparing=sparing).first()

    def _settle(self, claim: Claim, statement: Update | None = None, /, **values: Any) -> bool:
        settles = _SETTLE if statement is None else statement
        return self._connection.execute(settles, {**_ours(claim), "lease_until": None, **values}).rowcount == 1


_TRIES = 5

_KNOWN = select(NoticeRow.id).where(NoticeRow.workspace == HERE, NoticeRow.key == bindparam("key"))
_OF_KEY = select(NoticeRow).where(NoticeRow.workspace == HERE, NoticeRow.key == bindparam("key"))
_NEXT_DUE = select(func.min(NoticeRow.due)).where(
    NoticeRow.workspace == HERE, NoticeRow.state.in_([State.PENDING, State.STALE]), NoticeRow.due > AT_ONCE
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
        stale=False,
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
_SENT = _SETTLE.values(state=case((NoticeRow.stale, State.STALE), else_=State.SENT))
_DROPPED = _SETTLE.values(
    state=case(
        (NoticeRow.stale & NoticeRow.ts.is_not(None), State.STALE),
        (NoticeRow.stale, State.PENDING),
        else_=State.DROPPED,
    )
)
_CHANGE = update(NoticeRow).where(NoticeRow.id == bindparam("notice"))
"""Sets the columns for which it is given values."""

_COMING = frozenset({State.PENDING, State.SENDING, State.UNKNOWN})
_NOT_YET_SENT: dict[str, Any] = {
    "state": State.PENDING,
    "ts": None,
    "owed_at": None,
    "not_before": None,
    "lease_until": None,
    "attempts": 0,
    "told_in": None,
    "stale": False,
}
_AT_REST = NoticeRow.ts.is_not(None) & NoticeRow.state.in_([State.SENT, State.DROPPED, State.FAILED])
_OUTDATE_ALL = (
    update(NoticeRow)
    .where(NoticeRow.workspace == bindparam("of"), NoticeRow.stays.is_not(None))
    .values(
        stale=True,
        state=case((_AT_REST, State.STALE), else_=NoticeRow.state),
        due=case((_AT_REST, literal(AT_ONCE, NoticeRow.due.type)), else_=NoticeRow.due),
        attempts=case((_AT_REST, 0), else_=NoticeRow.attempts),
    )
)
_OUTDATE = _OUTDATE_ALL.where(NoticeRow.stays.in_(bindparam("cohorts", expanding=True)))


def _name() -> str:
    """What names a message to Slack."""
    return secrets.token_hex(16)


def _waiting(claim: Claim) -> State:
    return State.STALE if claim.ts else State.PENDING


def _ours(claim: Claim) -> dict[str, Any]:
    return {"notice": claim.id, "named": claim.opaque, "of_fence": claim.fence}


def _search(*, asked_only: bool) -> Select[Any]:
    """The next notice to be posted: what is in doubt or was left behind, then what waits."""
    return _firsts(
        (
            (State.UNKNOWN, _WAITED),
            (State.SENDING, _LEFT & NoticeRow.ts.is_(None)),
            (State.PENDING, _DUE & _WAITED),
        ),
        (True,) if asked_only else (True, False),
    )


def _search_posted() -> Select[Any]:
    """The next one that is to be brought up to date."""
    return _firsts(((State.SENDING, _LEFT & NoticeRow.ts.is_not(None)), (State.STALE, _DUE & _WAITED)), (True, False))


_STOPWATCH = bindparam("stopwatch", type_=NoticeRow.not_before.type)
_WAITED = NoticeRow.not_before.is_(None) | (NoticeRow.not_before <= _STOPWATCH)
_LEFT = NoticeRow.lease_until < _STOPWATCH
_DUE = NoticeRow.due <= bindparam("calendar", type_=NoticeRow.due.type)


def _firsts(ready: Sequence[tuple[State, ColumnElement[bool]]], lanes: Sequence[bool]) -> Select[Any]:
    """The first of all these, each part of it the first row of an index."""
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


_SEARCH, _SEARCH_ASKED, _SEARCH_POSTED = _search(asked_only=False), _search(asked_only=True), _search_posted()


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
        ts=row.ts,
        former=row.former,
    )
