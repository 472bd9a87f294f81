"""How much of Slack's limits a message or view uses, measured with the schemas that validate it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sandbox.block_kit import layout, messages, views
from sandbox.block_kit.problems import child_pointer, json_bytes
from sandbox.block_kit.schema import ArraySchema, ObjectSchema, Schema, StringSchema, UnionSchema

_TEXTS = ("plain_text", "mrkdwn")


@dataclass(frozen=True)
class Usage:
    """`used` of at most `most` characters, items or bytes.

    `name` says of what, such as "section text"; `pointer` (RFC 6901) is the place, or empty for a sum over several
    places.
    """

    name: str
    used: int
    most: int
    pointer: str = ""

    @property
    def share(self) -> float:
        return self.used / self.most


def message_usage(payload: Mapping[str, Any]) -> list[Usage]:
    """Usage of a valid message (`text`, `blocks` and `metadata`), highest share first, one entry per name."""
    text, blocks, metadata = payload.get("text") or "", payload.get("blocks") or [], payload.get("metadata")
    found = [Usage("message text", len(text), messages.POSTED_TEXT, "/text")]
    found += _named(measure(messages.BLOCKS, blocks, "/blocks"), {"blocks": blocks}, "message")
    found += [
        Usage("text of all blocks", layout.message_characters(blocks), layout.MESSAGE_CHARACTERS),
        Usage("text of all markdown blocks", layout.markdown_characters(blocks), layout.MARKDOWN_CHARACTERS),
        Usage("text of all table cells", layout.table_characters(blocks), layout.TABLE_CHARACTERS),
        Usage("metadata bytes", json_bytes(metadata) if metadata else 0, messages.METADATA_BYTES, "/metadata"),
    ]
    return _fullest_first(found)


def view_usage(view: Mapping[str, Any]) -> list[Usage]:
    """Usage of a modal or Home tab as an app sends it, highest share first, one entry per name."""
    found = list(_named(measure(views.VIEW, view, "/view"), {"view": view}, str(view.get("type"))))
    return _fullest_first([*found, Usage("view bytes", json_bytes(view), views.VIEW_BYTES)])


def measure(kind: Schema, value: object, at: str) -> Iterator[tuple[str, int, int]]:
    """Pointer, use and limit of everything in `value` that `kind` limits. Skips parts that do not match the schema."""
    match kind:
        case StringSchema() if isinstance(value, str) and kind.max_length is not None:
            yield at, len(value), kind.max_length
        case ArraySchema() if isinstance(value, Sequence) and not isinstance(value, str):
            if kind.max_items is not None:
                yield at, len(value), kind.max_items
            for index, item in enumerate(value):
                yield from measure(kind.items, item, child_pointer(at, index))
        case ObjectSchema() if isinstance(value, Mapping):
            for name, field in (*kind.required.items(), *kind.optional.items()):
                if name in value:
                    yield from measure(field, value[name], child_pointer(at, name))
        case UnionSchema() if isinstance(value, Mapping) and value.get("type") in kind.objects:
            yield from measure(kind.objects[value["type"]], value, at)


def _named(found: Iterator[tuple[str, int, int]], root: Mapping[str, Any], surface: str) -> Iterator[Usage]:
    for pointer, used, most in found:
        yield Usage(_name(pointer, root, surface), used, most, pointer)


def _name(pointer: str, root: Mapping[str, Any], surface: str) -> str:
    """A readable name of a place: "section text", "modal title", "static_select option text", "blocks"."""
    value: Any = root
    owner, steps = "", pointer.split("/")[1:]
    names: list[str] = []
    for place, step in enumerate(steps):
        is_text = isinstance(value, Mapping) and value.get("type") in _TEXTS
        value = value[int(step)] if isinstance(value, Sequence) else value[step]
        if isinstance(value, Mapping) and value.get("type") not in (None, *_TEXTS):
            owner, names = str(value["type"]), []
        elif not step.isdecimal() and not is_text:
            is_one_of_many = place + 1 < len(steps) and steps[place + 1].isdecimal()
            names.append(step.removesuffix("s") if is_one_of_many else step)
    is_of_all = owner in ("", surface) and names[0] not in ("title", "submit", "close")
    return " ".join(names if is_of_all else [owner, *names])


def _fullest_first(found: list[Usage]) -> list[Usage]:
    kept: dict[str, Usage] = {}
    for one in sorted(found, key=lambda one: -one.share):
        if one.used:
            kept.setdefault(one.name, one)
    return list(kept.values())
