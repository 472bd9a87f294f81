"""Finding a time for two: offering times, taking one, moving and cancelling, and saying whether they met."""

from collections.abc import Callable
from typing import Any

from handlers.context import AppContext, OpenModal, ReplaceForm, Request, Response, UpdateModal
from handlers.drafts import load_draft, submission
from handlers.partnerships import find_partnership, show_list
from mentoring.core.errors import Missing
from mentoring.core.fields import FieldName
from mentoring.core.outcome import Outcome
from mentoring.meetings.errors import NotOffered, TooFarToPlan
from mentoring.meetings.planned import MeetingAnswer, MeetingPlan
from mentoring.meetings.planning import answer, call_off, keep, offer, take
from mentoring.partnerships.events import PartnershipEvent
from mentoring.partnerships.transitions import check_transition
from messages import forms, ids, planned_meetings
from messages.forms import FormMetadata
from messages.planned_meetings import OfferedStarts, TwoReaders
from messages.regular_times import regular_button
from services.drafts import draft_name
from services.planned_meetings import load_plan, propose_times, usual_way
from storage import Transaction


def find_time(app: AppContext, request: Request) -> Response:
    """Show times that suit both, for the partnership of the button."""
    meta = FormMetadata(form=planned_meetings.FORM, about=request.value)
    return OpenModal(_found(app, request, meta))


def move_planned(app: AppContext, request: Request) -> Response:
    """Show times that suit both for the planned meeting that was chosen, which need not be the next one."""
    with app.storage.read(request.workspace) as tx:
        partnership_id = plan_of(tx, request, request.value).partnership.id
    meta = FormMetadata(form=planned_meetings.FORM, about=partnership_id, planned=request.value)
    return OpenModal(_found(app, request, meta))


def choose_length(app: AppContext, request: Request) -> Response:
    """Look for times of another length, in the same view."""
    view = request.view or {}
    meta = forms.meta_of(view)
    minutes = int(request.value) if request.value.isdecimal() and len(request.value) < 4 else 0
    return UpdateModal(_found(app, request, meta.model_copy(update={"version": minutes})), str(view["id"]))


def offer_times(app: AppContext, request: Request) -> Response:
    """Offer the times of a button to the other person: of the view, or of a message about times that do not suit."""
    try:
        offered = OfferedStarts.load(request.value)
    except ValueError:
        raise NotOffered from None
    with app.storage.begin(request.workspace) as tx:
        two = _offer(tx, request, offered)
    view = request.view or {}
    if view.get("callback_id") == ids.TIMES_FORM:
        return UpdateModal(planned_meetings.offered_view(two, offered.starts), str(view["id"]))
    return show_list(app, request)


def submit_time(app: AppContext, request: Request) -> Response:
    """Offer the time that was chosen in the view. If it is refused, it is saved as a draft."""
    view = request.view or {}
    meta = forms.meta_of(view)
    if meta.form != planned_meetings.FORM:
        raise forms.UnknownForm
    start = planned_meetings.parse_time(forms.read(view))
    with submission(app, request) as tx:
        if start is None:
            raise Missing(FieldName.STARTS_AT)
        offered = OfferedStarts(meta.about, planned_meetings.minutes_of(meta), (start,), meta.planned)
        two = _offer(tx, request, offered)
    return ReplaceForm(planned_meetings.offered_view(two, (start,)))


def take_time(app: AppContext, request: Request) -> Response:
    """Agree on the time of the button."""
    planned_id, _, seconds = request.value.partition(":")
    try:
        start = forms.moment_of(seconds)
    except ValueError:
        raise NotOffered from None
    return _decide(app, request, planned_id, lambda plan: take(plan, start, by=request.person))


def keep_time(app: AppContext, request: Request) -> Response:
    """Keep the agreed time instead of those that are offered."""
    return _decide(app, request, request.value, lambda plan: keep(plan, by=request.person))


