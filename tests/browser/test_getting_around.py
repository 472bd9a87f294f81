"""Getting around: the side bar, the tabs of the app's own conversation, and the colours of the page."""

import pytest
from playwright.sync_api import Locator, Page, Route, WebSocketRoute, expect

from tests.browser.club import ADA, GRACE, JOAN, Club, home
from tests.browser.test_journey import be, composer

pytestmark = pytest.mark.long


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


def test_an_address_leads_to_a_conversation_of_which_the_page_has_not_heard_yet(page: Page, club: Club) -> None:
    page.route_web_socket("**/sandbox/live", lambda socket: None)
    page.reload()
    be(page, "Ada Lovelace")
    group = club.client.conversations_open(users=[ADA, GRACE])["channel"]["id"]
    club.client.chat_postMessage(channel=group, text="Good evening.")
    page.evaluate("hash => { location.hash = hash }", f"#{ADA}/{group}")
    expect(page.get_by_role("article").filter(has_text="Good evening.")).to_be_visible()


ADDRESS_CHANGES_WITH_THE_NEXT_ANSWER = """address => {
  const ask = window.fetch;
  window.fetch = async (...request) => {
    const answer = await ask(...request);
    const read = answer.json.bind(answer);
    answer.json = async () => {
      const body = await read();
      if (answer.url.includes("/people/")) { location.hash = address; window.fetch = ask; }
      return body;
    };
    return answer;
  };
}"""


def test_an_address_that_comes_while_another_is_followed_is_kept(page: Page, club: Club) -> None:
    page.route_web_socket("**/sandbox/live", lambda socket: None)
    page.reload()
    group = club.client.conversations_open(users=[ADA, GRACE])["channel"]["id"]
    club.client.chat_postMessage(channel=group, text="Good evening.")
    page.evaluate(ADDRESS_CHANGES_WITH_THE_NEXT_ANSWER, f"#{ADA}/{group}")
    be(page, "Ada Lovelace")
    expect(page.get_by_role("article").filter(has_text="Good evening.")).to_be_visible()


def test_an_address_that_comes_while_the_page_reconnects_is_kept(page: Page, club: Club) -> None:
    sockets: list[WebSocketRoute] = []
    tours: list[Route] = []
    people: list[Route] = []
    page.route_web_socket("**/sandbox/live", lambda socket: sockets.append(socket))
    page.reload()
    be(page, "Ada Lovelace")
    expect(composer(page)).to_be_visible()

    other = club.client.conversations_open(users=[ADA, JOAN])["channel"]["id"]
    club.client.chat_postMessage(channel=other, text="Good morning.")
    page.route("**/sandbox/tour*", lambda route: tours.append(route))
    with page.expect_request("**/sandbox/tour*"):
        sockets[-1].close()
    expect(page.get_by_role("navigation", name="Conversations").get_by_role("link", name="Joan Clarke")).to_be_visible()

    group = club.client.conversations_open(users=[ADA, GRACE])["channel"]["id"]
    club.client.chat_postMessage(channel=group, text="Good evening.")
    page.route(f"**/people/{ADA}", lambda route: people.append(route))
    with page.expect_request(f"**/people/{ADA}"):
        page.evaluate("hash => { location.hash = hash }", f"#{ADA}/{group}")
    with page.expect_response("**/sandbox/tour*"):
        tours[0].continue_()
    page.evaluate("() => new Promise(resolve => setTimeout(resolve))")
    for held in people:
        held.continue_()
    expect(page.get_by_role("article").filter(has_text="Good evening.")).to_be_visible()


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

    told = [(ADA, "messages", False), (ADA, "home", False), (ADA, "home", True), (ADA, "messages", False)]
    with club.sandbox.workspace.changed:  # the page shows the tab before the app has heard of it
        club.sandbox.workspace.changed.wait_for(lambda: len(opened(club)) == len(told), 10)
    assert opened(club) == told


def opened(club: Club) -> list[tuple[str, str, bool]]:
    """Of which tabs the app was told: by whom, which one, and whether it had published something there."""
    events = [one.payload["event"] for one in club.sandbox.deliveries if one.kind == "event"]
    return [(one["user"], one["tab"], "view" in one) for one in events]


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
