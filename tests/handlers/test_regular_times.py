"""Meeting at a regular time: from the wish to a date in four presses, and what one change costs."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from mentoring.partnerships.end_date import EndContext, change_end
from messages import ids
from sandbox.lookup import message_text
from services.planned_meetings import with_meetings_called_off
from tests.handlers.requests import all_heard, answers, clicked
from tests.handlers.starting_points import ADA, BEN, CHI, introduced, later
from tests.handlers.support import Json, direct_messages, rows
from tests.handlers.test_home import opens_home
from tests.handlers.test_planned_meetings import files, finds, newest, presses, with_view
from tests.journeys.story import Story, button_values
from tests.local_bot import LocalBot


@pytest.fixture
def pair(town: LocalBot) -> str:
    """Ada and Ben were introduced yesterday, a Monday; the partnership's id."""
    found = introduced(town, ADA, BEN)
    later(town, days=1)
    return found


def offers(town: LocalBot, user: str, about: str, **values: Any) -> Any:
    """They open the form from *Find a time* and send it as it is, or with `values`."""
    finds(town, user, about)
    person = town.person(user)
    person.click(ids.MEET_REGULARLY)
    person.await_view(ids.REGULAR_FORM)
    if values:
        person.fill(values)
    submitted = person.submit()
    town.settle()
    return submitted


def agreed(town: LocalBot, about: str) -> list[Json]:
    """Ada offers a regular time and Ben takes it; the meetings."""
    offers(town, ADA, about)
    presses(town, BEN, ids.TAKE_REGULAR)
    return meetings(town)


def meetings(town: LocalBot) -> list[Json]:
    return sorted(rows(town)["planned_meetings"], key=lambda row: str(row["regular_at"]))


def regular(town: LocalBot) -> Json:
    return rows(town)["regular_times"][-1]


def test_four_presses_book_all_meetings_and_each_gets_one_file(town: LocalBot, pair: str) -> None:
    offers(town, ADA, pair)
    assert direct_messages(town, BEN)[-1]["text"] == f"<@{ADA}> offers to meet regularly"
    heard = {user: len(all_heard(town)[user]) for user in (ADA, BEN)}
    presses(town, BEN, ids.TAKE_REGULAR)
    booked = meetings(town)
    assert len(booked) > 4
    assert {row["state"] for row in booked} == {"booked"}
    for user in (ADA, BEN):
        assert len(all_heard(town)[user]) == heard[user] + 1
        (file,) = files(town, user)
        (event,) = file.events
        assert (file["METHOD"], event["UID"]) == ("REQUEST", f"{regular(town)['id']}@mentor-bot.invalid")
        assert event["RRULE"]["FREQ"] == ["WEEKLY"]
    assert "You meet" in newest(town, ADA)


def test_the_lists_show_it_and_one_later_meeting_is_cancelled_from_there(town: LocalBot, pair: str) -> None:
    third = agreed(town, pair)[2]
    Story(town).leaves(ADA)
    ada = town.person(ADA)
    ada.command("/mentor partnerships")
    view = ada.await_view(ids.PARTNERSHIPS_VIEW)
    assert "You meet <@U0BEN> regularly" in str(view["blocks"])
    answers(town, clicked(town, ADA, ids.CANCEL_PLANNED, third["id"]))
    assert [row["state"] for row in meetings(town)][:4] == ["booked", "booked", "cancelled", "booked"]
    for user in (ADA, BEN):
        last = files(town, user)[-1]
        (event,) = last.events
        assert (last["METHOD"], event["RECURRENCE-ID"].dt) == ("CANCEL", files(town, user)[-1].events[0]["DTSTART"].dt)
        assert int(event["SEQUENCE"]) > int(files(town, user)[0].events[0]["SEQUENCE"])


def test_the_next_one_is_moved_like_any_other_and_only_its_occurrence_changes(town: LocalBot, pair: str) -> None:
    first = agreed(town, pair)[0]
    finds(town, ADA, pair)
    town.person(ADA).click("Offer this time")
    town.settle()
    presses(town, BEN, ids.TAKE_TIME)
    (moved,) = (row for row in meetings(town) if row["starts_at"] != row["regular_at"])
    assert moved["id"] == first["id"]
    (event,) = files(town, ADA)[-1].events
    assert event["RECURRENCE-ID"].dt != event["DTSTART"].dt
    assert event["UID"] == files(town, ADA)[0].events[0]["UID"]


