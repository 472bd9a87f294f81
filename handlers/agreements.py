"""The agreement of two partners: reading it, its form in steps, and signing it."""

from contextlib import suppress
from dataclasses import replace
from typing import Any

from handlers.context import AppContext, OpenModal, ReplaceForm, Request, Response, UpdateModal, open_or_update
from handlers.drafts import load_draft, save_values
from handlers.partnerships import find_partnership, list_below, open_mine, view_of
from mentoring.agenda.agenda import Agenda
from mentoring.agreements import agreement as rules
from mentoring.agreements.agreement import AgreementContext
from mentoring.agreements.errors import AgreementChanged
from mentoring.agreements.terms import proposed_terms
from mentoring.applications.application import MeetingMode
from mentoring.core.errors import InvalidForm, MentoringError, NoProgramme, StaleRequest
from mentoring.partnerships.errors import NoPartnership
from mentoring.partnerships.partnership import Partnership
from messages import forms, ids
from messages.agenda.view import talked_about
from messages.agreements.form import FIELDS, FORM, SEEN, AgreementStep, form, parse, values_of
from messages.agreements.view import view
from messages.agreements.words import BRINGS
from messages.errors import sentence_for
from messages.forms import FormMetadata, Values
from services.agenda import with_meetings
from services.own_partnerships import agreement_draft
from services.planned_meetings import with_meetings_called_off
from storage import Transaction

_OURS = (ids.AGREEMENT_FORM, ids.AGREEMENT_VIEW)


def open_agreement(app: AppContext, request: Request) -> Response:
    """Show the agreement of the partnership of the button, or its form if nothing is written yet."""
    if not request.value:
        return open_by_command(app, request)
    with app.storage.read(request.workspace) as tx:
        context = _context(tx, request, request.value)
        return open_or_update(request, _agreement_or_form(tx, request, context), instead_of=_OURS)


def open_by_command(app: AppContext, request: Request) -> Response:
    """Show the agreement of the person's only active partnership, or the list of their partnerships if it has more."""
    with app.storage.read(request.workspace) as tx:
        if not tx.programmes.count():
            raise NoProgramme
        mine = tx.partnerships.of(request.person)
    if not mine:
        raise NoPartnership
    active = [each.id for each in mine if each.is_active]
    return open_agreement(app, replace(request, value=active[0])) if len(active) == 1 else open_mine(app, request)


def change(app: AppContext, request: Request) -> Response:
    """Show the form with what the newest version says, or with this person's draft."""
    with app.storage.read(request.workspace) as tx:
        context = _context(tx, request, request.value)
        rules.check_open(context, request.person, request.now)
        return open_or_update(request, _step(tx, request, context, AgreementStep.MEETINGS), instead_of=_OURS)


def go_to_step(app: AppContext, request: Request) -> Response:
    """Show another step in place of the open one. What was typed in that is kept."""
    showing = request.view or {}
    meta = forms.meta_or_empty(showing)
    if meta.form != FORM or request.value not in set(AgreementStep):
        raise StaleRequest(typed=False)
    _keep(app, request, meta)
    with app.storage.read(request.workspace) as tx:
        context = _context(tx, request, meta.about)
        rules.check_open(context, request.person, request.now)
        return UpdateModal(_step(tx, request, context, AgreementStep(request.value)), str(showing["id"]))


def submit_step(app: AppContext, request: Request) -> Response:
    """Keep what was typed as a draft, and show the next step, or the first again if the agreement has changed."""
    view = request.view or {}
    meta = _meta(view)
    if meta.step not in (AgreementStep.MEETINGS, AgreementStep.EXPECTATIONS):
        raise forms.UnknownForm
    step, sent = AgreementStep(meta.step), parse(forms.read(view))
    _keep(app, request, meta)
    with app.storage.read(request.workspace) as tx:
        context = _context(tx, request, meta.about)
        rules.check_open(context, request.person, request.now)
        if meta.version != context.seen:
            return ReplaceForm(_step(tx, request, context, AgreementStep.MEETINGS))
        rules.check_fields(context, sent, FIELDS[step], request.now)
        return ReplaceForm(_step(tx, request, context, step.following))


def sign_draft(app: AppContext, request: Request) -> Response:
    """Save this person's draft as a version that they have signed. Where it cannot be, show what to correct."""
    partnership_id, seen = _about_and_version(request)
    with app.storage.begin(request.workspace) as tx:
        context = _context(tx, request, partnership_id)
        name = agreement_draft(context.partnership, context.programme)
        draft = load_draft(tx, request, name)
        if draft is None:  # it was sent before, or is too old
            return open_or_update(request, _agreement_or_form(tx, request, context), instead_of=_OURS)
        by = tx.people.get(request.person)
        try:
            written = rules.write(context, parse(draft), by=by, seen=seen, now=request.now)
            tx.save(with_meetings_called_off(tx, written, request.now))
        except AgreementChanged:
            return open_or_update(request, _step(tx, request, context, AgreementStep.MEETINGS), instead_of=_OURS)
        except InvalidForm as refused:
            note = f"*Not signed yet.* {sentence_for(refused, context.programme)}"
            return open_or_update(request, _step(tx, request, context, _step_of(refused), note), instead_of=_OURS)
        tx.drafts.drop(request.person, name)
        tx.outdate_home(request.person)
        return _with_list(tx, request, _view(tx, request, _context(tx, request, partnership_id)))


def sign(app: AppContext, request: Request) -> Response:
    """Sign the version that was shown."""
    partnership_id, seen = _about_and_version(request)
    with app.storage.begin(request.workspace) as tx:
        context = _context(tx, request, partnership_id)
        signed = rules.sign(context, by=tx.people.get(request.person), seen=seen, now=request.now)
        tx.save(with_meetings_called_off(tx, signed, request.now))
        return _with_list(tx, request, _view(tx, request, _context(tx, request, partnership_id)))


