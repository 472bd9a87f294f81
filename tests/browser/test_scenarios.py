"""Starting again: another story is chosen on the page, and every page that is open finds itself in it."""

import queue
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from sandbox import Member, Sandbox, StartingPerson, Story
from tests.browser.club import MANIFEST, MEMBERS
from tests.browser.test_journey import be

OTHERS = (Member("U0MARY", "mary", "Mary Shelley"), Member("U0EMMY", "emmy", "Emmy Noether"))
STORIES: tuple[Story[Sandbox], ...] = (
    Story("club", "The book club", "Four readers.", MEMBERS, lambda sandbox, tell: None),
    Story(
        "reading",
        "A new club",
        "Two readers, and nothing read yet.",
        OTHERS,
        lambda sandbox, tell: None,
        first=[StartingPerson("U0MARY", "has written something herself")],
    ),
)


class Clubs:
    """What serves one story, and another in its place when it is asked to."""

    def __init__(self) -> None:
        self.asked: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.serve(STORIES[0], 0)

    def serve(self, story: Story[Sandbox], port: int) -> None:
        self.sandbox = Sandbox(
            MANIFEST, story.people, port=port, stories=STORIES, story=story.key, start_story=self.asked.put
        )
        self.sandbox.start()

    def begin_what_is_asked(self) -> None:
        asked, port = self.asked.get(timeout=10), urlsplit(self.sandbox.url).port or 0
        self.sandbox.stop()
        self.serve(next(one for one in STORIES if one.key == asked), port)


@pytest.fixture
def clubs() -> Iterator[Clubs]:
    opened = Clubs()
    yield opened
    opened.sandbox.stop()


def test_another_story_begins_and_everybody_lands_on_its_welcome(browser: Browser, clubs: Clubs) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 860}, locale="en-GB")
    context.set_default_timeout(10_000)
    page, other = context.new_page(), context.new_page()
    for one in (page, other):
        one.goto(clubs.sandbox.url)
        be(one, "Ada Lovelace")

    page.get_by_role("button", name="Stories and starting again").click()
    page.get_by_role("button", name="Begin: A new club").click()
    question = page.get_by_role("alertdialog", name="Begin “A new club”?")
    expect(question).to_contain_text("This deletes all messages and applications")
    question.get_by_role("button", name="Go back").click()
    assert clubs.asked.empty()

    page.get_by_role("button", name="Stories and starting again").click()
    page.get_by_role("button", name="Begin: A new club").click()
    question.get_by_role("button", name="Begin", exact=True).click()
    expect(page.get_by_text("Starting again")).to_be_visible()
    clubs.begin_what_is_asked()
    for one in (page, other):
        welcome = one.get_by_role("region", name="Welcome")
        expect(welcome.get_by_role("heading", name="Welcome to")).to_be_visible()
        expect(one.get_by_role("link", name="Ada Lovelace")).to_have_count(0)
    _is_welcomed(page)
    context.close()


def _is_welcomed(page: Page) -> None:
    welcome = page.get_by_role("region", name="Welcome")
    welcome.get_by_role("link", name="Mary Shelley has written something herself").click()
    expect(welcome).to_be_hidden()
    expect(page.get_by_role("navigation", name="Conversations")).to_contain_text("You are Mary Shelley")
