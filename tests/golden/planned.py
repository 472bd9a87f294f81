"""What there is to read of a planned meeting, from finding a time until both have said whether they met."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from mentoring.core.outcome import Notification, NotificationKind
from mentoring.core.programmes import Programme
from mentoring.meetings.finding_times import ProposedTime
from mentoring.meetings.place import MeetingPlace
from mentoring.meetings.planned import MeetingAnswer, PlannedMeeting, PlannedState
from mentoring.notifications.context import NotificationContext
from messages import notifications, planned_meetings
from messages.forms import FormMetadata
from messages.meeting_places import place_form, values_of_place
from messages.planned_meetings import TwoReaders
from messages.regular_times import regular_button
from tests.golden.making import Piece, said, shown
from tests.messages.examples import ADA, BEN, COHORT, CUSTOM, ENDED, FIRST, ITEMS, PARTNERSHIP, PLAIN, member

TODAY = date(2027, 3, 1)
TIMES = tuple(datetime(2027, 3, day, hour, tzinfo=UTC) for day, hour in ((2, 15), (3, 14), (4, 9)))
PEOPLE = {ADA: replace(member(ADA), time_zone="Europe/London"), BEN: replace(member(BEN), time_zone="America/New_York")}
OFFERED = PlannedMeeting("L1", PARTNERSHIP.id, PlannedState.OFFERED, 60, TIMES[:1], ADA)
BOOKED = PlannedMeeting("L1", PARTNERSHIP.id, PlannedState.BOOKED, 60, starts_at=TIMES[0])
MOVING = replace(BOOKED, options=TIMES[1:], offered_by=BEN)
LONGER = replace(MOVING, offered_minutes=90)
PAST = replace(BOOKED, state=PlannedState.PAST)
HELD = replace(PAST, state=PlannedState.HELD, mentee_answer=MeetingAnswer.MET)
MISSED = replace(PAST, state=PlannedState.MISSED, mentor_answer=MeetingAnswer.NOT_MET)
DISPUTED = replace(HELD, mentor_answer=MeetingAnswer.NOT_MET, is_disputed=True)
OFF = replace(BOOKED, state=PlannedState.CANCELLED, cancelled_by=BEN, sequence=1)
PLACE = MeetingPlace(PARTNERSHIP.id, "Room <3> & https://meet.example.org/a?b=1&c=2", BEN)
META = FormMetadata(form="place", about="L1")
OTHERS = tuple(ProposedTime(each, 60) for each in TIMES[1:])


def _told(
    planned: PlannedMeeting,
    reader: str = ADA,
    kind: NotificationKind = NotificationKind.PLANNED_MEETING,
    programme: Programme = PLAIN,
    **more: Any,
) -> Piece:
    about = {"partnership": PARTNERSHIP.id, "planned": planned.id}
    given: dict[str, Any] = {"partnership": PARTNERSHIP, "planned": planned, "people": PEOPLE, **more}
    render = given.pop("render", notifications.render)
    context = NotificationContext(
        reader=PEOPLE[reader], programme=programme, today=TODAY, cohort=COHORT, owners=(), **given
    )
    return said(lambda: render(Notification(f"{kind}:1", kind, reader, about), context))


def _finds(
    times: tuple[ProposedTime, ...], reader: str = ADA, planned: PlannedMeeting | None = None, **more: Any
) -> Piece:
    other = BEN if reader == ADA else ADA
    two = TwoReaders(PARTNERSHIP, PLAIN, PEOPLE[reader], PEOPLE[other])
    meta = FormMetadata(form=planned_meetings.FORM, about=PARTNERSHIP.id)
    return shown(lambda: planned_meetings.find_view(two, times, 60, meta=meta, planned=planned, **more))


def _stretched(*minutes: tuple[int, int]) -> tuple[ProposedTime, ...]:
    return tuple(ProposedTime(start, 60, each) for start, each in zip(TIMES, minutes, strict=False))


def _two() -> TwoReaders:
    return TwoReaders(PARTNERSHIP, PLAIN, PEOPLE[ADA], PEOPLE[BEN])


told_planned = _told

PLANNED: dict[str, Piece] = {
    "find-a-time": _finds(_stretched((0, 0), (0, 0), (0, 0))),
    "find-a-time-to-move-restored": _finds(
        _stretched((0, 0)), BEN, BOOKED, values={"starts_at": "1804176000"}, restored=True
    ),
    "find-a-time-the-other-stretches": _finds(_stretched((0, 60), (30, 60))),
    "find-a-time-both-stretch": _finds(_stretched((30, 30), (60, 0))),
    "find-a-time-or-regularly": _finds(_stretched((0, 0), (0, 0)), regular=regular_button(PARTNERSHIP.id)),
    "find-a-time-none": _finds(()),
    "find-a-time-offered": shown(lambda: planned_meetings.offered_view(_two(), TIMES)),
    "notification-planned-meeting-offered": _told(OFFERED, BEN, other_times=OTHERS),
    "notification-planned-meeting-offered-three": _told(replace(OFFERED, options=TIMES, offered_by=BEN)),
    "notification-planned-meeting-offered-by-reader": _told(OFFERED),
    "notification-planned-meeting-longer": _told(LONGER),
    "notification-planned-meeting-longer-by-reader": _told(LONGER, BEN),
    "notification-planned-meeting-first": _told(BOOKED),
    "notification-planned-meeting-first-to-mentor": _told(BOOKED, BEN),
    "notification-planned-meeting-agenda": _told(BOOKED, met=2, items=ITEMS),
    "notification-planned-meeting-agenda-to-mentor-own-words": _told(BOOKED, BEN, programme=CUSTOM, met=1, items=ITEMS),
    "notification-planned-meeting-place": _told(BOOKED, met=2, place=PLACE),
    "notification-planned-meeting-offered-place": _told(OFFERED, BEN, place=PLACE),
    "notification-planned-meeting-offered-place-by-reader": _told(OFFERED, place=replace(PLACE, words="")),
    "meeting-place-form": shown(lambda: place_form(BEN, {}, meta=META)),
    "meeting-place-form-restored": shown(lambda: place_form(BEN, values_of_place(PLACE), meta=META, restored=True)),
    "notification-planned-meeting-to-move": _told(MOVING, other_times=OTHERS[:1]),
    "notification-planned-meeting-moving": _told(MOVING, BEN),
    "notification-planned-meeting-past": _told(PAST),
    "notification-planned-meeting-held": _told(HELD, meeting=replace(FIRST, id="L1", logged_by=ADA)),
    "notification-planned-meeting-held-says-other": _told(HELD, BEN, meeting=replace(FIRST, id="L1", logged_by=ADA)),
    "notification-planned-meeting-held-on-a-logged-day": _told(HELD),
    "notification-planned-meeting-missed": _told(MISSED, BEN),
    "notification-planned-meeting-missed-says-other": _told(MISSED),
    "notification-planned-meeting-disputed": _told(DISPUTED),
    "notification-planned-meeting-disputed-by-reader": _told(DISPUTED, BEN),
    "notification-planned-meeting-cancelled": _told(OFF),
    "notification-planned-meeting-cancelled-by-reader": _told(OFF, BEN),
    "notification-planned-meeting-cancelled-by-itself": _told(replace(OFF, cancelled_by="")),
    "notification-planned-meeting-declined": _told(
        replace(OFFERED, state=PlannedState.CANCELLED, options=(), cancelled_by=BEN)
    ),
    "notification-planned-meeting-withdrawn": _told(
        replace(OFFERED, state=PlannedState.CANCELLED, options=(), cancelled_by=ADA), BEN
    ),
    "notification-planned-meeting-lapsed": _told(replace(OFFERED, state=PlannedState.LAPSED, options=())),
    "afterwards-planned-meeting": _told(PAST, partnership=ENDED, render=notifications.render_afterwards),
    "notification-calendar-file": _told(BOOKED, kind=NotificationKind.CALENDAR_FILE),
    "notification-calendar-file-moved": _told(replace(BOOKED, sequence=1), BEN, NotificationKind.CALENDAR_FILE),
    "notification-calendar-file-cancelled": _told(OFF, ADA, NotificationKind.CALENDAR_FILE),
}
