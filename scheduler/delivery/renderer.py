"""Writing a notice as things stand when it is delivered, if now is the moment for it."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from mentoring.notifications.context import NotificationContext
from mentoring.notifications.delivery_rules import Cancel, Postpone, SendNow, decide_delivery, decide_repost
from mentoring.notifications.undelivered import DeliveryFailure
from messages.notifications import NotificationObsolete, no_longer_updated, render
from messages.payloads import InvalidPayload
from scheduler.delivery.recorder import DeliveryRecorder
from services.notifications import load_context
from storage import Claim, Storage

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Rendered:
    """`conversation` is the DM with the reader, if it has been opened; `last` why there is nothing more to say after
    it, or "". What only changes a message that is there is needed anew from `again_at` (calendar) on, if it is given.
    """

    payload: dict[str, Any]
    conversation: str | None
    obsolete_reason: str = ""
    repost_at: datetime | None = None


class NotificationRenderer:
    """`calendar` dates what is said, `stopwatch` (real time) says for how long it is owed; both aware."""

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

    def prepare(self, claim: Claim) -> Rendered | None:
        """The message, if now is the moment for it and there is something to say; else why not is kept."""
        now = self._calendar()
        try:
            scene, conversation = self._scene(claim, now)
            late = self._stopwatch() - claim.enqueued_at
            match decide_delivery(claim.notification, scene, now, late=late, silent=claim.ts is not None):
                case Postpone(until, why):
                    self._recorder.postpone(claim, until, why)
                    return None
                case Cancel(why):
                    self._recorder.drop(claim, why)
                    return None
            ready = Rendered(render(claim.notification, scene).payload(), conversation)
            return self._or_anew(claim, ready, scene, now) if claim.repost_at else ready
        except NotificationObsolete as reason:
            why = str(reason) or "nothing-to-say"
            if claim.ts:
                return Rendered(no_longer_updated().payload(), claim.conversation, why)
            self._recorder.drop(claim, why)
        except InvalidPayload as unsendable:
            log.error("Notice %s of kind %s cannot be sent: %s", claim.id, claim.notification.kind, unsendable.problems)
            self._recorder.failed(claim, DeliveryFailure.FAILED, "unsendable")
        except Exception:  # a fault in our words: the next version may know better, and nothing behind it waits
            log.exception("Notice %s of kind %s could not be written", claim.id, claim.notification.kind)
            self._recorder.render_failed(claim)
        return None

    def _or_anew(self, claim: Claim, ready: Rendered, scene: NotificationContext, now: datetime) -> Rendered | None:
        """What is there is changed, until it is posted again."""
        match decide_repost(claim.notification, scene, now, at=claim.repost_at or now):
            case SendNow():
                self._recorder.repost(claim)
                return None
            case Postpone(until):
                return replace(ready, repost_at=until)
            case Cancel():
                return ready

    def _scene(self, claim: Claim, now: datetime) -> tuple[NotificationContext, str | None]:
        with self._storage.read(self._workspace) as tx:
            if not claim.notification.is_reply and tx.erasure.is_erased(claim.notification.recipient):
                raise NotificationObsolete("erased")
            scene = load_context(tx, claim.notification, now)
            conversation = (
                None if claim.notification.second_recipient else tx.people.conversation(claim.notification.recipient)
            )
        if scene is None:
            raise NotificationObsolete("no-programme")
        return scene, conversation
