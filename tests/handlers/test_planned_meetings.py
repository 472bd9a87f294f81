"""Planning a meeting: from the wish to a date in four presses at most, moving and cancelling it, and what became of
it.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from messages import ids
from sandbox.blocks import visible_texts
from sandbox.lookup import message_text
from tests.handlers.requests import answers, clicked
from tests.handlers.starting_points import ADA, BEN, CHI, introduced, later
from tests.handlers.support import Json, direct_messages, rows
from tests.journeys.story import Story
from tests.local_bot import LocalBot


@pytest.fixture
def pair(town: LocalBot) -> str:
    """Ada and Ben were introduced yesterday, a Monday; the partnership's id."""
    found = introduced(town, ADA, BEN)
    later(town, days=1)
    return found


def finds(town: LocalBot, user: str, about: str) -> Json:
    """They press "Find a time"; the view."""
    Story(town).leaves(user)
    answers(town, clicked(town, user, ids.FIND_TIME, about))
    return town.person(user).await_view(ids.TIMES_FORM)


def offers(town: LocalBot, user: str, about: str, label: str = "Offer this time") -> None:
    finds(town, user, about)
    town.person(user).click(label)
    town.settle()


def planned(town: LocalBot) -> Json:
    (row,) = rows(town)["planned_meetings"]
    return row


def presses(town: LocalBot, user: str, action: str, message: Json | None = None) -> None:
    """The first such button of their newest message."""
    message = message or direct_messages(town, user)[-1]
    town.person(user).click(action, message=message)
    town.settle()


def newest(town: LocalBot, user: str) -> str:
    return " ".join(message_text(direct_messages(town, user)[-1]).split())


def with_view(town: LocalBot, user: str) -> Json:
    """Their message about the planned meeting."""
    kinds = ("meeting", "time to meet")
    return next(
        each
        for each in reversed(direct_messages(town, user))
        if any(k in each["text"] for k in kinds) and not each.get("files")
    )


def files(town: LocalBot, user: str) -> list[Any]:
    """The calendar files that they got, parsed, oldest first."""
    found = [each for message in direct_messages(town, user) for each in message.get("files", ())]
    return [Calendar.from_ical(town.slack.workspace.files[each["id"]].data) for each in found]


def booked(town: LocalBot, about: str) -> Json:
    """Ada offers a time and Ben takes it."""
    offers(town, ADA, about)
    presses(town, BEN, ids.TAKE_TIME)
    return planned(town)


def test_from_the_wish_to_a_date_it_takes_three_presses_and_nothing_typed(town: LocalBot, pair: str) -> None:
    view = finds(town, ADA, pair)
    assert "These times suit you" in " ".join(visible_texts(view["blocks"]))
    town.person(ADA).click("Offer this time")
    town.settle()
    told = direct_messages(town, BEN)[-1]
    assert told["text"] == f"<@{ADA}> offers a time to meet"
    heard = len(direct_messages(town, BEN))
    presses(town, BEN, ids.TAKE_TIME)
    assert planned(town)["state"] == "booked"
    assert "You’re meeting" in " ".join(message_text(with_view(town, BEN)).split())
    new = direct_messages(town, BEN)[heard:]
    assert [bool(each.get("files")) for each in new] == [True]
    (mine,), (theirs,) = files(town, ADA), files(town, BEN)
    assert mine.events[0]["UID"] == theirs.events[0]["UID"]
    assert mine["METHOD"] == "REQUEST"


def test_the_other_can_offer_another_time_by_one_press_which_is_then_taken(town: LocalBot, pair: str) -> None:
    offers(town, ADA, pair)
    presses(town, BEN, ids.OFFER_TIMES)
    (row,) = rows(town)["planned_meetings"]
    assert (row["state"], row["offered_by"]) == ("offered", BEN)
    assert direct_messages(town, ADA)[-1]["text"] == f"<@{BEN}> offers a time to meet"
    presses(town, ADA, ids.TAKE_TIME)
    assert planned(town)["state"] == "booked"


def test_a_meeting_is_moved_and_its_file_changes_the_entry(town: LocalBot, pair: str) -> None:
    booked(town, pair)
    before = planned(town)["starts_at"]
    offers(town, BEN, pair)
    assert planned(town)["starts_at"] == before
    assert direct_messages(town, ADA)[-1]["text"] == f"<@{BEN}> asks to move your meeting"
    presses(town, ADA, ids.TAKE_TIME)
    assert planned(town)["starts_at"] != before
    first, second = (each.events[0] for each in files(town, ADA))
    assert first["UID"] == second["UID"]
    assert (int(first["SEQUENCE"]), int(second["SEQUENCE"])) == (0, 1)


