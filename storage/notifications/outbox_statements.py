"""What is asked of the outbox: its states, and its statements, each built once."""

from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    bindparam,
    case,
    func,
    literal,
    select,
    union_all,
    update,
)

from storage.repository import HERE
from storage.tables import NoticeRow

AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)
"""When what is owed at once is due."""
_AT_ONCE = literal(AT_ONCE, NoticeRow.due.type)


class State(StrEnum):
    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    STALE = "stale"
    UNKNOWN = "unknown"
    UNDECIDED = "undecided"
    DROPPED = "dropped"
    FAILED = "failed"


KNOWN = select(NoticeRow.id).where(NoticeRow.workspace == HERE, NoticeRow.key == bindparam("key"))
OF_KEY = select(NoticeRow).where(NoticeRow.workspace == HERE, NoticeRow.key == bindparam("key"))
NEXT_DUE = select(func.min(NoticeRow.due)).where(
    NoticeRow.workspace == HERE, NoticeRow.state.in_([State.PENDING, State.STALE]), NoticeRow.due > AT_ONCE
)
COUNTS = select(NoticeRow.state, func.count()).where(NoticeRow.workspace == HERE).group_by(NoticeRow.state)
NEWEST = select(func.max(NoticeRow.ts)).where(
    NoticeRow.workspace == HERE,
    NoticeRow.person == bindparam("to"),
    NoticeRow.also == bindparam("together_with"),
    NoticeRow.state == State.SENT,
    NoticeRow.conversation == bindparam("in_conversation"),
    NoticeRow.sent_at < bindparam("before"),
)
KINDS = select(NoticeRow.conversation, NoticeRow.ts, NoticeRow.kind).where(
    NoticeRow.workspace == HERE,
    NoticeRow.person.in_(bindparam("people", expanding=True)),
    NoticeRow.ts.in_(bindparam("timestamps", expanding=True)),
)
CLAIM = (
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
        # What is in doubt may have arrived as it was before: it is as stale as it was, until it is known.
        stale=case(((NoticeRow.state == State.PENDING) | NoticeRow.ts.is_not(None), False), else_=NoticeRow.stale),
        tried_at=case(
            (NoticeRow.state == State.PENDING, bindparam("now", type_=NoticeRow.tried_at.type)),
            else_=NoticeRow.tried_at,
        ),
    )
    .returning(NoticeRow)
)
GO = update(NoticeRow).where(
    NoticeRow.id == bindparam("notice"),
    NoticeRow.opaque == bindparam("named"),
    NoticeRow.fence == bindparam("of_fence"),
)
"""Sets the columns for which it is given values. SQLite may give an erased notice's id to another one; what names it to
Slack is never given twice.
"""
SETTLE = GO.where(NoticeRow.state == State.SENDING)
SENT = SETTLE.values(state=case((NoticeRow.stale, State.STALE), else_=State.SENT))
CURRENT = SETTLE.values(
    state=case((NoticeRow.stale, State.STALE), else_=bindparam("becomes", type_=NoticeRow.state.type)),
    due=case((NoticeRow.stale, _AT_ONCE), else_=bindparam("wakes", type_=NoticeRow.due.type)),
    again_at=case((NoticeRow.stale, NoticeRow.again_at), else_=bindparam("anew", type_=NoticeRow.again_at.type)),
)
DROPPED = SETTLE.values(
    state=case(
        (NoticeRow.stale & NoticeRow.ts.is_not(None), State.STALE),
        (NoticeRow.stale, State.PENDING),
        else_=State.DROPPED,
    ),
    again_at=case((NoticeRow.stale, NoticeRow.again_at), else_=None),
)
CHANGE = update(NoticeRow).where(NoticeRow.id == bindparam("notice"))
"""Sets the columns for which it is given values."""

