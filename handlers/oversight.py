"""What owners do about a partnership: remind, offer help, ask, pause and hand over; and the answers of the two."""

from collections.abc import Mapping
from typing import Final

from handlers import partnership_list, pauses
from handlers.context import DONE, AppContext, OpenModal, Reply, Request, Response, UpdateModal
from handlers.drafts import load_draft, submission
from handlers.owners import require_approver
from handlers.partnerships import find_partnership, show_list
from mentoring.core.errors import NotForYou
from mentoring.core.roles import ProgrammeRole
from mentoring.oversight import alarms, asking, handing_over
from mentoring.oversight.alarms import SNOOZE_FOR
from mentoring.oversight.asking import HowItStands, OversightKind, check_may_act
from mentoring.oversight.digest import choose_digest
from mentoring.partnerships.errors import NoSuchPartnership, NotAsked
from mentoring.partnerships.events import PartnershipEvent
from mentoring.partnerships.partnership import pause_of
from mentoring.partnerships.transitions import check_transition
from messages import forms, ids
from messages.forms import FormMetadata
from messages.home.needs import all_needs
from messages.ids import OversightAction
from messages.in_programme import message_in
from messages.oversight.digest import chosen_digest
from messages.oversight.form import FORM, hand_over_form, parse_hand_over
from messages.oversight.view import done, snoozed
from services.drafts import draft_name
from services.home import load_needs
from services.oversight import load_oversight
from services.programmes import as_read

_ASKS: Final[Mapping[str, OversightKind]] = {
    OversightAction.NUDGE: OversightKind.NUDGE,
    OversightAction.HELP: OversightKind.HELP,
    OversightAction.ASK: OversightKind.STANDING,
}


def act(app: AppContext, request: Request) -> Response:
    """Do what an owner chose from the menu of a partnership, or pressed in a message or at Home."""
    action, _, partnership_id = request.value.partition(":")
    if action in _ASKS:
        return _ask(app, request, _ASKS[action], partnership_id)
    match action:
        case OversightAction.ANOTHER:
            return _ask(app, request, OversightKind.ANOTHER, partnership_id)
        case OversightAction.PAUSE:
            return pauses.open_for_owner(app, request, partnership_id)
        case OversightAction.HAND_OVER:
            return _open_hand_over(app, request, partnership_id)
        case _:
            raise NoSuchPartnership


def refresh(app: AppContext, request: Request) -> Response:
    """Show the list again in which the button was, after a refusal; DONE for a button of a message."""
    return show_list(app, request)


def _ask(app: AppContext, request: Request, kind: OversightKind, partnership_id: str) -> Response:
    with app.storage.begin(request.workspace) as tx:
        partnership = find_partnership(tx, partnership_id, request, for_owners=True)
        context = load_oversight(tx, partnership, request.now)
        if kind is OversightKind.ANOTHER:
            tx.save(asking.offer_another(context, by=request.person, new_id=tx.new_id()))
        else:
            tx.save(asking.ask_both(context, kind, by=request.person, new_id=tx.new_id()))
        programme = as_read(tx, context.programme)
    shown = show_list(app, request)
    return Reply(done(kind, partnership, programme), "Done") if shown == DONE else shown


def _open_hand_over(app: AppContext, request: Request, partnership_id: str) -> Response:
    with app.storage.read(request.workspace) as tx:
        partnership = find_partnership(tx, partnership_id, request, for_owners=True)
        context = load_oversight(tx, partnership, request.now)
        check_may_act(partnership, request.person, context.owners)
        check_transition(PartnershipEvent.HAND_OVER, partnership, request.person, owners=context.owners)
        programme = context.programme
        draft = load_draft(tx, request, draft_name(ids.HAND_OVER_FORM, FORM, partnership.id, programme.id))
        meta = FormMetadata(
            form=FORM,
            about=partnership.id,
            version=partnership.version,
            root=request.id_of_view(ids.ALL_PARTNERSHIPS_VIEW),
            below=partnership_list.below(request),
            programme=programme.id,
        )
        view = hand_over_form(
            partnership,
            as_read(tx, programme),
            draft or {},
            owners=handing_over.can_take_over(context),
            people=context.people,
            meta=meta,
            pause=pause_of(partnership, context.people),
            restored=draft is not None,
        )
    return OpenModal(view)


def submit_hand_over(app: AppContext, request: Request) -> Response:
    """Hand the partnership over. If it is refused, the form is saved as a draft."""
    view = request.view or {}
    meta = forms.meta_of(view)
    if meta.form != FORM:
        raise forms.UnknownForm
    form = parse_hand_over(forms.read(view))
    with submission(app, request) as tx:
        partnership = find_partnership(tx, meta.about, request, for_owners=True)
        context = load_oversight(tx, partnership, request.now)
        tx.save(handing_over.hand_over(context, form, by=request.person, seen=meta.version, new_id=tx.new_id()))
    if not (meta.root and meta.below):
        return DONE
    with app.storage.read(request.workspace) as tx:
        return UpdateModal(partnership_list.view_below(tx, request, meta.below), meta.root)


def say_well(app: AppContext, request: Request) -> Response:
    return _answer(app, request, HowItStands.WELL)


def say_more_time(app: AppContext, request: Request) -> Response:
    return _answer(app, request, HowItStands.MORE_TIME)


def say_contact(app: AppContext, request: Request) -> Response:
    return _answer(app, request, HowItStands.CONTACT)


def _answer(app: AppContext, request: Request, answer: HowItStands) -> Response:
    """Save the answer of one of the two. Their message shows it."""
    partnership_id, _, number = request.value.partition(":")
    with app.storage.begin(request.workspace) as tx:
        partnership = find_partnership(tx, partnership_id, request)
        if not number.isdecimal() or len(number) > 6:
            raise NotAsked
        context = load_oversight(tx, partnership, request.now)
        tx.save(asking.answer_owner(context, int(number), answer, by=request.person))
    return DONE


def snooze(app: AppContext, request: Request) -> Response:
    """Tell this owner nothing of the partnership of the button for two weeks. Home shows it."""
    with app.storage.begin(request.workspace) as tx:
        partnership = find_partnership(tx, request.value, request, for_owners=True)
        programme, _ = tx.programme_of(partnership.cohort_id)
        today = tx.people.get(request.person).today(request.now)
        owners = tx.roles.owners(programme.id)
        tx.save(alarms.snooze(partnership, by=request.person, owners=owners, today=today))
    return DONE if request.at_home else Reply(snoozed(partnership, today + SNOOZE_FOR), "Snoozed")


def open_needs(app: AppContext, request: Request) -> Response:
    """Show everything that needs this owner or member of the committee."""
    with app.storage.read(request.workspace) as tx:
        programme, cohort = require_approver(tx, request)
        needs = load_needs(tx, programme, cohort, request.person, request.now)
        found = message_in(all_needs(needs, as_read(tx, programme)), programme.id)
    return Reply(found, "What needs you")


def choose(app: AppContext, request: Request) -> Response:
    """Save how often this owner wants to hear of what needs them. The menu shows it."""
    with app.storage.begin(request.workspace) as tx:
        if not tx.roles.programmes_of(request.person, ProgrammeRole.OWNER):
            raise NotForYou
        tx.save(choose_digest(chosen_digest(request.value), by=request.person))
    return DONE
