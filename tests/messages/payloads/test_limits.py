"""Every number: the last that may be sent, and the first that may not."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from messages.payloads import InvalidPayload, check_message, check_view, limits
from tests.messages.payloads.samples import (
    Dict,
    actions,
    bar,
    button,
    card,
    cell,
    chart,
    checkboxes,
    confirm,
    container,
    data_table,
    field,
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
)

Build = Callable[[int], Dict]
Check = Callable[[Mapping[str, Any]], None]


def x(count: int) -> str:
    return "x" * count


def _groups(count: int) -> list[Dict]:
    return [{"label": plain("Group"), "options": [option(f"v{index}")]} for index in range(count)]


def _distinct_buttons(count: int) -> list[Dict]:
    return [button(action_id=f"go-{index}") for index in range(count)]


def _list(indent: int) -> Dict:
    paragraph = {"type": "rich_text_section", "elements": [{"type": "text", "text": "Hello"}]}
    return {"type": "rich_text_list", "style": "bullet", "indent": indent, "elements": [paragraph]}


IN_MESSAGES: dict[str, tuple[int, Build]] = {
    "message text": (4000, lambda n: {"text": x(n)}),
    "blocks in a message": (50, lambda n: said(*[{"type": "divider"}] * n)),
    "characters of markdown in a message": (
        12_000,
        lambda n: said({"type": "markdown", "text": x(6000)}, {"type": "markdown", "text": x(n - 6000)}),
    ),
    "characters in all of a message": (13_000, lambda n: said(*[section(x(3000))] * 4, section(x(n - 12_000)))),
    "characters in the tables of a message": (
        10_000,
        lambda n: said(table() | {"rows": [[cell(x(5000))], [cell(x(n - 5000))]]}),
    ),
    "tables in a message": (1, lambda n: said(table(), *[data_table()] * (n - 1))),
    "charts in a message": (2, lambda n: said(*[pie()] * n)),
    "metadata value": (
        255,
        lambda n: {"text": "Hi", "metadata": {"event_type": "notice", "event_payload": {"id": x(n)}}},
    ),
    "block_id": (255, lambda n: said(section(block_id=x(n)))),
    "action_id": (255, lambda n: said(actions(button(action_id=x(n))))),
    "section text": (3000, lambda n: said(section(x(n)))),
    "section field": (2000, lambda n: said({"type": "section", "fields": [mrkdwn(x(n))]})),
    "section fields": (10, lambda n: said({"type": "section", "fields": [mrkdwn("Hi")] * n})),
    "header": (150, lambda n: said({"type": "header", "text": plain(x(n))})),
    "context text": (3000, lambda n: said({"type": "context", "elements": [mrkdwn(x(n))]})),
    "context elements": (10, lambda n: said({"type": "context", "elements": [mrkdwn("Hi")] * n})),
    "actions": (25, lambda n: said(actions(*_distinct_buttons(n)))),
    "context actions": (
        5,
        lambda n: said(
            {
                "type": "context_actions",
                "elements": [
                    {"type": "icon_button", "icon": "trash", "text": plain("Delete"), "action_id": f"delete-{index}"}
                    for index in range(n)
                ],
            }
        ),
    ),
    "image alt_text": (2000, lambda n: said(image(alt_text=x(n)))),
    "image title": (2000, lambda n: said(image(title=plain(x(n))))),
    "image_url": (3000, lambda n: said(image(image_url="https://a.org/" + x(n - 14)))),
    "button text": (75, lambda n: said(actions(button(text=plain(x(n)))))),
    "button value": (2000, lambda n: said(actions(button(value=x(n))))),
    "button url": (3000, lambda n: said(actions(button(url="https://a.org/" + x(n - 14))))),
    "button accessibility_label": (75, lambda n: said(actions(button(accessibility_label=x(n))))),
    "confirm title": (100, lambda n: said(actions(button(confirm=confirm(title=plain(x(n))))))),
    "confirm text": (300, lambda n: said(actions(button(confirm=confirm(text=plain(x(n))))))),
    "confirm button": (30, lambda n: said(actions(button(confirm=confirm(confirm=plain(x(n))))))),
    "deny button": (30, lambda n: said(actions(button(confirm=confirm(deny=plain(x(n))))))),
    "option text": (75, lambda n: said(actions(select(options=[option(text=plain(x(n)))])))),
    "option value": (150, lambda n: said(actions(select(options=[option(x(n))])))),
    "option description": (75, lambda n: said(actions(select(options=[option(description=plain(x(n)))])))),
    "options": (100, lambda n: said(actions(select(options=options(n))))),
    "checkboxes": (10, lambda n: said(actions(checkboxes(options=options(n))))),
    "radio buttons": (10, lambda n: said(actions(checkboxes(options=options(n), type="radio_buttons")))),
    "overflow options": (5, lambda n: said(actions({"type": "overflow", "action_id": "o", "options": options(n)}))),
    "card title": (150, lambda n: said(card(title=mrkdwn(x(n))))),
    "card subtitle": (150, lambda n: said(card(subtitle=mrkdwn(x(n))))),
    "card body": (200, lambda n: said(card(body=mrkdwn(x(n))))),
    "card actions": (3, lambda n: said(card(actions=_distinct_buttons(n)))),
    "carousel cards": (10, lambda n: said({"type": "carousel", "elements": [card()] * n})),
    "container title": (150, lambda n: said(container(title=plain(x(n))))),
    "container blocks": (10, lambda n: said(container(*[section()] * n))),
    "list indent": (8, lambda n: said(rich(_list(n)))),
    "table rows": (100, lambda n: said(table(rows=n))),
    "table columns": (20, lambda n: said(table(columns=n))),
    "column settings": (20, lambda n: said(table(column_settings=[None] * n))),
    "data_table rows": (101, lambda n: said(data_table(rows=n))),
    "data_table columns": (20, lambda n: said(data_table(columns=n))),
    "data_table page_size": (100, lambda n: said(data_table(page_size=n))),
    "data_table row header": (1, lambda n: said(data_table(columns=2, row_header_column_index=n))),
    "chart title": (50, lambda n: said(pie() | {"title": x(n)})),
    "chart label": (20, lambda n: said(pie(label=x(n)))),
    "chart segments": (6, lambda n: said(pie(segments=n))),
    "chart series": (6, lambda n: said(bar(series=n))),
    "chart categories": (20, lambda n: said(bar(categories=n))),
    "chart x_label": (50, lambda n: said(bar(x_label=x(n)))),
    "chart y_label": (50, lambda n: said(bar(y_label=x(n)))),
}

IN_MODALS: dict[str, tuple[int, Build]] = {
    "blocks in a modal": (100, lambda n: modal(*[{"type": "divider"}] * n)),
    "modal title": (24, lambda n: modal(title=plain(x(n)))),
    "modal submit": (24, lambda n: modal(submit=plain(x(n)))),
    "modal close": (24, lambda n: modal(close=plain(x(n)))),
    "callback_id": (255, lambda n: modal(callback_id=x(n))),
    "external_id": (255, lambda n: modal(external_id=x(n))),
    "private_metadata": (3000, lambda n: modal(private_metadata=x(n))),
    "alert": (200, lambda n: modal({"type": "alert", "text": plain(x(n))})),
    "input label": (2000, lambda n: modal(field(label=plain(x(n))))),
    "input hint": (2000, lambda n: modal(field(hint=plain(x(n))))),
    "placeholder": (150, lambda n: modal(field(typed(placeholder=plain(x(n)))))),
    "max_length": (3000, lambda n: modal(field(typed(max_length=n)))),
    "min_length": (3000, lambda n: modal(field(typed(min_length=n)))),
    "initial_value": (3000, lambda n: modal(field(typed(initial_value=x(n))))),
    "max_files": (10, lambda n: modal(field({"type": "file_input", "action_id": "f", "max_files": n}))),
    "option groups": (
        100,
        lambda n: modal(field({"type": "static_select", "action_id": "s", "option_groups": _groups(n)})),
    ),
    "group label": (
        75,
        lambda n: modal(
            field(
                {
                    "type": "static_select",
                    "action_id": "s",
                    "option_groups": [{"label": plain(x(n)), "options": options(1)}],
                }
            )
        ),
    ),
}

LIMITS = [
    pytest.param(most, build, check, id=name)
    for table_of, check in ((IN_MESSAGES, check_message), (IN_MODALS, check_view))
    for name, (most, build) in table_of.items()
]


@pytest.mark.parametrize(("most", "build", "check"), LIMITS)
def test_the_last_that_fits_is_sent(most: int, build: Build, check: Check) -> None:
    check(build(most))


@pytest.mark.parametrize(("most", "build", "check"), LIMITS)
def test_the_first_too_many_is_refused(most: int, build: Build, check: Check) -> None:
    with pytest.raises(InvalidPayload):
        check(build(most + 1))


def test_a_problem_says_where_and_how_much() -> None:
    with pytest.raises(InvalidPayload) as refused:
        check_message(said(section(), {"type": "divider"}, section(x(3211))))
    assert refused.value.problems == ("blocks[2].text.text: 3211 characters, at most 3000",)


def test_every_problem_is_named_at_once() -> None:
    with pytest.raises(InvalidPayload) as refused:
        check_view(modal(field(label=plain(""), hint=plain(x(2001))), title=plain(x(25))))
    assert sorted(refused.value.problems) == [
        "blocks[0].hint.text: 2001 characters, at most 2000",
        "blocks[0].label.text: 0 characters, at least 1",
        "title.text: 25 characters, at most 24",
    ]


def test_an_emoji_counts_as_two_characters() -> None:
    check_view(modal(title=plain("🌱" * (limits.VIEW_TITLE // 2))))
    with pytest.raises(InvalidPayload):
        check_view(modal(title=plain("🌱" * (limits.VIEW_TITLE // 2) + "x")))


def test_a_home_holds_a_hundred_blocks() -> None:
    check_view({"type": "home", "blocks": [{"type": "divider"}] * 100})
    with pytest.raises(InvalidPayload, match="101 items, at most 100"):
        check_view({"type": "home", "blocks": [{"type": "divider"}] * 101})


def test_a_chart_of_nothing_is_refused() -> None:
    with pytest.raises(InvalidPayload, match="0 items, at least 1"):
        check_message(said(chart({"type": "pie", "segments": []})))


def test_a_view_is_counted_in_bytes_as_a_whole() -> None:
    fits = modal(*[section("é" * 1215)] * 100)
    check_view(fits)
    with pytest.raises(InvalidPayload, match="bytes, at most 250000"):
        check_view(modal(*[section("é" * 1300)] * 100))
