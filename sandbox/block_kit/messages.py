"""Checks for messages: https://docs.slack.dev/reference/methods/chat.postMessage."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from sandbox.block_kit import blocks, layout
from sandbox.block_kit.problems import Problem, json_bytes
from sandbox.block_kit.schema import AnyObjectSchema, ArraySchema, ObjectSchema, StringSchema

POSTED_TEXT: Final = 40_000
"""Characters of `text` in a new message."""
UPDATED_TEXT: Final = 4_000
"""Characters of `text` in an updated message: https://docs.slack.dev/reference/methods/chat.update."""
METADATA_BYTES: Final = 16_000
"""Bytes of metadata as JSON. Slack has a limit but does not publish it; this value is an assumption."""

BLOCKS: Final = ArraySchema(blocks.for_surface("message"), max_items=50)
_METADATA: Final = ObjectSchema(required={"event_type": StringSchema(), "event_payload": AnyObjectSchema()})


def check_message(payload: Mapping[str, Any], *, longest_text: int = POSTED_TEXT) -> list[Problem]:
    """The problems with `text`, `blocks`, `attachments` and `metadata` of a message; empty if Slack accepts them.

    Other arguments are ignored, and null counts as absent. `blocks` and `metadata` are decoded JSON. Attachments are
    not supported: a message with attachments is refused.
    """
    found = [*_check_blocks(payload.get("blocks")), *_check_attachments(payload.get("attachments"))]
    found += [*_check_text(payload, longest_text), *_check_metadata(payload.get("metadata"))]
    return found


def _check_text(payload: Mapping[str, Any], longest: int) -> Iterator[Problem]:
    text = payload.get("text")
    if text is not None and not isinstance(text, str):
        yield Problem("/text", "must provide a string", "invalid_arguments")
    elif not (text or "").strip() and not payload.get("blocks"):
        yield Problem("/text", "missing required field: text", "no_text")
    elif text and len(text) > longest:
        yield Problem("/text", f"must be less than {longest + 1} characters", "msg_too_long")


def _check_blocks(value: object) -> Iterator[Problem]:
    if value is None:
        return
    if not isinstance(value, list | tuple):
        yield Problem("/blocks", "must provide an array", "invalid_blocks_format")
        return
    found = list(BLOCKS.check(value, "/blocks"))
    yield from found
    if not found:
        yield from layout.check_blocks(value, "/blocks")
        yield from layout.check_in_message(value, "/blocks")


def _check_attachments(value: object) -> Iterator[Problem]:
    if value:
        yield Problem("/attachments", "attachments are not supported here: use blocks", "invalid_attachments")


def _check_metadata(value: object) -> Iterator[Problem]:
    # An empty object removes the metadata of an updated message.
    if value is None or value == {}:
        return
    found = list(_METADATA.check(value, "/metadata"))
    for problem in found:
        yield Problem(problem.pointer, problem.message, "invalid_metadata_format")
    if not found and json_bytes(value) > METADATA_BYTES:
        yield Problem("/metadata", f"must be less than {METADATA_BYTES + 1} bytes", "metadata_too_large")
