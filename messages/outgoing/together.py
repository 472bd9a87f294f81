"""What the blocks of one message or view ask of each other. Every block is already known to be right by itself."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from messages.outgoing import limits
from messages.outgoing.rules import repeats
from messages.outgoing.spec import Rule, is_list, under
from messages.text import length

Object = Mapping[str, Any]
Placed = tuple[str, Object]

_HOLDERS = {"container": "child_blocks", "carousel": "elements"}
_TABLES = ("table", "data_table")


def ids_differ(blocks: Sequence[Object], at: str) -> Iterator[str]:
    """No block_id twice in a message or view, no action_id twice in a block."""
    placed = [*_placed(blocks, at)]
    yield from repeats([(f"{where}.block_id", block["block_id"]) for where, block in placed if "block_id" in block])
    for where, block in placed:
        if block["type"] not in _HOLDERS:
            found = _objects(block, where)
            yield from repeats([(f"{here}.action_id", one["action_id"]) for here, one in found if "action_id" in one])


def one_focus(blocks: Sequence[Object], at: str) -> Iterator[str]:
    """The cursor can wait in one field only."""
    focused = [where for where, one in _objects(blocks, at) if one.get("focus_on_load") is True]
    yield from (f"{where}.focus_on_load: one field only" for where in focused[1:])


def message_fits(blocks: Sequence[Object], at: str) -> Iterator[str]:
    """What Slack counts over a whole message."""
    placed = [block for _, block in _placed(blocks, at)]
    markdown = _characters([block for block in placed if block["type"] == "markdown"])
    tables = _characters([block for block in placed if block["type"] in _TABLES])
    charts = sum(block["type"] == "data_visualization" for block in placed)
    counted = (
        (_characters(blocks), limits.MESSAGE_CHARACTERS, "characters in all"),
        (markdown, limits.MARKDOWN, "characters of markdown"),
        (tables, limits.TABLE_CHARACTERS, "characters in tables"),
        (charts, limits.CHARTS, "charts"),
    )
    yield from (f"{at}: {count} {what}, at most {most}" for count, most, what in counted if count > most)


def input_ids(blocks: Sequence[Object]) -> Iterator[str]:
    """The block_ids that an error in a modal may name."""
    yield from (block["block_id"] for block in blocks if block.get("type") == "input" and "block_id" in block)


def among_blocks(*rules: Callable[[Sequence[Object], str], Iterator[str]]) -> Rule:
    """These rules, asked of the `blocks` of a payload."""

    def rule(value: Object, at: str) -> Iterator[str]:
        for one in rules:
            yield from one(value.get("blocks", ()), under(at, "blocks"))

    return rule


def _placed(blocks: Sequence[Object], at: str) -> Iterator[Placed]:
    for index, block in enumerate(blocks):
        where = f"{at}[{index}]"
        yield where, block
        held = _HOLDERS.get(block["type"])
        if held:
            yield from _placed(block[held], under(where, held))


def _objects(value: object, at: str) -> Iterator[Placed]:
    if isinstance(value, Mapping):
        yield at, value
        for name, item in value.items():
            yield from _objects(item, under(at, name))
    elif is_list(value):
        for index, item in enumerate(value):
            yield from _objects(item, f"{at}[{index}]")


def _characters(value: object) -> int:
    return sum(length(one["text"]) for _, one in _objects(value, "") if isinstance(one.get("text"), str))
