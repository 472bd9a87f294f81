"""Injected faults: what the caller sees, and whether the call was performed."""

from http.client import RemoteDisconnected
from time import perf_counter

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from sandbox import Person, Sandbox
from sandbox.web_api.faults import Faults
from tests.sandbox.support import ADA, TinyApp, actions, button, refused


def test_the_next_calls_fail_and_then_it_works_again(sandbox: Sandbox, client: WebClient, ada: Person) -> None:
    sandbox.faults.fail("chat.postMessage", "fatal_error", times=2)
    for _ in range(2):
        with refused("fatal_error"):
            client.chat_postMessage(channel=ADA, text="Lost")
    client.chat_postMessage(channel=ADA, text="Arrived")
    assert [message["text"] for message in ada.inbox()] == ["Arrived"]
    assert [call.error for call in sandbox.calls] == ["fatal_error", "fatal_error", ""]


def test_a_fault_can_send_retry_after(sandbox: Sandbox, client: WebClient) -> None:
    sandbox.faults.fail("users.info", retry_after=7)
    with pytest.raises(SlackApiError) as caught:
        client.users_info(user=ADA)
    response = caught.value.response
    assert (response.status_code, response["error"], response.headers["Retry-After"]) == (429, "ratelimited", "7")


def test_a_fault_can_be_a_server_error(sandbox: Sandbox, client: WebClient) -> None:
    sandbox.faults.fail("users.info", status=503)
    with pytest.raises(SlackApiError) as caught:
        client.users_info(user=ADA)
    assert caught.value.response.status_code == 503


def test_a_post_can_succeed_while_its_response_is_dropped(sandbox: Sandbox, client: WebClient, ada: Person) -> None:
    sandbox.faults.fail("chat.postMessage", after_commit=True)
    with pytest.raises((RemoteDisconnected, ConnectionError)):
        client.chat_postMessage(channel=ADA, text="Arrived")
    assert [message["text"] for message in ada.inbox()] == ["Arrived"]
    assert [call.ok for call in sandbox.calls] == [True]


def test_a_delayed_call_is_held_back(sandbox: Sandbox, client: WebClient) -> None:
    sandbox.faults.delay("users.info", 0.2)
    started = perf_counter()
    client.users_info(user=ADA)
    assert perf_counter() - started >= 0.2


def test_faults_can_be_cleared(sandbox: Sandbox, client: WebClient) -> None:
    sandbox.faults.fail("users.info", times=5)
    sandbox.faults.delay("users.info", 30)
    sandbox.faults.clear()
    assert client.users_info(user=ADA)["ok"]


def test_response_urls_can_fail_too(sandbox: Sandbox, client: WebClient, app: TinyApp, ada: Person) -> None:
    client.chat_postMessage(channel=ADA, text="Press", blocks=[actions(button("press"))])
    ada.click("press")
    sandbox.faults.fail("respond", "internal_error")
    hook = WebhookClient(app.last["response_url"], retry_handlers=[])
    assert hook.send(text="Lost").status_code == 400
    assert hook.send(text="Arrived", response_type="in_channel").status_code == 200
    assert [message["text"] for message in ada.inbox()] == ["Press", "Arrived"]


def test_a_fault_ends_after_its_duration() -> None:
    now = 0.0
    faults = Faults(clock=lambda: now)
    faults.fail("*", duration=60)
    faults.delay("users.info", 3, duration=30)
    assert faults.take_fault("users.info")
    assert faults.take_fault("chat.postMessage")
    assert faults.take_delay("users.info") == 3
    now = 30.0
    assert faults.take_delay("users.info") == 0
    assert faults.take_fault("users.info")
    now = 60.0
    assert faults.take_fault("users.info") is None
    assert faults.active() == []


def test_a_single_fault_can_be_removed() -> None:
    faults = Faults()
    number = faults.fail("users.info", times=None)
    faults.delay("*", 2, times=2)
    faults.remove(number)
    faults.remove(number)
    assert faults.take_fault("users.info") is None
    assert [faults.take_delay("users.info") for _ in range(3)] == [2, 2, 0]
