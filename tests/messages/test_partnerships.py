from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from mentoring.applications.application import MeetingMode
from mentoring.feedback.answers import Question
from mentoring.home.own_partnership import OwnPartnership
from mentoring.items.item import ActionItem, ItemState
from mentoring.meetings.log import Meeting, MeetingNotes
from mentoring.partnerships.partnership import Partnership
from messages import partnerships
from messages.ids import (
    AGAIN_AFTER_ALL,
    ASK_FOR_HELP,
    CHANGE_END,
    CORRECT_MEETING,
    DELETE_MEETING,
    DROP_ITEM,
    END_PARTNERSHIP,
    FIND_TIME,
    GO_BACK,
    LOG_MEETING,
    MOVE_ITEM,
    NOT_AGAIN,
    OPEN_AGENDA,
    OPEN_CHECK_IN,
    OPEN_ITEMS,
    OPEN_PAUSE,
    OPEN_SURVEY,
    TICK_ITEM,
)
from messages.partnerships.summary import next_step
from messages.payloads import check_view
from tests.messages.examples import (
    ADA,
    BEN,
    CLOSED,
    ENDED,
    FIRST,
    INTRODUCE,
    ITEMS,
    LATER,
    NOTES,
    PARTNERSHIP,
    PLAIN,
    PLAN,
    READ,
    RUNNING,
    SECOND,
)
from tests.messages.pressing import buttons, confirmed, said

BOTH = ((FIRST, NOTES), (SECOND, PLAN))


def with_items(*items: ActionItem, of: Partnership = PARTNERSHIP, **more: Any) -> dict[str, Any]:
    own = OwnPartnership(of, BOTH, items=items)
    made = partnerships.view([own], programme=PLAIN, **{"by": ADA, "today": RUNNING, **more})
    check_view(made)
    return made


def view(*items: tuple[Any, ...], by: str = ADA, today: date = LATER, **more: Any) -> dict[str, Any]:
    made = partnerships.view([OwnPartnership(*item) for item in items], by=by, programme=PLAIN, today=today, **more)
    check_view(made)
    return made


def met(*days: int) -> list[date]:
    return [PARTNERSHIP.started_on + timedelta(days=n) for n in days]


def step(today: int, *days: int, by: str = ADA) -> str:
    return next_step(PARTNERSHIP, met(*days), by, PLAIN, PARTNERSHIP.started_on + timedelta(days=today))


def test_a_running_partnership_can_be_logged_and_ended() -> None:
    shown = view((PARTNERSHIP, ()))
    assert [action for action, _ in buttons(shown)] == [
        CHANGE_END,
        OPEN_AGENDA,
        FIND_TIME,
        LOG_MEETING,
        OPEN_ITEMS,
        OPEN_PAUSE,
        END_PARTNERSHIP,
        ASK_FOR_HELP,
    ]
    assert {value for _, value in buttons(shown)} == {"R1", None}
    assert confirmed(shown, END_PARTNERSHIP)


def test_both_read_the_notes_and_each_corrects_their_own_logs() -> None:
    for reader, own in ((ADA, "V1"), (BEN, "V2")):
        shown = view((PARTNERSHIP, BOTH), by=reader)
        assert NOTES.notes in said(shown)
        assert [value for action, value in buttons(shown) if action == CORRECT_MEETING] == [own]


def test_notes_are_plain_text_in_which_nothing_comes_alive() -> None:
    (typed,) = [b for b in view((PARTNERSHIP, BOTH))["blocks"] if b.get("text", {}).get("text") == NOTES.notes]
    assert typed["text"]["type"] == "plain_text"


def test_meetings_stand_newest_first() -> None:
    words = said(view((PARTNERSHIP, BOTH)))
    assert words.index("*12 March 2027*") < words.index("*22 February 2027*")


def test_action_items_can_be_ticked_by_either_and_ones_own_come_first() -> None:
    for reader, own in ((ADA, ["R1:I1:1", "R1:I2:1"]), (BEN, ["R1:I2:1", "R1:I1:1"])):
        shown = with_items(*ITEMS, by=reader)
        assert [value for action, value in buttons(shown) if action == TICK_ITEM] == own
    assert "(you, by 12 March 2027)" in said(with_items(*ITEMS))
    assert f"(<@{ADA}>, by 12 March 2027)" in said(with_items(*ITEMS, by=BEN))


