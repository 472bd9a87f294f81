"""Updates a live view's message where it was posted.

Updating twice is harmless, so nothing is searched for. But a request without an answer must not arrive after a newer
one, so it is given time to arrive first.
"""

from collections.abc import Callable

from scheduler.delivery.recorder import DeliveryRecorder, arrives_within
from scheduler.delivery.renderer import NotificationRenderer
from scheduler.delivery.slack_client import SlackCallFailed, SlackClient
from scheduler.delivery.slack_errors import FailureKind
from storage import UpdateClaim

_NOT_THERE = frozenset({"cant_update_message", "channel_not_found", "edit_window_closed", "message_not_found"})
"""Slack does not let us change the message, or it is gone: it is posted again."""


class LiveViewUpdater:
    """Delivers update claims."""

    def __init__(self, slack: SlackClient, recorder: DeliveryRecorder, renderer: NotificationRenderer) -> None:
        self._slack = slack
        self._recorder = recorder
        self._renderer = renderer

    def deliver(self, claim: UpdateClaim, spend: Callable[[], None]) -> None:
        """Update the message, or record why not; `spend` is called before each call that Slack limits."""
        rendered = self._renderer.prepare(claim)
        if rendered is None:
            return
        try:
            for former in claim.obsolete_posts:
                spend()
                self._delete(claim.conversation, former)
            if self._recorder.is_too_late(claim):
                return
            spend()
            self._slack.update(claim.conversation, claim.ts, claim.correlation_id, rendered.payload)
        except SlackCallFailed as error:
            self._failed(claim, error)
        else:
            if rendered.obsolete_reason:
                self._recorder.drop(claim, rendered.obsolete_reason)
            else:
                self._recorder.current(claim)

    def _delete(self, conversation: str, ts: str) -> None:
        """Raises SlackCallFailed, unless the message is gone or can never be deleted."""
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
        if reason == "channel_not_found":
            self._recorder.forget_conversation(claim)
        self._recorder.post_missing(claim, reason)
