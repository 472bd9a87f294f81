"""The page at the width of a phone, in the dark."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.club import Club
from tests.browser.test_journey import open_form

pytestmark = pytest.mark.long


@pytest.fixture
def phone(browser: Browser, club: Club) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 780}, has_touch=True, color_scheme="dark")
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.goto(club.sandbox.url)
    yield page
    context.close()


def overhang(page: Page) -> int:
    """By how many pixels something sticks out to the right."""
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


def test_on_a_phone_people_are_in_a_drawer_and_nothing_sticks_out(phone: Page) -> None:
    people = phone.get_by_role("navigation", name="People")
    expect(people).to_be_in_viewport()
    people.get_by_role("link", name="Ada Lovelace").tap()
    expect(people).not_to_be_in_viewport()

    form = open_form(phone)
    assert overhang(phone) <= 0
    expect(form.get_by_role("button", name="Send")).to_be_in_viewport()
    form.get_by_role("button", name="Cancel").tap()
    expect(form).to_be_hidden()

    phone.get_by_role("button", name="People and conversations").tap()
    expect(people).to_be_in_viewport()
    assert overhang(phone) <= 0