def test_what_is_due_can_be_moved_and_dropped_in_one_press_too() -> None:
    assert [action for action, _ in buttons(with_items(*ITEMS, today=LATER)) if action in (MOVE_ITEM, DROP_ITEM)] == [
        MOVE_ITEM,
        DROP_ITEM,
    ]
    assert MOVE_ITEM not in [action for action, _ in buttons(with_items(*ITEMS))]


def test_those_that_are_not_open_are_in_their_own_list() -> None:
    shown = with_items(replace(READ, state=ItemState.DONE), replace(INTRODUCE, state=ItemState.DROPPED))
    assert TICK_ITEM not in [action for action, _ in buttons(shown)]
    assert (OPEN_ITEMS, "R1") in buttons(shown)


def test_those_that_do_not_fit_are_counted() -> None:
    many = [replace(READ, id=f"I{n}") for n in range(9)]
    assert "And 3 more: press “Action items”." in said(with_items(*many))


def test_the_question_that_is_open_is_one_click_away() -> None:
    assert buttons(view((PARTNERSHIP, (), Question.CHECK_IN)))[1] == (OPEN_CHECK_IN, "R1")
    assert buttons(view((PARTNERSHIP, (), Question.SURVEY)))[1] == (OPEN_SURVEY, "R1")
    assert buttons(view((PARTNERSHIP, ())))[1:3] == [(OPEN_AGENDA, "R1"), (FIND_TIME, "R1")]


@pytest.mark.parametrize("over", [ENDED, CLOSED])
def test_when_it_is_over_one_can_go_back_to_the_pool_once_and_still_read(over: Partnership) -> None:
    shown = view((over, BOTH))
    assert [action for action, _ in buttons(shown)] == [
        GO_BACK,
        NOT_AGAIN,
        DELETE_MEETING,
        CORRECT_MEETING,
        ASK_FOR_HELP,
    ]
    assert NOTES.notes in said(shown)
    assert (OPEN_ITEMS, "R1") in buttons(with_items(READ, of=over))
    assert GO_BACK not in [action for action, _ in buttons(view((replace(over, back=(ADA,)), BOTH)))]


def test_who_would_rather_not_be_matched_again_sees_it_and_can_take_it_back_and_the_other_sees_nothing() -> None:
    rather_not = replace(ENDED, back=(ADA, BEN), declined_rematch=(ADA,))
    assert buttons(view((rather_not, ()))) == [(AGAIN_AFTER_ALL, "R1"), (ASK_FOR_HELP, None)]
    assert f"You won’t be matched with <@{BEN}> again" in said(view((rather_not, ())))
    assert view((rather_not, ()), by=BEN) == view((replace(rather_not, declined_rematch=()), ()), by=BEN)


def test_with_somebody_who_was_erased_nobody_can_be_matched_again() -> None:
    assert buttons(view((replace(ENDED, mentor="", back=(ADA,)), ()))) == [(ASK_FOR_HELP, None)]


def test_without_a_partnership_the_way_to_one_is_shown() -> None:
    assert buttons(view()) == []
    assert "`/mentor status`" in said(view())


def test_the_next_step_follows_the_rhythm() -> None:
    suggest = f"suggest a time to <@{BEN}>."
    assert step(1) == f"First meeting: {suggest} Aim to meet by 25 February 2027, then log it."
    assert step(40) == f"First meeting: {suggest} Then log it."
    assert step(8, 5) == f"Second meeting: {suggest} Aim to meet by 11 March 2027, then log it."
    assert step(25, 5) == f"Next meeting: {suggest} Aim to meet by 20 March 2027, then log it."
    assert step(80, 5, 20) == f"Next meeting: {suggest} Then log it."
    assert step(170, 160) == f"Last meeting before 15 August 2027: {suggest} You could look back together."
    assert "has come to its agreed end" in step(181, 160)


def test_only_the_mentee_is_asked_to_suggest_a_time() -> None:
    assert f"suggest a time to <@{BEN}>" in step(1)
    assert f"<@{ADA}> will suggest a time" in step(1, by=BEN)


def test_a_long_history_is_cut_to_what_a_view_holds_and_says_so() -> None:
    days = (PARTNERSHIP.started_on + timedelta(days=n) for n in range(60))
    logged = [
        (
            Meeting(f"V{day}", "R1", day, 60, MeetingMode.VIDEO, (), ADA),
            MeetingNotes(f"V{day}", "😀" * 1500),
        )
        for day in days
    ]
    for count in (1, 2, 6, 9):
        shown = view(*[(replace(PARTNERSHIP, id=f"R{n}"), logged) for n in range(count)])
        assert "earlier meetings" in said(shown)
        assert len(said(shown)) < 120_000
    assert "And 3 more, further back." in said(shown)
