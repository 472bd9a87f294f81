"""An orientation, from the plan to the day after, told as a dated story."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from messages import ids
from tests.handlers.requests import answers, clicked
from tests.handlers.starting_points import ADA, BEN, CHI, DEE, applied, later
from tests.handlers.support import Json, direct_messages, rows
from tests.handlers.test_sessions import changes, file_of, heard, newest, opens, plans, says
from tests.local_bot import OWNER, LocalBot
from tests.local_bot import local_bot as open_town


@pytest.fixture
def town(tmp_path: Path) -> Iterator[LocalBot]:
    with open_town(tmp_path) as town:
        town.settle()
        applied(town, [ADA, CHI, DEE], [BEN])
        yield town


def test_an_orientation_from_its_plan_to_the_day_after(town: LocalBot) -> None:
    form = opens(town)  # 23 November
    said = json.dumps(form, ensure_ascii=False)
    assert "Your first meeting: get to know each other" in said, "a usual plan is there"
    assert "No one is told when you save this" in said
    session = plans(town)
    assert not [each for each in heard(town, ADA) if "rientation" in each]

    answers(town, clicked(town, OWNER, ids.INVITE_TO_SESSION, session))
    later(town, days=1)  # 24 November
    for user in (ADA, BEN, CHI, DEE):
        assert "Orientation of Mentoring programme" in newest(town, user)
    assert "Wednesday 9 December 2026, 14:00 to 15:00" in newest(town, ADA)
    assert "Wednesday 9 December 2026, 09:00 to 10:00" in newest(town, BEN), "Ben is in New York"

    says(town, ids.COME_TO_SESSION, session, ADA, BEN, CHI, DEE)
    assert "You’re coming to the orientation" in newest(town, ADA)
    calendar = file_of(town, ADA)
    assert "METHOD:PUBLISH" in calendar
    assert "DTSTART:20261209T140000Z" in calendar
    assert "LOCATION:Room 5" in calendar
    assert "You’re on the waiting list." in newest(town, CHI)
    assert "1 person is before you" in newest(town, DEE)

    answers(town, clicked(town, OWNER, ids.OPEN_ATTENDING, session))
    shown = "\n".join(_texts(town.person(OWNER).await_view(ids.ATTENDING_VIEW)))
    assert f"Coming, in the order in which they answered*: <@{ADA}> and <@{BEN}>" in shown
    assert f"On the waiting list, in order*: <@{CHI}> and <@{DEE}>" in shown

    says(town, ids.MISS_SESSION, session, ADA)  # somebody else gets the place
    later(town, days=1)  # 25 November
    assert "There is a place for you now" in newest(town, CHI)
    assert "DTSTART" in file_of(town, CHI)
    assert "You can’t come" in "\n".join(heard(town, ADA))

    assert not changes(town, session, session_place="Room 6").errors
    later(town, days=1)  # 26 November
    assert "has changed" in newest(town, BEN)
    assert "Room 6" in newest(town, BEN)
    assert "SEQUENCE:1" in file_of(town, BEN)
    assert "You’re still on the waiting list" in newest(town, DEE)
    assert "has changed" not in newest(town, ADA)

    later(town, days=14)  # 10 December
    assert [row["state"] for row in rows(town)["sessions"]] == ["over"]
    assert "was on" in "\n".join(heard(town, DEE))
    assert ids.MISS_SESSION not in json.dumps(direct_messages(town, DEE))
    later(town, days=28)  # 7 January
    assert rows(town)["session_answers"] == []
    assert [row["came"] for row in rows(town)["sessions"]] == [2]


def _texts(view: Json) -> Iterator[str]:
    for block in view["blocks"]:
        yield str(block.get("text", {}).get("text", "") if isinstance(block.get("text"), dict) else "")
