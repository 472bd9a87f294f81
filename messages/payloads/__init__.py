"""Checks everything that the bot sends to Slack.

Slack answers an illegal payload with an error when it is too late, and its SDK does not catch many of them. So all
messages, views and acknowledgements are checked against tables of what Slack allows
(https://docs.slack.dev/reference/block-kit): `limits` has the numbers, `spec` the schema language, and the other
modules the tables of what stands in them. A field that no table has is refused. Every check returns None, or raises
`InvalidPayload` with all problems.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block

from messages.payloads import limits
from messages.payloads.blocks import IN_HOME, IN_MESSAGE, IN_MODAL
from messages.payloads.objects import ID, plain
from messages.payloads.rules import among_blocks, ids_differ, input_ids, message_fits, one_focus
from messages.payloads.spec import (
    EnumSchema,
    Fields,
    Flag,
    InvalidPayload,
    ListSchema,
    NumberSchema,
    ObjectSchema,
    Schema,
    TextSchema,
    UnionSchema,
    is_list,
)

__all__ = [
    "AttachedFile",
    "InvalidPayload",
    "Message",
    "check_command_ack",
    "check_message",
    "check_response_action",
    "check_response_url",
    "check_view",
    "limits",
    "message",
]


@dataclass(frozen=True)
class AttachedFile:
    """A file that a message brings. `title` is plain text; `otherwise` (mrkdwn) is added to the text where the app may
    not have files.
    """

    name: str
    title: str
    content: bytes
    otherwise: str


@dataclass(frozen=True)
class Message:
    """A message for `chat.postMessage`, `chat.update`, an acknowledgement or a response_url.

    `text` is mrkdwn and complete by itself: Slack shows only that in notifications. `blocks` are dicts of Block Kit.
    A message with a `file` is its text alone: Slack shows it above the file.
    `metadata` is `{"event_type": …, "event_payload": {…}}` with ids only; acknowledgements and response_urls take none.
    """

    text: str
    blocks: tuple[Mapping[str, Any], ...] = ()
    metadata: Mapping[str, Any] | None = None
    file: AttachedFile | None = None

    def payload(self) -> dict[str, Any]:
        """The arguments for Slack, as new dicts and lists. Raises `InvalidPayload`."""
        payload: dict[str, Any] = {"text": self.text}
        if self.blocks:
            payload["blocks"] = _plain(self.blocks)
        if self.metadata is not None:
            payload["metadata"] = _plain(self.metadata)
        check_message(payload)
        return payload


def message(text: str, blocks: Sequence[Block | Mapping[str, Any]] = ()) -> Message:
    """A message of slack_sdk blocks, dicts or both. Raises `InvalidPayload` if the SDK refuses one."""
    return Message(text, tuple(_as_dict(block, f"blocks[{index}]") for index, block in enumerate(blocks)))


def check_message(payload: Mapping[str, Any]) -> None:
    """Checks arguments of `chat.postMessage`, `chat.update` or `chat.postEphemeral`, with or without the address."""
    _refuse(MESSAGE.check(payload, ""))


def check_view(view: Mapping[str, Any]) -> None:
    """Checks a modal or a home tab for `views.open`, `views.update`, `views.push` or `views.publish`."""
    _refuse(VIEW.check(view, ""))


def check_response_action(view: Mapping[str, Any], ack: Mapping[str, Any]) -> None:
    """Checks the acknowledgement of a `view_submission`; `view` is the submitted modal, as Slack sent it."""
    _refuse(answer_problems(view, ack))


def check_command_ack(payload: Mapping[str, Any]) -> None:
    """Checks the acknowledgement of a slash command, which may be empty."""
    if payload:
        _refuse(COMMAND_ACK.check(payload, ""))


def check_response_url(payload: Mapping[str, Any]) -> None:
    """Checks what is posted to a response_url: a message, or only `{"delete_original": True}`."""
    deletes = payload.get("delete_original") is True
    _refuse((DELETE_ORIGINAL if deletes else RESPONSE_URL).check(payload, ""))


def _refuse(problems: Iterable[str]) -> None:
    if found := tuple(problems):
        raise InvalidPayload(found)


def _as_dict(block: Block | Mapping[str, Any], at: str) -> Mapping[str, Any]:
    if not isinstance(block, Block):
        return block
    try:
        return block.to_dict()
    except SlackObjectFormationError as refused:
        raise InvalidPayload([f"{at}: {refused}"]) from None


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _plain(item) for name, item in value.items()}
    return [_plain(item) for item in value] if is_list(value) else value


_SHORT = TextSchema(limits.METADATA_VALUE, least=0)


class _Flat:
    """Fields of any name with a short text, a number or a boolean. A problem refers to a field by its position."""

    def check(self, value: object, at: str) -> Iterator[str]:
        if not isinstance(value, Mapping):
            yield f"{at}: not an object"
            return
        for index, (name, item) in enumerate(value.items()):
            spec: Schema = _SHORT if isinstance(item, str) else Flag() if isinstance(item, bool) else NumberSchema()
            yield from ID.check(name, f"{at}, name {index}")
            yield from spec.check(item, f"{at}, value {index}")


METADATA = ObjectSchema({"event_type": ID, "event_payload": _Flat()})
"""Every app in the workspace can read metadata, so it has ids and counts only, in flat and short fields.

https://docs.slack.dev/messaging/message-metadata
"""


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


def _as_json(value: Any) -> dict[str, Any] | list[Any]:
    return dict(value) if isinstance(value, Mapping) else list(value)


def _not_too_large(view: Mapping[str, Any], at: str) -> Iterator[str]:
    size = len(json.dumps(view, ensure_ascii=False, default=_as_json).encode("utf-8", "surrogatepass"))
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
