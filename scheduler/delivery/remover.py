"""Removes from Slack what is left there of people who were erased, and of what is past its time.

It goes through the conversations that the erasure has planned, a page at a time, from the newest message to the oldest,
and notes how far it is: after a crash it goes on there. Deleting or changing a message twice is harmless. A message
that was under way during the erasure may arrive after its page was read, so each conversation is gone through twice.
What is read is compared and forgotten.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from messages.own_data.redaction import people_in, removed, without_people
from scheduler.delivery.recorder import ARRIVES_WITHIN, LONGEST_CALL, MOST_LOOKS
from scheduler.delivery.slack_client import SlackCallFailed, SlackClient
from scheduler.delivery.slack_errors import NOT_ALLOWED, FailureKind, back_off
from services.errors import report_error
from storage import Storage, Transaction
from storage.slack_removals import Removal, RemovalKind

log = logging.getLogger(__name__)

PAGE_SIZE = 15
"""The page size that Slack grants to every app."""
PASSES = 2
_CALLS = 1 + 3 * PAGE_SIZE
"""The most calls for one page: of a message, its change, its replacement, and its deletion where both were refused."""
LEASE = ARRIVES_WITHIN + _CALLS * LONGEST_CALL
AGAIN_AFTER = ARRIVES_WITHIN + 6 * LONGEST_CALL
"""When the second pass begins: what was under way during the first one has arrived."""


class SlackRemover:
    """Does what is due in `slack_removals`. `calendar` and `stopwatch` give aware times."""

    def __init__(
        self,
        storage: Storage,
        slack: SlackClient,
        workspace: str,
        *,
        calendar: Callable[[], datetime],
        stopwatch: Callable[[], datetime],
    ) -> None:
        self._storage = storage
        self._slack = slack
        self._workspace = workspace
        self._calendar = calendar
        self._stopwatch = stopwatch
        self._bot_user = ""

    def remove(self, removal: Removal, consume: Callable[[], None]) -> None:
        """Remove a file, or go through one page. `consume` counts each call towards the rate limits."""
        try:
            if removal.kind is RemovalKind.FILE:
                self._remove_file(removal.conversation, removal.message_ts, removal.file_id, consume)
                self._record(lambda tx: tx.slack_removals.done(removal))
            elif removal.kind is RemovalKind.MESSAGE:
                self._attempt(lambda: self._slack.delete(removal.conversation, removal.message_ts), consume)
                self._record(lambda tx: tx.slack_removals.done(removal))
            else:
                self._go_through_a_page(removal, consume)
        except SlackCallFailed as error:
            self._failed(removal, error)
        except Exception as error:  # noqa: BLE001 - it must not hold up the others
            log.error("Reference %s: something could not be removed from Slack", report_error(error))
            self._retry(removal, back_off(removal.attempts))

    def _go_through_a_page(self, removal: Removal, consume: Callable[[], None]) -> None:
        self._bot_user = self._bot_user or self._slack.auth_test()
        consume()
        page = self._slack.history(removal.conversation, latest=removal.before_ts or None, limit=PAGE_SIZE)
        found: Sequence[Mapping[str, Any]] = page.get("messages") or ()
        ours = [each for each in found if each.get("user") == self._bot_user or each.get("bot_id")]
        with self._storage.read(self._workspace) as tx:
            timestamps = [str(each["ts"]) for each in ours]
            known = tx.slack_removals.known_posts(removal.conversation, timestamps)
            views = tx.slack_removals.live_views(removal.conversation, timestamps)
            erased = tx.erasure.erased_among(set().union(*map(people_in, ours)))
        for each in ours:
            ts, named = str(each["ts"]), people_in(each) & erased
            if removal.kind is RemovalKind.CLEAR:
                if ts not in known:  # else they have come back, and asked for it
                    self._delete(removal.conversation, each, consume)
            elif named and ts in views:  # it is rendered again, without them
                self._render_again(views[ts])
            elif named:
                self._take_out(removal.conversation, each, named, is_about_them=ts not in known, consume=consume)
        if found and page.get("has_more", len(found) == PAGE_SIZE):
            self._record(lambda tx: tx.slack_removals.go_on(removal, before_ts=str(found[-1]["ts"])))
        elif removal.passes + 1 < PASSES:
            again_at = self._stopwatch() + AGAIN_AFTER
            self._record(lambda tx: tx.slack_removals.pass_over(removal, again_at=again_at))
        else:
            self._record(lambda tx: tx.slack_removals.done(removal))

    def _render_again(self, view: str) -> None:
        self._record(lambda tx: tx.live_views.update(view))

    def _take_out(
        self,
        conversation: str,
        posted: Mapping[str, Any],
        named: frozenset[str],
        *,
        is_about_them: bool,
        consume: Callable[[], None],
    ) -> None:
        """Edit a message that names erased people, or replace it if it was sent about them. If Slack lets no message be
        changed, as some workspaces set after a while, it is deleted.
        """
        if posted.get("files"):
            return self._delete(conversation, posted, consume)
        ts = str(posted["ts"])
        edited = None if is_about_them else without_people(posted, named)
        for content in (edited, removed().payload()):
            if content and self._attempt(partial(self._slack.update, conversation, ts, "", content), consume):
                return None
        return self._delete(conversation, posted, consume)

    def _delete(self, conversation: str, posted: Mapping[str, Any], consume: Callable[[], None]) -> None:
        for file in posted.get("files") or ():
            if file.get("user") == self._bot_user:
                self._delete_file(str(file["id"]), consume)
        self._attempt(lambda: self._slack.delete(conversation, str(posted["ts"])), consume)

    def _remove_file(self, conversation: str, ts: str, file_id: str, consume: Callable[[], None]) -> None:
        self._delete_file(file_id, consume)
        if conversation and ts:
            self._attempt(lambda: self._slack.delete(conversation, ts), consume)

    def _delete_file(self, file_id: str, consume: Callable[[], None]) -> None:
        """Without the scope, which is optional, a file stays until the app may delete it: nobody else can see it once
        its message is deleted.
        """
        try:
            self._attempt(lambda: self._slack.delete_file(file_id), consume)
        except SlackCallFailed as error:
            if error.failure.reason not in NOT_ALLOWED:
                raise
            log.warning("A file of an erased person could not be deleted in Slack: %s", error.failure.reason)

    @staticmethod
    def _attempt(call: Callable[[], None], consume: Callable[[], None]) -> bool:
        """Make the call. Returns False if Slack refuses it for good: the message is gone, or cannot be changed."""
        consume()
        try:
            call()
        except SlackCallFailed as error:
            if error.failure.kind is not FailureKind.PERMANENT:
                raise
            return False
        return True

    def _failed(self, removal: Removal, error: SlackCallFailed) -> None:
        failure = error.failure
        if failure.kind is FailureKind.STOP:
            with self._storage.begin(self._workspace) as tx:
                tx.access.revoke_access(failure.reason, self._calendar())
                tx.slack_removals.retry(removal, retry_at=self._stopwatch(), counts=False)
        elif failure.kind is FailureKind.PERMANENT or removal.attempts >= MOST_LOOKS:
            log.error("What is left of an erased person in Slack cannot be removed: %s", failure.reason)
            self._record(lambda tx: tx.slack_removals.done(removal))
        else:
            self._retry(removal, failure.wait or back_off(removal.attempts), counts=not error.on_hold)

    def _retry(self, removal: Removal, wait: timedelta, *, counts: bool = True) -> None:
        retry_at = self._stopwatch() + wait
        self._record(lambda tx: tx.slack_removals.retry(removal, retry_at=retry_at, counts=counts))

    def _record(self, change: Callable[[Transaction], object]) -> None:
        with self._storage.begin_unlocked(self._workspace) as tx:
            change(tx)
