"""Filling in, submitting and closing modals."""

from collections.abc import Callable
from typing import Any

import pytest

from sandbox import NotVisibleError, Person, Sandbox
from tests.sandbox.support import BOB, Json, TinyApp, entry, modal, opens, options, section

Show = Callable[..., None]


@pytest.fixture
def show(sandbox: Sandbox, app: TinyApp, ada: Person) -> Show:
    """Open a modal with these blocks for Ada."""

    def open_for_ada(*blocks: Json, **more: Any) -> None:
        app.on("command", opens(sandbox, modal(*blocks, **more)))
        assert ada.command("/go").ok
        assert ada.view is not None

    return open_for_ada


def test_a_submission_contains_the_values(show: Show, app: TinyApp, ada: Person) -> None:
    pick = {"type": "static_select", "action_id": "it", "options": options("tea", "coffee")}
    who = {"type": "users_select", "action_id": "it"}
    many = {"type": "checkboxes", "action_id": "it", "options": options("a", "b")}
    show(
        entry("Name", "name"),
        entry("Drink", "drink", pick),
        entry("Friend", "friend", who, optional=True),
        entry("Extras", "extras", many, optional=True),
        entry("Colleague", "colleague", who),
        private_metadata="mine",
    )
    ada.fill({"Name": "A & B <c>", "Drink": "Coffee", "Colleague": BOB})
    done = ada.submit()
    assert (done.errors, done.closed, done.view, done.error) == ({}, True, None, "")
    values = app.last["view"]["state"]["values"]
    assert values["name"]["it"] == {"type": "plain_text_input", "value": "A & B <c>"}
    assert values["drink"]["it"]["selected_option"]["value"] == "coffee"
    assert values["friend"]["it"] == {"type": "users_select", "selected_user": None}
    assert values["extras"]["it"] == {"type": "checkboxes", "selected_options": []}
    assert values["colleague"]["it"]["selected_user"] == BOB
    assert app.last["view"]["private_metadata"] == "mine"
    assert app.last["response_urls"] == []
    assert ada.view is None


@pytest.mark.parametrize(
    ("element", "initial", "key", "expected"),
    [
        ("plain_text_input", {"initial_value": "Hi"}, "value", "Hi"),
        ("number_input", {"initial_value": "3", "is_decimal_allowed": False}, "value", "3"),
        ("datepicker", {"initial_date": "2027-03-01"}, "selected_date", "2027-03-01"),
        ("users_select", {"initial_user": BOB}, "selected_user", BOB),
        ("multi_users_select", {"initial_users": [BOB]}, "selected_users", [BOB]),
        ("timepicker", {}, "selected_time", None),
        ("email_text_input", {}, "value", None),
        ("multi_conversations_select", {}, "selected_conversations", []),
    ],
)
def test_untouched_inputs_have_their_initial_value(
    show: Show, app: TinyApp, ada: Person, element: str, initial: Json, key: str, expected: Any
) -> None:
    show(entry("It", "block", {"type": element, **initial}, optional=True))
    ada.submit()
    assert app.last["view"]["state"]["values"]["block"]["it"] == {"type": element, key: expected}


@pytest.mark.parametrize(
    ("element", "value"),
    [
        ({}, None),
        ({"min_length": 3}, "ab"),
        ({"max_length": 3}, "abcd"),
        ({"type": "number_input", "is_decimal_allowed": False}, "1.5"),
        ({"type": "number_input", "is_decimal_allowed": True, "min_value": "1"}, "0.5"),
        ({"type": "number_input", "is_decimal_allowed": True, "max_value": "1"}, "1.5"),
        ({"type": "email_text_input"}, "ada at example"),
        ({"type": "url_text_input"}, "example"),
        ({"type": "multi_users_select", "max_selected_items": 1}, ["U0ADA", "U0BOB"]),
    ],
)
def test_the_client_validates_before_anything_is_sent(
    show: Show, app: TinyApp, ada: Person, element: Json, value: Any
) -> None:
    show(entry("It", "block", element))
    ada.fill({"It": value})
    done = ada.submit()
    assert list(done.errors) == ["block"]
    assert not done.closed
    assert [payload.get("type") for payload in app.got] == [None]


def test_zero_is_a_value(show: Show, app: TinyApp, ada: Person) -> None:
    show(entry("Count", "count", {"type": "number_input", "is_decimal_allowed": False}))
    ada.fill({"Count": "0"})
    assert ada.submit().closed


def test_errors_are_shown_and_the_modal_stays_open(show: Show, app: TinyApp, ada: Person) -> None:
    show()
    ada.fill({"Name": "Ada"})
    app.on("view_submission", {"response_action": "errors", "errors": {"name": "Taken"}})
    done = ada.submit()
    assert (done.errors, done.closed) == ({"name": "Taken"}, False)
    assert ada.view is not None
    assert ada.view["state"]["values"]["name"]["it"]["value"] == "Ada"


