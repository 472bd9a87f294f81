"""What there is to read of the pause of one partnership: the form, its messages, and where it stands."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from mentoring.core.outcome import NotificationKind
from mentoring.core.programmes import Programme
from mentoring.home.own_partnership import OwnPartnership
from mentoring.partnerships.partnership import Partnership, PartnershipState, Pause, RequestedPause
from mentoring.status import cohort_status
from messages import notifications, partnerships, status
from messages.forms import FormMetadata
from messages.pauses.form import pause_form, values_of_pause
from tests.golden.making import Piece, said, shown, told
from tests.messages.contexts import CARRIED_ON, LASTING, LEAVE, PAUSED
from tests.messages.examples import (
    ADA,
    BEN,
    COHORT,
    CUSTOM,
    LATER,
    OTHERS_OFFER,
    OWEN,
    PARTNERSHIP,
    PLAIN,
    REPORT,
    REQUEST,
    SUE,
    member,
)

OPEN = replace(PAUSED, pause=replace(LASTING, until=None))
SHORTENED = replace(PAUSED, pause=replace(LASTING, until=date(2027, 4, 26)))
DAY_BEFORE = date(2027, 6, 11)
BEN_WANTS = replace(CARRIED_ON, pause=replace(CARRIED_ON.pause, moves_end=(BEN,)))  # type: ignore[type-var]
ADA_WANTS = replace(CARRIED_ON, pause=replace(CARRIED_ON.pause, moves_end=(ADA,)))  # type: ignore[type-var]
MOVED = replace(
    CARRIED_ON,
    pause=replace(CARRIED_ON.pause, moves_end=(BEN, ADA)),  # type: ignore[type-var]
    agreed_end=date(2027, 9, 26),
)
TEN_DAYS = replace(
    PARTNERSHIP,
    pause=RequestedPause("", datetime(2027, 4, 20, 9, tzinfo=UTC), None, over_on=date(2027, 4, 30)),
    paused=timedelta(days=10),
)
BEYOND_THE_END = replace(CARRIED_ON, agreed_end=date(2027, 4, 5))
OVER = replace(PAUSED, state=PartnershipState.ENDED, over_at=datetime(2027, 5, 3, 9, tzinfo=UTC))


def _told(
    kind: NotificationKind,
    partnership: Partnership,
    reader: str = ADA,
    programme: Programme = PLAIN,
    today: date = LATER,
    until: str = "2027-06-14",
    **more: Any,
) -> Piece:
    people = {ADA: member(ADA), BEN: member(BEN)}
    more.setdefault("owners", (OWEN, SUE))
    return told(kind, reader, programme, today, {"until": until}, partnership=partnership, people=people, **more)


def _form(partnership: Partnership, programme: Programme = PLAIN, **more: Any) -> Piece:
    meta = FormMetadata(form="pause", about=partnership.id)
    return shown(lambda: pause_form(partnership, programme, values_of_pause(partnership), by=ADA, meta=meta, **more))


def _own(partnership: Partnership, programme: Programme = PLAIN, today: date = LATER) -> Piece:
    people = {ADA: member(ADA), BEN: member(BEN)}
    own = (OwnPartnership(partnership),)
    return shown(lambda: partnerships.view(own, by=ADA, programme=programme, today=today, people=people))


def _round(*pauses: Pause) -> Piece:
    sent = cohort_status(PLAIN, COHORT, (REQUEST, OTHERS_OFFER))
    found = replace(REPORT, quiet=(), paused=pauses)
    return said(lambda: status.cohort(sent, PLAIN, COHORT, LATER, found))


PAUSE_PIECES: dict[str, Piece] = {
    "pause-form": _form(PARTNERSHIP),
    "pause-form-own-words": _form(PARTNERSHIP, CUSTOM, restored=True),
    "pause-form-one-meeting": _form(PARTNERSHIP, planned=1),
    "pause-form-two-meetings": _form(PARTNERSHIP, planned=2),
    "pause-form-change": _form(PAUSED),
    "pause-form-change-no-day": _form(OPEN),
    "notification-partnership-paused": _told(NotificationKind.PARTNERSHIP_PAUSED, PAUSED),
    "notification-partnership-paused-own": _told(NotificationKind.PARTNERSHIP_PAUSED, PAUSED, BEN),
    "notification-partnership-paused-own-words": _told(NotificationKind.PARTNERSHIP_PAUSED, PAUSED, ADA, CUSTOM),
    "notification-partnership-paused-no-day": _told(NotificationKind.PARTNERSHIP_PAUSED, OPEN),
    "notification-pause-question": _told(NotificationKind.PAUSE_QUESTION, PAUSED, today=DAY_BEFORE),
    "notification-pause-question-own-words": _told(
        NotificationKind.PAUSE_QUESTION, PAUSED, ADA, CUSTOM, today=date(2027, 6, 13)
    ),
    "notification-pause-question-answered": _told(
        NotificationKind.PAUSE_QUESTION,
        replace(PAUSED, pause=replace(LASTING, confirmed=(ADA, BEN))),
        today=DAY_BEFORE,
    ),
    "notification-pause-question-no-day": _told(NotificationKind.PAUSE_QUESTION, OPEN, until=""),
    "notification-partnership-resumed": _told(NotificationKind.PARTNERSHIP_RESUMED, CARRIED_ON),
    "notification-partnership-resumed-own-words": _told(NotificationKind.PARTNERSHIP_RESUMED, CARRIED_ON, ADA, CUSTOM),
    "notification-partnership-resumed-ten-days": _told(NotificationKind.PARTNERSHIP_RESUMED, TEN_DAYS),
    "notification-partnership-resumed-other-wants": _told(NotificationKind.PARTNERSHIP_RESUMED, BEN_WANTS),
    "notification-partnership-resumed-waits": _told(NotificationKind.PARTNERSHIP_RESUMED, ADA_WANTS),
    "notification-partnership-resumed-moved": _told(NotificationKind.PARTNERSHIP_RESUMED, MOVED),
    "notification-partnership-resumed-beyond-the-end": _told(
        NotificationKind.PARTNERSHIP_RESUMED, BEYOND_THE_END, today=date(2027, 4, 12)
    ),
    "notification-long-pause": _told(NotificationKind.LONG_PAUSE, PAUSED, OWEN),
    "notification-long-pause-own-words": _told(NotificationKind.LONG_PAUSE, PAUSED, OWEN, CUSTOM),
    "notification-long-pause-no-day": _told(NotificationKind.LONG_PAUSE, OPEN, OWEN, today=date(2027, 12, 1)),
    "afterwards-partnership-paused": _told(
        NotificationKind.PARTNERSHIP_PAUSED, CARRIED_ON, render=notifications.render_afterwards
    ),
    "afterwards-pause-question-changed": _told(
        NotificationKind.PAUSE_QUESTION, PAUSED, until="2027-05-31", render=notifications.render_afterwards
    ),
    "afterwards-partnership-resumed-over": _told(
        NotificationKind.PARTNERSHIP_RESUMED, OVER, render=notifications.render_afterwards
    ),
    "afterwards-long-pause": _told(
        NotificationKind.LONG_PAUSE, CARRIED_ON, OWEN, render=notifications.render_afterwards
    ),
    "afterwards-long-pause-shortened": _told(
        NotificationKind.LONG_PAUSE, SHORTENED, OWEN, render=notifications.render_afterwards
    ),
    "afterwards-long-pause-over": _told(
        NotificationKind.LONG_PAUSE, OVER, OWEN, render=notifications.render_afterwards
    ),
    "partnerships-paused-by-choice": _own(PAUSED),
    "partnerships-paused-by-choice-no-day": _own(OPEN, CUSTOM),
    "partnerships-carried-on": _own(CARRIED_ON),
    "status-paused-by-choice": _round(
        Pause(PAUSED, ()), Pause(OPEN, ()), Pause(OPEN, (replace(member(BEN), leave=LEAVE),))
    ),
}
