"""The evaluation report: what owners say in it, and sending it to them."""

from handlers.context import DONE, AppContext, OpenModal, Request, Response
from handlers.drafts import load_draft, submission
from handlers.owners import require_owner
from mentoring.core.outcome import Notification, NotificationKind, Outcome
from mentoring.evaluation.words import write_next_time
from messages import forms, ids
from messages.evaluation.form import evaluation_form, parse_evaluation, values_of
from messages.forms import FormMetadata
from messages.in_programme import view_in
from services.drafts import draft_name
from services.evaluation import round_to_evaluate
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
