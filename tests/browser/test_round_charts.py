"""The charts of a round on the page: wide in light, and on a phone in dark."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect
from slack_sdk import WebClient

from bot.manifest import manifest
from mentoring.core.lengths import add_months
from mentoring.round_charts import MonthOfMeetings
from mentoring.status import TopicCount
from messages.status import charts
from sandbox import Calendar, Member, Sandbox
from tests.browser.accessible import assert_accessible
from tests.browser.conftest import opened
from tests.browser.pictures import keep
from tests.browser.test_journey import messages
from tests.messages.examples import COHORT, OWEN, PLAIN, RUNNING
from tests.messages.round_charts import ROUND_CHARTS

pytestmark = pytest.mark.long

WIDE, PHONE = ViewportSize(width=1280, height=1500), ViewportSize(width=390, height=844)
MEETINGS = ((11, 13), (17, 21), (19, 20), (16, 20), (14, 19), (9, 18))
"""Logged and asked for, by month."""
OF_HALF_A_YEAR = replace(
    ROUND_CHARTS,
    months=tuple(MonthOfMeetings(add_months(date(2027, 2, 1), n), *counts) for n, counts in enumerate(MEETINGS)),
)
TOPICS = (
    TopicCount("Career planning", 9, 6),
    TopicCount("Organisational culture", 5, 8),
    TopicCount("Job search", 3, 3),
)


@pytest.fixture(scope="module")
def workspace() -> Iterator[Sandbox]:
    calendar = Calendar(datetime(2027, 7, 30, 10, tzinfo=UTC))
    members = [Member(OWEN, "owen", "Owen Reed")]
    with Sandbox(manifest(), members, calendar=calendar, rate_limits=False, own_messages=False) as sandbox:
        yield sandbox


@pytest.fixture
def page(browser: Browser, workspace: Sandbox) -> Iterator[Page]:
    with opened(browser, workspace.url, viewport=WIDE, reduced_motion="reduce") as page:
        yield page


def test_the_charts_can_be_read_by_everybody_and_fit_a_phone(page: Page, workspace: Sandbox) -> None:
    client = WebClient(workspace.bot_token, base_url=workspace.api_url)
    client.chat_postMessage(channel=OWEN, **charts(OF_HALF_A_YEAR, TOPICS, PLAIN, COHORT, RUNNING).payload())
    page.get_by_role("navigation", name="People").get_by_role("link", name="Owen Reed").click()
    shown = messages(page).last
    expect(shown.get_by_role("figure", name="How far people came")).to_be_visible()
    assert_accessible(page)
    keep(shown, "round-charts.png")
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="dark")
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, "something sticks out"
    keep(shown, "round-charts-phone-dark.png")
