"""The page when the workspace, or the app, is away."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from slack_sdk import WebClient
from slack_sdk.socket_mode import SocketModeClient

from sandbox import Sandbox
from tests.browser.club import ADA, MANIFEST, MEMBERS, Club, open_club
from tests.browser.test_journey import be, messages

pytestmark = pytest.mark.long


@pytest.fixture
def lonely() -> Iterator[Sandbox]:
    """A workspace whose app never came."""
    with Sandbox(MANIFEST, MEMBERS) as sandbox:
        yield sandbox


def test_the_page_comes_back_by_itself_when_the_workspace_does(page: Page, club: Club) -> None:
    be(page, "Ada Lovelace")
    port = urlsplit(club.sandbox.url).port
    assert port
    club.sandbox.stop()
    away = page.get_by_text("The local workspace isn’t answering.")
    expect(away).to_be_visible()

    again = open_club(port)
    try:
        expect(away).to_be_hidden()
        again.tell(ADA, "Here we are again.")
        expect(messages(page).last).to_contain_text("Here we are again.")
    finally:
        again.sandbox.stop()


def test_a_banner_says_when_the_app_is_not_connected(page: Page, lonely: Sandbox) -> None:
    warning = page.get_by_text("Book Club isn’t connected")
    page.goto(lonely.url)
    expect(warning).to_be_visible()
    web = WebClient(lonely.bot_token, base_url=lonely.api_url)
    app = SocketModeClient(lonely.app_token, web_client=web)
    app.connect()
    expect(warning).to_be_hidden()
    app.close()
    expect(warning).to_be_visible()
