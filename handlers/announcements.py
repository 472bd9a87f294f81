"""The communication plan: owners look at it, change it, approve what goes out, and stop it."""

from collections.abc import Callable
from typing import Any

from handlers.context import DONE, AppContext, OpenModal, Request, Response, UpdateModal, open_or_update
from handlers.drafts import load_draft, submission
from handlers.owners import require_owner
from mentoring.announcements import planning
from mentoring.announcements.announcement import Announcement, AnnouncementAudience, AnnouncementKind, Planned
from mentoring.announcements.errors import NoSuchAnnouncement
from mentoring.core.errors import CohortOver
from mentoring.core.outcome import Outcome
from mentoring.core.programmes import Cohort, Programme
from messages import forms, ids
from messages.announcements.form import announcement_form, parse_announcement, values_of
from messages.announcements.plan import plan_view
from messages.announcements.preview import preview as preview_view
from messages.forms import FormMetadata
from messages.in_programme import view_in
from services.announcements import load_announcement, load_plan, load_shown_plan, usual_moment_of
from services.drafts import draft_name
from services.programmes import as_read, name_if_several
from storage import Transaction

_NEW = "new"
"""In place of an entry's id in the form that adds one."""


def open_plan(app: AppContext, request: Request) -> Response:
    """Open the plan of the current round. Raises NotForYou, SeveralProgrammes."""
    with app.storage.read(request.workspace) as tx:
        return open_or_update(request, _view(tx, request, *require_owner(tx, request)))


def refresh(app: AppContext, request: Request) -> Response:
    """Show the plan as it is now in the open view, if that is the plan."""
    if not request.id_of_view(ids.ANNOUNCEMENTS_VIEW):
        return DONE
    with app.storage.read(request.workspace) as tx:
        return UpdateModal(_view(tx, request, *require_owner(tx, request)), str((request.view or {})["id"]))


def approve(app: AppContext, request: Request) -> Response:
    """Approve the announcement of the button, as it was seen."""
    announcement_id, _, version = request.value.partition(":")
    with app.storage.begin(request.workspace) as tx:
        programme, cohort = require_owner(tx, request)
        plan = load_plan(tx, programme, cohort)
        entry = _entry(plan, announcement_id)
        owners, seen = tx.roles.owners(programme.id), int(version) if version.isdecimal() else -1
        tx.save(planning.approve(entry, plan, by=request.person, owners=owners, seen=seen, now=request.now))
        return _shown(tx, request, programme, cohort)


def leave_out(app: AppContext, request: Request) -> Response:
    return _changed(app, request, planning.leave_out)


def put_back(app: AppContext, request: Request) -> Response:
    return _changed(app, request, planning.put_back)


def _changed(app: AppContext, request: Request, change: Callable[..., Outcome]) -> Response:
    """Make the `change` of the plan's entry that the button names, and show the plan."""
    with app.storage.begin(request.workspace) as tx:
        programme, cohort = require_owner(tx, request)
        entry = _entry(load_plan(tx, programme, cohort), request.value)
        owners = tx.roles.owners(programme.id)
        tx.save(change(entry, by=request.person, owners=owners, now=request.now))
        return _shown(tx, request, programme, cohort)


def stop(app: AppContext, request: Request) -> Response:
    """Send the announcement of the button to nobody else. A message about its progress shows it."""
    with app.storage.begin(request.workspace) as tx:
        programme, cohort = require_owner(tx, request)
        found, owners = tx.announcements.get(request.value), tx.roles.owners(programme.id)
        mine = found if found and found.programme_id == programme.id else None
        tx.save(planning.stop(mine, by=request.person, owners=owners, now=request.now))
        return _shown(tx, request, programme, cohort)


def preview(app: AppContext, request: Request) -> Response:
    """Show the announcement of the button as it is sent."""
    with app.storage.read(request.workspace) as tx:
        programme, cohort = require_owner(tx, request)
        entry = _entry(load_plan(tx, programme, cohort), request.value)
        shown = load_announcement(tx, entry.announcement)
        if shown is None:
            raise NoSuchAnnouncement
        view = preview_view(shown, as_read(tx, programme))
    return OpenModal(view_in(view, programme.id))


