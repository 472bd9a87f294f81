"""Messages that show the newest state of their subject: posted once, then updated in place when it changes.

A view is posted through the outbox, as a notification of its own. Once that has arrived, the view goes current → stale
→ updating → current. However much changes meanwhile, it is rendered once more: `revision` counts the changes, and an
update that began with an older one leaves the view stale. Updating twice is harmless, so nothing is searched for. A
view that is wanted again on another day is posted again, below everything else, and the older post is deleted.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from mentoring.core.outcome import Notification, NotificationKind
from mentoring.notifications.kinds import KIND_RULES, LIVE_KINDS, Outdated, Subject
from storage.notifications import live_view_statements as statements
from storage.notifications.claim import Claim, UpdateClaim, update_claim_from
from storage.notifications.live_view_statements import LiveViewState
from storage.notifications.outbox import CLAIM_TRIES, UNREADABLE_WAIT, Outbox
from storage.notifications.outbox_statements import IMMEDIATELY, UNREADABLE, DeliveryState
from storage.repository import Repository
from storage.tables import LiveViewRow

_NAMES_MANY = (Subject.COHORT, Subject.REPORT, Subject.FILE_IMPORT, Subject.ANNOUNCEMENT)
_ABOUT_MANY = [kind for kind in LIVE_KINDS if KIND_RULES[kind].subject in _NAMES_MANY]


class LiveViews(Repository):
    def enqueue(self, notification: Notification, *, at: datetime | None = None) -> None:
        """Post the view of `notification`, or post it again if it has another `day`.

        `at` (stopwatch) is now. A post that waits already takes over the new day; one on its way is new enough.
        """
        view = self._view(notification.key)
        if view is None:
            self._insert(
                LiveViewRow,
                key=notification.key,
                kind=notification.kind,
                recipient=notification.recipient,
                refs=dict(notification.refs),
                subject=notification.refs[KIND_RULES[notification.kind].subject],
                state=LiveViewState.CURRENT,
                revision=0,
                rendered_revision=0,
                due=IMMEDIATELY,
                fence=0,
                attempts=0,
                posts=0,
                correlation_id="",
                obsolete_posts=(),
            )
            self._post(notification, 0, at)
            return
        day = notification.refs.get("day")
        if day is None or view.refs.get("day") == day:
            return
        refs = dict(notification.refs)
        coming = self._execute(statements.COMING, view=notification.key).first()
        if coming is None:
            self._post(notification, view.posts, at)
        elif coming.state != DeliveryState.SENDING:
            self._connection.execute(statements.SET_REFS, {"row_id": coming.id, "refs": refs})
        self._update(LiveViewRow, notification.key, refs=refs)
        self.update(notification.key)

    def mark_stale(self, kind: NotificationKind, views: Iterable[Outdated]) -> None:
        """Have these views of this kind rendered again; each has a subject."""
        readers: dict[tuple[str, ...] | None, list[str]] = defaultdict(list)
        for view in views:
            readers[view.readers].append(str(view.about))
        for people, subjects in readers.items():
            stale = {"of": self._workspace, "of_kind": kind, "subjects": sorted(subjects)}
            if people is None:
                self._connection.execute(statements.MARK_STALE_SUBJECTS, stale)
            else:
                self._connection.execute(statements.MARK_STALE_OF_READERS, {**stale, "readers": sorted(people)})

    def mark_stale_after_erasure(self, subjects: Iterable[str]) -> None:
        """Have all views rendered again that may name an erased person: those about these matches and partnerships, and
        those about other things.
        """
        self._connection.execute(statements.MARK_STALE_KINDS, {"of": self._workspace, "kinds": _ABOUT_MANY})
        self.mark_stale_about(subjects)

    def mark_stale_about(self, subjects: Iterable[str]) -> None:
        """Have all views about these ids rendered again."""
        self._connection.execute(statements.MARK_STALE_ABOUT, {"of": self._workspace, "subjects": sorted(subjects)})

    def update(self, key: str) -> None:
        """Have one view rendered again, at once."""
        self._connection.execute(statements.MARK_STALE_KEY, {"of": self._workspace, "view": key})

    def drop_posts(self, key: str, *, reason: str) -> None:
        """Do not post a view again that waits to be posted again."""
        self._connection.execute(statements.DROP_POSTS, {"view": key, "of": self._workspace, "why": reason})

    def claim(
        self, *, calendar: datetime, stopwatch: datetime, lease: timedelta, excluding: Collection[str] = ()
    ) -> UpdateClaim | None:
        """The next stale view due by `calendar` whose message is there. Skips recipients in `excluding`."""
        tries = CLAIM_TRIES
        while tries and (found := self._next(calendar, stopwatch, excluding)):
            seen = {"view": found.key, "of": self._workspace, "seen": found.state, "of_fence": found.fence}
            row = self._connection.execute(statements.CLAIM, {**seen, "until": stopwatch + lease}).first()
            if row is None:
                tries -= 1
                continue
            try:
                return update_claim_from(row)
            except ValueError:  # it must not hold up those behind it
                self._set_aside(row, stopwatch)
        return None  # nothing is due, or other workers are faster, and do the same work

    def _set_aside(self, row: Any, stopwatch: datetime) -> None:
        """Keep a view that this version cannot read, and look at it again later."""
        of = {"of": self._workspace, "view": row.key, "named": row.correlation_id, "of_fence": row.fence}
        values = {"state": LiveViewState.STALE, "retry_at": stopwatch + UNREADABLE_WAIT, "reason": UNREADABLE}
        self._connection.execute(statements.RECORD, {**of, **values, "lease_until": None})

    def is_due(self, *, calendar: datetime, stopwatch: datetime) -> bool:
        """Whether there is something to claim."""
        return self._next(calendar, stopwatch) is not None

    def next_due(self) -> datetime | None:
        """When the next stale view is due that waits for the calendar."""
        moment: datetime | None = self._scalar(statements.NEXT_DUE)
        return moment

    def count_stale(self) -> int:
        """How many posted views do not show the newest state yet."""
        return int(self._scalar(statements.COUNT_STALE))

    def show_post(self, claim: Claim, *, conversation: str, ts: str) -> None:
        """The post of a view has arrived: from now on this message is updated, and the one before is deleted."""
        view = self._view(claim.live_view)
        if view is None:
            return
        obsolete = (*view.obsolete_posts, view.ts) if view.ts else view.obsolete_posts
        self._connection.execute(
            statements.SHOW_POST,
            {
                "of": self._workspace,
                "view": view.key,
                "shown": claim.view_revision,
                "post_id": claim.id,
                "correlation_id": claim.correlation_id,
                "conversation": conversation,
                "ts": ts,
                "obsolete_posts": obsolete,
                "at_best": LiveViewState.STALE if obsolete else LiveViewState.CURRENT,
            },
        )

    def mark_current(self, claim: UpdateClaim) -> bool:
        """Its message shows the state that the update began with, and nothing older is there. False where the claim is
        no longer valid.
        """
        if not self._record(statements.CURRENT, claim, obsolete_posts=(), reason=None):
            return False
        self._connection.execute(statements.ARRIVED, {"row_id": claim.id, "view": claim.key, "of": self._workspace})
        return True

    def mark_dropped(self, claim: UpdateClaim, *, reason: str) -> bool:
        """Its message says that it is no longer updated. Waiting posts of it are dropped too."""
        if not self._record(statements.CURRENT, claim, obsolete_posts=(), reason=reason):
            return False
        self.drop_posts(claim.key, reason=reason)
        return True

    def retry_at(self, claim: UpdateClaim, *, retry_at: datetime, reason: str, counts: bool = True) -> bool:
        """The update failed; try again at `retry_at` (stopwatch)."""
        attempts = claim.attempts if counts else claim.attempts - 1
        values = {"state": LiveViewState.STALE, "attempts": attempts}
        return self._record(statements.RECORD, claim, **values, retry_at=retry_at, reason=reason)

    def postpone(self, claim: UpdateClaim, *, until: datetime, reason: str) -> bool:
        """Postpone it until `until` (calendar)."""
        values = {"state": LiveViewState.STALE, "attempts": claim.attempts - 1}
        return self._record(statements.RECORD, claim, **values, due=until, reason=reason)

    def mark_failed(self, claim: UpdateClaim, *, reason: str) -> bool:
        """It cannot be updated until something changes again. Its post counts as failed, for the owners' report."""
        if not self._record(statements.RECORD, claim, state=LiveViewState.CURRENT, reason=reason):
            return False
        self._connection.execute(statements.FAIL_POST, {"row_id": claim.id, "of": self._workspace, "why": reason})
        return True

    def post_missing(self, claim: UpdateClaim, *, due: datetime, reason: str, at: datetime | None = None) -> bool:
        """Its message is gone from Slack, or cannot be changed: post it again from `due` (calendar) on."""
        if not self._record(
            statements.RECORD, claim, state=LiveViewState.CURRENT, ts=None, obsolete_posts=(), reason=reason
        ):
            return False
        view = self._view(claim.key)
        if view is not None and self._execute(statements.COMING, view=claim.key).first() is None:
            again = Notification(claim.key, claim.notification.kind, claim.notification.recipient, view.refs, due)
            self._post(again, view.posts, at)
        return True

    def _post(self, notification: Notification, posts: int, at: datetime | None) -> None:
        """Enqueue a post of the view. An earlier one that failed is replaced by it."""
        self._connection.execute(statements.REPLACE_POSTS, {"view": notification.key, "of": self._workspace})
        key = f"{notification.key}#{posts}" if posts else notification.key
        post = Notification(
            key, notification.kind, notification.recipient, notification.refs, notification.due, notification.is_reply
        )
        Outbox(self._context).enqueue(post, at=at, live_view=notification.key)
        self._update(LiveViewRow, notification.key, posts=posts + 1)

    def _view(self, key: str | None) -> Any:
        return self._execute(statements.OF_KEY, view=key).first() if key else None

    def _next(self, calendar: datetime, stopwatch: datetime, excluding: Collection[str] = ()) -> Any:
        people = sorted(excluding) or [""]
        return self._execute(statements.SEARCH, calendar=calendar, stopwatch=stopwatch, excluding=people).first()

    def _record(self, statement: Any, claim: UpdateClaim, **values: Any) -> bool:
        valid = {"of": self._workspace, "view": claim.key, "named": claim.correlation_id, "of_fence": claim.fence}
        return self._connection.execute(statement, {**valid, "lease_until": None, **values}).rowcount == 1
