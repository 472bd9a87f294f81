"""What there is to read of action items: the list, the form and the reminder."""

from dataclasses import replace
from datetime import date
from typing import Any

from mentoring.core.outcome import Notification, NotificationKind
from mentoring.core.programmes import Programme
from mentoring.items.item import ActionItem, ItemOwner, ItemState
from mentoring.notifications.context import NotificationContext
from mentoring.partnerships.partnership import Partnership
from messages import items, notifications
from messages.forms import FormMetadata
from tests.golden.making import Piece, said, shown
from tests.messages.examples import (
    ADA,
    BEN,
    COHORT,
    CUSTOM,
    ENDED,
    FIRST,
    INTRODUCE,
    ITEMS,
    PARTNERSHIP,
    PLAIN,
    READ,
    member,
)

DUE_DAY = date(2027, 3, 19)
BOTH = replace(READ, id="I3", words="Visit the archive", owner=ItemOwner.BOTH, due=date(2027, 4, 1))
DONE = replace(INTRODUCE, id="I4", state=ItemState.DONE)
DROPPED = replace(READ, id="I5", words="Write a list of wishes", state=ItemState.DROPPED)


def _list(
    *found: ActionItem, by: str = ADA, programme: Programme = PLAIN, of: Partnership = PARTNERSHIP, below: str = ""
) -> Piece:
    return shown(lambda: items.items_view(found, of, by=by, programme=programme, below=below))


def _form(meta: FormMetadata, **more: Any) -> Piece:
    values = more.pop("values", {"action_who": ADA})
    return shown(lambda: items.item_form(values, PARTNERSHIP, by=ADA, name="Ben", meta=meta, **more))


def _told(kind: NotificationKind, reader: str, *found: ActionItem, render: Any = None, **more: Any) -> Piece:
    refs = {"partnership": PARTNERSHIP.id, "day": DUE_DAY.isoformat(), "meeting": FIRST.id}
    given: dict[str, Any] = {"partnership": PARTNERSHIP, "programme": PLAIN, "today": DUE_DAY, **more}
    people = {each: member(each) for each in (ADA, BEN)}
    context = NotificationContext(reader=people[reader], cohort=COHORT, owners=(), people=people, items=found, **given)
    render = render or notifications.render
    return said(lambda: render(Notification(f"{kind}:1", kind, reader, refs), context))


ITEM_PIECES: dict[str, Piece] = {
    "action-items-none": _list(),
    "action-items": _list(*ITEMS, BOTH, DONE, DROPPED),
    "action-items-own-words": _list(*ITEMS, by=BEN, programme=CUSTOM, below=items.in_place_of_list("R1")),
    "action-items-over": _list(*ITEMS, DONE, of=ENDED),
    "action-item-form": _form(FormMetadata(form=items.ADD, about="R1")),
    "action-item-form-to-change": _form(
        FormMetadata(form=items.CHANGE, about="R1:I1", version=1), values=items.values_of_item(READ, PARTNERSHIP)
    ),
    "notification-items-due": _told(NotificationKind.ITEMS_DUE, ADA, *ITEMS, replace(BOTH, due=DUE_DAY)),
    "notification-items-due-one-own-words": _told(NotificationKind.ITEMS_DUE, ADA, READ, programme=CUSTOM),
    "afterwards-items-due": _told(NotificationKind.ITEMS_DUE, ADA, render=notifications.render_afterwards),
    "notification-meeting-saved-with-items": _told(
        NotificationKind.MEETING_SAVED, ADA, *ITEMS, replace(DONE, meeting_id=FIRST.id), meeting=FIRST, meetings=2
    ),
    "notification-meeting-logged-with-items": _told(NotificationKind.MEETING_LOGGED, BEN, *ITEMS, meeting=FIRST),
    "notification-meeting-logged-with-one-item": _told(NotificationKind.MEETING_LOGGED, BEN, INTRODUCE, meeting=FIRST),
    "notification-first-meeting-with-item-due": _told(NotificationKind.FIRST_MEETING_NUDGE, ADA, READ),
}
