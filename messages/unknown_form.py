"""A form of another version of the bot: what was typed in it, to copy, and the form of today that asks for the same."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError
from slack_sdk.models.blocks import Block

from mentoring.applications.application import Role
from mentoring.core.fields import FieldName
from mentoring.core.people import user_id
from mentoring.feedback.answers import Question
from mentoring.programmes.settings import Part
from messages import ids
from messages.applications.form import ApplicationSubmission
from messages.blocks import modal, section, typed
from messages.closure import ClosureSubmission
from messages.feedback.baseline import BaselineSubmission
from messages.feedback.closing import CLOSING_FIELDS
from messages.feedback.form import FeedbackSubmission
from messages.feedback.items import CheckInItems, NeverMetItems
from messages.forms import FormMetadata, Values, filled_in, meta_of, read
from messages.ids import COMMAND, Subcommand
from messages.matching.pairing_forms import PairSubmission, SwapSubmission
from messages.meetings import CORRECT, LOG, MeetingSubmission
from messages.payloads import limits
from messages.programmes.settings_parser import SUBMISSIONS
from messages.text import escape, join, mention, shorten

TITLE = "This form has changed"
KEPT = "We kept what you typed."
NOT_KEPT = "We couldn’t save what you typed. Copy it before you close this."
_MOST_IN_LABEL = 150
_BYTES = 6
"""What a character, with all that is around it, takes at most in a view."""
_BY_BUTTON = "Use the button in my message to open the form again."


@dataclass(frozen=True)
class TodaysForm:
    """A form of this version: its callback id and its metadata, and how a person opens it."""

    callback_id: str
    form: str
    about: str = ""
    opened_by: Subcommand | None = None


def todays_form(view: Mapping[str, Any]) -> TodaysForm | None:
    """The form of this version that asks for most of what was filled in; None if none asks for more than half of it."""
    try:
        meta = meta_of(view)
    except ValidationError:
        meta = FormMetadata(form="")
    filled = set(filled_in(read(view)))
    found = [(len(filled & fields), form) for form, fields in _candidates(str(view.get("callback_id")), meta, filled)]
    shared, best = max(found, key=lambda one: one[0], default=(0, None))
    return best if shared * 2 > len(filled) else None


def _candidates(callback_id: str, meta: FormMetadata, filled: set[str]) -> Iterator[tuple[TodaysForm, set[str]]]:
    """The forms that this may have been, with their block ids, the likeliest first."""
    forms = list(_forms(meta, filled))
    same = [found for found in forms if found[0].callback_id == callback_id]
    named = [found for found in same or forms if found[0].form == meta.form]
    yield from named or same or forms


def _forms(meta: FormMetadata, filled: set[str]) -> Iterator[tuple[TodaysForm, set[str]]]:
    mentors_only = {FieldName.STARTED_ON, FieldName.PLACES}
    asked_of_all = _fields(ApplicationSubmission) - mentors_only
    request = TodaysForm(ids.APPLICATION_FORM, Role.MENTEE, opened_by=Subcommand.REQUEST), asked_of_all
    offer = TodaysForm(ids.APPLICATION_FORM, Role.MENTOR, opened_by=Subcommand.VOLUNTEER), asked_of_all | mentors_only
    yield from (offer, request) if filled & mentors_only else (request, offer)
    opened_by = {LOG: Subcommand.LOG, CORRECT: Subcommand.STATUS}
    if meta.form in opened_by:
        yield TodaysForm(ids.MEETING_FORM, meta.form, meta.about, opened_by[meta.form]), _fields(MeetingSubmission)
    if meta.about:
        asked = _fields(FeedbackSubmission) | _fields(CheckInItems)
        yield TodaysForm(ids.BASELINE_FORM, Question.BASELINE, meta.about), _fields(BaselineSubmission)
        yield TodaysForm(ids.CHECK_IN_FORM, Question.CHECK_IN, meta.about), asked
        yield (
            TodaysForm(ids.SURVEY_FORM, Question.SURVEY, meta.about),
            (_fields(FeedbackSubmission) - {FieldName.DECISION}) | CLOSING_FIELDS,
        )
        yield TodaysForm(ids.CLOSURE_FORM, ids.CLOSURE_FORM, meta.about), _fields(ClosureSubmission)
        yield TodaysForm(ids.NEVER_MET_FORM, Question.SURVEY, meta.about), _fields(NeverMetItems)
        yield TodaysForm(ids.SWAP_FORM, ids.SWAP_FORM, meta.about, Subcommand.MATCH), _fields(SwapSubmission)
    yield TodaysForm(ids.PAIR_FORM, ids.PAIR_FORM, opened_by=Subcommand.MATCH), _fields(PairSubmission)
    for part in Part:
        if part in SUBMISSIONS:
            yield TodaysForm(ids.SETUP_FORM, part, opened_by=Subcommand.SETUP), _fields(SUBMISSIONS[part])


def _fields(submission: type[BaseModel]) -> set[str]:
    return set(submission.model_fields)


def unknown_form(view: Mapping[str, Any], today: TodaysForm | None, *, kept: bool) -> dict[str, Any]:
    """The modal that replaces the form: why it was not sent, and everything that was filled in, to copy.

    `today` is the form that is filled in with it, if any; `kept` is whether it was saved.
    """
    start = "This form is from another version of the app, so it wasn’t sent."
    blocks: list[Block] = [section(f"*{start}* {_what_next(today) if kept else NOT_KEPT}")]
    blocks += _answers(view)
    return modal(ids.UNKNOWN_FORM_VIEW, TITLE, blocks[: limits.VIEW_BLOCKS])


def _what_next(today: TodaysForm | None) -> str:
    if today is None:
        return f"{KEPT}\nHere it is, to copy. To see what you can do now, type `{COMMAND}`."
    how = f"To open the form again, type `{COMMAND} {today.opened_by}`." if today.opened_by else _BY_BUTTON
    return f"{KEPT}\n{how} We’ll fill in what still fits. Here is all of it, to copy."


def _answers(view: Mapping[str, Any]) -> Iterator[Block]:
    """The filled fields: the label, and what was typed or chosen."""
    values, labels = read(view), dict(_labels(view))
    elements = {block_id: one for block_id, found in _state(view).items() for one in found.values()}
    filled = filled_in(values)
    most = min(limits.SECTION, limits.VIEW_BYTES // (_BYTES * len(filled))) if filled else 0
    for block_id in sorted(filled, key=[*labels, *values].index):
        label = f"*{escape(shorten(labels.get(block_id) or block_id, _MOST_IN_LABEL))}*"
        element = elements[block_id]
        if "value" in element:
            yield section(label)
            yield typed(str(values[block_id]), most)
        else:
            yield section(shorten(f"{label}\n{_chosen(element, values, block_id)}", most))


def _chosen(element: Mapping[str, Any], values: Values, block_id: str) -> str:
    options = element.get("selected_options") or [element.get("selected_option")]
    words = [str(option["text"]["text"]) for option in options if option and "text" in option]
    value = values[block_id]
    plain = words or ([value] if isinstance(value, str) else list(value or ()))
    return join([mention(one) if user_id(one) == one else escape(one) for one in plain])


def _state(view: Mapping[str, Any]) -> Mapping[str, Mapping[str, Mapping[str, Any]]]:
    return (view.get("state") or {}).get("values") or {}


def _labels(view: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for block in view.get("blocks") or ():
        if block.get("type") == "input":
            yield str(block.get("block_id")), str((block.get("label") or {}).get("text") or "")
