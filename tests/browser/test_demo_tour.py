"""The demo's tour with the real bot, as a newcomer takes it: by what is on the screen, in light and dark."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from bot.demo.run import Demo
from messages import ids
from tests.browser.accessible import assert_accessible
from tests.browser.conftest import opened
from tests.browser.demos import running_demo
from tests.browser.pictures import keep

A_WHILE = 240_000
"""Milliseconds for what the bot needs a moment for: proposals, and a year."""


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    with running_demo(tmp_path) as demo:
        yield demo


@pytest.fixture
def page(browser: Browser, demo: Demo) -> Iterator[Page]:
    wide = {"width": 1280, "height": 880}
    with opened(browser, demo.sandbox.url, timeout=20_000, viewport=wide, reduced_motion="reduce") as page:
        yield page


@pytest.fixture
def tour(page: Page) -> Locator:
    panel = page.get_by_role("region", name="Tour")
    panel.wait_for()
    return panel


@pytest.fixture(params=["light", pytest.param("dark", marks=pytest.mark.long)])
def look(request: pytest.FixtureRequest, page: Page) -> Callable[[], None]:
    """axe-core finds nothing on this screen; in dark it looks on a walk of its own."""

    def look_now() -> None:
        page.emulate_media(color_scheme=request.param)
        assert_accessible(page)
        page.emulate_media(color_scheme="light")

    return look_now


def is_done(tour: Locator, step: str) -> None:
    expect(tour.get_by_role("button", name=f"{step}, done")).to_be_visible(timeout=A_WHILE)


def message_box(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Message mentor-bot")


def show(page: Page, tour: Locator, command: str) -> None:
    """“Show me” types the command; the newcomer presses Enter."""
    tour.get_by_role("button", name="Show me").click()
    send_typed(page, command)


def send_typed(page: Page, command: str) -> None:
    expect(message_box(page)).to_have_value(command)
    message_box(page).press("Enter")


def next_step(where: Page | Locator) -> Locator:
    return where.get_by_role("group", name="Next step")


def button(where: Page | Locator, action_id: str) -> Locator:
    """The bot's buttons of this kind, whatever their labels say."""
    return where.locator(f"button[data-focus={action_id}]")


def approve_all(matches: Locator) -> None:
    approve = button(matches, ids.APPROVE)
    expect(approve.first).to_be_visible(timeout=A_WHILE)
    for left in reversed(range(approve.count())):
        approve.first.click()
        expect(approve).to_have_count(left)


def test_a_newcomer_takes_the_whole_tour(page: Page, tour: Locator, look: Callable[[], None]) -> None:
    expect(page.get_by_role("heading", name="Welcome to Fairfield Library")).to_be_visible()
    hana = page.get_by_role("navigation", name="People").get_by_role("link", name="Hana Sato")
    expect(hana).to_contain_text("2 unread")
    look()
    keep(page, "welcome.png")

    show(page, tour, "/mentor request")
    form = page.get_by_role("dialog", name="Request a mentor")
    next_step(form).get_by_role("button", name="Fill in an example").click()
    expect(form.get_by_label(re.compile("hope"))).to_have_value(re.compile("^I joined in February"))
    look()
    form.get_by_role("button", name="Send").click()
    is_done(tour, "Request")

    tour.get_by_role("button", name="Do it for me").click()
    is_done(tour, "Volunteer")
    expect(page.get_by_role("article").last).to_contain_text("has arrived")

    walk_through_the_match(page, tour, look)
    expect(page.get_by_role("article").filter(has_text="meet each other").last).to_be_visible()
    look()
    keep(page, "introduction.png")

    tour.get_by_role("button", name="Do it for me").click()
    is_done(tour, "Meet")
    expect(page.get_by_role("article").last).to_contain_text("logged a meeting with you")
    see_home(page, look)

    tour.get_by_role("button", name="Do it for me").click()
    expect(page.get_by_role("region", name="Calendar", exact=True).get_by_role("progressbar")).to_be_visible()
    is_done(tour, "A year passes")
    look()

    show(page, tour, "/mentor status")
    is_done(tour, "The report")
    report = page.get_by_role("article").filter(has_text="where the round stands").last
    expect(report).to_contain_text(re.compile("Closing surveys?"))
    expect(tour).to_contain_text("That was the tour.")
    look()
    report.evaluate("it => it.scrollIntoView()")
    keep(page, "status.png")
    see_everybody(page, look)


