"""Home, as the tab and as a message."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from mentoring.applications.application import Application
from mentoring.core.people import AccountStatus
from mentoring.core.programmes import Segment
from mentoring.core.roles import ProgrammeRole
from mentoring.feedback.answers import Question
from mentoring.home.needs import Need, NeedKind
from mentoring.home.own_partnership import OwnPartnership
from mentoring.meetings.place import MeetingPlace
from mentoring.meetings.planned import PlannedMeeting, PlannedState
from messages.home import home_message, home_view
from messages.ids import (
    ACCEPT_MATCH,
    ASK_FOR_HELP,
    CANCEL_PLANNED,
    CHANGE_END,
    CHANGE_PLACE,
    DECLINE_MATCH,
    FIND_TIME,
    GO_BACK,
    LOG_MEETING,
    MENU,
    OPEN_ALL_PARTNERSHIPS,
    OPEN_ANNOUNCEMENTS,
    OPEN_CHECK_IN,
    OPEN_HELP,
    OPEN_ITEMS,
    OPEN_LEAVE,
    OPEN_OWN_DATA,
    OPEN_PARTNERSHIPS,
    OPEN_PAUSE,
    OPEN_PEOPLE,
    OPEN_REQUEST,
    OPEN_REVIEW,
    OPEN_SESSIONS,
    OPEN_SETUP,
    OPEN_STATUS,
    OPEN_VOLUNTEER,
    SEND_ALL_AGAIN,
    SEND_CHARTS,
    SEND_FILE,
    TELL_PROGRAMME,
    TICK_ITEM,
    WITHDRAW,
)
from messages.menus import pressed
from messages.payloads import Message, check_view, limits
from messages.plain_blocks import has_newer
from tests.messages import homes
from tests.messages.contexts import LEAVE
from tests.messages.examples import (
    ADA,
    ASKED,
    BEN,
    CUSTOM,
    ENDED,
    FIRST,
    IN_TIME,
    MATCHING,
    NOTES,
    OFFER,
    OTHER_PARTNERSHIP,
    OTHERS_OFFER,
    PARTNERSHIP,
    PLAIN,
    READ,
    REQUEST,
    RUNNING,
    gone,
    withdrawn,
)
from tests.messages.homes import home, in_programme
from tests.messages.pressing import buttons, confirmed, said

OWNER = (ProgrammeRole.OWNER,)


def helped(*sent: Application, owner: bool = False, days: int = 0, **facts: Any) -> Message:
    return homes.helped(*sent, roles=OWNER if owner else (), today=IN_TIME + timedelta(days=days), **facts)


def primary(shown: Message | Mapping[str, Any]) -> list[str]:
    """The action ids of the primary buttons."""
    blocks = shown.payload()["blocks"] if isinstance(shown, Message) else shown["blocks"]
    return [each["action_id"] for block in blocks for each in _elements(block) if each.get("style") == "primary"]


def _elements(block: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from [block["accessory"]] if "accessory" in block else []
    yield from block["elements"] if block["type"] == "actions" else []
    yield from block.get("actions", ()) if block["type"] == "card" else []


def menus(view: Mapping[str, Any]) -> list[list[tuple[str, str]]]:
    """The action ids and values of the options of each menu."""
    shown = [each for block in view["blocks"] for each in _elements(block) if each["type"] == "overflow"]
    found = [[pressed({"action_id": MENU, "selected_option": one}) for one in each["options"]] for each in shown]
    return [[(each["action_id"], each["value"]) for each in options] for options in found]


BOOKED = PlannedMeeting(
    "L1", "R1", PlannedState.BOOKED, 45, starts_at=datetime(2027, 3, 9, 15, tzinfo=UTC), sequence=1, version=2
)


def test_a_newcomer_reads_what_it_is_and_can_ask_or_offer() -> None:
    assert buttons(helped()) == [(OPEN_REQUEST, None), (OPEN_VOLUNTEER, None)]
    assert "How it works" in said(helped())
    assert "What you can gain" in said(helped())


def test_an_applicant_can_look_change_withdraw_and_take_the_other_role_too() -> None:
    assert buttons(helped(REQUEST)) == [
        (OPEN_STATUS, None),
        (OPEN_REQUEST, None),
        (WITHDRAW, REQUEST.id),
        (OPEN_VOLUNTEER, None),
        (ASK_FOR_HELP, None),
        (TELL_PROGRAMME, None),
        (OPEN_LEAVE, None),
        (OPEN_OWN_DATA, None),
    ]
    assert confirmed(helped(REQUEST, OFFER), WITHDRAW)


def test_what_was_withdrawn_can_be_sent_again() -> None:
    assert buttons(helped(withdrawn(REQUEST), OFFER)) == [
        (OPEN_STATUS, None),
        (OPEN_VOLUNTEER, None),
        (WITHDRAW, OFFER.id),
        (OPEN_REQUEST, None),
        (ASK_FOR_HELP, None),
        (TELL_PROGRAMME, None),
        (OPEN_LEAVE, None),
        (OPEN_OWN_DATA, None),
    ]


def test_an_owner_finds_people_partnerships_matches_and_settings_and_may_take_part_as_well() -> None:
    assert [action for action, _ in buttons(helped(owner=True))] == [
        OPEN_PEOPLE,
        OPEN_ALL_PARTNERSHIPS,
        OPEN_REVIEW,
        OPEN_SETUP,
        OPEN_ANNOUNCEMENTS,
        OPEN_SESSIONS,
        OPEN_STATUS,
        SEND_CHARTS,
        OPEN_REQUEST,
        OPEN_VOLUNTEER,
        OPEN_OWN_DATA,
    ]


@pytest.mark.parametrize("days", [-30, 600])
def test_nothing_is_offered_that_would_be_refused(days: int) -> None:
    assert buttons(helped(days=days)) == []
    assert buttons(helped(withdrawn(REQUEST), days=days)) == [(OPEN_OWN_DATA, None)]
    assert buttons(helped(REQUEST, days=days)) == [
        (OPEN_STATUS, None),
        (WITHDRAW, REQUEST.id),
        (ASK_FOR_HELP, None),
        (TELL_PROGRAMME, None),
        (OPEN_LEAVE, None),
        (OPEN_OWN_DATA, None),
    ]


def test_nobody_is_matched_once_the_round_is_over() -> None:
    assert OPEN_REVIEW not in [action for action, _ in buttons(helped(owner=True, days=600))]


def test_a_partner_logs_a_meeting_first_and_is_not_asked_to_withdraw() -> None:
    shown = helped(REQUEST, own=(PARTNERSHIP,))
    assert buttons(shown)[:3] == [(FIND_TIME, "R1"), (LOG_MEETING, "R1"), (OPEN_PARTNERSHIPS, "R1")]
    assert WITHDRAW not in [action for action, _ in buttons(shown)]


def test_each_of_several_partnerships_has_its_own_buttons_and_one_step_is_next() -> None:
    shown = home_view(home(in_programme(REQUEST, own=(PARTNERSHIP, OTHER_PARTNERSHIP, ENDED)), today=RUNNING))
    logs = [value for action, value in buttons(shown) if action == LOG_MEETING]
    assert sorted(map(str, logs)) == sorted([PARTNERSHIP.id, OTHER_PARTNERSHIP.id])
    assert primary(shown) == [FIND_TIME]


def test_while_the_other_is_away_nothing_is_expected_and_a_meeting_may_still_be_logged() -> None:
    shown = helped(REQUEST, own=(PARTNERSHIP,), people={BEN: gone(BEN)})
    assert "You don’t need to do anything" in said(shown)
    assert buttons(shown)[:2] == [(LOG_MEETING, "R1"), (OPEN_PARTNERSHIPS, "R1")]
    assert primary(shown) == []


def test_a_mentor_with_a_place_left_can_still_change_or_withdraw() -> None:
    shown = helped(OTHERS_OFFER, own=(PARTNERSHIP,), reader=BEN)
    assert (WITHDRAW, OTHERS_OFFER.id) in buttons(shown)


def test_a_partnership_that_is_over_leads_to_another_match_until_they_have_returned() -> None:
    assert buttons(helped(REQUEST, own=(ENDED,)))[0] == (GO_BACK, ENDED.id)
    returned = replace(ENDED, back=(ADA,))
    assert GO_BACK not in [action for action, _ in buttons(helped(REQUEST, own=(returned,)))]


def test_after_the_deadline_one_may_still_apply_and_knows_what_it_means() -> None:
    late = helped(days=30)
    assert "waiting list" in said(late)
    assert len(buttons(late)) == 2


def test_who_applied_in_time_is_not_put_on_the_waiting_list() -> None:
    assert "waiting list" not in said(helped(REQUEST, OFFER, days=30))
    assert said(helped(REQUEST, days=30)).count("you join the waiting list for the next round.") == 1


@pytest.mark.parametrize(
    ("segment", "open_to"),
    [
        (Segment(), "Open to all members."),
        (Segment(("Collections", "IT")), "Open to people in Collections or IT."),
        (Segment(grades=("Assistant",)), "Open to people of grade Assistant."),
        (Segment(("IT",), ("Assistant", "Librarian")), "Open to people of grade Assistant or Librarian in IT."),
    ],
)
def test_it_says_whom_the_programme_is_open_to(segment: Segment, open_to: str) -> None:
    programme = replace(PLAIN, for_mentees=segment, for_mentors=segment, service_months=18)
    words = said(helped(programme=programme))
    assert open_to in words
    assert f"{open_to.removesuffix('.')} who have worked here for at least 18 months." in words


def test_guests_read_that_they_may_apply_where_they_may_and_else_that_they_may_not() -> None:
    assert "all members and guests" in said(helped(programme=CUSTOM))
    refused = helped(status=AccountStatus.GUEST)
    assert buttons(refused) == []
    assert "Guests can’t take part" in said(refused)


def test_only_a_programme_that_asks_first_says_so() -> None:
    assert "You can say no" in said(helped())
    assert "You can say no" not in said(helped(programme=replace(PLAIN, ask_first=False)))


def test_a_service_of_nothing_is_not_mentioned() -> None:
    assert "worked here" not in said(helped(programme=replace(PLAIN, service_months=0)))


def test_the_buttons_speak_the_programmes_words() -> None:
    words = str(helped(REQUEST, programme=CUSTOM).blocks)
    assert "Volunteer as a guide" in words
    assert "mentor" not in words.replace("/mentor", "")


def test_an_offer_comes_before_everything_else_and_is_shown_once() -> None:
    shown = home_view(
        home(
            in_programme(REQUEST, matches=(ASKED,), roles=OWNER, needs=(Need(NeedKind.DECIDE, 3),)),
            today=MATCHING,
        )
    )
    assert buttons(shown)[:2] == [(ACCEPT_MATCH, "M1"), (DECLINE_MATCH, "M1")]
    assert [action for action, _ in buttons(shown)].count(ACCEPT_MATCH) == 1
    assert primary(shown) == [ACCEPT_MATCH]


def test_a_question_comes_before_the_next_meeting() -> None:
    asked = OwnPartnership(PARTNERSHIP, asked=Question.CHECK_IN)
    shown = home_view(home(in_programme(REQUEST, own=(asked, OTHER_PARTNERSHIP)), today=RUNNING))
    assert primary(shown) == [OPEN_CHECK_IN]


def test_each_partnership_is_a_card_with_three_buttons_at_most_and_a_menu_of_what_is_rarer() -> None:
    calm = OwnPartnership(replace(OTHER_PARTNERSHIP, id="R2"), ((FIRST, NOTES),))
    met = OwnPartnership(PARTNERSHIP, ((FIRST, NOTES),), planned=BOOKED)
    shown = home_view(home(in_programme(REQUEST, own=(calm, met)), today=RUNNING))
    above, below = [block for block in shown["blocks"] if block["type"] == "card"]
    assert "actions" not in above
    assert "You’re meeting" in below["body"]["text"]
    assert [each["action_id"] for each in below["actions"]] == [FIND_TIME, CANCEL_PLANNED, OPEN_PARTNERSHIPS]
    first, second = menus(shown)
    assert first == [(OPEN_ITEMS, "R2"), (OPEN_PAUSE, "R2"), (CHANGE_END, "R2")]
    assert second == [
        (OPEN_ITEMS, "R1"),
        (LOG_MEETING, "R1"),
        (CHANGE_PLACE, "L1"),
        (SEND_FILE, "L1"),
        (OPEN_PAUSE, "R1"),
    ]


def test_what_a_card_has_no_room_for_stands_below_it() -> None:
    place = MeetingPlace("R1", "https://example.org/" + "room" * 60, BEN)
    met = OwnPartnership(PARTNERSHIP, planned=BOOKED, place=place)
    asked = OwnPartnership(OTHER_PARTNERSHIP, asked=Question.CHECK_IN)
    shown = home_view(home(in_programme(REQUEST, own=(asked, met)), today=RUNNING))
    check_view(shown)
    assert place.words in said(shown)
    assert all("body" not in block for block in shown["blocks"] if block["type"] == "card")


def test_in_plain_blocks_it_says_and_does_the_same() -> None:
    own = (OwnPartnership(PARTNERSHIP, ((FIRST, NOTES),), planned=BOOKED), OwnPartnership(OTHER_PARTNERSHIP))
    made = home(in_programme(REQUEST, own=own), today=RUNNING)
    shown, plain = home_view(made), home_view(made, is_plain=True)
    assert not has_newer(plain["blocks"])
    assert buttons(plain) == buttons(shown)
    assert menus(plain) == menus(shown)
    assert primary(plain) == primary(shown)
    assert not has_newer(home_message(made).blocks)


def test_an_owner_sees_five_things_at_most_the_most_urgent_first() -> None:
    needs = [Need(kind, 2, "N1" if kind is NeedKind.UNDELIVERED else "matches") for kind in NeedKind]
    shown = home_view(home(in_programme(roles=OWNER, needs=needs), today=MATCHING))
    assert buttons(shown)[0] == (SEND_ALL_AGAIN, "N1")
    bullets = [b for b in shown["blocks"] if b["type"] == "section" and b["text"]["text"].startswith("• ")]
    assert len(bullets) == 4  # and the first one, which is the next step
    assert ("open-needs", None) in buttons(shown)
    assert f"And {len(NeedKind) - 5} more" in said(shown)


def test_open_action_items_are_at_home_and_not_in_the_message_that_stays() -> None:
    own = OwnPartnership(PARTNERSHIP, ((FIRST, NOTES),), items=(READ,))
    shown = home_view(home(in_programme(REQUEST, own=(own,)), today=RUNNING))
    assert (TICK_ITEM, "R1:I1:1") in buttons(shown)
    assert NOTES.notes not in said(shown)


def test_on_leave_nothing_is_asked_but_what_others_wait_for() -> None:
    own = OwnPartnership(PARTNERSHIP, asked=Question.CHECK_IN)
    shown = home_view(home(in_programme(REQUEST, own=(own,)), today=RUNNING, leave=LEAVE))
    assert primary(shown) == []
    assert "You’re on leave until" in said(shown)


@pytest.mark.parametrize("programmes", [1, 2, 5, 12, 40])
@pytest.mark.parametrize("partnerships", [0, 1, 6, 12])
def test_it_fits_and_what_does_not_is_one_press_away(programmes: int, partnerships: int) -> None:
    own = [OwnPartnership(replace(PARTNERSHIP, id=f"R{n}"), ((FIRST, NOTES),)) for n in range(partnerships)]
    needs = [Need(kind, 2, "matches") for kind in NeedKind]
    mine = [
        in_programme(REQUEST, OFFER, programme=replace(PLAIN, id=f"P{n}"), roles=OWNER, own=own, needs=needs)
        for n in range(programmes)
    ]
    made = home(*mine, in_programme(programme=replace(PLAIN, id="PX")), today=RUNNING, leave=LEAVE)
    view = home_view(made)
    check_view(view)
    assert len(view["blocks"]) <= limits.VIEW_BLOCKS
    check_view(home_view(made, is_plain=True))
    assert len(home_message(made).payload()["blocks"]) <= limits.MESSAGE_BLOCKS
    if programmes >= 5:
        assert (OPEN_HELP, None) in buttons(view)
