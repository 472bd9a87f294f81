"""The pause of one partnership: asking for it, carrying on, and moving the agreed end afterwards."""

from collections.abc import Callable

from handlers import partnership_list
from handlers.context import DONE, AppContext, OpenModal, Request, Response, UpdateModal
from handlers.drafts import load_draft, submission
from handlers.partnerships import day_seen, find_partnership, show_list, view_of
from mentoring.core.outcome import Outcome
from mentoring.pauses import pause as rules
from mentoring.pauses.pause import PauseContext
from messages import forms, ids
from messages.forms import FormMetadata
from messages.pauses.form import FORM, agreed_ahead, parse_pause, pause_form, values_of_pause
from services.drafts import draft_name
from services.pauses import load_pause, told_anew


def open_form(app: AppContext, request: Request) -> Response:
    """Open the form for the partnership of the button."""
    return _open(app, request, request.value)


def open_for_owner(app: AppContext, request: Request, partnership_id: str) -> Response:
    """Open the form for an owner, who chose it from the menu of a partnership."""
    return _open(app, request, partnership_id)


def _open(app: AppContext, request: Request, partnership_id: str) -> Response:
    with app.storage.read(request.workspace) as tx:
        context = load_pause(tx, find_partnership(tx, partnership_id, request, for_owners=True), request.now)
        rules.check_can_pause(context, request.person)
        partnership = context.partnership
        for_owner_of = context.programme.id if request.person not in partnership.people else ""
        draft = load_draft(tx, request, draft_name(ids.PAUSE_FORM, FORM, partnership.id, for_owner_of))
        root = request.id_of_view(ids.PARTNERSHIPS_VIEW, ids.ALL_PARTNERSHIPS_VIEW)
        below = partnership_list.below(request)
        view = pause_form(
            partnership,
            context.programme,
            draft or values_of_pause(partnership),
            by=request.person,
            meta=FormMetadata(
                form=FORM,
                about=partnership.id,
                version=partnership.version,
                root=root,
                below=below,
                programme=for_owner_of,
            ),
            planned=agreed_ahead([each for ahead in context.ahead for each in ahead.meetings]),
            restored=draft is not None,
        )
    return OpenModal(view)


def submit(app: AppContext, request: Request) -> Response:
    """Pause the partnership, or change until when. If it is refused, the form is saved as a draft."""
    view = request.view or {}
    meta = forms.meta_of(view)
    if meta.form != FORM:
        raise forms.UnknownForm
    form = parse_pause(forms.read(view))
    with submission(app, request) as tx:
        context = load_pause(tx, find_partnership(tx, meta.about, request, for_owners=True), request.now)
        paused = rules.pause(context, form, by=request.person, seen=meta.version, new_id=tx.new_id())
        tx.save(told_anew(tx, paused))
    if not meta.root:
        return DONE
    with app.storage.read(request.workspace) as tx:
        if meta.below:
            return UpdateModal(partnership_list.view_below(tx, request, meta.below), meta.root)
        return UpdateModal(view_of(tx, request), meta.root)


def resume(app: AppContext, request: Request) -> Response:
    """Let the partnership carry on now."""
    return _decide(app, request, request.value, lambda context: rules.resume(context, by=request.person))


def confirm(app: AppContext, request: Request) -> Response:
    """Say that it carries on on its day, as the button showed it."""
    partnership_id, day = day_seen(request)
    return _decide(app, request, partnership_id, lambda found: rules.confirm(found, by=request.person, seen=day))


def move_end(app: AppContext, request: Request) -> Response:
    """Say that the agreed end should move by the length of the pause, to the day that the button showed."""
    partnership_id, day = day_seen(request)
    return _decide(app, request, partnership_id, lambda found: rules.want_end_moved(found, by=request.person, seen=day))


def _decide(
    app: AppContext, request: Request, partnership_id: str, rule: Callable[[PauseContext], Outcome]
) -> Response:
    """Change the pause. Its messages, Home and the list in which the button was show it."""
    with app.storage.begin(request.workspace) as tx:
        tx.save(rule(load_pause(tx, find_partnership(tx, partnership_id, request), request.now)))
    return show_list(app, request)
