"""What there is to read of what owners do about a partnership."""

from dataclasses import replace
from datetime import date
from typing import Any

from mentoring.core.outcome import NotificationKind
from mentoring.core.programmes import Programme
from mentoring.oversight.asking import HowItStands, OversightKind, StandingAnswer
from messages import notifications
from messages.forms import FormMetadata
from messages.home.needs import all_needs
from messages.oversight.form import ended_by_owner_view, hand_over_form
from messages.oversight.view import done, snoozed
from messages.pauses.form import pause_form
from tests.golden.home import WORK
from tests.golden.making import Piece, said, shown, told
from tests.messages.contexts import HANDED_OVER, LASTING, OVERSIGHT, PAUSED
from tests.messages.examples import ADA, BEN, CLOSED, CUSTOM, ENDED, MATCHING, OWEN, PARTNERSHIP, PLAIN, SUE, member

PEOPLE = {each: member(each) for each in (ADA, BEN, OWEN, SUE)}
OWNERS = (OWEN, SUE)
ABOUT = {"partnership": PARTNERSHIP.id, "number": "1", "by": OWEN}


def _told(kind: NotificationKind, reader: str = ADA, programme: Programme = PLAIN, **more: Any) -> Piece:
    found = {"partnership": PARTNERSHIP, "oversight": OVERSIGHT, "people": PEOPLE, "owners": OWNERS, **more}
    about = {**ABOUT, "by": BEN} if kind is NotificationKind.STANDING_ANSWERED else ABOUT
    about = found.pop("about", about)
    return told(kind, reader, programme, MATCHING, about, **found)


def _answered(*said: tuple[str, HowItStands]) -> Any:
    answers = tuple(StandingAnswer(PARTNERSHIP.id, 1, person, answer, OVERSIGHT.now) for person, answer in said)
    return replace(OVERSIGHT, answers=answers)


def _form(programme: Programme, owners: tuple[str, ...] = OWNERS, **more: Any) -> Piece:
    meta = FormMetadata(form="hand-over", about=PARTNERSHIP.id, root="V1")
    return shown(lambda: hand_over_form(PARTNERSHIP, programme, {}, owners=owners, people=PEOPLE, meta=meta, **more))


def _pause(programme: Programme, **more: Any) -> Piece:
    meta = FormMetadata(form="pause", about=PARTNERSHIP.id, root="V1")
    return shown(lambda: pause_form(PARTNERSHIP, programme, {}, by=OWEN, meta=meta, **more))


PAUSED_BY_OWNER = replace(PAUSED, pause=replace(LASTING, by=OWEN))

OVERSIGHT_PIECES: dict[str, Piece] = {
    "notification-owner-nudge": _told(NotificationKind.OWNER_NUDGE),
    "notification-owner-nudge-own-words": _told(NotificationKind.OWNER_NUDGE, BEN, CUSTOM),
    "notification-help-offered": _told(NotificationKind.HELP_OFFERED),
    "notification-help-offered-own-words": _told(NotificationKind.HELP_OFFERED, BEN, CUSTOM),
    "notification-standing-asked": _told(NotificationKind.STANDING_ASKED),
    "notification-standing-asked-own-words": _told(NotificationKind.STANDING_ASKED, ADA, CUSTOM),
    **{
        f"notification-standing-asked-{answer}": _told(
            NotificationKind.STANDING_ASKED, oversight=_answered((ADA, answer))
        )
        for answer in HowItStands
    },
    "notification-another-offered": _told(NotificationKind.ANOTHER_OFFERED, partnership=ENDED),
    "notification-another-offered-own-words": _told(NotificationKind.ANOTHER_OFFERED, BEN, CUSTOM, partnership=CLOSED),
    "afterwards-standing-asked": _told(NotificationKind.STANDING_ASKED, render=notifications.render_afterwards),
    "notification-standing-answered": _told(NotificationKind.STANDING_ANSWERED, OWEN),
    "notification-standing-answered-own-words": _told(
        NotificationKind.STANDING_ANSWERED,
        OWEN,
        CUSTOM,
        oversight=_answered((BEN, HowItStands.WELL), (ADA, HowItStands.WELL)),
    ),
    "notification-handed-over": _told(
        NotificationKind.HANDED_OVER, SUE, partnership=replace(HANDED_OVER, responsible=SUE)
    ),
    "notification-handed-over-own-words": _told(
        NotificationKind.HANDED_OVER, SUE, CUSTOM, partnership=replace(HANDED_OVER, responsible=SUE)
    ),
    "notification-owner-named": _told(NotificationKind.OWNER_NAMED, partnership=HANDED_OVER),
    "notification-owner-named-own-words": _told(
        NotificationKind.OWNER_NAMED, programme=CUSTOM, partnership=HANDED_OVER
    ),
    "notification-owner-gone": _told(
        NotificationKind.OWNER_NAMED,
        partnership=replace(HANDED_OVER, responsible="U0GONE"),
        about={**ABOUT, "gone": "yes"},
    ),
    "notification-owner-gone-own-words": _told(
        NotificationKind.OWNER_NAMED,
        programme=CUSTOM,
        partnership=replace(HANDED_OVER, responsible="U0GONE"),
        about={**ABOUT, "gone": "yes"},
        oversight=replace(OVERSIGHT, owners=OWNERS),
    ),
    "notification-partnership-paused-by-owner": _told(NotificationKind.PARTNERSHIP_PAUSED, partnership=PAUSED_BY_OWNER),
    "hand-over-form": _form(PLAIN),
    "hand-over-form-own-words": _form(CUSTOM, restored=True),
    "hand-over-form-one-owner": _form(PLAIN, (OWEN,)),
    "hand-over-form-ended": shown(ended_by_owner_view),
    "pause-form-owner": _pause(PLAIN),
    "pause-form-owner-own-words": _pause(CUSTOM, restored=True),
    "overseen-snoozed": said(lambda: snoozed(PARTNERSHIP, date(2027, 3, 15))),
    "needs-all": said(lambda: all_needs(WORK, PLAIN)),
    "needs-all-own-words": said(lambda: all_needs(WORK, CUSTOM)),
    "needs-none": said(lambda: all_needs((), PLAIN)),
    **{f"overseen-{kind}": said(lambda kind=kind: done(kind, PARTNERSHIP, PLAIN)) for kind in OversightKind},  # type: ignore[misc]
}
