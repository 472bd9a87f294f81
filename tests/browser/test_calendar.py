"""The calendar bar: a club that meets every Friday evening, and a page that moves the calendar."""

import re
import threading
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from sandbox import Calendar, MessageName, Post
from tests.browser.club import ADA, GRACE, Club, open_club
from tests.browser.test_journey import be, messages

pytestmark = pytest.mark.long

START = datetime(2027, 1, 4, 9, tzinfo=UTC)
"""A Monday."""

FIRST = datetime(2027, 1, 8, 18, tzinfo=UTC)
WEEK = timedelta(days=7)


class Fridays:
    """The club reminds two of its readers on each of so many Friday evenings. It can be told to `wait` first."""

    def __init__(self, club: Club, evenings: int) -> None:
        self._club = club
        self._due = [FIRST + week * WEEK for week in range(evenings)]
        self.may_go_on = threading.Event()
        self.may_go_on.set()

    def next_due(self) -> datetime | None:
        return self._due[0] if self._due else None

    def run_until_idle(self) -> None:
        self.may_go_on.wait(10)
        while self._due and self._due[0] <= self._club.sandbox.calendar.now():
            evening = self._due.pop(0)
            for person in (ADA, GRACE):
                self._club.tell(person, f"We meet tonight, {evening:%d/%m}.")


@pytest.fixture
def club() -> Iterator[Club]:
    opened = open_club(calendar=Calendar(START))
    yield opened
    opened.sandbox.stop()


@pytest.fixture
def fridays(club: Club) -> Fridays:
    app = Fridays(club, evenings=3)
    club.sandbox.timeline = app
    return app


def bar(page: Page) -> Locator:
    return page.get_by_role("region", name="Calendar", exact=True)


def press(page: Page, name: str) -> None:
    bar(page).get_by_role("button", name=name, exact=True).click()


def test_there_is_no_bar_until_the_app_says_what_it_does_by_itself(page: Page, club: Club) -> None:
    expect(page.get_by_text("Monday, Jan 4, 2027")).to_be_visible()
    expect(bar(page)).to_be_hidden()
    club.sandbox.timeline = Fridays(club, evenings=1)
    expect(bar(page)).to_be_visible()


def test_what_is_pressed_stays_where_it_is_until_it_is_let_go(page: Page, club: Club) -> None:
    """The bar would push the list of people down, and a message would put a number in Grace's row."""
    row = page.get_by_role("navigation", name="People").get_by_role("link", name="Grace Hopper")
    row.hover()
    page.wait_for_load_state("networkidle")
    page.mouse.down()
    with page.expect_response(re.compile("/sandbox/calendar")):
        club.sandbox.timeline = Fridays(club, evenings=1)
    with page.expect_response(re.compile("/sandbox/people.*U0GRACE")):
        club.tell(GRACE, "We meet on Friday.")
    page.evaluate("new Promise((done) => requestAnimationFrame(done))")
    expect(bar(page)).to_be_hidden()
    page.mouse.up()
    expect(messages(page).last).to_contain_text("We meet on Friday.")
    expect(bar(page)).to_be_visible()


def test_the_next_event_happens_at_its_own_time(page: Page, fridays: Fridays) -> None:
    be(page, "Ada Lovelace")
    expect(bar(page)).to_contain_text("Monday 4 January 2027, 9:00 AM")
    expect(bar(page)).to_contain_text("Next event: Friday 8 January, 6:00 PM")
    press(page, "Next event")
    expect(messages(page).last).to_contain_text("We meet tonight, 08/01.")
    expect(messages(page).last).to_have_accessible_name("Book Club, 6:00 PM")
    expect(bar(page)).to_contain_text("Friday 8 January 2027, 6:00 PM")
    expect(bar(page)).to_contain_text("Next event: Friday 15 January, 6:00 PM")


