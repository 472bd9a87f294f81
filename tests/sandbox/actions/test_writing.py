"""Slash commands: payload, result for the person, and response URL."""

from collections.abc import Callable
from threading import Event
from typing import Any

import pytest
from slack_sdk.signature import SignatureVerifier
from slack_sdk.webhook import WebhookClient

from sandbox import NotVisibleError, Person, Sandbox
from sandbox.clocks import real_now
from sandbox.delivery import transport
from sandbox.errors import SlackError
from sandbox.workspace.triggers import ResponseUrls
from tests.sandbox.support import ADA, BOB, PEOPLE, TinyApp, manifest, section


def test_a_command_is_signed_as_slack_signs(sandbox: Sandbox, app: TinyApp, ada: Person) -> None:
    before = int(real_now().timestamp())
    ada.command("/go home & away")
    headers = app.headers[-1]
    assert SignatureVerifier(sandbox.signing_secret).is_valid_request(app.bodies[-1], headers)
    assert before <= int(headers["X-Slack-Request-Timestamp"]) <= real_now().timestamp()
    assert app.last["command"] == "/go"
    assert app.last["text"] == "home &amp; away"
    assert (app.last["user_id"], app.last["user_name"]) == (ADA, "ada")
    assert app.last["channel_name"] == "directmessage"


def test_names_become_mentions_with_should_escape(app: TinyApp, ada: Person) -> None:
    ada.command("/tell @bob and @nobody hello")
    assert app.last["text"] == "<@U0BOB> and @nobody hello"
    ada.command("/go @bob")
    assert app.last["text"] == "@bob"


@pytest.mark.parametrize(
    ("answer", "seen"),
    [
        (None, []),
        ("Just text", [("Just text", True)]),
        ({"text": "For you"}, [("For you", True)]),
        ({"text": "For all", "response_type": "in_channel"}, [("For all", False)]),
        ({"text": "With blocks", "blocks": [section("Blocks")]}, [("With blocks", True)]),
        ({}, []),
    ],
)
def test_the_text_of_the_acknowledgement_is_posted(
    app: TinyApp, ada: Person, answer: Any, seen: list[tuple[str, bool]]
) -> None:
    app.on("command", answer)
    reply = ada.command("/go")
    assert reply.ok
    assert [(message["text"], message.get("is_ephemeral", False)) for message in reply.messages] == seen
    assert [message["text"] for message in ada.inbox()] == [text for text, _ in seen]


def test_an_in_channel_response_is_visible_to_everyone(sandbox: Sandbox, app: TinyApp, ada: Person) -> None:
    channel = sandbox.add_channel("general", [ADA, BOB])
    app.on("command", {"text": "For all", "response_type": "in_channel"})
    ada.command("/go", channel=channel)
    app.on("command", "For Ada")
    ada.command("/go", channel=channel)
    assert app.last["channel_name"] == "general"
    assert [message["text"] for message in ada.inbox(channel)] == ["For all", "For Ada"]
    assert [message["text"] for message in sandbox.person(BOB).inbox(channel)] == ["For all"]


def test_an_invalid_response_is_refused_with_problems(sandbox: Sandbox, app: TinyApp, ada: Person) -> None:
    app.on("command", {"text": "x", "blocks": [section("x" * 3001)]})
    reply = ada.command("/go")
    assert reply.error == "invalid_command_response"
    assert ada.inbox() == []
    delivery = sandbox.deliveries[-1]
    assert delivery.error == "refused"
    assert "/blocks/0/text" in delivery.problems[0]


def raises(payload: Any) -> None:
    raise RuntimeError("out of order")


@pytest.mark.parametrize("answer", [500, 404, raises])
def test_a_failing_app_is_dispatch_failed(app: TinyApp, ada: Person, answer: Any) -> None:
    app.on("command", answer)
    reply = ada.command("/go")
    assert reply.error == "dispatch_failed"
    assert reply.sentence == '/go failed with the error "dispatch_failed"'


