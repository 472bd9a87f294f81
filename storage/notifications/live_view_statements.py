"""The statements of the live views, each built once, and their states."""

from enum import StrEnum

from sqlalchemy import bindparam, case, func, literal, select, update

from storage.notifications.outbox_statements import IMMEDIATELY, UNSENT, DeliveryState
from storage.repository import WORKSPACE_PARAM
from storage.tables import LiveViewRow, OutboxRow


class LiveViewState(StrEnum):
    CURRENT = "current"
    STALE = "stale"
    UPDATING = "updating"


OF_KEY = select(LiveViewRow).where(LiveViewRow.workspace == WORKSPACE_PARAM, LiveViewRow.key == bindparam("view"))
_VIEW = LiveViewRow.workspace == bindparam("of"), LiveViewRow.key == bindparam("view")
_AT_ONCE = literal(IMMEDIATELY, LiveViewRow.due.type)
_IS_CURRENT = (LiveViewRow.state == LiveViewState.CURRENT) & LiveViewRow.ts.is_not(None)
MARK_STALE = (
    update(LiveViewRow)
    .where(LiveViewRow.workspace == bindparam("of"))
    .values(
        revision=LiveViewRow.revision + 1,
        state=case((_IS_CURRENT, LiveViewState.STALE), else_=LiveViewRow.state),
        due=case((_IS_CURRENT, _AT_ONCE), else_=LiveViewRow.due),
        attempts=case((_IS_CURRENT, 0), else_=LiveViewRow.attempts),
    )
)
MARK_STALE_SUBJECTS = MARK_STALE.where(
    LiveViewRow.kind == bindparam("of_kind"), LiveViewRow.subject.in_(bindparam("subjects", expanding=True))
)
MARK_STALE_OF_READERS = MARK_STALE_SUBJECTS.where(LiveViewRow.recipient.in_(bindparam("readers", expanding=True)))
MARK_STALE_KINDS = MARK_STALE.where(LiveViewRow.kind.in_(bindparam("kinds", expanding=True)))
MARK_STALE_ABOUT = MARK_STALE.where(LiveViewRow.subject.in_(bindparam("subjects", expanding=True)))
MARK_STALE_KEY = MARK_STALE.where(LiveViewRow.key == bindparam("view"))

_STOPWATCH = bindparam("stopwatch", type_=LiveViewRow.retry_at.type)
SEARCH = (
    select(LiveViewRow.key, LiveViewRow.state, LiveViewRow.fence)
    .where(
        LiveViewRow.workspace == WORKSPACE_PARAM,
        LiveViewRow.ts.is_not(None),
        LiveViewRow.recipient.not_in(bindparam("excluding", expanding=True)),
        (
            (LiveViewRow.state == LiveViewState.STALE)
            & (LiveViewRow.due <= bindparam("calendar", type_=LiveViewRow.due.type))
            & (LiveViewRow.retry_at.is_(None) | (LiveViewRow.retry_at <= _STOPWATCH))
        )
        | ((LiveViewRow.state == LiveViewState.UPDATING) & (LiveViewRow.lease_until < _STOPWATCH)),
    )
    .order_by(LiveViewRow.due, LiveViewRow.key)
    .limit(1)
)
CLAIM = (
    update(LiveViewRow)
    .where(*_VIEW, LiveViewRow.state == bindparam("seen"), LiveViewRow.fence == bindparam("of_fence"))
    .values(
        state=LiveViewState.UPDATING,
        fence=LiveViewRow.fence + 1,
        attempts=LiveViewRow.attempts + 1,
        lease_until=bindparam("until"),
        rendered_revision=LiveViewRow.revision,
    )
    .returning(LiveViewRow)
)
NEXT_DUE = select(func.min(LiveViewRow.due)).where(
    LiveViewRow.workspace == WORKSPACE_PARAM,
    LiveViewRow.state == LiveViewState.STALE,
    LiveViewRow.due > IMMEDIATELY,
)
COUNT_STALE = select(func.count()).where(
    LiveViewRow.workspace == WORKSPACE_PARAM, LiveViewRow.state != LiveViewState.CURRENT
)
RECORD = update(LiveViewRow).where(
    *_VIEW,
    LiveViewRow.correlation_id == bindparam("named"),
    LiveViewRow.fence == bindparam("of_fence"),
    LiveViewRow.state == LiveViewState.UPDATING,
)
"""Updates the columns for which values are given."""
CURRENT = RECORD.values(
    state=case(
        (LiveViewRow.revision == LiveViewRow.rendered_revision, LiveViewState.CURRENT), else_=LiveViewState.STALE
    ),
    due=IMMEDIATELY,
    attempts=0,
)
SHOW_POST = (
    update(LiveViewRow)
    .where(*_VIEW)
    .values(
        fence=LiveViewRow.fence + 1,
        lease_until=None,
        retry_at=None,
        reason=None,
        attempts=0,
        due=IMMEDIATELY,
        state=case(
            (LiveViewRow.revision == bindparam("shown"), bindparam("at_best", type_=LiveViewRow.state.type)),
            else_=LiveViewState.STALE,
        ),
    )
)
_POST = OutboxRow.workspace == bindparam("of"), OutboxRow.live_view == bindparam("view")
COMING = select(OutboxRow.id, OutboxRow.state).where(
    OutboxRow.workspace == WORKSPACE_PARAM,
    OutboxRow.live_view == bindparam("view"),
    OutboxRow.state.in_(UNSENT),
)
SET_REFS = update(OutboxRow).where(OutboxRow.id == bindparam("row_id"))
REPLACE_POSTS = (
    update(OutboxRow)
    .where(*_POST, OutboxRow.state.in_([DeliveryState.FAILED, DeliveryState.UNDECIDED]))
    .values(state=DeliveryState.DROPPED, report_id=None)
)
DROP_POSTS = (
    update(OutboxRow)
    .where(*_POST, OutboxRow.state == DeliveryState.PENDING)
    .values(state=DeliveryState.DROPPED, reason=bindparam("why"))
)
_ROW = OutboxRow.id == bindparam("row_id"), OutboxRow.workspace == bindparam("of")
ARRIVED = (
    update(OutboxRow)
    .where(*_ROW, OutboxRow.live_view == bindparam("view"), OutboxRow.state == DeliveryState.FAILED)
    .values(state=DeliveryState.SENT, reason=None, report_id=None)
)
FAIL_POST = update(OutboxRow).where(*_ROW).values(state=DeliveryState.FAILED, reason=bindparam("why"))
