"""The notification queue: each notification is sent once and claimed by one worker at a time.

pending → sending → sent, or dropped (obsolete), or failed (for good). After an attempt whose result is not known, a
notification is unknown; if a search does not tell whether it arrived, it is undecided. A carried notification that
was postponed may travel as a line of another message to the same person, and is then carried.

A claim has a lease and a fence: a worker that died is replaced after its lease, and its late result is ignored.
"""

import logging
import secrets
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, Update

from mentoring.core.outcome import Notification, NotificationKind
from mentoring.matching.told import ToldBefore
from storage.notifications import outbox_statements as statements
from storage.notifications.claim import Claim, Line, claim_from
from storage.notifications.outbox_statements import IMMEDIATELY, UNREADABLE, DeliveryState
from storage.repository import Repository
from storage.tables import OutboxRow

log = logging.getLogger(__name__)

SKEW = timedelta(minutes=1)
"""By how much the stopwatches of two machines may differ."""
CLAIM_TRIES = 5
UNREADABLE_WAIT = timedelta(hours=1)
"""How long a row waits whose kind this version of the program does not know."""


@dataclass(frozen=True)
class FailingDelivery:
    """A notification, or the update of a live view, whose last try failed for a cause of ours. It is tried again at
    `retry_at` (stopwatch); `id` is the notification's, and `reason` a code.
    """

    id: int
    kind: str
    attempts: int
    reason: str
    retry_at: datetime | None


