"""Rate limits, by a clock of the test's own and through the real client."""

from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox import Sandbox
from sandbox.errors import SlackError
from sandbox.rates import Rates
from tests.sandbox.support import ADA, BOB, PEOPLE, client_of, manifest, refused


class Stopwatch:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def calls_that_pass(rates: Rates, per_minute: int, tries: int) -> int:
    passed = 0
    for _ in range(tries):
        try:
            rates.spend(("method",), per_minute)
        except SlackError as error:
            assert error.error == "ratelimited"
        else:
            passed += 1
    return passed


def test_a_minutes_worth_of_calls_may_come_at_once() -> None:
    assert calls_that_pass(Rates(clock=Stopwatch()), per_minute=20, tries=30) == 20


def test_retry_after_is_how_long_to_wait() -> None:
    clock = Stopwatch()
    rates = Rates(clock=clock)
    calls_that_pass(rates, per_minute=20, tries=20)
    with pytest.raises(SlackError) as caught:
        rates.spend(("method",), 20)
    assert caught.value.retry_after == 3
    clock.seconds += 2.9
    assert calls_that_pass(rates, per_minute=20, tries=1) == 0
    clock.seconds += 0.1
    assert calls_that_pass(rates, per_minute=20, tries=5) == 1


def test_asking_again_too_early_does_not_make_it_longer() -> None:
    clock = Stopwatch()
    rates = Rates(clock=clock)
    calls_that_pass(rates, per_minute=60, tries=100)
    clock.seconds += 1
    assert calls_that_pass(rates, per_minute=60, tries=1) == 1


def test_one_key_does_not_hold_another_up() -> None:
    rates = Rates(clock=Stopwatch())
    calls_that_pass(rates, per_minute=20, tries=30)
    rates.spend(("other method",), 20)


def test_posts_to_one_conversation_are_slowed_to_one_a_second(client: WebClient) -> None:
    for number in range(4):
        client.chat_postMessage(channel=ADA, text=str(number))
    with refused("ratelimited"):
        client.chat_postMessage(channel=ADA, text="One too many")
    client.chat_postMessage(channel=BOB, text="Another conversation is not held up")


@pytest.mark.parametrize(
    ("per_minute", "call"),
    [
        (20, lambda client: client.users_list()),
        (20, lambda client: client.conversations_list(types="im")),
        (50, lambda client: client.conversations_open(users=ADA)),
        (50, lambda client: client.users_lookupByEmail(email="ada@example.com")),
        (100, lambda client: client.users_info(user=ADA)),
    ],
)
def test_each_method_has_its_tier(client: WebClient, per_minute: int, call: Callable[[WebClient], Any]) -> None:
    for _ in range(per_minute):
        call(client)
    with refused("ratelimited"):
        # Time may refill one call or two while the loop runs.
        for _ in range(10):
            call(client)


def test_a_limited_call_is_a_429_that_says_when_to_come_back(client: WebClient) -> None:
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
