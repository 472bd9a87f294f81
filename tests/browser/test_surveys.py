"""The surveys on the page: before the first meeting and at the end, wide in light, and on a phone in dark."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from mentoring.programmes.settings import Part
from messages import ids
from tests.browser.accessible import assert_accessible
from tests.browser.conftest import opened
from tests.handlers.acts import before_we_begin
from tests.handlers.starting_points import ADA, BEN, END_DAY, introduced, later
from tests.handlers.test_settings import sets
from tests.journeys.story import Story
from tests.local_bot import LocalBot
from tests.local_bot import local_bot as open_town

pytestmark = pytest.mark.long

WIDE, PHONE = ViewportSize(width=1280, height=1900), ViewportSize(width=390, height=844)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[LocalBot]:
    """Ada and Ben are introduced, and the programme asks two questions of its own."""
    with open_town(tmp_path) as town:
        town.settle()
        sets(town, Part.SURVEYS, {"survey_shelf": ["stay"], "survey_statements": "I felt welcome."})
        introduced(town, ADA, BEN)
        yield town


def look(page: Page, place: Locator, name: str) -> None:
    assert_accessible(page)
    if folder := os.environ.get("LOOK"):
        place.screenshot(path=f"{folder}/{name}.png")


def test_the_surveys_can_be_read_and_answered_by_everybody(browser: Browser, town: LocalBot) -> None:
    story = Story(town)
    with opened(browser, town.slack.url, viewport=WIDE, reduced_motion="reduce") as page:
        page.get_by_role("navigation", name="People").get_by_role("link", name="Ada Adams").click()
        page.get_by_role("navigation", name="Conversations").get_by_role("link", name="Ben").first.click()
        begins = page.get_by_role("button", name="Before we begin").last
        expect(begins).to_be_visible()
        look(page, page.locator("main"), "introduction")
        story.opens(ADA, lambda person: person.click(ids.OPEN_BASELINE), ids.BASELINE_FORM)
        form = page.get_by_role("dialog", name="Before we begin")
        expect(form.get_by_text("I expect to be here in a year.")).to_be_visible()
        look(page, form, "before")
        page.set_viewport_size(PHONE)
        page.emulate_media(color_scheme="dark")
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, "something sticks out"
        look(page, page.locator("body"), "before-phone-dark")
    story.sends(ADA, {**before_we_begin(ADA), "stay": "4"})
    story.logs(ADA, BEN, on=town.slack.calendar.now().date().isoformat())
    later(town, days=END_DAY)
    story.opens(ADA, lambda person: person.click(ids.OPEN_SURVEY), ids.SURVEY_FORM)
    with opened(browser, town.slack.url, viewport=WIDE, reduced_motion="reduce") as page:
        page.get_by_role("navigation", name="People").get_by_role("link", name="Ada Adams").click()
        form = page.get_by_role("dialog", name="Closing survey")
        expect(form.get_by_text("Looking back: how sure were you of that at the start?")).to_be_visible()
        look(page, form, "closing")
        page.emulate_media(color_scheme="dark")
        look(page, form, "closing-dark")
    person = story.person(ADA)
    person.fill({"rating": "5", "helps": "You asked before you answered."})
    person.submit()  # the last page takes its place
    town.settle()
    with opened(browser, town.slack.url, viewport=WIDE, reduced_motion="reduce") as page:
        page.get_by_role("navigation", name="People").get_by_role("link", name="Ada Adams").click()
        form = page.get_by_role("dialog", name="Looking back")
        expect(form.get_by_text("You wrote: “You asked before you answered.”")).to_be_visible()
        look(page, form, "last-page")
        page.emulate_media(color_scheme="dark")
        look(page, form, "last-page-dark")