def test_the_old_time_can_be_kept(town: LocalBot, pair: str) -> None:
    booked(town, pair)
    before = planned(town)["starts_at"]
    offers(town, BEN, pair)
    presses(town, ADA, ids.KEEP_TIME)
    assert (planned(town)["starts_at"], planned(town)["options"]) == (before, "[]")
    assert len(files(town, ADA)) == 1


def test_either_cancels_and_both_get_a_file_that_takes_it_out(town: LocalBot, pair: str) -> None:
    booked(town, pair)
    answers(town, clicked(town, ADA, ids.CANCEL_PLANNED, planned(town)["id"]))
    assert planned(town)["state"] == "cancelled"
    for user in (ADA, BEN):
        last = files(town, user)[-1]
        assert (last["METHOD"], int(last.events[0]["SEQUENCE"]), last.events[0]["STATUS"]) == ("CANCEL", 1, "CANCELLED")
    assert f"<@{ADA}> has cancelled your meeting" in newest(town, BEN)


def test_a_time_that_the_person_chooses_is_offered_and_one_that_has_passed_is_refused_at_its_field(
    town: LocalBot, pair: str
) -> None:
    finds(town, ADA, pair)
    ada = town.person(ADA)
    ada.fill({"starts_at": int(datetime(2026, 11, 20, 9, tzinfo=UTC).timestamp())})
    assert "has passed" in ada.submit().errors["starts_at"]
    ada.close()
    finds(town, ADA, pair)
    chosen = datetime(2026, 12, 5, 20, tzinfo=UTC)  # a Saturday evening, as both wish
    town.person(ADA).fill({"starts_at": int(chosen.timestamp())})
    assert not town.person(ADA).submit().errors
    town.settle()
    assert planned(town)["options"] == '["2026-12-05T20:00:00+00:00"]'


def test_the_day_before_comes_the_agenda_and_after_it_the_same_message_asks(town: LocalBot, pair: str) -> None:
    row = booked(town, pair)
    start = datetime.fromisoformat(row["starts_at"]).replace(tzinfo=UTC)
    heard = {user: len(direct_messages(town, user)) for user in (ADA, BEN)}
    town.slack.timeline = town.bot
    town.slack.run_until(start - timedelta(minutes=45))
    town.settle()
    assert "You could talk about" in newest(town, ADA)
    town.slack.run_until(start.replace(hour=22))
    town.settle()
    assert "Did you meet" in newest(town, ADA)
    assert len(direct_messages(town, ADA)) == heard[ADA] + 1
    assert len(direct_messages(town, BEN)) == heard[BEN]  # the older one is deleted
    presses(town, ADA, ids.SAY_MET)
    (meeting,) = rows(town)["meetings"]
    assert (meeting["minutes"], meeting["logged_by"], meeting["met_on"]) == (60, ADA, start.date().isoformat())
    assert "says that you met" in newest(town, BEN)
    assert len(direct_messages(town, ADA)) == heard[ADA] + 1


def test_two_answers_that_differ_are_asked_about_once_and_the_first_person_decides(town: LocalBot, pair: str) -> None:
    row = booked(town, pair)
    later(town, days=8)
    answers(town, clicked(town, ADA, ids.SAY_MET, row["id"]))
    answers(town, clicked(town, BEN, ids.SAY_NOT_MET, row["id"]))
    assert len(rows(town)["meetings"]) == 1
    assert "Which is right?" in newest(town, ADA)
    presses(town, ADA, ids.SAY_NOT_MET)
    assert rows(town)["meetings"] == []
    assert (planned(town)["state"], planned(town)["mentor_answer"]) == ("missed", "not-met")
    answers(town, clicked(town, BEN, ids.SAY_MET, row["id"]))
    assert planned(town)["state"] == "missed"


def test_a_meeting_of_a_logged_day_is_not_logged_twice_and_the_message_offers_a_second_one(
    town: LocalBot, pair: str
) -> None:
    row = booked(town, pair)
    later(town, days=8)
    Story(town).logs(BEN, ADA, on=row["starts_at"][:10])
    answers(town, clicked(town, ADA, ids.SAY_MET, row["id"]))
    assert len(rows(town)["meetings"]) == 1
    assert any(
        "That day had a log already" in " ".join(message_text(each).split()) for each in direct_messages(town, ADA)
    )


