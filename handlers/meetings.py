"""Logging, correcting and deleting meetings."""

from typing import Any

from handlers.context import DONE, AppContext, OpenModal, ReplaceForm, Request, Response, UpdateModal
from handlers.drafts import load_draft, submission
from handlers.goals import goals_to_choose, visible_goals
from handlers.partnerships import find_partnership, names_of, show_list, view_of
from mentoring.core.errors import NoProgramme, StaleRequest
from mentoring.core.outcome import Outcome
from mentoring.meetings.deleting import delete_meeting
from mentoring.meetings.log import MeetingForm, correct_meeting, log_meeting
from mentoring.partnerships.errors import LoggedThatDay, NoPartnership, NoSuchMeeting, NotYourLog
from mentoring.partnerships.events import PartnershipEvent
from mentoring.partnerships.partnership import Partnership
from mentoring.partnerships.transitions import check_transition
from messages import deleted_meetings, forms, ids, meetings
from messages.agenda.words import as_notes
from messages.errors import sentence_for
from messages.forms import FormMetadata, Values
from services.agenda import with_meetings
from services.drafts import draft_name
from services.items import with_items_followed
from services.planned_meetings import planned_of
from storage import Transaction


def open_log(app: AppContext, request: Request) -> Response:
    """Open the form for the partnership of the button, or for a choice of the person's partnerships."""
    with app.storage.read(request.workspace) as tx:
        return OpenModal(_log_form(tx, request, request.value))


def _log_form(
    tx: Transaction, request: Request, value: str, *, typed: Values | None = None, same_day: LoggedThatDay | None = None
) -> dict[str, Any]:
    """The form for the partnership `value`, or for a choice if that is empty, filled with what was `typed` or with the
    draft. `same_day`: it asks whether this is a second meeting of that day.
    """
    if value:
        check_transition(PartnershipEvent.LOG_MEETING, find_partnership(tx, value, request), request.person)
    mine = [p for p in tx.partnerships.of(request.person) if p.is_active and value in ("", p.id)]
    if not mine:
        raise NoPartnership if tx.programmes.count() else NoProgramme
    programmes = {each.cohort_id: tx.programme_of(each.cohort_id)[0] for each in mine}
    programme = programmes[mine[0].cohort_id]
    about = mine[0].id if len(mine) == 1 else ""
    root = _list_below(request)
    draft = None if typed else load_draft(tx, request, draft_name(ids.MEETING_FORM, meetings.LOG, about))
    notes = "" if typed or draft or not about else _talked_about(tx, request, mine[0])
    return meetings.form(
        mine,
        names_of(tx, mine),
        typed or draft or {},
        meta=FormMetadata(form=meetings.LOG, about=about, root=root),
        today=tx.people.get(request.person).today(request.now),
        by=request.person,
        programme=programme,
        programmes=programmes,
        **(goals_to_choose(tx, request, mine[0]) if about else {}),
        notes=notes,
        restored=draft is not None,
        same_day=sentence_for(same_day, programme) if same_day else "",
    )


def _talked_about(tx: Transaction, request: Request, partnership: Partnership) -> str:
    """What they have ticked in the agenda of their first meeting, for the notes of its log."""
    agenda = with_meetings(tx, partnership, tx.private(request.acting).agenda(partnership))
    return as_notes(agenda.ticked, partnership, tx.people.get_many(partnership.people)) if agenda.is_open else ""


def open_correction(app: AppContext, request: Request) -> Response:
    """Open the form with a meeting that this person has logged."""
    with app.storage.read(request.workspace) as tx:
        return OpenModal(_correction_form(tx, request, request.value))


def _correction_form(
    tx: Transaction,
    request: Request,
    meeting_id: str,
    *,
    typed: Values | None = None,
    same_day: LoggedThatDay | None = None,
) -> dict[str, Any]:
    """As `_log_form`, for a meeting that this person has logged."""
    meeting = tx.meetings.get(meeting_id)
    if meeting is None:
        raise NoSuchMeeting
    partnership = find_partnership(tx, meeting.partnership_id, request)
    notes = tx.private(request.acting).notes(partnership).get(meeting.id)
    if meeting.logged_by != request.person:
        raise NotYourLog
    programme, root = tx.programme_of(partnership.cohort_id)[0], _list_below(request)
    name = draft_name(ids.MEETING_FORM, meetings.CORRECT, meeting.id)
    draft = None if typed else load_draft(tx, request, name)
    return meetings.form(
        [partnership],
        names_of(tx, [partnership]),
        typed or draft or meetings.values_of(meeting, notes),
        meta=FormMetadata(form=meetings.CORRECT, version=meeting.version, about=meeting.id, root=root),
        today=tx.people.get(request.person).today(request.now),
        by=request.person,
        programme=programme,
        **goals_to_choose(tx, request, partnership, notes.goals if notes else ()),
        restored=draft is not None,
        same_day=sentence_for(same_day, programme) if same_day else "",
    )


