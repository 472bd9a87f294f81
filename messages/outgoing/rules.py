"""What the fields of one object ask of each other."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Any

from messages.outgoing.spec import Rule, under

Object = Mapping[str, Any]


def some_of(*names: str) -> Rule:
    """At least one of these fields is there."""

    def rule(value: Object, at: str) -> Iterator[str]:
        if not any(name in value for name in names):
            yield f"{at}: needs one of {', '.join(names)}"

    return rule


def not_both(*names: str) -> Rule:
    """At most one of these fields is there."""

    def rule(value: Object, at: str) -> Iterator[str]:
        if sum(name in value for name in names) > 1:
            yield f"{at}: at most one of {', '.join(names)}"

    return rule


def exactly_one(*names: str) -> tuple[Rule, Rule]:
    return some_of(*names), not_both(*names)


def in_order(*names: str) -> Rule:
    """Whichever of these numbers (or numbers written as text) are there do not fall from one to the next."""

    def rule(value: Object, at: str) -> Iterator[str]:
        there = [name for name in names if name in value]
        for low, high in pairwise(there):
            if Decimal(value[low]) > Decimal(value[high]):
                yield f"{under(at, low)}: above {high}"

    return rule


def excludes(name: str, other: str) -> Rule:
    """When `name` is true, `other` is not."""

    def rule(value: Object, at: str) -> Iterator[str]:
        if value.get(name) is True and value.get(other) is True:
            yield f"{under(at, other)}: not together with {name}"

    return rule


def distinct(items: str, name: str) -> Rule:
    """The objects in list `items` differ in their field `name`."""

    def rule(value: Object, at: str) -> Iterator[str]:
        yield from repeats(
            [(under(at, f"{items}[{index}].{name}"), item[name]) for index, item in enumerate(value[items])]
        )

    return rule


def repeats(named: list[tuple[str, Any]]) -> Iterator[str]:
    """A problem at each place whose value was there before."""
    seen: dict[Any, str] = {}
    for at, value in named:
        if seen.setdefault(value, at) != at:
            yield f"{at}: the same as {seen[value]}"


def options_differ(value: Object, at: str) -> Iterator[str]:
    """No two options of a menu, in whatever group, send the same value."""
    yield from repeats(
        [(f"{where}.value", option["value"]) for where, option in _options(value, at) if "value" in option]
    )


def initial_is_an_option(value: Object, at: str) -> Iterator[str]:
    """What is chosen at first is among the options, word for word, as Slack asks."""
    offered = [_identity(option) for _, option in _options(value, at)]
    for where, option in _initial(value, at):
        if _identity(option) not in offered:
            yield f"{where}: not among the options"


def initial_fits_maximum(value: Object, at: str) -> Iterator[str]:
    """No more is chosen at first than a person may choose."""
    most = value.get("max_selected_items")
    for name, chosen in value.items():
        if most is not None and name.startswith("initial_") and len(chosen) > most:
            yield f"{under(at, name)}: {len(chosen)} items, and max_selected_items allows {most}"


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
