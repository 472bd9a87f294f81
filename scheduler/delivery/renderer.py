"""Renders a notification from the current data when it is delivered, if the delivery rules allow sending it now."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from mentoring.notifications.context import NotificationContext
from mentoring.notifications.delivery_rules import Cancel, Postpone, decide_delivery
from mentoring.notifications.undelivered import DeliveryFailure
from messages.notifications import NotificationObsolete, no_longer_updated, render
from messages.payloads import InvalidPayload
from scheduler.delivery.recorder import AnyClaim, DeliveryRecorder
from services.notifications import load_context
from storage import Claim, Storage

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Rendered:
    """A message ready to be sent.

    `conversation` is the direct message conversation with the reader, or None if it has not been opened.
    `obsolete_reason` is a code that says why a live view is not updated any more after this, or "".
    """

    payload: dict[str, Any]
    conversation: str | None
    obsolete_reason: str = ""


class NotificationRenderer:
    """Renders claimed notifications. `calendar` is the time in texts, `stopwatch` measures waiting; both are aware."""

    def __init__(
        self,
        storage: Storage,
        workspace: str,
        recorder: DeliveryRecorder,
        *,
        calendar: Callable[[], datetime],
        stopwatch: Callable[[], datetime],
    ) -> None:
        self._storage = storage
        self._workspace = workspace
        self._recorder = recorder
        self._calendar = calendar
        self._stopwatch = stopwatch

    def prepare(self, claim: AnyClaim) -> Rendered | None:
        """Render the message if it may be sent now and is not obsolete. Else record the reason and return None."""
        now = self._calendar()
        is_post = isinstance(claim, Claim)
        late = self._stopwatch() - claim.enqueued_at if isinstance(claim, Claim) else timedelta(0)
        try:
            context, conversation = self._load(claim, now)
            match decide_delivery(claim.notification, context, now, late=late, silent=not is_post):
                case Postpone(until, reason):
                    self._recorder.postpone(claim, until, reason)
                    return None
                case Cancel(reason):
                    self._recorder.drop(claim, reason)
                    return None
            return Rendered(render(claim.notification, context).payload(), conversation)
        except NotificationObsolete as obsolete:
            reason = str(obsolete) or "nothing-to-say"
            if not is_post:
                return Rendered(no_longer_updated().payload(), claim.conversation, reason)
            self._recorder.drop(claim, reason)
        except InvalidPayload as invalid:
            log.error(
                "Notification %s of kind %s cannot be sent: %s", claim.id, claim.notification.kind, invalid.problems
            )
            self._recorder.failed(claim, DeliveryFailure.FAILED, "unsendable")
        except Exception:  # a bug in rendering must not block the notifications behind this one
            log.exception("Notification %s of kind %s could not be rendered", claim.id, claim.notification.kind)
            self._recorder.render_failed(claim)
        return None

    def _load(self, claim: AnyClaim, now: datetime) -> tuple[NotificationContext, str | None]:
        notification = claim.notification
        with self._storage.read(self._workspace) as tx:
            if not notification.is_reply and tx.erasure.is_erased(notification.recipient):
                raise NotificationObsolete("erased")
            context = load_context(tx, notification, now)
            conversation = None if notification.second_recipient else tx.people.conversation(notification.recipient)
        if context is None:
            raise NotificationObsolete("no-programme")
        return context, conversation
