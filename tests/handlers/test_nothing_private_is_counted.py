"""Owners, the committee, sponsors and facilitators learn nothing of what two people keep to themselves: they see the
same before and after it was written, so that no subtraction tells.
"""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from mentoring.core.outcome import Outcome
from mentoring.core.programmes import ProgrammeType
from mentoring.core.roles import ProgrammeRole, RoleGiven
from messages import ids
from sandbox.lookup import message_text
from tests.handlers.agreement_story import signs, switch, writes
from tests.handlers.starting_points import ADA, BEN, BOSS, CHI, DEE, later, planner
from tests.handlers.support import direct_messages
from tests.handlers.test_goals import GOAL, STAND, adds, plan_of
from tests.handlers.test_home import opens_home
from tests.handlers.test_items import adds as adds_item
from tests.handlers.test_meeting_places import says as says_place
from tests.handlers.test_planned_meetings import booked
from tests.journeys.story import Story
from tests.local_bot import OWNER, LocalBot
from tests.local_bot import local_bot as open_town
from tests.one_programme import programme_and_cohort

COMMITTEE, SPONSOR, FACILITATOR = CHI, DEE, BOSS
_READERS = (OWNER, COMMITTEE, SPONSOR, FACILITATOR)
_ROLES = {
    ProgrammeRole.COMMITTEE: COMMITTEE,
    ProgrammeRole.SPONSOR: SPONSOR,
    ProgrammeRole.FACILITATOR: FACILITATOR,
}
_LISTS = ("/mentor status", "/mentor people", "/mentor partnerships")


def seen(town: LocalBot, reader: str) -> str:
    """All that this person can look at, without what tells one view from another alike."""
    story, person = Story(town), town.person(reader)
    found = [message_text({"blocks": opens_home(town, reader)["blocks"]})]
    for line in _LISTS:
        story.leaves(reader)
        heard = len(direct_messages(town, reader))
        answer = person.command(line)
        town.settle()  # what comes as a direct message comes before the answer, or after it
        found += [message_text(each) for each in answer.messages if each.get("is_ephemeral")]
        found += [message_text(each) for each in direct_messages(town, reader)[heard:]]
        found.append(message_text({"blocks": person.view["blocks"]}) if person.view else "")
    story.leaves(reader)
    return re.sub(r"\d\d:\d\d", "", json.dumps(found))


@pytest.fixture
def partners(town: LocalBot) -> str:
    """Ada and Ben are partners, in a peer programme with every form for two; the partnership's id."""
    found = planner(town)
    switch(town)
    with town.storage.begin(town.slack.team_id) as tx:
        programme, _ = programme_and_cohort(tx)
        tx.save(Outcome((replace(programme, type=ProgrammeType.PEER, version=programme.version + 1),)))
        for role, reader in _ROLES.items():
            tx.roles.give(RoleGiven(programme.id, role, reader, OWNER))
    town.knows(*_READERS)
    later(town, days=1)
    return found


def writes_everything(town: LocalBot, partnership: str) -> None:
    """What two people write for each other, and for themselves."""
    story = Story(town)
    plan_of(story, ADA)
    story.opens(ADA, lambda person: person.click(ids.WRITE_PLAN), ids.STANDING_FORM)
    story.sends(ADA, STAND)
    adds(story, GOAL)
    story.clicks(ADA, ids.SHARE_PLAN)
    story.leaves(ADA)
    writes(town, ADA, partnership, expectations={})
    signs(town, BEN, partnership)
    adds_item(town, ADA, partnership, action="Read the report", action_who=BEN)
    booked(town, partnership)
    says_place(town, BEN, "Room 3")


@pytest.mark.parametrize("reader", _READERS)
def test_what_others_see_is_the_same_before_and_after(town: LocalBot, partners: str, reader: str) -> None:
    before, heard = seen(town, reader), len(direct_messages(town, reader))
    writes_everything(town, partners)
    assert len(direct_messages(town, reader)) == heard
    assert seen(town, reader) == before


def fortnight(folder: Path, *, writing: bool) -> list[str]:
    """What the owner gets in two weeks, in which two people write everything, or nothing."""
    with open_town(folder) as town, town.slack.calendar.paused():
        partnership = planner(town)
        switch(town)
        later(town, days=1)
        if writing:
            writes_everything(town, partnership)
        later(town, days=14)
        return [message_text(each) for each in direct_messages(town, OWNER)]


def test_two_weeks_of_figures_differ_by_nothing(tmp_path: Path) -> None:
    for name in ("with", "without"):
        (tmp_path / name).mkdir()
    quiet = fortnight(tmp_path / "without", writing=False)
    assert len([text for text in quiet if "1 active partnership" in text]) >= 2
    assert fortnight(tmp_path / "with", writing=True) == quiet
