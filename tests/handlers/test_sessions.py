"""Sessions in Slack: planning one, inviting people, coming to it and staying away."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from messages import ids
from sandbox.lookup import message_text
from services.people import erase_person
from tests.handlers.requests import answers, clicked, typed_command
from tests.handlers.starting_points import ADA, BEN, CHI, DEE, applied, later
from tests.handlers.support import Json, direct_messages, rows
from tests.journeys.story import Story
from tests.local_bot import OWNER, SECOND_OWNER, LocalBot
from tests.local_bot import local_bot as open_town

START = datetime(2026, 12, 9, 14, tzinfo=UTC)
"""A Wednesday, two weeks and two days after the beginning."""
FORM: dict[str, Any] = {
    "session_start": int(START.timestamp()),
    "minutes": "60",
    "session_place": "Room 5",
    "session_places": "2",
    "session_audience": "everyone",
    "session_plan": "1. Welcome",
}


@pytest.fixture
def town(tmp_path: Path) -> Iterator[LocalBot]:
    with open_town(tmp_path) as town:
        town.settle()
        applied(town, [ADA, CHI, DEE], [BEN])
        yield town


def opens(town: LocalBot, kind: str = "orientation") -> Json:
    Story(town).leaves(OWNER)
    town.person(OWNER).command("/mentor sessions")
    town.person(OWNER).await_view(ids.SESSIONS_VIEW)
    answers(town, clicked(town, OWNER, ids.PLAN_SESSION, kind))
    return town.person(OWNER).await_view(ids.SESSION_FORM)


def plans(town: LocalBot, kind: str = "orientation", **says: Any) -> str:
    """The owner plans a session; its id."""
    opens(town, kind)
    town.person(OWNER).fill(FORM | says)
    sent = town.person(OWNER).submit()
    assert not sent.errors, sent.errors
    town.settle()
    return str(rows(town)["sessions"][-1]["id"])


def changes(town: LocalBot, session: str, **says: Any) -> Any:
    Story(town).leaves(OWNER)
    answers(town, clicked(town, OWNER, ids.CHANGE_SESSION, session))
    town.person(OWNER).await_view(ids.SESSION_FORM)
    town.person(OWNER).fill(says)
    sent = town.person(OWNER).submit()
    town.settle()
    return sent


def says(town: LocalBot, action: str, session: str, *people: str) -> None:
    for each in people:
        answers(town, clicked(town, each, action, session))


def heard(town: LocalBot, user: str) -> list[str]:
    return [message_text(each) for each in direct_messages(town, user)]


def newest(town: LocalBot, user: str) -> str:
    return heard(town, user)[-1]


def file_of(town: LocalBot, user: str) -> str:
    """The calendar file in the newest message."""
    (file,) = direct_messages(town, user)[-1]["files"]
    return town.slack.workspace.files[file["id"]].data.decode()


@pytest.mark.parametrize(
    ("wrong", "field", "said"),
    [
        ({"session_start": int(datetime(2026, 11, 20, tzinfo=UTC).timestamp())}, "session_start", "has passed"),
        ({"session_places": "some"}, "session_places", "Write a whole number"),
    ],
)
def test_a_wrong_input_is_said_at_its_field_and_nothing_typed_is_lost(
    town: LocalBot, wrong: dict[str, Any], field: str, said: str
) -> None:
    opens(town)
    town.person(OWNER).fill(FORM | wrong | {"session_place": "The small hall"})
    sent = town.person(OWNER).submit()
    assert list(sent.errors) == [field]
    assert said in sent.errors[field]
    assert rows(town)["sessions"] == []
    assert "The small hall" in json.dumps(opens(town))


def test_fewer_places_than_people_who_come_are_refused(town: LocalBot) -> None:
    session = plans(town)
    says(town, ids.COME_TO_SESSION, session, ADA, BEN)
    refused = changes(town, session, session_places="1")
    assert "2 people have said that they come" in refused.errors["session_places"]
    assert [row["places"] for row in rows(town)["sessions"]] == [2]


def test_a_cancelled_session_takes_itself_out_of_calendars(town: LocalBot) -> None:
    session = plans(town)
    says(town, ids.COME_TO_SESSION, session, ADA, BEN, CHI)
    answers(town, clicked(town, OWNER, ids.CANCEL_SESSION, session))
    later(town, days=1)
    assert "is cancelled" in newest(town, ADA)
    assert "METHOD:CANCEL" in file_of(town, ADA)
    assert "is cancelled" in newest(town, CHI)
    assert "files" not in direct_messages(town, CHI)[-1]
    (refused,) = answers(town, clicked(town, DEE, ids.COME_TO_SESSION, session))
    assert "is cancelled" in refused


def test_under_a_post_everybody_hears_at_once_what_became_of_it(town: LocalBot) -> None:
    session = plans(town, "information", session_audience="anyone", session_places="1")
    (said,) = answers(town, clicked(town, SECOND_OWNER, ids.COME_TO_SESSION, f"{session}:here"))
    assert "You’re coming to the information session" in said
    assert "DTSTART" in file_of(town, SECOND_OWNER)
    (said,) = answers(town, clicked(town, ADA, ids.COME_TO_SESSION, f"{session}:here"))
    assert "is full, so you’re on the waiting list" in said
    (said,) = answers(town, clicked(town, ADA, ids.MISS_SESSION, f"{session}:here"))
    assert "you can’t come" in said


def test_the_owner_invites_those_who_apply_later_and_nobody_twice(town: LocalBot) -> None:
    session = plans(town, session_audience="mentors")
    answers(town, clicked(town, OWNER, ids.INVITE_TO_SESSION, session))
    later(town, days=1)
    assert [user for user in (ADA, BEN, CHI) if any("rientation" in each for each in heard(town, user))] == [BEN]
    (refused,) = answers(town, clicked(town, OWNER, ids.INVITE_TO_SESSION, session))
    assert "has an invitation already" in refused
    applied(town, [], ["U0LATE"])
    answers(town, clicked(town, OWNER, ids.INVITE_TO_SESSION, session))
    later(town, days=1)
    assert len([each for each in heard(town, BEN) if "rientation" in each]) == 1
    assert len([each for each in heard(town, "U0LATE") if "rientation" in each]) == 1


def home(town: LocalBot, user: str) -> str:
    town.person(user).open_home()
    town.settle()
    return json.dumps(town.person(user).home, ensure_ascii=False)


def test_home_shows_sessions_to_those_whom_they_are_for(town: LocalBot) -> None:
    session = plans(town, session_audience="mentees")
    assert ids.COME_TO_SESSION in home(town, ADA)
    assert ids.COME_TO_SESSION not in home(town, BEN)
    says(town, ids.COME_TO_SESSION, session, ADA)
    assert "You’re coming" in home(town, ADA)
    (said,) = answers(town, typed_command(town, ADA, "sessions"))
    assert "orientation on Wednesday 9 December 2026" in said
    (said,) = answers(town, typed_command(town, BEN, "sessions"))
    assert "There is no session for you right now" in said


def test_a_place_is_free_again_once_its_person_is_away_or_erased(town: LocalBot) -> None:
    session = plans(town, session_places="1")
    says(town, ids.COME_TO_SESSION, session, ADA, BEN, CHI, DEE)
    answers(town, clicked(town, ADA, ids.OPEN_LEAVE))
    town.person(ADA).await_view(ids.LEAVE_FORM)
    Story(town).sends(ADA, {"back_on": "2026-12-14"})
    later(town, days=1)
    assert "There is a place for you now" in newest(town, BEN)
    town.changes(BEN, deactivated=True)
    later(town, days=1)
    assert "There is a place for you now" in newest(town, CHI)
    erase_person(town.storage, town.slack.team_id, CHI, now=town.slack.calendar.now())
    later(town, days=1)
    assert "There is a place for you now" in newest(town, DEE)
    assert {row["person"]: row["has_place"] for row in rows(town)["session_answers"]} == {ADA: 0, BEN: 0, DEE: 1}


def test_the_waiting_list_says_how_many_are_before_also_after_one_of_them_has_gone(town: LocalBot) -> None:
    session = plans(town, session_places="1")
    says(town, ids.COME_TO_SESSION, session, ADA, BEN, CHI, DEE)
    assert "2 people are before you" in newest(town, DEE)
    says(town, ids.MISS_SESSION, session, BEN)
    assert "1 person is before you" in newest(town, DEE)
    says(town, ids.MISS_SESSION, session, ADA)
    assert "before you" not in newest(town, DEE)


def test_a_session_that_is_cancelled_in_the_morning_is_told_before_it_was_to_begin(town: LocalBot) -> None:
    session = plans(town)
    says(town, ids.COME_TO_SESSION, session, BEN)
    early = START - timedelta(hours=4)  # in New York it begins with Ben's working hours
    later(town, seconds=(early - town.slack.calendar.now()).total_seconds())
    answers(town, clicked(town, OWNER, ids.CANCEL_SESSION, session))
    assert "is cancelled" in newest(town, BEN)


def test_an_old_button_opens_no_form_of_a_session_that_is_over(town: LocalBot) -> None:
    session = plans(town)
    later(town, days=30)
    for action in (ids.CHANGE_SESSION, ids.CANCEL_SESSION):
        Story(town).leaves(OWNER)
        (refused,) = answers(town, clicked(town, OWNER, action, session))
        assert refused in ("This session is over.", ""), "the same sentence again"
        assert town.person(OWNER).view is None


def test_only_owners_read_who_comes(town: LocalBot) -> None:
    session = plans(town)
    for action, value in (
        (ids.OPEN_ATTENDING, session),
        (ids.CHANGE_SESSION, session),
        (ids.CANCEL_SESSION, session),
        (ids.INVITE_TO_SESSION, session),
        (ids.PLAN_SESSION, "orientation"),
    ):
        (refused,) = answers(town, clicked(town, ADA, action, value))
        assert "Only programme owners" in refused or not refused, "the same sentence again"
    (refused,) = answers(town, clicked(town, ADA, ids.COME_TO_SESSION, "nothing"))
    assert "isn’t here any more" in refused
    assert rows(town)["session_answers"] == []
