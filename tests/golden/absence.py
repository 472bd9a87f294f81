"""What there is to read while somebody is away, when they are back, and where something did not arrive."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from mentoring.applications.application import Role
from mentoring.core.outcome import Notification, NotificationKind
from mentoring.core.people import Person
from mentoring.core.programmes import Programme
from mentoring.core.undelivered import UndeliveredNotification
from mentoring.home.own_partnership import OwnPartnership
from mentoring.partnerships.partnership import Partnership, Pause
from mentoring.status import cohort_status
from messages import leave, partnerships, status
from messages.notifications import render
from tests.golden.making import Piece, said, shown, told
from tests.messages.contexts import LEAVE, UNDELIVERED, context_of
from tests.messages.examples import (
    ADA,
    BEN,
    CLEO,
    CLOSED,
    COHORT,
    CUSTOM,
    ENDED,
    LATER,
    LEFT_AT,
    OTHER_PARTNERSHIP,
    OTHERS_OFFER,
    OWEN,
    PARTNERSHIP,
    PLAIN,
    REPORT,
    REQUEST,
    SUE,
    gone,
    member,
)
from tests.messages.homes import helped

HERE = {user: member(user) for user in (ADA, BEN, CLEO)}
AWAY = replace(member(BEN), leave=LEAVE)
BENS_OTHER = replace(PARTNERSHIP, id="R3", mentee=CLEO, mentee_application="A9")
PAUSED = replace(REPORT, quiet=(), paused=(Pause(OTHER_PARTNERSHIP, (gone(CLEO),)),))
ASKS_BEN = replace(PLAIN, contact=BEN)


def _between(kind: NotificationKind, reader: str = ADA, programme: Programme = PLAIN, *away: str, **more: Any) -> Piece:
    more.setdefault("partnership", PARTNERSHIP)
    people = HERE | {user: gone(user) for user in away}
    return told(kind, reader, programme, LATER, None, people=people, **more)


def _of(
    kind: NotificationKind, person: str, reader: str, programme: Programme = PLAIN, *away: str, **more: Any
) -> Piece:
    about = {"person": person, "left": LEFT_AT.isoformat()}
    people = HERE | {user: gone(user) for user in away}
    return told(kind, reader, programme, LATER, about, people=people, **({"owners": (OWEN, SUE)} | more))


def _own(programme: Programme = PLAIN) -> Piece:
    items = (OwnPartnership(PARTNERSHIP), OwnPartnership(OTHER_PARTNERSHIP))
    people = HERE | {BEN: gone(BEN)}
    return shown(lambda: partnerships.view(items, by=ADA, programme=programme, today=LATER, people=people))


def _round(programme: Programme = PLAIN, **changes: Any) -> Piece:
    sent = cohort_status(programme, COHORT, (REQUEST, OTHERS_OFFER))
    return said(lambda: status.cohort(sent, programme, COHORT, LATER, replace(PAUSED, **changes)))


def _leave(kind: NotificationKind, programme: Programme = PLAIN, by: str = "", **more: Any) -> Piece:
    context = context_of(kind, programme=programme, today=LATER, **more)
    about = {"person": ADA, **({"by": by} if by else {})}
    return said(lambda: render(Notification("1", kind, ADA, about), context))


def _help(programme: Programme, *own: Partnership, people: Mapping[str, Person] | None = None) -> Piece:
    people = people or HERE | {BEN: gone(BEN)}
    return said(lambda: helped(REQUEST, programme=programme, today=LATER, own=own, people=people))


def _lost(programme: Programme = PLAIN, *which: UndeliveredNotification) -> Piece:
    return told(
        NotificationKind.UNDELIVERED, OWEN, programme, LATER, {"report": "N1"}, undelivered=which or UNDELIVERED
    )


ABSENCE: dict[str, Piece] = {
    "help-paused": _help(PLAIN, PARTNERSHIP),
    "help-paused-own-words": _help(CUSTOM, PARTNERSHIP, replace(PARTNERSHIP, id="R4")),
    "notification-undelivered": _lost(),
    "notification-undelivered-one-own-words": _lost(CUSTOM, UNDELIVERED[0]),
    "notification-partner-left": _between(NotificationKind.PARTNER_LEFT, ADA, PLAIN, BEN),
    "notification-partner-left-own-words": _between(NotificationKind.PARTNER_LEFT, BEN, CUSTOM, ADA),
    "notification-partner-left-who-was-the-contact": _between(NotificationKind.PARTNER_LEFT, ADA, ASKS_BEN, BEN),
    "notification-partner-back": _between(NotificationKind.PARTNER_BACK),
    "notification-partner-back-own-words": _between(NotificationKind.PARTNER_BACK, BEN, CUSTOM),
    "notification-welcome-back": _of(NotificationKind.WELCOME_BACK, BEN, BEN, their_partnerships=(PARTNERSHIP,)),
    "notification-welcome-back-own-words": _of(
        NotificationKind.WELCOME_BACK, BEN, BEN, CUSTOM, CLEO, their_partnerships=(BENS_OTHER, replace(ENDED, id="R9"))
    ),
    "notification-owner-left": _of(
        NotificationKind.OWNER_LEFT, SUE, OWEN, PLAIN, SUE, owners=(OWEN, SUE), present_approvers=(OWEN,)
    ),
    "notification-owner-left-of-three": _of(
        NotificationKind.OWNER_LEFT, SUE, OWEN, PLAIN, SUE, owners=(OWEN, SUE, CLEO), present_approvers=(OWEN, CLEO)
    ),
    "notification-owners-person-left": _of(
        NotificationKind.OWNERS_PERSON_LEFT, BEN, OWEN, PLAIN, BEN, their_partnerships=(PARTNERSHIP,)
    ),
    "notification-owners-person-left-own-words": _of(
        NotificationKind.OWNERS_PERSON_LEFT, BEN, OWEN, CUSTOM, BEN, their_partnerships=(PARTNERSHIP, BENS_OTHER)
    ),
    "notification-owners-person-back": _of(
        NotificationKind.OWNERS_PERSON_BACK, BEN, OWEN, their_partnerships=(PARTNERSHIP, BENS_OTHER)
    ),
    "notification-owners-person-back-own-words": _of(
        NotificationKind.OWNERS_PERSON_BACK, BEN, OWEN, CUSTOM, their_partnerships=(PARTNERSHIP,)
    ),
    "notification-partnership-closed-in-a-pause-own-words": _between(
        NotificationKind.PARTNERSHIP_CLOSED, ADA, CUSTOM, BEN, partnership=CLOSED, met=3
    ),
    "help-paused-by-leave": _help(PLAIN, PARTNERSHIP, people=HERE | {BEN: AWAY}),
    "help-two-paused-by-leave": _help(CUSTOM, PARTNERSHIP, replace(PARTNERSHIP, id="R4"), people=HERE | {BEN: AWAY}),
    "leave-form": shown(lambda: leave.leave_form(ADA, None, PLAIN, {})),
    "leave-form-of-an-owner-own-words": shown(
        lambda: leave.leave_form(
            BEN, LEAVE, CUSTOM, {"back_on": "2027-06-14"}, role=Role.MENTOR, restored=True, root="V2", below="{}"
        )
    ),
    "leave-ended": said(lambda: leave.leave_ended(own=True)),
    "leave-of-another-ended": said(lambda: leave.leave_ended(own=False)),
    "pause": said(lambda: leave.reply_about_pause(member(ADA), PLAIN, takes_part=True)),
    "pause-own-words": said(
        lambda: leave.reply_about_pause(member(ADA), CUSTOM, takes_part=True, partnerships=[PARTNERSHIP])
    ),
    "pause-with-a-partner": said(
        lambda: leave.reply_about_pause(member(ADA), PLAIN, takes_part=True, partnerships=[PARTNERSHIP])
    ),
    "pause-nothing": said(lambda: leave.reply_about_pause(member(ADA), PLAIN, takes_part=False)),
    "pause-on-leave": said(lambda: leave.reply_about_pause(AWAY, PLAIN, takes_part=True)),
    "notification-on-leave": _leave(NotificationKind.ON_LEAVE),
    "notification-on-leave-by-an-owner-own-words": _leave(NotificationKind.ON_LEAVE, CUSTOM, by=OWEN),
    "notification-partner-on-leave": _leave(NotificationKind.PARTNER_ON_LEAVE),
    "notification-partner-on-leave-own-words": _leave(NotificationKind.PARTNER_ON_LEAVE, CUSTOM),
    "notification-leave-over": _leave(NotificationKind.LEAVE_OVER),
    "notification-leave-over-by-an-owner-own-words": _leave(
        NotificationKind.LEAVE_OVER, CUSTOM, by=OWEN, own_partnerships=(PARTNERSHIP,)
    ),
    "notification-leave-over-two-partnerships": _leave(
        NotificationKind.LEAVE_OVER, own_partnerships=(PARTNERSHIP, replace(PARTNERSHIP, id="R4"))
    ),
    "status-on-leave": said(lambda: status.mine(PLAIN, COHORT, [(REQUEST, None)], LATER, reader=replace(AWAY, id=ADA))),
    "partnerships-paused-by-leave": shown(
        lambda: partnerships.view(
            (OwnPartnership(PARTNERSHIP), OwnPartnership(OTHER_PARTNERSHIP)),
            by=ADA,
            programme=PLAIN,
            today=LATER,
            people=HERE | {ADA: replace(AWAY, id=ADA)},
        )
    ),
    "status-cohort-paused-by-leave": _round(paused=(Pause(OTHER_PARTNERSHIP, (replace(AWAY, id=CLEO),)),)),
    "partnerships-paused": _own(),
    "partnerships-paused-own-words": _own(CUSTOM),
    "status-cohort-paused": _round(),
    "status-cohort-paused-own-words": _round(CUSTOM),
}
