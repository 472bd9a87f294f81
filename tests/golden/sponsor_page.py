"""The page that sponsors get each month, and the form of the owners."""

from dataclasses import replace
from datetime import date
from typing import Any

from mentoring.core.outcome import NotificationKind
from mentoring.core.programmes import Programme
from mentoring.sponsor_page.page import SponsorPage
from mentoring.status import cohort_status
from messages import sponsor_page
from messages.forms import FormMetadata
from messages.ids import SPONSOR_PAGE_FORM
from messages.payloads import Message
from messages.plain_blocks import in_plain
from tests.golden.making import Piece, said, shown, told
from tests.messages.examples import BEN, COHORT, CUSTOM, OFFER, OWEN, PLAIN, REQUEST, RUNNING, SUE
from tests.messages.round_charts import ROUND_CHARTS

MARCH = date(2027, 3, 1)
PAGE = SponsorPage(MARCH, 74, 17, 12, ROUND_CHARTS.months, 1, "Many ask for evening meetings. Can we pay for rooms?")
FEW = SponsorPage(MARCH, 9, None, None)
_MONTHLY = {"month": str(MARCH), "day": "2027-04-01"}


def _sent(page: SponsorPage, programme: Programme = PLAIN) -> Piece:
    facts: dict[str, Any] = {"sponsors": (BEN,), "gets_sponsor_page": True, "sponsor_page": page, "owners": (OWEN,)}
    return told(NotificationKind.SPONSOR_PAGE, BEN, programme, RUNNING, _MONTHLY, **facts)


def _plain() -> Message:
    message = sponsor_page.sponsor_page(PAGE, PLAIN, for_owner=True)
    return replace(message, blocks=tuple(in_plain(message.blocks)))


def _form(page: SponsorPage = PAGE, programme: Programme = PLAIN, **more: Any) -> Piece:
    facts: dict[str, Any] = {"sponsors": (BEN, SUE), "stopped_by": (), "on": date(2027, 4, 1)} | more
    meta = FormMetadata(form=SPONSOR_PAGE_FORM, about=str(MARCH))
    return shown(
        lambda: sponsor_page.page_form(
            page, programme, sponsor_page.values_of_page(page, is_on=True), meta=meta, **facts
        )
    )


SPONSOR_PAGES: dict[str, Piece] = {
    "notification-sponsor-page": _sent(PAGE),
    "notification-sponsor-page-few-own-words": _sent(FEW, CUSTOM),
    "notification-sponsor-page-to-owner": told(
        NotificationKind.SPONSOR_PAGE, OWEN, PLAIN, RUNNING, {}, sponsor_page=PAGE, owners=(OWEN,)
    ),
    "sponsor-page-in-plain-blocks": said(_plain),
    "sponsor-page-form": _form(),
    "sponsor-page-form-restored-own-words": _form(FEW, CUSTOM, sponsors=(BEN, SUE), stopped_by=(SUE,), restored=True),
    "sponsor-page-form-without-sponsors": _form(sponsors=()),
    "sponsor-page-stopped": said(lambda: sponsor_page.stopped(PLAIN)),
    "sponsor-page-resumed": said(lambda: sponsor_page.resumed(PLAIN)),
    "notification-weekly-status-before-sponsor-page": told(
        NotificationKind.WEEKLY_STATUS,
        OWEN,
        PLAIN,
        RUNNING,
        status=cohort_status(PLAIN, COHORT, (REQUEST, OFFER)),
        sponsor_page_on={PLAIN.id: date(2027, 4, 1)},
    ),
}
