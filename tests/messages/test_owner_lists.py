"""The lists of people and partnerships: what owners can do in each line, and what they are not told."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from mentoring.core.paging import Page, PageMark
from mentoring.meetings.log import MeetingTotals
from mentoring.oversight.asking import HowItStands, OversightKind, OversightRequest, StandingAnswer
from mentoring.people.listed_partnerships import ListedPartnership
from mentoring.people.people_list import Participant, PeopleFilter
from messages import people_list
from messages.ids import (
    END_PARTNERSHIP,
    OPEN_APPLICATION,
    OPEN_PEOPLE,
    OVERSEE,
    PARTNERSHIPS_PAGE,
    PEOPLE_PAGE,
    OversightAction,
)
from messages.oversight.view import Overseen
from messages.partnerships import owners_view
from messages.partnerships.owners_view import PartnershipsState
from messages.payloads import check_view
from messages.people_list import PeopleState
from tests.messages.examples import (
    ADA,
    BEN,
    COHORT,
    ENDED,
    LATER,
    NOTES,
    OTHER_PARTNERSHIP,
    OWEN,
    PARTNERSHIP,
    PLAIN,
    REQUEST,
    SUE,
    gone,
    member,
)
from tests.messages.pressing import buttons, confirmed, said

BOTH = {ADA: member(ADA), BEN: member(BEN)}
SEEN = Overseen(OWEN)


def test_an_owner_can_act_on_each_active_partnership_and_offer_another_match_once_one_is_over() -> None:
    listed = tuple(ListedPartnership(each, MeetingTotals(), BOTH) for each in (PARTNERSHIP, replace(ENDED, id="R7")))
    shown = owners_view.all_view(
        Page(listed, total=2), PartnershipsState(), PLAIN, LATER, overseen=SEEN, reader=member(OWEN)
    )
    check_view(shown)
    menus = [block["accessory"] for block in shown["blocks"] if block.get("accessory", {}).get("type") == "overflow"]
    assert [[option["value"] for option in menu["options"]] for menu in menus] == [
        [f"{OVERSEE} {action}:R1" for action in OversightAction if action is not OversightAction.ANOTHER],
        [f"{OVERSEE} {OversightAction.ANOTHER}:R7"],
    ]
    assert "No meeting logged in 84 days" in said(shown)


def test_an_owner_who_is_one_of_the_two_can_only_end_it() -> None:
    listed = (ListedPartnership(PARTNERSHIP, MeetingTotals(), BOTH),)
    shown = owners_view.all_view(
        Page(listed, total=1), PartnershipsState(), PLAIN, LATER, overseen=Overseen(BEN), reader=member(BEN)
    )
    check_view(shown)
    assert [value for action, value in buttons(shown) if action == END_PARTNERSHIP] == ["R1"]
    assert confirmed(shown, END_PARTNERSHIP)


def test_an_owner_who_is_one_of_the_two_does_not_read_what_the_other_answered() -> None:
    listed = (ListedPartnership(PARTNERSHIP, MeetingTotals(), BOTH),)
    at = datetime(2027, 4, 12, 9, tzinfo=UTC)
    requests = {"R1": [OversightRequest("R1", OversightKind.STANDING, 1, OWEN, at)]}
    answers = {"R1": [StandingAnswer("R1", 1, ADA, HowItStands.CONTACT, at)]}
    for owner, reads in ((OWEN, True), (BEN, False)):
        shown = owners_view.all_view(
            Page(listed, total=1),
            PartnershipsState(),
            PLAIN,
            LATER,
            overseen=Overseen(owner, (OWEN, BEN), requests, answers),
            reader=member(owner),
        )
        assert (f"<@{ADA}>: would like to be contacted." in said(shown)) is reads
        assert "asked how it’s going on 12 April 2027" in said(shown)


def test_only_an_owner_who_is_here_looks_after_it() -> None:
    handed = (ListedPartnership(replace(PARTNERSHIP, responsible=SUE), MeetingTotals(), BOTH),)
    for owners, is_named in (((OWEN, SUE), True), ((OWEN,), False)):
        shown = owners_view.all_view(
            Page(handed, total=1),
            PartnershipsState(),
            PLAIN,
            LATER,
            overseen=Overseen(OWEN, owners),
            reader=member(OWEN),
        )
        assert (f"<@{SUE}> looks after it." in said(shown)) is is_named


def test_in_a_pause_the_two_are_left_alone() -> None:
    away = {**BOTH, BEN: gone(BEN)}
    listed = (ListedPartnership(PARTNERSHIP, MeetingTotals(), away),)
    shown = owners_view.all_view(
        Page(listed, total=1), PartnershipsState(), PLAIN, LATER, overseen=SEEN, reader=member(OWEN)
    )
    (menu,) = (block["accessory"] for block in shown["blocks"] if block.get("accessory", {}).get("type") == "overflow")
    assert [option["value"] for option in menu["options"]] == [f"{OVERSEE} hand-over:R1"]


def test_an_owner_reads_nothing_of_what_is_said() -> None:
    listed = tuple(ListedPartnership(each, MeetingTotals(1, LATER), BOTH) for each in (PARTNERSHIP, OTHER_PARTNERSHIP))
    words = said(
        owners_view.all_view(
            Page(listed, total=2), PartnershipsState(), PLAIN, LATER, overseen=SEEN, reader=member(OWEN)
        )
    )
    person = Participant(REQUEST, member(ADA), "", (PARTNERSHIP,), {}, BOTH)
    words += said(people_list.view(Page(((person,),), total=1), PeopleState(), PLAIN, COHORT, LATER, for_owner=True))
    for theirs in (*PARTNERSHIP.topics, *OTHER_PARTNERSHIP.topics, NOTES.notes):
        assert theirs not in words


def test_the_buttons_of_pages_carry_where_they_lead_and_the_list_what_it_shows() -> None:
    before, after = PageMark("U1", 1, is_before=True), PageMark("U2", 3)
    page = Page(((Participant(REQUEST, member(ADA)),),), PageMark("U0", 2), 60, before, after, 2)
    state = PeopleState(filter=PeopleFilter.UNMATCHED, name="a")
    shown = people_list.view(page, state, PLAIN, COHORT, LATER, for_owner=True)
    check_view(shown)
    assert [value for action, value in buttons(shown) if action == PEOPLE_PAGE] == ["before:1:U1", "after:3:U2"]
    assert (OPEN_PEOPLE, "unmatched") in buttons(shown), "the search can be cleared"
    assert (OPEN_APPLICATION, REQUEST.id) in buttons(shown)
    assert PeopleState.of_view(shown) == state.model_copy(update={"mark": "after:2:U0"})
    assert "60 people, by name, page 2" in said(shown)
    listed = ListedPartnership(PARTNERSHIP, MeetingTotals(), BOTH)
    pages = Page((listed,), PageMark("R0", 2), 60, before, after, 2)
    turns = owners_view.all_view(pages, PartnershipsState(name="a"), PLAIN, LATER)
    assert [value for action, value in buttons(turns) if action == PARTNERSHIPS_PAGE] == ["before:1:U1", "after:3:U2"]
    assert PartnershipsState.of_view(turns) == PartnershipsState(name="a", mark="after:2:R0")


@pytest.mark.parametrize("text", ["", "0", "after", "after::", "after:x:U1", "sideways:1:U1", "after:²:U1", "x" * 2000])
def test_a_mark_that_no_button_has_is_the_first_page(text: str) -> None:
    assert PageMark.parse(text) == PageMark()
    assert PageMark.parse("before:7:U1") == PageMark("U1", 7, is_before=True)


@pytest.mark.parametrize("metadata", [None, "", "[]", "garbage", json.dumps({"form": "x", "about": "{"})])
def test_a_view_that_is_no_list_is_taken_for_the_first_page(metadata: str | None) -> None:
    assert PeopleState.of_view({"private_metadata": metadata}) == PeopleState.of_view(None) == PeopleState()
    assert PartnershipsState.of_view({"private_metadata": metadata}) == PartnershipsState()
