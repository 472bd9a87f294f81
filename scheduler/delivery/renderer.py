"""Renders a notification from the current data when it is delivered, if the delivery rules allow sending it now."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from mentoring.core.failures import WorkItem, WorkKind
from mentoring.core.outcome import Notification, NotificationKind
from mentoring.core.undelivered import DeliveryFailure
from mentoring.notifications.context import NotificationContext
from mentoring.notifications.delivery_rules import Cancel, Postpone, decide_delivery
from mentoring.notifications.kinds import KIND_RULES, LoadClass, is_too_late, kinds_of, load_class_of
from mentoring.programmes.cohorts import weekly_job_key
from messages.notifications import (
    LINE_KINDS,
    NotificationObsolete,
    no_longer_updated,
    render,
    render_afterwards,
    render_line,
    with_lines,
)
from messages.payloads import AttachedFile, InvalidPayload, Message
from scheduler.delivery.recorder import AnyClaim, DeliveryRecorder
from services.notifications import load_context
from storage import Claim, Line, Storage, Transaction

log = logging.getLogger(__name__)

MOST_LINES = 10
"""The most carried notifications that travel with one message; the others follow with the next."""
_ANOTHER_FIRST = timedelta(minutes=1)
"""How long a carried message waits for another that may be reaching the same person."""


@dataclass(frozen=True)
class Rendered:
    """A message ready to be sent.

    `conversation` is the direct message conversation with the reader, or None if it has not been opened.
    `obsolete_reason` is a code that says why a live view is not updated any more after this, or "". `has_lines` says
    whether carried notifications travel with it, and `file` is one that it brings.
    """

    payload: dict[str, Any]
    conversation: str | None
    obsolete_reason: str = ""
    has_lines: bool = False
    file: AttachedFile | None = None


@dataclass(frozen=True)
class _Loaded:
    """What a message is rendered from, read in one transaction. For a carried one, `last_carried` is when the recipient
    last got one, `another_first` whether one that was claimed before may be reaching them now, and `next_status` when
    their next weekly status is due. `lines` are carried ones that can travel with this one.
    """

    context: NotificationContext
    conversation: str | None
    last_carried: datetime | None = None
    another_first: bool = False
    next_status: datetime | None = None
    lines: tuple[Line, ...] = ()


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
                next_status=loaded.next_status,
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

    def _rendered(self, claim: AnyClaim, loaded: _Loaded) -> Rendered:
        """Raises NotificationObsolete for a post; a live view says for good what became of it."""
        try:
            message = render(claim.notification, loaded.context)
            if message.file:
                return Rendered(message.payload(), loaded.conversation, file=message.file)
            if isinstance(claim, Claim) and loaded.lines and (longer := self._with_lines(claim, message, loaded.lines)):
                return Rendered(longer, loaded.conversation, has_lines=True)
            return Rendered(message.payload(), loaded.conversation)
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
            if isinstance(claim, Claim) and _has_newer(tx, claim.id, notification):
                raise NotificationObsolete("newer")
            context = load_context(tx, notification, now)
            if context is None:
                raise NotificationObsolete("no-programme")
            conversation = conversation_of(tx, notification)
            if not isinstance(claim, Claim):
                return _Loaded(context, conversation)
            lines = tx.outbox.lines(claim, LINE_KINDS, MOST_LINES)
            if load_class_of(notification) is not LoadClass.CARRIED:
                return _Loaded(context, conversation, lines=lines)
            last_carried, another_first = tx.outbox.last_of(kinds_of(LoadClass.CARRIED), claim)
            next_status = _next_status(tx, notification.recipient, now)
            return _Loaded(context, conversation, last_carried, another_first, next_status, lines)

    def _with_lines(self, claim: Claim, message: Message, waiting: Sequence[Line]) -> dict[str, Any] | None:
        """The message with a line for each of `waiting` that still makes sense, which are saved as travelling with it.

        None if there is none, if one was sent meanwhile, or if there is no room: then they go by themselves.
        """
        now, stopwatch = self._calendar(), self._stopwatch()
        texts: dict[int, str] = {}
        with self._storage.begin_unlocked(self._workspace) as tx:
            for line in waiting:
                if text := self._line(tx, line, now, stopwatch):
                    texts[line.id] = text
            try:
                payload = with_lines(message, tuple(texts.values())).payload() if texts else None
            except InvalidPayload:  # the message is too long to carry anything
                payload = None
            if payload and tx.outbox.take_lines(claim, tuple(texts)):
                return payload
            tx.outbox.take_lines(claim, ())
        return None

    @staticmethod
    def _line(tx: Transaction, line: Line, now: datetime, stopwatch: datetime) -> str:
        """The text of one line, or "" if it does not make sense any more, or cannot be rendered."""
        late = stopwatch - line.enqueued_at if line.enqueued_at else timedelta(0)
        try:
            context = load_context(tx, line.notification, now)
            if context is None or is_too_late(line.notification, context.today, late):
                return ""
            if _has_newer(tx, line.id, line.notification):
                return ""
            return render_line(line.notification, context)
        except NotificationObsolete:
            return ""
        except Exception:  # a bug in rendering a line must not block the message
            log.exception("Notification %s of kind %s could not be rendered", line.id, line.notification.kind)
            return ""


def conversation_of(tx: Transaction, notification: Notification) -> str | None:
    """Slack's id of the conversation to post to, as far as it is known: a group of two is opened each time."""
    if KIND_RULES[notification.kind].in_channel:
        return notification.recipient
    return None if notification.second_recipient else tx.people.conversation(notification.recipient)


def _next_status(tx: Transaction, person: str, now: datetime) -> datetime | None:
    """When the next weekly status of `person` is due (calendar, aware); None if there is none, or if it keeps failing.

    No message waits for a job that failed: nobody knows when it will succeed.
    """
    if tx.outbox.has_unsent(NotificationKind.WEEKLY_STATUS, person):
        return now
    job = weekly_job_key(person)
    return None if tx.failures.has_failed(WorkItem(WorkKind.JOB, job)) else tx.scheduled_jobs.due_at(job)


def _has_newer(tx: Transaction, row_id: int, notification: Notification) -> bool:
    """Whether only a newer notification about the same counts."""
    about = KIND_RULES[notification.kind].newest_about
    return bool(about) and tx.outbox.has_newer(row_id, notification, about)


def _reason(obsolete: NotificationObsolete) -> str:
    return str(obsolete) or "nothing-to-say"
