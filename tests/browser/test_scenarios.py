"""Starting again: another scenario is chosen on the page, and every open page shows it."""

import queue
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from sandbox import Member, Sandbox, Scenario, StartingPerson
from tests.browser.club import MANIFEST, MEMBERS
from tests.browser.test_journey import be

pytestmark = pytest.mark.long

OTHERS = (Member("U0MARY", "mary", "Mary Shelley"), Member("U0EMMY", "emmy", "Emmy Noether"))
SCENARIOS: tuple[Scenario[Sandbox], ...] = (
    Scenario("club", "The book club", "Four readers.", MEMBERS, lambda sandbox, on_progress: None),
    Scenario(
        "reading",
        "A new club",
        "Two readers, and nothing read yet.",
        OTHERS,
        lambda sandbox, on_progress: None,
        start_as=[StartingPerson("U0MARY", "has written something herself")],
    ),
)


class Clubs:
    """Serves one scenario, and another in its place when asked."""

    def __init__(self) -> None:
        self.chosen: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.serve(SCENARIOS[0], 0)

    def serve(self, scenario: Scenario[Sandbox], port: int) -> None:
        self.sandbox = Sandbox(
            MANIFEST,
            scenario.people,
            port=port,
            scenarios=SCENARIOS,
            scenario=scenario.key,
            start_scenario=self.chosen.put,
        )
        self.sandbox.start()

    def start_chosen(self) -> None:
        chosen, port = self.chosen.get(timeout=10), urlsplit(self.sandbox.url).port or 0
        self.sandbox.stop()
        self.serve(next(one for one in SCENARIOS if one.key == chosen), port)


@pytest.fixture
def clubs() -> Iterator[Clubs]:
    opened = Clubs()
    yield opened
    opened.sandbox.stop()


def test_another_scenario_starts_and_every_page_shows_its_start_screen(browser: Browser, clubs: Clubs) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 860}, locale="en-GB")
    context.set_default_timeout(60_000)
    page, other = context.new_page(), context.new_page()
    for one in (page, other):
        one.goto(clubs.sandbox.url)
        be(one, "Ada Lovelace")

    page.get_by_role("button", name="Scenarios and start again").click()
    page.get_by_role("button", name="Start: A new club").click()
    question = page.get_by_role("alertdialog", name="Start “A new club”?")
    expect(question).to_contain_text("This deletes all messages and applications in the demo, and resets the calendar.")
    question.get_by_role("button", name="Go back").click()
    assert clubs.chosen.empty()

    page.get_by_role("button", name="Scenarios and start again").click()
    page.get_by_role("button", name="Start: A new club").click()
    question.get_by_role("button", name="Start", exact=True).click()
    expect(page.get_by_text("Starting. This takes a moment")).to_be_visible()
    clubs.start_chosen()
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
