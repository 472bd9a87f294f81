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

from storage.repository import WORKSPACE_PARAM
from storage.tables import OutboxRow

IMMEDIATELY = datetime(1970, 1, 1, tzinfo=UTC)
"""When what is owed at once is due."""
_AT_ONCE = literal(IMMEDIATELY, OutboxRow.due.type)


class DeliveryState(StrEnum):
    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    STALE = "stale"
    UNKNOWN = "unknown"
    UNDECIDED = "undecided"
    DROPPED = "dropped"
    FAILED = "failed"


KNOWN = select(OutboxRow.id).where(OutboxRow.workspace == WORKSPACE_PARAM, OutboxRow.key == bindparam("key"))
OF_KEY = select(OutboxRow).where(OutboxRow.workspace == WORKSPACE_PARAM, OutboxRow.key == bindparam("key"))
NEXT_DUE = select(func.min(OutboxRow.due)).where(
    OutboxRow.workspace == WORKSPACE_PARAM,
    OutboxRow.state.in_([DeliveryState.PENDING, DeliveryState.STALE]),
    OutboxRow.due > IMMEDIATELY,
)
COUNTS = select(OutboxRow.state, func.count()).where(OutboxRow.workspace == WORKSPACE_PARAM).group_by(OutboxRow.state)
NEWEST = select(func.max(OutboxRow.ts)).where(
    OutboxRow.workspace == WORKSPACE_PARAM,
    OutboxRow.person == bindparam("to"),
    OutboxRow.also == bindparam("together_with"),
    OutboxRow.state == DeliveryState.SENT,
    OutboxRow.conversation == bindparam("in_conversation"),
    OutboxRow.sent_at < bindparam("before"),
)
KINDS = select(OutboxRow.conversation, OutboxRow.ts, OutboxRow.kind).where(
    OutboxRow.workspace == WORKSPACE_PARAM,
    OutboxRow.person.in_(bindparam("people", expanding=True)),
    OutboxRow.ts.in_(bindparam("timestamps", expanding=True)),
)
LAST_OF = select(
    func.max(OutboxRow.ts).label("ts"),
    func.count(case((OutboxRow.state.in_([DeliveryState.SENDING, DeliveryState.UNKNOWN]), 1))).label("on_the_way"),
).where(
    OutboxRow.workspace == WORKSPACE_PARAM,
    OutboxRow.person == bindparam("to"),
    OutboxRow.kind.in_(bindparam("kinds", expanding=True)),
    OutboxRow.asked.is_(False),
    OutboxRow.id != bindparam("notice"),
    OutboxRow.lease_until.is_(None) | (OutboxRow.lease_until <= bindparam("claimed", type_=OutboxRow.lease_until.type)),
)
"""Of those that may be on the way, only what was claimed before: of two, one waits."""
CLAIM = (
    update(OutboxRow)
    .where(
        OutboxRow.id == bindparam("notice"),
        OutboxRow.state == bindparam("seen"),
        OutboxRow.fence == bindparam("of_fence"),
    )
    .values(
        state=DeliveryState.SENDING,
        fence=OutboxRow.fence + 1,
        attempts=OutboxRow.attempts + 1,
        lease_until=bindparam("until"),
        # What is in doubt may have arrived as it was before: it is as stale as it was, until it is known.
        stale=case(
            ((OutboxRow.state == DeliveryState.PENDING) | OutboxRow.ts.is_not(None), False), else_=OutboxRow.stale
        ),
        tried_at=case(
            (OutboxRow.state == DeliveryState.PENDING, bindparam("now", type_=OutboxRow.tried_at.type)),
            else_=OutboxRow.tried_at,
        ),
    )
    .returning(OutboxRow)
)
GO = update(OutboxRow).where(
    OutboxRow.id == bindparam("notice"),
    OutboxRow.opaque == bindparam("named"),
    OutboxRow.fence == bindparam("of_fence"),
)
"""Sets the columns for which it is given values. SQLite may give an erased notice's id to another one; what names it to
Slack is never given twice.
"""
SETTLE = GO.where(OutboxRow.state == DeliveryState.SENDING)
SENT = SETTLE.values(state=case((OutboxRow.stale, DeliveryState.STALE), else_=DeliveryState.SENT))
CURRENT = SETTLE.values(
    state=case((OutboxRow.stale, DeliveryState.STALE), else_=bindparam("becomes", type_=OutboxRow.state.type)),
    due=case((OutboxRow.stale, _AT_ONCE), else_=bindparam("wakes", type_=OutboxRow.due.type)),
    again_at=case((OutboxRow.stale, OutboxRow.again_at), else_=bindparam("anew", type_=OutboxRow.again_at.type)),
)
DROPPED = SETTLE.values(
    state=case(
        (OutboxRow.stale & OutboxRow.ts.is_not(None), DeliveryState.STALE),
        (OutboxRow.stale, DeliveryState.PENDING),
        else_=DeliveryState.DROPPED,
    ),
    again_at=case((OutboxRow.stale, OutboxRow.again_at), else_=None),
)
CHANGE = update(OutboxRow).where(OutboxRow.id == bindparam("notice"))
"""Sets the columns for which it is given values."""

