"""Updates the messages of live views.

An update may be made twice, so that no search is needed after a failure. But a request without an answer must not
arrive after a newer one, so the next attempt waits until it can no longer arrive.
"""

from collections.abc import Callable

from mentoring.notifications.kinds import KIND_RULES
from scheduler.delivery.newer_blocks import NewerBlocks
from scheduler.delivery.recorder import DeliveryRecorder, arrives_within
from scheduler.delivery.renderer import NotificationRenderer
from scheduler.delivery.slack_client import SlackCallFailed, SlackClient
from scheduler.delivery.slack_errors import FailureKind
from storage import UpdateClaim

_NOT_THERE = frozenset({"cant_update_message", "channel_not_found", "edit_window_closed", "message_not_found"})
"""Errors that mean that the message cannot be updated and must be posted again."""


class LiveViewUpdater:
    """Delivers claims of live views."""

    def __init__(
        self, slack: SlackClient, recorder: DeliveryRecorder, renderer: NotificationRenderer, newer_blocks: NewerBlocks
    ) -> None:
        self._slack = slack
        self._recorder = recorder
        self._renderer = renderer
        self._newer_blocks = newer_blocks

    def deliver(self, claim: UpdateClaim, consume: Callable[[], None]) -> None:
        """Update the message, or record why not. `consume` counts each call towards the rate limits."""
        rendered = self._renderer.prepare(claim)
        if rendered is None:
            return
        try:
            for ts in claim.obsolete_posts:
                consume()
                self._delete(claim.conversation, ts)
            if self._recorder.is_too_late(claim):
                return
            consume()
            self._newer_blocks.send_message(
                rendered.payload,
                lambda sent: self._slack.update(claim.conversation, claim.ts, claim.correlation_id, sent),
            )
        except SlackCallFailed as error:
            self._failed(claim, error)
        else:
            if rendered.obsolete_reason:
                self._recorder.drop(claim, rendered.obsolete_reason)
            else:
                self._recorder.current(claim)

    def _delete(self, conversation: str, ts: str) -> None:
        """Delete a message, if it exists and can be deleted. Raises SlackCallFailed."""
        try:
            self._slack.delete(conversation, ts)
        except SlackCallFailed as error:
            if error.failure.kind is not FailureKind.PERMANENT:
                raise

    def _failed(self, claim: UpdateClaim, error: SlackCallFailed) -> None:
        reason = error.failure.reason
        if error.failure.may_have_arrived:
            return self._recorder.retry(claim, arrives_within(error.failure), reason)
        if reason not in _NOT_THERE:
            return self._recorder.call_failed(claim, error)
        if KIND_RULES[claim.notification.kind].in_channel:  # somebody deleted it there, and it is not posted again
            return self._recorder.drop(claim, reason)
        if reason == "channel_not_found":
            self._recorder.forget_conversation(claim)
        self._recorder.post_missing(claim, reason)
