"""The side bar: the conversations of whoever one is, as Slack divides them, and the colours of the page."""

from playwright.sync_api import Page, expect

from tests.browser.club import ADA, GRACE, JOAN, Club
from tests.browser.test_journey import be


def test_conversations_stand_under_channels_direct_messages_and_apps(page: Page, club: Club) -> None:
    room = club.sandbox.add_channel("reading-room", [ADA, GRACE], with_bot=True)
    group = club.client.conversations_open(users=[ADA, GRACE, JOAN])["channel"]["id"]
    for place in (room, group):
        club.client.chat_postMessage(channel=place, text="Good evening.")
    be(page, "Ada Lovelace")
    talks = page.get_by_role("navigation", name="Conversations")
    expect(talks).to_contain_text("You are Ada Lovelace")
    expect(talks.get_by_role("heading")).to_have_text(["Channels", "Direct messages", "Apps"])
    expect(talks.get_by_role("link")).to_have_text(
        ["reading-room11 unread", "Grace Hopper, Joan Clarke11 unread", "BCBook Club"]
    )
    talks.get_by_role("link", name="reading-room").click()
    expect(page.get_by_role("textbox", name="Message #reading-room")).to_be_visible()
    expect(talks.get_by_role("link", name="reading-room")).to_have_accessible_name("reading-room")


def test_the_colours_one_chose_are_kept(page: Page) -> None:
    colours = "getComputedStyle(document.body).backgroundColor"
    by_day = page.evaluate(colours)
    page.get_by_role("group", name="Colours").get_by_text("Dark").click()
    by_night = page.evaluate(colours)
    assert by_night != by_day
    page.reload()
    expect(page.get_by_role("radio", name="Dark")).to_be_checked()
    assert page.evaluate(colours) == by_night
    page.get_by_role("group", name="Colours").get_by_text("System").click()
    assert page.evaluate(colours) == by_day
