"""Small legal payloads, to be spoilt in one place at a time."""

from typing import Any

Dict = dict[str, Any]


def plain(text: str) -> Dict:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Dict:
    return {"type": "mrkdwn", "text": text}


def option(value: str = "yes", **more: Any) -> Dict:
    return {"text": plain("Yes"), "value": value, **more}


def options(count: int) -> list[Dict]:
    return [option(f"value-{index}") for index in range(count)]


def section(text: str = "Hello", **more: Any) -> Dict:
    return {"type": "section", "text": mrkdwn(text), **more}


def button(**more: Any) -> Dict:
    return {"type": "button", "action_id": "go", "text": plain("Go"), **more}


def actions(*elements: Dict, **more: Any) -> Dict:
    return {"type": "actions", "elements": list(elements) or [button()], **more}


def select(**more: Any) -> Dict:
    return {"type": "static_select", "action_id": "pick", "options": options(2), **more}


def checkboxes(**more: Any) -> Dict:
    return {"type": "checkboxes", "action_id": "tick", "options": options(2), **more}


def typed(**more: Any) -> Dict:
    return {"type": "plain_text_input", "action_id": "typed", **more}


def field(element: Dict | None = None, **more: Any) -> Dict:
    return {"type": "input", "block_id": "goal", "label": plain("Goal"), "element": element or typed(), **more}


def confirm(**more: Any) -> Dict:
    return {"title": plain("Sure?"), "text": plain("It ends."), "confirm": plain("Yes"), "deny": plain("No"), **more}


def image(**more: Any) -> Dict:
    return {"type": "image", "alt_text": "A tree", "image_url": "https://example.org/tree.png", **more}


def card(**more: Any) -> Dict:
    return {"type": "card", "title": mrkdwn("Ann"), **more}


def container(*children: Dict, **more: Any) -> Dict:
    return {"type": "container", "title": plain("Goals"), "child_blocks": list(children) or [section()], **more}


def rich(*elements: Dict, **more: Any) -> Dict:
    paragraph = {"type": "rich_text_section", "elements": [{"type": "text", "text": "Hello"}]}
    return {"type": "rich_text", "elements": list(elements) or [paragraph], **more}


def cell(text: str = "x") -> Dict:
    return {"type": "raw_text", "text": text}


def table(rows: int = 2, columns: int = 2, **more: Any) -> Dict:
    return {"type": "table", "rows": [[cell()] * columns] * rows, **more}


def data_table(rows: int = 2, columns: int = 2, **more: Any) -> Dict:
    return {"type": "data_table", "caption": "Meetings", "rows": [[cell()] * columns] * rows, **more}


def chart(chart: Dict, **more: Any) -> Dict:
    return {"type": "data_visualization", "title": "Meetings", "chart": chart, **more}


def pie(segments: int = 2, label: str = "Met", value: float = 1) -> Dict:
    return chart({"type": "pie", "segments": [{"label": label, "value": value}] * segments})


def bar(series: int = 1, categories: int = 2, **axis: Any) -> Dict:
    names = [f"Week {index}" for index in range(categories)]
    data = [{"label": name, "value": index} for index, name in enumerate(names)]
    lines = [{"name": f"Cohort {index}", "data": data} for index in range(series)]
    return chart({"type": "bar", "series": lines, "axis_config": {"categories": names, **axis}})


def said(*blocks: Dict, **more: Any) -> Dict:
    return {"text": "Hello", "blocks": list(blocks) or [section()], **more}


def modal(*blocks: Dict, **more: Any) -> Dict:
    return {
        "type": "modal",
        "title": plain("Goals"),
        "submit": plain("Save"),
        "blocks": list(blocks) or [field()],
        **more,
    }


def home(*blocks: Dict, **more: Any) -> Dict:
    return {"type": "home", "blocks": list(blocks), **more}


def without(payload: Dict, *names: str) -> Dict:
    return {name: value for name, value in payload.items() if name not in names}
