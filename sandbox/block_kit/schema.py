"""The little language in which the tables of Block Kit are written, and its interpreter.

A kind says what one JSON value must be, and `check` yields what is wrong with a value that is found at the pointer
`at`. The sentences are Slack's own where they are known (https://docs.slack.dev/reference/methods/blocks.validate), and
follow their manner elsewhere.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from sandbox.block_kit.problems import Finding, below

Rule = Callable[[Mapping[str, Any], str], Iterator[Finding]]
"""What a table of fields cannot say. It is asked only about objects whose fields are right each for itself."""


class Kind(Protocol):
    def check(self, value: object, at: str) -> Iterator[Finding]: ...


@dataclass(frozen=True)
class String:
    """Characters, from `least` to `most`. `form` says whether the string is well-formed, `wanted` what it should be."""

    most: int | None = None
    least: int = 1
    form: Callable[[str], bool] | None = None
    wanted: str = "a valid value"

    def check(self, value: object, at: str) -> Iterator[Finding]:
        if not isinstance(value, str):
            yield Finding(at, "must provide a string")
        elif len(value) < self.least:
            yield Finding(at, f"must be more than {self.least - 1} characters")
        elif self.most is not None and len(value) > self.most:
            yield Finding(at, f"must be less than {self.most + 1} characters")
        elif self.form is not None and not self.form(value):
            yield Finding(at, f"must be {self.wanted}")


class Choice:
    """One of a few strings."""

    def __init__(self, *values: str) -> None:
        self.values = values

    def check(self, value: object, at: str) -> Iterator[Finding]:
        if not isinstance(value, str):
            yield Finding(at, "must provide a string")
        elif value not in self.values:
            yield Finding(at, f"must be a valid enum value: {', '.join(self.values)}")


@dataclass(frozen=True)
class Number:
    """A number, whole unless said otherwise. `above` is a bound that is itself excluded."""

    least: float | None = None
    most: float | None = None
    above: float | None = None
    whole: bool = True

    def check(self, value: object, at: str) -> Iterator[Finding]:
        if isinstance(value, bool) or not isinstance(value, int | float):
            yield Finding(at, "must provide a number")
        elif self.whole and not isinstance(value, int):
            yield Finding(at, "must provide an integer")
        elif self.least is not None and value < self.least:
            yield Finding(at, f"must be at least {self.least}")
        elif self.above is not None and not value > self.above:
            yield Finding(at, f"must be greater than {self.above}")
        elif self.most is not None and value > self.most:
            yield Finding(at, f"must be at most {self.most}")


class Boolean:
    def check(self, value: object, at: str) -> Iterator[Finding]:
        if not isinstance(value, bool):
            yield Finding(at, "must provide a boolean")


class AnyObject:
    """An object whose content is the sender's own affair."""

    def check(self, value: object, at: str) -> Iterator[Finding]:
        if not isinstance(value, Mapping):
            yield Finding(at, "must provide an object")


@dataclass(frozen=True)
class Array:
    """Items of one kind, from `least` to `most` of them; with `holes`, null may stand for an item."""

    of: Kind
    least: int = 0
    most: int | None = None
    holes: bool = False

    def check(self, value: object, at: str) -> Iterator[Finding]:
        if isinstance(value, str | bytes) or not isinstance(value, Sequence):
            yield Finding(at, "must provide an array")
            return
        if len(value) < self.least:
            yield Finding(at, f"no fewer than {self.least} items allowed")
        if self.most is not None and len(value) > self.most:
            yield Finding(at, f"no more than {self.most} items allowed")
            return
        for index, item in enumerate(value):
            if not (self.holes and item is None):
                yield from self.of.check(item, below(at, index))


@dataclass(frozen=True, kw_only=True)
class Object:
    """Named fields and no others. With a `type`, the object says so itself, as blocks and elements do."""

    type: str | None = None
    required: Mapping[str, Kind] = field(default_factory=dict)
    optional: Mapping[str, Kind] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()

    def check(self, value: object, at: str) -> Iterator[Finding]:
        if not isinstance(value, Mapping):
            yield Finding(at, "must provide an object")
            return
        found = [*self._names(value, at), *self._values(value, at)]
        yield from found
        if not found:
            for rule in self.rules:
                yield from rule(value, at)

    def _names(self, value: Mapping[str, object], at: str) -> Iterator[Finding]:
        required = ("type", *self.required) if self.type else tuple(self.required)
        for name in required:
            if name not in value:
                yield Finding(at, f"missing required field: {name}")
        for name in value:
            if name not in required and name not in self.optional:
                yield Finding(at, f"invalid additional property: {name}")

    def _values(self, value: Mapping[str, object], at: str) -> Iterator[Finding]:
        if self.type and value.get("type", self.type) != self.type:
            yield unsupported(value["type"], at)
        for name, kind in (*self.required.items(), *self.optional.items()):
            if name in value:
                yield from kind.check(value[name], below(at, name))


class OneOf:
    """An object that is told by its `type`.

    Slack checks some objects (text, views) against every schema in turn; with `any_of`, its line about it comes first.
    """

    def __init__(self, *objects: Object, any_of: bool = False) -> None:
        self.objects = {each.type: each for each in objects}
        self.any_of = any_of

    def check(self, value: object, at: str) -> Iterator[Finding]:
        found = list(self._check(value, at))
        if found and self.any_of:
            yield Finding(at, "failed to match all allowed schemas")
        yield from found

    def _check(self, value: object, at: str) -> Iterator[Finding]:
        if not isinstance(value, Mapping):
            yield Finding(at, "must provide an object")
        elif "type" not in value:
            yield Finding(at, "missing required field: type")
        elif not isinstance(value["type"], str) or value["type"] not in self.objects:
            yield unsupported(value["type"], at)
        else:
            yield from self.objects[value["type"]].check(value, at)


def unsupported(type_: object, at: str) -> Finding:
    """Slack's answer to a type that it does not know, or not in this place."""
    message = f"unsupported type: {type_}" if isinstance(type_, str) else "must provide a string"
    return Finding(below(at, "type"), message)
