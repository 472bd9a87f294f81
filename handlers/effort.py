"""Counts the presses of owners: buttons, menus, forms and commands that they use to run a programme (D0.4).

What they do as participants is not counted, and nothing about help in confidence: a count would tell of it. Choices
within an open form are part of filling it in.
"""

import logging

from handlers.context import AppContext, Request
from handlers.owners import require_owner
from mentoring.core.errors import MentoringError
from mentoring.effort import first_of_month
from messages import forms, ids
from messages.ids import Subcommand
from storage import Conflict, DatabaseUnusable, Transaction, retry_on_conflict

log = logging.getLogger(__name__)

OWNERS_BUTTONS = frozenset(
    {
        ids.OPEN_APPLICATION,
        ids.OPEN_PEOPLE,
        ids.PEOPLE_PAGE,
        ids.PEOPLE_FILTER,
        ids.SEARCH_PEOPLE,
        ids.ADD_PERSON,
        ids.ENTER_MENTEE,
        ids.ENTER_MENTOR,
        ids.CORRECT_APPLICATION,
        ids.WITHDRAW_FOR,
        ids.OPEN_OWNER_RECORD,
        ids.OWNER_RECORD_PAGE,
        ids.OPEN_REVIEW,
        ids.REVIEW_PAGE,
        ids.PROPOSE,
        ids.APPROVE,
        ids.APPROVE_SEVERAL,
        ids.REFUSE,
        ids.UNDO_REFUSAL,
        ids.MORE,
        ids.FORBID,
        ids.ALLOW,
        ids.WHY_NOT,
        ids.CHOOSE_TWO,
        ids.WHAT_WOULD_HELP,
        ids.RELEASE,
        ids.PAIR_BY_HAND,
        ids.TELL_WAITING,
        ids.OPEN_OFFERS,
        ids.REMIND_OFFER,
        ids.EXTEND_OFFER,
        ids.RECALL_OFFER,
        ids.ASK_AGAIN,
        ids.OPEN_ALL_PARTNERSHIPS,
        ids.PARTNERSHIPS_PAGE,
        ids.PARTNERSHIPS_FILTER,
        ids.SEARCH_PARTNERSHIPS,
        ids.OVERSEE,
        ids.SNOOZE_ALARM,
        ids.CHOOSE_DIGEST,
        ids.OPEN_NEEDS,
        ids.OPEN_REMARKS,
        ids.REMARKS_PAGE,
        ids.OPEN_ANSWERS,
        ids.ANSWERS_PAGE,
        ids.ANSWERS_ROUND,
        ids.ANSWERS_STAGE,
        ids.ANSWERS_ROLE,
        ids.MARK_REMARK_READ,
        ids.CLOSE_COHORT,
        ids.OPEN_ANNOUNCEMENTS,
        ids.ADD_ANNOUNCEMENT,
        ids.APPROVE_ANNOUNCEMENT,
        ids.PREVIEW_ANNOUNCEMENT,
        ids.CHANGE_ANNOUNCEMENT,
        ids.LEAVE_OUT_ANNOUNCEMENT,
        ids.PUT_BACK_ANNOUNCEMENT,
        ids.STOP_ANNOUNCEMENT,
        ids.OPEN_SESSIONS,
        ids.PLAN_SESSION,
        ids.CHANGE_SESSION,
        ids.CANCEL_SESSION,
        ids.INVITE_TO_SESSION,
        ids.OPEN_ATTENDING,
        ids.OPEN_EVALUATION,
        ids.OPEN_SUGGESTIONS,
        ids.OPEN_SPONSOR_PAGE,
        ids.SEND_SPONSOR_PAGE,
        ids.SEND_CHARTS,
        ids.SEND_WORKBOOK,
        ids.SEND_CSV,
        ids.OPEN_EXPORT,
        ids.EXPORT_WORKBOOK,
        ids.EXPORT_CSV,
        ids.IMPORT_LIST,
        ids.CHOOSE_LIST_PROGRAMME,
        ids.DISMISS_LIST,
        ids.SEND_AGAIN,
        ids.SEND_ALL_AGAIN,
        ids.LET_REST,
        ids.OPEN_SETUP,
        ids.OPEN_OWNERS,
        ids.OPEN_PROFILE_FIELDS,
        ids.OPEN_GUIDE,
        ids.GO_TO_STEP,
        ids.SKIP_STEP,
        ids.PREVIEW,
        ids.OPEN_PLAN,
        ids.TICK_STEP,
        ids.UNTICK_STEP,
    }
)
OWNERS_FORMS = frozenset(
    {
        ids.CORRECTION_FORM,
        ids.ENTRY_FORM,
        ids.HAND_OVER_FORM,
        ids.PEOPLE_SEARCH_FORM,
        ids.PARTNERSHIPS_SEARCH_FORM,
        ids.APPROVALS_FORM,
        ids.PAIR_FORM,
        ids.EVALUATION_FORM,
        ids.SUGGESTIONS_FORM,
        ids.SPONSOR_PAGE_FORM,
        ids.SESSION_FORM,
        ids.ANNOUNCEMENT_FORM,
        ids.SWAP_FORM,
        ids.SETUP_FORM,
        ids.OWNERS_FORM,
        ids.PROFILE_FIELDS_FORM,
    }
)
OWNERS_VIEWS = frozenset({ids.APPLICATION_VIEW, ids.PEOPLE_VIEW, ids.ALL_PARTNERSHIPS_VIEW})
"""Views of owners with buttons that participants use, too: on their behalf, an owner ends a pause there."""
FORMS_OF_BOTH = frozenset({ids.PAUSE_FORM, ids.LEAVE_FORM})
BUTTONS_OF_BOTH = frozenset({ids.OPEN_STATUS, ids.OPEN_HELP})
"""They show a participant where they stand, and an owner how the round stands."""
FIELDS = frozenset({ids.LOOK_UP_PERSON, ids.CHOOSE_COUNTRY})
"""Choices within a form."""


