"""The guided tour: a book club that is joined, left, and joined by somebody else."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from sandbox import Hint, Landing, TourStep
from tests.browser.club import ADA, GRACE, Club
from tests.browser.test_journey import be, composer, messages

pytestmark = pytest.mark.long

EXAMPLE = {
    "name": "Ada",
    "kind": "Poems",
    "host": GRACE,
    "day": "2027-03-05",
    "days": ["Thursday"],
    "pace": "Slow",
    "books": "12",
}


def steps_of(club: Club) -> tuple[TourStep, ...]:
    """Ada joins, Ada leaves, Grace joins."""
    sandbox = club.sandbox

    def join(user: str) -> None:
        person = sandbox.person(user)
        person.command("/club join")
        person.await_view()
        person.fill(EXAMPLE)
        person.submit()

    def to_join(user: str) -> Hint:
        if sandbox.person(user).view:
            return Hint(user, "Fill it in, or use the example.", example=EXAMPLE)
        return Hint(user, "Press Enter to open the form.", types="/club join")

    def newest(user: str) -> Landing:
        person = sandbox.person(user)
        (place,) = person.conversations()
        return Landing(user, place["id"], person.inbox()[-1]["ts"])

    def leave() -> None:
        sandbox.person(ADA).click("leave")

    def has_left() -> bool:
        return any("You have left" in message["text"] for message in sandbox.person(ADA).inbox())

    return (
        TourStep(
            "join",
            "Join",
            "Ada would like to read with others.",
            "Ada has a seat.",
            ADA,
            do=lambda: join(ADA),
            is_done=lambda: bool(club.received),
            hint=lambda: to_join(ADA),
            landing=lambda: newest(ADA),
        ),
        TourStep(
            "leave",
            "Leave",
            "Ada has no time after all.",
            "Ada has left.",
            ADA,
            do=leave,
            is_done=has_left,
            hint=lambda: Hint(ADA, "This gives her seat away.", press="leave"),
            landing=lambda: newest(ADA),
            needs=("join",),
        ),
        TourStep(
            "again",
            "Again",
            "Grace takes the seat.",
            "Grace has a seat.",
            GRACE,
            do=lambda: join(GRACE),
            is_done=lambda: len(club.received) > 1,
            hint=lambda: to_join(GRACE),
            landing=lambda: newest(GRACE),
        ),
    )


@pytest.fixture
def tour(page: Page, club: Club) -> Locator:
    club.sandbox.tour = steps_of(club)
    panel = page.get_by_role("region", name="Tour")
    expect(panel).to_be_visible()
    return panel


def press(where: Locator, name: str) -> None:
    button = where.get_by_role("button", name=name)
    button.focus()
    button.press("Enter")


def test_by_keyboard_one_step_is_shown_the_next_is_done_and_the_tour_leads_back(
    page: Page, club: Club, tour: Locator
) -> None:
    expect(tour).to_contain_text("Ada would like to read with others.")
    press(tour, "Show me")
    expect(composer(page)).to_have_value("/club join")
    expect(composer(page)).to_be_focused()
    expect(tour).to_contain_text("/club join is typed for you. Press Enter to open the form.")

    page.keyboard.press("Enter")
    form = page.get_by_role("dialog", name="Join the club")
    bubble = form.get_by_role("group", name="Next step")
    expect(bubble).to_contain_text("Fill it in, or use the example.")
    press(bubble, "Fill in an example")
    expect(form.get_by_label("What shall we call you?")).to_have_value("Ada")
    expect(form.get_by_role("button", name="Send")).to_be_focused()
    page.keyboard.press("Enter")
    expect(tour).to_contain_text("Ada has a seat.")
    expect(tour.get_by_role("button", name="Join, done")).to_be_visible()
    expect(bubble).to_be_hidden()

    press(tour, "Show me")
    seat = messages(page).last
    expect(page.get_by_role("group", name="Next step")).to_contain_text("This gives her seat away.")
    press(seat, "Leave the club")
    asked = page.get_by_role("alertdialog", name="Leave the club?")
    expect(asked.get_by_role("group", name="Next step")).to_contain_text("Confirm.")
    with page.expect_response(re.compile("/sandbox/people")):
        club.tell(GRACE, "The seat may become free.")
    expect(asked.locator(".tour-highlight")).to_have_text("Leave")
    expect(asked.get_by_role("group", name="Next step")).to_contain_text("Confirm.")
    press(asked, "Stay")
    press(tour, "Do it for me")
    expect(tour).to_contain_text("Ada has left.")
    expect(seat).to_contain_text("You have left the club.")
    expect(tour.get_by_role("button", name="Do it for me")).to_be_focused()

    press(tour, "Show me")
    expect(page.get_by_role("navigation", name="Conversations")).to_contain_text("You are Grace Hopper")
    expect(composer(page)).to_have_value("/club join")
    be(page, "Ada Lovelace")
    expect(tour).to_contain_text("Grace Hopper is next. Press Show me.")
    press(tour, "Show me")
    expect(composer(page)).to_have_value("/club join")
    press(tour, "Do it for me")
    expect(tour).to_contain_text("That was the tour.")
    expect(messages(page).last).to_contain_text("A seat is kept for Ada.")


def test_a_closed_tour_stays_closed_until_it_is_taken_and_says_what_went_wrong(
    page: Page, club: Club, tour: Locator
) -> None:
    press(tour, "Close the tour")
    expect(tour).to_be_hidden()
    page.reload()
    expect(page.get_by_role("button", name="Take the tour")).to_be_visible()
    expect(tour).to_be_hidden()
    page.get_by_role("button", name="Take the tour").press("Enter")
    expect(tour.get_by_role("button", name="Do it for me")).to_be_focused()

    club.sandbox.app.remove()
    page.keyboard.press("Enter")
    expect(tour.get_by_role("alert")).to_contain_text("Try again, or press Show me")
