"""Meeting at a regular time: offering it, taking it, and ending it."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from handlers.context import AppContext, ReplaceForm, Request, Response, open_or_update
from handlers.drafts import load_draft, submission
from handlers.partnerships import find_partnership, show_list
from handlers.planned_meetings import two_readers
from mentoring.core.errors import Missing
from mentoring.core.fields import FieldName
from mentoring.core.outcome import Outcome
from mentoring.meetings.errors import NotOffered, TooFarToPlan
from mentoring.meetings.planned import MeetingPlan
from mentoring.meetings.regular_meetings import days_of, end_regular, extend_regular, offer_regular, take_regular
from mentoring.meetings.regular_time import RegularTime
from mentoring.partnerships.events import PartnershipEvent
from mentoring.partnerships.transitions import check_transition
from messages import forms, ids
from messages.forms import FormMetadata
from messages.regular_times import FORM, asked_view, first_values, parse_regular, regular_form
from services.drafts import draft_name
from services.planned_meetings import load_plan, propose_times
from storage import Transaction


def open_form(app: AppContext, request: Request) -> Response:
    """Open the form for the partnership of the button, in place of the times that were found."""
    with app.storage.read(request.workspace) as tx:
        partnership = find_partnership(tx, request.value, request)
        plan = load_plan(tx, partnership, request.now)
        check_transition(PartnershipEvent.PLAN_MEETING, partnership, request.person, pause=plan.pause)
        if plan.people[0].today(request.now) > partnership.ends_on:
            raise TooFarToPlan
        followed = tx.agreements.followed(partnership.id)
        two = two_readers(plan, request)
        draft = load_draft(tx, request, draft_name(ids.REGULAR_FORM, FORM, partnership.id))
        values = draft or first_values(
            two,
            propose_times(tx, plan, plan.agreed_minutes),
            followed.rhythm if followed else None,
            plan.agreed_minutes,
        )
        meta = FormMetadata(form=FORM, about=partnership.id)
        view = regular_form(two, values, meta=meta, restored=draft is not None)
    return open_or_update(request, view, instead_of={ids.TIMES_FORM})


def submit(app: AppContext, request: Request) -> Response:
    """Offer the regular time. If it is refused, it is saved as a draft."""
    view = request.view or {}
    meta = forms.meta_of(view)
    if meta.form != FORM:
        raise forms.UnknownForm
    values = forms.read(view)
    with submission(app, request) as tx:
        plan = load_plan(tx, find_partnership(tx, meta.about, request), request.now)
        two = two_readers(plan, request)
        offer = parse_regular(values, two)
        if isinstance(offer, FieldName):
            raise Missing(offer)
        new_id = tx.regular_times.id_of_form(str(view.get("id", "")))
        name = partial(tx.regular_times.meeting_id, plan.regular.id if plan.regular else new_id)
        outcome = offer_regular(plan, offer, by=request.person, new_id=new_id, new_ids=name)
        tx.save(outcome)
        regular = next((each for each in outcome.changes if isinstance(each, RegularTime)), plan.regular)
        assert regular is not None  # noqa: S101 - it is new, or as it was
        shown = asked_view(two, regular, days_of(plan, regular))
    return ReplaceForm(shown)


def take(app: AppContext, request: Request) -> Response:
    """Agree on the regular time of the button."""

    def rule(tx: Transaction, plan: MeetingPlan) -> Outcome:
        name = partial(tx.regular_times.meeting_id, request.value)
        return take_regular(plan, by=request.person, new_ids=name)

    return _decide(app, request, rule)


def extend(app: AppContext, request: Request) -> Response:
    """Book the meetings of the regular time of the button until the agreed end that is later now."""

    def rule(tx: Transaction, plan: MeetingPlan) -> Outcome:
        name = partial(tx.regular_times.meeting_id, request.value)
        return extend_regular(plan, by=request.person, new_ids=name)

    return _decide(app, request, rule)


def end(app: AppContext, request: Request) -> Response:
    """End the regular time of the button, or decline or withdraw it."""
    return _decide(app, request, lambda tx, plan: end_regular(plan, by=request.person))


def _decide(app: AppContext, request: Request, rule: Callable[[Transaction, MeetingPlan], Outcome]) -> Response:
    """Change a regular time. Its messages, and the list in which the button was, show it."""
    with app.storage.begin(request.workspace) as tx:
        regular = tx.regular_times.get(request.value)
        if regular is None:
            raise NotOffered
        plan = load_plan(tx, find_partnership(tx, regular.partnership_id, request), request.now)
        its = replace(plan, regular=regular, regular_meetings=tx.planned_meetings.of_regular(regular))
        tx.save(rule(tx, its))
    return show_list(app, request)
