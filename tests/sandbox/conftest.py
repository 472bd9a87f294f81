"""One workspace for a test, with a small app reached in process."""

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
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """The app has a tenth of a second to answer instead of three, so that tests of its silence are quick."""
    monkeypatch.setattr("sandbox.delivery.transport.ACK_SECONDS", 0.1)
