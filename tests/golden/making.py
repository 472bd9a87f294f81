"""How a piece is made: a message, a modal, or what a notice becomes, as its reader sees it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from mentoring.core.outcome import Notification, NotificationKind
from mentoring.core.programmes import Programme
from mentoring.notifications.context import NotificationContext
from messages import notifications
from messages.payloads import Message, check_view
from tests.golden.reading import message_as_read, view_as_read
from tests.messages.examples import BEN, COHORT, NAMES, OWEN, member

Piece = Callable[[], str]
VIEWS: list[Callable[[], dict[str, Any]]] = []
"""What makes each modal that is a piece."""


def said(make: Callable[[], Message]) -> Piece:
    return lambda: message_as_read(make(), NAMES)


def shown(make: Callable[[], dict[str, Any]]) -> Piece:
    VIEWS.append(make)

    def piece() -> str:
        view = make()
        check_view(view)
        return view_as_read(view, NAMES)

    return piece


def told(
    kind: NotificationKind,
    reader: str,
    programme: Programme,
    today: date,
    about: Mapping[str, str] | None = None,
    lines: Sequence[NotificationKind] = (),
    render: notifications.Renderer = notifications.render,
    **more: Any,
) -> Piece:
    """`more` is what else there is in the context; the owners are Owen and Ben, if not told otherwise. `lines` are the
    kinds that travel with it. `render` makes the message.
    """
    more.setdefault("owners", (OWEN, BEN))
    more.setdefault("cohort", COHORT)
    context = NotificationContext(reader=member(reader), programme=programme, today=today, **more)

    def make() -> Message:
        message = render(Notification(f"{kind}:1", kind, reader, about or {}), context)
        texts = [notifications.render_line(Notification(f"{line}:1", line, reader), context) for line in lines]
        return notifications.with_lines(message, texts) if texts else message

    return said(make)
