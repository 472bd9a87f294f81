"""Sessions and the page for sponsors on the page: wide in light, and on a phone in dark."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect
from slack_sdk import WebClient

from messages import ids
from messages.sponsor_page import sponsor_page
from tests.browser.accessible import assert_accessible
from tests.browser.conftest import opened
from tests.browser.test_journey import messages
from tests.golden.sponsor_page import PAGE
from tests.handlers.requests import answers, clicked
from tests.handlers.starting_points import ADA, BEN, CHI, DEE, applied, later
from tests.handlers.test_sessions import plans
from tests.local_bot import OWNER, LocalBot
from tests.local_bot import local_bot as open_town
from tests.messages.examples import PLAIN

pytestmark = pytest.mark.long

WIDE, PHONE = ViewportSize(width=1280, height=1300), ViewportSize(width=390, height=844)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[LocalBot]:
    """Everybody is invited to an orientation with two places, and three come."""
    with open_town(tmp_path) as town:
        town.settle()
        applied(town, [ADA, CHI, DEE], [BEN])
        session = plans(town, session_plan="1. Welcome (5 min)\n2. Your first meeting (15 min)\n3. Your questions")
        answers(town, clicked(town, OWNER, ids.INVITE_TO_SESSION, session))
        later(town, days=1)
        for user in (ADA, BEN, CHI):
            answers(town, clicked(town, user, ids.COME_TO_SESSION, session))
        if town.person(OWNER).view:
            town.person(OWNER).close(everything=True)
        client = WebClient(town.slack.bot_token, base_url=town.slack.api_url)
        client.chat_postMessage(channel=OWNER, **sponsor_page(PAGE, PLAIN, for_owner=False).payload())
        town.person(OWNER).command("/mentor sessions")
        yield town


def look(page: Page, place: Locator, name: str) -> None:
    assert_accessible(page)
    if folder := os.environ.get("LOOK"):
        place.screenshot(path=f"{folder}/{name}.png")


def test_sessions_and_the_page_for_sponsors_can_be_read_by_everybody(browser: Browser, town: LocalBot) -> None:
    with opened(browser, town.slack.url, viewport=WIDE, reduced_motion="reduce") as page:
        page.get_by_role("navigation", name="People").get_by_role("link", name="Olga Owner").click()
        listed = page.get_by_role("dialog", name="Sessions")
        expect(listed.get_by_text("2 of 2 places taken")).to_be_visible()
        look(page, listed, "sessions")
        page.set_viewport_size(PHONE)
        page.emulate_media(color_scheme="dark")
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, "something sticks out"
        look(page, page.locator("body"), "sessions-phone-dark")
    town.person(OWNER).close(everything=True)
    with opened(browser, town.slack.url, viewport=WIDE, reduced_motion="reduce") as page:
        page.get_by_role("navigation", name="People").get_by_role("link", name="Olga Owner").click()
        shown = messages(page).last
        expect(shown.get_by_role("figure", name="Meetings in each month")).to_be_visible()
        look(page, shown, "sponsor-page")
        page.get_by_role("navigation", name="People").get_by_role("link", name="Ada Adams").click()
        expect(messages(page).filter(has_text="You’re coming").first).to_be_visible()
        page.emulate_media(color_scheme="dark")
        look(page, page.locator("main"), "session-invitation-dark")
