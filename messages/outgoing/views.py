"""Modals, homes, and what may be answered when a modal is submitted.

https://docs.slack.dev/reference/views and https://docs.slack.dev/surfaces/modals#response_actions
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from messages.outgoing import limits
from messages.outgoing.blocks import IN_HOME, IN_MODAL
from messages.outgoing.objects import ID, plain
from messages.outgoing.spec import Fields, Flag, Kinds, Many, Shape, Text
from messages.outgoing.together import among_blocks, ids_differ, input_ids, one_focus

_VIEW: Fields = {
    "callback_id": ID,
    "external_id": ID,
    "private_metadata": Text(limits.PRIVATE_METADATA, least=0),
}
_IN_VIEWS = among_blocks(ids_differ, one_focus)


def _inputs_need_submit(view: Mapping[str, Any], at: str) -> Iterator[str]:
    if "submit" not in view and any(block["type"] == "input" for block in view["blocks"]):
        yield f"{at or 'view'}: has inputs and no submit"


def _plain(value: Any) -> dict[str, Any] | list[Any]:
    return dict(value) if isinstance(value, Mapping) else list(value)


def _not_too_large(view: Mapping[str, Any], at: str) -> Iterator[str]:
    size = len(json.dumps(view, ensure_ascii=False, default=_plain).encode("utf-8", "surrogatepass"))
    if size > limits.VIEW_BYTES:
        yield f"{at or 'view'}: {size} bytes, at most {limits.VIEW_BYTES}"


_MODAL = Shape(
    {"title": plain(limits.VIEW_TITLE), "blocks": Many(IN_MODAL, 1, limits.VIEW_BLOCKS)},
    _VIEW
    | {
        "submit": plain(limits.VIEW_BUTTON),
        "close": plain(limits.VIEW_BUTTON),
        "clear_on_close": Flag(),
        "notify_on_close": Flag(),
    },
    (_inputs_need_submit, _not_too_large, _IN_VIEWS),
)
_HOME = Shape({"blocks": Many(IN_HOME, 0, limits.VIEW_BLOCKS)}, _VIEW, (_not_too_large, _IN_VIEWS))

VIEW = Kinds({"modal": _MODAL, "home": _HOME})

_SENTENCE = Text(limits.FIELD_ERROR, kind="a sentence", is_right=lambda value: bool(value.strip()))
_ANSWERS: dict[str, Shape] = {
    "clear": Shape(),
    "update": Shape({"view": Kinds({"modal": _MODAL})}),
    "push": Shape({"view": Kinds({"modal": _MODAL})}),
}


def answer_problems(view: Mapping[str, Any], ack: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with `ack` as the answer to `view`, as Slack sent it back. An empty one closes the modal."""
    if not ack:
        return
    action = ack.get("response_action")
    rest = {name: value for name, value in ack.items() if name != "response_action"}
    if action == "errors":
        yield from Shape({"errors": _Errors(frozenset(input_ids(view.get("blocks", ()))))}).check(rest, "")
    elif isinstance(action, str) and action in _ANSWERS:
        yield from _ANSWERS[action].check(rest, "")
    else:
        yield "response_action: not one of errors, update, push, clear"


class _Errors:
    """A sentence for each of some input blocks. A problem names the block by its place among the errors."""

    def __init__(self, inputs: frozenset[str]) -> None:
        self._inputs = inputs

    def check(self, value: object, at: str) -> Iterator[str]:
        if not isinstance(value, Mapping) or not value:
            yield f"{at}: not an object with an error in it"
            return
        for index, (block_id, sentence) in enumerate(value.items()):
            if block_id not in self._inputs:
                yield f"{at}, block {index}: not an input of the modal"
            yield from _SENTENCE.check(sentence, f"{at}, block {index}")
