"""What two people read when they change the end of their partnership."""

from dataclasses import replace
from datetime import date
from typing import Any

from mentoring.core.lengths import Length
from mentoring.core.outcome import Notification, NotificationKind
from mentoring.core.programmes import Programme
from mentoring.home.own_partnership import OwnPartnership
from mentoring.notifications.context import NotificationContext
from mentoring.partnerships.end_date import end_bounds
from mentoring.partnerships.end_plan import EndPlan, EndProposal, EndProposalState
from mentoring.partnerships.partnership import Partnership
from messages import notifications, partnerships
from messages.end_plans import end_form, end_view
from messages.forms import FormMetadata
from tests.golden.making import Piece, said, shown
from tests.messages.examples import ADA, BEN, CLOSED, COHORT, CUSTOM, ENDED, PARTNERSHIP, PLAIN, member

TODAY = date(2027, 7, 5)
END = PARTNERSHIP.ends_on
GOES_ON = EndProposal(PARTNERSHIP.id, 1, BEN, date(2027, 10, 15), END)
EARLY = replace(GOES_ON, ends_on=None)
MOVED = replace(PARTNERSHIP, agreed_end=GOES_ON.ends_on, months=8)
COMPLETED = replace(PARTNERSHIP, agreed_end=TODAY, completed_on=TODAY, months=5)
META = FormMetadata(form="end", about=PARTNERSHIP.id)
ONE_LENGTH = replace(PLAIN, lengths=(Length(months=6),))


def _answered(proposal: EndProposal, state: EndProposalState) -> EndPlan:
    return EndPlan(replace(proposal, state=state))


def _told(
    kind: NotificationKind,
    plan: EndPlan,
    reader: str = ADA,
    partnership: Partnership = PARTNERSHIP,
    programme: Programme = PLAIN,
    today: date = TODAY,
    number: int = 1,
    render: Any = notifications.render,
) -> Piece:
    context = NotificationContext(
        reader=member(reader),
        today=today,
        programme=programme,
        cohort=COHORT,
        owners=(),
        partnership=partnership,
        people={ADA: member(ADA), BEN: member(BEN)},
        end_plan=plan,
        met=3,
    )
    about = {"partnership": partnership.id, "number": str(number)}
    return said(lambda: render(Notification(f"{kind}:1", kind, reader, about), context))


def _form(programme: Programme = PLAIN, **more: Any) -> Piece:
    partnership = more.pop("partnership", PARTNERSHIP)
    bounds, values = end_bounds(partnership, programme, TODAY), more.pop("values", {})
    return shown(lambda: end_form(partnership, ADA, programme, bounds, values, meta=META, **more))


def _view(plan: EndPlan, reader: str = ADA, partnership: Partnership = PARTNERSHIP, *, paused: bool = False) -> Piece:
    return shown(lambda: end_view(plan, partnership, reader, PLAIN, TODAY, meta=META, paused=paused))


def _list(plan: EndPlan, reader: str = ADA) -> Piece:
    own = OwnPartnership(PARTNERSHIP, end_plan=plan)
    return shown(lambda: partnerships.view([own], by=reader, programme=PLAIN, today=TODAY))


QUESTION, PROPOSED, ANSWERED = (
    NotificationKind.END_QUESTION,
    NotificationKind.END_PROPOSED,
    NotificationKind.END_ANSWERED,
)
ENDS: dict[str, Piece] = {
    "end-form": _form(),
    "end-form-own-words-restored": _form(CUSTOM, values={"end_choice": "day", "end_day": "2027-10-15"}, restored=True),
    "end-form-one-length": _form(ONE_LENGTH),
    "end-form-one-length-moved": _form(ONE_LENGTH, partnership=MOVED),
    "end-view": _view(EndPlan(GOES_ON)),
    "end-view-own": _view(EndPlan(GOES_ON), BEN),
    "end-view-own-in-a-pause": _view(EndPlan(GOES_ON), BEN, paused=True),
    "end-view-early": _view(EndPlan(EARLY)),
    "end-view-moved": _view(_answered(GOES_ON, EndProposalState.AGREED), partnership=MOVED),
    "end-view-completed": _view(_answered(EARLY, EndProposalState.AGREED), partnership=COMPLETED),
    "partnerships-end-proposed": _list(EndPlan(GOES_ON)),
    "partnerships-end-proposed-by-reader": _list(EndPlan(EARLY), BEN),
    "notification-end-question": _told(QUESTION, EndPlan()),
    "notification-end-question-own-words": _told(QUESTION, EndPlan(), programme=CUSTOM),
    "notification-end-question-kept": _told(QUESTION, EndPlan(kept={ADA: END})),
    "notification-end-question-kept-by-the-other": _told(QUESTION, EndPlan(kept={BEN: END})),
    "notification-end-question-kept-by-both": _told(QUESTION, EndPlan(kept={ADA: END, BEN: END})),
    "notification-end-question-proposed": _told(QUESTION, EndPlan(GOES_ON), BEN),
    "notification-end-question-agreed": _told(QUESTION, _answered(GOES_ON, EndProposalState.AGREED), partnership=MOVED),
    "notification-end-question-afterwards": _told(
        QUESTION, EndPlan(), today=END, render=notifications.render_afterwards
    ),
    "notification-end-proposed": _told(PROPOSED, EndPlan(GOES_ON)),
    "notification-end-proposed-early": _told(PROPOSED, EndPlan(EARLY)),
    "notification-end-proposed-agreed": _told(
        PROPOSED, _answered(GOES_ON, EndProposalState.AGREED), partnership=MOVED, render=notifications.render_afterwards
    ),
    "notification-end-proposed-completed": _told(
        PROPOSED,
        _answered(EARLY, EndProposalState.AGREED),
        partnership=COMPLETED,
        render=notifications.render_afterwards,
    ),
    "notification-end-proposed-declined": _told(
        PROPOSED, _answered(GOES_ON, EndProposalState.DECLINED), render=notifications.render_afterwards
    ),
    "notification-end-proposed-withdrawn": _told(
        PROPOSED, _answered(GOES_ON, EndProposalState.WITHDRAWN), render=notifications.render_afterwards
    ),
    "notification-end-proposed-newer": _told(
        PROPOSED, EndPlan(replace(GOES_ON, number=2)), render=notifications.render_afterwards
    ),
    "notification-end-proposed-over": _told(
        PROPOSED, EndPlan(GOES_ON), partnership=ENDED, render=notifications.render_afterwards
    ),
    "notification-end-answered": _told(ANSWERED, _answered(GOES_ON, EndProposalState.AGREED), BEN, MOVED),
    "notification-end-answered-early": _told(ANSWERED, _answered(EARLY, EndProposalState.AGREED), BEN, COMPLETED),
    "notification-end-answered-declined": _told(ANSWERED, _answered(GOES_ON, EndProposalState.DECLINED), BEN),
    "notification-partnership-closed-early": _told(
        NotificationKind.PARTNERSHIP_CLOSED,
        EndPlan(),
        partnership=replace(CLOSED, agreed_end=TODAY, completed_on=TODAY),
    ),
}
