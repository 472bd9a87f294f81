"""Rules between the blocks of one message or view. They require that each block is valid by itself."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final

from sandbox.block_kit.problems import Problem, child_pointer
from sandbox.block_kit.rules import repeats

Block = Mapping[str, Any]
Placed = tuple[str, Block]
"""A JSON pointer, and the block or element at it."""

MARKDOWN_CHARACTERS: Final = 12_000
"""Limit for all markdown blocks of a message: https://docs.slack.dev/reference/block-kit/blocks/markdown-block."""
TABLE_CHARACTERS: Final = 10_000
"""Limit for all table cells of a message: https://docs.slack.dev/reference/block-kit/blocks/data-table-block."""
MESSAGE_CHARACTERS: Final = 13_000
"""Limit for all blocks of a message. Slack publishes no number; this is about where it starts to refuse."""
MAX_CHARTS: Final = 2

_NESTED: Final = {"container": "child_blocks", "carousel": "elements"}
_TABLES: Final = frozenset({"table", "data_table"})
_SHOWN: Final = frozenset({"text", "title", "caption", "label", "name", "alt_text", "x_label", "y_label"})
_BEHIND_A_CLICK: Final = frozenset({"confirm", "options", "option_groups", "initial_option", "initial_options"})


def check_blocks(blocks: Sequence[Block], at: str) -> Iterator[Problem]:
    """Rules for every surface: block ids are unique, including those of nested blocks."""
    yield from repeats("block_id", _walk(blocks, at))


def check_in_view(blocks: Sequence[Block], at: str) -> Iterator[Problem]:
    """Rule for views: at most one element has `focus_on_load`."""
    focused = (
        pointer
        for at_block, block in _walk(blocks, at)
        for pointer, element in _elements(block, at_block)
        if element.get("focus_on_load")
    )
    for pointer in islice(focused, 1, None):
        yield Problem(child_pointer(pointer, "focus_on_load"), "only one element can have `focus_on_load`")


def check_in_message(blocks: Sequence[Block], at: str) -> Iterator[Problem]:
    """Rules for messages: limits on tables, charts and characters."""
    placed = list(_walk(blocks, at))
    tables = [each for each in placed if each[1]["type"] in _TABLES]
    for pointer, _ in tables[1:]:
        yield Problem(pointer, "only_one_table_allowed", "invalid_attachments")
    charts = [each for each in placed if each[1]["type"] == "data_visualization"]
    for pointer, _ in charts[MAX_CHARTS:]:
        yield Problem(pointer, f"no more than {MAX_CHARTS} data_visualization blocks allowed")
    cells = table_characters(blocks)
    if cells > TABLE_CHARACTERS:
        yield Problem(tables[0][0], f"table cells must be less than {TABLE_CHARACTERS + 1} characters in all")
    if markdown_characters(blocks) > MARKDOWN_CHARACTERS:
        yield Problem(at, f"markdown blocks must be less than {MARKDOWN_CHARACTERS + 1} characters in all")
    if message_characters(blocks) > MESSAGE_CHARACTERS:
        message = f"blocks must be less than {MESSAGE_CHARACTERS + 1} characters in all"
        yield Problem(at, message, "msg_blocks_too_long")


def table_characters(blocks: Sequence[Block]) -> int:
    """Characters in all table cells of a message."""
    return sum(_characters(block["rows"]) for _, block in _walk(blocks, "") if block["type"] in _TABLES)


def markdown_characters(blocks: Sequence[Block]) -> int:
    """Characters in all markdown blocks of a message."""
    return sum(len(block["text"]) for _, block in _walk(blocks, "") if block["type"] == "markdown")


def message_characters(blocks: Sequence[Block]) -> int:
    """Visible characters in all blocks of a message."""
    return _characters(blocks)


def input_blocks(blocks: Sequence[Block], at: str) -> Iterator[Placed]:
    """The input blocks, each with its pointer."""
    return ((pointer, block) for pointer, block in _walk(blocks, at) if block["type"] == "input")


def _walk(blocks: Sequence[Block], at: str) -> Iterator[Placed]:
    for index, block in enumerate(blocks):
        pointer = child_pointer(at, index)
        yield pointer, block
        nested = _NESTED.get(block["type"])
        if nested:
            yield from _walk(block[nested], child_pointer(pointer, nested))


def _elements(block: Block, at: str) -> Iterator[Placed]:
    for field in ("element", "accessory"):
        if field in block:
            yield child_pointer(at, field), block[field]
    if block["type"] == "actions":
        yield from ((child_pointer(at, "elements", index), element) for index, element in enumerate(block["elements"]))


def _characters(value: object, shown: bool = False) -> int:
    """Visible characters of a block: its texts, without menus and confirmation dialogs."""
    if isinstance(value, str):
        return len(value) if shown else 0
    if isinstance(value, Mapping):
        return sum(_characters(item, key in _SHOWN) for key, item in value.items() if key not in _BEHIND_A_CLICK)
    if isinstance(value, Sequence):
        return sum(_characters(item, shown) for item in value)
    return 0