def count_later(app: AppContext, request: Request) -> None:
    """Count the press after it is answered, if it is one of an owner. A stop of the bot may lose it."""
    if _is_owners(request) or _is_of_both(request):
        app.background.run(lambda: _count(app, request))


def _count(app: AppContext, request: Request) -> None:
    try:
        retry_on_conflict(lambda: _count_once(app, request))
    except (Conflict, DatabaseUnusable) as error:
        log.info("A press is not counted: %s", type(error).__name__)


def _count_once(app: AppContext, request: Request) -> None:
    with app.storage.read(request.workspace) as tx:
        try:
            programme, _ = require_owner(tx, request)
        except MentoringError:  # a stranger, or an owner who is asked which programme it is about
            return
        if not _is_owners(request) and _takes_part(tx, request.person, programme.id):
            return
        month = first_of_month(tx.people.get(request.person).today(request.now))
    with app.storage.begin_unlocked(request.workspace) as tx:
        tx.effort.count_press(programme.id, request.person, month)


def _is_owners(request: Request) -> bool:
    """Whether only owners use it, or they use it here for somebody else."""
    if request.is_command:
        return _action_of(request) in OWNERS_BUTTONS
    if request.action:
        return request.action in OWNERS_BUTTONS or (
            request.action not in FIELDS and (request.view or {}).get("callback_id") in OWNERS_VIEWS
        )
    form = (request.view or {}).get("callback_id")
    return form in OWNERS_FORMS or (form in FORMS_OF_BOTH and _is_for_somebody_else(request))


def _is_of_both(request: Request) -> bool:
    action = _action_of(request) if request.is_command else request.action
    return action in BUTTONS_OF_BOTH


def _action_of(request: Request) -> str:
    """The button that does what the command does. Other words lead to help."""
    words = request.text.split()
    word = words[0].lower() if words else ""
    return ids.OPENS[Subcommand(word)] if word in ids.OPENS else ids.OPEN_HELP


def _is_for_somebody_else(request: Request) -> bool:
    """Whether an owner has filled in the form: it is about another person, or about a partnership of others."""
    meta = forms.meta_or_empty(request.view)
    if (request.view or {}).get("callback_id") == ids.PAUSE_FORM:
        return bool(meta.programme)
    return meta.about not in ("", request.person)


def _takes_part(tx: Transaction, person: str, programme_id: str) -> bool:
    """Whether they have applied to the programme, or have had a partner in it: then it may be as a participant."""
    cohorts = tx.cohorts.of_programme(programme_id)
    applied = any(each in cohorts for each in tx.applications.of_person(person))
    return applied or any(each.cohort_id in cohorts for each in tx.partnerships.of(person))
