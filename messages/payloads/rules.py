"""Rules between the fields of an object, and between blocks."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

from messages.payloads import limits
from messages.payloads.spec import Rule, is_list, under
from messages.text import length

Object = Mapping[str, Any]


def some_of(*names: str) -> Rule:
    """At least one of these fields is present."""

    def rule(value: Object, at: str) -> Iterator[str]:
        if not any(name in value for name in names):
            yield f"{at}: needs one of {', '.join(names)}"

    return rule


def not_both(*names: str) -> Rule:
    """At most one of these fields is present."""

    def rule(value: Object, at: str) -> Iterator[str]:
        if sum(name in value for name in names) > 1:
            yield f"{at}: at most one of {', '.join(names)}"

    return rule


def exactly_one(*names: str) -> tuple[Rule, Rule]:
    return some_of(*names), not_both(*names)


def in_order(*names: str) -> Rule:
    """The numbers that are present (also as text) are in ascending order."""

    def rule(value: Object, at: str) -> Iterator[str]:
        there = [name for name in names if name in value]
        for low, high in pairwise(there):
            if Decimal(value[low]) > Decimal(value[high]):
                yield f"{under(at, low)}: above {high}"

    return rule


def excludes(name: str, other: str) -> Rule:
    """If `name` is true, `other` is not."""

    def rule(value: Object, at: str) -> Iterator[str]:
        if value.get(name) is True and value.get(other) is True:
            yield f"{under(at, other)}: not together with {name}"

    return rule


def distinct(items: str, name: str) -> Rule:
    """The objects in the list `items` differ in their field `name`."""

    def rule(value: Object, at: str) -> Iterator[str]:
        yield from repeats(
            [(under(at, f"{items}[{index}].{name}"), item[name]) for index, item in enumerate(value[items])]
        )

    return rule


def repeats(named: list[tuple[str, Any]]) -> Iterator[str]:
    """A problem for each repeated value."""
    seen: dict[Any, str] = {}
    for at, value in named:
        if seen.setdefault(value, at) != at:
            yield f"{at}: the same as {seen[value]}"


def options_differ(value: Object, at: str) -> Iterator[str]:
    """No two options of a menu, in any group, have the same value."""
    yield from repeats(
        [(f"{where}.value", option["value"]) for where, option in _options(value, at) if "value" in option]
    )


def initial_is_an_option(value: Object, at: str) -> Iterator[str]:
    """The initial choice equals one of the options, as Slack requires."""
    offered = [_identity(option) for _, option in _options(value, at)]
    for where, option in _initial(value, at):
        if _identity(option) not in offered:
            yield f"{where}: not among the options"


def initial_fits_maximum(value: Object, at: str) -> Iterator[str]:
    """The initial choice has no more options than the maximum."""
    most = value.get("max_selected_items")
    for name, chosen in value.items():
        if most is not None and name.startswith("initial_") and len(chosen) > most:
            yield f"{under(at, name)}: {len(chosen)} items, and max_selected_items allows {most}"


def file_input_dispatches_nothing(block: Object, at: str) -> Iterator[str]:
    if block.get("dispatch_action") is True and block["element"]["type"] == "file_input":
        yield f"{under(at, 'dispatch_action')}: not with a file_input"


def _options(value: Object, at: str) -> Iterator[tuple[str, Object]]:
    groups = [(at, value)] if "options" in value else []
    groups += [
        (under(at, f"option_groups[{index}]"), group) for index, group in enumerate(value.get("option_groups", ()))
    ]
    for where, group in groups:
        for index, option in enumerate(group["options"]):
            yield under(where, f"options[{index}]"), option


def _initial(value: Object, at: str) -> Iterator[tuple[str, Object]]:
    if "initial_option" in value:
        yield under(at, "initial_option"), value["initial_option"]
    for index, option in enumerate(value.get("initial_options", ())):
        yield under(at, f"initial_options[{index}]"), option


def _identity(option: Object) -> tuple[Any, ...]:
    text, description = option["text"], option.get("description", {})
    return option.get("value"), text["type"], text["text"], description.get("text")


Placed = tuple[str, Object]

_HOLDERS = {"container": "child_blocks", "carousel": "elements"}
_TABLES = ("table", "data_table")


def ids_differ(blocks: Sequence[Object], at: str) -> Iterator[str]:
    """No block_id occurs twice in a message or view, no action_id twice in a block."""
    placed = [*_placed(blocks, at)]
    yield from repeats([(f"{where}.block_id", block["block_id"]) for where, block in placed if "block_id" in block])
    for where, block in placed:
        if block["type"] not in _HOLDERS:
            found = _objects(block, where)
            yield from repeats([(f"{here}.action_id", one["action_id"]) for here, one in found if "action_id" in one])


def one_focus(blocks: Sequence[Object], at: str) -> Iterator[str]:
    """At most one field has the initial focus."""
    focused = [where for where, one in _objects(blocks, at) if one.get("focus_on_load") is True]
    yield from (f"{where}.focus_on_load: one field only" for where in focused[1:])


def message_fits(blocks: Sequence[Object], at: str) -> Iterator[str]:
    """Slack's limits for a whole message."""
    placed = [block for _, block in _placed(blocks, at)]
    markdown = _characters([block for block in placed if block["type"] == "markdown"])
    tables = [block for block in placed if block["type"] in _TABLES]
    charts = sum(block["type"] == "data_visualization" for block in placed)
    counted = (
        (_characters(blocks), limits.MESSAGE_CHARACTERS, "characters in all"),
        (markdown, limits.MARKDOWN, "characters of markdown"),
        (_characters(tables), limits.TABLE_CHARACTERS, "characters in tables"),
        (len(tables), limits.TABLES, "tables"),
        (charts, limits.CHARTS, "charts"),
    )
    yield from (f"{at}: {count} {what}, at most {most}" for count, most, what in counted if count > most)


def input_ids(blocks: Sequence[Object]) -> Iterator[str]:
    """The block_ids for which a modal can show errors."""
    yield from (block["block_id"] for block in blocks if block.get("type") == "input" and "block_id" in block)


def among_blocks(*rules: Callable[[Sequence[Object], str], Iterator[str]]) -> Rule:
    """Applies these rules to the `blocks` of a payload."""

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