@pytest.mark.usefixtures("short_timeout")
def test_a_late_response_is_a_timeout_and_is_ignored(sandbox: Sandbox, app: TinyApp, ada: Person) -> None:
    done = Event()

    def dawdle(payload: Any) -> str:
        done.wait(5)
        return "Too late"

    app.on("command", dawdle)
    reply = ada.command("/go")
    done.set()
    assert (reply.error, reply.sentence) == ("operation_timeout", "/go failed because the app did not respond.")
    assert sandbox.deliveries[-1].seconds >= 0.1
    assert ada.inbox() == []


def test_an_app_has_three_seconds_to_respond() -> None:
    assert transport.ACK_SECONDS == 3


def test_a_command_without_a_transport_fails_and_is_recorded() -> None:
    with Sandbox(manifest(), PEOPLE) as sandbox:
        assert sandbox.person(ADA).command("/go").error == "dispatch_failed"
        [delivery] = sandbox.deliveries
    assert (delivery.kind, delivery.error, delivery.transport) == ("command", "dropped", "none")


def test_unknown_commands_are_not_sent(app: TinyApp, ada: Person, sandbox: Sandbox) -> None:
    assert ada.command("/fly").sentence == "/fly is not a valid command."
    assert sandbox.person("U0FAR").command("/go").error == "unknown_command"
    assert app.got == []


def test_without_the_scope_there_are_no_commands(app: TinyApp) -> None:
    with Sandbox(manifest(scopes=["chat:write"]), PEOPLE, deliver=app.deliver) as sandbox:
        assert sandbox.person(ADA).command("/go").error == "unknown_command"


def test_unknown_and_deactivated_people_cannot_act(sandbox: Sandbox, ada: Person) -> None:
    with pytest.raises(NotVisibleError):
        sandbox.person("U0GONE").command("/go")
    with pytest.raises(NotVisibleError):
        sandbox.person("U0ROBOT")
    with pytest.raises(NotVisibleError):
        ada.command("/go", channel=sandbox.add_channel("secret", [BOB], is_private=True))


@pytest.fixture
def respond(app: TinyApp, ada: Person) -> Callable[..., Any]:
    """Post to the response URL of a command of Ada."""
    ada.command("/go")
    return WebhookClient(app.last["response_url"], retry_handlers=[]).send


def test_a_response_url_takes_five_posts(respond: Callable[..., Any], ada: Person, sandbox: Sandbox) -> None:
    for number in range(5):
        answer = respond(text=f"{number}")
        assert (answer.status_code, answer.body) == (200, "ok")
    refusal = respond(text="One too many")
    assert (refusal.status_code, "used_url" in refusal.body) == (404, True)
    assert [message["text"] for message in ada.inbox()] == ["0", "1", "2", "3", "4"]
    assert all(message["is_ephemeral"] for message in ada.inbox())
    assert [(call.method, call.ok) for call in sandbox.calls][-2:] == [("respond", True), ("respond", False)]


def test_a_response_url_expires_after_thirty_minutes() -> None:
    now = 0.0
    urls = ResponseUrls(lambda: now)
    path = urls.issue(ADA, "D1")
    now = 30 * 60 - 0.1
    assert urls.use(path).channel == "D1"
    now = 30 * 60
    with pytest.raises(SlackError, match="expired_url"):
        urls.use(path)


def test_a_response_url_refuses_what_slack_refuses(respond: Callable[..., Any], ada: Person, sandbox: Sandbox) -> None:
    assert respond(text="x", blocks=[section("x" * 3001)]).body == "invalid_blocks"
    assert respond(text="").body == "no_text"
    assert ada.inbox() == []
    unknown = WebhookClient(f"{sandbox.url}/respond/guess", retry_handlers=[]).send(text="Hello")
    assert (unknown.status_code, "no_active_hooks" in unknown.body) == (404, True)
