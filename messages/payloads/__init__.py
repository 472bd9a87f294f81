"""Checks everything that the bot sends to Slack.

Slack answers an illegal payload with an error when it is too late, and its SDK does not catch many of them. So all
messages, views and acknowledgements are checked against tables of what Slack allows
(https://docs.slack.dev/reference/block-kit): `limits` has the numbers, `spec` the schema language, and the other
modules the tables. A field that no table has is refused. Every check returns None, or raises `InvalidPayload` with all
problems.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block

from messages.payloads import limits
from messages.payloads.spec import InvalidPayload, is_list
from messages.payloads.surfaces import COMMAND_ACK, DELETE_ORIGINAL, MESSAGE, RESPONSE_URL, VIEW, answer_problems

__all__ = [
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
class Message:
    """A message for `chat.postMessage`, `chat.update`, an acknowledgement or a response_url.

    `text` is mrkdwn and complete by itself: Slack shows only that in notifications. `blocks` are dicts of Block Kit.
    `metadata` is `{"event_type": …, "event_payload": {…}}` with ids only; acknowledgements and response_urls take none.
    """

    text: str
    blocks: tuple[Mapping[str, Any], ...] = ()
    metadata: Mapping[str, Any] | None = None

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