def test_ending_it_takes_out_all_that_lie_ahead_with_one_file(town: LocalBot, pair: str) -> None:
    agreed(town, pair)
    heard = {user: len(all_heard(town)[user]) for user in (ADA, BEN)}
    for _ in range(2):
        answers(town, clicked(town, BEN, ids.END_REGULAR, regular(town)["id"]))
    assert {row["state"] for row in meetings(town)} == {"cancelled"}
    assert regular(town)["state"] == "ended"
    for user in (ADA, BEN):
        assert len(all_heard(town)[user]) == heard[user] + 1
        assert files(town, user)[-1]["METHOD"] == "CANCEL"
    assert f"<@{BEN}> has ended your regular time" in newest(town, ADA)
    view = finds(town, ADA, pair)
    assert ids.MEET_REGULARLY in str(view)


def test_a_leave_takes_out_what_lies_in_it_with_one_file(town: LocalBot, pair: str) -> None:
    booked = agreed(town, pair)
    back = datetime.fromisoformat(booked[2]["starts_at"]).date()
    Story(town).leaves(BEN)
    answers(town, clicked(town, BEN, ids.OPEN_LEAVE))
    town.person(BEN).await_view(ids.LEAVE_FORM)
    town.person(BEN).fill({"back_on": back.isoformat()})
    assert not town.person(BEN).submit().errors
    town.settle()
    assert [row["state"] for row in meetings(town)][:3] == ["cancelled", "cancelled", "booked"]
    for user in (ADA, BEN):
        assert len(files(town, user)) == 2
        (event,) = files(town, user)[-1].events
        assert len(event["EXDATE"] if isinstance(event["EXDATE"], list) else [event["EXDATE"]]) == 2


def test_it_can_be_declined_and_withdrawn_and_nobody_else_can_press(town: LocalBot, pair: str) -> None:
    offers(town, ADA, pair)
    (said,) = answers(town, clicked(town, CHI, ids.TAKE_REGULAR, regular(town)["id"]))
    assert "can’t find" in said
    Story(town).leaves(ADA)
    (said,) = answers(town, clicked(town, ADA, ids.TAKE_REGULAR, regular(town)["id"]))
    assert "I’ve asked the other person" in said
    presses(town, BEN, ids.END_REGULAR)
    assert "can’t meet at this regular time" in newest(town, ADA)
    offers(town, BEN, pair)
    heard = len(all_heard(town)[ADA])
    answers(town, clicked(town, BEN, ids.END_REGULAR, regular(town)["id"]))
    assert "has withdrawn the regular time" in newest(town, ADA)
    assert len(all_heard(town)[ADA]) == heard
    assert rows(town)["planned_meetings"] == []


def test_what_leaves_fewer_than_two_meetings_is_refused_at_the_field_and_kept(town: LocalBot, pair: str) -> None:
    ends = datetime.fromisoformat(f"{rows(town)['partnerships'][0]['ends_on']}T10:00+00:00")
    submitted = offers(town, ADA, pair, first_meeting=int(ends.timestamp()) - 86400)
    assert "first_meeting" in submitted.errors
    Story(town).leaves(ADA)
    answers(town, clicked(town, ADA, ids.MEET_REGULARLY, pair))
    assert "We saved what you chose" in str(town.person(ADA).await_view(ids.REGULAR_FORM))
    assert rows(town)["regular_times"] == []


def test_the_place_and_the_file_that_one_asks_for_are_of_all_meetings(town: LocalBot, pair: str) -> None:
    first = agreed(town, pair)[0]
    Story(town).leaves(ADA)
    answers(town, clicked(town, ADA, ids.CHANGE_PLACE, first["id"]))
    town.person(ADA).await_view(ids.PLACE_FORM)
    town.person(ADA).fill({"meeting_place": "Room 3"})
    assert town.person(ADA).submit().closed
    town.settle()
    answers(town, clicked(town, BEN, ids.SEND_FILE, first["id"]))
    for user in (ADA, BEN):
        (event,) = files(town, user)[-1].events
        assert (str(event["LOCATION"]), "RRULE" in event) == ("Room 3", True)
    (said,) = answers(town, clicked(town, BEN, ids.SEND_FILE, first["id"]))
    assert "I’ve already sent you the calendar file" in said


def test_the_end_of_a_partnership_takes_out_all_with_one_file(town: LocalBot, pair: str) -> None:
    agreed(town, pair)
    answers(town, clicked(town, BEN, ids.END_PARTNERSHIP, pair))
    assert {row["state"] for row in meetings(town)} == {"cancelled"}
    assert [len(files(town, user)) for user in (ADA, BEN)] == [2, 2]
    assert files(town, ADA)[-1]["METHOD"] == "CANCEL"


def moves_end(town: LocalBot, about: str, ends_on: date) -> None:
    now = town.slack.calendar.now()
    with town.storage.begin(town.slack.team_id) as tx:
        partnership = tx.partnerships.get(about)
        assert partnership is not None
        programme, _ = tx.programme_of(partnership.cohort_id)
        context = EndContext(partnership, programme, tx.people.get_many(partnership.people))
        tx.save(with_meetings_called_off(tx, change_end(context, ends_on, now), now))
    town.settle()


