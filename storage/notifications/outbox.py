"""The notification queue: each notification is sent once and claimed by one worker at a time.

pending → sending → sent, or dropped (obsolete), or failed (for good). After an attempt whose result is not known, a
notification is unknown; if a search does not tell whether it arrived, it is undecided. A claim has a lease and a fence:
a worker that died is replaced after its lease, and its late result is ignored.
"""

import secrets
from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, Update

from mentoring.core.outcome import Notification, NotificationKind
from storage.notifications import outbox_statements as statements
from storage.notifications.claim import Claim, claim_from
from storage.notifications.outbox_statements import IMMEDIATELY, DeliveryState
from storage.repository import Repository
from storage.tables import OutboxRow

SKEW = timedelta(minutes=1)
"""By how much the stopwatches of two machines may differ."""
CLAIM_TRIES = 5


class Outbox(Repository):
    def enqueue(self, notification: Notification, *, at: datetime | None = None, live_view: str | None = None) -> None:
        """Add `notification`, enqueued `at` (stopwatch), unless its key is known. `live_view` is the view it posts."""
        self._insert(
            OutboxRow,
            key=notification.key,
            kind=notification.kind,
            recipient=notification.recipient,
            second_recipient=notification.second_recipient,
            refs=dict(notification.refs),
            state=DeliveryState.PENDING,
            is_reply=notification.is_reply,
            due=notification.due or IMMEDIATELY,
            enqueued_at=at,
            fence=0,
            attempts=0,
            correlation_id=new_correlation_id(),
            live_view=live_view,
        )

    def contains(self, key: str) -> bool:
        """Whether a notification with this key waits or was delivered."""
        return self._scalar(statements.KNOWN, key=key) is not None

    def claim(
        self,
        *,
        calendar: datetime,
        stopwatch: datetime,
        lease: timedelta,
        replies_only: bool = False,
        excluding: Collection[str] = (),
    ) -> Claim | None:
        """The next notification due by `calendar`: replies first, then by due time. None: nothing is due.

        Skips people in `excluding` (Slack user ids). Each step of the search is the first row of an index.
        """
        search = statements.SEARCH_REPLIES if replies_only else statements.SEARCH
        for _ in range(CLAIM_TRIES):
            found = self._next(search, calendar, stopwatch, excluding)
            if found is None:
                return None
            seen = {"row_id": found.id, "seen": found.state, "of_fence": found.fence}
            row = self._connection.execute(
                statements.CLAIM, {**seen, "now": stopwatch, "until": stopwatch + lease}
            ).first()
            if row is not None:
                due = None if row.due == IMMEDIATELY else row.due
                return claim_from(row, due, is_unknown=found.state != DeliveryState.PENDING)
        return None  # other workers are faster, and do the same work

    def is_due(self, *, calendar: datetime, stopwatch: datetime) -> bool:
        """Whether there is something to claim, for any recipient."""
        return self._next(statements.SEARCH, calendar, stopwatch) is not None

    def next_due(self) -> datetime | None:
        """When the next notification is due that waits for the calendar."""
        moment: datetime | None = self._scalar(statements.NEXT_DUE)
        return moment

    def sent_before(self, claim: Claim, conversation: str) -> str | None:
        """Slack's timestamp of the newest message in `conversation` that was sent before the first attempt of `claim`;
        None where none is known.
        """
        notification = claim.notification
        where = {
            "to": notification.recipient,
            "together_with": notification.second_recipient,
            "in_conversation": conversation,
        }
        ts: str | None = self._scalar(statements.NEWEST, **where, before=claim.first_attempt_at - SKEW)
        return ts

    def last_of(self, kinds: Collection[NotificationKind], claim: Claim) -> tuple[datetime | None, bool]:
        """When the recipient of `claim` last got one of these kinds by itself (on Slack's calendar, None: never), and
        whether another one was claimed before `claim` and may still reach them.
        """
        others = {"to": claim.notification.recipient, "kinds": sorted(kinds)}
        last = self._execute(statements.LAST_OF, **others, row_id=claim.id, claimed=claim.lease_until).one()
        return (datetime.fromtimestamp(float(last.ts), UTC) if last.ts else None), bool(last.on_the_way)

    def told_on(self, kinds: Collection[NotificationKind]) -> dict[str, date]:
        """By application id, the last `refs["day"]` of the notifications of these kinds. Older ones had none."""
        told: dict[str, date] = {}
        for refs in self._execute(statements.REFS_OF, kinds=sorted(kinds)).scalars():
            day = date.fromisoformat(refs.get("day", date.min.isoformat()))
            told[refs["application"]] = max(day, told.get(refs["application"], date.min))
        return told

    def kinds(self, people: Collection[str], timestamps: Collection[str]) -> dict[tuple[str, str], NotificationKind]:
        """The kinds of what was sent to `people` under these Slack timestamps, by conversation and timestamp."""
        found = self._execute(statements.KINDS, people=sorted(people), timestamps=sorted(timestamps))
        return {(row.conversation, row.ts): NotificationKind(row.kind) for row in found}

    def set_conversation(self, claim: Claim, conversation: str) -> None:
        """Save the conversation to which it is about to be posted."""
        self._connection.execute(statements.SET, {**_parameters(claim), "conversation": conversation})

    def mark_sent(self, claim: Claim, *, conversation: str, ts: str, at: datetime) -> bool:
        """Slack received it as `ts` in `conversation`. Returns False if the claim is no longer valid."""
        values = {"conversation": conversation, "ts": ts, "sent_at": at, "reason": None}
        return self._record(claim, state=DeliveryState.SENT, **values)

    def retry_at(self, claim: Claim, *, retry_at: datetime, reason: str, counts: bool = True) -> bool:
        """Try again at `retry_at` (stopwatch). `reason` is a code, never a text. With `counts` False, this claim does
        not count as an attempt.
        """
        attempts = claim.attempts if counts else claim.attempts - 1
        return self._record(claim, state=DeliveryState.PENDING, retry_at=retry_at, reason=reason, attempts=attempts)

    def postpone(self, claim: Claim, *, until: datetime, reason: str) -> bool:
        """Postpone it until `until` (calendar). This claim does not count as an attempt."""
        attempts = claim.attempts - 1
        return self._record(claim, state=DeliveryState.PENDING, due=until, reason=reason, attempts=attempts)

    def mark_unknown(self, claim: Claim, *, retry_at: datetime, reason: str) -> bool:
        """It may have arrived: search for it from `retry_at` (stopwatch) on."""
        return self._record(claim, state=DeliveryState.UNKNOWN, retry_at=retry_at, reason=reason)

    def mark_undecided(self, claim: Claim, *, reason: str) -> bool:
        """A search does not tell whether it arrived."""
        return self._record(claim, state=DeliveryState.UNDECIDED, reason=reason)

    def mark_dropped(self, claim: Claim, *, reason: str) -> bool:
        """Its text is obsolete."""
        return self._record(claim, statements.DROP, reason=reason)

    def mark_failed(self, claim: Claim, *, reason: str) -> bool:
        """It failed permanently."""
        return self._record(claim, state=DeliveryState.FAILED, reason=reason)

    def counts(self) -> dict[DeliveryState, int]:
        """How many notifications are in each state."""
        return {DeliveryState(state): count for state, count in self._execute(statements.COUNTS)}

    def _next(
        self,
        search: Mapping[bool, Select[Any]],
        calendar: datetime,
        stopwatch: datetime,
        excluding: Collection[str] = (),
    ) -> Any:
        excluded = {"excluding": sorted(excluding)} if excluding else {}
        return self._execute(search[bool(excluding)], calendar=calendar, stopwatch=stopwatch, **excluded).first()

    def _record(self, claim: Claim, statement: Update = statements.RECORD, /, **values: Any) -> bool:
        settled = {**_parameters(claim), "lease_until": None, **values}
        return self._connection.execute(statement, settled).rowcount == 1


def _parameters(claim: Claim) -> dict[str, Any]:
    """Statement parameters that find its row only while the claim is still valid."""
    return {"row_id": claim.id, "named": claim.correlation_id, "of_fence": claim.fence}


def new_correlation_id() -> str:
    """A random id that identifies a message to Slack and reveals nothing about it."""
    return secrets.token_hex(16)
