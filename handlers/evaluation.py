"""The evaluation report: what owners say in it, and sending it to them."""

from functools import partial

from handlers.context import DONE, AppContext, OpenModal, OpenWhenReady, Request, Response
from handlers.drafts import load_draft, submission
from handlers.owners import require_owner
from mentoring.core.outcome import Notification, NotificationKind, Outcome
from mentoring.evaluation.suggestions import apply_suggestions
from mentoring.evaluation.suggestions import suggestions as suggested
from mentoring.evaluation.words import write_next_time
from messages import forms, ids
from messages.blocks import sentence_view
from messages.evaluation import suggestions
from messages.evaluation.form import evaluation_form, parse_evaluation, values_of
from messages.forms import FormMetadata
from messages.in_programme import view_in
from services.drafts import draft_name
from services.evaluation import load_evaluation, round_to_evaluate
from services.programmes import as_read, name_if_several


def open_form(app: AppContext, request: Request) -> Response:
    """Ask an owner what they will do next time, and what to send. Raises NotForYou, SeveralProgrammes."""
    with app.storage.read(request.workspace) as tx:
        programme, current = require_owner(tx, request)
        cohort = round_to_evaluate(tx, current)
        said = tx.evaluation_words.get(cohort.id)
        name = draft_name(ids.EVALUATION_FORM, ids.EVALUATION_FORM, cohort.id, programme.id)
        draft = load_draft(tx, request, name)
        view = evaluation_form(
            draft or values_of(said),
            as_read(tx, programme),
            cohort,
            meta=FormMetadata(
                form=ids.EVALUATION_FORM,
                about=cohort.id,
                version=said.version if said else 0,
                programme=programme.id,
            ),
            restored=draft is not None,
        )
        return OpenModal(view_in(view, programme.id, name_if_several(tx, programme)))


def submit(app: AppContext, request: Request) -> Response:
    """Save what they said, and send the files. If it is refused, it is saved as a draft."""
    view = request.view or {}
    (words, files), meta = parse_evaluation(forms.read(view)), forms.meta_of(view)
    with submission(app, request) as tx:
        programme, _ = require_owner(tx, request, meta.programme)
        if tx.cohorts.programme_of(meta.about) != programme.id:
            raise forms.UnknownForm
        tx.save(
            write_next_time(
                tx.evaluation_words.get(meta.about),
                meta.about,
                words,
                by=request.person,
                owners=tx.roles.owners(programme.id),
                seen_version=meta.version,
            )
        )
        kind, opened = NotificationKind.EVALUATION, str(view.get("id", ""))
        tx.save(
            Outcome(
                notifications=tuple(
                    Notification(
                        f"{kind}:{file}:{request.person}:{opened}",
                        kind,
                        request.person,
                        {"programme": programme.id, "format": file},
                        is_reply=True,
                    )
                    for file in files
                )
            )
        )
        tx.people.request_profiles([request.person], request.now)
    return DONE


def open_suggestions(app: AppContext, request: Request) -> Response:
    """Show an owner what the figures of the last round suggest for the next one, until that is open."""
    with app.storage.read(request.workspace) as tx:
        _, cohort = require_owner(tx, request)
    if not cohort.closed_on:
        return OpenModal(sentence_view(suggestions.TITLE, suggestions.BEGUN))
    return OpenWhenReady(sentence_view(suggestions.TITLE, suggestions.SOON), partial(_suggestions, app, request))


def _suggestions(app: AppContext, request: Request) -> Response:
    with app.storage.read(request.workspace) as tx:
        programme, _ = require_owner(tx, request)
        evaluation = load_evaluation(tx, programme, tx.people.get(request.person).today(request.now))
        named = name_if_several(tx, programme)
    meta = FormMetadata(form=ids.SUGGESTIONS_FORM, version=programme.version, programme=programme.id)
    found = suggested(programme, evaluation.round)
    return OpenModal(
        view_in(suggestions.suggestions_form(found, evaluation.round, programme, meta=meta), programme.id, named)
    )


def submit_suggestions(app: AppContext, request: Request) -> Response:
    """Change the settings as the owner has ticked. Raises ChangedMeanwhile if they are others by now."""
    view = request.view or {}
    chosen, meta = suggestions.parse_suggestions(forms.read(view)), forms.meta_of(view)
    with app.storage.begin(request.workspace) as tx:
        programme, cohort = require_owner(tx, request, meta.programme)
        tx.save(
            apply_suggestions(
                programme,
                cohort,
                chosen,
                by=request.person,
                owners=tx.roles.owners(programme.id),
                present_owners=tx.roles.present_owners(programme.id),
                committee=tx.roles.committee(programme.id),
                seen_version=meta.version,
                today=tx.people.get(request.person).today(request.now),
            )
        )
    return DONE
