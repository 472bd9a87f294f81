"""Bringing a message that stays up to date where it was posted.

Doing it twice is harmless, so nothing is looked for; but a request that lost its caller must not arrive after a newer
one, so it is given the time to arrive first.
"""

from collections.abc import Callable

from scheduler.delivery.recorder import DeliveryRecorder, arrives_within
from scheduler.delivery.renderer import NotificationRenderer
from scheduler.delivery.slack_client import SlackCallFailed, SlackClient
from scheduler.delivery.slack_errors import FailureKind
from storage import Claim

_NOT_THERE = frozenset({"cant_update_message", "channel_not_found", "edit_window_closed", "message_not_found"})
"""Slack does not let us change it, or it is gone: it is posted anew."""


class LiveViewUpdater:
    """Changes what is claimed and has been posted."""

    def __init__(self, slack: SlackClient, recorder: DeliveryRecorder, renderer: NotificationRenderer) -> None:
        self._slack = slack
        self._recorder = recorder
        self._renderer = renderer

    def deliver(self, claim: Claim, spend: Callable[[], None]) -> None:
        """Have Slack show what is the case, or keep why not; `spend` is called before Slack gets something."""
        ready = self._renderer.prepare(claim)
        if ready is None:
            return
        where, ts = claim.conversation or "", claim.ts or ""
        try:
            for former in claim.obsolete_posts:
                spend()
                self._take_away(where, former)
            if self._recorder.is_too_late(claim):
                return
            spend()
            self._slack.update(where, ts, claim.correlation_id, ready.payload)
        except SlackCallFailed as error:
            self._troubled(claim, error)
        else:
            if ready.obsolete_reason:
                self._recorder.drop(claim, ready.obsolete_reason)
            else:
                self._recorder.current(claim, ready.repost_at)

    def _take_away(self, conversation: str, ts: str) -> None:
        """Raises SlackCallFailed, unless Slack will never do it, or has done it."""
        try:
            self._slack.delete(conversation, ts)
        except SlackCallFailed as error:
            if error.failure.kind is not FailureKind.PERMANENT:
                raise

    def _troubled(self, claim: Claim, error: SlackCallFailed) -> None:
        reason = error.failure.reason
        if error.failure.may_have_arrived:
            return self._recorder.retry(claim, arrives_within(error.failure), reason)
        if reason not in _NOT_THERE:
            return self._recorder.call_failed(claim, error)
        if reason == "channel_not_found":
            self._recorder.forget_conversation(claim)
        self._recorder.post_missing(claim, reason)
