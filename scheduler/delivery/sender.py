"""Posts one outbox message. Where an earlier attempt may have arrived, searches the history first."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from mentoring.notifications.undelivered import DeliveryFailure
from scheduler.delivery.recorder import ARRIVES_WITHIN, LONGEST_CALL, MOST_LOOKS, DeliveryRecorder
from scheduler.delivery.renderer import NotificationRenderer
from scheduler.delivery.slack_client import EVENT_TYPE, ID, SlackCallFailed, SlackClient
from scheduler.delivery.slack_errors import FailureKind, back_off
from storage import Claim, Storage

LEASE = ARRIVES_WITHIN + 5 * LONGEST_CALL
"""Whoever is taken over has no request on its way any more: none is begun in the last part of a lease."""


class MessageSender:
    """Sends what is claimed."""

    def __init__(
        self,
        storage: Storage,
        slack: SlackClient,
        workspace: str,
        *,
        recorder: DeliveryRecorder,
        renderer: NotificationRenderer,
    ) -> None:
        self._storage = storage
        self._slack = slack
        self._workspace = workspace
        self._recorder = recorder
        self._renderer = renderer

    def deliver(self, claim: Claim, spend: Callable[[], None]) -> None:
        """Bring what is claimed to where it belongs, or keep why not; `spend` is called before Slack gets a message."""
        if claim.is_unknown and not self._is_missing(claim):
            return
        ready = self._renderer.prepare(claim)
        if ready is None:
            return
        try:
            conversation = ready.conversation or self._open(claim)
            if self._recorder.is_too_late(claim):
                return
            spend()
            where, ts = self._slack.post(conversation, claim.correlation_id, ready.payload)
        except SlackCallFailed as error:
            if ready.conversation and error.failure.reason == "channel_not_found":
                return self._open_another(claim)
            return self._recorder.call_failed(claim, error)
        self._recorder.sent(claim, where, ts)

    def _is_missing(self, claim: Claim) -> bool:
        """Whether an attempt that was in doubt is known not to have arrived; anything else is kept with the notice.

        Where it goes is kept before it is sent. So what has no conversation yet was never on its way.
        """
        with self._storage.read(self._workspace) as tx:
            known = (
                None if claim.notification.second_recipient else tx.people.conversation(claim.notification.recipient)
            )
            conversation = claim.conversation or known
            oldest = tx.outbox.sent_before(claim, conversation) if conversation else None
        if conversation is None:
            return True
        try:
            ts = find_post(self._slack, conversation, claim.correlation_id, oldest=oldest)
        except HistoryTooLong:
            self._recorder.failed(claim, DeliveryFailure.UNDECIDED, "too-much-to-read")
        except SlackCallFailed as error:
            self._cannot_look(claim, error)
        else:
            if ts is None:
                return True
            self._recorder.sent(claim, conversation, ts)
        return False

    def _cannot_look(self, claim: Claim, error: SlackCallFailed) -> None:
        failure = error.failure
        if failure.kind is FailureKind.STOP:
            self._recorder.stop_workspace(claim, failure.reason)
        elif failure.kind is FailureKind.PERMANENT or failure.reason == "missing_scope" or claim.attempts >= MOST_LOOKS:
            self._recorder.failed(claim, DeliveryFailure.UNDECIDED, failure.reason)
        else:
            self._recorder.unknown(claim, failure.wait or back_off(claim.attempts), failure.reason)

    def _open(self, claim: Claim) -> str:
        """Raises SlackCallFailed."""
        conversation = self._slack.open(claim.notification)
        with self._storage.begin_unlocked(self._workspace) as tx:
            tx.outbox.set_conversation(claim, conversation)
            if not claim.notification.second_recipient:
                tx.people.save_conversation(claim.notification.recipient, conversation)
        return conversation

    def _open_another(self, claim: Claim) -> None:
        """The DM that we remember is gone; the next attempt opens another."""
        self._recorder.forget_conversation(claim)
        self._recorder.retry(claim, back_off(claim.attempts), "conversation-gone")


_A_PAGE = 15
"""What Slack gives to every app."""
_PAGES = 10


class HistoryTooLong(Exception):
    """So much was written since that we stop looking."""


def find_post(slack: SlackClient, conversation: str, opaque: str, *, oldest: str | None) -> str | None:
    """The timestamp of the message named `opaque`, written after `oldest` (a timestamp, or None for the beginning);
    None where it is not there. Raises SlackCallFailed, HistoryTooLong.
    """
    cursor: str | None = None
    for _ in range(_PAGES):
        page = slack.history(conversation, oldest=oldest, cursor=cursor, limit=_A_PAGE)
        for message in _messages(page):
            if _id_of(message) == opaque:
                return str(message["ts"])
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or None
        if not cursor:
            return None
    raise HistoryTooLong


def _messages(page: Any) -> Iterable[Mapping[str, Any]]:
    found: Iterable[Mapping[str, Any]] = page.get("messages") or ()
    return found


def _id_of(message: Mapping[str, Any]) -> str:
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") != EVENT_TYPE:
        return ""
    return str((metadata.get("event_payload") or {}).get(ID, ""))
