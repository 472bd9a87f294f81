"""Every main screen can be used by everybody: axe-core finds nothing to mend, by day and by night, wide and narrow."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessible import assert_accessible
from tests.browser.club import ADA, PICK, SILENT, Club, mrkdwn, section
from tests.browser.test_journey import be, messages, open_form

pytestmark = pytest.mark.long

ROWS = [[{"type": "raw_text", "text": text} for text in row] for row in (("Reader", "Books"), ("Ada", "12"))]
CHART = {
    "type": "data_visualization",
    "title": "Books",
    "chart": {
        "type": "bar",
        "series": [{"name": "Read", "data": [{"label": "May", "value": 3}, {"label": "June", "value": 5}]}],
        "axis_config": {"categories": ["May", "June"]},
    },
}
MANY_BLOCKS = (
    {"type": "header", "text": {"type": "plain_text", "text": "The next evening"}},
    section("*Which* of them, <@U0ADA>? See <https://example.org|the list>, `code`.") | {"accessory": PICK},
    {"type": "divider"},
    {"type": "data_table", "caption": "Readers", "rows": ROWS},
    CHART,
    {"type": "actions", "elements": [SILENT, {**SILENT, "action_id": "other", "style": "primary"}]},
    {"type": "context", "elements": [mrkdwn("_Read slowly._")]},
)


@pytest.fixture(params=[(1280, "light"), (390, "dark")], ids=["wide and light", "narrow and dark"])
def screen(request: pytest.FixtureRequest, browser: Browser, club: Club) -> Iterator[Page]:
    width, scheme = request.param
    context = browser.new_context(viewport={"width": width, "height": 860}, color_scheme=scheme)
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.goto(club.sandbox.url)
    yield page
    context.close()


def test_nothing_stands_in_anybodys_way(screen: Page, club: Club) -> None:
    expect(screen.get_by_role("navigation", name="People").get_by_role("link")).to_have_count(4)
    assert_accessible(screen)
    be(screen, "Ada Lovelace")
    club.tell(ADA, "Which?", *MANY_BLOCKS)
    expect(messages(screen).last).to_contain_text("Which of them")
    assert_accessible(screen)
    form = open_form(screen)
    form.get_by_role("button", name="Send").click()
    expect(form.get_by_text("Please complete this required field").first).to_be_visible()
    assert_accessible(screen)
