"""Changing the end of a partnership together: proposing, and answering what the other proposes."""

from collections.abc import Callable
from typing import Any

from handlers.context import DONE, AppContext, Request, Response, UpdateModal, open_or_update
from handlers.drafts import load_draft, submission
from handlers.partnerships import day_seen, find_partnership, list_below, show_list, view_of
from mentoring.core.errors import StaleRequest
from mentoring.core.outcome import Outcome
from mentoring.partnerships import end_plan as rules
from mentoring.partnerships.end_date import EndContext
from mentoring.partnerships.end_plan import EndPlan
from mentoring.partnerships.events import PartnershipEvent
from mentoring.partnerships.partnership import pause_of
from messages import forms, ids
from messages.end_plans import FORM, end_form, end_view, parse_end
from messages.forms import FormMetadata
from services.drafts import draft_name
from services.end_dates import load_end_context
from services.planned_meetings import with_meetings_called_off
from storage import Transaction

_OURS = (ids.END_FORM, ids.END_VIEW)


def open_end(app: AppContext, request: Request) -> Response:
    """Show the proposal that waits for an answer, or else the form to propose another end."""
    with app.storage.read(request.workspace) as tx:
        context, plan = _load(tx, request, request.value)
        waits = plan.open_proposal(context.partnership, context.bounds(request.now).today)
        is_own = waits is not None and waits.by == request.person
        event = PartnershipEvent.TAKE_BACK_END if is_own else PartnershipEvent.CHANGE_END
        rules.check_can_change(context, request.person, request.now, event)
        if waits:
            return open_or_update(request, _view(request, context, plan), instead_of=_OURS)
        return open_or_update(request, _form(tx, request, context), instead_of=_OURS)


def open_form(app: AppContext, request: Request) -> Response:
    """Show the form, also while a proposal waits: a new one takes its place."""
    with app.storage.read(request.workspace) as tx:
        context, _ = _load(tx, request, request.value)
        rules.check_can_change(context, request.person, request.now)
        return open_or_update(request, _form(tx, request, context), instead_of=_OURS)


def submit(app: AppContext, request: Request) -> Response:
    """Propose another end. If it is refused, it is saved as a draft."""
    view = request.view or {}
    meta = forms.meta_of(view)
    if meta.form != FORM:
        raise forms.UnknownForm
    sent = parse_end(forms.read(view))
    with submission(app, request) as tx:
        context, plan = _load(tx, request, meta.about)
        proposed = rules.propose(context, plan, sent, by=request.person, now=request.now)
        tx.save(with_meetings_called_off(tx, proposed, request.now))
    if not meta.root:
        return DONE
    with app.storage.read(request.workspace) as tx:
        return UpdateModal(view_of(tx, request), meta.root)


def agree(app: AppContext, request: Request) -> Response:
    return _answer(app, request, rules.agree)


def decline(app: AppContext, request: Request) -> Response:
    return _answer(app, request, rules.decline)


def take_back(app: AppContext, request: Request) -> Response:
    return _answer(app, request, rules.take_back)


def keep(app: AppContext, request: Request) -> Response:
    """Say that the agreed end, as the message showed it, can stay."""
    partnership_id, ends_on = day_seen(request)
    with app.storage.begin(request.workspace) as tx:
        context, plan = _load(tx, request, partnership_id)
        tx.save(rules.keep_end(context, plan, ends_on, by=request.person, now=request.now))
    return DONE


def refresh(app: AppContext, request: Request) -> Response:
    """After a refusal, show where the end stands, if that is what is open, or the list of partnerships."""
    showing = request.view or {}
    if showing.get("callback_id") != ids.END_VIEW:
        return show_list(app, request)
    with app.storage.read(request.workspace) as tx:
        context, plan = _load(tx, request, forms.meta_or_empty(showing).about)
        return UpdateModal(_view(request, context, plan), str(showing["id"]))


def _answer(app: AppContext, request: Request, rule: Callable[..., Outcome]) -> Response:
    """Answer the proposal of the button, and show what became of it where the button was: in a message, by itself."""
    partnership_id, _, number = request.value.partition(":")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        raise StaleRequest(typed=False)
    with app.storage.begin(request.workspace) as tx:
        context, plan = _load(tx, request, partnership_id)
        answered = rule(context, plan, int(number), by=request.person, now=request.now)
        tx.save(with_meetings_called_off(tx, answered, request.now))
    showing = request.view or {}
    if showing.get("callback_id") != ids.END_VIEW:
        return show_list(app, request)
    with app.storage.read(request.workspace) as tx:
        context, plan = _load(tx, request, partnership_id)
        below = list_below(request, _OURS)
        refresh_list = UpdateModal(view_of(tx, request), below) if below else None
        return UpdateModal(_view(request, context, plan), str(showing["id"]), refresh_list)


def _load(tx: Transaction, request: Request, partnership_id: str) -> tuple[EndContext, EndPlan]:
    """The data of the rules, for one of the two people. Raises NoSuchPartnership for everybody else."""
    partnership = find_partnership(tx, partnership_id, request)
    return load_end_context(tx, partnership), tx.private(request.acting).end_plan(partnership)


def _view(request: Request, context: EndContext, plan: EndPlan) -> dict[str, Any]:
    meta = FormMetadata(form=FORM, about=context.partnership.id, root=list_below(request, _OURS))
    today = context.bounds(request.now).today
    paused = pause_of(context.partnership, context.people) is not None
    return end_view(plan, context.partnership, request.person, context.programme, today, meta=meta, paused=paused)


def _form(tx: Transaction, request: Request, context: EndContext) -> dict[str, Any]:
    draft = load_draft(tx, request, draft_name(ids.END_FORM, FORM, context.partnership.id))
    return end_form(
        context.partnership,
        request.person,
        context.programme,
        context.bounds(request.now),
        draft or {},
        meta=FormMetadata(form=FORM, about=context.partnership.id, root=list_below(request, _OURS)),
        restored=draft is not None,
    )
