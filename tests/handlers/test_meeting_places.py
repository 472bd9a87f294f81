"""Saying where two people meet: in the message about their meeting, in the calendar file, and for the next one."""

from typing import Any

import pytest

from messages import ids
from sandbox.lookup import message_text
from tests.handlers.requests import all_heard, answers, clicked
from tests.handlers.starting_points import ADA, BEN, introduced, later
from tests.handlers.support import rows
from tests.handlers.test_planned_meetings import booked, files, offers, planned, presses, with_view
from tests.journeys.story import Story
from tests.local_bot import LocalBot

LINK = "https://meet.example.org/a?b=1&c=<2>"


@pytest.fixture
def pair(town: LocalBot) -> str:
    """Ada and Ben were introduced yesterday, a Monday; the partnership's id."""
    found = introduced(town, ADA, BEN)
    later(town, days=1)
    return found


def says(town: LocalBot, user: str, words: str) -> Any:
    """They fill in the form of the newest planned meeting; what Slack is answered."""
    Story(town).leaves(user)
    answers(town, clicked(town, user, ids.CHANGE_PLACE, rows(town)["planned_meetings"][-1]["id"]))
    person = town.person(user)
    person.await_view(ids.PLACE_FORM)
    person.fill({"meeting_place": words})
    submitted = person.submit()
    town.settle()
    return submitted


def test_the_place_is_in_both_messages_and_in_the_file_and_the_other_gets_no_new_message(
    town: LocalBot, pair: str
) -> None:
    booked(town, pair)
    heard = len(all_heard(town)[BEN])
    assert says(town, ADA, f"Room *3* & {LINK}").closed
    assert len(all_heard(town)[BEN]) == heard
    assert "Where:* Room *3* &amp; https://meet.example.org/a?b=1&amp;c=&lt;2&gt;" in str(
        with_view(town, BEN)["blocks"]
    )
    first, second = (each.events[0] for each in files(town, ADA))
    assert (first["UID"], int(first["SEQUENCE"]), "LOCATION" in first) == (second["UID"], 0, False)
    assert (str(second["LOCATION"]), int(second["SEQUENCE"])) == (f"Room *3* & {LINK}", 1)
    assert len(files(town, BEN)) == 1


def test_the_other_gets_the_file_with_the_place_by_one_press_and_once(town: LocalBot, pair: str) -> None:
    booked(town, pair)
    says(town, ADA, "Room 3")
    presses(town, BEN, ids.SEND_FILE, with_view(town, BEN))
    assert [str(each.events[0].get("LOCATION", "")) for each in files(town, BEN)] == ["", "Room 3"]
    (said,) = answers(town, clicked(town, BEN, ids.SEND_FILE, planned(town)["id"]))
    assert "I’ve already sent you the calendar file" in said
    assert len(files(town, BEN)) == 2


def test_the_next_meeting_begins_with_the_place_and_a_move_keeps_it(town: LocalBot, pair: str) -> None:
    offers(town, ADA, pair)
    says(town, BEN, "Room 3")
    presses(town, BEN, ids.TAKE_TIME, with_view(town, BEN))
    assert [str(each.events[0]["LOCATION"]) for each in files(town, ADA)] == ["Room 3"]
    answers(town, clicked(town, ADA, ids.CANCEL_PLANNED, planned(town)["id"]))
    offers(town, BEN, pair)
    assert "*Where:* Room 3" in message_text(with_view(town, ADA))
    presses(town, ADA, ids.TAKE_TIME, with_view(town, ADA))
    assert str(files(town, BEN)[-1].events[0]["LOCATION"]) == "Room 3"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("ftp://x.example.org", "This isn’t a full web address"),
        ("Room 3 mailto:x@y.z", "This isn’t a full web address"),
    ],
)
def test_what_cannot_be_a_place_is_refused_at_the_field_and_kept(
    town: LocalBot, pair: str, words: str, sentence: str
) -> None:
    booked(town, pair)
    assert sentence in says(town, ADA, words).errors["meeting_place"]
    Story(town).leaves(ADA)
    answers(town, clicked(town, ADA, ids.CHANGE_PLACE, planned(town)["id"]))
    view = town.person(ADA).await_view(ids.PLACE_FORM)
    assert words[:250] in str(view)
    assert "We saved what you typed" in str(view)
    assert rows(town)["meeting_places"] == []


def test_from_the_list_of_partnerships_the_list_shows_it(town: LocalBot, pair: str) -> None:
    booked(town, pair)
    Story(town).leaves(ADA)
    ada = town.person(ADA)
    ada.command("/mentor partnerships")
    ada.await_view(ids.PARTNERSHIPS_VIEW)
    ada.click(ids.CHANGE_PLACE)
    ada.await_view(ids.PLACE_FORM)
    ada.fill({"meeting_place": "Room 3"})
    ada.submit()
    town.settle()
    assert ada.view is not None
    assert "*Where:* Room 3" in str(ada.view["blocks"])


def test_an_erasure_of_either_takes_the_place(town: LocalBot, pair: str) -> None:
    booked(town, pair)
    says(town, ADA, "Room 3")
    with town.storage.begin(town.slack.team_id) as tx:
        tx.erasure.erase(BEN, town.slack.calendar.now())
    assert rows(town)["meeting_places"] == []
