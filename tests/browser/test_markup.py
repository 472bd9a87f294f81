"""Text as the page shows it: Slack's markup, Markdown, dates, and nothing that text could do."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.club import ADA, GRACE, Club, mrkdwn, open_club, plain, section
from tests.browser.test_journey import be, messages

pytestmark = pytest.mark.long

SHOWN = """async ([module, text]) => {
    const markup = await import(`/static/${module}.js`);
    const box = document.createElement("div");
    box.append(...markup[module](text));
    return box.innerHTML.replaceAll('<div class="line">', "").replaceAll("</div>", "\\n").trim();
}"""
LINK = '<a href="{0}" target="_blank" rel="noopener noreferrer">{1}</a>'

MRKDWN = [
    ("*bold* _italics_ ~struck~ `code`", "<strong>bold</strong> <em>italics</em> <s>struck</s> <code>code</code>"),
    ("*bold _and both_*", "<strong>bold <em>and both</em></strong>"),
    ("2*3*4 and snake_case_name", "2*3*4 and snake_case_name"),
    ("* not bold * nor *this", "* not bold * nor *this"),
    ("`*as it is* <@U0ADA>`", "<code>*as it is* &lt;@U0ADA&gt;</code>"),
    ("a &lt;b&gt; &amp; c", "a &lt;b&gt; &amp; c"),
    ("<https://example.org|a *place*>", LINK.format("https://example.org", "a *place*")),
    ("see https://example.org/a_b_c.", f"see {LINK.format('https://example.org/a_b_c', 'https://example.org/a_b_c')}."),
    ("<javascript:alert(1)|press>", "<span>&lt;javascript:alert(1)|press&gt;</span>"),
    ("*<https://example.org/*|x>*", f"<strong>{LINK.format('https://example.org/*', 'x')}</strong>"),
    ("&gt; quoted\nnot", "<blockquote>quoted\n</blockquote>not"),
    ("```\n*plain*\n```", "<pre><code>*plain*</code></pre>"),
    ("<img src=x onerror=alert(1)>", "<span>&lt;img src=x onerror=alert(1)&gt;</span>"),
    ("10:30:15 :no_such_sign:", "10:30:15 :no_such_sign:"),
]

MARKDOWN = [
    ("**bold** *it* ~~no~~", "<p><strong>bold</strong> <em>it</em> <s>no</s></p>"),
    ("# Head", "<h3>Head</h3>"),
    ("1. one\n2. two\n   - in two", '<ol start="1"><li>one</li><li>two<ul><li>in two</li></ul></li></ol>'),
    ("[x](javascript:alert(1))", "<p><span>x</span></p>"),
    ("<b>raw</b>", "<p>&lt;b&gt;raw&lt;/b&gt;</p>"),
]


@pytest.fixture(scope="module")
def scripts(browser: Browser) -> Iterator[Page]:
    """A page whose scripts are called by themselves."""
    club = open_club()
    page = browser.new_page()
    page.goto(club.sandbox.url)
    yield page
    page.close()
    club.sandbox.stop()


@pytest.mark.parametrize(("text", "shown"), MRKDWN)
def test_mrkdwn_is_shown_as_slack_shows_it(scripts: Page, text: str, shown: str) -> None:
    assert scripts.evaluate(SHOWN, ["mrkdwn", text]) == shown


@pytest.mark.parametrize(("text", "shown"), MARKDOWN)
def test_markdown_is_shown_without_raw_markup(scripts: Page, text: str, shown: str) -> None:
    assert scripts.evaluate(SHOWN, ["markdown", text]) == shown


def test_the_browser_itself_refuses_to_turn_text_into_markup(scripts: Page) -> None:
    refusal = "() => { try { document.body.innerHTML = '<b>x</b>'; return 'taken'; } catch (e) { return e.name; } }"
    assert scripts.evaluate(refusal) == "TypeError"


def test_a_date_is_shown_in_its_readers_own_zone(page: Page, club: Club) -> None:
    seconds = int(datetime(2027, 3, 5, 1, 30, tzinfo=UTC).timestamp())
    text = f"It begins <!date^{seconds}^{{date_long}} at {{time}}|in March>."
    for person in (ADA, GRACE):
        club.tell(person, text)
    be(page, "Ada Lovelace")
    expect(messages(page).last).to_contain_text("It begins Friday, March 5th, 2027 at 1:30 AM.")
    be(page, "Grace Hopper")
    expect(messages(page).last).to_contain_text("It begins Thursday, March 4th, 2027 at 8:30 PM.")


def test_a_date_that_cannot_be_shown_gives_way_to_its_fallback(page: Page, club: Club) -> None:
    club.tell(ADA, "It begins <!date^soon^{date_long}|before long>, or <!date^1^{season}|in spring>.")
    be(page, "Ada Lovelace")
    expect(messages(page).last).to_contain_text("It begins before long, or in spring.")


def test_plain_text_is_never_interpreted(page: Page, club: Club) -> None:
    header = {"type": "header", "text": plain("*As* <@U0ADA> &amp; :tada:")}
    club.tell(ADA, "x", header, {"type": "section", "text": plain("_so_\nit is <b>")})
    be(page, "Ada Lovelace")
    expect(messages(page).last.get_by_role("heading")).to_have_text("*As* <@U0ADA> &amp; 🎉")
    expect(messages(page).last).to_contain_text("_so_\nit is <b>")


def test_people_are_named_in_mentions_and_the_reader_is_told_apart(page: Page, club: Club) -> None:
    club.tell(ADA, "x", section("<@U0ADA> meets <@U0GRACE> and <@U0NOBODY>"))
    be(page, "Ada Lovelace")
    message = messages(page).last
    expect(message).to_contain_text("@Ada Lovelace meets @Grace Hopper and @U0NOBODY")
    expect(message.locator(".mention-me")).to_have_text("@Ada Lovelace")


def test_a_table_is_a_table_to_those_who_listen(page: Page, club: Club) -> None:
    rows = [[{"type": "raw_text", "text": text} for text in row] for row in (("Reader", "Books"), ("Ada", "12"))]
    club.tell(
        ADA, "x", {"type": "table", "rows": rows}, section("_below_"), {"type": "context", "elements": [mrkdwn("*c*")]}
    )
    be(page, "Ada Lovelace")
    expect(page.get_by_role("columnheader", name="Books")).to_be_visible()
    expect(page.get_by_role("cell", name="12")).to_be_visible()


def test_the_less_common_emoji_are_known_by_their_slack_names(page: Page, club: Club) -> None:
    club.tell(ADA, "Look, an :otter: and no :such_thing:")
    be(page, "Ada Lovelace")
    expect(messages(page).last).to_contain_text("Look, an 🦦 and no :such_thing:")
