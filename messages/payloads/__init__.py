"""Everything the bot is about to say to Slack, checked before it leaves.

Slack answers an illegal payload with an error long after anyone can mend it, and its SDK lets many through. So whatever
is sent (messages, views, acknowledgements) is held against tables of what Slack allows
(https://docs.slack.dev/reference/block-kit): `limits` has the numbers, `spec` the language of the tables, the others a
subject each. A field that no table names is refused too. Every check returns nothing, or raises `InvalidPayload`
with all the problems it found.
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
    """What is said, wherever it goes: `chat.postMessage`, `chat.update`, an acknowledgement or a response_url.

    `text` is mrkdwn and stands on its own: notifications have only that. `blocks` are Block Kit's dicts.
    `metadata` is `{"event_type": …, "event_payload": {…}}` with ids only; acknowledgements and response_urls take none.
    """

    text: str
    blocks: tuple[Mapping[str, Any], ...] = ()
    metadata: Mapping[str, Any] | None = None

    def payload(self) -> dict[str, Any]:
        """Arguments for Slack, in plain dicts and lists of their own. Raises `InvalidPayload`."""
        payload: dict[str, Any] = {"text": self.text}
        if self.blocks:
            payload["blocks"] = _plain(self.blocks)
        if self.metadata is not None:
            payload["metadata"] = _plain(self.metadata)
        check_message(payload)
        return payload


def message(text: str, blocks: Sequence[Block | Mapping[str, Any]] = ()) -> Message:
    """A message of slack_sdk's blocks, of dicts, or of both. Raises `InvalidPayload` if the SDK itself refuses one."""
    return Message(text, tuple(_as_dict(block, f"blocks[{index}]") for index, block in enumerate(blocks)))


def check_message(payload: Mapping[str, Any]) -> None:
    """The arguments of `chat.postMessage`, `chat.update` or `chat.postEphemeral`, with or without the address."""
    _refuse(MESSAGE.check(payload, ""))


def check_view(view: Mapping[str, Any]) -> None:
    """A modal or a home, as `views.open`, `views.update`, `views.push` and `views.publish` take it."""
    _refuse(VIEW.check(view, ""))


def check_response_action(view: Mapping[str, Any], ack: Mapping[str, Any]) -> None:
    """The acknowledgement of a `view_submission`; `view` is the modal that was submitted, as Slack returned it."""
    _refuse(answer_problems(view, ack))


def check_command_ack(payload: Mapping[str, Any]) -> None:
    """The body that acknowledges a slash command. An empty one says nothing, and is fine."""
    if payload:
        _refuse(COMMAND_ACK.check(payload, ""))


def check_response_url(payload: Mapping[str, Any]) -> None:
    """What is posted to a response_url: a message, or only `{"delete_original": True}`."""
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
