"""Writing one notice to one person, and keeping what became of it."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from slack_sdk import WebClient

from mentoring.outcome import Notice
from messages.notices import NothingToSay, render
from messages.outgoing import Unsendable
from scheduler.delivery.trouble import EXPECTED, Meaning, Trouble, back_off, understand
from storage import Claim, Storage, scene_of

log = logging.getLogger(__name__)


class Posting:
    """Sends what is claimed. `calendar` dates what is said, `stopwatch` (real time) times the attempts; both aware."""

    def __init__(
        self,
        storage: Storage,
        client: WebClient,
        *,
        calendar: Callable[[], datetime],
        stopwatch: Callable[[], datetime],
    ) -> None:
        self._storage = storage
        self._client = client
        self._calendar = calendar
        self._stopwatch = stopwatch

    def deliver(self, claim: Claim, workspace: str) -> Trouble | None:
        """Send one notice. Returns what went wrong, once it is kept with the notice; None when nothing did."""
        try:
            payload, conversation = self._prepare(claim, workspace)
        except NothingToSay as reason:
            self._drop(claim, workspace, str(reason) or "nothing-to-say")
            return None
        except Unsendable as unsendable:
            log.error("Notice %s of kind %s cannot be sent: %s", claim.id, claim.notice.kind, unsendable.problems)
            return self._fail(claim, workspace, Trouble(Meaning.NEVER, "unsendable"))
        except Exception:  # a fault in our words: the next version may know better, and nothing behind it waits
            log.exception("Notice %s of kind %s could not be written", claim.id, claim.notice.kind)
            return self._fail(claim, workspace, Trouble(Meaning.LATER, "could-not-be-written"))
        remembered = conversation is not None
        try:
            if conversation is None:
                conversation = self._open(claim.notice, workspace)
            answer = self._client.chat_postMessage(
                channel=conversation,
                unfurl_links=False,
                unfurl_media=False,
                metadata={"event_type": "mentor_bot_notice", "event_payload": {"id": claim.opaque}},
                **payload,
            )
        except EXPECTED as error:
            trouble = understand(error)
            if remembered and trouble.reason == "channel_not_found":
                trouble = self._forget_conversation(claim, workspace)
            return self._fail(claim, workspace, trouble)
        with self._storage.note(workspace) as tx:
            tx.outbox.sent(claim, conversation=answer["channel"], ts=answer["ts"], at=self._stopwatch())
        return None

    def _prepare(self, claim: Claim, workspace: str) -> tuple[dict[str, Any], str | None]:
        with self._storage.read(workspace) as tx:
            if tx.erasure.is_forgotten(claim.notice.to) and not claim.notice.asked:
                raise NothingToSay("erased")
            scene = scene_of(tx, claim.notice, self._calendar())
            conversation = None if claim.notice.also else tx.people.conversation(claim.notice.to)
        if scene is None:
            raise NothingToSay("no-programme")
        return render(claim.notice, scene).payload(), conversation

    def _open(self, notice: Notice, workspace: str) -> str:
        """Our DM with the person, or the group DM with both; Slack gives the same one for the same people."""
        people = f"{notice.to},{notice.also}" if notice.also else notice.to
        conversation = str(self._client.conversations_open(users=people)["channel"]["id"])
        if not notice.also:
            with self._storage.note(workspace) as tx:
                tx.people.keep_conversation(notice.to, conversation)
        return conversation

    def _forget_conversation(self, claim: Claim, workspace: str) -> Trouble:
        """The DM that we remember is gone; the next attempt opens another."""
        with self._storage.note(workspace) as tx:
            tx.people.keep_conversation(claim.notice.to, None)
        return Trouble(Meaning.LATER, "conversation-gone")

    def _drop(self, claim: Claim, workspace: str, reason: str) -> None:
        with self._storage.note(workspace) as tx:
            tx.outbox.drop(claim, reason=reason)

    def _fail(self, claim: Claim, workspace: str, trouble: Trouble) -> Trouble:
        with self._storage.note(workspace) as tx:
            if trouble.meaning is Meaning.NEVER:
                tx.outbox.fail(claim, reason=trouble.reason)
                log.error("Notice %s of kind %s can never arrive: %s", claim.id, claim.notice.kind, trouble.reason)
            else:
                wait = trouble.wait or back_off(claim.attempts)
                tx.outbox.later(claim, not_before=self._stopwatch() + wait, reason=trouble.reason)
                log.warning("Notice %s of kind %s is tried again: %s", claim.id, claim.notice.kind, trouble.reason)
        return trouble
