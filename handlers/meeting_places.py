"""Saying where two people meet, and asking for the calendar file that has it."""

from handlers.context import DONE, AppContext, OpenModal, Request, Response, UpdateModal
from handlers.drafts import load_draft, submission
from handlers.partnerships import show_list, view_of
from handlers.planned_meetings import plan_of
from mentoring.meetings.errors import HasNewestFile
from mentoring.meetings.place import change_place, check_place
from mentoring.meetings.planning import file_again
from messages import forms, ids
from messages.forms import FormMetadata
from messages.meeting_places import FORM, parse_place, place_form, values_of_place
from services.drafts import draft_name


def open_place(app: AppContext, request: Request) -> Response:
    """Open the form for the planned meeting of the button."""
    with app.storage.read(request.workspace) as tx:
        plan = plan_of(tx, request, request.value)
        check_place(plan, by=request.person)
        place = tx.private(request.acting).place(plan.partnership)
        draft = load_draft(tx, request, draft_name(ids.PLACE_FORM, FORM, request.value))
        root = request.id_of_view(ids.PARTNERSHIPS_VIEW)
        meta = FormMetadata(form=FORM, about=request.value, version=place.version if place else 0, root=root)
        other = plan.partnership.other(request.person)
        return OpenModal(place_form(other, draft or values_of_place(place), meta=meta, restored=draft is not None))


def submit(app: AppContext, request: Request) -> Response:
    """Save where they meet. If it is refused, it is saved as a draft."""
    view = request.view or {}
    meta = forms.meta_of(view)
    if meta.form != FORM:
        raise forms.UnknownForm
    words = parse_place(forms.read(view))
    with submission(app, request) as tx:
        plan = plan_of(tx, request, meta.about)
        stored = tx.private(request.acting).place(plan.partnership)
        tx.save(change_place(plan, stored, words, by=request.person, seen_version=meta.version))
    if not meta.root:
        return DONE
    with app.storage.read(request.workspace) as tx:
        return UpdateModal(view_of(tx, request), meta.root)


def send_file(app: AppContext, request: Request) -> Response:
    """Send the calendar file once more, as it is now. Raises HasNewestFile if nothing has changed since the last."""
    with app.storage.begin(request.workspace) as tx:
        outcome = file_again(plan_of(tx, request, request.value), by=request.person)
        if any(tx.outbox.contains(each.key) for each in outcome.notifications):
            raise HasNewestFile
        tx.save(outcome)
    return show_list(app, request)
