"""blocks.validate."""

import pytest
from slack_sdk import WebClient

from tests.sandbox.support import Json, actions, button, plain, refused, section


@pytest.mark.parametrize(
    "payload",
    [
        {"blocks": [section("Hello")]},
        {"message": {"text": "Hello", "blocks": [actions(button("go"))]}},
        {"view": {"type": "modal", "title": plain("My modal"), "blocks": [section("Hello")]}},
    ],
)
def test_a_valid_payload_is_accepted_and_sent_nowhere(client: WebClient, payload: Json) -> None:
    assert client.api_call("blocks.validate", json=payload).data == {"ok": True}


@pytest.mark.parametrize(
    ("payload", "error", "pointer"),
    [
        (
            {"blocks": [{"type": "section", "text": {"type": "invalid", "text": "Hello"}}]},
            "invalid_blocks",
            "/0/text/type",
        ),
        ({"message": {"blocks": [section("x" * 3001)]}}, "invalid_message", "/blocks/0/text/text"),
        ({"view": {"type": "modal", "title": plain("x" * 25), "blocks": []}}, "invalid_view", "/title/text"),
    ],
)
def test_an_invalid_one_is_refused_with_pointers_into_it(
    client: WebClient, payload: Json, error: str, pointer: str
) -> None:
    with refused(error) as answers:
        client.api_call("blocks.validate", json=payload)
    found = {each["pointer"]: each for each in answers[0]["errors"]}
    assert found[pointer]["code"] == "failed_constraint"
    assert found[pointer]["message"]


@pytest.mark.parametrize("payload", [{}, {"blocks": [section("Hello")], "view": {"type": "modal"}}])
def test_exactly_one_payload_is_given(client: WebClient, payload: Json) -> None:
    with refused("invalid_arguments") as answers:
        client.api_call("blocks.validate", json=payload)
    assert answers[0]["response_metadata"]["messages"] == ["must provide exactly one of `blocks`, `view`, or `message`"]
