"""Writing a notice as things stand when it is delivered, if now is the moment for it."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from mentoring.notifications.context import NotificationContext
from mentoring.notifications.delivery_rules import Cancel, Postpone, SendNow, decide_delivery, decide_repost
from mentoring.notifications.kinds import LoadClass, kinds_of, load_class_of
from mentoring.notifications.undelivered import DeliveryFailure
from messages.notifications import NotificationObsolete, no_longer_updated, render
from messages.payloads import InvalidPayload
from scheduler.delivery.recorder import DeliveryRecorder
from services.notifications import load_context
from storage import Claim, Storage

log = logging.getLogger(__name__)

_ANOTHER_FIRST = timedelta(minutes=1)
"""How long a carried message waits for another that may be reaching the same person."""


@dataclass(frozen=True)
class Rendered:
    """`conversation` is the DM with the reader, if it has been opened; `last` why there is nothing more to say after
    it, or "". What only changes a message that is there is needed anew from `again_at` (calendar) on, if it is given.
    """

    payload: dict[str, Any]
    conversation: str | None
    obsolete_reason: str = ""
    repost_at: datetime | None = None


@dataclass(frozen=True)
class _Loaded:
    """What a message is rendered from, read in one transaction. For a carried one, `last_carried` is when the recipient
    last got one, and `another_first` whether one that was claimed before may be reaching them now.
    """

    scene: NotificationContext
    conversation: str | None
    last_carried: datetime | None
    another_first: bool


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
            loaded = self._load(claim, now)
            scene, late = loaded.scene, self._stopwatch() - claim.enqueued_at
            if loaded.another_first:
                self._recorder.retry(claim, _ANOTHER_FIRST, "another-first", counts=False)
                return None
            match decide_delivery(
                claim.notification,
                scene,
                now,
                late=late,
                silent=claim.ts is not None,
                last_carried=loaded.last_carried,
            ):
                case Postpone(until, why):
                    self._recorder.postpone(claim, until, why)
                    return None
                case Cancel(why):
                    self._recorder.drop(claim, why)
                    return None
            ready = Rendered(render(claim.notification, scene).payload(), loaded.conversation)
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

    def _load(self, claim: Claim, now: datetime) -> _Loaded:
        notification = claim.notification
        with self._storage.read(self._workspace) as tx:
            if not notification.is_reply and tx.erasure.is_erased(notification.recipient):
                raise NotificationObsolete("erased")
            scene = load_context(tx, notification, now)
            conversation = None if notification.second_recipient else tx.people.conversation(notification.recipient)
            last_carried, another_first = None, False
            if load_class_of(notification) is LoadClass.CARRIED:
                last_carried, another_first = tx.outbox.last_of(kinds_of(LoadClass.CARRIED), claim)
        if scene is None:
            raise NotificationObsolete("no-programme")
        return _Loaded(scene, conversation, last_carried, another_first)
