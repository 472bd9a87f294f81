"""Fixtures: a workspace with a small app that is called in process."""

from collections.abc import Iterator

import pytest
from slack_sdk import WebClient

from sandbox import Person, Sandbox
from tests.sandbox.support import ADA, PEOPLE, TinyApp, client_of, manifest


@pytest.fixture
def app() -> TinyApp:
    return TinyApp()


@pytest.fixture
def sandbox(app: TinyApp) -> Iterator[Sandbox]:
    with Sandbox(manifest(), PEOPLE, deliver=app.deliver, own_messages=False) as running:
        yield running


@pytest.fixture
def client(sandbox: Sandbox) -> WebClient:
    return client_of(sandbox)


@pytest.fixture
def ada(sandbox: Sandbox) -> Person:
    return sandbox.person(ADA)


@pytest.fixture
def short_timeout(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the app 0.1 seconds to respond instead of three, so that tests of timeouts are fast."""
    monkeypatch.setattr("sandbox.delivery.transport.ACK_SECONDS", 0.1)