@pytest.mark.parametrize(
    ("button", "arrives"),
    [
        ("Next day", "Tuesday 5 January 2027, 9:00 AM"),
        ("Next Monday", "Monday 11 January 2027, 9:00 AM"),
        ("Next month", "Thursday 4 February 2027, 9:00 AM"),
        ("Play a year", "Tuesday 4 January 2028, 9:00 AM"),
    ],
)
def test_each_button_goes_where_it_says(page: Page, fridays: Fridays, button: str, arrives: str) -> None:
    be(page, "Ada Lovelace")
    press(page, button)
    expect(bar(page)).to_contain_text(arrives)


def test_it_goes_to_a_chosen_date(page: Page, fridays: Fridays) -> None:
    be(page, "Ada Lovelace")
    press(page, "A date …")
    form = page.get_by_role("form", name="Choose a date")
    day = form.get_by_label("Go to")
    expect(day).to_be_focused()
    expect(day).to_have_value("2027-01-05")
    day.fill("2027-01-03")
    day.press("Enter")
    expect(form.get_by_role("alert")).to_have_text("That day is in the past. Choose tomorrow or later.")
    day.fill("2027-01-16")
    form.get_by_role("button", name="Go").click()
    expect(form).to_be_hidden()
    expect(bar(page)).to_contain_text("Saturday 16 January 2027, 9:00 AM")
    expect(messages(page)).to_have_count(2)
    expect(bar(page).get_by_role("button", name="A date …")).to_be_focused()


def test_time_plays_by_itself_until_it_is_paused_or_nothing_is_due(page: Page, club: Club, fridays: Fridays) -> None:
    be(page, "Ada Lovelace")
    bar(page).get_by_role("combobox", name="Speed").select_option("1 week per second")
    press(page, "Play")
    expect(messages(page)).to_have_count(1)
    press(page, "Pause")
    expect(bar(page).get_by_role("button", name="Play", exact=True)).to_be_focused()
    paused = club.sandbox.calendar.now()
    assert FIRST <= paused < FIRST + WEEK
    press(page, "Play")
    expect(bar(page)).to_contain_text("Paused: nothing more is due")
    expect(messages(page)).to_have_count(3)
    assert club.sandbox.calendar.now() < FIRST + 3 * WEEK


def test_what_happened_is_in_the_app_s_own_words_and_leads_to_each_message(page: Page, club: Club) -> None:
    class Named(Fridays):
        def message_names(self, posts: Sequence[Post]) -> list[MessageName | None]:
            return [("nudge", "nudges") if ADA in post.people else None for post in posts]

    club.sandbox.timeline = Named(club, evenings=2)
    for line in range(40):
        club.tell(GRACE, f"Line {line}")
    be(page, "Ada Lovelace")
    press(page, "Next month")
    press(page, "4 messages since 4 January")
    journal = page.get_by_role("region", name="Messages by day")
    expect(journal.get_by_role("button")).to_have_text(
        ["8 January: 1 nudge, 1 message", "15 January: 1 nudge, 1 message"]
    )
    journal.get_by_role("button", name="8 January", exact=False).first.click()
    journal.get_by_role("link", name="Grace Hopper").click()
    expect(page.get_by_role("navigation", name="Conversations")).to_contain_text("You are Grace Hopper")
    expect(messages(page).filter(has_text="We meet tonight, 08/01.")).to_be_in_viewport()


def test_a_year_goes_by_and_what_happened_can_be_read_afterwards(page: Page, fridays: Fridays) -> None:
    be(page, "Ada Lovelace")
    press(page, "Play a year")
    press(page, "6 messages since 4 January 2027")
    days = page.get_by_role("region", name="Messages by day").get_by_role("listitem")
    expect(days).to_have_text(
        ["8 January 2027: 2 messages", "15 January 2027: 2 messages", "22 January 2027: 2 messages"]
    )
    page.keyboard.press("Escape")
    expect(days).to_have_count(0)
    expect(bar(page)).to_contain_text("Nothing is due")
    expect(bar(page).get_by_role("button", name="Next event")).to_be_disabled()
    expect(messages(page)).to_have_count(3)