def test_an_earlier_end_takes_out_what_lies_after_it_with_one_file(town: LocalBot, pair: str) -> None:
    agreed(town, pair)
    ends_on = town.slack.calendar.now().date() + timedelta(days=60)
    moves_end(town, pair, ends_on)
    kept = [row for row in meetings(town) if row["state"] == "booked"]
    assert 1 < len(kept) < len(meetings(town))
    assert max(str(row["starts_at"]) for row in kept)[:10] <= ends_on.isoformat()
    assert [len(files(town, user)) for user in (ADA, BEN)] == [2, 2]


def test_until_a_later_end_the_meetings_are_booked_in_one_press(town: LocalBot, pair: str) -> None:
    before = agreed(town, pair)
    ends_on = date.fromisoformat(str(rows(town)["partnerships"][0]["ends_on"])) + timedelta(days=60)
    moves_end(town, pair, ends_on)
    assert len(meetings(town)) == len(before)
    shown = opens_home(town, BEN)
    assert "I can book" in str(shown)
    assert button_values(shown, ids.EXTEND_REGULAR) == [regular(town)["id"]]
    for _ in range(2):
        answers(town, clicked(town, BEN, ids.EXTEND_REGULAR, regular(town)["id"]))
    after = meetings(town)
    assert len(after) == len(before) + 2, "every four weeks"
    assert len({row["id"] for row in after}) == len(after)
    assert {row["state"] for row in after} == {"booked"}
    assert str(after[-1]["starts_at"])[:10] <= ends_on.isoformat()
    for user in (ADA, BEN):
        assert len(files(town, user)) == 2
        (event,) = files(town, user)[-1].events
        assert str(event["RRULE"]["UNTIL"][0].date()) == str(after[-1]["starts_at"])[:10]
        assert int(event["SEQUENCE"]) > int(files(town, user)[0].events[0]["SEQUENCE"])
    assert ids.EXTEND_REGULAR not in str(opens_home(town, BEN))


def test_what_an_earlier_end_took_out_can_be_booked_again_and_what_one_of_them_cancelled_stays_so(
    town: LocalBot, pair: str
) -> None:
    before = agreed(town, pair)
    ends_on = date.fromisoformat(str(rows(town)["partnerships"][0]["ends_on"]))
    answers(town, clicked(town, ADA, ids.CANCEL_PLANNED, before[-1]["id"]))
    moves_end(town, pair, town.slack.calendar.now().date() + timedelta(days=60))
    moves_end(town, pair, ends_on)
    answers(town, clicked(town, ADA, ids.EXTEND_REGULAR, regular(town)["id"]))
    booked = [row["regular_at"] for row in meetings(town) if row["state"] == "booked"]
    assert booked == [row["regular_at"] for row in before[:-1]]
    (event,) = files(town, BEN)[-1].events
    assert "EXDATE" not in event


def test_any_of_its_meetings_can_be_moved_and_only_by_the_two(town: LocalBot, pair: str) -> None:
    third = agreed(town, pair)[2]
    assert third["id"] in str(opens_home(town, ADA))
    answers(town, clicked(town, ADA, ids.MOVE_PLANNED, third["id"]))
    ada = town.person(ADA)
    assert "This stays until" in str(ada.await_view(ids.TIMES_FORM))
    ada.choose(ids.CHOOSE_LENGTH, "30")
    town.settle()
    ada.click("Offer this time")
    town.settle()
    presses(town, BEN, ids.TAKE_TIME)
    (moved,) = (row for row in meetings(town) if row["starts_at"] != row["regular_at"])
    assert (moved["id"], moved["minutes"]) == (third["id"], 30)
    (event,) = files(town, ADA)[-1].events
    assert event["RECURRENCE-ID"].dt != event["DTSTART"].dt
    (said,) = answers(town, clicked(town, CHI, ids.MOVE_PLANNED, third["id"]))
    assert "can’t find" in said
    Story(town).leaves(ADA)
    answers(town, clicked(town, ADA, ids.CANCEL_PLANNED, third["id"]))
    answers(town, clicked(town, ADA, ids.MOVE_PLANNED, third["id"]))
    assert town.person(ADA).view is None or ids.TIMES_FORM not in str(town.person(ADA).view)


def test_each_meeting_has_its_agenda_and_its_question(town: LocalBot, pair: str) -> None:
    first = agreed(town, pair)[0]
    start = datetime.fromisoformat(f"{first['starts_at']}")
    town.slack.timeline = town.bot
    town.slack.run_until(start.replace(tzinfo=town.slack.calendar.now().tzinfo, hour=22))
    town.settle()
    assert "Did you meet" in newest(town, ADA)
    assert message_text(with_view(town, BEN))