def cancel(app: AppContext, request: Request) -> Response:
    """Cancel a meeting, or decline or withdraw the times that are offered."""
    return _decide(app, request, request.value, lambda plan: call_off(plan, by=request.person))


def say_met(app: AppContext, request: Request) -> Response:
    return _say(app, request, MeetingAnswer.MET)


def say_not_met(app: AppContext, request: Request) -> Response:
    return _say(app, request, MeetingAnswer.NOT_MET)


def _say(app: AppContext, request: Request, said: MeetingAnswer) -> Response:
    with app.storage.begin(request.workspace) as tx:
        plan = plan_of(tx, request, request.value)
        way, is_logged = usual_way(tx, plan)
        tx.save(answer(plan, said, way, by=request.person, is_logged=is_logged))
    return show_list(app, request)


def _decide(app: AppContext, request: Request, planned_id: str, rule: Callable[[MeetingPlan], Outcome]) -> Response:
    """Change a planned meeting. Its messages, and the list in which the button was, show it."""
    with app.storage.begin(request.workspace) as tx:
        tx.save(rule(plan_of(tx, request, planned_id)))
    return show_list(app, request)


def plan_of(tx: Transaction, request: Request, planned_id: str) -> MeetingPlan:
    """What a rule about this planned meeting decides from. Raises NotOffered if there is none, and NoSuchPartnership if
    it is not this person's.
    """
    planned = tx.planned_meetings.get(planned_id)
    if planned is None:
        raise NotOffered
    return load_plan(tx, find_partnership(tx, planned.partnership_id, request), request.now, planned=planned)


def _plan(tx: Transaction, request: Request, partnership_id: str, planned_id: str) -> MeetingPlan:
    """What a rule about this planned meeting of the two decides from, or else about the next one. Raises NotOffered if
    the meeting is not booked any more, or has begun.
    """
    if not planned_id:
        return load_plan(tx, find_partnership(tx, partnership_id, request), request.now)
    plan = plan_of(tx, request, planned_id)
    planned = plan.current
    if planned is None or planned.partnership_id != partnership_id or not planned.is_booked:
        raise NotOffered
    if not planned.is_ahead(request.now):
        raise NotOffered
    return plan


def _offer(tx: Transaction, request: Request, offered: OfferedStarts) -> TwoReaders:
    """The id comes from the view, so that a press twice plans one meeting."""
    plan = _plan(tx, request, offered.partnership_id, offered.planned_id)
    new_id = tx.planned_meetings.id_of_form(str((request.view or {}).get("id", "")) or request.trigger_id)
    tx.save(offer(plan, offered.starts, offered.minutes, by=request.person, new_id=new_id))
    return two_readers(plan, request)


def _found(app: AppContext, request: Request, meta: FormMetadata) -> dict[str, Any]:
    with app.storage.read(request.workspace) as tx:
        plan = _plan(tx, request, meta.about, meta.planned)
        partnership = plan.partnership
        check_transition(PartnershipEvent.PLAN_MEETING, partnership, request.person, pause=plan.pause)
        if plan.people[0].today(request.now) > partnership.ends_on:
            raise TooFarToPlan
        minutes = planned_meetings.minutes_of(meta, plan.usual_minutes)
        draft = load_draft(tx, request, draft_name(ids.TIMES_FORM, meta.form, meta.about))
        return planned_meetings.find_view(
            two_readers(plan, request),
            propose_times(tx, plan, minutes),
            minutes,
            meta=meta.model_copy(update={"version": minutes}),
            planned=plan.current,
            values=draft,
            restored=draft is not None,
            regular=regular_button(partnership.id) if not plan.regular_ahead else None,
        )


def two_readers(plan: MeetingPlan, request: Request) -> TwoReaders:
    """The reader and the other person, for whose clocks times are written."""
    partnership = plan.partnership
    other = partnership.other(request.person)
    return TwoReaders(partnership, plan.programme, plan.person(request.person), plan.person(other))