def test_while_time_passes_one_sees_how_far_it_is_and_goes_on_being_somebody(
    page: Page, club: Club, fridays: Fridays
) -> None:
    be(page, "Ada Lovelace")
    press(page, "Next event")
    expect(messages(page)).to_have_count(1)
    fridays.may_go_on.clear()
    bar(page).get_by_role("button", name="Next month").press("Enter")
    expect(bar(page).get_by_role("button", name="Pause")).to_be_focused()
    expect(bar(page).get_by_role("progressbar")).to_be_visible()
    expect(bar(page)).to_contain_text("Friday 15 January 2027, 6:00 PM")
    expect(bar(page).get_by_role("button", name="Next day")).to_be_hidden()

    be(page, "Grace Hopper")
    expect(messages(page)).to_have_count(1)
    expect(bar(page)).to_contain_text("Friday 15 January 2027, 1:00 PM")
    fridays.may_go_on.set()
    expect(messages(page)).to_have_count(3)
    expect(bar(page).get_by_role("status")).to_have_text(re.compile("4 messages since 8 January"))
    people = page.get_by_role("navigation", name="People")
    expect(people.get_by_role("link", name="Ada Lovelace")).to_have_accessible_name(re.compile("2 unread"))


def test_time_can_be_paused(page: Page, club: Club, fridays: Fridays) -> None:
    be(page, "Ada Lovelace")
    fridays.may_go_on.clear()
    press(page, "Play a year")
    bar(page).get_by_role("button", name="Pause").press("Enter")
    expect(bar(page).get_by_role("button", name="Pausing …")).to_be_visible()
    fridays.may_go_on.set()
    expect(bar(page).get_by_role("button", name="Play", exact=True)).to_be_visible()
    expect(bar(page).get_by_role("button", name="Play a year")).to_be_focused()
    expect(bar(page)).to_contain_text("Friday 8 January 2027, 6:00 PM")
    expect(messages(page)).to_have_count(1)


def test_a_second_move_shows_why_it_is_refused(page: Page, club: Club, fridays: Fridays) -> None:
    be(page, "Ada Lovelace")
    fridays.may_go_on.clear()
    moving = threading.Thread(target=club.sandbox.run_until, args=(FIRST,))
    before = bar(page).get_by_role("button", name="Next day").element_handle()
    moving.start()
    expect(bar(page).get_by_role("button", name="Pause")).to_be_visible()
    before.evaluate("button => button.click()")
    expect(bar(page).get_by_role("alert")).to_have_text(
        "The calendar is already moving. Wait until it stops, or pause it."
    )
    fridays.may_go_on.set()
    moving.join(5)


def test_on_a_phone_the_bar_does_not_stick_out(browser: Browser, club: Club, fridays: Fridays) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 780}, has_touch=True, color_scheme="dark")
    page = context.new_page()
    page.goto(f"{club.sandbox.url}/#{ADA}")
    expect(bar(page)).to_be_in_viewport()
    bar(page).get_by_role("button", name="Next event").tap()
    expect(messages(page)).to_have_count(1)
    bar(page).get_by_role("button", name="More ways to move the calendar").tap()
    page.get_by_role("menuitem", name="Next Monday").tap()
    expect(bar(page)).to_contain_text("Monday 11 January 2027")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    context.close()


def test_an_app_that_does_not_get_done_is_named_in_what_happened(page: Page, club: Club) -> None:
    class Stubborn(Fridays):
        def next_due(self) -> datetime | None:
            return FIRST

    club.sandbox.timeline = Stubborn(club, evenings=1)
    be(page, "Ada Lovelace")
    press(page, "Next month")
    press(page, "2 messages since 4 January")
    journal = page.get_by_role("region", name="Messages by day")
    expect(journal).to_contain_text("8 January: 2 messages")
    expect(journal).to_contain_text("so the calendar moved on")


def test_an_app_that_breaks_down_is_said_to_have_done_so(page: Page, club: Club) -> None:
    class Broken(Fridays):
        def run_until_idle(self) -> None:
            raise ZeroDivisionError

    club.sandbox.timeline = Broken(club, evenings=1)
    be(page, "Ada Lovelace")
    press(page, "Play a year")
    expect(bar(page).get_by_role("alert")).to_have_text("The app failed to do what was due. The log has the details.")
