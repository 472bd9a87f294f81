"""A call for applications in a channel invites to the information session, and stays true when that changes."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from mentoring.announcements.announcement import AnnouncementKind
from messages import ids
from tests.handlers import test_announcements as plan
from tests.handlers.requests import answers, clicked
from tests.handlers.starting_points import applied
from tests.handlers.support import direct_messages, rows
from tests.handlers.test_sessions import START, changes, plans
from tests.journeys.story import answer_to
from tests.local_bot import OWNER, LocalBot
from tests.local_bot import local_bot as open_town

ADA, CHI = "U0ADA", "U0CHI"


@pytest.fixture
def town(tmp_path: Path) -> Iterator[LocalBot]:
    with open_town(tmp_path) as opened, opened.slack.calendar.paused():
        opened.slack.timeline = opened.bot
        opened.settle()
        yield opened


def post(town: LocalBot, channel: str) -> Any:
    (message,) = (each for each in town.person(CHI).inbox(channel) if not each.get("is_ephemeral"))
    return message


def test_the_call_has_the_session_its_buttons_and_its_changes(town: LocalBot) -> None:
    general = town.slack.add_channel("general", [OWNER, ADA, CHI], with_bot=True)
    session = plans(town, "information", session_audience="anyone", session_place="Room 5")
    owner = plan.opens(town)
    assert plan.changes(town, owner, AnnouncementKind.CALL, channels=[general]).closed
    plan.press(town, owner, ids.PREVIEW_ANNOUNCEMENT, AnnouncementKind.CALL)
    seen = json.dumps(town.person(OWNER).view, ensure_ascii=False)
    assert "Room 5" in seen
    assert ids.COME_TO_SESSION not in seen, "the preview has no buttons"
    town.person(OWNER).close(everything=True)
    plan.press(town, plan.opens(town), ids.APPROVE_ANNOUNCEMENT, AnnouncementKind.CALL)
    plan.at(town, "2026-11-23 10:02")
    message = post(town, general)
    assert f"<!date^{int(START.timestamp())}^" in json.dumps(message)
    assert town.person(CHI).click(ids.COME_TO_SESSION, message=message).ok
    town.settle()
    assert "You’re coming to the information session" in answer_to(town.slack, CHI)
    assert direct_messages(town, CHI)[-1]["files"]

    assert not changes(town, session, session_place="Room 6").errors
    plan.at(town, "2026-11-24 10:02")
    assert "Room 6" in json.dumps(post(town, general))
    answers(town, clicked(town, OWNER, ids.CANCEL_SESSION, session))
    plan.at(town, "2026-11-25 10:02")
    assert ids.COME_TO_SESSION not in json.dumps(post(town, general))
    assert ids.OPEN_REQUEST in json.dumps(post(town, general))


def test_who_takes_no_part_gets_no_place_in_an_orientation_that_a_channel_reads_of(town: LocalBot) -> None:
    session = plans(town, session_places="1")
    (said,) = answers(town, clicked(town, CHI, ids.COME_TO_SESSION, f"{session}:here"))
    assert "for others who take part" in said
    assert rows(town)["session_answers"] == []
    applied(town, [CHI], [])
    (said,) = answers(town, clicked(town, CHI, ids.COME_TO_SESSION, f"{session}:here"))
    assert "You’re coming to the orientation" in said


def test_the_launch_invites_to_an_orientation_only_if_all_its_readers_may_come(town: LocalBot) -> None:
    general = town.slack.add_channel("general", [OWNER, ADA, CHI], with_bot=True)
    plans(town, session_audience="mentors")
    owner = plan.opens(town)
    assert plan.changes(town, owner, AnnouncementKind.MATCHES_OUT, channels=[general]).closed
    for kind in (AnnouncementKind.LAUNCH, AnnouncementKind.MATCHES_OUT):
        plan.press(town, owner, ids.PREVIEW_ANNOUNCEMENT, kind)
        assert "Room 5" not in json.dumps(owner.view)
        owner.close()
    assert plan.changes(town, owner, AnnouncementKind.LAUNCH, audience="mentors").closed
    plan.press(town, owner, ids.PREVIEW_ANNOUNCEMENT, AnnouncementKind.LAUNCH)
    assert "Room 5" in json.dumps(owner.view)


def test_an_orientation_for_participants_is_no_part_of_a_call(town: LocalBot) -> None:
    general = town.slack.add_channel("general", [OWNER, ADA, CHI], with_bot=True)
    plans(town)
    plans(
        town,
        "information",
        session_audience="mentors",
        session_start=int(datetime(2026, 12, 8, tzinfo=UTC).timestamp()),
    )
    owner = plan.opens(town)
    assert plan.changes(town, owner, AnnouncementKind.CALL, channels=[general]).closed
    plan.press(town, owner, ids.APPROVE_ANNOUNCEMENT, AnnouncementKind.CALL)
    plan.at(town, "2026-11-23 10:02")
    assert ids.COME_TO_SESSION not in json.dumps(post(town, general))