COMING = frozenset({State.PENDING, State.SENDING, State.UNKNOWN})
TENDED = frozenset({State.STALE, State.SENDING})
"""What is there is brought up to date."""
NOT_YET_SENT: dict[str, Any] = {
    "state": State.PENDING,
    "ts": None,
    "owed_at": None,
    "not_before": None,
    "lease_until": None,
    "attempts": 0,
    "told_in": None,
    "stale": False,
    "again_at": None,
}
_IS_CURRENT = NoticeRow.state.in_([State.SENT, State.DROPPED, State.FAILED]) | (
    (NoticeRow.state == State.STALE) & (NoticeRow.due == NoticeRow.again_at)
)
_AT_REST = NoticeRow.ts.is_not(None) & _IS_CURRENT
_OUTDATED: dict[str, Any] = {
    "stale": True,
    "state": case((_AT_REST, State.STALE), else_=NoticeRow.state),
    "due": case((_AT_REST, _AT_ONCE), else_=NoticeRow.due),
    "attempts": case((_AT_REST, 0), else_=NoticeRow.attempts),
}
NEEDED_ANEW = CHANGE.values(
    **_OUTDATED,
    again_at=case(
        (NoticeRow.ts.is_not(None), bindparam("anew", type_=NoticeRow.again_at.type)), else_=NoticeRow.again_at
    ),
)
"""Where it is being posted at this moment, that is new enough."""
OUTDATE_ALL = (
    update(NoticeRow).where(NoticeRow.workspace == bindparam("of"), NoticeRow.stays.is_not(None)).values(**_OUTDATED)
)
OUTDATE = OUTDATE_ALL.where(NoticeRow.stays.in_(bindparam("cohorts", expanding=True)))


def _search(*, asked_only: bool, sparing: bool) -> Select[Any]:
    """The next notice to be posted: what is in doubt or was left behind, then what waits."""
    return _firsts(
        sparing,
        (
            (State.UNKNOWN, _WAITED),
            (State.SENDING, _LEFT & NoticeRow.ts.is_(None)),
            (State.PENDING, _DUE & _WAITED),
        ),
        (True,) if asked_only else (True, False),
    )


def _search_posted(*, sparing: bool) -> Select[Any]:
    """The next one that is to be brought up to date."""
    return _firsts(
        sparing,
        ((State.SENDING, _LEFT & NoticeRow.ts.is_not(None)), (State.STALE, _DUE & _WAITED)),
        (True, False),
    )


_STOPWATCH = bindparam("stopwatch", type_=NoticeRow.not_before.type)
_WAITED = NoticeRow.not_before.is_(None) | (NoticeRow.not_before <= _STOPWATCH)
_LEFT = NoticeRow.lease_until < _STOPWATCH
_DUE = NoticeRow.due <= bindparam("calendar", type_=NoticeRow.due.type)


def _firsts(sparing: bool, ready: Sequence[tuple[State, ColumnElement[bool]]], lanes: Sequence[bool]) -> Select[Any]:
    """The first of all these, each part of it the first row of an index."""
    parts = enumerate((asked, state, condition) for asked in lanes for state, condition in ready)
    firsts = [_first(state, asked, condition, rank, sparing=sparing) for rank, (asked, state, condition) in parts]
    found = union_all(*(select(first.subquery()) for first in firsts)).subquery()
    return select(found.c.id, found.c.state, found.c.fence).order_by(found.c.rank).limit(1)


def _first(
    state: State, asked: bool, condition: ColumnElement[bool], rank: int, *, sparing: bool
) -> Select[int, str, int, int]:
    spared: BindParameter[str] = bindparam("sparing", expanding=True)
    rows = select(NoticeRow.id, NoticeRow.state, NoticeRow.fence, literal(rank).label("rank")).where(
        NoticeRow.workspace == HERE,
        NoticeRow.state == state,
        NoticeRow.asked.is_(asked),
        condition,
    )
    if sparing:
        rows = rows.where(NoticeRow.person.not_in(spared), NoticeRow.also.not_in(spared))
    return rows.order_by(NoticeRow.due, NoticeRow.id).limit(1)


SEARCH, SEARCH_ASKED, SEARCH_POSTED = (
    {sparing: statement(sparing=sparing) for sparing in (True, False)}
    for statement in (partial(_search, asked_only=False), partial(_search, asked_only=True), _search_posted)
)
"""Each with people who are passed over, and without: mostly there are none, and a list is written out every time."""
