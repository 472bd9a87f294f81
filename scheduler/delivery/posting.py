"""Bringing one notice to one person: looking first where an attempt is in doubt, then writing it as things stand."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from mentoring.scene import Scene
from mentoring.sending import Drop, Wait, sending
from mentoring.undelivered import Fate
from messages.notices import NothingToSay, render
from messages.outgoing import Unsendable
from scheduler.delivery.reconciling import TooMuchToRead, find
from scheduler.delivery.settling import ARRIVES_WITHIN, MOST_LOOKS, Settling
from scheduler.delivery.slack import Slack, Troubled
from scheduler.delivery.trouble import Meaning, back_off
from storage import Claim, Storage, scene_of

log = logging.getLogger(__name__)

LONGEST_CALL = timedelta(seconds=10)
"""How long one call to Slack may take; the client that is handed in gives up then."""
LEASE = ARRIVES_WITHIN + 5 * LONGEST_CALL
"""Whoever is taken over has no request on its way any more: none is begun in the last part of a lease."""
_TOO_LATE_TO_BEGIN = ARRIVES_WITHIN + 2 * LONGEST_CALL


@dataclass(frozen=True)
class _Ready:
    payload: dict[str, Any]
    conversation: str | None


class Posting:
    """Sends what is claimed. `calendar` dates what is said, `stopwatch` (real time) times the attempts; both aware."""

    def __init__(
        self,
        storage: Storage,
        slack: Slack,
        workspace: str,
        *,
        calendar: Callable[[], datetime],
        stopwatch: Callable[[], datetime],
    ) -> None:
        self._storage = storage
        self._slack = slack
        self._workspace = workspace
        self._calendar = calendar
        self._stopwatch = stopwatch
        self._settling = Settling(storage, workspace, calendar=calendar, stopwatch=stopwatch)

    def deliver(self, claim: Claim, spend: Callable[[], None]) -> None:
        """Bring what is claimed to where it belongs, or keep why not; `spend` is called before Slack gets a message."""
        if claim.in_doubt and not self._is_missing(claim):
            return
        ready = self._ready(claim)
        if ready is None:
            return
        try:
            conversation = ready.conversation or self._open(claim)
            if self._stopwatch() > claim.lease_until - _TOO_LATE_TO_BEGIN:
                return self._settling.again(claim, timedelta(0), "too-slow", counts=False)
            spend()
            where, ts = self._slack.post(conversation, claim.opaque, ready.payload)
        except Troubled as troubled:
            if ready.conversation and troubled.trouble.reason == "channel_not_found":
                return self._open_another(claim)
            return self._settling.troubled(claim, troubled)
        self._settling.sent(claim, where, ts)

    def _is_missing(self, claim: Claim) -> bool:
        """Whether an attempt that was in doubt is known not to have arrived; anything else is kept with the notice.

        Where it goes is kept before it is sent. So what has no conversation yet was never on its way.
        """
        with self._storage.read(self._workspace) as tx:
            known = None if claim.notice.also else tx.people.conversation(claim.notice.to)
            conversation = claim.conversation or known
            oldest = tx.outbox.sent_before(claim, conversation) if conversation else None
        if conversation is None:
            return True
        try:
            ts = find(self._slack, conversation, claim.opaque, oldest=oldest)
        except TooMuchToRead:
            self._settling.lost(claim, Fate.UNDECIDED, "too-much-to-read")
        except Troubled as troubled:
            self._cannot_look(claim, troubled)
        else:
            if ts is None:
                return True
            self._settling.sent(claim, conversation, ts)
        return False

    def _cannot_look(self, claim: Claim, troubled: Troubled) -> None:
        trouble = troubled.trouble
        if trouble.meaning is Meaning.STOP:
            self._settling.stop(claim, trouble.reason)
        elif trouble.meaning is Meaning.NEVER or trouble.reason == "missing_scope" or claim.attempts >= MOST_LOOKS:
            self._settling.lost(claim, Fate.UNDECIDED, trouble.reason)
        else:
            self._settling.doubt(claim, trouble.wait or back_off(claim.attempts), trouble.reason)

    def _ready(self, claim: Claim) -> _Ready | None:
        """The message, if now is the moment for it and there is something to say; else why not is kept."""
        now = self._calendar()
        try:
            scene, conversation = self._scene(claim, now)
            match sending(claim.notice, scene, now, late=self._stopwatch() - claim.owed_at):
                case Wait(until, why):
                    self._settling.wait(claim, until, why)
                    return None
                case Drop(why):
                    raise NothingToSay(why)
            return _Ready(render(claim.notice, scene).payload(), conversation)
        except NothingToSay as reason:
            self._settling.drop(claim, str(reason) or "nothing-to-say")
        except Unsendable as unsendable:
            log.error("Notice %s of kind %s cannot be sent: %s", claim.id, claim.notice.kind, unsendable.problems)
            self._settling.lost(claim, Fate.FAILED, "unsendable")
        except Exception:  # a fault in our words: the next version may know better, and nothing behind it waits
            log.exception("Notice %s of kind %s could not be written", claim.id, claim.notice.kind)
            self._settling.unwritten(claim)
        return None

    def _scene(self, claim: Claim, now: datetime) -> tuple[Scene, str | None]:
        with self._storage.read(self._workspace) as tx:
            if not claim.notice.asked and tx.erasure.is_forgotten(claim.notice.to):
                raise NothingToSay("erased")
            scene = scene_of(tx, claim.notice, now)
            conversation = None if claim.notice.also else tx.people.conversation(claim.notice.to)
        if scene is None:
            raise NothingToSay("no-programme")
        return scene, conversation

    def _open(self, claim: Claim) -> str:
        """Raises Troubled."""
        conversation = self._slack.open(claim.notice)
        with self._storage.note(self._workspace) as tx:
            tx.outbox.goes_to(claim, conversation)
            if not claim.notice.also:
                tx.people.keep_conversation(claim.notice.to, conversation)
        return conversation

    def _open_another(self, claim: Claim) -> None:
        """The DM that we remember is gone; the next attempt opens another."""
        with self._storage.note(self._workspace) as tx:
            tx.people.keep_conversation(claim.notice.to, None)
        self._settling.again(claim, back_off(claim.attempts), "conversation-gone")
