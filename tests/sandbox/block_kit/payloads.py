"""Small valid Block Kit payloads, for tests to combine and to break."""

from collections.abc import Callable
from typing import Any, NamedTuple

from sandbox.block_kit import Problem, check_message, check_view

Json = dict[str, Any]


def plain(text: str = "Text") -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "*Text*") -> Json:
    return {"type": "mrkdwn", "text": text}


def option(value: str = "1", text: str = "One", **more: object) -> Json:
    return {"text": plain(text), "value": value, **more}


def options(count: int) -> list[Json]:
    return [option(str(number), f"Number {number}") for number in range(count)]


def group(count: int = 1, prefix: str = "a", label: str = "Group") -> Json:
    return {"label": plain(label), "options": [option(f"{prefix}{number}") for number in range(count)]}


def confirm(title: str = "Sure?", text: str = "Really?", yes: str = "Yes", no: str = "No") -> Json:
    return {"title": plain(title), "text": plain(text), "confirm": plain(yes), "deny": plain(no)}


def button(text: str = "Press", **more: object) -> Json:
    return {"type": "button", "text": plain(text), **more}


def image(**more: object) -> Json:
    return {"type": "image", "image_url": "https://example.com/cat.png", "alt_text": "A cat", **more}


def menu(kind: str = "static_select", **more: object) -> Json:
    return {"type": kind, "options": options(2), **more}


def section(text: str = "Text", **more: object) -> Json:
    return {"type": "section", "text": mrkdwn(text), **more}


def actions(*elements: Json, **more: object) -> Json:
    return {"type": "actions", "elements": list(elements), **more}


def entry(element: Json | None = None, label: str = "Label", **more: object) -> Json:
    return {"type": "input", "label": plain(label), "element": element or {"type": "plain_text_input"}, **more}


def rich_text(*leaves: Json) -> Json:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(leaves)}]}


def cell(text: str = "x") -> Json:
    return {"type": "raw_text", "text": text}


def rows(count: int, columns: int = 1) -> list[list[Json]]:
    return [[cell() for _ in range(columns)] for _ in range(count)]


def data_table(count: int = 2, columns: int = 1, **more: object) -> Json:
    return {"type": "data_table", "caption": "Figures", "rows": rows(count, columns), **more}


def chart(chart: Json, title: str = "Chart", **more: object) -> Json:
    return {"type": "data_visualization", "title": title, "chart": chart, **more}


def pie(segments: int = 1, label: str = "Slice", value: float = 1) -> Json:
    return {"type": "pie", "segments": [{"label": label, "value": value} for _ in range(segments)]}


def bars(series: int = 1, categories: int = 1, kind: str = "bar", **axes: object) -> Json:
    names = [f"C{number}" for number in range(categories)]
    points = [{"label": name, "value": -1.5} for name in names]
    data = [{"name": f"S{number}", "data": points} for number in range(series)]
    return {"type": kind, "series": data, "axis_config": {"categories": names, **axes}}


def card(**more: object) -> Json:
    return {"type": "card", "title": plain("Card"), **more}


def container(*children: Json, **more: object) -> Json:
    return {"type": "container", "title": plain("Box"), "child_blocks": list(children) or [section()], **more}


def video(**more: object) -> Json:
    address = "https://example.com/v"
    return {
        "type": "video",
        "title": plain("Film"),
        "video_url": address,
        "thumbnail_url": address,
        "alt_text": "Film",
        **more,
    }


def modal(*blocks: Json, **more: object) -> Json:
    return {"type": "modal", "title": plain("Title"), "submit": plain("Send"), "blocks": list(blocks), **more}


def home(*blocks: Json, **more: object) -> Json:
    return {"type": "home", "blocks": list(blocks), **more}


def in_message(*blocks: Json) -> list[Problem]:
    return check_message({"text": "Fallback", "blocks": list(blocks)})


def in_modal(*blocks: Json) -> list[Problem]:
    return check_view(modal(*blocks))


def in_home(*blocks: Json) -> list[Problem]:
    return check_view(home(*blocks))


def lines(findings: list[Problem]) -> list[str]:
    return [str(finding) for finding in findings]


def accessory(element: Json) -> list[Problem]:
    return in_message(section(accessory=element))


def pressed(**more: Any) -> list[Problem]:
    return in_message(actions(button(**more)))


def asked(kind: str, **more: object) -> list[Problem]:
    return in_modal(entry({"type": kind, **more}))


def x(count: int) -> str:
    return "x" * count


class Limit(NamedTuple):
    """A limit by name. `check` takes a payload of a given size; the pointer of what is wrong ends in `pointer`."""

    name: str
    limit: int
    check: Callable[[int], list[Problem]]
    pointer: str
