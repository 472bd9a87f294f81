"""Renders a notification from the current data when it is delivered, if the delivery rules allow sending it now."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from mentoring.notifications.context import NotificationContext
from mentoring.notifications.delivery_rules import Cancel, Postpone, decide_delivery
from mentoring.notifications.kinds import LoadClass, kinds_of, load_class_of
from mentoring.notifications.undelivered import DeliveryFailure
from messages.notifications import NotificationObsolete, no_longer_updated, render, render_afterwards
from messages.payloads import InvalidPayload
from scheduler.delivery.recorder import AnyClaim, DeliveryRecorder
from services.notifications import load_context
from storage import Claim, Storage

log = logging.getLogger(__name__)

_ANOTHER_FIRST = timedelta(minutes=1)
"""How long a carried message waits for another that may be reaching the same person."""


@dataclass(frozen=True)
class Rendered:
    """A message ready to be sent.

    `conversation` is the direct message conversation with the reader, or None if it has not been opened.
    `obsolete_reason` is a code that says why a live view is not updated any more after this, or "".
    """

    payload: dict[str, Any]
    conversation: str | None
    obsolete_reason: str = ""


@dataclass(frozen=True)
class _Loaded:
    """What a message is rendered from, read in one transaction. For a carried one, `last_carried` is when the recipient
    last got one, and `another_first` whether one that was claimed before may be reaching them now.
    """

    context: NotificationContext
    conversation: str | None
    last_carried: datetime | None = None
    another_first: bool = False


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
            loaded = self._load(claim, now)
            if loaded.another_first:
                self._recorder.retry(claim, _ANOTHER_FIRST, "another-first", counts=False)
                return None
            match decide_delivery(
                claim.notification,
                loaded.context,
                now,
                late=late,
                silent=not is_post,
                last_carried=loaded.last_carried,
            ):
                case Postpone(until, reason):
                    self._recorder.postpone(claim, until, reason)
                    return None
                case Cancel(reason):
                    self._recorder.drop(claim, reason)
                    return None
            return self._rendered(claim, loaded)
        except NotificationObsolete as obsolete:
            reason = _reason(obsolete)
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

    @staticmethod
    def _rendered(claim: AnyClaim, loaded: _Loaded) -> Rendered:
        """Raises NotificationObsolete for a post; a live view says for good what became of it."""
        try:
            return Rendered(render(claim.notification, loaded.context).payload(), loaded.conversation)
        except NotificationObsolete as obsolete:
            if isinstance(claim, Claim):
                raise
            text = render_afterwards(claim.notification, loaded.context)
            return Rendered(text.payload(), claim.conversation, _reason(obsolete))

    def _load(self, claim: AnyClaim, now: datetime) -> _Loaded:
        notification = claim.notification
        with self._storage.read(self._workspace) as tx:
            if not notification.is_reply and tx.erasure.is_erased(notification.recipient):
                raise NotificationObsolete("erased")
            context = load_context(tx, notification, now)
            if context is None:
                raise NotificationObsolete("no-programme")
            conversation = None if notification.second_recipient else tx.people.conversation(notification.recipient)
            if isinstance(claim, Claim) and load_class_of(notification) is LoadClass.CARRIED:
                return _Loaded(context, conversation, *tx.outbox.last_of(kinds_of(LoadClass.CARRIED), claim))
        return _Loaded(context, conversation)


def _reason(obsolete: NotificationObsolete) -> str:
    return str(obsolete) or "nothing-to-say"
