"""Views, messages as a whole, and responses to a submitted view."""

import pytest

from sandbox.block_kit import Problem, check_acknowledgement, check_errors, check_message, check_view
from tests.sandbox.block_kit.payloads import (
    Json,
    actions,
    button,
    entry,
    home,
    lines,
    menu,
    modal,
    mrkdwn,
    plain,
    section,
)

FULL_MODAL = modal(
    section(block_id="intro"),
    entry(block_id="name"),
    entry(menu(focus_on_load=True), block_id="choice", optional=True, dispatch_action=True, hint=plain()),
    close=plain("Cancel"),
    private_metadata="{}",
    callback_id="form",
    external_id="form-1",
    clear_on_close=False,
    notify_on_close=True,
)


def found(findings: list[Problem]) -> list[tuple[str, str]]:
    return [(each.pointer, each.error) for each in findings]


def test_a_modal_with_everything_passes() -> None:
    assert check_view(FULL_MODAL, "modal") == []


def test_an_empty_home_passes() -> None:
    assert check_view(home(), "home") == []


def test_a_modal_with_inputs_needs_a_submit_button() -> None:
    view = modal(section(), entry())
    del view["submit"]
    assert lines(check_view(view)) == [
        "[ERROR] must define `submit` to use an `input` block in modals [json-pointer:/view/blocks/1/input]"
    ]


def test_a_modal_without_inputs_needs_no_submit_button() -> None:
    view = modal(section(), actions(button()))
    del view["submit"]
    assert check_view(view) == []


def test_a_home_takes_inputs_without_a_submit_button() -> None:
    assert check_view(home(entry(dispatch_action=True))) == []


VIEWS_REFUSED = {
    "no object": ("modal", "/view"),
    "no type": ({"blocks": []}, "/view"),
    "an unknown type": ({"type": "dialog", "blocks": []}, "/view/type"),
    "no title": ({"type": "modal", "blocks": []}, "/view"),
    "no blocks": ({"type": "home"}, "/view"),
    "a mrkdwn title": (modal(title=mrkdwn()), "/view/title/type"),
    "a mrkdwn submit": (modal(submit=mrkdwn()), "/view/submit/type"),
    "a submit that is a word": (modal(submit="Send"), "/view/submit"),
    "a home with a title": (home(title=plain()), "/view"),
    "fields that Slack added to a view": (modal(id="V1"), "/view"),
    "a flag that is a word": (modal(notify_on_close="yes"), "/view/notify_on_close"),
    "private_metadata that is an object": (modal(private_metadata={}), "/view/private_metadata"),
    "two elements that take the focus": (
        modal(entry(menu(focus_on_load=True)), section(accessory=menu(focus_on_load=True))),
        "/view/blocks/1/accessory/focus_on_load",
    ),
    "an action that takes the focus as well": (
        modal(entry(menu(focus_on_load=True)), actions(menu(focus_on_load=True))),
        "/view/blocks/1/elements/0/focus_on_load",
    ),
}


@pytest.mark.parametrize(("view", "pointer"), VIEWS_REFUSED.values(), ids=VIEWS_REFUSED.keys())
def test_a_view_is_refused_with(view: object, pointer: str) -> None:
    assert found(check_view(view))[-1] == (pointer, "invalid_arguments")


def test_a_view_of_the_wrong_type_is_refused() -> None:
    assert lines(check_view(home(), "modal")) == ["[ERROR] unsupported type: home [json-pointer:/view/type]"]
    assert lines(check_view(modal(), "home")) == ["[ERROR] unsupported type: modal [json-pointer:/view/type]"]


def test_problems_inside_a_view_follow_the_one_about_the_view() -> None:
    assert lines(check_view(modal(private_metadata="x" * 3001))) == [
        "[ERROR] failed to match all allowed schemas [json-pointer:/view]",
        "[ERROR] must be less than 3001 characters [json-pointer:/view/private_metadata]",
    ]


def test_a_view_past_250_kilobytes_is_too_large() -> None:
    assert check_view(home(*[section("x" * 2400)] * 100)) == []
    assert found(check_view(home(*[section("é" * 2400)] * 100))) == [("/view", "view_too_large")]


def test_errors_belong_to_input_blocks_of_the_view() -> None:
    assert check_errors(FULL_MODAL, {"name": "Please give a name.", "choice": "Please choose."}) == []


