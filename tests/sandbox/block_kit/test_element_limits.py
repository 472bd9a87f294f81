"""The limits of the rarer elements and fields: the value at the limit passes, the one past it is refused."""

import pytest

from tests.sandbox.block_kit.payloads import (
    Json,
    Limit,
    accessory,
    actions,
    asked,
    button,
    card,
    chart,
    data_table,
    entry,
    image,
    in_message,
    in_modal,
    menu,
    mrkdwn,
    option,
    pie,
    plain,
    rich_text,
    rows,
    video,
    x,
)

PARAMETERS = {"url": "https://slack.com/shortcuts/Ft1/2"}


def box(text: Json | None = None, value: str = "1", **more: object) -> Json:
    return menu("checkboxes", options=[{"text": text or mrkdwn(), "value": value, **more}])


def feedback(**more: object) -> Json:
    choice = {"text": plain(), "value": "1"}
    return {"type": "feedback_buttons", "positive_button": choice | more, "negative_button": choice}


def icon(**more: object) -> Json:
    return {"type": "icon_button", "icon": "trash", "text": plain(), **more}


def below_message(element: Json) -> Json:
    return {"type": "context_actions", "elements": [element]}


def workflow(text: str) -> Json:
    return {"type": "workflow_button", "text": plain(text), "workflow": {"trigger": PARAMETERS}}


def bullets(**more: object) -> Json:
    items = [{"type": "rich_text_section", "elements": []}]
    return {
        "type": "rich_text",
        "elements": [{"type": "rich_text_list", "style": "ordered", "elements": items, **more}],
    }


def line_chart(points: int) -> Json:
    """One series over twenty categories, with as many points as said."""
    names = [f"C{number}" for number in range(20)]
    data = [{"label": names[number % 20], "value": number} for number in range(points)]
    return {"type": "line", "series": [{"name": "S", "data": data}], "axis_config": {"categories": names}}


def dispatching(count: int) -> Json:
    keys = ["on_enter_pressed", "on_character_entered", "on_enter_pressed"][:count]
    return {"dispatch_action_config": {"trigger_actions_on": keys}}


MOST = [
    Limit("context mrkdwn", 3000, lambda n: in_message({"type": "context", "elements": [mrkdwn(x(n))]}), "/0/text"),
    Limit("checkbox text", 75, lambda n: accessory(box(mrkdwn(x(n)))), "/options/0/text/text"),
    Limit("checkbox value", 150, lambda n: accessory(box(value=x(n))), "/options/0/value"),
    Limit("checkbox description", 75, lambda n: accessory(box(description=mrkdwn(x(n)))), "/description/text"),
    Limit("overflow option text", 75, lambda n: accessory(menu("overflow", options=[option("1", x(n))])), "/text/text"),
    Limit("overflow option value", 150, lambda n: accessory(menu("overflow", options=[option(x(n))])), "/0/value"),
    Limit(
        "overflow option description",
        75,
        lambda n: accessory(menu("overflow", options=[option(description=plain(x(n)))])),
        "/description/text",
    ),
    Limit("dispatch triggers", 2, lambda n: asked("plain_text_input", **dispatching(n)), "/trigger_actions_on"),
    Limit("typed placeholder", 150, lambda n: asked("email_text_input", placeholder=plain(x(n))), "/placeholder/text"),
    Limit("rich_text_input min_lines", 100, lambda n: asked("rich_text_input", min_lines=n), "/element/min_lines"),
    Limit(
        "Slack file address",
        3000,
        lambda n: in_message({"type": "image", "alt_text": "A cat", "slack_file": {"url": x(n)}}),
        "/slack_file/url",
    ),
    Limit("workflow button text", 75, lambda n: in_message(actions(workflow(x(n)))), "/elements/0/text/text"),
    Limit("feedback text", 75, lambda n: in_message(below_message(feedback(text=plain(x(n))))), "/text/text"),
    Limit("feedback value", 2000, lambda n: in_message(below_message(feedback(value=x(n)))), "/positive_button/value"),
    Limit(
        "feedback accessibility_label",
        75,
        lambda n: in_message(below_message(feedback(accessibility_label=x(n)))),
        "/accessibility_label",
    ),
    Limit("icon button text", 75, lambda n: in_message(below_message(icon(text=plain(x(n))))), "/text/text"),
    Limit("icon button value", 2000, lambda n: in_message(below_message(icon(value=x(n)))), "/elements/0/value"),
    Limit(
        "icon button accessibility_label",
        75,
        lambda n: in_message(below_message(icon(accessibility_label=x(n)))),
        "/accessibility_label",
    ),
    Limit("header level", 4, lambda n: in_message({"type": "header", "text": plain(), "level": n}), "/level"),
    Limit("video alt_text", 2000, lambda n: in_message(video(alt_text=x(n))), "/alt_text"),
    Limit("chart points", 20, lambda n: in_message(chart(line_chart(n))), "/series/0/data"),
    Limit("chart block_id", 255, lambda n: in_message(chart(pie(), block_id=x(n))), "/block_id"),
    Limit("data_table block_id", 255, lambda n: in_message(data_table(block_id=x(n))), "/block_id"),
    Limit(
        "table block_id", 255, lambda n: in_message({"type": "table", "rows": rows(1), "block_id": x(n)}), "/block_id"
    ),
    Limit("rich text block_id", 255, lambda n: in_message(rich_text() | {"block_id": x(n)}), "/block_id"),
    Limit("list indent", 8, lambda n: in_message(bullets(indent=n)), "/elements/0/indent"),
    Limit("list border", 1, lambda n: in_message(bullets(border=n)), "/elements/0/border"),
    Limit("skin tone", 6, lambda n: in_message(rich_text({"type": "emoji", "name": "wave", "skin_tone": n})), "_tone"),
]

