"""Owners see all answers, as the application form says: every application has a button to view it."""

from dataclasses import replace
from typing import Any

import pytest

from messages import applications
from messages.ids import OPEN_ALL_APPLICATIONS, OPEN_APPLICATION
from messages.payloads import check_view
from tests.messages.examples import COHORT, CUSTOM, OTHERS_OFFER, PLAIN, REQUEST, late
from tests.messages.pressing import buttons, said


def view(count: int, page: int = 0) -> dict[str, Any]:
    many = [replace(REQUEST, id=f"A{number}", person=f"U{number:05}") for number in range(count)]
    shown = applications.all_view(many, PLAIN, COHORT, page)
    check_view(shown)
    return shown


def viewed(shown: dict[str, Any]) -> list[str | None]:
    return [value for action, value in buttons(shown) if action == OPEN_APPLICATION]


@pytest.mark.parametrize("count", [0, 1, 15, 23, 40, 41, 200])
def test_every_application_can_be_viewed_on_one_of_the_pages(count: int) -> None:
    pages = max(1, -(-count // 40))
    found = [application for page in range(pages) for application in viewed(view(count, page))]
    assert found == [f"A{number}" for number in range(count)]


def test_one_goes_from_page_to_page_and_a_page_that_is_gone_is_the_nearest() -> None:
    turns = [[v for action, v in buttons(view(90, page)) if action == OPEN_ALL_APPLICATIONS] for page in range(3)]
    assert turns == [["1"], ["0", "2"], ["1"]]
    assert view(90, 7) == view(90, 2)
    assert "90 applications, oldest first, page 3 of 3" in said(view(90, 7))


def test_who_they_are_for_and_who_waits_for_the_next_round_is_said() -> None:
    words = said(applications.all_view([REQUEST, late(OTHERS_OFFER)], CUSTOM, COHORT))
    assert "explorer, applied on" in words
    assert "guide, applied on" in words
    assert "on the waiting list" in words
    assert "There are no open applications." in said(view(0))
