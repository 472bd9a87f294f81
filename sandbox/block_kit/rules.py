"""Rules between the fields of one object, which schemas cannot express."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from itertools import chain, pairwise
from typing import Any

from sandbox.block_kit.problems import Problem, child_pointer
from sandbox.block_kit.schema import Rule


def exactly_one(*names: str) -> Rule:
    def rule(value: Mapping[str, Any], at: str) -> Iterator[Problem]:
        given = [name for name in names if name in value]
        if not given:
            yield Problem(at, f"missing required field: {names[0]}")
        elif len(given) > 1:
            yield Problem(at, f"must define only one of {_quoted(names)}")

    return rule


def at_least_one(*names: str) -> Rule:
    def rule(value: Mapping[str, Any], at: str) -> Iterator[Problem]:
        if not any(name in value for name in names):
            yield Problem(at, f"must define at least one of {_quoted(names)}")

    return rule


def at_most_one(*names: str) -> Rule:
    def rule(value: Mapping[str, Any], at: str) -> Iterator[Problem]:
        if sum(name in value for name in names) > 1:
            yield Problem(at, f"must define only one of {_quoted(names)}")

    return rule


def ascending(*names: str, read: Callable[[Any], Any] = Decimal) -> Rule:
    """The fields that are present are in ascending order; equal values are allowed."""

    def rule(value: Mapping[str, Any], at: str) -> Iterator[Problem]:
        given = [name for name in names if name in value]
        for lower, upper in pairwise(given):
            if read(value[lower]) > read(value[upper]):
                yield Problem(child_pointer(at, lower), f"must not be greater than `{upper}`")

    return rule


def unique(field: str, within: str) -> Rule:
    """No two objects of the array `within` have the same `field`. Objects without it are ignored."""

    def rule(value: Mapping[str, Any], at: str) -> Iterator[Problem]:
        items = ((child_pointer(at, within, index), item) for index, item in enumerate(value.get(within, ())))
        yield from repeats(field, items)

    return rule


def repeats(field: str, items: Iterator[tuple[str, Mapping[str, Any]]]) -> Iterator[Problem]:
    """A problem for every object whose `field` an earlier one has already. Each item is a pointer and an object."""
    seen: set[str] = set()
    for at, item in items:
        name = item.get(field)
        if name is not None and name in seen:
            yield Problem(child_pointer(at, field), f'`{field}` "{name}" already exists')
        elif name is not None:
            seen.add(name)


def unique_items(within: str) -> Rule:
    def rule(value: Mapping[str, Any], at: str) -> Iterator[Problem]:
        items = value.get(within, ())
        for index, item in enumerate(items):
            if item in items[:index]:
                yield Problem(child_pointer(at, within, index), f'"{item}" already exists')

    return rule


def unique_options(value: Mapping[str, Any], at: str) -> Iterator[Problem]:
    """Option values are unique within a menu, across all its groups."""
    yield from repeats("value", _options(value, at))


def initial_among_options(value: Mapping[str, Any], at: str) -> Iterator[Problem]:
    """`initial_option` and `initial_options` equal an option in value and text, and are unique."""
    choices = [_identity(option) for _, option in _options(value, at)]
    yield from unique("value", "initial_options")(value, at)
    for pointer, option in _initial(value, at):
        if _identity(option) not in choices:
            yield Problem(pointer, "must match one of the options")


def initial_within_maximum(field: str) -> Rule:
    def rule(value: Mapping[str, Any], at: str) -> Iterator[Problem]:
        most = value.get("max_selected_items")
        if most is not None and len(value.get(field, ())) > most:
            yield Problem(child_pointer(at, field), f"no more than {most} items allowed")

    return rule


def whole_unless_decimal_allowed(*names: str) -> Rule:
    def rule(value: Mapping[str, Any], at: str) -> Iterator[Problem]:
        for name in names:
            if name in value and not value["is_decimal_allowed"] and "." in value[name]:
                yield Problem(child_pointer(at, name), "must be a whole number")

    return rule


def _options(value: Mapping[str, Any], at: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    plain = ((child_pointer(at, "options", i), option) for i, option in enumerate(value.get("options", ())))
    grouped = (
        (child_pointer(at, "option_groups", g, "options", i), option)
        for g, group in enumerate(value.get("option_groups", ()))
        for i, option in enumerate(group["options"])
    )
    return chain(plain, grouped)


def _initial(value: Mapping[str, Any], at: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if "initial_option" in value:
        yield child_pointer(at, "initial_option"), value["initial_option"]
    for index, option in enumerate(value.get("initial_options", ())):
        yield child_pointer(at, "initial_options", index), option


def _identity(option: Mapping[str, Any]) -> tuple[str, str, str]:
    return option["value"], option["text"]["type"], option["text"]["text"]


def _quoted(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)
