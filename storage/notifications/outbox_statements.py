"""The statements of the outbox, each built once, and its states."""

from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
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
from storage.tables import LiveViewRow, OutboxRow

IMMEDIATELY = datetime(1970, 1, 1, tzinfo=UTC)
"""The due time of a notification without one."""


class DeliveryState(StrEnum):
    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"
    UNDECIDED = "undecided"
    CARRIED = "carried"
    DROPPED = "dropped"
    FAILED = "failed"


NEVER_SENT = (DeliveryState.DROPPED, DeliveryState.FAILED)
UNSENT = (DeliveryState.PENDING, DeliveryState.SENDING, DeliveryState.UNKNOWN)
PERHAPS_SENT = (DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.UNKNOWN, DeliveryState.UNDECIDED)


UNEXPECTED, UNRENDERED, UNREADABLE = "unexpected", "could-not-be-written", "unknown-kind"
"""Reasons of a try that failed for a cause of ours: an unexpected error, an error in rendering, and a kind that this
version does not know, which a newer one has left.
"""
_OURS = UNEXPECTED, UNRENDERED, UNREADABLE

FENCE = select(OutboxRow.fence).where(
    OutboxRow.id == bindparam("row_id"), OutboxRow.correlation_id == bindparam("named")
)
STATE = select(OutboxRow.state).where(OutboxRow.workspace == WORKSPACE_PARAM, OutboxRow.key == bindparam("key"))
NEXT_DUE = select(func.min(OutboxRow.due)).where(
    OutboxRow.workspace == WORKSPACE_PARAM,
    OutboxRow.state == DeliveryState.PENDING,
    OutboxRow.due > IMMEDIATELY,
    OutboxRow.carried_by.is_(None),
)
COUNTS = select(OutboxRow.state, func.count()).where(OutboxRow.workspace == WORKSPACE_PARAM).group_by(OutboxRow.state)
FAILING = select(OutboxRow.id, OutboxRow.kind, OutboxRow.attempts, OutboxRow.reason, OutboxRow.retry_at).where(
    OutboxRow.workspace == WORKSPACE_PARAM,
    OutboxRow.state.in_(UNSENT),
    OutboxRow.reason.in_(_OURS),
)
FAILING_VIEWS = select(
    LiveViewRow.post_id.label("id"), LiveViewRow.kind, LiveViewRow.attempts, LiveViewRow.reason, LiveViewRow.retry_at
).where(
    LiveViewRow.workspace == WORKSPACE_PARAM,
    LiveViewRow.state != "current",
    LiveViewRow.reason.in_(_OURS),
)
NEWEST = select(func.max(OutboxRow.ts)).where(
    OutboxRow.workspace == WORKSPACE_PARAM,
    OutboxRow.recipient == bindparam("to"),
    OutboxRow.second_recipient == bindparam("together_with"),
    OutboxRow.state == DeliveryState.SENT,
    OutboxRow.conversation == bindparam("in_conversation"),
    OutboxRow.sent_at < bindparam("before"),
)
KINDS = select(OutboxRow.conversation, OutboxRow.ts, OutboxRow.kind).where(
    OutboxRow.workspace == WORKSPACE_PARAM,
    OutboxRow.recipient.in_(bindparam("people", expanding=True)),
    OutboxRow.ts.in_(bindparam("timestamps", expanding=True)),
)
TOLD = select(OutboxRow.recipient, OutboxRow.state, OutboxRow.refs).where(
    OutboxRow.workspace == WORKSPACE_PARAM, OutboxRow.kind.in_(bindparam("kinds", expanding=True))
)
SENT_TO = select(OutboxRow.refs, OutboxRow.ts).where(
    OutboxRow.workspace == WORKSPACE_PARAM,
    OutboxRow.recipient.in_(bindparam("people", expanding=True)),
    OutboxRow.kind.in_(bindparam("kinds", expanding=True)),
    OutboxRow.state == DeliveryState.SENT,
    OutboxRow.ts.is_not(None),
)
SENT_BETWEEN = select(OutboxRow.recipient, OutboxRow.kind, OutboxRow.refs).where(
    OutboxRow.workspace == WORKSPACE_PARAM,
    OutboxRow.recipient.in_(bindparam("people", expanding=True)),
    OutboxRow.kind.in_(bindparam("kinds", expanding=True)),
    OutboxRow.state == DeliveryState.SENT,
    OutboxRow.is_reply.is_(False),
    OutboxRow.ts >= bindparam("since"),  # Slack's timestamps have the same number of digits until the year 2286
    OutboxRow.ts < bindparam("until"),
)
SENT_LATELY = (
    select(OutboxRow.kind, OutboxRow.ts)
    .where(
        OutboxRow.workspace == WORKSPACE_PARAM,
        OutboxRow.recipient == bindparam("to"),
        OutboxRow.state == DeliveryState.SENT,
        OutboxRow.ts.is_not(None),
    )
    .order_by(OutboxRow.id.desc())
    .limit(50)
)
HISTORY = select(OutboxRow.id, OutboxRow.kind, OutboxRow.refs, OutboxRow.state, OutboxRow.ts).where(
    OutboxRow.workspace == WORKSPACE_PARAM,
    OutboxRow.recipient == bindparam("to"),
    OutboxRow.kind.in_(bindparam("kinds", expanding=True)),
    OutboxRow.state.in_((*UNSENT, DeliveryState.SENT, DeliveryState.CARRIED)),
)
LAST_OF = select(
    func.max(OutboxRow.ts).label("ts"),
    func.count(case((OutboxRow.state.in_([DeliveryState.SENDING, DeliveryState.UNKNOWN]), 1))).label("on_the_way"),
).where(
    OutboxRow.workspace == WORKSPACE_PARAM,
    OutboxRow.recipient == bindparam("to"),
    OutboxRow.kind.in_(bindparam("kinds", expanding=True)),
    OutboxRow.is_reply.is_(False),
    OutboxRow.id != bindparam("row_id"),
    OutboxRow.lease_until.is_(None) | (OutboxRow.lease_until <= bindparam("claimed", type_=OutboxRow.lease_until.type)),
)
"""Counts only those that were claimed before: if two are in flight, the later one waits."""
_VIEW_REVISION = (
    select(LiveViewRow.revision)
    .where(LiveViewRow.workspace == OutboxRow.workspace, LiveViewRow.key == OutboxRow.live_view)
    .scalar_subquery()
)
CLAIM = (
    update(OutboxRow)
    .where(
        OutboxRow.id == bindparam("row_id"),
        OutboxRow.state == bindparam("seen"),
        OutboxRow.fence == bindparam("of_fence"),
    )
    .values(
        state=DeliveryState.SENDING,
        fence=OutboxRow.fence + 1,
        attempts=OutboxRow.attempts + 1,
        lease_until=bindparam("until"),
        # An unknown attempt may have arrived with the text of its own time, so both keep what the first attempt set.
        view_revision=case((OutboxRow.state == DeliveryState.PENDING, _VIEW_REVISION), else_=OutboxRow.view_revision),
        first_attempt_at=case(
            (OutboxRow.state == DeliveryState.PENDING, bindparam("now", type_=OutboxRow.first_attempt_at.type)),
            else_=OutboxRow.first_attempt_at,
        ),
    )
    .returning(OutboxRow)
)
SET = update(OutboxRow).where(
    OutboxRow.id == bindparam("row_id"),
    OutboxRow.correlation_id == bindparam("named"),
    OutboxRow.fence == bindparam("of_fence"),
)
"""Updates the columns for which values are given. SQLite may reuse the id of an erased row; a correlation id is never
reused.
"""
_LINES = (
    OutboxRow.workspace == bindparam("of_workspace"),
    OutboxRow.recipient == bindparam("to"),
    OutboxRow.state == DeliveryState.PENDING,
)
_TAKEN = OutboxRow.carried_by == bindparam("carrier")
LINES = (
    select(OutboxRow.id, OutboxRow.key, OutboxRow.kind, OutboxRow.recipient, OutboxRow.refs, OutboxRow.enqueued_at)
    .where(
        OutboxRow.workspace == WORKSPACE_PARAM,
        OutboxRow.recipient == bindparam("to"),
        OutboxRow.state == DeliveryState.PENDING,
        OutboxRow.kind.in_(bindparam("kinds", expanding=True)),
        (OutboxRow.carried_by.is_(None) & OutboxRow.reason.is_not(None)) | _TAKEN,
    )
    .order_by(OutboxRow.id)
    .limit(bindparam("most", type_=Integer))
)
"""Only those that had to wait: what was enqueued just now goes by itself first."""
TAKE_LINES = update(OutboxRow).where(*_LINES, OutboxRow.id.in_(bindparam("ids", expanding=True)))
SETTLE_LINES = update(OutboxRow).where(*_LINES, _TAKEN).values(state=DeliveryState.CARRIED)
RELEASE_LINES = update(OutboxRow).where(*_LINES, _TAKEN).values(carried_by=None)
RECORD = SET.where(OutboxRow.state == DeliveryState.SENDING)
DROP = RECORD.values(
    state=case((OutboxRow.view_revision != _VIEW_REVISION, DeliveryState.PENDING), else_=DeliveryState.DROPPED)
)
"""The post of a view that changed while it was rendered is rendered again."""


