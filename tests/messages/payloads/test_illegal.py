"""What never leaves, beyond the numbers: payloads that Slack refuses, or that would not do what they look like."""

import pytest

from messages.payloads import InvalidPayload, check_message, check_view
from tests.messages.payloads.samples import (
    Dict,
    actions,
    button,
    card,
    cell,
    chart,
    checkboxes,
    confirm,
    container,
    data_table,
    field,
    home,
    image,
    modal,
    mrkdwn,
    option,
    options,
    pie,
    plain,
    rich,
    said,
    section,
    select,
    table,
    typed,
    without,
)

RICH_CELL = rich()
NUMBER = {"type": "number_input", "action_id": "n", "is_decimal_allowed": False}
POINT = {"label": "Week 0", "value": 1}


def bars(*series: Dict, categories: tuple[str, ...] = ("Week 0",)) -> Dict:
    return said(chart({"type": "bar", "series": list(series), "axis_config": {"categories": list(categories)}}))


MESSAGES: dict[str, Dict] = {
    "no text": {"blocks": [section()]},
    "empty text": {"text": ""},
    "blank text": {"text": " \n"},
    "text that is no text": {"text": 7},
    "null text": {"text": None},
    "attachments": said(attachments=[]),
    "link_names": said(link_names=True),
    "parse full": said(parse="full"),
    "blocks that are no list": {"text": "Hi", "blocks": "[]"},
    "a block that is no object": {"text": "Hi", "blocks": ["divider"]},
    "a block without a type": said({"text": mrkdwn("Hi")}),
    "an unknown block": said({"type": "banner"}),
    "a block this bot has no scope for": said({"type": "video"}),
    "an alert in a message": said({"type": "alert", "text": plain("Hi")}),
    "an unknown field": said(section(colour="red")),
    "a null field": said(section(accessory=None)),
    "a section of nothing": said({"type": "section"}),
    "a section with empty text": said(section("")),
    "a section with no fields in it": said(section(fields=[])),
    "text without a type": said({"type": "section", "text": {"text": "Hi"}}),
    "text of an unknown type": said({"type": "section", "text": {"type": "markdown", "text": "Hi"}}),
    "a bare string for text": said({"type": "section", "text": "Hi"}),
    "emoji on mrkdwn": said({"type": "section", "text": mrkdwn("Hi") | {"emoji": True}}),
    "verbatim on plain_text": said({"type": "section", "text": plain("Hi") | {"verbatim": True}}),
    "an input as an accessory": said(section(accessory=typed())),
    "a datetimepicker as an accessory": said(section(accessory={"type": "datetimepicker", "action_id": "d"})),
    "mrkdwn in a header": said({"type": "header", "text": mrkdwn("Hi")}),
    "a fifth level of header": said({"type": "header", "text": plain("Hi"), "level": 5}),
    "no actions": said({"type": "actions", "elements": []}),
    "a typed field among actions": said(actions(typed())),
    "an image among actions": said(actions(image())),
    "no context": said({"type": "context", "elements": []}),
    "a button in context": said({"type": "context", "elements": [button()]}),
    "mrkdwn on a button": said(actions(button(text=mrkdwn("Go")))),
    "a button without text": said(actions(without(button(), "text"))),
    "a button of an unknown style": said(actions(button(style="default"))),
    "a button that runs a script": said(actions(button(url="javascript:alert(1)"))),
    "a button with an empty value": said(actions(button(value=""))),
    "a confirm without a way out": said(actions(button(confirm=without(confirm(), "deny")))),
    "a select without options": said(actions(without(select(), "options"))),
    "a select with no options in it": said(actions(select(options=[]))),
    "a select with options and groups": said(
        actions(select(option_groups=[{"label": plain("A"), "options": [option("other")]}]))
    ),
    "a group with no options in it": said(
        actions(without(select(option_groups=[{"label": plain("A"), "options": []}]), "options"))
    ),
    "mrkdwn in a menu": said(actions(select(options=[option(text=mrkdwn("Hi"))]))),
    "an option without a value": said(actions(select(options=[{"text": plain("Hi")}]))),
    "an address on a select's option": said(actions(select(options=[option(url="https://example.org")]))),
    "two options of one value": said(actions(select(options=[option("a"), option("a")]))),
    "two options of one value in two groups": said(
        actions(
            without(
                select(option_groups=[{"label": plain(name), "options": [option("a")]} for name in "AB"]), "options"
            )
        )
    ),
    "two checkboxes of one value": said(actions(checkboxes(options=[option("a"), option("a")]))),
    "an initial option of another value": said(actions(select(initial_option=option("other")))),
    "an initial option of other words": said(actions(select(initial_option=option("value-0") | {"text": plain("No")}))),
    "initial options not among the checkboxes": said(actions(checkboxes(initial_options=[option("other")]))),
    "no initial options in the list": said(actions(checkboxes(initial_options=[]))),
    "more chosen at first than may be chosen": said(
        actions(select(type="multi_static_select", initial_options=options(2), max_selected_items=1))
    ),
    "choosing none at most": said(actions(select(type="multi_static_select", max_selected_items=0))),
    "a date that does not exist": said(actions({"type": "datepicker", "action_id": "d", "initial_date": "2027-02-30"})),
    "a date written another way": said(actions({"type": "datepicker", "action_id": "d", "initial_date": "20270228"})),
    "a time that does not exist": said(actions({"type": "timepicker", "action_id": "t", "initial_time": "24:61"})),
    "a time with seconds": said(actions({"type": "timepicker", "action_id": "t", "initial_time": "09:30:00"})),
    "a moment in milliseconds": said(
        actions({"type": "datetimepicker", "action_id": "d", "initial_date_time": 1_800_000_000_000})
    ),
    "a moment that is a date": said(
        actions({"type": "datetimepicker", "action_id": "d", "initial_date_time": "2027-02-28"})
    ),
    "two blocks of one block_id": said(section(block_id="a"), section(block_id="a")),
    "one block_id in a container and outside": said(container(section(block_id="a")), section(block_id="a")),
    "two elements of one action_id": said(actions(button(), button())),
    "an image without alt_text": said(without(image(), "alt_text")),
    "an image from nowhere": said(without(image(), "image_url")),
    "an image from two places": said(image(slack_file={"id": "F012345"})),
    "an image that is no address": said(image(image_url="tree.png")),
    "a card of nothing": said({"type": "card", "subtitle": mrkdwn("Hi")}),
    "a card with a bare string": said({"type": "card", "title": "Ann"}),
    "a card with a menu": said(card(actions=[select()])),
    "a carousel of nothing": said({"type": "carousel", "elements": []}),
    "a section in a carousel": said({"type": "carousel", "elements": [section()]}),
    "a container without a title": said(without(container(), "title")),
    "a container in a container": said(container(container())),
    "a foldable container with a divider": said(container(is_collapsible=True, has_header_divider=True)),
    "rich text of nothing": said({"type": "rich_text", "elements": []}),
    "bare words in rich text": said(rich({"type": "text", "text": "Hi"})),
    "empty words in rich text": said(rich({"type": "rich_text_section", "elements": [{"type": "text", "text": ""}]})),
    "a mention in code": said(
        rich({"type": "rich_text_preformatted", "elements": [{"type": "user", "user_id": "U012345"}]})
    ),
    "a link that runs a script": said(
        rich({"type": "rich_text_section", "elements": [{"type": "link", "url": "javascript:alert(1)"}]})
    ),
    "an empty table": said({"type": "table", "rows": []}),
    "a table with an empty row": said({"type": "table", "rows": [[]]}),
    "an empty cell": said({"type": "table", "rows": [[cell("")]]}),
    "mrkdwn in a cell": said({"type": "table", "rows": [[mrkdwn("Hi")]]}),
    "a column of an unknown alignment": said(table(column_settings=[{"align": "justify"}])),
    "a data_table of a header alone": said(data_table(rows=1)),
    "a data_table without a caption": said(without(data_table(), "caption")),
    "a data_table of uneven rows": said(data_table() | {"rows": [[cell()], [cell(), cell()]]}),
    "rich text in a data_table's header": said(data_table() | {"rows": [[RICH_CELL], [cell()]]}),
    "pages of nothing": said(data_table(page_size=0)),
    "a number that is none": said(data_table() | {"rows": [[cell()], [{"type": "raw_number", "value": float("nan")}]]}),
    "an unknown chart": said(chart({"type": "donut", "segments": [{"label": "A", "value": 1}]})),
    "a slice of nothing": said(pie(segments=1, value=0)),
    "a bar chart without axes": said(chart({"type": "bar", "series": [{"name": "A", "data": [POINT]}]})),
    "two series of one name": bars({"name": "A", "data": [POINT]}, {"name": "A", "data": [POINT]}),
    "a series that misses a category": bars({"name": "A", "data": [POINT]}, categories=("Week 0", "Week 1")),
    "a point outside the categories": bars({"name": "A", "data": [POINT | {"label": "Week 9"}]}),
    "two categories of one name": bars({"name": "A", "data": [POINT, POINT]}, categories=("Week 0", "Week 0")),
    "metadata without a type": said(metadata={"event_payload": {}}),
    "metadata that holds an object": said(metadata={"event_type": "notice", "event_payload": {"who": {"id": "U1"}}}),
}

