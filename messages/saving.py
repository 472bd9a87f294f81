"""Views in place of a form that is still being saved, and what becomes of it then."""

from collections.abc import Mapping, Sequence
from typing import Any

from messages.blocks import modal, section, small_print
from messages.ids import SAVING_VIEW
from messages.payloads import limits
from messages.text import escape

_SOURCE = ("type", "callback_id", "title", "submit", "close", "private_metadata", "clear_on_close", "notify_on_close")
_INITIAL = {
    "value": "initial_value",
    "selected_option": "initial_option",
    "selected_options": "initial_options",
    "selected_user": "initial_user",
    "selected_date": "initial_date",
    "selected_time": "initial_time",
}
"""What an element's state has, and where its next initial value goes."""


def is_at_full_depth(view: Mapping[str, Any]) -> bool:
    """Whether nothing can be pushed on top of this view: a modal has three at most.

    https://docs.slack.dev/surfaces/modals
    """
    return view.get("previous_view_id") not in (None, view.get("root_view_id"))


def saving(external_id: str) -> dict[str, Any]:
    """While it is being saved. `external_id` finds the view again, whose own id is not known."""
    words = "*Saving…* This takes longer than usual. Keep this window open: it says when your answers are saved."
    return {**modal(SAVING_VIEW, "Saving…", [section(words)]), "external_id": external_id}


def saved(*, clears: bool) -> dict[str, Any]:
    """It is saved. With `clears`, closing this also closes the form below it."""
    view = modal(SAVING_VIEW, "Saved", [section("*Saved.* You can close this window.")], close="Done")
    return {**view, "clear_on_close": clears}


def not_saved(form: Mapping[str, Any], errors: Mapping[str, str]) -> dict[str, Any]:
    """It is not saved, and the form is below this view. `errors` are plain sentences by block id."""
    words = small_print("Go back to the form to correct this. What you typed is still there.")
    return modal(SAVING_VIEW, "Not saved yet", [section(_problems(form, errors)), words], close="Back to the form")


def given_back(form: Mapping[str, Any], errors: Mapping[str, str]) -> dict[str, Any]:
    """The form as it was sent, with all that was typed, and above it why it is not saved.

    `form` is the view of the submission; `errors` are plain sentences by block id.
    """
    blocks: list[Any] = [section(f"*Not saved yet.*\n{_problems(form, errors)}").to_dict()]
    values = (form.get("state") or {}).get("values") or {}
    blocks += [_filled(block, values.get(block.get("block_id"), {})) for block in form["blocks"]]
    source = {name: form[name] for name in _SOURCE if form.get(name)}
    return {**source, "blocks": blocks[: limits.VIEW_BLOCKS]}


def _problems(form: Mapping[str, Any], errors: Mapping[str, str]) -> str:
    labels = {
        block["block_id"]: block["label"]["text"] for block in form.get("blocks", ()) if block.get("type") == "input"
    }
    lines = [
        f"• *{escape(labels[block_id])}* {escape(sentence)}" if block_id in labels else f"• {escape(sentence)}"
        for block_id, sentence in errors.items()
    ]
    return "\n".join(lines) or "This isn’t possible right now. Nothing has changed."


def _filled(block: Mapping[str, Any], state: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """An input block with the value of its state as its initial value; other blocks are unchanged."""
    if block.get("type") != "input":
        return dict(block)
    element = {name: value for name, value in block["element"].items() if not name.startswith("initial_")}
    current = state.get(element.get("action_id", ""), {})
    for name, initial in _INITIAL.items():
        if value := current.get(name):
            element[initial] = _offered(element, value)
    return {**block, "element": element}


def _offered(element: Mapping[str, Any], value: Any) -> Any:
    """A choice as the element offers it, since Slack takes only that."""
    groups: Sequence[Mapping[str, Any]] = element.get("option_groups") or ()
    options = [*(element.get("options") or ()), *(option for group in groups for option in group["options"])]
    by_value = {option["value"]: option for option in options}
    if isinstance(value, list):
        return [by_value[each["value"]] for each in value if each.get("value") in by_value]
    if isinstance(value, Mapping):
        return by_value.get(value.get("value", ""), dict(value))
    return value
