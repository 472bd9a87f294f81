"""Problems other than sizes: wrong types, missing and unknown fields, and conflicting fields."""

import pytest

from sandbox.block_kit import Problem
from tests.sandbox.block_kit.payloads import (
    Json,
    actions,
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
    in_home,
    in_message,
    in_modal,
    lines,
    menu,
    mrkdwn,
    option,
    options,
    pie,
    plain,
    rich_text,
    section,
    video,
)


def multi(**more: object) -> Json:
    return menu("multi_static_select", **more)


def with_accessory(element: Json) -> Json:
    return section(accessory=element)


def listed(*items: Json) -> Json:
    return {"type": "rich_text", "elements": [{"type": "rich_text_list", "style": "bullet", "elements": list(items)}]}


LINES_OF_SLACK = [
    (section("x" * 3001), "must be less than 3001 characters", "/text/text"),
    (section("x" * 3001), "failed to match all allowed schemas", "/text"),
    ({"type": "header", "text": mrkdwn()}, "unsupported type: mrkdwn", "/text/type"),
    ({"type": "carousell"}, "unsupported type: carousell", "/type"),
    ({"text": plain()}, "missing required field: type", ""),
    ({"type": "divider", "text": plain()}, "invalid additional property: text", ""),
    (section(fields=["words"]), "must provide an object", "/fields/0"),
    (with_accessory({"type": "image", "alt_text": "A cat"}), "missing required field: image_url", "/accessory"),
    (actions(button(style=None)), "must provide a string", "/elements/0/style"),
    (with_accessory(menu(initial_option=None)), "must provide an object", "/accessory/initial_option"),
    (actions(button(action_id="a"), button(action_id="a")), '`action_id` "a" already exists', "/elements/1/action_id"),
    (card(slack_icon={"type": "icon"}), "missing required field: name", "/slack_icon"),
]


@pytest.mark.parametrize(("block", "message", "pointer"), LINES_OF_SLACK)
def test_a_problem_is_formatted_as_slack_formats_it(block: Json, message: str, pointer: str) -> None:
    assert f"[ERROR] {message} [json-pointer:/blocks/0{pointer}]" in lines(in_message(block))


