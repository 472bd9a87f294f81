"""A mentor with three mentees: each sees their own, the mentor sees whose is whose, and nobody reads of the others."""

from typing import Any

import pytest

from messages import ids
from sandbox.blocks import visible_texts
from tests.handlers.agreement_story import switch, writes
from tests.handlers.starting_points import ADA, BEN, CHI, DEE, applied, introduced, with_plans
from tests.handlers.support import direct_messages
from tests.handlers.test_goals import STAND, plan_of
from tests.handlers.test_home import opens_home
from tests.handlers.test_planned_meetings import offers
from tests.journeys.story import Story, button_values
from tests.local_bot import LocalBot

MENTEES = (ADA, CHI, DEE)


def read(town: LocalBot, user: str) -> str:
    """All that a person sees: messages, Home, and the list of their partnerships."""
    story = Story(town)
    story.leaves(user)
    home = opens_home(town, user)
    listed = story.opens(user, lambda person: person.command("/mentor status"), ids.PARTNERSHIPS_VIEW)
    story.leaves(user)
    return str([home, listed, direct_messages(town, user)])


@pytest.fixture
def pairs(town: LocalBot) -> dict[str, str]:
    """The partnership of each mentee with Ben: Ada has drafted an agreement, Chi shares a plan, Dee offers a time."""
    with_plans(town)
    switch(town)
    applied(town, MENTEES)
    applied(town, (), [BEN], places=3)
    found = {mentee: introduced(town, mentee, BEN) for mentee in MENTEES}
    writes(town, ADA, found[ADA], {"purpose": "Words of Ada", "rhythm": "month", "ways": ["video"]})
    story = Story(town)
    plan_of(story, CHI)
    story.opens(CHI, lambda person: person.click(ids.WRITE_PLAN), ids.STANDING_FORM)
    story.sends(CHI, {**STAND, "direction": "Words of Chi"})
    story.clicks(CHI, ids.SHARE_PLAN)
    offers(town, DEE, found[DEE])
    for mentee in MENTEES:
        story.leaves(mentee)
        story.logs(mentee, BEN, on="2026-11-23", notes=f"Notes of {mentee}")
    return found


def test_the_mentor_sees_whose_is_whose(town: LocalBot, pairs: dict[str, str]) -> None:
    home = opens_home(town, BEN)
    for action, mentee in ((ids.OPEN_AGREEMENT, ADA), (ids.OPEN_GOALS, CHI)):
        assert pairs[mentee] in button_values(home, action)
    shown: dict[str, Any] = {}
    story = Story(town)
    for action, mentee in ((ids.OPEN_AGREEMENT, ADA), (ids.OPEN_GOALS, CHI)):
        story.leaves(BEN)
        story.person(BEN).open_home()
        town.settle()
        story.clicks(BEN, action, pairs[mentee])
        view = town.person(BEN).view
        assert view is not None
        shown[mentee] = " ".join(visible_texts(view["blocks"]))
    assert "Words of Ada" in shown[ADA]
    assert "Words of Chi" not in shown[ADA]
    assert "Words of Chi" in shown[CHI]
    assert "Words of Ada" not in shown[CHI]


@pytest.mark.parametrize("mentee", MENTEES)
def test_a_mentee_reads_nothing_of_the_others(town: LocalBot, pairs: dict[str, str], mentee: str) -> None:
    seen = read(town, mentee)
    for other in MENTEES:
        if other != mentee:
            assert other not in seen
            assert pairs[other] not in seen
