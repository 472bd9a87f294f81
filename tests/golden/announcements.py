"""What there is to read of the communication plan: the plan, the form, what is sent, and how far it has got."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from mentoring.announcements.announcement import (
    Announcement,
    AnnouncementAudience,
    AnnouncementKind,
    AnnouncementState,
    Progress,
    plan_of,
    usual_id,
)
from mentoring.core.outcome import NotificationKind
from mentoring.core.people import Person
from mentoring.core.programmes import Programme
from mentoring.core.undelivered import DeliveryFailure, UndeliveredNotification
from messages.announcements.form import announcement_form, values_of
from messages.announcements.plan import ShownPlan, Unsettled, plan_view
from messages.announcements.preview import preview
from messages.forms import FormMetadata
from tests.golden.making import Piece, shown, told
from tests.messages.examples import ADA, ANNOUNCED, BEN, COHORT, OWEN, PLAIN, SUE, member
from tests.messages.examples import CUSTOM as OWN_WORDS

CLOCK = Person("", programme_zone="Europe/London")
NOW = datetime(2027, 1, 20, 10, tzinfo=UTC)
CHANNEL = "C0GENERAL"


def _entry(kind: AnnouncementKind, **changes: Any) -> Announcement:
    (found,) = (each.announcement for each in plan_of(COHORT, PLAIN, (), CLOCK) if each.announcement.kind is kind)
    return replace(found, version=1, **changes)


CALL = _entry(AnnouncementKind.CALL, channels=(CHANNEL,), state=AnnouncementState.SENT, approved_by=OWEN)
REMINDER = _entry(AnnouncementKind.LAST_WEEK, channels=(CHANNEL,))
MATCHES = _entry(AnnouncementKind.MATCHES_OUT, channels=(CHANNEL,), state=AnnouncementState.APPROVED, approved_by=SUE)
HALF_WAY = _entry(AnnouncementKind.HALF_WAY, state=AnnouncementState.SENDING, approved_by=OWEN)
CELEBRATION = _entry(AnnouncementKind.CELEBRATION, state=AnnouncementState.LEFT_OUT)
OWN = Announcement(
    "N9",
    PLAIN.id,
    COHORT.id,
    AnnouncementKind.OWN,
    AnnouncementAudience.MENTORS,
    text="Hello {mentors}.",
    name="Lunch for <mentors>",
    moment=datetime(2027, 3, 1, 9, tzinfo=UTC),
    version=1,
)
IN_TWO = replace(
    _entry(AnnouncementKind.CHANGES),
    text="We met twice.",
    channels=(CHANNEL, "C0LIBRARY"),
    state=AnnouncementState.SENT,
)


def _plan(*stored: Announcement, programme: Programme = PLAIN, now: datetime = NOW) -> Piece:
    entries = plan_of(COHORT, programme, stored, CLOCK)
    progress = {
        HALF_WAY.id: Progress(sent=3120, waiting=1870, failed=2, dropped=8, limited=5),
        CALL.id: Progress(sent=1),
        IN_TWO.id: Progress(failed=1, unsure=1),
    }
    unsettled = {
        IN_TWO.id: (
            Unsettled(CHANNEL, "17", "not_in_channel"),
            Unsettled("C0LIBRARY", "18", "not-answered", is_unsure=True),
        )
    }
    return shown(lambda: plan_view(ShownPlan(entries, progress, unsettled), programme, COHORT, member(OWEN), now))


def _form(announcement: Announcement, programme: Programme = PLAIN, *, due: datetime | None = NOW) -> Piece:
    meta = FormMetadata(form="announcement-form", about=announcement.id, programme="P1")
    return shown(lambda: announcement_form(announcement, programme, values_of(announcement, due), meta=meta))


def _told(kind: NotificationKind, announcement: Announcement, reader: str = ADA, **more: Any) -> Piece:
    programme = more.pop("programme", PLAIN)
    context = replace(ANNOUNCED, announcement=announcement, **more.pop("changes", {}))
    return told(kind, reader, programme, NOW.date(), {"announcement": announcement.id}, announcement=context, **more)


def _usual(kind: AnnouncementKind) -> Announcement:
    audience = AnnouncementAudience.CHANNELS
    return Announcement(usual_id(COHORT.id, kind), PLAIN.id, COHORT.id, kind, audience, has_buttons=kind in _CALLS)


_CALLS = (AnnouncementKind.CALL, AnnouncementKind.LAST_WEEK)
NAMED = {"named": ((ADA, BEN), (SUE, OWEN))}

ANNOUNCEMENT_PIECES: dict[str, Piece] = {
    "announcements-plan-at-first": _plan(),
    "announcements-plan": _plan(CALL, REMINDER, MATCHES, HALF_WAY, CELEBRATION, OWN, IN_TWO),
    "announcements-plan-own-words": _plan(CALL, replace(OWN, name="Lunch"), programme=OWN_WORDS),
    "announcements-plan-too-late": _plan(REMINDER, now=datetime(2027, 6, 1, 10, tzinfo=UTC)),
    "announcements-form": _form(CALL),
    "announcements-form-of-own": _form(OWN, OWN_WORDS),
    "announcements-form-new": _form(replace(OWN, version=0, name="", text=""), due=None),
    "announcements-preview": shown(lambda: preview(replace(ANNOUNCED, announcement=CALL), PLAIN)),
    "announcements-preview-direct": shown(lambda: preview(ANNOUNCED, PLAIN)),
    **{
        f"notification-channel-post-{kind}": _told(NotificationKind.CHANNEL_POST, _usual(kind), changes=NAMED)
        for kind in AnnouncementKind
        if kind is not AnnouncementKind.OWN
    },
    "notification-channel-post-own-words": _told(
        NotificationKind.CHANNEL_POST, _usual(AnnouncementKind.CALL), programme=OWN_WORDS
    ),
    "notification-channel-post-no-names": _told(NotificationKind.CHANNEL_POST, _usual(AnnouncementKind.CELEBRATION)),
    "notification-announcement": _told(NotificationKind.ANNOUNCEMENT, HALF_WAY),
    "notification-announcement-own": _told(NotificationKind.ANNOUNCEMENT, OWN),
    "notification-announcement-progress": _told(NotificationKind.ANNOUNCEMENT_PROGRESS, HALF_WAY, OWEN),
    "notification-announcement-progress-stopped": _told(
        NotificationKind.ANNOUNCEMENT_PROGRESS, replace(HALF_WAY, state=AnnouncementState.STOPPED), OWEN
    ),
    "notification-announcement-progress-sent": _told(
        NotificationKind.ANNOUNCEMENT_PROGRESS,
        replace(HALF_WAY, state=AnnouncementState.SENT),
        OWEN,
        changes={"progress": Progress(sent=4990, failed=2, dropped=8, limited=5)},
    ),
    "notification-undelivered-posts": told(
        NotificationKind.UNDELIVERED,
        OWEN,
        PLAIN,
        NOW.date(),
        {"report": "r1"},
        undelivered=(
            UndeliveredNotification(
                "17", NotificationKind.CHANNEL_POST, CHANNEL, "", "not_in_channel", DeliveryFailure.FAILED
            ),
            UndeliveredNotification(
                "18", NotificationKind.CHANNEL_POST, CHANNEL, "", "not-answered", DeliveryFailure.UNDECIDED
            ),
        ),
    ),
}
