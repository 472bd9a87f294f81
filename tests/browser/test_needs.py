"""The Monday message with what needs an owner, on the page: wide in light, and on a phone in dark."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect
from slack_sdk import WebClient

from bot.manifest import manifest
from mentoring.effort import Effort, MonthOfEffort
from mentoring.home.needs import Need, NeedKind
from mentoring.oversight.digest import DigestRhythm
from mentoring.status import RoundStatus, cohort_status
from messages.status import week
from sandbox import Calendar, Member, Sandbox
from tests.browser.accessible import assert_accessible
from tests.browser.conftest import opened
from tests.browser.pictures import keep
from tests.browser.test_homes import NAMES
from tests.browser.test_journey import messages
from tests.messages.examples import ADA, BEN, CLEO, COHORT, OTHERS_OFFER, OWEN, PLAIN, REPORT, REQUEST, SUE

pytestmark = pytest.mark.long

WIDE, PHONE = ViewportSize(width=1280, height=1100), ViewportSize(width=390, height=844)
NEEDS = (
    Need(NeedKind.SEND, 2),
    Need(NeedKind.LONG_QUIET, 47, "R1", people=(ADA, BEN)),
    Need(NeedKind.FIRST_MEETING, 18, "R2", people=(CLEO, SUE)),
    Need(NeedKind.OVER_PLACES, 3, "A2", people=(BEN,), places=2),
    Need(NeedKind.PLAN, about="review", on=date(2027, 6, 7)),
)
SENT = (
    *(replace(REQUEST, id=f"A{number}") for number in range(36)),
    *(replace(OTHERS_OFFER, id=f"B{number}") for number in range(24)),
)
MAY = MonthOfEffort(date(2027, 5, 1), Effort(14, 6), Effort(23, 13), 2)


@pytest.fixture(scope="module")
def workspace() -> Iterator[Sandbox]:
    calendar = Calendar(datetime(2027, 6, 7, 9, tzinfo=UTC))
    members = [Member(person, name.split()[0].lower(), name) for person, name in NAMES.items()]
    with Sandbox(manifest(), members, calendar=calendar, rate_limits=False, own_messages=False) as sandbox:
        yield sandbox


@pytest.fixture
def page(browser: Browser, workspace: Sandbox) -> Iterator[Page]:
    with opened(browser, workspace.url, viewport=WIDE, reduced_motion="reduce") as page:
        yield page


def test_what_needs_an_owner_can_be_read_by_everybody_and_fits_a_phone(page: Page, workspace: Sandbox) -> None:
    client = WebClient(workspace.bot_token, base_url=workspace.api_url)
    round_ = RoundStatus(PLAIN, COHORT, cohort_status(PLAIN, COHORT, SENT), REPORT)
    said = week([round_], {PLAIN.id: NEEDS}, DigestRhythm.WEEKLY, effort={PLAIN.id: MAY})
    client.chat_postMessage(channel=OWEN, **said.payload())
    page.get_by_role("navigation", name="People").get_by_role("link", name=NAMES[OWEN]).click()
    shown = messages(page).last
    expect(shown.get_by_role("button", name="Offer help")).to_be_visible()
    assert_accessible(page)
    keep(shown, "needs.png")
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="dark")
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, "something sticks out"