def _search(*, replies_only: bool, excluding: bool) -> Select[Any]:
    """The next notification to send: unknown ones and those of dead workers, then what waits."""
    ready: Sequence[tuple[DeliveryState, ColumnElement[bool]]] = (
        (DeliveryState.UNKNOWN, _WAITED),
        (DeliveryState.SENDING, OutboxRow.lease_until < _STOPWATCH),
        (DeliveryState.PENDING, _DUE & _WAITED & OutboxRow.carried_by.is_(None)),
    )
    lanes = (True,) if replies_only else (True, False)
    parts = enumerate((is_reply, state, condition) for is_reply in lanes for state, condition in ready)
    firsts = [_first(state, is_reply, condition, rank, excluding) for rank, (is_reply, state, condition) in parts]
    found = union_all(*(select(first.subquery()) for first in firsts)).subquery()
    return select(found.c.id, found.c.state, found.c.fence).order_by(found.c.rank).limit(1)


_STOPWATCH = bindparam("stopwatch", type_=OutboxRow.retry_at.type)
_WAITED = OutboxRow.retry_at.is_(None) | (OutboxRow.retry_at <= _STOPWATCH)
_DUE = OutboxRow.due <= bindparam("calendar", type_=OutboxRow.due.type)


def _first(
    state: DeliveryState, is_reply: bool, condition: ColumnElement[bool], rank: int, excluding: bool
) -> Select[int, str, int, int]:
    """The first row of an index."""
    excluded: BindParameter[str] = bindparam("excluding", expanding=True)
    rows = select(OutboxRow.id, OutboxRow.state, OutboxRow.fence, literal(rank).label("rank")).where(
        OutboxRow.workspace == WORKSPACE_PARAM,
        OutboxRow.state == state,
        OutboxRow.is_reply.is_(is_reply),
        condition,
    )
    if excluding:
        rows = rows.where(OutboxRow.recipient.not_in(excluded), OutboxRow.second_recipient.not_in(excluded))
    return rows.order_by(OutboxRow.due, OutboxRow.id).limit(1)


SEARCH, SEARCH_REPLIES = (
    {excluding: statement(excluding=excluding) for excluding in (True, False)}
    for statement in (partial(_search, replies_only=False), partial(_search, replies_only=True))
)
"""By whether people are excluded: usually none are, and the SQL of a list is generated on every call."""
