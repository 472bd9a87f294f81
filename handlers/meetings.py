"""Logging and correcting meetings."""

from handlers.context import DONE, AppContext, OpenModal, Request, Response, UpdateModal
from handlers.drafts import load_draft, submission
from handlers.goals import goals_to_choose, visible_goals
from handlers.partnerships import find_partnership, names_of, view_of
from mentoring.core.errors import NoProgramme
from mentoring.core.outcome import Outcome
from mentoring.meetings.log import MeetingForm, correct_meeting, log_meeting
from mentoring.partnerships.errors import AlreadyEnded, NoPartnership, NoSuchMeeting, NotYourLog
from messages import forms, ids, meetings
from messages.forms import FormMetadata
from services.drafts import draft_name
from services.items import with_items_followed
from storage import Transaction


def open_log(app: AppContext, request: Request) -> Response:
    """Open the form for the partnership of the button, or for a choice of the person's partnerships."""
    with app.storage.read(request.workspace) as tx:
        if request.value and not find_partnership(tx, request.value, request).is_active:
            raise AlreadyEnded
        mine = [p for p in tx.partnerships.of(request.person) if p.is_active and request.value in ("", p.id)]
        if not mine:
            raise NoPartnership if tx.programmes.count() else NoProgramme
        today = tx.people.get(request.person).today(request.now)
        programmes = {each.cohort_id: tx.programme_of(each.cohort_id)[0] for each in mine}
        about = mine[0].id if len(mine) == 1 else ""
        draft = load_draft(tx, request, draft_name(ids.MEETING_FORM, meetings.LOG, about))
        view = meetings.form(
            mine,
            names_of(tx, mine),
            draft or {},
            meta=FormMetadata(form=meetings.LOG, about=about, root=_list_below(request)),
            today=today,
            by=request.person,
            programme=programmes[mine[0].cohort_id],
            programmes=programmes,
            **(goals_to_choose(tx, request, mine[0]) if about else {}),
            restored=draft is not None,
        )
    return OpenModal(view)


def open_correction(app: AppContext, request: Request) -> Response:
    """Open the form with a meeting that this person has logged."""
    with app.storage.read(request.workspace) as tx:
        meeting = tx.meetings.get(request.value)
        if meeting is None:
            raise NoSuchMeeting
        partnership = find_partnership(tx, meeting.partnership_id, request)
        notes = tx.private(request.acting).notes(partnership).get(meeting.id)
        if meeting.logged_by != request.person:
            raise NotYourLog
        draft = load_draft(tx, request, draft_name(ids.MEETING_FORM, meetings.CORRECT, meeting.id))
        view = meetings.form(
            [partnership],
            names_of(tx, [partnership]),
            draft or meetings.values_of(meeting, notes),
            meta=FormMetadata(
                form=meetings.CORRECT, version=meeting.version, about=meeting.id, root=_list_below(request)
            ),
            today=tx.people.get(request.person).today(request.now),
            by=request.person,
            programme=tx.programme_of(partnership.cohort_id)[0],
            **goals_to_choose(tx, request, partnership, notes.goals if notes else ()),
            restored=draft is not None,
        )
    return OpenModal(view)


def submit(app: AppContext, request: Request) -> Response:
    """Save the meeting, once for each form. If it is refused, save it as a draft."""
    view = request.view or {}
    meta = forms.meta_of(view)
    if meta.form not in (meetings.LOG, meetings.CORRECT):
        raise forms.UnknownForm
    chosen, form = meetings.parse(forms.read(view))
    with submission(app, request) as tx:
        if meta.form == meetings.CORRECT:
            tx.save(_correct(tx, request, meta, form))
        else:
            tx.save(_log(tx, request, meta.about or chosen, form))
    if not meta.root:
        return DONE
    with app.storage.read(request.workspace) as tx:
        return UpdateModal(view_of(tx, request), meta.root)


def _list_below(request: Request) -> str:
    """The id of the list of partnerships below the form, which is updated afterwards, or ""."""
    showing = request.view or {}
    return str(showing["id"]) if showing.get("callback_id") == ids.PARTNERSHIPS_VIEW else ""


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
    )
    return with_items_followed(tx, partnership, items, outcome, request.now)
