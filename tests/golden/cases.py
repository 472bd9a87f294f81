"""What there is to read of help in confidence: the form, the message to those who are asked, and what they open."""

from dataclasses import replace
from typing import Any

from mentoring.cases.case import AGAIN, ASKED, NOBODY, Case, CaseState, Contacts
from mentoring.core.outcome import Notification, NotificationKind
from mentoring.core.programmes import Programme
from mentoring.notifications.context import NotificationContext
from messages import notifications
from messages.cases.form import case_form, help_offer
from messages.cases.referrals import referrals_view
from messages.cases.view import case_view
from messages.forms import FormMetadata
from messages.payloads import message
from tests.golden.making import Piece, said, shown
from tests.messages.examples import ADA, ADA_ASKS, COHORT, CUSTOM, LATER, OWEN, PLAIN, SUE, member

WITH_PLACES = replace(
    PLAIN,
    referrals=(
        "Employee counselling: for anything that weighs on you, 0800 123 456, day & night",
        "Ombuds office: for a conflict at work, ombuds@example.org",
    ),
)
PASSED_ON = replace(ADA_ASKS, second=SUE, version=2)
TALKED, CLOSED = replace(ADA_ASKS, state=CaseState.TALKED), replace(ADA_ASKS, state=CaseState.CLOSED)
WORDS = "I don’t feel heard. Can we talk about it?"


def _form(values: dict[str, Any], *offered: str, restored: bool = False) -> Piece:
    people = {id: member(id) for id in offered}
    meta = FormMetadata(form="case-form", programme="P1")
    return shown(lambda: case_form(values, Contacts(offered), people, meta=meta, restored=restored))


def _view(case: Case, words: str = WORDS, by: str = OWEN) -> Piece:
    return shown(lambda: case_view(case, words, by=by, opened_on=LATER))


def _told(
    kind: NotificationKind,
    reader: str,
    case: Case | None,
    programme: Programme = PLAIN,
    render: Any = None,
    asked: str = "",
) -> Piece:
    context = NotificationContext(
        reader=member(reader), today=LATER, programme=programme, cohort=COHORT, owners=(), case=case
    )
    render = render or notifications.render
    refs = {"case": "K1", **({ASKED: asked} if asked else {})}
    return said(lambda: render(Notification(f"{kind}:1", kind, reader, refs), context))


CASE_PIECES: dict[str, Piece] = {
    "case-form": _form({}, OWEN, SUE),
    "case-form-one": _form({}, OWEN),
    "case-form-restored": _form({"case_contact": SUE, "case_words": WORDS}, OWEN, SUE, restored=True),
    "help-offer-with-referrals": said(lambda: message("Help", help_offer(refers=True))),
    "referrals": shown(lambda: referrals_view(WITH_PLACES)),
    "case": _view(ADA_ASKS),
    "case-without-words": _view(ADA_ASKS, ""),
    "case-of-the-second": _view(PASSED_ON, by=SUE),
    "case-talked": _view(TALKED),
    "case-closed": _view(CLOSED, ""),
    "notification-case-opened": _told(NotificationKind.CASE_OPENED, OWEN, ADA_ASKS),
    "notification-case-opened-own-words": _told(NotificationKind.CASE_OPENED, OWEN, ADA_ASKS, CUSTOM),
    "notification-case-opened-second": _told(NotificationKind.CASE_OPENED, SUE, PASSED_ON),
    "notification-case-opened-second-talked": _told(
        NotificationKind.CASE_OPENED, SUE, replace(PASSED_ON, state=CaseState.TALKED)
    ),
    "notification-case-opened-talked": _told(NotificationKind.CASE_OPENED, OWEN, TALKED),
    "notification-case-opened-closed": _told(NotificationKind.CASE_OPENED, OWEN, CLOSED),
    "notification-case-sent": _told(NotificationKind.CASE_SENT, ADA, ADA_ASKS),
    "notification-case-passed-on": _told(NotificationKind.CASE_PASSED_ON, ADA, PASSED_ON),
    "notification-case-passed-on-the-first-erased": _told(
        NotificationKind.CASE_PASSED_ON, ADA, replace(PASSED_ON, contact="")
    ),
    "notification-case-passed-on-to-nobody-else": _told(NotificationKind.CASE_PASSED_ON, ADA, ADA_ASKS, asked=AGAIN),
    "notification-case-passed-on-to-nobody": _told(NotificationKind.CASE_PASSED_ON, ADA, ADA_ASKS, asked=NOBODY),
    "afterwards-case-opened": _told(NotificationKind.CASE_OPENED, OWEN, None, render=notifications.render_afterwards),
}
