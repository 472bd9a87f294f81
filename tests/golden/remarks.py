"""What there is to read of what people tell the programme: the form, the receipts, and what owners are shown."""

from dataclasses import replace
from typing import Any

from mentoring.core.outcome import NotificationKind
from mentoring.remarks.groups import RemarkGroup
from messages import notifications
from messages.forms import FormMetadata
from messages.payloads import message
from messages.remarks.form import remark_form
from messages.remarks.view import remarks_line, remarks_view
from tests.golden.making import Piece, said, shown, told
from tests.messages.examples import ADA, ADA_TELLS, LATER, LEFT_AT, OWEN, PLAIN, SUE

WORDS = "A second room would help. So would <fewer> forms."
READ = replace(ADA_TELLS, read_by=SUE, read_at=LEFT_AT, version=2)
SAID = tuple(f"Remark {number}." for number in range(1, 6))


def _form(values: dict[str, Any], *, collects: bool = True, restored: bool = False, where: str = "") -> Piece:
    meta = FormMetadata(form="remark-form", programme="P1")
    return shown(lambda: remark_form(values, collects=collects, meta=meta, restored=restored, where=where))


def _told(kind: NotificationKind, reader: str = OWEN, **more: Any) -> Piece:
    return told(kind, reader, PLAIN, LATER, {"remark": "X1", **more.pop("about", {})}, owners=(OWEN, SUE), **more)


REMARK_PIECES: dict[str, Piece] = {
    "remark-form": _form({}),
    "remark-form-restored": _form({"remark": WORDS, "remark_kind": "counted"}, restored=True, where="Library"),
    "remark-form-round-over": _form({"remark": WORDS, "remark_kind": "counted"}, collects=False),
    "remarks-of-two-groups": shown(lambda: remarks_view([RemarkGroup("g1", "c1", 5, SAID)] * 2)),
    "remarks-none": shown(lambda: remarks_view([])),
    "remarks-line": said(lambda: message("Status", remarks_line(12))),
    "notification-remark-sent": _told(NotificationKind.REMARK_SENT, ADA, about={"as": "named"}),
    "notification-remark-sent-counted": _told(NotificationKind.REMARK_SENT, ADA, about={"as": "counted"}),
    "notification-remark-made": _told(NotificationKind.REMARK_MADE, remark=ADA_TELLS, remark_words=WORDS),
    "notification-remark-made-read": _told(NotificationKind.REMARK_MADE, remark=READ, remark_words=WORDS),
    "notification-remark-made-read-by-an-erased-owner": _told(
        NotificationKind.REMARK_MADE, remark=replace(READ, read_by=""), remark_words=WORDS
    ),
    "notification-remark-read": _told(NotificationKind.REMARK_READ, ADA, remark=READ),
    "afterwards-remark-made": _told(NotificationKind.REMARK_MADE, render=notifications.render_afterwards),
}
