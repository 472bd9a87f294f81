"""Logging a meeting, correcting one's own log, ticking off what was agreed."""

import hashlib

from handlers.context import DONE, AppContext, OpenModal, Request, Response, UpdateModal, ground
from handlers.drafts import draft_name, load_draft, submission
from handlers.partnerships import find_partnership, names_of, open_mine, view_of
from mentoring.core.outcome import Outcome
from mentoring.meetings import MeetingForm, correct_meeting, log_meeting, settle_action
from mentoring.partnerships.errors import AlreadyEnded, NoPartnership, NoSuchMeeting, NotYourLog
from messages import forms, ids, meetings
from messages.forms import FormMetadata
from storage import Transaction


def open_log(desk: AppContext, visit: Request) -> Response:
    """The form, for the partnership the button names or for the person to choose among theirs."""
    with desk.storage.read(visit.workspace) as tx:
        programme, _ = ground(tx)
        if visit.value and not find_partnership(tx, visit.value, visit).is_active:
            raise AlreadyEnded
        mine = [p for p in tx.partnerships.of(visit.person) if p.is_active and visit.value in ("", p.id)]
        if not mine:
            raise NoPartnership
        today = tx.people.get(visit.person).today(visit.now)
        about = mine[0].id if len(mine) == 1 else ""
        draft = load_draft(tx, visit, draft_name(ids.MEETING_FORM, meetings.LOG, about))
        view = meetings.form(
            mine,
            names_of(tx, mine),
            draft or {},
            meta=FormMetadata(form=meetings.LOG, about=about, root=_below(visit)),
            today=today,
            by=visit.person,
            programme=programme,
            restored=draft is not None,
        )
    return OpenModal(view)


def open_correction(desk: AppContext, visit: Request) -> Response:
    """One's own log, filled in."""
    with desk.storage.read(visit.workspace) as tx:
        programme, _ = ground(tx)
        meeting = tx.meetings.get(visit.value)
        if meeting is None:
            raise NoSuchMeeting
        partnership = find_partnership(tx, meeting.partnership_id, visit)
        notes = tx.private(visit.person).notes(partnership).get(meeting.id)
        if meeting.logged_by != visit.person:
            raise NotYourLog
        draft = load_draft(tx, visit, draft_name(ids.MEETING_FORM, meetings.CORRECT, meeting.id))
        view = meetings.form(
            [partnership],
            names_of(tx, [partnership]),
            draft or meetings.values_of(meeting, notes),
            meta=FormMetadata(form=meetings.CORRECT, version=meeting.version, about=meeting.id, root=_below(visit)),
            today=tx.people.get(visit.person).today(visit.now),
            by=visit.person,
            programme=programme,
            restored=draft is not None,
        )
    return OpenModal(view)


def submit(desk: AppContext, visit: Request) -> Response:
    """Keep the log, once for each form however often it is sent; or the form as a draft, with what is wrong."""
    view = visit.view or {}
    meta = forms.meta_of(view)
    chosen, form = meetings.parse(forms.read(view))
    with submission(desk, visit) as tx:
        if meta.form == meetings.CORRECT:
            tx.keep(_correct(tx, visit, meta, form))
        else:
            tx.keep(_log(tx, visit, meta.about or chosen, form))
    if not meta.root:
        return DONE
    with desk.storage.read(visit.workspace) as tx:
        return UpdateModal(view_of(tx, visit), meta.root)


def _below(visit: Request) -> str:
    """The list of partnerships on which the form lies, if it does: it is shown anew afterwards."""
    showing = visit.view or {}
    return str(showing["id"]) if showing.get("callback_id") == ids.PARTNERSHIPS_VIEW else ""


def _log(tx: Transaction, visit: Request, partnership_id: str, form: MeetingForm) -> Outcome:
    meeting_id = _meeting_id(visit)
    partnership = find_partnership(tx, partnership_id, visit)
    if tx.meetings.get(meeting_id) is not None:
        return Outcome()
    return log_meeting(partnership, form, by=tx.people.get(visit.person), now=visit.now, meeting_id=meeting_id)


def _correct(tx: Transaction, visit: Request, meta: FormMetadata, form: MeetingForm) -> Outcome:
    meeting = tx.meetings.get(meta.about)
    if meeting is None:
        raise NoSuchMeeting
    partnership = find_partnership(tx, meeting.partnership_id, visit)
    before = tx.private(visit.person).notes(partnership).get(meeting.id)
    by = tx.people.get(visit.person)
    return correct_meeting(partnership, meeting, before, form, by=by, seen_version=meta.version, now=visit.now)


def settle(desk: AppContext, visit: Request) -> Response:
    """Tick off what was agreed; the list shows it."""
    with desk.storage.begin(visit.workspace) as tx:
        ground(tx)
        meeting_id, _, seen = visit.value.partition(":")
        meeting = tx.meetings.get(meeting_id)
        if meeting is None:
            raise NoSuchMeeting
        partnership = find_partnership(tx, meeting.partnership_id, visit)
        notes = tx.private(visit.person).notes(partnership).get(meeting.id)
        tx.keep(settle_action(partnership, notes, by=visit.person, is_current=seen in ("", str(meeting.version))))
    return open_mine(desk, visit)


def _meeting_id(visit: Request) -> str:
    """From the form's view: two meetings on one day come from two forms, a double click from one."""
    view_id = str((visit.view or {}).get("id", ""))
    return hashlib.sha256(f"{visit.workspace}:{view_id}".encode()).hexdigest()[:16]