def open_change(app: AppContext, request: Request) -> Response:
    """Open the form of the announcement of the button."""
    with app.storage.read(request.workspace) as tx:
        programme, cohort = require_owner(tx, request)
        entry = _entry(load_plan(tx, programme, cohort), request.value)
        return OpenModal(_form(tx, request, programme, entry))


def open_add(app: AppContext, request: Request) -> Response:
    """Open the form for an announcement of the owners' own."""
    with app.storage.read(request.workspace) as tx:
        programme, cohort = require_owner(tx, request)
        return OpenModal(_form(tx, request, programme, None, cohort))


def submit(app: AppContext, request: Request) -> Response:
    """Save what was filled in. If it is refused, it is saved as a draft."""
    view = request.view or {}
    meta = forms.meta_of(view)
    with submission(app, request) as tx:
        programme, cohort = require_owner(tx, request)
        owners, plan = tx.roles.owners(programme.id), load_plan(tx, programme, cohort)
        if meta.about == _NEW:
            if meta.cohort != cohort.id:
                raise CohortOver
            form = parse_announcement(forms.read(view), AnnouncementKind.OWN)
            new_id = tx.announcements.id_of_form(str(view.get("id", "")))
            outcome = planning.add_announcement(
                form,
                plan,
                cohort,
                by=request.person,
                owners=owners,
                new_id=new_id,
                is_added=tx.announcements.get(new_id) is not None,
                now=request.now,
            )
        else:
            entry = _entry(plan, meta.about)
            form = parse_announcement(forms.read(view), entry.announcement.kind)
            outcome = planning.change_announcement(
                entry,
                form,
                by=request.person,
                owners=owners,
                seen=meta.version,
                usual=usual_moment_of(tx, entry, programme),
                now=request.now,
            )
        tx.save(outcome)
    if not meta.root:
        return DONE
    with app.storage.read(request.workspace) as tx:
        return UpdateModal(_view(tx, request, *tx.programme(programme.id)), meta.root)


def _form(
    tx: Transaction, request: Request, programme: Programme, entry: Planned | None, cohort: Cohort | None = None
) -> dict[str, Any]:
    """The form of an entry, or for a new one of the cohort."""
    own, channels = AnnouncementKind.OWN, AnnouncementAudience.CHANNELS
    blank = Announcement("", programme.id, cohort.id if cohort else "", own, channels)
    announcement = entry.announcement if entry else blank
    about = announcement.id or _NEW
    draft = load_draft(tx, request, draft_name(ids.ANNOUNCEMENT_FORM, ids.ANNOUNCEMENT_FORM, about, programme.id))
    meta = FormMetadata(
        form=ids.ANNOUNCEMENT_FORM,
        about=about,
        version=announcement.version,
        root=request.id_of_view(ids.ANNOUNCEMENTS_VIEW),
        programme=programme.id,
        cohort="" if entry else announcement.cohort_id,
    )
    values = draft or values_of(announcement, entry.due if entry else None)
    return announcement_form(announcement, programme, values, meta=meta, restored=draft is not None)


def _shown(tx: Transaction, request: Request, programme: Programme, cohort: Cohort) -> Response:
    """The plan in the open view, if the button was there."""
    if open_id := request.id_of_view(ids.ANNOUNCEMENTS_VIEW):
        return UpdateModal(_view(tx, request, programme, cohort), open_id)
    return DONE


def _view(tx: Transaction, request: Request, programme: Programme, cohort: Cohort) -> dict[str, Any]:
    shown = load_shown_plan(tx, load_plan(tx, programme, cohort))
    view = plan_view(shown, programme, cohort, tx.people.get(request.person), request.now)
    return view_in(view, programme.id, name_if_several(tx, programme))


def _entry(plan: tuple[Planned, ...], announcement_id: str) -> Planned:
    found = next((each for each in plan if each.announcement.id == announcement_id), None)
    if found is None:
        raise NoSuchAnnouncement
    return found
