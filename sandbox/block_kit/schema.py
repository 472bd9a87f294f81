"""A small schema language for Block Kit, and its validator.

A schema describes one JSON value; `check` yields the problems of a value at the pointer `at`. The sentences are Slack's
where known (https:

docs.slack.dev/reference/methods/blocks.validate), and similar otherwise.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from sandbox.block_kit.problems import Problem, child_pointer

Rule = Callable[[Mapping[str, Any], str], Iterator[Problem]]
"""A constraint that a schema cannot express. Called with an object whose fields are valid, and its pointer."""


class Schema(Protocol):
    def check(self, value: object, at: str) -> Iterator[Problem]: ...


@dataclass(frozen=True)
class StringSchema:
    """A string of `min_length` to `max_length` characters. `is_valid` checks its format, `expected` names it."""

    max_length: int | None = None
    min_length: int = 1
    is_valid: Callable[[str], bool] | None = None
    expected: str = "a valid value"

    def check(self, value: object, at: str) -> Iterator[Problem]:
        if not isinstance(value, str):
            yield Problem(at, "must provide a string")
        elif len(value) < self.min_length:
            yield Problem(at, f"must be more than {self.min_length - 1} characters")
        elif self.max_length is not None and len(value) > self.max_length:
            yield Problem(at, f"must be less than {self.max_length + 1} characters")
        elif self.is_valid is not None and not self.is_valid(value):
            yield Problem(at, f"must be {self.expected}")


class EnumSchema:
    """One of several strings."""

    def __init__(self, *values: str) -> None:
        self.values = values

    def check(self, value: object, at: str) -> Iterator[Problem]:
        if not isinstance(value, str):
            yield Problem(at, "must provide a string")
        elif value not in self.values:
            yield Problem(at, f"must be a valid enum value: {', '.join(self.values)}")


@dataclass(frozen=True)
class NumberSchema:
    """A number, by default an integer."""

    minimum: float | None = None
    maximum: float | None = None
    exclusive_minimum: float | None = None
    whole: bool = True

    def check(self, value: object, at: str) -> Iterator[Problem]:
        if isinstance(value, bool) or not isinstance(value, int | float):
            yield Problem(at, "must provide a number")
        elif self.whole and not isinstance(value, int):
            yield Problem(at, "must provide an integer")
        elif self.minimum is not None and value < self.minimum:
            yield Problem(at, f"must be at least {self.minimum}")
        elif self.exclusive_minimum is not None and not value > self.exclusive_minimum:
            yield Problem(at, f"must be greater than {self.exclusive_minimum}")
        elif self.maximum is not None and value > self.maximum:
            yield Problem(at, f"must be at most {self.maximum}")


class BooleanSchema:
    def check(self, value: object, at: str) -> Iterator[Problem]:
        if not isinstance(value, bool):
            yield Problem(at, "must provide a boolean")


class AnyObjectSchema:
    """An object with any content."""

    def check(self, value: object, at: str) -> Iterator[Problem]:
        if not isinstance(value, Mapping):
            yield Problem(at, "must provide an object")


@dataclass(frozen=True)
class ArraySchema:
    """`min_items` to `max_items` items. With `allows_null`, an item may be null."""

    items: Schema
    min_items: int = 0
    max_items: int | None = None
    allows_null: bool = False

    def check(self, value: object, at: str) -> Iterator[Problem]:
        if isinstance(value, str | bytes) or not isinstance(value, Sequence):
            yield Problem(at, "must provide an array")
            return
        if len(value) < self.min_items:
            yield Problem(at, f"no fewer than {self.min_items} items allowed")
        if self.max_items is not None and len(value) > self.max_items:
            yield Problem(at, f"no more than {self.max_items} items allowed")
            return
        for index, item in enumerate(value):
            if not (self.allows_null and item is None):
                yield from self.items.check(item, child_pointer(at, index))


@dataclass(frozen=True, kw_only=True)
class ObjectSchema:
    """An object with these fields and no others. With a `type`, it must have this `type` field."""

    type: str | None = None
    required: Mapping[str, Schema] = field(default_factory=dict)
    optional: Mapping[str, Schema] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()

    def check(self, value: object, at: str) -> Iterator[Problem]:
        if not isinstance(value, Mapping):
            yield Problem(at, "must provide an object")
            return
        found = [*self._check_names(value, at), *self._check_values(value, at)]
        yield from found
        if not found:
            for rule in self.rules:
                yield from rule(value, at)

    def _check_names(self, value: Mapping[str, object], at: str) -> Iterator[Problem]:
        required = ("type", *self.required) if self.type else tuple(self.required)
        for name in required:
            if name not in value:
                yield Problem(at, f"missing required field: {name}")
        for name in value:
            if name not in required and name not in self.optional:
                yield Problem(at, f"invalid additional property: {name}")

    def _check_values(self, value: Mapping[str, object], at: str) -> Iterator[Problem]:
        if self.type and value.get("type", self.type) != self.type:
            yield unsupported_type(value["type"], at)
        for name, kind in (*self.required.items(), *self.optional.items()):
            if name in value:
                yield from kind.check(value[name], child_pointer(at, name))


class UnionSchema:
    """One of several objects, told apart by `type`.

    Slack tries some objects (text, views) against every schema; with `any_of`, its message about that comes first.
    """

    def __init__(self, *objects: ObjectSchema, any_of: bool = False) -> None:
        self.objects = {each.type: each for each in objects}
        self.any_of = any_of

    def check(self, value: object, at: str) -> Iterator[Problem]:
        found = list(self._check(value, at))
        if found and self.any_of:
            yield Problem(at, "failed to match all allowed schemas")
        yield from found

    def _check(self, value: object, at: str) -> Iterator[Problem]:
        if not isinstance(value, Mapping):
            yield Problem(at, "must provide an object")
        elif "type" not in value:
            yield Problem(at, "missing required field: type")
        elif not isinstance(value["type"], str) or value["type"] not in self.objects:
            yield unsupported_type(value["type"], at)
        else:
            yield from self.objects[value["type"]].check(value, at)


def unsupported_type(type_: object, at: str) -> Problem:
    """The problem of an unknown type, or of one that is not allowed here."""
    message = f"unsupported type: {type_}" if isinstance(type_, str) else "must provide a string"
    return Problem(child_pointer(at, "type"), message)