def refresh(app: AppContext, request: Request) -> Response:
    """After a refusal, show the agreement as it stands, if it is what is open."""
    if (request.view or {}).get("callback_id") != ids.AGREEMENT_VIEW:
        raise StaleRequest(typed=False)
    with app.storage.read(request.workspace) as tx:
        context = _context(tx, request, _meta(request.view or {}).about)
        return open_or_update(request, _view(tx, request, context), instead_of=_OURS)


def _context(tx: Transaction, request: Request, partnership_id: str) -> AgreementContext:
    """The data of the rules, for one of the two people. Raises NoSuchPartnership for everybody else."""
    partnership = find_partnership(tx, partnership_id, request)
    agreement = tx.agreements.get(partnership.id)
    private = tx.private(request.acting)
    terms = private.agreement_terms(partnership) if agreement else {}
    goals = [record.goal for record in private.shared_goals(partnership)]
    return AgreementContext(
        partnership,
        tx.programme_of(partnership.cohort_id)[0],
        tx.people.get_many(each for each in partnership.people if each),
        tx.scheduled_jobs.pending_of(partnership),
        agreement,
        terms.get(agreement.latest.number) if agreement else None,
        {goal.id: goal.words for goal in goals},
        tuple(goal.id for goal in goals if goal.is_open),
    )


def _agreement_or_form(tx: Transaction, request: Request, context: AgreementContext) -> dict[str, Any]:
    if context.agreement is not None:
        return _view(tx, request, context)
    rules.check_open(context, request.person, request.now)
    return _step(tx, request, context, AgreementStep.MEETINGS)


def _view(tx: Transaction, request: Request, context: AgreementContext) -> dict[str, Any]:
    can_change = False
    with suppress(MentoringError):
        rules.check_open(context, request.person, request.now)
        can_change = True
    terms = tx.private(request.acting).agreement_terms(context.partnership)
    return view(context, terms, by=request.person, can_change=can_change, root=list_below(request, _OURS))


def _step(
    tx: Transaction, request: Request, context: AgreementContext, step: AgreementStep, note: str = ""
) -> dict[str, Any]:
    """A step of the form, filled with this person's draft, or with what is agreed or proposed."""
    draft = load_draft(tx, request, agreement_draft(context.partnership, context.programme))
    values = {**_first_values(tx, context, request), **(draft or {})}
    if step is AgreementStep.MEETINGS and not (note or draft or context.terms):
        note = talked_about(_agenda(tx, context, request), request.person)
    is_other = draft is not None and draft.get(SEEN, str(context.seen)) != str(context.seen)
    return form(
        step,
        context,
        context.bounds(request.now),
        values,
        by=request.person,
        root=list_below(request, _OURS),
        restored=draft is not None,
        typed=parse(values) if is_other else None,
        note=note,
    )


def _first_values(tx: Transaction, context: AgreementContext, request: Request) -> Values:
    if context.terms:
        return values_of(context.terms)
    ways = _shared_ways(tx, context.partnership)
    added = [step.words for step in _agenda(tx, context, request).ticked if step.is_added]
    has_reports = context.programme.has_reports
    bounds = context.bounds(request.now)
    return values_of(proposed_terms(context.partnership, bounds, ways, BRINGS, added, has_reports=has_reports))


def _agenda(tx: Transaction, context: AgreementContext, request: Request) -> Agenda:
    """The agenda of their first meeting: what they have ticked there is what the agreement can say."""
    return with_meetings(tx, context.partnership, tx.private(request.acting).agenda(context.partnership))


def _shared_ways(tx: Transaction, partnership: Partnership) -> list[MeetingMode]:
    """The ways to meet that both have chosen in their applications."""
    sent = tx.applications.get_many((partnership.mentee_application, partnership.mentor_application)).values()
    chosen = [set(application.ways) for application in sent]
    return [way for way in MeetingMode if len(chosen) == 2 and way in chosen[0] & chosen[1]]


def _keep(app: AppContext, request: Request, meta: FormMetadata) -> None:
    """Keep what is typed in the open step as this person's draft; the other steps keep what they were filled with."""
    with app.storage.begin(request.workspace) as tx:
        context = _context(tx, request, meta.about)
        name = agreement_draft(context.partnership, context.programme)
        before = load_draft(tx, request, name) or _first_values(tx, context, request)
        tx.drafts.save(request.person, name, {**before, SEEN: str(meta.version)}, request.now)
        tx.outdate_home(request.person)
        save_values(tx, request, name)


def _step_of(refused: InvalidForm) -> AgreementStep:
    """The first step that has something to correct."""
    wrong = {getattr(reason, "field", None) for reason in refused.reasons}
    return next((step for step, names in FIELDS.items() if wrong & set(names)), AgreementStep.MEETINGS)


def _with_list(tx: Transaction, request: Request, shown: dict[str, Any]) -> OpenModal | UpdateModal:
    """The same, and the list of partnerships below is updated."""
    response, root = open_or_update(request, shown, instead_of=_OURS), list_below(request, _OURS)
    if isinstance(response, OpenModal) or not root:
        return response
    return UpdateModal(response.view, response.view_id, UpdateModal(view_of(tx, request), root))


def _meta(showing: Any) -> FormMetadata:
    meta = forms.meta_of(showing)
    if meta.form != FORM:
        raise forms.UnknownForm
    return meta


def _about_and_version(request: Request) -> tuple[str, int]:
    """What a button to sign says. Raises StaleRequest for one that this version has not made."""
    partnership_id, _, seen = request.value.partition(":")
    if not seen.isdigit():
        raise StaleRequest(typed=False)
    return partnership_id, int(seen)