REFUSED = {
    "a block that is no object": ("section", ""),
    "a type that is no string": ({"type": 1}, "/type"),
    "a null type": ({"type": None}, "/type"),
    "a section with neither text nor fields": ({"type": "section"}, ""),
    "a text without its text": ({"type": "section", "text": {"type": "mrkdwn"}}, "/text"),
    "emoji in mrkdwn": (section() | {"text": {**mrkdwn(), "emoji": True}}, "/text"),
    "verbatim in plain text": (section() | {"text": {**plain(), "verbatim": True}}, "/text"),
    "a text object inside a string": (section() | {"text": "words"}, "/text"),
    "expand as a word": (section(expand="yes"), "/expand"),
    "elements that are no array": ({"type": "actions", "elements": {}}, "/elements"),
    "a mrkdwn button": (actions({"type": "button", "text": mrkdwn()}), "/elements/0/text/type"),
    "an unknown style": (actions(button(style="huge")), "/elements/0/style"),
    "a link without a scheme": (actions(button(url="example.com")), "/elements/0/url"),
    "a confirm without a way out": (
        actions(button(confirm={"title": plain(), "text": plain()})),
        "/elements/0/confirm",
    ),
    "a confirm with a mrkdwn title": (
        actions(button(confirm={**confirm(), "title": mrkdwn()})),
        "/elements/0/confirm/title/type",
    ),
    "a mrkdwn placeholder": (with_accessory(menu(placeholder=mrkdwn())), "/accessory/placeholder/type"),
    "a mrkdwn option of a menu": (
        with_accessory(menu(options=[{"text": mrkdwn(), "value": "1"}])),
        "/accessory/options/0/text/type",
    ),
    "a link on an option outside an overflow menu": (
        with_accessory(menu(options=[option(url="https://example.com")])),
        "/accessory/options/0",
    ),
    "an option without a value": (with_accessory(menu(options=[{"text": plain()}])), "/accessory/options/0"),
    "two options of the same value": (
        with_accessory(menu(options=[option("1", "One"), option("1", "Uno")])),
        "/accessory/options/1/value",
    ),
    "the same value in two groups": (
        with_accessory({"type": "static_select", "option_groups": [group(), group()]}),
        "/accessory/option_groups/1/options/0/value",
    ),
    "two checkboxes of the same value": (
        with_accessory(menu("checkboxes", options=[option(), option()])),
        "/accessory/options/1/value",
    ),
    "a menu with neither options nor groups": (with_accessory({"type": "static_select"}), "/accessory"),
    "a menu with options and groups": (with_accessory(menu(option_groups=[group()])), "/accessory"),
    "an initial option that is not offered": (
        with_accessory(menu(initial_option=option("9"))),
        "/accessory/initial_option",
    ),
    "an initial option that is worded otherwise": (
        with_accessory(menu("radio_buttons", initial_option=option("1", "Uno"))),
        "/accessory/initial_option",
    ),
    "an initial option that no group offers": (
        with_accessory({"type": "static_select", "option_groups": [group()], "initial_option": option("a1")}),
        "/accessory/initial_option",
    ),
    "initial options of which one is not offered": (
        with_accessory(menu("checkboxes", initial_options=[*options(1), option("9")])),
        "/accessory/initial_options/1",
    ),
    "the same initial option twice": (
        with_accessory(multi(initial_options=options(1) * 2)),
        "/accessory/initial_options/1/value",
    ),
    "no initial option in a list of them": (with_accessory(multi(initial_options=[])), "/accessory/initial_options"),
    "more chosen than may be chosen": (
        with_accessory(multi(initial_options=options(2), max_selected_items=1)),
        "/accessory/initial_options",
    ),
    "more people chosen than may be chosen": (
        with_accessory({"type": "multi_users_select", "initial_users": ["U1", "U2"], "max_selected_items": 1}),
        "/accessory/initial_users",
    ),
    "several users where one is chosen": (
        with_accessory({"type": "users_select", "initial_users": ["U1"]}),
        "/accessory",
    ),
    "an empty filter": (with_accessory({"type": "conversations_select", "filter": {}}), "/accessory/filter"),
    "an unknown kind of conversation": (
        with_accessory({"type": "conversations_select", "filter": {"include": ["dm"]}}),
        "/accessory/filter/include/0",
    ),
    "the same kind of conversation twice": (
        with_accessory({"type": "conversations_select", "filter": {"include": ["im", "im"]}}),
        "/accessory/filter/include/1",
    ),
    "a date in words": (with_accessory({"type": "datepicker", "initial_date": "today"}), "/accessory/initial_date"),
    "a date that does not exist": (
        with_accessory({"type": "datepicker", "initial_date": "2027-02-29"}),
        "/accessory/initial_date",
    ),
    "a time past midnight": (
        with_accessory({"type": "timepicker", "initial_time": "24:00"}),
        "/accessory/initial_time",
    ),
    "a time of one digit": (with_accessory({"type": "timepicker", "initial_time": "9:30"}), "/accessory/initial_time"),
    "a time zone that does not exist": (
        with_accessory({"type": "timepicker", "timezone": "Europe/Atlantis"}),
        "/accessory/timezone",
    ),
    "a moment in milliseconds": (
        actions({"type": "datetimepicker", "initial_date_time": 1_628_633_820_000}),
        "/elements/0/initial_date_time",
    ),
    "a moment with a fraction": (
        actions({"type": "datetimepicker", "initial_date_time": 1_628_633_820.5}),
        "/elements/0/initial_date_time",
    ),
    "an image both from the web and from Slack": (image(slack_file={"id": "F1"}), ""),
    "an image without a description": ({"type": "image", "image_url": "https://example.com/cat.png"}, ""),
    "an image that is not on the web": (image(image_url="file:///cat.png"), "/image_url"),
    "a Slack file named twice": (
        {"type": "image", "alt_text": "A cat", "slack_file": {"id": "F1", "url": "https://files.slack.com/F1"}},
        "/slack_file",
    ),
    "a video that is not on https": (video(video_url="http://example.com/v"), "/video_url"),
    "an unknown rich text element": (rich_text({"type": "shout", "text": "x"}), "/elements/0/elements/0/type"),
    "an unknown rich text style": (
        rich_text({"type": "text", "text": "x", "style": {"blink": True}}),
        "/elements/0/elements/0/style",
    ),
    "a list within a list": (
        listed({"type": "rich_text_list", "style": "bullet", "elements": []}),
        "/0/elements/0/type",
    ),
    "rows that are no arrays": ({"type": "table", "rows": [cell()]}, "/rows/0"),
    "rows of unequal length": (data_table(rows=[[cell()], [cell(), cell()]]), "/rows/1"),
    "a rich text header cell": (data_table(rows=[[rich_text()], [cell()]]), "/rows/0/0/type"),
    "a row header beyond the columns": (data_table(row_header_column_index=1), "/row_header_column_index"),
    "a data table without a caption": ({"type": "data_table", "rows": [[cell()], [cell()]]}, ""),
    "a number cell without a number": (data_table(rows=[[cell()], [{"type": "raw_number", "text": "1"}]]), "/rows/1/0"),
    "an unknown chart": (chart({"type": "donut", "segments": []}), "/chart/type"),
    "a slice of nothing": (chart(pie(value=0)), "/chart/segments/0/value"),
    "a chart without axes": (chart({"type": "line", "series": bars()["series"]}), "/chart"),
    "two series of the same name": (
        chart(bars() | {"series": bars()["series"] * 2}),
        "/chart/series/1/name",
    ),
    "the same category twice": (
        chart(bars() | {"axis_config": {"categories": ["C0", "C0"]}}),
        "/chart/axis_config/categories/1",
    ),
    "a point outside the categories": (
        chart(bars() | {"axis_config": {"categories": ["Other"]}}),
        "/chart/series/0/data",
    ),
    "a category without a point": (
        chart(bars() | {"axis_config": {"categories": ["C0", "C1"]}}),
        "/chart/series/0/data",
    ),
    "an empty card": ({"type": "card", "subtitle": plain()}, ""),
    "a card with two icons": (card(icon=image(), slack_icon={"type": "icon", "name": "book"}), ""),
    "a card with a menu": (card(actions=[menu()]), "/actions/0/type"),
    "a carousel of sections": ({"type": "carousel", "elements": [section()]}, "/elements/0/type"),
    "a container in a container": (container(container()), "/child_blocks/0/type"),
    "an input in a container": (container(entry()), "/child_blocks/0/type"),
    "a container without a title": ({"type": "container", "child_blocks": [section()]}, ""),
    "an unknown width": (container(width="huge"), "/width"),
}


