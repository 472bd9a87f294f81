"""Checks for views and for acknowledgements of submitted views: https://docs.slack.dev/reference/views."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal

from sandbox.block_kit import blocks, layout
from sandbox.block_kit.composition import plain_text
from sandbox.block_kit.problems import Problem, child_pointer, json_bytes, with_error
from sandbox.block_kit.schema import (
    ArraySchema,
    BooleanSchema,
    EnumSchema,
    ObjectSchema,
    Schema,
    StringSchema,
    UnionSchema,
    unsupported_type,
)

ViewType = Literal["modal", "home"]

VIEW_BYTES: Final = 250_000
"""Bytes of a view as JSON. Error `view_too_large`: https://docs.slack.dev/reference/methods/views.open."""

_IDENTITY: Final[Mapping[str, Schema]] = {
    "private_metadata": StringSchema(3000, min_length=0),
    "callback_id": StringSchema(255, min_length=0),
    "external_id": StringSchema(255, min_length=0),
}
_MODAL: Final = ObjectSchema(
    type="modal",
    required={"title": plain_text(24), "blocks": ArraySchema(blocks.for_surface("modal"), max_items=100)},
    optional={
        **_IDENTITY,
        "submit": plain_text(24),
        "close": plain_text(24),
        "clear_on_close": BooleanSchema(),
        "notify_on_close": BooleanSchema(),
        "submit_disabled": BooleanSchema(),
    },
)
_HOME: Final = ObjectSchema(
    type="home", required={"blocks": ArraySchema(blocks.for_surface("home"), max_items=100)}, optional=_IDENTITY
)
VIEW: Final = UnionSchema(_MODAL, _HOME, any_of=True)
_ANSWER: Final = EnumSchema("errors", "clear", "update", "push")


def check_view(view: object, expected: ViewType | None = None) -> list[Problem]:
    """The problems with the decoded `view` of `views.*` or of an acknowledgement; empty if Slack accepts it.

    `expected` requires that type of view: a modal for `views.open` and `views.push`, a home for `views.publish`.
    """
    return with_error("invalid_arguments", _check_view(view, expected))


def check_errors(view: Mapping[str, Any], errors: object) -> list[Problem]:
    """The problems with the `errors` of `response_action: errors` for the submitted `view`.

    Each key is the `block_id` of an input block of that view, each value the text shown under it. `view` is valid and
    complete: every block has an id.
    """
    return with_error("invalid_arguments", _check_errors(view, errors))


def check_acknowledgement(view: Mapping[str, Any], answer: object) -> list[Problem]:
    """The problems with an app's response to the submission of `view`; empty if Slack accepts it.

    An empty response, or none, closes the view. https:

    docs.slack.dev/surfaces/modals#updating_response
    """
    return with_error("invalid_arguments", _check_acknowledgement(view, answer))


def _check_view(view: object, expected: ViewType | None) -> Iterator[Problem]:
    found = list(VIEW.check(view, "/view"))
    yield from found
    if found or not isinstance(view, Mapping):
        return
    if expected and view["type"] != expected:
        yield unsupported_type(view["type"], "/view")
    yield from layout.check_blocks(view["blocks"], "/view/blocks")
    yield from layout.check_in_view(view["blocks"], "/view/blocks")
    yield from _check_submit(view)
    if json_bytes(view) > VIEW_BYTES:
        yield Problem("/view", f"must be less than {VIEW_BYTES + 1} bytes", "view_too_large")


def _check_submit(view: Mapping[str, Any]) -> Iterator[Problem]:
    if view["type"] != "modal" or "submit" in view:
        return
    for pointer, _ in layout.input_blocks(view["blocks"], "/view/blocks"):
        # This pointer names a field that does not exist. Slack uses it.
        yield Problem(child_pointer(pointer, "input"), "must define `submit` to use an `input` block in modals")


def _check_errors(view: Mapping[str, Any], errors: object) -> Iterator[Problem]:
    if not isinstance(errors, Mapping):
        yield Problem("/errors", "must provide an object")
        return
    if not errors:
        yield Problem("/errors", "no fewer than 1 items allowed")
    inputs = {block.get("block_id") for _, block in layout.input_blocks(view["blocks"], "/view/blocks")}
    for block_id, sentence in errors.items():
        pointer = child_pointer("/errors", block_id)
        if block_id not in inputs:
            yield Problem(pointer, "must be the block_id of an `input` block of the view")
        yield from StringSchema().check(sentence, pointer)


def _check_acknowledgement(view: Mapping[str, Any], answer: object) -> Iterator[Problem]:
    if answer is None or answer == "" or answer == {}:
        return
    action = answer.get("response_action") if isinstance(answer, Mapping) else None
    needed = {"errors": "errors", "update": "view", "push": "view"}.get(str(action))
    shape = ObjectSchema(required={"response_action": _ANSWER, **({needed: _Anything()} if needed else {})})
    found = list(shape.check(answer, ""))
    yield from found
    if found or not isinstance(answer, Mapping):
        return
    if needed == "errors":
        yield from _check_errors(view, answer["errors"])
    elif needed == "view":
        yield from _check_view(answer["view"], "modal")


class _Anything:
    """A schema for any value: something else checks it."""

    def check(self, value: object, at: str) -> Iterator[Problem]:
        return iter(())
