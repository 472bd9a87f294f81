"""What there is to read of a regular time, from the form until it ends."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from mentoring.core.outcome import Notification, NotificationKind
from mentoring.meetings.place import MeetingPlace
from mentoring.meetings.planned import PlannedMeeting, PlannedState
from mentoring.meetings.regular_time import (
    OwnRegularTime,
    RegularDays,
    RegularState,
    RegularTime,
    SkippedDay,
    SkipReason,
)
from mentoring.notifications.context import NotificationContext
from messages import notifications, regular_times
from messages.blocks import modal
from messages.forms import FormMetadata
from messages.planned_meetings import TwoReaders
from tests.golden.making import Piece, said, shown
from tests.golden.planned import PEOPLE, PLACE, TODAY
from tests.messages.examples import ADA, BEN, COHORT, ENDED, PARTNERSHIP, PLAIN

TIME = RegularTime(
    "R1",
    PARTNERSHIP.id,
    RegularState.OFFERED,
    datetime(2027, 3, 2, 15, tzinfo=UTC),
    "Europe/London",
    2,
    60,
    date(2027, 8, 15),
    ADA,
)
AGREED = replace(TIME, state=RegularState.AGREED)
ALL = tuple(TIME.starts())
DAYS = RegularDays((*ALL[:2], *ALL[4:]), (SkippedDay(ALL[2], SkipReason.DAY_OFF), SkippedDay(ALL[3], SkipReason.LEAVE)))
MEETINGS = tuple(
    PlannedMeeting(
        f"M{number}", PARTNERSHIP.id, PlannedState.BOOKED, 60, starts_at=start, regular_id="R1", regular_at=start
    )
    for number, start in enumerate(DAYS.starts)
)
_MORE = tuple(ALL[-1] + timedelta(weeks=2 * number) for number in (1, 2, 3))
OFF = tuple(replace(each, state=PlannedState.CANCELLED, sequence=1) for each in MEETINGS)


def _two(reader: str = ADA) -> TwoReaders:
    return TwoReaders(PARTNERSHIP, PLAIN, PEOPLE[reader], PEOPLE[BEN if reader == ADA else ADA])


def _told(
    regular: RegularTime,
    reader: str,
    kind: NotificationKind = NotificationKind.REGULAR_TIME,
    meetings: tuple[PlannedMeeting, ...] = MEETINGS,
    place: MeetingPlace | None = None,
    **more: Any,
) -> Piece:
    about = {"partnership": PARTNERSHIP.id, "regular": "R1"}
    days = DAYS if regular.state is RegularState.OFFERED else None
    given: dict[str, Any] = {"partnership": PARTNERSHIP, "people": PEOPLE, **more}
    render = given.pop("render", notifications.render)
    context = NotificationContext(
        reader=PEOPLE[reader],
        programme=PLAIN,
        today=TODAY,
        cohort=COHORT,
        owners=(),
        regular=regular,
        regular_meetings=meetings,
        regular_days=days,
        place=place,
        **given,
    )
    return said(lambda: render(Notification(f"{kind}:1", kind, reader, about), context))


def _own(own: OwnRegularTime) -> Piece:
    return shown(lambda: modal("own-regular-time", "Your partnerships", regular_times.own_blocks(own, _two())))


_AHEAD = tuple((each.id, start) for each, start in zip(MEETINGS, DAYS.starts, strict=True))
_META = FormMetadata(form=regular_times.FORM, about=PARTNERSHIP.id)
_CHOSEN = {"first_meeting": "1804086000", "rhythm": "second-week", "minutes": "60"}
_FILE = NotificationKind.REGULAR_FILE
_ENDED = replace(AGREED, state=RegularState.ENDED, ended_by=BEN)

REGULAR: dict[str, Piece] = {
    "regular-time-form": shown(lambda: regular_times.regular_form(_two(), _CHOSEN, meta=_META)),
    "regular-time-form-restored": shown(lambda: regular_times.regular_form(_two(), {}, meta=_META, restored=True)),
    "regular-time-asked": shown(lambda: regular_times.asked_view(_two(), TIME, DAYS)),
    "regular-time-own": _own(OwnRegularTime(AGREED, DAYS, _AHEAD)),
    "regular-time-own-until-a-later-end": _own(OwnRegularTime(AGREED, DAYS, _AHEAD, _MORE)),
    "regular-time-own-one-more": _own(OwnRegularTime(AGREED, DAYS, _AHEAD, _MORE[:1])),
    "regular-time-own-last-one": _own(OwnRegularTime(AGREED, RegularDays(DAYS.starts[-1:]), _AHEAD[-1:])),
    "notification-regular-time": _told(TIME, BEN),
    "notification-regular-time-by-reader": _told(TIME, ADA),
    "notification-regular-time-taken": _told(AGREED, BEN),
    "notification-regular-time-declined": _told(replace(TIME, state=RegularState.DECLINED, ended_by=BEN), ADA),
    "notification-regular-time-withdrawn": _told(replace(TIME, state=RegularState.DECLINED, ended_by=ADA), BEN),
    "notification-regular-time-ended": _told(_ENDED, BEN),
    "afterwards-regular-time": _told(AGREED, BEN, partnership=ENDED, render=notifications.render_afterwards),
    "notification-regular-file": _told(AGREED, ADA, _FILE),
    "notification-regular-file-to-mentor": _told(AGREED, BEN, _FILE, place=PLACE),
    "notification-regular-file-after-leave": _told(AGREED, ADA, _FILE, (*OFF[:2], *MEETINGS[2:])),
    "notification-regular-file-ended": _told(_ENDED, ADA, _FILE, OFF),
    "notification-regular-file-cancelled-by-itself": _told(AGREED, ADA, _FILE, OFF),
}
