"""Messages with their metadata (https://docs.slack.dev/messaging/message-metadata), acknowledgements and views.

Every app in the workspace can read metadata, so it has ids and counts only, in flat and short fields.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from messages.payloads import limits
from messages.payloads.blocks import IN_HOME, IN_MESSAGE, IN_MODAL
from messages.payloads.objects import ID, plain
from messages.payloads.rules import among_blocks, ids_differ, input_ids, message_fits, one_focus
from messages.payloads.spec import (
    EnumSchema,
    Fields,
    Flag,
    ListSchema,
    NumberSchema,
    ObjectSchema,
    Schema,
    TextSchema,
    UnionSchema,
)

_TEXT = TextSchema(limits.METADATA_VALUE, least=0)


class _Flat:
    """Fields of any name with a short text, a number or a boolean. A problem refers to a field by its position."""

    def check(self, value: object, at: str) -> Iterator[str]:
        if not isinstance(value, Mapping):
            yield f"{at}: not an object"
            return
        for index, (name, item) in enumerate(value.items()):
            spec: Schema = _TEXT if isinstance(item, str) else Flag() if isinstance(item, bool) else NumberSchema()
            yield from ID.check(name, f"{at}, name {index}")
            yield from spec.check(item, f"{at}, value {index}")


METADATA = ObjectSchema({"event_type": ID, "event_payload": _Flat()})


def _has_a_word(value: str) -> bool:
    return bool(value.strip())


_SAID: Fields = {"text": TextSchema(limits.MESSAGE_TEXT, kind="text with a word in it", is_right=_has_a_word)}
_SHOWN: Fields = {
    "blocks": ListSchema(IN_MESSAGE, 0, limits.MESSAGE_BLOCKS),
    "mrkdwn": Flag(),
    "unfurl_links": Flag(),
    "unfurl_media": Flag(),
}
_AUDIENCE: Fields = {"response_type": EnumSchema(("ephemeral", "in_channel"))}
_TOGETHER = (among_blocks(ids_differ, one_focus, message_fits),)

# Without `link_names` and `parse`, which would activate an `@channel` that someone typed.
_ADDRESSED: Fields = {"channel": ID, "user": ID, "ts": ID, "thread_ts": ID, "reply_broadcast": Flag()}

MESSAGE = ObjectSchema(_SAID, _SHOWN | _ADDRESSED | {"metadata": METADATA}, _TOGETHER)
COMMAND_ACK = ObjectSchema(_SAID, _SHOWN | _AUDIENCE, _TOGETHER)
RESPONSE_URL = ObjectSchema(
    _SAID,
    _SHOWN | _AUDIENCE | {"replace_original": Flag(), "delete_original": EnumSchema((False,)), "thread_ts": ID},
    _TOGETHER,
)
DELETE_ORIGINAL = ObjectSchema({"delete_original": EnumSchema((True,))})

_VIEW: Fields = {
    "callback_id": ID,
    "external_id": ID,
    "private_metadata": TextSchema(limits.PRIVATE_METADATA, least=0),
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


_MODAL = ObjectSchema(
    {"title": plain(limits.VIEW_TITLE), "blocks": ListSchema(IN_MODAL, 1, limits.VIEW_BLOCKS)},
    _VIEW
    | {
        "submit": plain(limits.VIEW_BUTTON),
        "close": plain(limits.VIEW_BUTTON),
        "clear_on_close": Flag(),
        "notify_on_close": Flag(),
    },
    (_inputs_need_submit, _not_too_large, _IN_VIEWS),
)
_HOME = ObjectSchema({"blocks": ListSchema(IN_HOME, 0, limits.VIEW_BLOCKS)}, _VIEW, (_not_too_large, _IN_VIEWS))

VIEW = UnionSchema({"modal": _MODAL, "home": _HOME})

_SENTENCE = TextSchema(limits.FIELD_ERROR, kind="a sentence", is_right=lambda value: bool(value.strip()))
_ANSWERS: dict[str, ObjectSchema] = {
    "clear": ObjectSchema(),
    "update": ObjectSchema({"view": UnionSchema({"modal": _MODAL})}),
    "push": ObjectSchema({"view": UnionSchema({"modal": _MODAL})}),
}


def answer_problems(view: Mapping[str, Any], ack: Mapping[str, Any]) -> Iterator[str]:
    """The problems of `ack` as the response to the submitted `view`. An empty `ack` closes the modal."""
    if not ack:
        return
    action = ack.get("response_action")
    rest = {name: value for name, value in ack.items() if name != "response_action"}
    if action == "errors":
        yield from ObjectSchema({"errors": _Errors(frozenset(input_ids(view.get("blocks", ()))))}).check(rest, "")
    elif isinstance(action, str) and action in _ANSWERS:
        yield from _ANSWERS[action].check(rest, "")
    else:
        yield "response_action: not one of errors, update, push, clear"


class _Errors:
    """A sentence for each of some input blocks. A problem refers to a block by its position."""

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
