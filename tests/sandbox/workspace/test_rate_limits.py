"""Rate limits, with a fake stopwatch and through Slack's client."""

from collections.abc import Iterator

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox import Member, Sandbox
from sandbox.errors import SlackError
from sandbox.workspace.rate_limits import RateLimits
from tests.sandbox.support import ADA, BOB, PEOPLE, client_of, manifest, refused


class Stopwatch:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """Its stopwatch stands still, however long the calls take."""
    with Sandbox(manifest(), PEOPLE, stopwatch=Stopwatch(), own_messages=False) as running:
        yield running


def calls_that_pass(rate_limits: RateLimits, per_minute: int, tries: int) -> int:
    passed = 0
    for _ in range(tries):
        try:
            rate_limits.consume(("method",), per_minute)
            passed += 1
        except SlackError:
            continue
    return passed


def test_one_minutes_calls_can_be_made_at_once() -> None:
    assert calls_that_pass(RateLimits(clock=Stopwatch()), per_minute=20, tries=30) == 20


def test_retry_after_is_how_long_to_wait() -> None:
    clock = Stopwatch()
    rate_limits = RateLimits(clock=clock)
    calls_that_pass(rate_limits, per_minute=20, tries=20)
    with pytest.raises(SlackError) as caught:
        rate_limits.consume(("method",), 20)
    assert caught.value.retry_after == 3
    clock.seconds += 2.9
    assert calls_that_pass(rate_limits, per_minute=20, tries=1) == 0
    clock.seconds += 0.1
    assert calls_that_pass(rate_limits, per_minute=20, tries=5) == 1


def test_retrying_too_early_does_not_extend_the_block() -> None:
    clock = Stopwatch()
    rate_limits = RateLimits(clock=clock)
    calls_that_pass(rate_limits, per_minute=60, tries=100)
    clock.seconds += 1
    assert calls_that_pass(rate_limits, per_minute=60, tries=1) == 1


def test_keys_are_independent() -> None:
    rate_limits = RateLimits(clock=Stopwatch())
    calls_that_pass(rate_limits, per_minute=20, tries=30)
    rate_limits.consume(("other method",), 20)


def test_posts_to_one_conversation_are_slowed_to_one_a_second(client: WebClient) -> None:
    for number in range(4):
        client.chat_postMessage(channel=ADA, text=str(number))
    with refused("ratelimited"):
        client.chat_postMessage(channel=ADA, text="One too many")
    client.chat_postMessage(channel=BOB, text="Another conversation is not held up")


def test_posts_to_many_conversations_are_limited_as_a_whole() -> None:
    crowd = [Member(f"U{number}", f"u{number}", f"Person {number}") for number in range(330)]
    with Sandbox(manifest(), crowd, own_messages=False, stopwatch=lambda: 0.0) as sandbox:
        client = client_of(sandbox)
        for member in crowd[:300]:
            client.chat_postMessage(channel=member.id, text="Hello")
        with refused("ratelimited"):
            for member in crowd[300:]:
                client.chat_postMessage(channel=member.id, text="Hello")


@pytest.mark.parametrize(
    ("method", "per_minute"),
    [
        ("users.list", 20),
        ("conversations.list", 20),
        ("conversations.open", 50),
        ("conversations.history", 50),
        ("conversations.info", 50),
        ("chat.update", 50),
        ("chat.delete", 50),
        ("users.lookupByEmail", 50),
        ("users.info", 100),
        ("views.open", 100),
        ("views.push", 100),
        ("views.update", 100),
        ("views.publish", 100),
        ("chat.postEphemeral", 100),
        ("conversations.members", 100),
    ],
)
def test_each_method_has_its_tier(client: WebClient, method: str, per_minute: int) -> None:
    answered = 0
    while error_of(client, method) != "ratelimited":
        answered += 1
    assert answered == per_minute


def error_of(client: WebClient, method: str) -> str:
    """The error of a call without arguments, or empty. A refused call counts like any other."""
    try:
        client.api_call(method)
    except SlackApiError as error:
        return str(error.response["error"])
    return ""


def test_a_limited_call_is_a_429_with_retry_after(client: WebClient) -> None:
    for _ in range(4):
        client.chat_postMessage(channel=ADA, text="Hello")
    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(channel=ADA, text="Hello")
    assert caught.value.response.status_code == 429
    assert int(caught.value.response.headers["Retry-After"]) >= 1


def test_limits_can_be_turned_off() -> None:
    with Sandbox(manifest(), PEOPLE, rate_limits=False) as sandbox:
        client = client_of(sandbox)
        for number in range(30):
            client.chat_postMessage(channel=ADA, text=str(number))
        assert len(sandbox.person(ADA).inbox()) == 30