def submit(app: AppContext, request: Request) -> Response:
    """Save the meeting, once for each form. If it is refused, save it as a draft."""
    view = request.view or {}
    meta = forms.meta_of(view)
    if meta.form not in (meetings.LOG, meetings.CORRECT):
        raise forms.UnknownForm
    chosen, form = meetings.parse(forms.read(view))
    try:
        with submission(app, request) as tx:
            if meta.form == meetings.CORRECT:
                tx.save(_correct(tx, request, meta, form))
            else:
                tx.save(_log(tx, request, meta.about or chosen, form))
    except LoggedThatDay as same_day:
        return _asked_again(app, request, meta, same_day)
    if not meta.root:
        return DONE
    with app.storage.read(request.workspace) as tx:
        return UpdateModal(view_of(tx, request), meta.root)


def _asked_again(app: AppContext, request: Request, meta: FormMetadata, same_day: LoggedThatDay) -> Response:
    """The same form with what was typed, which asks whether this is a second meeting of that day."""
    make = _correction_form if meta.form == meetings.CORRECT else _log_form
    with app.storage.read(request.workspace) as tx:
        return ReplaceForm(make(tx, request, meta.about, typed=forms.read(request.view or {}), same_day=same_day))


def delete(app: AppContext, request: Request) -> Response:
    """Delete the log of a meeting, of the list or of the form that corrects it."""
    meeting_id, _, seen = request.value.partition(":")
    if not seen.isdecimal():
        raise StaleRequest(typed=False)
    with app.storage.begin(request.workspace) as tx:
        meeting = tx.meetings.get(meeting_id)
        if meeting is None:
            raise NoSuchMeeting
        partnership = find_partnership(tx, meeting.partnership_id, request)
        planned = planned_of(tx, partnership, meeting)
        tx.save(delete_meeting(partnership, meeting, planned, by=request.person, seen_version=int(seen)))
        tx.drafts.drop(meeting.logged_by, draft_name(ids.MEETING_FORM, meetings.CORRECT, meeting.id))
    showing, root = request.view or {}, _list_below(request)
    if showing.get("callback_id") != ids.MEETING_FORM:
        return show_list(app, request)
    with app.storage.read(request.workspace) as tx:
        below = UpdateModal(view_of(tx, request), root) if root else None
    gone = deleted_meetings.deleted_view(partnership.other(request.person))
    return UpdateModal(gone, str(showing["id"]), below)


def _list_below(request: Request) -> str:
    """The id of the list of partnerships below the form, which is updated afterwards, or ""."""
    if request.id_of_view(ids.MEETING_FORM):
        return forms.meta_or_empty(request.view).root
    return request.id_of_view(ids.PARTNERSHIPS_VIEW, ids.AGENDA_VIEW)


def _log(tx: Transaction, request: Request, partnership_id: str, form: MeetingForm) -> Outcome:
    meeting_id = tx.meetings.id_of_form(str((request.view or {}).get("id", "")))
    partnership = find_partnership(tx, partnership_id, request)
    if tx.meetings.get(meeting_id) is not None:
        return Outcome()
    items = tx.private(request.acting).items(partnership)
    outcome = log_meeting(
        partnership,
        form,
        by=tx.people.get(request.person),
        now=request.now,
        meeting_id=meeting_id,
        visible_goals=[goal.id for goal in visible_goals(tx, request, partnership)],
        items=items,
        logged=tx.meetings.of([partnership.id]),
    )
    return with_items_followed(tx, partnership, items, outcome, request.now)


def _correct(tx: Transaction, request: Request, meta: FormMetadata, form: MeetingForm) -> Outcome:
    meeting = tx.meetings.get(meta.about)
    if meeting is None:
        raise NoSuchMeeting
    partnership = find_partnership(tx, meeting.partnership_id, request)
    private = tx.private(request.acting)
    before, items = private.notes(partnership).get(meeting.id), private.items(partnership)
    by = tx.people.get(request.person)
    outcome = correct_meeting(
        partnership,
        meeting,
        before,
        form,
        by=by,
        seen_version=meta.version,
        now=request.now,
        visible_goals=[goal.id for goal in visible_goals(tx, request, partnership)],
        items=items,
        item_id=tx.items.id_of_form(str((request.view or {}).get("id", ""))),
        logged=tx.meetings.of([partnership.id]),
    )
    return with_items_followed(tx, partnership, items, outcome, request.now)