def see_home(page: Page, look: Callable[[], None]) -> None:
    """A mentee's own page, and an owner's on a phone; then the conversation as it was."""
    before = page.url
    open_home(page, "Ivo Petrov")
    expect(page.locator(".tab-home")).to_contain_text("Your partnership")
    look()
    keep(page, "home.png")
    open_home(page, "Nora Whitfield")
    expect(page.locator(".tab-home")).to_contain_text("See people")
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme="dark")
    assert_accessible(page)
    keep(page, "home-owner-phone-dark.png")
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1280, "height": 880})
    page.goto(before)


def open_home(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="People").get_by_role("link", name=name).click()
    expect(page.get_by_role("heading", name="mentor-bot")).to_be_visible()
    page.get_by_role("navigation", name="Tabs").get_by_role("link", name="Home").click()
    expect(page.locator(".tab-home .block").first).to_be_visible()


def see_everybody(page: Page, look: Callable[[], None]) -> None:
    """An owner looks at all people."""
    message_box(page).fill("/mentor people")
    message_box(page).press("Enter")
    people = page.get_by_role("dialog", name="People")
    expect(people).to_contain_text("people, by name")
    look()
    keep(page, "people.png")


def walk_through_the_match(page: Page, tour: Locator, look: Callable[[], None]) -> None:
    """Both owners approve every proposal, the second sends the matches, and both people accept."""
    show(page, tour, "/mentor match")
    matches = page.get_by_role("dialog")
    expect(next_step(matches)).to_contain_text("Press Propose matches.")
    button(matches, ids.PROPOSE).click()
    button(matches, ids.APPROVE).first.click(timeout=A_WHILE)
    matches.get_by_text("Approved by you").wait_for()
    look()
    keep(page, "matches.png")
    approve_all(matches)

    next_step(matches).get_by_role("button", name="Continue as Idris Farouk").click()
    send_typed(page, "/mentor match")
    approve_all(matches)
    send = button(matches, ids.RELEASE)
    expect(next_step(matches)).to_contain_text(
        f"Every proposal is approved. Press {send.inner_text()} to ask the people."
    )
    send.click()
    page.get_by_role("alertdialog").locator(".dialog-buttons > button").last.click()
    next_step(page).get_by_role("button", name="Continue as Ivo Petrov").click()
    accept(page, "Ivo")
    expect(tour).to_contain_text("Dora Lindqvist is next. Press Show me.")
    tour.get_by_role("button", name="Show me").click()
    accept(page, "Dora")
    is_done(tour, "Match")


def accept(page: Page, who: str) -> None:
    expect(next_step(page)).to_contain_text(f"{who} would like this match. Press Accept.")
    page.get_by_role("article").get_by_role("button", name="Accept").last.click()


@pytest.mark.long
def test_an_owner_is_guided_through_the_set_up(page: Page, look: Callable[[], None]) -> None:
    page.get_by_role("navigation", name="People").get_by_role("link", name=re.compile("Nora")).first.click()
    message_box(page).fill("/mentor setup")
    message_box(page).press("Enter")
    button(page, ids.OPEN_GUIDE).first.click(timeout=A_WHILE)
    form = page.get_by_role("dialog")
    for number in (1, 2):
        expect(form).to_contain_text(f"Step {number} of 10.", timeout=A_WHILE)
        form.get_by_role("button", name="Save and continue").click()
    expect(form).to_contain_text("Step 3 of 10.", timeout=A_WHILE)
    expect(form.get_by_label(re.compile("What does mentoring mean here"))).to_have_value(re.compile("both learn"))
    look()
    keep(page, "setup.png")
    page.emulate_media(color_scheme="dark")
    keep(page, "setup-dark.png")
    button(page, ids.PREVIEW).click()
    expect(page.get_by_role("dialog").last).to_contain_text("When people apply as a mentee", timeout=A_WHILE)
