"""Writing a programme file: in the standard form, or into a text that there is, whose comments stay."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Final

from bot.programmes.file_nodes import FileNode, WrongFile, read_nodes
from bot.programmes.file_reader import ProgrammeText, read_programme
from bot.programmes.file_setting import FileSetting
from bot.programmes.file_settings import HEADER, SECTIONS, SETTINGS
from mentoring.programmes.whole_settings import ProgrammeSettings, normalise

_WIDTH: Final = 100
_INDENT: Final = 2
_PLAIN: Final = re.compile(r"[^\W_](?:[\w ./()+&’'–-]|:(?=\S))*(?<=\S)")
"""Texts that need no quotation marks. Longer texts have them seldom, so a comma is not worth a rule of its own."""
_NULLS: Final = ("null", "Null", "NULL")

Edit = tuple[int, int, str]
"""The characters from one place to another become this text."""


def write_programme(settings: ProgrammeSettings) -> str:
    """The settings as a file in the standard form, with comments."""
    parts = [_comment(HEADER, 0)]
    for section, group in groupby(SETTINGS, key=lambda setting: setting.section):
        if section:
            parts.append(f"\n{_section(section, list(group), settings)}")
        else:
            parts += [f"\n{_entry(setting, settings, 0)}" for setting in group]
    return "".join(parts)


def update_text(text: str, settings: ProgrammeSettings, today: date) -> str:
    """`text`, a programme file, so changed that it says `settings`. What it says already stays as it is written.

    Settings that it lacks are added. A text that can no longer be read or changed is replaced by the standard form.
    """
    try:
        read = read_programme(text)
        updated = _apply(text, _edits(text, read, settings, today))
        if _says(updated, settings, today):
            return updated
    except (WrongFile, ValueError):
        pass
    return write_programme(settings)


def _says(text: str, settings: ProgrammeSettings, today: date) -> bool:
    read = read_programme(text)
    is_complete = len(read.values) == len(SETTINGS)
    return is_complete and read.over(settings, today) == normalise(settings, today)


def _section(section: str, entries: Sequence[FileSetting], settings: ProgrammeSettings) -> str:
    lines = "".join(_entry(setting, settings, _INDENT) for setting in entries)
    return f"{_comment(SECTIONS[section], 0)}{section}:\n{lines}"


def _entry(setting: FileSetting, settings: ProgrammeSettings, indent: int) -> str:
    pad = " " * indent
    return f"{_comment(setting.comment, indent)}{pad}{setting.name}:{_value(setting, settings, indent)}\n"


def _comment(text: str, indent: int) -> str:
    return "".join(f"{' ' * indent}# {line}\n" for line in text.splitlines())


def _value(setting: FileSetting, settings: ProgrammeSettings, indent: int) -> str:
    """What follows the colon, from a blank or a line break on."""
    shown = setting.show(settings)
    if isinstance(shown, str):
        return _text(shown, indent + _INDENT)
    if setting.kind.inline or not shown:
        return f" {_flow(shown)}"
    pad = " " * (indent + _INDENT)
    return "".join(f"\n{pad}- {_scalar(item)}" for item in shown)


def _flow(items: Sequence[str]) -> str:
    return f"[{', '.join(map(_scalar, items))}]"


def _scalar(text: str) -> str:
    """A text on one line, in quotation marks if it needs them. JSON's are YAML's."""
    is_plain = _PLAIN.fullmatch(text) and text not in _NULLS and text.isprintable()
    return text if is_plain else json.dumps(text, ensure_ascii=False)


def _text(text: str, indent: int) -> str:
    """A text of any length: several lines stay lines, and one long line is folded."""
    pad = " " * indent
    lines = text.split("\n")
    if len(lines) > 1 and not text.startswith(" ") and all(line.isprintable() for line in lines):
        return " |-\n" + "\n".join(f"{pad}{line}" if line else "" for line in lines)
    words = text.split(" ")
    if len(text) > _WIDTH and len(lines) == 1 and all(words) and text.isprintable():
        return " >-\n" + "\n".join(f"{pad}{line}" for line in _folded(words, _WIDTH - indent))
    return f" {_scalar(text)}"


def _folded(words: Sequence[str], width: int) -> list[str]:
    lines = [words[0]]
    for word in words[1:]:
        if len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _edits(text: str, read: ProgrammeText, settings: ProgrammeSettings, today: date) -> list[Edit]:
    wanted = normalise(settings, today)
    stated = read.over(settings, today)
    edits: list[Edit] = []
    for setting in SETTINGS:
        if setting.key in read.places and setting.get(stated) != setting.get(wanted):
            edits += _replace(text, read.places[setting.key], setting, wanted)
    missing = [setting for setting in SETTINGS if setting.key not in read.places]
    top = read_nodes(text) if missing else {}
    for section, group in groupby(missing, key=lambda setting: setting.section):
        edits += _insert(text, read, top, section, list(group), wanted)
    return edits


def _replace(text: str, node: FileNode, setting: FileSetting, settings: ProgrammeSettings) -> list[Edit]:
    """Edits that give a setting another value, on the same line if it was on one."""
    shown = setting.show(settings)
    if isinstance(shown, list):
        if isinstance(node.value, list) and node.is_block and shown:
            return [_replace_items(text, node, setting, shown)]
        start = _after_colon(text, node) if node.is_block or node.value is None else node.start
        blank = " " if start != node.start else ""
        return [(start, max(start, node.end), f"{blank}{_flow(shown)}")]
    if node.value is None:
        start = _after_colon(text, node)
        return [(start, start, f" {_scalar(shown)}")] if shown else []
    long_text = _text(shown, node.key_column - 1 + _INDENT)
    is_last_on_line = not text[node.end : _line_end(text, node.end)].strip()
    return [(node.start, node.end, long_text[1:] if is_last_on_line else _scalar(shown))]


def _replace_items(text: str, node: FileNode, setting: FileSetting, shown: Sequence[str]) -> Edit:
    """The lines of a list: those of values that stay are kept, with the comments below them."""
    items = [each for each in node.value if isinstance(each, FileNode)] if isinstance(node.value, list) else []
    starts = [text.rfind("\n", 0, item.start) + 1 for item in items]
    ends = [*starts[1:], _line_end(text, items[-1].end)]
    values = [setting.kind.show(setting.kind.adapter.validate_python([item.value])) for item in items]
    kept = {value[0]: text[start:end].rstrip() for value, start, end in zip(values, starts, ends, strict=True)}
    pad = text[starts[0] : items[0].start]
    lines = [kept.get(value, f"{pad}{_scalar(value)}") for value in shown]
    return starts[0], ends[-1], "\n".join(lines)


def _insert(
    text: str,
    read: ProgrammeText,
    top: Mapping[str, FileNode],
    section: str,
    missing: Sequence[FileSetting],
    settings: ProgrammeSettings,
) -> list[Edit]:
    """Edits that add settings to a section below those that come before them in the table, or the whole section."""
    node = top.get(section) if section else None
    if section and (node is None or node.value is None):
        place = _after_colon(text, node) if node else _end_of_previous(text, top, section)
        entries = "".join(_entry(setting, settings, _INDENT) for setting in missing).rstrip("\n")
        whole = f"\n\n{_section(section, missing, settings)}".rstrip("\n")
        return [(place, place, f"\n{entries}" if node else whole)]
    edits = []
    for setting in missing:
        indent = _indent_of(section, read)
        before = [each for each in SETTINGS[: SETTINGS.index(setting)] if each.section == section]
        known = [read.places[each.key] for each in before if each.key in read.places]
        entry, gap = _entry(setting, settings, indent).rstrip("\n"), "" if section else "\n"
        if known or node:
            ends = [_line_end(text, each.end) for each in known] or [_after_colon(text, node) if node else 0]
            edits.append((max(ends), max(ends), f"\n{gap}{entry}"))
        else:
            place = 1 if text.startswith("\ufeff") else 0
            edits.append((place, place, f"{entry}\n{gap}"))
    return edits


def _indent_of(section: str, read: ProgrammeText) -> int:
    inside = [node.key_column - 1 for key, node in read.places.items() if section and key.startswith(f"{section}.")]
    return min(inside, default=_INDENT if section else 0)


def _end_of_previous(text: str, top: Mapping[str, FileNode], section: str) -> int:
    """The end of the line after which a section belongs."""
    order = list(dict.fromkeys(setting.section or setting.key for setting in SETTINGS))
    before = [top[name] for name in order[: order.index(section)] if name in top]
    return max((_line_end(text, max(node.end, node.key_end)) for node in before), default=len(text.rstrip()))


def _after_colon(text: str, node: FileNode) -> int:
    return text.index(":", node.key_end) + 1


def _line_end(text: str, place: int) -> int:
    found = text.find("\n", place)
    return len(text) if found < 0 else found - (text[found - 1] == "\r")


def _apply(text: str, edits: Sequence[Edit]) -> str:
    """The text after the edits, from the last to the first; new lines end as the others do."""
    line_break = "\r\n" if "\r\n" in text else "\n"
    order = sorted(enumerate(edits), key=lambda each: (each[1][0], each[0]), reverse=True)
    for _, (start, end, new) in order:
        new = re.sub("\r?\n", line_break, new)
        text = text[:start] + new + text[end:]
    return text