COMING = frozenset({DeliveryState.PENDING, DeliveryState.SENDING, DeliveryState.UNKNOWN})
TENDED = frozenset({DeliveryState.STALE, DeliveryState.SENDING})
"""What is there is brought up to date."""
NOT_YET_SENT: dict[str, Any] = {
    "state": DeliveryState.PENDING,
    "ts": None,
    "owed_at": None,
    "not_before": None,
    "lease_until": None,
    "attempts": 0,
    "told_in": None,
    "stale": False,
    "again_at": None,
}
_IS_CURRENT = OutboxRow.state.in_([DeliveryState.SENT, DeliveryState.DROPPED, DeliveryState.FAILED]) | (
    (OutboxRow.state == DeliveryState.STALE) & (OutboxRow.due == OutboxRow.again_at)
)
_AT_REST = OutboxRow.ts.is_not(None) & _IS_CURRENT
_OUTDATED: dict[str, Any] = {
    "stale": True,
    "state": case((_AT_REST, DeliveryState.STALE), else_=OutboxRow.state),
    "due": case((_AT_REST, _AT_ONCE), else_=OutboxRow.due),
    "attempts": case((_AT_REST, 0), else_=OutboxRow.attempts),
}
NEEDED_ANEW = CHANGE.values(
    **_OUTDATED,
    again_at=case(
        (OutboxRow.ts.is_not(None), bindparam("anew", type_=OutboxRow.again_at.type)), else_=OutboxRow.again_at
    ),
)
"""Where it is being posted at this moment, that is new enough."""
OUTDATE_ALL = (
    update(OutboxRow).where(OutboxRow.workspace == bindparam("of"), OutboxRow.stays.is_not(None)).values(**_OUTDATED)
)
OUTDATE = OUTDATE_ALL.where(OutboxRow.stays.in_(bindparam("cohorts", expanding=True)))


def _search(*, replies_only: bool, excluding: bool) -> Select[Any]:
    """The next notice to be posted: what is in doubt or was left behind, then what waits."""
    return _firsts(
        excluding,
        (
            (DeliveryState.UNKNOWN, _WAITED),
            (DeliveryState.SENDING, _LEFT & OutboxRow.ts.is_(None)),
            (DeliveryState.PENDING, _DUE & _WAITED),
        ),
        (True,) if replies_only else (True, False),
    )


def _search_posted(*, excluding: bool) -> Select[Any]:
    """The next one that is to be brought up to date."""
    return _firsts(
        excluding,
        ((DeliveryState.SENDING, _LEFT & OutboxRow.ts.is_not(None)), (DeliveryState.STALE, _DUE & _WAITED)),
        (True, False),
    )


_STOPWATCH = bindparam("stopwatch", type_=OutboxRow.not_before.type)
_WAITED = OutboxRow.not_before.is_(None) | (OutboxRow.not_before <= _STOPWATCH)
_LEFT = OutboxRow.lease_until < _STOPWATCH
_DUE = OutboxRow.due <= bindparam("calendar", type_=OutboxRow.due.type)


def _firsts(
    excluding: bool, ready: Sequence[tuple[DeliveryState, ColumnElement[bool]]], lanes: Sequence[bool]
) -> Select[Any]:
    """The first of all these, each part of it the first row of an index."""
    parts = enumerate((asked, state, condition) for asked in lanes for state, condition in ready)
    firsts = [_first(state, asked, condition, rank, excluding=excluding) for rank, (asked, state, condition) in parts]
    found = union_all(*(select(first.subquery()) for first in firsts)).subquery()
    return select(found.c.id, found.c.state, found.c.fence).order_by(found.c.rank).limit(1)


def _first(
    state: DeliveryState, asked: bool, condition: ColumnElement[bool], rank: int, *, excluding: bool
) -> Select[int, str, int, int]:
    spared: BindParameter[str] = bindparam("sparing", expanding=True)
    rows = select(OutboxRow.id, OutboxRow.state, OutboxRow.fence, literal(rank).label("rank")).where(
        OutboxRow.workspace == WORKSPACE_PARAM,
        OutboxRow.state == state,
        OutboxRow.asked.is_(asked),
        condition,
    )
    if excluding:
        rows = rows.where(OutboxRow.person.not_in(spared), OutboxRow.also.not_in(spared))
    return rows.order_by(OutboxRow.due, OutboxRow.id).limit(1)


SEARCH, SEARCH_ASKED, SEARCH_POSTED = (
    {excluding: statement(excluding=excluding) for excluding in (True, False)}
    for statement in (partial(_search, replies_only=False), partial(_search, replies_only=True), _search_posted)
)
"""Each with people who are passed over, and without: mostly there are none, and a list is written out every time."""