def test_an_update_changes_the_form_and_a_push_goes_on_top(show: Show, app: TinyApp, ada: Person) -> None:
    show()
    ada.fill({"Name": "Ada"})
    app.on("view_submission", {"response_action": "update", "view": modal(entry("Town", "town"), callback_id="second")})
    done = ada.submit()
    assert done.view is not None
    assert (done.closed, done.view["callback_id"]) == (False, "second")
    app.on("view_submission", {"response_action": "push", "view": modal(callback_id="third")})
    ada.fill({"Town": "London"})
    ada.submit()
    assert [view["callback_id"] for view in ada.views] == ["second", "third"]
    app.on("view_submission", {"response_action": "clear"})
    ada.fill({"Name": "Ada"})
    done = ada.submit()
    assert (done.closed, ada.views) == (True, [])


def test_an_empty_response_closes_only_the_top_view(show: Show, app: TinyApp, ada: Person) -> None:
    show()
    ada.fill({"Name": "Ada"})
    app.on("view_submission", {"response_action": "push", "view": modal(callback_id="second")})
    ada.submit()
    ada.fill({"Name": "Again"})
    app.on("view_submission", None)
    done = ada.submit()
    assert done.closed
    assert done.view is not None
    assert done.view["callback_id"] == "form"


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"text": "Not an input"}},
        {"response_action": "errors", "errors": {"nowhere": "No such block"}},
        {"response_action": "errors", "errors": {}},
        {"response_action": "update", "view": {"type": "modal"}},
        {"response_action": "push"},
        {"response_action": "dance"},
        {"text": "A message is no answer"},
    ],
)
def test_an_invalid_response_is_refused_and_an_error_is_shown(
    show: Show, sandbox: Sandbox, app: TinyApp, ada: Person, answer: Json
) -> None:
    show(section("Text", block_id="text"), entry("Name", "name"))
    ada.fill({"Name": "Ada"})
    app.on("view_submission", answer)
    done = ada.submit()
    assert done.error == "We had some trouble connecting. Try again?"
    assert not done.closed
    delivery = sandbox.deliveries[-1]
    assert delivery.error == "refused"
    assert delivery.problems


def test_a_response_cannot_push_a_fourth_view(show: Show, sandbox: Sandbox, app: TinyApp, ada: Person) -> None:
    show()
    app.on("view_submission", {"response_action": "push", "view": modal()})
    for _ in range(3):
        ada.fill({"Name": "Ada"})
        done = ada.submit()
    assert done.error
    assert len(ada.views) == 3
    assert sandbox.deliveries[-1].problems == ["[ERROR] push_limit_reached"]


@pytest.mark.parametrize("answer", [500, lambda payload: 1 / 0])
def test_the_modal_stays_open_if_the_app_fails(show: Show, app: TinyApp, ada: Person, answer: Any) -> None:
    show()
    ada.fill({"Name": "Ada"})
    app.on("view_submission", answer)
    assert ada.submit().error == "We had some trouble connecting. Try again?"
    assert ada.view is not None


def test_view_closed_is_sent_on_request(show: Show, app: TinyApp, ada: Person) -> None:
    show(notify_on_close=True)
    ada.close()
    assert (app.last["type"], app.last["is_cleared"]) == ("view_closed", False)
    assert ada.view is None
    show()
    ada.close()
    assert app.last.get("type") is None


def test_closing_the_stack_sends_is_cleared(show: Show, app: TinyApp, ada: Person) -> None:
    show(notify_on_close=True)
    ada.fill({"Name": "Ada"})
    app.on("view_submission", {"response_action": "push", "view": modal(notify_on_close=True, callback_id="top")})
    ada.submit()
    ada.close(everything=True)
    closed = [payload for payload in app.got if payload.get("type") == "view_closed"]
    assert [(one["view"]["callback_id"], one["is_cleared"]) for one in closed] == [("top", True), ("form", True)]
    assert ada.views == []


def test_clear_on_close_closes_the_whole_stack(show: Show, app: TinyApp, ada: Person) -> None:
    show()
    ada.fill({"Name": "Ada"})
    app.on("view_submission", {"response_action": "push", "view": modal(clear_on_close=True)})
    ada.submit()
    ada.close()
    assert ada.views == []


def test_response_url_enabled_yields_a_response_url(show: Show, sandbox: Sandbox, app: TinyApp, ada: Person) -> None:
    channel = sandbox.add_channel("general", ["U0ADA"])
    element = {"type": "conversations_select", "response_url_enabled": True}
    show(entry("Where", "where", element))
    ada.fill({"Where": channel})
    ada.submit()
    [url] = app.last["response_urls"]
    assert (url["channel_id"], url["block_id"], url["action_id"]) == (channel, "where", "it")


def test_a_closed_modal_cannot_be_filled_or_submitted(show: Show, ada: Person) -> None:
    for act in (ada.submit, ada.close, lambda: ada.fill({"Name": "Ada"})):
        with pytest.raises(NotVisibleError):
            act()
    show()
    with pytest.raises(NotVisibleError, match="Name"):
        ada.fill({"Surname": "Lovelace"})
