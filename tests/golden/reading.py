"""Messages and modals as their readers see them: in lines of text, with names for mentions and brackets for buttons."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from messages.payloads import Message

Block = Mapping[str, Any]
MOST_OPTIONS_SHOWN = 12


def message_as_read(message: Message, names: Mapping[str, str]) -> str:
    """The line on a locked screen, then the message."""
    payload = message.payload()
    lines = [f"(notification) {marked(payload['text'], names)}", "─" * 40]
    for block in payload.get("blocks", ()):
        lines += [*_block(block, names), ""]
    return _tidy(lines)


def view_as_read(view: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """The title, the form, and the buttons at its foot; of the Home tab, which has neither, what is in it."""
    lines = [f"╔ {view['title']['text'] if 'title' in view else 'Home'}", ""]
    for block in view["blocks"]:
        lines += [*_block(block, names), ""]
    if view["type"] == "home":
        return _tidy([*lines, "╚"])
    foot = [view["close"]["text"], *([view["submit"]["text"]] if "submit" in view else [])]
    lines.append("╚ " + " ".join(f"[{words}]" for words in foot))
    return _tidy(lines)


def _block(block: Block, names: Mapping[str, str]) -> Iterator[str]:
    match block["type"]:
        case "header":
            yield f"# {_text(block['text'], names)}"
        case "section":
            yield from _text(block["text"], names).splitlines() if "text" in block else ()
            for field in block.get("fields", ()):
                yield "▪ " + _text(field, names).replace("\n", ": ")
            if "accessory" in block:
                yield from _button(block["accessory"], names)
        case "card":
            yield from _card(block, names)
        case "context":
            for element in block["elements"]:
                yield f"‹{_text(element, names)}›"
        case "actions":
            for element in block["elements"]:
                yield from _button(element, names)
        case "divider":
            yield "· · ·"
        case "input":
            yield from _input(block, names)
        case "table":
            yield from _table(block["rows"])
        case "data_table":
            yield f"{block['caption']} (a table to sort)"
            yield from _table(block["rows"])
        case "data_visualization":
            yield from _chart(block)
        case other:
            raise AssertionError(f"no reading for {other}")


def _card(block: Block, names: Mapping[str, str]) -> Iterator[str]:
    for name in ("title", "subtitle", "body"):
        if name in block:
            yield from (f"│ {line}" for line in _text(block[name], names).splitlines())
    for element in block.get("actions", ()):
        yield from (f"│ {line}" for line in _button(element, names))


def _button(button: Block, names: Mapping[str, str]) -> Iterator[str]:
    if button["type"] in ("users_select", "static_select"):
        yield from _element(button, names)
        return
    if button["type"] == "overflow":
        yield f"[… {' | '.join(option['text']['text'] for option in button['options'])}]"
        return
    style = {"primary": "!", "danger": "×"}.get(button.get("style", ""), "")
    yield f"[{style}{button['text']['text']}]"
    if "confirm" in button:
        asks = button["confirm"]
        yield f"    asks first: {_text(asks['title'], names)} {_text(asks['text'], names)}"
        yield f"    [{asks['deny']['text']}] [{asks['confirm']['text']}]"


def _input(block: Block, names: Mapping[str, str]) -> Iterator[str]:
    yield block["label"]["text"] + (" (optional)" if block.get("optional") else "")
    yield from (f"  {line}" for line in _element(block["element"], names))
    if "hint" in block:
        yield f"  ‹{block['hint']['text']}›"


def _element(element: Block, names: Mapping[str, str]) -> Iterator[str]:
    match element["type"]:
        case "plain_text_input":
            example = f"({element['placeholder']['text']})" if "placeholder" in element else ""
            shown = element.get("initial_value") or example
            frame = "│" if element.get("multiline") else "_"
            yield from (f"{frame} {line}".rstrip() for line in (shown.splitlines() or [""]))
        case "checkboxes":
            chosen = [option["value"] for option in element.get("initial_options", ())]
            for option in element["options"]:
                yield f"[{'x' if option['value'] in chosen else ' '}] {option['text']['text']}"
                if "description" in option:
                    yield f"    ‹{option['description']['text']}›"
        case "static_select" | "multi_static_select":
            yield from _menu(element)
        case "users_select":
            yield f"(person ▾) {names.get(element.get('initial_user', ''), '')}".rstrip()
        case "multi_users_select":
            people = (names.get(person, "") for person in element.get("initial_users", ()))
            yield f"(people ▾) {', '.join(people)}".rstrip()
        case "multi_conversations_select":
            channels = (f"#{channel}" for channel in element.get("initial_conversations", ()))
            yield f"(channels ▾) {', '.join(channels)}".rstrip()
        case "datepicker":
            yield f"(date ▾) {element.get('initial_date', '')}".rstrip()
        case "datetimepicker":
            moment = element.get("initial_date_time")
            yield f"(date and time ▾) {moment or ''}".rstrip()
        case other:
            raise AssertionError(f"no reading for {other}")


def _menu(element: Block) -> Iterator[str]:
    groups = element.get("option_groups", ())
    options = [*element.get("options", ()), *(option for group in groups for option in group["options"])]
    words = [option["text"]["text"] for option in options[:MOST_OPTIONS_SHOWN]]
    rest = f" | … {len(options) - len(words)} more" if len(options) > len(words) else ""
    several = "several" if element["type"].startswith("multi") else "one"
    yield f"({several} ▾) {' | '.join(words)}{rest}"
    initial = element.get("initial_options") or [option for option in [element.get("initial_option")] if option]
    if not initial and "placeholder" in element:
        yield f"({element['placeholder']['text']})"
    if initial:
        yield "chosen: " + ", ".join(option["text"]["text"] for option in initial)


def _chart(block: Block) -> Iterator[str]:
    chart = block["chart"]
    yield f"{block['title']} ({chart['type']} chart)"
    for series in chart["series"]:
        points = ", ".join(f"{point['label']}: {point['value']}" for point in series["data"])
        yield f"  {series['name']}: {points}"


def _table(rows: list[list[Block]]) -> Iterator[str]:
    widths = [max(len(row[column]["text"]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        cells = (cell["text"].ljust(width) for cell, width in zip(row, widths, strict=True))
        yield ("| " + " | ".join(cells) + " |").rstrip()


def _text(text: Block, names: Mapping[str, str]) -> str:
    words: str = text["text"]
    return marked(words, names) if text["type"] == "mrkdwn" else words


def marked(words: str, names: Mapping[str, str]) -> str:
    words = re.sub(r"<@(\w+)>", lambda found: f"@{names[found.group(1)]}", words)
    words = re.sub(r"<#(C\w+)>", r"#\1", words)
    words = re.sub(r"<!date\^[^|>]*\|([^>]*)>", r"\1", words)
    words = re.sub(r"<(https?:[^|>]*)\|([^>]*)>", r"\2 (→ \1)", words)
    assert "<" not in words, "something comes alive that should not"
    return words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _tidy(lines: list[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in lines)).strip() + "\n"