_MOST_AT_ONCE = 500
"""People in one query."""


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
        return self._scalar(statements.STATE, key=key) is not None

    def is_unsent(self, key: str) -> bool:
        """Whether the notification with this key is still to be sent."""
        return self._scalar(statements.STATE, key=key) in statements.UNSENT

    def was_dropped(self, key: str) -> bool:
        """Whether the notification with this key was obsolete when it was to be sent."""
        return bool(self._scalar(statements.STATE, key=key) == DeliveryState.DROPPED)

    def may_have_arrived(self, key: str) -> bool:
        """Whether the notification with this key was sent, or may have been."""
        return self._scalar(statements.STATE, key=key) in statements.PERHAPS_SENT

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
        tries = CLAIM_TRIES
        while tries and (found := self._next(search, calendar, stopwatch, excluding)):
            seen = {"row_id": found.id, "seen": found.state, "of_fence": found.fence}
            row = self._connection.execute(
                statements.CLAIM, {**seen, "now": stopwatch, "until": stopwatch + lease}
            ).first()
            if row is None:
                tries -= 1
                continue
            due = None if row.due == IMMEDIATELY else row.due
            is_unknown = found.state != DeliveryState.PENDING
            try:
                return claim_from(row, due, is_unknown=is_unknown)
            except ValueError:  # it must not hold up those behind it
                self._set_aside(row, stopwatch, is_unknown=is_unknown)
        return None  # nothing is due, or other workers are faster, and do the same work

    def _set_aside(self, row: Any, stopwatch: datetime, *, is_unknown: bool) -> None:
        """Keep a row that this version cannot read, and look at it again later."""
        values = {
            "state": DeliveryState.UNKNOWN if is_unknown else DeliveryState.PENDING,
            "retry_at": stopwatch + UNREADABLE_WAIT,
            "reason": UNREADABLE,
            "lease_until": None,
        }
        of = {"row_id": row.id, "named": row.correlation_id, "of_fence": row.fence}
        self._connection.execute(statements.SET, {**of, **values})
        log.error("Notification %s has a kind that this version does not know: %s", row.id, row.kind)

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

    def of_partnership(
        self, person: str, partnership: str, kinds: Collection[NotificationKind]
    ) -> tuple[dict[NotificationKind, datetime], frozenset[NotificationKind]]:
        """When `person` (a Slack user id) last got each of `kinds` about a partnership (an id), on Slack's calendar,
        and the kinds about it that are still to be sent.
        """
        found = [
            (NotificationKind(row.kind), row)
            for row in self._execute(statements.HISTORY, to=person, kinds=sorted(kinds))
            if row.refs.get("partnership") == partnership
        ]
        sent = sorted((float(row.ts), kind) for kind, row in found if row.ts and row.state == DeliveryState.SENT)
        sent_at = {kind: datetime.fromtimestamp(ts, UTC) for ts, kind in sent}
        return sent_at, frozenset(kind for kind, row in found if row.state in statements.UNSENT)

    def sent_about(self, people: Iterable[str], kinds: Collection[NotificationKind]) -> dict[str, list[datetime]]:
        """When each of `people` (Slack user ids) got one of `kinds`, by the id of the partnership that it is about, on
        Slack's calendar.
        """
        found: dict[str, list[datetime]] = {}
        wanted = sorted(set(people))
        for start in range(0, len(wanted), _MOST_AT_ONCE):
            some = wanted[start : start + _MOST_AT_ONCE]
            for row in self._execute(statements.SENT_TO, people=some, kinds=sorted(kinds)):
                at = datetime.fromtimestamp(float(row.ts), UTC)
                found.setdefault(row.refs.get("partnership", ""), []).append(at)
        return found

    def sent_to(
        self, people: Collection[str], kinds: Collection[NotificationKind], since: datetime, until: datetime
    ) -> list[tuple[str, NotificationKind, dict[str, str]]]:
        """What came by itself to `people` (Slack user ids) from `since` until `until`, on Slack's calendar: to whom, of
        which of `kinds`, and its refs.
        """
        between = {"since": f"{since.timestamp():.6f}", "until": f"{until.timestamp():.6f}"}
        rows = self._execute(statements.SENT_BETWEEN, people=sorted(people), kinds=sorted(kinds), **between)
        return [(row.recipient, NotificationKind(row.kind), row.refs) for row in rows]

    def sent_since(self, person: str, since: datetime) -> frozenset[NotificationKind]:
        """The kinds that `person` (a Slack user id) got since then, on Slack's calendar."""
        rows = self._execute(statements.SENT_LATELY, to=person)
        return frozenset(NotificationKind(row.kind) for row in rows if float(row.ts) >= since.timestamp())

    def has_unsent(self, kind: NotificationKind, person: str) -> bool:
        """Whether a notification of this kind waits to be sent to `person` (a Slack user id)."""
        return any(row.state in statements.UNSENT for row in self._execute(statements.HISTORY, to=person, kinds=[kind]))

    def has_newer(self, row_id: int, notification: Notification, about: Collection[str]) -> bool:
        """Whether a newer notification than this row, of the same kind and equal in the refs named `about`, waits for
        the same person or has reached them.
        """
        subject = [notification.refs.get(name) for name in about]
        return any(
            row.id > row_id and [row.refs.get(name) for name in about] == subject
            for row in self._execute(statements.HISTORY, to=notification.recipient, kinds=[notification.kind])
        )

    def told_before(self, kinds: Collection[NotificationKind]) -> ToldBefore:
        """What people were told by the notifications of these kinds, each about an application (`refs`). One that was
        dropped has told nothing; one that failed is not tried again by itself.
        """
        last: dict[str, date] = {}
        times: Counter[tuple[str, str]] = Counter()
        for row in self._execute(statements.TOLD, kinds=sorted(kinds)):
            if row.state == DeliveryState.DROPPED:
                continue
            day = date.fromisoformat(row.refs.get("day", date.min.isoformat()))  # older ones had none
            last[row.refs["application"]] = max(day, last.get(row.refs["application"], date.min))
            if row.state not in statements.NEVER_SENT:
                times[row.recipient, row.refs.get("cohort", "")] += 1
        return ToldBefore(last, times)

    def kinds(self, people: Collection[str], timestamps: Collection[str]) -> dict[tuple[str, str], NotificationKind]:
        """The kinds of what was sent to `people` under these Slack timestamps, by conversation and timestamp."""
        found = self._execute(statements.KINDS, people=sorted(people), timestamps=sorted(timestamps))
        return {(row.conversation, row.ts): NotificationKind(row.kind) for row in found}

    def set_conversation(self, claim: Claim, conversation: str) -> None:
        """Save the conversation to which it is about to be posted."""
        self._connection.execute(statements.SET, {**_parameters(claim), "conversation": conversation})

    def set_file(self, claim: Claim, file_id: str) -> None:
        """Save Slack's id of the file that it is about to share."""
        self._connection.execute(statements.SET, {**_parameters(claim), "file_id": file_id})

    def mark_sent(
        self, claim: Claim, *, conversation: str, ts: str | None, at: datetime, has_lines: bool = False
    ) -> bool:
        """Slack received it as `ts` (None: Slack does not tell yet) in `conversation`, with or without lines. Returns
        False if the claim is no longer valid.
        """
        values = {"conversation": conversation, "ts": ts, "sent_at": at, "reason": None}
        return self._record(claim, state=DeliveryState.SENT, **values) and self._with_lines(
            claim, is_settled=True, if_any=has_lines or claim.is_unknown
        )

    def retry_at(self, claim: Claim, *, retry_at: datetime, reason: str, counts: bool = True) -> bool:
        """Try again at `retry_at` (stopwatch). `reason` is a code, never a text. With `counts` False, this claim does
        not count as an attempt.
        """
        attempts = claim.attempts if counts else claim.attempts - 1
        values = {"retry_at": retry_at, "reason": reason, "attempts": attempts}
        return self._record(claim, state=DeliveryState.PENDING, **values) and self._with_lines(claim, is_settled=False)

    def postpone(self, claim: Claim, *, until: datetime, reason: str) -> bool:
        """Postpone it until `until` (calendar). This claim does not count as an attempt."""
        attempts = claim.attempts - 1
        values = {"due": until, "reason": reason, "attempts": attempts}
        return self._record(claim, state=DeliveryState.PENDING, **values) and self._with_lines(
            claim, is_settled=False, if_any=claim.is_unknown
        )

    def mark_unknown(self, claim: Claim, *, retry_at: datetime, reason: str) -> bool:
        """It may have arrived: search for it from `retry_at` (stopwatch) on."""
        return self._record(claim, state=DeliveryState.UNKNOWN, retry_at=retry_at, reason=reason)

    def mark_undecided(self, claim: Claim, *, reason: str) -> bool:
        """A search does not tell whether it arrived, with the lines that travel with it."""
        return self._record(claim, state=DeliveryState.UNDECIDED, reason=reason) and self._with_lines(
            claim, is_settled=True
        )

    def mark_dropped(self, claim: Claim, *, reason: str) -> bool:
        """Its text is obsolete."""
        return self._record(claim, statements.DROP, reason=reason) and self._with_lines(
            claim, is_settled=False, if_any=claim.is_unknown
        )

    def mark_failed(self, claim: Claim, *, reason: str) -> bool:
        """It failed permanently."""
        return self._record(claim, state=DeliveryState.FAILED, reason=reason) and self._with_lines(
            claim, is_settled=False
        )

    def lines(self, claim: Claim, kinds: Collection[NotificationKind], most: int) -> tuple[Line, ...]:
        """The notifications of `kinds` that were postponed and can travel with `claim`, oldest first.

        Those that an earlier attempt has taken are among them.
        """
        if not claim.may_carry:
            return ()
        where = {"to": claim.notification.recipient, "kinds": sorted(kinds), "carrier": claim.correlation_id}
        found = self._execute(statements.LINES, **where, most=most)
        return tuple(
            Line(row.id, Notification(row.key, NotificationKind(row.kind), row.recipient, row.refs), row.enqueued_at)
            for row in found
        )

    def take_lines(self, claim: Claim, lines: Collection[int]) -> bool:
        """Let `lines` (ids) travel with `claim`. Returns False if one has gone, or if the claim is no longer valid."""
        self._with_lines(claim, is_settled=False)
        if self._scalar(statements.FENCE, row_id=claim.id, named=claim.correlation_id) != claim.fence:
            return False
        values = {**self._lines_of(claim), "ids": list(lines), "carried_by": claim.correlation_id}
        return self._connection.execute(statements.TAKE_LINES, values).rowcount == len(lines)

    def _with_lines(self, claim: Claim, *, is_settled: bool, if_any: bool = True) -> bool:
        """Settle the lines that travel with `claim`, or release them, unless it surely has none. Returns True."""
        if if_any and claim.may_carry:
            statement = statements.SETTLE_LINES if is_settled else statements.RELEASE_LINES
            self._connection.execute(statement, {**self._lines_of(claim), "carrier": claim.correlation_id})
        return True

    def _lines_of(self, claim: Claim) -> dict[str, Any]:
        return {"of_workspace": self._workspace, "to": claim.notification.recipient}

    def failing(self) -> list[FailingDelivery]:
        """The deliveries whose last try failed for a cause of ours and that are tried again."""
        return [
            FailingDelivery(*row)
            for statement in (statements.FAILING, statements.FAILING_VIEWS)
            for row in self._execute(statement)
        ]

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