LEAST = [
    Limit("dispatch triggers", 1, lambda n: asked("plain_text_input", **dispatching(n)), "/trigger_actions_on"),
    Limit(
        "kinds of conversation",
        1,
        lambda n: accessory({"type": "conversations_select", "filter": {"include": ["im"] * n}}),
        "/filter/include",
    ),
    Limit(
        "initial users", 1, lambda n: accessory({"type": "multi_users_select", "initial_users": ["U1"] * n}), "users"
    ),
    Limit("initial checkboxes", 1, lambda n: accessory(box() | {"initial_options": box()["options"] * n}), "_options"),
    Limit("radio buttons", 1, lambda n: accessory(menu("radio_buttons", options=[option()] * n)), "/options"),
    Limit(
        "moment",
        1_000_000_000,
        lambda n: in_message(actions({"type": "datetimepicker", "initial_date_time": n})),
        "/initial_date_time",
    ),
    Limit(
        "multi_external min_query_length",
        0,
        lambda n: accessory({"type": "multi_external_select", "min_query_length": n}),
        "/min_query_length",
    ),
    Limit("rich_text_input min_lines", 1, lambda n: asked("rich_text_input", min_lines=n), "/element/min_lines"),
    Limit("rich_text_input max_lines", 1, lambda n: asked("rich_text_input", max_lines=n), "/element/max_lines"),
    Limit("files", 1, lambda n: asked("file_input", max_files=n), "/element/max_files"),
    Limit("file types", 1, lambda n: asked("file_input", filetypes=["pdf"] * n), "/element/filetypes"),
    Limit("card actions", 1, lambda n: in_message(card(actions=[button()] * n)), "/actions"),
    Limit("header level", 1, lambda n: in_message({"type": "header", "text": plain(), "level": n}), "/level"),
    Limit("row header", 0, lambda n: in_message(data_table(row_header_column_index=n)), "/row_header_column_index"),
    Limit(
        "list items", 1, lambda n: in_message(bullets(elements=bullets()["elements"][0]["elements"] * n)), "/elements"
    ),
    Limit("list indent", 0, lambda n: in_message(bullets(indent=n)), "/elements/0/indent"),
    Limit("list offset", 0, lambda n: in_message(bullets(offset=n)), "/elements/0/offset"),
    Limit("list border", 0, lambda n: in_message(bullets(border=n)), "/elements/0/border"),
    Limit("skin tone", 1, lambda n: in_message(rich_text({"type": "emoji", "name": "wave", "skin_tone": n})), "_tone"),
    Limit("image alt_text", 1, lambda n: in_message(image(alt_text=x(n))), "/alt_text"),
    Limit("input label", 1, lambda n: in_modal(entry(label=x(n))), "/label/text"),
]


@pytest.mark.parametrize("limit", MOST, ids=lambda limit: limit.name)
def test_the_maximum_is_accepted_and_one_more_refused(limit: Limit) -> None:
    assert limit.check(limit.limit) == []
    assert any(finding.pointer.endswith(limit.pointer) for finding in limit.check(limit.limit + 1))


@pytest.mark.parametrize("limit", LEAST, ids=lambda limit: limit.name)
def test_the_minimum_is_accepted_and_one_less_refused(limit: Limit) -> None:
    assert limit.check(limit.limit) == []
    assert any(finding.pointer.endswith(limit.pointer) for finding in limit.check(limit.limit - 1))
