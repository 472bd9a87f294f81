"""Writing a notice as things stand when it is delivered, if now is the moment for it."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from mentoring.notifications.context import Scene
from mentoring.notifications.delivery_rules import Drop, Go, Wait, sending, sending_anew
from mentoring.notifications.undelivered import Fate
from messages.notifications import NothingToSay, no_longer_kept, render
from messages.payloads import Unsendable
from scheduler.delivery.recorder import Settling
from storage import Claim, Storage, scene_of

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Ready:
    """`conversation` is the DM with the reader, if it has been opened; `last` why there is nothing more to say after
    it, or "". What only changes a message that is there is needed anew from `again_at` (calendar) on, if it is given.
    """

    payload: dict[str, Any]
    conversation: str | None
    last: str = ""
    again_at: datetime | None = None


class Writing:
    """`calendar` dates what is said, `stopwatch` (real time) says for how long it is owed; both aware."""

    def __init__(
        self,
        storage: Storage,
        workspace: str,
        settling: Settling,
        *,
        calendar: Callable[[], datetime],
        stopwatch: Callable[[], datetime],
    ) -> None:
        self._storage = storage
        self._workspace = workspace
        self._settling = settling
        self._calendar = calendar
        self._stopwatch = stopwatch

    def ready(self, claim: Claim) -> Ready | None:
        """The message, if now is the moment for it and there is something to say; else why not is kept."""
        now = self._calendar()
        try:
            scene, conversation = self._scene(claim, now)
            late = self._stopwatch() - claim.owed_at
            match sending(claim.notice, scene, now, late=late, silent=claim.ts is not None):
                case Wait(until, why):
                    self._settling.wait(claim, until, why)
                    return None
                case Drop(why):
                    self._settling.drop(claim, why)
                    return None
            ready = Ready(render(claim.notice, scene).payload(), conversation)
            return self._or_anew(claim, ready, scene, now) if claim.again_at else ready
        except NothingToSay as reason:
            why = str(reason) or "nothing-to-say"
            if claim.ts:
                return Ready(no_longer_kept().payload(), claim.conversation, why)
            self._settling.drop(claim, why)
        except Unsendable as unsendable:
            log.error("Notice %s of kind %s cannot be sent: %s", claim.id, claim.notice.kind, unsendable.problems)
            self._settling.lost(claim, Fate.FAILED, "unsendable")
        except Exception:  # a fault in our words: the next version may know better, and nothing behind it waits
            log.exception("Notice %s of kind %s could not be written", claim.id, claim.notice.kind)
            self._settling.unwritten(claim)
        return None

    def _or_anew(self, claim: Claim, ready: Ready, scene: Scene, now: datetime) -> Ready | None:
        """What is there is changed, until it is posted again."""
        match sending_anew(claim.notice, scene, now, at=claim.again_at or now):
            case Go():
                self._settling.anew(claim)
                return None
            case Wait(until):
                return replace(ready, again_at=until)
            case Drop():
                return ready

    def _scene(self, claim: Claim, now: datetime) -> tuple[Scene, str | None]:
        with self._storage.read(self._workspace) as tx:
            if not claim.notice.asked and tx.erasure.is_forgotten(claim.notice.to):
                raise NothingToSay("erased")
            scene = scene_of(tx, claim.notice, now)
            conversation = None if claim.notice.also else tx.people.conversation(claim.notice.to)
        if scene is None:
            raise NothingToSay("no-programme")
        return scene, conversation
