"""The schema language of payloads. Problems never repeat the content of the payload."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeGuard

from messages.text import length, plural


class InvalidPayload(Exception):
    """Slack would refuse this payload, or we do not want to send it.

    `.problems` have a place and a limit, as in "blocks[2].text.text: 3211 characters, at most 3000". They never contain
    the text, which must not be logged.
    """

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(self.problems))


# Checks a whole object whose fields are valid.
Rule = Callable[[Mapping[str, Any], str], Iterator[str]]


class Schema(Protocol):
    def check(self, value: object, at: str) -> Iterator[str]: ...


Fields = dict[str, Schema]


@dataclass(frozen=True)
class TextSchema:
    """A string of `least` to `most` characters that `is_right` accepts; `kind` describes what it accepts."""

    most: int | None = None
    least: int = 1
    kind: str = "text"
    is_right: Callable[[str], object] = bool

    def check(self, value: object, at: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield f"{at}: not text"
            return
        yield from _within(length(value), self.least, self.most, at, "characters")
        if value and not self.is_right(value):
            yield f"{at}: not {self.kind}"


@dataclass(frozen=True)
class Whole:
    """A whole number from `least` to `most`."""

    least: int
    most: int | None = None

    def check(self, value: object, at: str) -> Iterator[str]:
        if not isinstance(value, int) or isinstance(value, bool):
            yield f"{at}: not a whole number"
        elif value < self.least or (self.most is not None and value > self.most):
            yield f"{at}: outside {self.least} to {self.most}" if self.most is not None else f"{at}: under {self.least}"


@dataclass(frozen=True)
class NumberSchema:
    """A finite number, greater than `above` if that is given."""

    above: float | None = None

    def check(self, value: object, at: str) -> Iterator[str]:
        if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
            yield f"{at}: not a number"
        elif self.above is not None and value <= self.above:
            yield f"{at}: not above {self.above:g}"


@dataclass(frozen=True)
class Flag:
    """True or false."""

    def check(self, value: object, at: str) -> Iterator[str]:
        if not isinstance(value, bool):
            yield f"{at}: not true or false"


@dataclass(frozen=True)
class EnumSchema:
    """One of a few words or numbers."""

    allowed: tuple[str | int | bool, ...]

    def check(self, value: object, at: str) -> Iterator[str]:
        if not any(value == one and type(value) is type(one) for one in self.allowed):
            yield f"{at}: not one of {', '.join(map(str, self.allowed))}"


@dataclass(frozen=True)
class ListSchema:
    """A list of `least` to `most` items; `gaps` allows null items."""

    of: Schema
    least: int
    most: int | None
    gaps: bool = False

    def check(self, value: object, at: str) -> Iterator[str]:
        if not is_list(value):
            yield f"{at}: not a list"
            return
        yield from _within(len(value), self.least, self.most, at, "items")
        for index, item in enumerate(value):
            if not (self.gaps and item is None):
                yield from self.of.check(item, f"{at}[{index}]")


@dataclass(frozen=True)
class ObjectSchema:
    """An object with these fields and no others. Rules are checked once all fields are valid."""

    required: Mapping[str, Schema] = field(default_factory=dict)
    optional: Mapping[str, Schema] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()

    def check(self, value: object, at: str) -> Iterator[str]:
        if not isinstance(value, Mapping):
            yield f"{at or 'payload'}: not an object"
            return
        known = {**self.required, **self.optional}
        problems = [f"{under(at, name)}: missing" for name in self.required if name not in value]
        if unknown := sum(name not in known for name in value):
            allowed = ", ".join(sorted(known)) or "none"
            problems.append(
                f"{at or 'payload'}: {plural(unknown, 'unknown field', 'unknown fields')}, where {allowed} may stand"
            )
        for name, spec in known.items():
            if name in value:
                problems.extend(spec.check(value[name], under(at, name)))
        yield from problems
        if not problems:
            for rule in self.rules:
                yield from rule(value, at)


@dataclass(frozen=True)
class UnionSchema:
    """An object whose `type` selects one of these schemas."""

    kinds: Mapping[str, Schema]

    def check(self, value: object, at: str) -> Iterator[str]:
        if not isinstance(value, Mapping):
            yield f"{at or 'payload'}: not an object"
            return
        kind = value.get("type")
        if not isinstance(kind, str) or kind not in self.kinds:
            yield f"{under(at, 'type')}: not a type that may stand here"
            return
        yield from self.kinds[kind].check({name: item for name, item in value.items() if name != "type"}, at)


def is_list(value: object) -> TypeGuard[Sequence[Any]]:
    return isinstance(value, Sequence) and not isinstance(value, str | bytes)


def under(at: str, name: str) -> str:
    return f"{at}.{name}" if at else name


def _within(count: int, least: int, most: int | None, at: str, unit: str) -> Iterator[str]:
    if count < least:
        yield f"{at}: {count} {unit}, at least {least}"
    if most is not None and count > most:
        yield f"{at}: {count} {unit}, at most {most}"
