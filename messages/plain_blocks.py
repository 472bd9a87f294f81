"""Cards, tables and charts in plain blocks, for a workspace whose Slack refuses them.

They are newer than the other blocks. Everything that they say and do is in the plain ones, too.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from messages.payloads import limits
from messages.text import escape, shorten

NEWER: Final = frozenset({"card", "table", "data_table", "data_visualization"})
Made = Mapping[str, Any]
"""A block as Slack takes it."""


def has_newer(blocks: Iterable[Made]) -> bool:
    """Whether one of them could be refused."""
    return any(block["type"] in NEWER for block in blocks)


def in_plain(blocks: Iterable[Made]) -> list[Made]:
    """The blocks with one section for each table, and a section and the buttons for each card."""
    return [plain for block in blocks for plain in _in_plain(block)]


def _in_plain(block: Made) -> Sequence[Made]:
    match block["type"]:
        case "card":
            return _card(block)
        case "table":
            return [_section("\n".join(_row(row) for row in block["rows"]))]
        case "data_table":
            lines = [f"*{escape(block['caption'])}*", *(_row(row) for row in block["rows"])]
            return [_section("\n".join(lines))]
        case "data_visualization":
            return [_section("\n".join([f"*{escape(block['title'])}*", *_points(block["chart"])]))]
        case _:
            return [block]


def _card(block: Made) -> Sequence[Made]:
    texts = {name: block[name]["text"] for name in ("title", "subtitle", "body") if block.get(name)}
    if "title" in texts:
        texts["title"] = f"*{texts['title']}*"
    found: list[Made] = [_section("\n".join(texts.values()))] if texts else []
    if block.get("actions"):
        found.append({"type": "actions", "elements": block["actions"]})
    return found


def _points(chart: Made) -> list[str]:
    """A line for each category of a chart, in mrkdwn; several series are named in each."""
    lines = []
    for number, category in enumerate(chart["axis_config"]["categories"]):
        values = [(series["name"], f"{series['data'][number]['value']:,}") for series in chart["series"]]
        said = [value for _, value in values] if len(values) == 1 else [f"{name} {value}" for name, value in values]
        lines.append(f"{escape(category)}: {escape(', '.join(said))}")
    return lines


def _row(row: Sequence[Made]) -> str:
    """A row with plain cells as a line in mrkdwn."""
    return " · ".join(escape(cell["text"]) for cell in row if cell.get("text"))


def _section(words: str) -> Made:
    return {"type": "section", "text": {"type": "mrkdwn", "text": shorten(words or "–", limits.SECTION)}}
