"""The transactional outbox: what we owe people, claimed by one deliverer at a time.

pending → sending → sent, or dropped (there was nothing left to say), or failed (it can never arrive). Where nobody can
say whether Slack took it, it is unknown until somebody has looked; what looking does not tell is undecided. A claim
carries a lease and a fence: a deliverer that died is taken over after its lease, and its late word then counts no more.

What stays (`is_live`) is stale whenever what it shows has changed since it was sent: stale → sending → sent, and
again. However much changes meanwhile, it is written once more; doing that twice is harmless, so nobody needs to look.
Where it is to be posted anew and that has to wait, what is there stays as current as ever: stale, until it is
`again_at`.
"""

import secrets
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Select, Update

from mentoring.core.outcome import Notification, NotificationKind
from mentoring.notifications.kinds import KIND_RULES
from storage.notifications import outbox_statements as statements
from storage.notifications.claim import Claim, claim_from
from storage.notifications.outbox_statements import IMMEDIATELY, DeliveryState
from storage.repository import Repository
from storage.tables import OutboxRow

SKEW = timedelta(minutes=1)
"""How far the stopwatches of two machines may be apart."""


class Outbox(Repository):
    def enqueue(self, notification: Notification, *, at: datetime | None = None) -> None:
        """Owe `notification` since `at` (stopwatch), unless something with its key is owed or was delivered already.

        What stays and is owed for another day is posted anew; where that waits for the reader's working hours, what is
        there stays current until then.
        """
        stays = notification.refs["cohort"] if KIND_RULES[notification.kind].is_live else None
        is_new = self._insert(
            OutboxRow,
            key=notification.key,
            kind=notification.kind,
            person=notification.recipient,
            also=notification.second_recipient,
            about=dict(notification.refs),
            state=DeliveryState.PENDING,
            asked=notification.is_reply,
            due=notification.due or IMMEDIATELY,
            owed_at=at,
            fence=0,
            attempts=0,
            opaque=_name(),
            stays=stays,
            stale=False,
            former=(),
        )
        if stays and not is_new:
            self._owe_again(notification, at)

    def _owe_again(self, notification: Notification, at: datetime | None) -> None:
        row, day = self._execute(statements.OF_KEY, key=notification.key).one(), notification.refs.get("day")
        if day is None or row.about.get("day") == day:
            return
        about = {"notice": row.id, "about": dict(notification.refs)}
        if row.state in (statements.TENDED if row.again_at else statements.COMING if row.ts is None else ()):
            self._connection.execute(statements.CHANGE, about)
            return
        if row.ts and notification.due:
            self._connection.execute(statements.NEEDED_ANEW, {**about, "anew": notification.due})
            return
        new = {
            **statements.NOT_YET_SENT,
            **about,
            "asked": notification.is_reply,
            "due": notification.due or IMMEDIATELY,
            "owed_at": at,
            "fence": row.fence + 1,
            "opaque": _name(),
            "former": (*row.former, row.ts) if row.ts else row.former,
        }
        self._connection.execute(statements.CHANGE, new)

    def mark_live_views_stale(self, cohort_ids: Iterable[str] | None = None) -> None:
        """What stays about these cohorts, or about whatever there is, shows what is not so any more."""
        if cohort_ids is None:
            self._connection.execute(statements.OUTDATE_ALL, {"of": self._workspace})
        else:
            self._connection.execute(statements.OUTDATE, {"of": self._workspace, "cohorts": sorted(cohort_ids)})

    def contains(self, key: str) -> bool:
        """Whether something with this key is owed or was delivered."""
        return self._scalar(statements.KNOWN, key=key) is not None

    def claim(
        self,
        *,
        calendar: datetime,
        stopwatch: datetime,
        lease: timedelta,
        replies_only: bool = False,
        excluding: Collection[str] = (),
        posted: bool = False,
    ) -> Claim | None:
        """The next notice due by `calendar`: what people asked for first, then the longest owed. None: nothing is
        due. With `posted` the next of those that are to be brought up to date, else of those that are to be posted.

        People in `excluding` (Slack user ids) are passed over. Each step of the search is the first row of an index.
        """
        search = statements.SEARCH_POSTED if posted else statements.SEARCH_ASKED if replies_only else statements.SEARCH
        for _ in range(_TRIES):
            found = self._next(search, calendar, stopwatch, excluding)
            if found is None:
                return None
            seen = {"notice": found.id, "seen": found.state, "of_fence": found.fence}
            row = self._connection.execute(
                statements.CLAIM, {**seen, "now": stopwatch, "until": stopwatch + lease}
            ).first()
            if row is not None:
                return claim_from(row, in_doubt=row.ts is None and found.state != DeliveryState.PENDING)
        return None  # others are quicker; they do what we would

    def is_due(self, *, calendar: datetime, stopwatch: datetime, posted: bool = False) -> bool:
        """Whether there is something to claim, whoever it is for."""
        return self._next(statements.SEARCH_POSTED if posted else statements.SEARCH, calendar, stopwatch) is not None

    def next_due(self) -> datetime | None:
        """When the next notice is due that waits for the calendar."""
        moment: datetime | None = self._scalar(statements.NEXT_DUE)
        return moment

    def sent_before(self, claim: Claim, conversation: str) -> str | None:
        """Slack's timestamp of the newest message in `conversation` of which we know that it came before the first
        attempt of `claim`; None where we know of none.
        """
        where = {
            "to": claim.notification.recipient,
            "together_with": claim.notification.second_recipient,
            "in_conversation": conversation,
        }
        ts: str | None = self._scalar(statements.NEWEST, **where, before=claim.first_attempt_at - SKEW)
        return ts

    def last_of(self, kinds: Collection[NotificationKind], claim: Claim) -> tuple[datetime | None, bool]:
        """When the recipient of `claim` last got one of these kinds by itself (on Slack's calendar, None: never), and
        whether another one was claimed before `claim` and may still reach them.
        """
        others = {"to": claim.notification.recipient, "kinds": sorted(kinds)}
        last = self._execute(statements.LAST_OF, **others, notice=claim.id, claimed=claim.lease_until).one()
        return (datetime.fromtimestamp(float(last.ts), UTC) if last.ts else None), bool(last.on_the_way)

    def kinds(self, people: Collection[str], timestamps: Collection[str]) -> dict[tuple[str, str], NotificationKind]:
        """Of what was sent to these people under these timestamps of Slack's: the kind of each, by its conversation and
        timestamp.
        """
        found = self._execute(statements.KINDS, people=sorted(people), timestamps=sorted(timestamps))
        return {(row.conversation, row.ts): NotificationKind(row.kind) for row in found}

    def set_conversation(self, claim: Claim, conversation: str) -> None:
        """It is about to be put into `conversation`."""
        self._connection.execute(statements.GO, {**claim.parameters(), "conversation": conversation})

    def mark_sent(self, claim: Claim, *, conversation: str, ts: str, at: datetime) -> bool:
        """Slack has it: `ts` in `conversation`. False where the claim is no longer ours."""
        values = {"conversation": conversation, "ts": ts, "sent_at": at, "reason": None}
        if claim.obsolete_posts:
            return self._settle(claim, state=DeliveryState.STALE, due=IMMEDIATELY, **values)
        return self._settle(claim, statements.SENT, **values)

    def mark_current(self, claim: Claim, *, again_at: datetime | None = None) -> bool:
        """What had been posted shows what is the case, and nothing else of it is there. It is needed anew from
        `again_at` (calendar) on; None: it is not. False as for `sent`.
        """
        then = {
            "becomes": DeliveryState.STALE if again_at else DeliveryState.SENT,
            "wakes": again_at or IMMEDIATELY,
            "anew": again_at,
        }
        return self._settle(claim, statements.CURRENT, **then, former=(), reason=None)

    def post_missing(self, claim: Claim, *, due: datetime, reason: str) -> bool:
        """What had been posted is not to be changed any more: it is posted anew, from `due` (calendar) on."""
        return self._anew(claim, due=due, reason=reason)

    def repost(self, claim: Claim) -> bool:
        """Now is the moment to post it again, below everything else; what had been posted is taken away then."""
        posts = (*claim.obsolete_posts, claim.ts) if claim.ts else claim.obsolete_posts
        return self._anew(claim, due=claim.repost_at or IMMEDIATELY, former=posts, reason=None)

    def retry_at(self, claim: Claim, *, not_before: datetime, reason: str, counts: bool = True) -> bool:
        """It did not arrive; try again at `not_before` (stopwatch). `reason` is a code, never a text; what was not even
        tried does not count as an attempt.
        """
        attempts = claim.attempts if counts else claim.attempts - 1
        return self._settle(claim, state=claim.waiting_state, not_before=not_before, reason=reason, attempts=attempts)

    def postpone(self, claim: Claim, *, until: datetime, reason: str) -> bool:
        """It is not the moment: due anew at `until` (calendar). That was no attempt. Until then what was there before
        stays current.
        """
        if claim.is_repost:
            return self._settle(claim, **claim.previous_post(), again_at=until, reason=reason)
        return self._settle(claim, state=claim.waiting_state, due=until, reason=reason, attempts=claim.attempts - 1)

    def mark_unknown(self, claim: Claim, *, not_before: datetime, reason: str) -> bool:
        """It may have arrived: to be looked for from `not_before` (stopwatch) on."""
        return self._settle(claim, state=DeliveryState.UNKNOWN, not_before=not_before, reason=reason)

    def mark_undecided(self, claim: Claim, *, reason: str) -> bool:
        """Looking does not tell whether it arrived."""
        return self._settle(claim, state=DeliveryState.UNDECIDED, reason=reason)

    def mark_dropped(self, claim: Claim, *, reason: str) -> bool:
        """There is nothing left to say, unless something has changed meanwhile. What was there before says so."""
        if claim.is_repost:
            return self._settle(claim, **claim.previous_post(), again_at=None, reason=reason)
        return self._settle(claim, statements.DROPPED, reason=reason)

    def mark_failed(self, claim: Claim, *, reason: str) -> bool:
        """It can never arrive."""
        return self._settle(claim, state=DeliveryState.FAILED, reason=reason)

    def counts(self) -> dict[DeliveryState, int]:
        """How many notices are in each state."""
        return {DeliveryState(state): count for state, count in self._execute(statements.COUNTS)}

    def _next(
        self,
        search: Mapping[bool, Select[Any]],
        calendar: datetime,
        stopwatch: datetime,
        excluding: Collection[str] = (),
    ) -> Any:
        spared = {"sparing": sorted(excluding)} if excluding else {}
        return self._execute(search[bool(excluding)], calendar=calendar, stopwatch=stopwatch, **spared).first()

    def _anew(self, claim: Claim, **values: Any) -> bool:
        return self._settle(claim, **{**statements.NOT_YET_SENT, "opaque": _name(), "former": (), **values})

    def _settle(self, claim: Claim, statement: Update | None = None, /, **values: Any) -> bool:
        settles = statements.SETTLE if statement is None else statement
        return self._connection.execute(settles, {**claim.parameters(), "lease_until": None, **values}).rowcount == 1


_TRIES = 5


def _name() -> str:
    """What names a message to Slack."""
    return secrets.token_hex(16)
