"""Tables, charts and the rarer blocks of messages: all are drawn, and what is done with them reaches the app."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.club import ADA, GRACE, Block, Club, mrkdwn, plain, section
from tests.browser.test_journey import be, choose, messages

pytestmark = pytest.mark.long

READ = {"type": "button", "action_id": "pick", "text": plain("Read it")}
CARD = {"type": "card", "title": mrkdwn("*Middlemarch*"), "body": plain("A long one."), "actions": [READ]}
TASK = {"type": "task_card", "task_id": "order", "title": "Order the books", "status": "in_progress"}
THUMBS = {
    "type": "feedback_buttons",
    "action_id": "pick",
    "positive_button": {"text": plain("A good choice"), "value": "up"},
    "negative_button": {"text": plain("Not for me"), "value": "down"},
}
RICH = {"type": "rich_text_section", "elements": [{"type": "text", "text": "bold", "style": {"bold": True}}]}
DRAWN: tuple[Block, ...] = (
    {"type": "header", "text": plain("Tonight")},
    CARD,
    {"type": "carousel", "elements": [{"type": "card", "title": plain("Emma")}]},
    {
        "type": "container",
        "title": plain("Folded"),
        "is_collapsible": True,
        "default_collapsed": True,
        "child_blocks": [section("Inside the fold.")],
    },
    TASK,
    {"type": "plan", "title": "The plan", "tasks": [{**TASK, "task_id": "two", "status": "complete"}]},
    {"type": "context_actions", "elements": [THUMBS]},
    {
        "type": "video",
        "title": plain("A film"),
        "video_url": "https://example.org/film",
        "alt_text": "A film",
        "thumbnail_url": "https://example.org/film.png",
    },
    {"type": "rich_text", "elements": [RICH, {"type": "rich_text_list", "style": "bullet", "elements": [RICH]}]},
    {"type": "markdown", "text": "**strong**"},
)


def acted(club: Club, many: int) -> list[dict[str, Any]]:
    """What the app has heard that somebody did, once that is so many acts."""

    def heard() -> list[dict[str, Any]]:
        return [one.payload["actions"][0] for one in club.sandbox.deliveries if one.kind == "block_actions"]

    with club.sandbox.workspace.changed:
        club.sandbox.workspace.changed.wait_for(lambda: len(heard()) >= many, 10)
    return heard()


def test_every_block_of_a_message_is_drawn(page: Page, club: Club) -> None:
    club.tell(ADA, "x", *DRAWN)
    be(page, "Ada Lovelace")
    message = messages(page).last
    expect(message.get_by_role("button", name="Read it")).to_be_visible()
    expect(message.get_by_text("cannot show")).to_have_count(0)
    expect(message.get_by_text("Inside the fold.")).to_be_hidden()
    message.get_by_text("Folded").click()
    expect(message.get_by_text("Inside the fold.")).to_be_visible()
    message.get_by_role("button", name="Not for me").click()
    message.get_by_role("button", name="Read it").click()
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    assert [one.get("value") for one in acted(club, 2)] == ["down", None]


def test_moments_are_chosen_in_ones_own_zone_and_conversations_by_their_names(page: Page, club: Club) -> None:
    room = club.sandbox.add_channel("reading-room", [GRACE], with_bot=True)
    moment = {"type": "datetimepicker", "action_id": "pick"}
    place = {"type": "conversations_select", "action_id": "pick"}
    for element in (moment, place):
        club.tell(GRACE, "When and where?", {"type": "actions", "elements": [element]})
    be(page, "Grace Hopper")
    page.get_by_label("Date and time").fill("2027-03-05T18:30")
    choose(page, page.get_by_role("combobox"), "#reading-room")
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    when, where = acted(club, 2)
    assert when["selected_date_time"] == 1804289400  # half past six in the evening in New York
    assert where["selected_conversation"] == room


def test_a_data_table_is_sorted_by_its_columns_and_read_a_page_at_a_time(page: Page, club: Club) -> None:
    readers = [("Ada", 12), ("Grace", 9), ("Joan", 100)]
    rows = [
        [{"type": "raw_text", "text": "Reader"}, {"type": "raw_text", "text": "Books"}],
        *(
            [{"type": "raw_text", "text": name}, {"type": "raw_number", "value": n, "text": str(n)}]
            for name, n in readers
        ),
    ]
    club.tell(ADA, "x", {"type": "data_table", "caption": "Readers", "page_size": 2, "rows": rows})
    be(page, "Ada Lovelace")
    table = page.get_by_role("table", name="Readers")
    names = table.get_by_role("rowheader")
    expect(names).to_have_text(["Ada", "Grace"])
    table.get_by_role("button", name="Books").click()
    expect(names).to_have_text(["Grace", "Ada"])
    table.get_by_role("button", name="Books").click()
    expect(names).to_have_text(["Joan", "Ada"])
    page.get_by_role("button", name="Next").click()
    expect(names).to_have_text(["Grace"])


def test_a_chart_is_an_image_with_its_numbers_beside_it(page: Page, club: Club) -> None:
    def series(name: str, *values: int) -> dict[str, object]:
        data = [{"label": month, "value": value} for month, value in zip(("May", "June"), values, strict=True)]
        return {"name": name, "data": data}

    read = {"type": "bar", "series": [series("Ada", 3, 5), series("Grace", 2, 1)]}
    bars = {**read, "axis_config": {"categories": ["May", "June"]}}
    pie = {"type": "pie", "segments": [{"label": "Novels", "value": 3}, {"label": "Poems", "value": 1}]}
    for title, chart in (("Books read", bars), ("Kinds", pie)):
        club.tell(ADA, "x", {"type": "data_visualization", "title": title, "chart": chart})
    be(page, "Ada Lovelace")
    expect(page.get_by_role("img", name="Books read")).to_be_visible()
    numbers = page.get_by_role("table", name="Books read")
    expect(numbers.get_by_role("row", name="June")).to_have_accessible_name("June 5 1")
    expect(page.get_by_role("img", name="Kinds")).to_be_visible()
    expect(messages(page).last).to_contain_text("Novels, 75 %")
