"""The tabs of the app's own conversation: its Home, its messages, and what it says of itself."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.club import ADA, GRACE, Club, home
from tests.browser.test_journey import be, composer


def tab(page: Page, name: str) -> Locator:
    return page.get_by_role("navigation", name="Tabs").get_by_role("link", name=name)


def test_the_home_shows_what_the_app_published_and_its_buttons_work(page: Page, club: Club) -> None:
    be(page, "Ada Lovelace")
    tab(page, "Home").click()
    expect(page.get_by_text("We meet on Friday.")).to_be_visible()
    expect(composer(page)).to_be_hidden()
    page.get_by_role("button", name="I will come").click()
    expect(page.get_by_text("A seat is kept for you on Friday.")).to_be_visible()

    club.client.views_publish(user_id=ADA, view=home("We meet on *Monday* now."))
    expect(page.get_by_text("We meet on Monday now.")).to_be_visible()
    page.reload()
    expect(page.get_by_text("We meet on Monday now.")).to_be_visible()
    tab(page, "Messages").click()
    expect(composer(page)).to_be_visible()

    opened = [one.payload["event"] for one in club.sandbox.deliveries if one.kind == "event"]
    assert [(one["user"], one["tab"], "view" in one) for one in opened] == [
        (ADA, "messages", False),
        (ADA, "home", False),
        (ADA, "home", True),
        (ADA, "messages", False),
    ]


def test_the_app_says_what_it_is_and_other_conversations_have_no_tabs(page: Page, club: Club) -> None:
    group = club.client.conversations_open(users=[ADA, GRACE])["channel"]["id"]
    club.client.chat_postMessage(channel=group, text="You read the same book.")
    be(page, "Ada Lovelace")
    tab(page, "About").click()
    expect(page.get_by_role("heading", name="Book Club", level=2)).to_be_visible()
    expect(page.get_by_text("Reads with you, at your own pace.")).to_be_visible()
    expect(page.get_by_text("All the club can do for you")).to_be_visible()

    page.get_by_role("navigation", name="Conversations").get_by_role("link", name="Grace Hopper").click()
    expect(page.get_by_role("article")).to_contain_text("You read the same book.")
    expect(tab(page, "About")).to_have_count(0)