@pytest.mark.parametrize(
    ("errors", "pointer"),
    [
        ({"intro": "A section shows no error."}, "/errors/intro"),
        ({"nobody": "There is no such block."}, "/errors/nobody"),
        ({"name": "", "choice": "Fine"}, "/errors/name"),
        ({"name": ["A list"]}, "/errors/name"),
        ({"a/b~c": "Pointers escape."}, "/errors/a~1b~0c"),
        ({}, "/errors"),
        ("Everything", "/errors"),
    ],
)
def test_errors_are_refused_at(errors: object, pointer: str) -> None:
    assert [each.pointer for each in check_errors(FULL_MODAL, errors)] == [pointer]


@pytest.mark.parametrize(
    "answer",
    [
        None,
        "",
        {},
        {"response_action": "clear"},
        {"response_action": "errors", "errors": {"name": "Please give a name."}},
        {"response_action": "update", "view": FULL_MODAL},
        {"response_action": "push", "view": modal()},
    ],
)
def test_an_acknowledgement_passes(answer: object) -> None:
    assert check_acknowledgement(FULL_MODAL, answer) == []


@pytest.mark.parametrize(
    ("answer", "pointer"),
    [
        ("ok", ""),
        ({"text": "Thanks"}, ""),
        ({"response_action": "close"}, "/response_action"),
        ({"response_action": None}, "/response_action"),
        ({"response_action": ["clear"]}, "/response_action"),
        ({"response_action": "clear", "view": modal()}, ""),
        ({"response_action": "errors"}, ""),
        ({"response_action": "errors", "errors": {"intro": "Not here."}}, "/errors/intro"),
        ({"response_action": "update"}, ""),
        ({"response_action": "update", "view": modal(title=plain("x" * 25))}, "/view/title/text"),
        ({"response_action": "push", "view": home()}, "/view/type"),
    ],
)
def test_an_acknowledgement_is_refused_at(answer: object, pointer: str) -> None:
    assert check_acknowledgement(FULL_MODAL, answer)[-1].pointer == pointer


MESSAGES = {
    "text alone": ({"text": "Hello"}, []),
    "blocks alone": ({"blocks": [section()]}, []),
    "text and no blocks": ({"text": "Hello", "blocks": []}, []),
    "null for what is absent": ({"text": "Hello", "blocks": None, "attachments": None, "metadata": None}, []),
    "no attachments": ({"text": "Hello", "attachments": []}, []),
    "metadata": ({"text": "Hello", "metadata": {"event_type": "sent", "event_payload": {"id": "1"}}}, []),
    "metadata taken away": ({"text": "Hello", "metadata": {}}, []),
    "other arguments": ({"text": "Hello", "channel": "C1", "unfurl_links": False}, []),
    "nothing": ({}, [("/text", "no_text")]),
    "only spaces": ({"text": " \n"}, [("/text", "no_text")]),
    "no blocks and no text": ({"blocks": []}, [("/text", "no_text")]),
    "text that is no string": ({"text": 1}, [("/text", "invalid_arguments")]),
    "blocks that are no array": ({"text": "Hello", "blocks": "[]"}, [("/blocks", "invalid_blocks_format")]),
    "blocks that are an object": ({"text": "Hello", "blocks": section()}, [("/blocks", "invalid_blocks_format")]),
    "attachments": ({"text": "Hello", "attachments": [{"text": "Old"}]}, [("/attachments", "invalid_attachments")]),
    "metadata that is no object": ({"text": "Hello", "metadata": "id"}, [("/metadata", "invalid_metadata_format")]),
    "metadata without a payload": (
        {"text": "Hello", "metadata": {"event_type": "sent"}},
        [("/metadata", "invalid_metadata_format")],
    ),
    "metadata without a type": (
        {"text": "Hello", "metadata": {"event_payload": {}}},
        [("/metadata", "invalid_metadata_format")],
    ),
    "a payload that is no object": (
        {"text": "Hello", "metadata": {"event_type": "sent", "event_payload": "1"}},
        [("/metadata/event_payload", "invalid_metadata_format")],
    ),
    "too much metadata": (
        {"text": "Hello", "metadata": {"event_type": "sent", "event_payload": {"id": "x" * 16_000}}},
        [("/metadata", "metadata_too_large")],
    ),
    "too many characters in all": (
        {"text": "Hello", "blocks": [section("x" * 2700)] * 5},
        [("/blocks", "msg_blocks_too_long")],
    ),
}


@pytest.mark.parametrize(("payload", "findings"), MESSAGES.values(), ids=MESSAGES.keys())
def test_a_message_with(payload: Json, findings: list[tuple[str, str]]) -> None:
    assert found(check_message(payload)) == findings
