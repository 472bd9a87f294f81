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

    def __init__(self, slack: SlackClient, settling: DeliveryRecorder, writing: NotificationRenderer) -> None:
        self._slack = slack
        self._settling = settling
        self._writing = writing

    def deliver(self, claim: Claim, spend: Callable[[], None]) -> None:
        """Have Slack show what is the case, or keep why not; `spend` is called before Slack gets something."""
        ready = self._writing.ready(claim)
        if ready is None:
            return
        where, ts = claim.conversation or "", claim.ts or ""
        try:
            for former in claim.former:
                spend()
                self._take_away(where, former)
            if self._settling.is_too_late(claim):
                return
            spend()
            self._slack.change(where, ts, claim.opaque, ready.payload)
        except SlackCallFailed as troubled:
            self._troubled(claim, troubled)
        else:
            if ready.last:
                self._settling.drop(claim, ready.last)
            else:
                self._settling.current(claim, ready.again_at)

    def _take_away(self, conversation: str, ts: str) -> None:
        """Raises Troubled, unless Slack will never do it, or has done it."""
        try:
            self._slack.take_away(conversation, ts)
        except SlackCallFailed as troubled:
            if troubled.trouble.meaning is not FailureKind.NEVER:
                raise

    def _troubled(self, claim: Claim, troubled: SlackCallFailed) -> None:
        reason = troubled.trouble.reason
        if troubled.trouble.may_have_arrived:
            return self._settling.again(claim, arrives_within(troubled.trouble), reason)
        if reason not in _NOT_THERE:
            return self._settling.troubled(claim, troubled)
        if reason == "channel_not_found":
            self._settling.forget_conversation(claim)
        self._settling.gone_from_slack(claim, reason)