def test_after_its_log_is_deleted_it_did_not_take_place_until_the_other_says_so(town: LocalBot, pair: str) -> None:
    row = booked(town, pair)
    later(town, days=8)
    answers(town, clicked(town, ADA, ids.SAY_MET, row["id"]))
    (meeting,) = rows(town)["meetings"]
    answers(town, clicked(town, BEN, ids.DELETE_MEETING, f"{meeting['id']}:1"))
    assert rows(town)["meetings"] == []
    row = planned(town)
    assert (row["state"], row["mentee_answer"], row["mentor_answer"]) == ("missed", "", "not-met")
    answers(town, clicked(town, ADA, ids.SAY_MET, row["id"]))
    assert planned(town)["is_disputed"]


def test_a_log_by_hand_that_is_deleted_takes_the_planned_meeting_of_that_day_with_it(town: LocalBot, pair: str) -> None:
    row = booked(town, pair)
    later(town, days=8)
    Story(town).logs(BEN, ADA, on=row["starts_at"][:10])
    answers(town, clicked(town, ADA, ids.SAY_MET, row["id"]))
    (meeting,) = rows(town)["meetings"]
    assert meeting["id"] != row["id"]
    answers(town, clicked(town, BEN, ids.DELETE_MEETING, f"{meeting['id']}:1"))
    assert rows(town)["meetings"] == []
    row = planned(town)
    assert (row["state"], row["mentee_answer"], row["mentor_answer"]) == ("missed", "", "not-met")


def test_the_log_of_another_day_is_deleted_and_the_planned_meeting_stays(town: LocalBot, pair: str) -> None:
    row = booked(town, pair)
    later(town, days=8)
    answers(town, clicked(town, ADA, ids.SAY_MET, row["id"]))
    Story(town).logs(BEN, ADA, on=(datetime.fromisoformat(row["starts_at"]) - timedelta(days=1)).date().isoformat())
    (by_hand,) = (each for each in rows(town)["meetings"] if each["id"] != row["id"])
    answers(town, clicked(town, BEN, ids.DELETE_MEETING, f"{by_hand['id']}:1"))
    assert [each["id"] for each in rows(town)["meetings"]] == [row["id"]]
    assert planned(town)["state"] == "held"


def test_nobody_else_can_press_and_an_old_button_says_what_is_the_case(town: LocalBot, pair: str) -> None:
    offers(town, ADA, pair)
    row = planned(town)
    start = int(datetime.fromisoformat(row["options"].strip('["]')).timestamp())
    (said,) = answers(town, clicked(town, CHI, ids.TAKE_TIME, f"{row['id']}:{start}"))
    assert "can’t find" in said
    Story(town).leaves(ADA)
    (said,) = answers(town, clicked(town, ADA, ids.TAKE_TIME, f"{row['id']}:{start}"))
    assert "I’ve asked the other person" in said
    answers(town, clicked(town, BEN, ids.CANCEL_PLANNED, row["id"]))
    assert "can’t meet at these times" in newest(town, ADA)
    (said,) = answers(town, clicked(town, BEN, ids.TAKE_TIME, f"{row['id']}:{start}"))
    assert "not open any more" in said


def test_a_leave_cancels_what_is_planned_before_the_return_and_both_get_the_file(town: LocalBot, pair: str) -> None:
    booked(town, pair)
    Story(town).leaves(BEN)
    answers(town, clicked(town, BEN, ids.OPEN_LEAVE))
    town.person(BEN).await_view(ids.LEAVE_FORM)
    town.person(BEN).fill({"back_on": "2026-12-14"})
    assert not town.person(BEN).submit().errors
    town.settle()
    assert planned(town)["state"] == "cancelled"
    assert [files(town, user)[-1]["METHOD"] for user in (ADA, BEN)] == ["CANCEL", "CANCEL"]
    Story(town).leaves(ADA)
    (said,) = answers(town, clicked(town, ADA, ids.FIND_TIME, pair))
    assert "is paused" in said


def test_the_end_of_a_partnership_cancels_what_is_planned(town: LocalBot, pair: str) -> None:
    booked(town, pair)
    answers(town, clicked(town, BEN, ids.END_PARTNERSHIP, pair))
    assert planned(town)["state"] == "cancelled"
    assert files(town, ADA)[-1]["METHOD"] == "CANCEL"
