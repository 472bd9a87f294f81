"""Answers to Slack: to a command, to a submitted modal, to a response_url; and a message as it is handed over."""

import json
from types import MappingProxyType

import pytest

from messages.payloads import (
    InvalidPayload,
    Message,
    check_command_ack,
    check_message,
    check_response_action,
    check_response_url,
    message,
)
from tests.messages.payloads.samples import Dict, field, home, modal, plain, said, section, typed, without

# A submitted modal as Slack sends it back, with fields of Slack's own.
SUBMITTED = modal(section(block_id="intro"), field(), field(typed(), block_id="why")) | {
    "id": "V012345",
    "team_id": "T012345",
    "hash": "156772938.1827394",
    "state": {"values": {"goal": {"typed": {"type": "plain_text_input", "value": "Learn to say no"}}}},
}


def errors(**sentences: str) -> Dict:
    return {"response_action": "errors", "errors": sentences}


@pytest.mark.parametrize(
    "ack",
    [
        {},
        {"response_action": "clear"},
        errors(goal="Please give a date in the future."),
        errors(goal="x" * 2000, why="Please say why."),
        {"response_action": "update", "view": modal()},
        {"response_action": "push", "view": modal(section())},
    ],
)
def test_a_modal_is_answered(ack: Dict) -> None:
    check_response_action(SUBMITTED, ack)


@pytest.mark.parametrize(
    ("ack", "problem"),
    [
        ({"errors": {"goal": "No."}}, "response_action: not one of errors, update, push, clear"),
        ({"response_action": "close"}, "response_action: not one of errors, update, push, clear"),
        ({"response_action": "errors"}, "errors: missing"),
        (errors(), "errors: not an object with an error in it"),
        (errors(intro="Sorry."), "errors, block 0: not an input of the modal"),
        (errors(goal="Sorry.", mystery="Sorry."), "errors, block 1: not an input of the modal"),
        (errors(goal=""), "errors, block 0: 0 characters, at least 1"),
        (errors(goal="  "), "errors, block 0: not a sentence"),
        (errors(goal="x" * 2001), "errors, block 0: 2001 characters, at most 2000"),
        ({"response_action": "update"}, "view: missing"),
        ({"response_action": "update", "view": home()}, "view.type: not a type that may stand here"),
        ({"response_action": "push", "view": without(modal(), "submit")}, "view: has inputs and no submit"),
        (
            {"response_action": "push", "view": modal(title=plain("x" * 25))},
            "view.title.text: 25 characters, at most 24",
        ),
        ({"response_action": "clear", "view": modal()}, "payload: 1 unknown field, where none may stand"),
    ],
)
def test_a_wrong_answer_to_a_modal_is_refused(ack: Dict, problem: str) -> None:
    with pytest.raises(InvalidPayload) as refused:
        check_response_action(SUBMITTED, ack)
    assert refused.value.problems == (problem,)


@pytest.mark.parametrize("ack", [{}, {"text": "Done."}, said(response_type="in_channel")])
def test_a_command_is_acknowledged(ack: Dict) -> None:
    check_command_ack(ack)


@pytest.mark.parametrize(
    "ack",
    [
        {"response_type": "ephemeral"},
        said(response_type="private"),
        said(replace_original=True),
        said(metadata={"event_type": "notice", "event_payload": {}}),
        said(*[section()] * 51),
    ],
)
def test_a_wrong_acknowledgement_of_a_command_is_refused(ack: Dict) -> None:
    with pytest.raises(InvalidPayload):
        check_command_ack(ack)


@pytest.mark.parametrize(
    "payload", [said(), said(replace_original=True, response_type="ephemeral"), {"delete_original": True}]
)
def test_a_response_url_takes_a_message_or_a_deletion(payload: Dict) -> None:
    check_response_url(payload)


@pytest.mark.parametrize(
    "payload",
    [{}, {"replace_original": True}, said(delete_original=True), said(replace_original="true"), said(channel="C1")],
)
def test_a_response_url_takes_nothing_else(payload: Dict) -> None:
    with pytest.raises(InvalidPayload):
        check_response_url(payload)


def test_a_message_may_be_checked_with_its_address() -> None:
    check_message(said(channel="D012345", thread_ts="1700000000.000100", unfurl_links=False))


def test_a_message_hands_over_plain_dicts_of_its_own() -> None:
    block = MappingProxyType({"type": "section", "fields": (MappingProxyType(plain("Hi")),)})
    spoken = Message("Hello", (block,), metadata=MappingProxyType({"event_type": "n", "event_payload": {"id": "1"}}))
    payload = spoken.payload()
    assert json.loads(json.dumps(payload)) == {
        "text": "Hello",
        "blocks": [{"type": "section", "fields": [{"type": "plain_text", "text": "Hi"}]}],
        "metadata": {"event_type": "n", "event_payload": {"id": "1"}},
    }
    payload["blocks"][0]["type"] = "divider"
    assert spoken.payload()["blocks"][0]["type"] == "section"


def test_a_message_without_blocks_is_its_text() -> None:
    assert message("Hello", []).payload() == {"text": "Hello"}


def test_a_message_too_long_is_refused_when_it_is_handed_over() -> None:
    spoken = message("Hello", [section("x" * 3001)])
    with pytest.raises(InvalidPayload, match=r"^blocks\[0\]\.text\.text: 3001 characters, at most 3000$"):
        spoken.payload()
