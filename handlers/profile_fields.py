"""Mapping custom fields of Slack profiles to department, manager and start date, for administrators."""

from handlers.context import AppContext, OpenModal, OpenWhenReady, ReplaceForm, Request, Response
from handlers.drafts import load_draft, submission
from handlers.owners import check_administrator
from mentoring.people.errors import NoFittingFields
from mentoring.people.profile_fields import ProfileFact, fitting, map_fields
from messages import forms, ids
from messages.programmes import profile_fields as views
from services.drafts import draft_name


def open_profile_fields(app: AppContext, request: Request) -> Response:
    """Ask Slack which fields there are, and open the form. Raises CannotReadFields, NoFittingFields."""
    with app.storage.read(request.workspace) as tx:
        check_administrator(tx, request)

    def when_known() -> Response:
        fields = app.profiles.custom_fields()
        with app.storage.read(request.workspace) as tx:
            check_administrator(tx, request)
            mapping = tx.profile_fields.get()
            draft = load_draft(tx, request, draft_name(ids.PROFILE_FIELDS_FORM, ids.PROFILE_FIELDS_FORM))
            reader = tx.people.get(request.person)
        if not any(fitting(fact, fields) for fact in ProfileFact):
            raise NoFittingFields
        values = draft if draft is not None else views.mapping_values(mapping)
        mapped_on = reader.today(mapping.mapped_at) if mapping else None
        form = views.profile_fields_form(fields, mapping, values, mapped_on=mapped_on, restored=draft is not None)
        return OpenModal(form)

    return OpenWhenReady(views.asking_for_fields(), when_known)


def submit_profile_fields(app: AppContext, request: Request) -> Response:
    """Save the mapping. People from whose profiles something was read are asked again if that no longer counts."""
    view = request.view or {}
    chosen = views.parse_profile_fields(forms.read(view))
    with submission(app, request) as tx:
        check_administrator(tx, request)
        read = tx.staff.from_profiles()
        outcome = map_fields(
            chosen,
            before=tx.profile_fields.get(),
            read=read,
            seen_version=forms.meta_of(view).version,
            by=request.person,
            now=request.now,
        )
        tx.save(outcome)
        if outcome.changes:
            tx.people.refresh_profiles(read, request.now)
    return ReplaceForm(views.profile_fields_saved(any_mapped=bool(chosen)))
