"""The communication plan on the page, with a post that has gone out: wide in light, and on a phone in dark."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from mentoring.announcements.announcement import AnnouncementKind
from messages import ids
from tests.browser.accessible import assert_accessible
from tests.browser.conftest import opened
from tests.browser.pictures import keep
from tests.browser.test_journey import messages
from tests.handlers.test_announcements import at, changes, opens, press
from tests.local_bot import OWNER, LocalBot
from tests.local_bot import local_bot as open_town

pytestmark = pytest.mark.long

WIDE, PHONE = ViewportSize(width=1280, height=1100), ViewportSize(width=390, height=844)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[LocalBot]:
    """The call for applications is out, in one channel; the other announcements are still to be approved."""
    with open_town(tmp_path) as opened, opened.slack.calendar.paused():
        opened.slack.timeline = opened.bot
        opened.settle()
        general = opened.slack.add_channel("staff-news", [OWNER, "U0ADA"], with_bot=True)
        owner = opens(opened)
        changes(opened, owner, AnnouncementKind.LAST_WEEK, channels=[general])
        changes(opened, owner, AnnouncementKind.CALL, channels=[general])
        press(opened, owner, ids.APPROVE_ANNOUNCEMENT, AnnouncementKind.CALL)
        owner.close(everything=True)
        at(opened, "2026-11-24 10:00")
        opens(opened)
        yield opened


def test_the_plan_can_be_read_by_everybody_and_its_post_too(browser: Browser, town: LocalBot) -> None:
    with opened(browser, town.slack.url, viewport=WIDE, reduced_motion="reduce") as page:
        page.get_by_role("navigation", name="People").get_by_role("link", name="Olga Owner").click()
        plan = page.get_by_role("dialog", name="Communication plan")
        expect(plan).to_be_visible()
        expect(plan.get_by_text("Call for applications")).to_be_visible()
        assert_accessible(page)
        keep(plan, "announcements.png")
        page.set_viewport_size(PHONE)
        page.emulate_media(color_scheme="dark")
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, "something sticks out"
    town.person(OWNER).close(everything=True)
    with opened(browser, town.slack.url, viewport=WIDE, reduced_motion="reduce") as page:
        page.get_by_role("navigation", name="People").get_by_role("link", name="Ada Adams").click()
        page.get_by_role("link", name="staff-news").click()
        post = messages(page).last
        expect(post.get_by_text("applications are open")).to_be_visible()
        assert_accessible(page)
        keep(post, "channel-post.png")
