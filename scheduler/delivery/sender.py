"""Posts notifications of the outbox. If an earlier attempt may have arrived, it searches the history first."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from mentoring.core.undelivered import DeliveryFailure
from mentoring.notifications.kinds import KIND_RULES
from scheduler.delivery.files import FileDelivery
from scheduler.delivery.newer_blocks import NewerBlocks
from scheduler.delivery.recorder import ARRIVES_WITHIN, LONGEST_CALL, MOST_LOOKS, DeliveryRecorder
from scheduler.delivery.renderer import NotificationRenderer, Rendered, conversation_of
from scheduler.delivery.slack_client import EVENT_TYPE, ID, FilesRefused, SlackCallFailed, SlackClient
from scheduler.delivery.slack_errors import FailureKind, back_off
from storage import Claim, Storage

LEASE = ARRIVES_WITHIN + 5 * LONGEST_CALL
"""How long a claim is valid. No request begins near the end of it, so that none is under way when it expires."""


class MessageSender:
    """Delivers claims of the outbox."""

    def __init__(
        self,
        storage: Storage,
        slack: SlackClient,
        workspace: str,
        *,
        recorder: DeliveryRecorder,
        renderer: NotificationRenderer,
        newer_blocks: NewerBlocks,
    ) -> None:
        self._storage = storage
        self._slack = slack
        self._workspace = workspace
        self._recorder = recorder
        self._renderer = renderer
        self._newer_blocks = newer_blocks
        self._files = FileDelivery(storage, slack, workspace)

    def deliver(self, claim: Claim, consume: Callable[[], None]) -> None:
        """Post the notification, or record why not. `consume` counts towards the rate limits, just before the post."""
        in_channel = KIND_RULES[claim.notification.kind].in_channel
        if claim.is_unknown and not (self._was_never_posted(claim) if in_channel else self._is_missing(claim)):
            return
        rendered = self._renderer.prepare(claim)
        if rendered is None:
            return
        try:
            conversation = rendered.conversation or self._open(claim)
            if self._recorder.is_too_late(claim):
                return
            if in_channel:
                self._about_to_post(claim, conversation)
            consume()
            channel, ts = self._post(claim, conversation, rendered)
        except SlackCallFailed as error:
            if rendered.conversation and not in_channel and error.failure.reason == "channel_not_found":
                return self._reopen_later(claim)
            return self._recorder.call_failed(claim, error)
        self._recorder.sent(claim, channel, ts, has_lines=rendered.has_lines)

    def _post(self, claim: Claim, conversation: str, rendered: Rendered) -> tuple[str, str | None]:
        """The channel and the timestamp, as far as Slack tells it. Raises SlackCallFailed."""
        payload = rendered.payload
        if rendered.file:
            try:
                return conversation, self._files.share(claim, conversation, rendered.file, payload["text"])
            except FilesRefused:
                payload = {"text": f"{payload['text']}\n{rendered.file.otherwise}"}
        return self._newer_blocks.send_message(
            payload, lambda sent: self._slack.post(conversation, claim.correlation_id, sent)
        )

    def _about_to_post(self, claim: Claim, channel: str) -> None:
        """Save that the next call is the post itself."""
        with self._storage.begin_unlocked(self._workspace) as tx:
            tx.outbox.set_conversation(claim, channel)

    def _was_never_posted(self, claim: Claim) -> bool:
        """Whether an unknown attempt has not called Slack at all. We cannot read a channel: if it has, the owners look
        whether the post is there, and it is never repeated by itself.
        """
        if claim.conversation is None:
            return True
        self._recorder.failed(claim, DeliveryFailure.UNDECIDED, "not-answered")
        return False

    def _is_missing(self, claim: Claim) -> bool:
        """Whether an unknown attempt has certainly not arrived. Any other result of the search is recorded.

        The conversation is saved before the first attempt, so an attempt without one never reached Slack.
        """
        with self._storage.read(self._workspace) as tx:
            conversation = claim.conversation or conversation_of(tx, claim.notification)
            oldest = tx.outbox.sent_before(claim, conversation) if conversation else None
        if conversation is None:
            return True
        try:
            if claim.file_id and (shared := self._files.find(claim.file_id, conversation)):
                self._recorder.sent(claim, conversation, shared.ts)
                return False
            ts = find_post(self._slack, conversation, claim.correlation_id, oldest=oldest)
        except HistoryTooLong:
            self._recorder.failed(claim, DeliveryFailure.UNDECIDED, "too-much-to-read")
        except SlackCallFailed as error:
            self._search_failed(claim, error)
        else:
            if ts is None:
                return True
            self._recorder.sent(claim, conversation, ts)
        return False

    def _search_failed(self, claim: Claim, error: SlackCallFailed) -> None:
        failure = error.failure
        if failure.kind is FailureKind.STOP:
            self._recorder.stop_workspace(claim, failure.reason)
        elif failure.kind is FailureKind.PERMANENT or failure.reason == "missing_scope" or claim.attempts >= MOST_LOOKS:
            self._recorder.failed(claim, DeliveryFailure.UNDECIDED, failure.reason)
        else:
            self._recorder.unknown(claim, failure.wait or back_off(claim.attempts), failure.reason)

    def _open(self, claim: Claim) -> str:
        """Open the conversation and save its id. Raises SlackCallFailed."""
        conversation = self._slack.open(claim.notification)
        with self._storage.begin_unlocked(self._workspace) as tx:
            tx.outbox.set_conversation(claim, conversation)
            if not claim.notification.second_recipient:
                tx.people.save_conversation(claim.notification.recipient, conversation)
        return conversation

    def _reopen_later(self, claim: Claim) -> None:
        """Forget a conversation that no longer exists; the next attempt opens a new one."""
        self._recorder.forget_conversation(claim)
        self._recorder.retry(claim, back_off(claim.attempts), "conversation-gone")


_PAGE_SIZE = 15
"""The page size that Slack grants to every app."""
_MOST_PAGES = 10


class HistoryTooLong(Exception):
    """The search was given up after `_MOST_PAGES` pages."""


def find_post(slack: SlackClient, conversation: str, correlation_id: str, *, oldest: str | None) -> str | None:
    """The timestamp of our message with `correlation_id`, or None if it is not there.

    Searches messages after the timestamp `oldest`, or all of them. Raises SlackCallFailed, HistoryTooLong.
    """
    cursor: str | None = None
    for _ in range(_MOST_PAGES):
        page = slack.history(conversation, oldest=oldest, cursor=cursor, limit=_PAGE_SIZE)
        for message in _messages(page):
            if _correlation_id(message) == correlation_id:
                return str(message["ts"])
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or None
        if not cursor:
            return None
    raise HistoryTooLong


def _messages(page: Any) -> Iterable[Mapping[str, Any]]:
    messages: Iterable[Mapping[str, Any]] = page.get("messages") or ()
    return messages


def _correlation_id(message: Mapping[str, Any]) -> str:
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") != EVENT_TYPE:
        return ""
    return str((metadata.get("event_payload") or {}).get(ID, ""))
