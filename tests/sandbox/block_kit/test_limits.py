"""Every limit of Block Kit by name: the payload at the limit passes, the one past it is refused where it is wrong."""

import pytest

from sandbox.block_kit import check_message, check_view
from tests.sandbox.block_kit.payloads import (
    Json,
    Limit,
    accessory,
    actions,
    asked,
    bars,
    button,
    card,
    cell,
    chart,
    confirm,
    container,
    data_table,
    entry,
    group,
    image,
    in_message,
    in_modal,
    menu,
    modal,
    mrkdwn,
    option,
    options,
    pie,
    plain,
    pressed,
    rich_text,
    rows,
    section,
    video,
    x,
)


def dividers(count: int) -> list[Json]:
    return [{"type": "divider"} for _ in range(count)]


MESSAGE = "/blocks/0"
ACCESSORY = "/blocks/0/accessory"
BUTTON = "/blocks/0/elements/0"
ELEMENT = "/view/blocks/0/element"

MOST = [
    Limit("text of a message", 40_000, lambda n: check_message({"text": x(n)}), "/text"),
    Limit("text of an updated message", 4_000, lambda n: check_message({"text": x(n)}, longest_text=4_000), "/text"),
    Limit("blocks of a message", 50, lambda n: in_message(*dividers(n)), "/blocks"),
    Limit("blocks of a modal", 100, lambda n: in_modal(*dividers(n)), "/view/blocks"),
    Limit("blocks of a home", 100, lambda n: check_view({"type": "home", "blocks": dividers(n)}), "/view/blocks"),
    Limit("block_id", 255, lambda n: in_message(section(block_id=x(n))), f"{MESSAGE}/block_id"),
    Limit("action_id", 255, lambda n: pressed(action_id=x(n)), f"{BUTTON}/action_id"),
    Limit("section text", 3000, lambda n: in_message(section(x(n))), f"{MESSAGE}/text/text"),
    Limit("section fields", 10, lambda n: in_message(section(fields=[plain()] * n)), f"{MESSAGE}/fields"),
    Limit("section field", 2000, lambda n: in_message(section(fields=[mrkdwn(x(n))])), f"{MESSAGE}/fields/0/text"),
    Limit("header", 150, lambda n: in_message({"type": "header", "text": plain(x(n))}), f"{MESSAGE}/text/text"),
    Limit("context elements", 10, lambda n: in_message({"type": "context", "elements": [plain()] * n}), "/elements"),
    Limit("context text", 3000, lambda n: in_message({"type": "context", "elements": [plain(x(n))]}), "/0/text"),
    Limit("actions elements", 25, lambda n: in_message(actions(*[button()] * n)), f"{MESSAGE}/elements"),
    Limit("input label", 2000, lambda n: in_modal(entry(label=x(n))), "/view/blocks/0/label/text"),
    Limit("input hint", 2000, lambda n: in_modal(entry(hint=plain(x(n)))), "/view/blocks/0/hint/text"),
    Limit("image alt_text", 2000, lambda n: in_message(image(alt_text=x(n))), f"{MESSAGE}/alt_text"),
    Limit("image title", 2000, lambda n: in_message(image(title=plain(x(n)))), f"{MESSAGE}/title/text"),
    Limit(
        "image_url", 3000, lambda n: in_message(image(image_url=f"https://e.co/{x(n - 13)}")), f"{MESSAGE}/image_url"
    ),
    Limit("accessory alt_text", 2000, lambda n: accessory(image(alt_text=x(n))), f"{ACCESSORY}/alt_text"),
    Limit("markdown", 12_000, lambda n: in_message({"type": "markdown", "text": x(n)}), f"{MESSAGE}/text"),
    Limit("markdown in all", 6_000, lambda n: in_message(*[{"type": "markdown", "text": x(n)}] * 2), "/blocks"),
    Limit("blocks' characters in all", 1000, lambda n: in_message(*[section(x(3000))] * 4, section(x(n))), "/blocks"),
    Limit("modal title", 24, lambda n: check_view(modal(title=plain(x(n)))), "/view/title/text"),
    Limit("modal submit", 24, lambda n: check_view(modal(submit=plain(x(n)))), "/view/submit/text"),
    Limit("modal close", 24, lambda n: check_view(modal(close=plain(x(n)))), "/view/close/text"),
    Limit("private_metadata", 3000, lambda n: check_view(modal(private_metadata=x(n))), "/view/private_metadata"),
    Limit("callback_id", 255, lambda n: check_view(modal(callback_id=x(n))), "/view/callback_id"),
    Limit("external_id", 255, lambda n: check_view(modal(external_id=x(n))), "/view/external_id"),
    Limit("button text", 75, lambda n: pressed(text=x(n)), f"{BUTTON}/text/text"),
    Limit("button value", 2000, lambda n: pressed(value=x(n)), f"{BUTTON}/value"),
    Limit("button url", 3000, lambda n: pressed(url=f"https://{x(n - 8)}"), f"{BUTTON}/url"),
    Limit("button accessibility_label", 75, lambda n: pressed(accessibility_label=x(n)), "/accessibility_label"),
    Limit("confirm title", 100, lambda n: pressed(confirm=confirm(title=x(n))), "/confirm/title/text"),
    Limit("confirm text", 300, lambda n: pressed(confirm=confirm(text=x(n))), "/confirm/text/text"),
    Limit("confirm button", 30, lambda n: pressed(confirm=confirm(yes=x(n))), "/confirm/confirm/text"),
    Limit("deny button", 30, lambda n: pressed(confirm=confirm(no=x(n))), "/confirm/deny/text"),
    Limit("options", 100, lambda n: accessory(menu(options=options(n))), f"{ACCESSORY}/options"),
    Limit("multi options", 100, lambda n: accessory(menu("multi_static_select", options=options(n))), "/options"),
    Limit(
        "option groups",
        100,
        lambda n: accessory({"type": "static_select", "option_groups": [group(1, f"{i}-") for i in range(n)]}),
        f"{ACCESSORY}/option_groups",
    ),
    Limit(
        "options of a group",
        100,
        lambda n: accessory({"type": "static_select", "option_groups": [group(n)]}),
        f"{ACCESSORY}/option_groups/0/options",
    ),
    Limit(
        "option group label",
        75,
        lambda n: accessory({"type": "static_select", "option_groups": [group(label=x(n))]}),
        "/label/text",
    ),
    Limit("option text", 75, lambda n: accessory(menu(options=[option(text=x(n))])), "/options/0/text/text"),
    Limit("option value", 150, lambda n: accessory(menu(options=[option(x(n))])), "/options/0/value"),
    Limit(
        "option description",
        75,
        lambda n: accessory(menu(options=[option(description=plain(x(n)))])),
        "/options/0/description/text",
    ),
    Limit(
        "overflow option url",
        3000,
        lambda n: accessory(menu("overflow", options=[option(url=f"https://{x(n - 8)}")])),
        "/options/0/url",
    ),
    Limit("placeholder", 150, lambda n: accessory(menu(placeholder=plain(x(n)))), "/placeholder/text"),
    Limit("checkboxes", 10, lambda n: accessory(menu("checkboxes", options=options(n))), f"{ACCESSORY}/options"),
    Limit("radio buttons", 10, lambda n: accessory(menu("radio_buttons", options=options(n))), f"{ACCESSORY}/options"),
    Limit("overflow options", 5, lambda n: accessory(menu("overflow", options=options(n))), f"{ACCESSORY}/options"),
    Limit("typed initial_value", 3000, lambda n: asked("plain_text_input", initial_value=x(n)), "/initial_value"),
    Limit("typed min_length", 3000, lambda n: asked("plain_text_input", min_length=n), f"{ELEMENT}/min_length"),
    Limit("typed max_length", 3000, lambda n: asked("plain_text_input", max_length=n), f"{ELEMENT}/max_length"),
    Limit("rich_text_input lines", 100, lambda n: asked("rich_text_input", max_lines=n), f"{ELEMENT}/max_lines"),
    Limit("files", 10, lambda n: asked("file_input", max_files=n), f"{ELEMENT}/max_files"),
    Limit("table rows", 100, lambda n: in_message({"type": "table", "rows": rows(n)}), f"{MESSAGE}/rows"),
    Limit("table columns", 20, lambda n: in_message({"type": "table", "rows": rows(1, n)}), f"{MESSAGE}/rows/0"),
    Limit(
        "table column settings",
        20,
        lambda n: in_message({"type": "table", "rows": rows(1), "column_settings": [None] * n}),
        f"{MESSAGE}/column_settings",
    ),
    Limit("data_table rows", 101, lambda n: in_message(data_table(n)), f"{MESSAGE}/rows"),
    Limit("data_table columns", 20, lambda n: in_message(data_table(2, n)), f"{MESSAGE}/rows/0"),
    Limit("data_table page_size", 100, lambda n: in_message(data_table(page_size=n)), f"{MESSAGE}/page_size"),
    Limit(
        "table characters",
        10_000,
        lambda n: in_message(data_table(rows=[[cell("h")], [cell(x(n - 1))]])),
        MESSAGE,
    ),
    Limit("chart title", 50, lambda n: in_message(chart(pie(), x(n))), f"{MESSAGE}/title"),
    Limit("charts of a message", 2, lambda n: in_message(*[chart(pie())] * n), "/blocks/2"),
    Limit("pie segments", 6, lambda n: in_message(chart(pie(n))), f"{MESSAGE}/chart/segments"),
    Limit("pie label", 20, lambda n: in_message(chart(pie(label=x(n)))), "/segments/0/label"),
    Limit("chart series", 6, lambda n: in_message(chart(bars(n))), f"{MESSAGE}/chart/series"),
    Limit("chart categories", 20, lambda n: in_message(chart(bars(1, n))), "/axis_config/categories"),
    Limit("chart x_label", 50, lambda n: in_message(chart(bars(x_label=x(n)))), "/axis_config/x_label"),
    Limit("chart y_label", 50, lambda n: in_message(chart(bars(y_label=x(n)))), "/axis_config/y_label"),
    Limit("card title", 150, lambda n: in_message(card(title=mrkdwn(x(n)))), f"{MESSAGE}/title/text"),
    Limit("card subtitle", 150, lambda n: in_message(card(subtitle=plain(x(n)))), f"{MESSAGE}/subtitle/text"),
    Limit("card body", 200, lambda n: in_message(card(body=plain(x(n)))), f"{MESSAGE}/body/text"),
    Limit("card subtext", 200, lambda n: in_message(card(subtext=plain(x(n)))), f"{MESSAGE}/subtext/text"),
    Limit("card actions", 3, lambda n: in_message(card(actions=[button()] * n)), f"{MESSAGE}/actions"),
    Limit("carousel cards", 10, lambda n: in_message({"type": "carousel", "elements": [card()] * n}), "/elements"),
    Limit("container children", 10, lambda n: in_message(container(*dividers(n))), f"{MESSAGE}/child_blocks"),
    Limit("container title", 150, lambda n: in_message(container(title=plain(x(n)))), f"{MESSAGE}/title/text"),
    Limit("container subtitle", 150, lambda n: in_message(container(subtitle=plain(x(n)))), "/subtitle/text"),
    Limit("alert text", 200, lambda n: in_modal({"type": "alert", "text": plain(x(n))}), "/view/blocks/0/text/text"),
    Limit("video title", 199, lambda n: in_message(video(title=plain(x(n)))), f"{MESSAGE}/title/text"),
    Limit("video description", 199, lambda n: in_message(video(description=plain(x(n)))), "/description/text"),
    Limit("video author_name", 49, lambda n: in_message(video(author_name=x(n))), f"{MESSAGE}/author_name"),
    Limit(
        "context_actions elements",
        5,
        lambda n: in_message(
            {
                "type": "context_actions",
                "elements": [{"type": "icon_button", "icon": "trash", "text": plain()}] * n,
            }
        ),
        f"{MESSAGE}/elements",
    ),
]