@pytest.mark.parametrize(("block", "pointer"), REFUSED.values(), ids=REFUSED.keys())
def test_a_message_is_refused_with(block: Json, pointer: str) -> None:
    findings = in_message(block)
    assert findings[-1].pointer.startswith("/blocks/0")
    assert findings[-1].pointer.endswith(pointer)
    assert {finding.error for finding in findings} == {"invalid_blocks"}


@pytest.mark.parametrize("check", [in_message, in_modal, in_home])
def test_block_ids_are_unique_on_every_surface(check: object) -> None:
    assert callable(check)
    assert check(section(block_id="a"), section(block_id="b"), section(), section()) == []
    findings: list[Problem] = check(section(block_id="a"), section(block_id="b"), section(block_id="a"))
    assert [(each.pointer[-18:], each.message) for each in findings] == [
        ("/blocks/2/block_id", '`block_id` "a" already exists')
    ]


def test_block_ids_of_nested_blocks_count() -> None:
    findings = in_message(section(block_id="a"), container(section(block_id="a")))
    assert [each.pointer for each in findings] == ["/blocks/1/child_blocks/0/block_id"]


def test_the_same_action_id_in_two_blocks_is_fine() -> None:
    assert in_message(actions(button(action_id="a")), actions(button(action_id="a"))) == []


def test_a_message_holds_one_table_of_either_kind() -> None:
    findings = in_message({"type": "table", "rows": [[cell()]]}, data_table())
    assert [(each.pointer, each.message, each.error) for each in findings] == [
        ("/blocks/1", "only_one_table_allowed", "invalid_attachments")
    ]


def test_every_problem_of_a_block_is_listed() -> None:
    findings = in_message({"type": "header", "text": mrkdwn(), "colour": "red"}, {"type": "divider", "size": 1})
    assert [each.pointer for each in findings] == ["/blocks/0", "/blocks/0/text/type", "/blocks/1"]