VIEWS: dict[str, Dict] = {
    "a view of no type": without(modal(), "type"),
    "a view of an unknown type": modal(type="workflow_step"),
    "a modal without a title": without(modal(), "title"),
    "a modal of nothing": modal() | {"blocks": []},
    "a modal with inputs and no submit": without(modal(), "submit"),
    "mrkdwn in a title": modal(title=mrkdwn("Goals")),
    "an unknown field of a modal": modal(private_metadta="{}"),
    "a table in a modal": modal(table()),
    "a chart in a modal": modal(pie()),
    "markdown in a modal": modal({"type": "markdown", "text": "Hi"}),
    "a carousel in a modal": modal({"type": "carousel", "elements": [card()]}),
    "an input without a label": modal(without(field(), "label")),
    "an input without an element": modal(without(field(), "element")),
    "a button as an input": modal(field(button())),
    "mrkdwn in a label": modal(field(label=mrkdwn("Goal"))),
    "two inputs of one block_id": modal(field(), field()),
    "two fields in focus": modal(field(typed(focus_on_load=True)), field(typed(focus_on_load=True), block_id="other")),
    "a shortest above the longest": modal(field(typed(min_length=10, max_length=9))),
    "a longest of nothing": modal(field(typed(max_length=0))),
    "true for a number": modal(field(typed(max_length=True))),
    "a number for true": modal(field(typed(multiline=1))),
    "a number input that does not say of what": modal(field(without(NUMBER, "is_decimal_allowed"))),
    "a smallest above the largest": modal(field(NUMBER | {"min_value": "9", "max_value": "10", "initial_value": "11"})),
    "a bound that is no text": modal(field(NUMBER | {"min_value": 9})),
    "a bound that is no number": modal(field(NUMBER | {"min_value": "nine"})),
    "no file at most": modal(field({"type": "file_input", "action_id": "f", "max_files": 0})),
    "files reported while choosing": modal(field({"type": "file_input", "action_id": "f"}, dispatch_action=True)),
    "reporting on an unknown key": modal(
        field(typed(dispatch_action_config={"trigger_actions_on": ["on_escape_pressed"]}))
    ),
    "a filter of an unknown conversation": modal(
        field({"type": "conversations_select", "action_id": "c", "filter": {"include": ["dm"]}})
    ),
    "no people chosen at first": modal(field({"type": "multi_users_select", "action_id": "u", "initial_users": []})),
    "a home with a title": home(section(), title=plain("Home")),
    "a home with a submit": home(section(), submit=plain("Save")),
    "a home without blocks": {"type": "home"},
    "an alert in a home": home({"type": "alert", "text": plain("Hi")}),
    "a data_table in a home": home(data_table()),
}


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_is_refused(name: str) -> None:
    with pytest.raises(InvalidPayload) as refused:
        check_message(MESSAGES[name])
    assert len(refused.value.problems) == 1, "a second reason could hide that the first is gone"


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_is_refused(name: str) -> None:
    with pytest.raises(InvalidPayload) as refused:
        check_view(VIEWS[name])
    assert len(refused.value.problems) == 1, "a second reason could hide that the first is gone"
