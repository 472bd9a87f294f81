"""An owner at the demo's library asks what would help, changes a rule from there, and asks again; in light and dark."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from bot.demo.library.scenario import Library
from bot.demo.run import Demo
from sandbox import Scenario
from tests.browser.accessible import assert_accessible
from tests.browser.conftest import opened
from tests.browser.demos import running_demo
from tests.browser.pictures import keep
from tests.browser.test_journey import be

pytestmark = pytest.mark.long

LIBRARY = Library(people=60, mentees=16, mentors=9, meetings=0, late=3, least_gap=2, at_least=60)
SCENARIO = Scenario(
    "library",
    "A library",
    "Small enough for a test.",
    tuple(LIBRARY.members()),
    LIBRARY.play,
)
A_WHILE = 240_000
"""Milliseconds, until people have applied and have been matched."""


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    with running_demo(tmp_path, [SCENARIO], seconds=A_WHILE / 1000) as demo:
        yield demo


@pytest.fixture
def page(browser: Browser, demo: Demo) -> Iterator[Page]:
    with opened(browser, demo.sandbox.url, timeout=20_000, viewport={"width": 1280, "height": 880}) as page:
        be(page, "Nora Whitfield")
        yield page


def asks(page: Page) -> Locator:
    page.get_by_role("button", name="What would help").click()
    shown = page.get_by_role("dialog", name="What would help")
    expect(shown).to_contain_text("If you propose matches now")
    return shown


def test_an_owner_sees_what_would_help_and_changes_it(page: Page) -> None:
    box = page.get_by_role("textbox", name="Message mentor-bot")
    box.fill("/mentor match")
    box.press("Enter")
    shown = asks(page)
    expect(shown).to_contain_text("Minimum grade gap 1 instead of 2:")
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        assert_accessible(page)
    keep(page, "what-would-help.png")
    shown.get_by_role("button", name="Change the minimum grade gap to none").click()
    form = page.get_by_role("dialog", name="Who can be matched")
    form.get_by_role("combobox", name="Minimum grade gap").click()
    page.get_by_role("option", name="No minimum").click()
    form.get_by_role("button", name="Save").click()
    expect(form).to_be_hidden()
    shown.get_by_role("button", name="Back").click()
    expect(asks(page)).not_to_contain_text("grade gap")
