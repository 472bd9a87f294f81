"""Publishes the Homes of the people who look at them.

A Home may be published twice, and always as it is now, so that nothing is searched for after a failure. But a request
without an answer must not arrive after a newer one, so the next attempt waits until it can no longer arrive.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from mentoring.home.home import Home
from messages.home import home_view
from messages.payloads import check_view
from scheduler.delivery.newer_blocks import NewerBlocks
from scheduler.delivery.recorder import ARRIVES_WITHIN, LONGEST_CALL, arrives_within
from scheduler.delivery.slack_client import SlackCallFailed, SlackClient
from scheduler.delivery.slack_errors import FailureKind, back_off
from services.errors import report_error
from services.home import load_home
from storage import HomeClaim, Storage
from storage.notifications.home_statements import UNEXPECTED

log = logging.getLogger(__name__)

LEASE = ARRIVES_WITHIN + 3 * LONGEST_CALL
_LEAST_LEASE = ARRIVES_WITHIN + LONGEST_CALL
_GONE = frozenset({"user_not_found", "user_not_visible", "users_not_found", "user_disabled", "account_inactive_user"})
"""Errors that mean that nobody can look at it."""


class HomePublisher:
    """Delivers claims of Homes, and records what became of them; each record is one short transaction.

    `calendar` is the time in texts, `stopwatch` times leases and waits; both are aware.
    """

    def __init__(
        self,
        storage: Storage,
        slack: SlackClient,
        workspace: str,
        newer_blocks: NewerBlocks,
        *,
        calendar: Callable[[], datetime],
        stopwatch: Callable[[], datetime],
    ) -> None:
        self._storage = storage
        self._slack = slack
        self._workspace = workspace
        self._calendar = calendar
        self._stopwatch = stopwatch
        self._newer_blocks = newer_blocks

    def deliver(self, claim: HomeClaim, consume: Callable[[], None]) -> None:
        """Publish it, or record why not. `consume` counts towards the rate limit, just before the call."""
        try:
            home = self._load(claim)
            if home is None:
                return self._closed(claim, "away")
            if self._stopwatch() > claim.lease_until - _LEAST_LEASE:
                return self._retry(claim, timedelta(0), "too-slow", counts=False)
            self._newer_blocks.send(
                _checked(home_view(home)),
                lambda view: self._publish(claim.person, view, consume),
                lambda: _checked(home_view(home, is_plain=True)),
            )
        except SlackCallFailed as error:
            return self._failed(claim, error)
        except Exception as error:  # noqa: BLE001 - it must not hold up the other Homes
            log.error("Reference %s: Home could not be published", report_error(error))
            return self._retry(claim, back_off(claim.attempts), UNEXPECTED)
        with self._storage.begin_unlocked(self._workspace) as tx:
            tx.homes.mark_published(claim)
        return None

    def _publish(self, person: str, view: Mapping[str, Any], consume: Callable[[], None]) -> None:
        consume()
        self._slack.publish(person, view)

    def _load(self, claim: HomeClaim) -> Home | None:
        """What the person sees now; None if their account is deactivated."""
        with self._storage.read(self._workspace) as tx:
            if tx.people.get(claim.person).is_absent:
                return None
            return load_home(tx, claim.person, self._calendar(), acting=claim.acting)

    def _failed(self, claim: HomeClaim, error: SlackCallFailed) -> None:
        failure = error.failure
        if failure.kind is FailureKind.STOP:
            with self._storage.begin(self._workspace) as tx:
                tx.access.revoke_access(failure.reason, self._calendar())
                tx.homes.retry_at(claim, retry_at=self._stopwatch(), reason=failure.reason, counts=False)
        elif failure.reason in _GONE:
            self._closed(claim, failure.reason)
        elif failure.may_have_arrived:
            self._retry(claim, arrives_within(failure), failure.reason)
        else:
            wait = failure.wait or back_off(claim.attempts)
            self._retry(claim, wait, failure.reason, counts=not error.on_hold)

    def _closed(self, claim: HomeClaim, reason: str) -> None:
        with self._storage.begin_unlocked(self._workspace) as tx:
            tx.homes.mark_closed(claim, reason=reason)

    def _retry(self, claim: HomeClaim, wait: timedelta, reason: str, *, counts: bool = True) -> None:
        with self._storage.begin_unlocked(self._workspace) as tx:
            tx.homes.retry_at(claim, retry_at=self._stopwatch() + wait, reason=reason, counts=counts)


def _checked(view: dict[str, Any]) -> dict[str, Any]:
    """The view, once it is within Slack's limits. Raises InvalidPayload."""
    check_view(view)
    return view
