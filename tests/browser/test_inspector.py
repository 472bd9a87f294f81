"""The Inspector: a drawer that shows the traffic between Slack and the app, and can cause failures."""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from slack_sdk.http_retry import RateLimitErrorRetryHandler

from tests.browser.club import ADA, Club
from tests.browser.test_journey import be, composer, messages, open_form

pytestmark = pytest.mark.long


def drawer(page: Page) -> Locator:
    return page.get_by_role("complementary", name="Inspector")


def traffic(page: Page) -> Locator:
    return drawer(page).get_by_role("list", name="Requests, newest first").get_by_role("listitem")


def turn_to(page: Page, tab: str) -> None:
    drawer(page).get_by_role("tab", name=tab).click()


def test_by_keyboard_one_sees_what_a_command_caused_beside_the_form_it_opened(page: Page, club: Club) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    be(page, "Ada Lovelace")
    open_form(page).get_by_role("button", name="Cancel").click()
    expect(composer(page)).to_be_focused()
    assert not [url for url in asked if "/sandbox/inspector/" in url], "closed, it makes no requests"

    page.keyboard.press("F2")
    expect(drawer(page).get_by_role("tab", name="Requests")).to_be_focused()
    expect(traffic(page).first).to_contain_text("views.open")
    expect(traffic(page).nth(1)).to_contain_text("/club join · Ada Lovelace")
    traffic(page).first.get_by_role("button").press("Enter")
    expect(drawer(page).get_by_role("group", name="Arguments")).to_contain_text('"Join the club"')

    form = open_form(page)
    expect(traffic(page).first).not_to_contain_text("Join the club")
    expect(traffic(page).nth(2)).to_contain_text("Join the club")
    turn_to(page, "Message")
    limits = drawer(page).get_by_role("list", name="Limits used, highest first")
    expect(limits).to_contain_text("modal title 13 of 24")
    expect(drawer(page).get_by_role("button", name="Copy blocks")).to_be_visible()
    page.keyboard.press("Escape")
    expect(drawer(page)).to_be_hidden()
    expect(form).to_be_visible()


def test_a_message_that_is_clicked_is_the_one_that_shows(page: Page, club: Club) -> None:
    club.tell(ADA, "The first of all.")
    club.tell(ADA, "And one more.")
    be(page, "Ada Lovelace")
    messages(page).first.hover()
    page.get_by_role("button", name="Inspect this message").click()
    json = drawer(page).get_by_role("group", name="JSON")
    expect(json).to_contain_text("The first of all.")
    messages(page).last.click()
    expect(json).to_contain_text("And one more.")
    drawer(page).get_by_role("button", name="Older").press("Enter")
    expect(json).to_contain_text("The first of all.")


def test_too_many_requests_are_announced_waited_for_and_over(page: Page, club: Club) -> None:
    club.client.retry_handlers.append(RateLimitErrorRetryHandler(max_retry_count=1))
    be(page, "Ada Lovelace")
    page.get_by_role("button", name="Inspector").click()
    turn_to(page, "Failures")
    drawer(page).get_by_role("combobox", name="Calls", exact=True).select_option("chat.postMessage")
    drawer(page).get_by_label("Seconds to wait").fill("1")
    drawer(page).get_by_role("switch", name="Too many requests").click()
    banner = page.get_by_text("Slack says “too many requests” now (chat.postMessage, for the next call)")
    expect(banner).to_be_visible()

    club.tell(ADA, "In spite of all.")
    expect(messages(page).last).to_contain_text("In spite of all.")
    expect(banner).to_be_hidden()
    expect(drawer(page).get_by_role("switch", name="Too many requests")).not_to_be_checked()
    turn_to(page, "Requests")
    expect(traffic(page).first).to_contain_text(re.compile("chat.postMessage.*ok"))
    expect(traffic(page).nth(1)).to_contain_text("429 ratelimited")

    turn_to(page, "Failures")
    drawer(page).get_by_role("combobox", name="Duration", exact=True).select_option("Until I turn it off")
    drawer(page).get_by_role("switch", name="Slow").click()
    slow = page.get_by_text("Slack is slow now")
    expect(slow).to_be_visible()
    page.get_by_role("button", name="Turn off").click()
    expect(slow).to_be_hidden()
    assert club.sandbox.faults.active() == []


def test_on_a_phone_it_covers_the_page_and_nothing_sticks_out(browser: Browser, club: Club) -> None:
    club.tell(ADA, "Hello")
    context = browser.new_context(viewport={"width": 390, "height": 780}, has_touch=True, color_scheme="dark")
    page = context.new_page()
    page.goto(f"{club.sandbox.url}/#{ADA}")
    page.get_by_role("button", name="Inspector").tap()
    for tab in ("Requests", "Message", "Scopes and limits", "Failures"):
        turn_to(page, tab)
        inside = "node => node.scrollWidth - node.clientWidth"
        assert drawer(page).evaluate(inside) <= 0
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    drawer(page).get_by_role("button", name="Close Inspector").tap()
    expect(drawer(page)).to_be_hidden()
    context.close()