LEAST = [
    Limit("section text", 1, lambda n: in_message(section(x(n))), f"{MESSAGE}/text/text"),
    Limit("section fields", 1, lambda n: in_message(section(fields=[plain()] * n)), f"{MESSAGE}/fields"),
    Limit("actions elements", 1, lambda n: in_message(actions(*[button()] * n)), f"{MESSAGE}/elements"),
    Limit("context elements", 1, lambda n: in_message({"type": "context", "elements": [plain()] * n}), "/elements"),
    Limit("options", 1, lambda n: accessory(menu(options=options(n))), f"{ACCESSORY}/options"),
    Limit("option text", 1, lambda n: accessory(menu(options=[option(text=x(n))])), "/options/0/text/text"),
    Limit("option value", 1, lambda n: accessory(menu(options=[option(x(n))])), "/options/0/value"),
    Limit("option groups", 1, lambda n: accessory({"type": "static_select", "option_groups": [group()] * n}), "groups"),
    Limit(
        "options of a group",
        1,
        lambda n: accessory({"type": "static_select", "option_groups": [group(n)]}),
        "/option_groups/0/options",
    ),
    Limit("checkboxes", 1, lambda n: accessory(menu("checkboxes", options=options(n))), f"{ACCESSORY}/options"),
    Limit("overflow options", 1, lambda n: accessory(menu("overflow", options=options(n))), f"{ACCESSORY}/options"),
    Limit("max_selected_items", 1, lambda n: accessory(menu("multi_static_select", max_selected_items=n)), "_items"),
    Limit("min_length", 0, lambda n: asked("plain_text_input", min_length=n), f"{ELEMENT}/min_length"),
    Limit("max_length", 1, lambda n: asked("plain_text_input", max_length=n), f"{ELEMENT}/max_length"),
    Limit("min_query_length", 0, lambda n: accessory({"type": "external_select", "min_query_length": n}), "_length"),
    Limit("table rows", 1, lambda n: in_message({"type": "table", "rows": rows(n)}), f"{MESSAGE}/rows"),
    Limit("table columns", 1, lambda n: in_message({"type": "table", "rows": rows(1, n)}), f"{MESSAGE}/rows/0"),
    Limit("data_table rows", 2, lambda n: in_message(data_table(n)), f"{MESSAGE}/rows"),
    Limit("data_table page_size", 1, lambda n: in_message(data_table(page_size=n)), f"{MESSAGE}/page_size"),
    Limit("table cell", 1, lambda n: in_message({"type": "table", "rows": [[cell(x(n))]]}), "/rows/0/0/text"),
    Limit("pie segments", 1, lambda n: in_message(chart(pie(n))), f"{MESSAGE}/chart/segments"),
    Limit("pie value", 1, lambda n: in_message(chart(pie(value=n))), "/segments/0/value"),
    Limit("chart series", 1, lambda n: in_message(chart(bars(n))), f"{MESSAGE}/chart/series"),
    Limit("chart categories", 1, lambda n: in_message(chart(bars(1, n))), "/axis_config/categories"),
    Limit("carousel cards", 1, lambda n: in_message({"type": "carousel", "elements": [card()] * n}), "/elements"),
    Limit("container children", 1, lambda n: in_message(container(child_blocks=[section()] * n)), "/child_blocks"),
    Limit("rich text", 1, lambda n: in_message(rich_text({"type": "text", "text": x(n)})), "/elements/0/text"),
    Limit("modal title", 1, lambda n: check_view(modal(title=plain(x(n)))), "/view/title/text"),
]


@pytest.mark.parametrize("limit", MOST, ids=lambda limit: limit.name)
def test_the_maximum_is_accepted_and_one_more_refused(limit: Limit) -> None:
    assert limit.check(limit.limit) == []
    assert any(finding.pointer.endswith(limit.pointer) for finding in limit.check(limit.limit + 1))


@pytest.mark.parametrize("limit", LEAST, ids=lambda limit: limit.name)
def test_the_minimum_is_accepted_and_one_less_refused(limit: Limit) -> None:
    assert limit.check(limit.limit) == []
    assert any(finding.pointer.endswith(limit.pointer) for finding in limit.check(limit.limit - 1))
