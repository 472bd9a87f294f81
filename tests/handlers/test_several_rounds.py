"""Owners of two programmes approve, see answers and are reminded in the one that the button names."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from mentoring.applications.application import Role
from mentoring.core.outcome import Outcome
from mentoring.matching.match import MatchState
from mentoring.matching.optimiser import manual_match
from messages import ids
from messages.in_programme import split_value
from sandbox import Member
from tests.handlers.matching.test_open_offers import reads
from tests.handlers.starting_points import later
from tests.handlers.support import rows
from tests.handlers.test_several_programmes import applies, chooses, heard, programme, start
from tests.journeys.story import Story, _buttons
from tests.local_bot import OFFER, OWNER, REQUEST, LocalBot
from tests.local_bot import local_bot as open_town

ADA, BEN, CHI, DEE, EVE, FAY = "U0ADA", "U0BEN", "U0CHI", "U0DEE", "U0EVE", "U0FAY"
OTHER_ACTIONS = {ids.REMIND_OFFER, ids.EXTEND_OFFER, ids.RECALL_OFFER}


@pytest.fixture
def town(tmp_path: Any) -> Iterator[LocalBot]:
    """Two programmes that Chi and Dee both own; in "Physics", two proposals wait for their approvals."""
    with open_town(tmp_path) as town:
        town.settle()
        for name in ("Chemistry", "Physics"):
            start(town, name, CHI, DEE)
        for new in (EVE, FAY):
            town.slack.add_member(Member(new, new.lower(), new.capitalize()))
        for person, command, says in (
            (ADA, "/mentor request", REQUEST),
            (EVE, "/mentor request", REQUEST),
            (BEN, "/mentor volunteer", OFFER),
            (FAY, "/mentor volunteer", OFFER),
        ):
            applies(town, person, command, "Physics", {**says, "wish": None})
        with town.storage.begin(town.slack.team_id) as tx:
            round_ = tx.rounds.get(*programme(town, "Physics"))
            sent = {each.person: each for each in round_.applications.values()}
            assert sent[ADA].role is Role.MENTEE
            for mentee, mentor in ((ADA, BEN), (EVE, FAY)):
                match = manual_match(round_, sent[mentee], sent[mentor], by=CHI, new_id=tx.new_id())
                tx.save(Outcome((replace(match, approvals=(), paired_by="", score=70),)))
        yield town


def opens_review(town: LocalBot, owner: str, name: str) -> None:
    chooses(town, owner, "/mentor match", name)
    town.person(owner).await_view(ids.REVIEW_VIEW)


def programmes_of_buttons(town: LocalBot, owner: str, *actions: str) -> set[str]:
    view = town.person(owner).view
    assert view is not None
    found = [each for block in view["blocks"] for each in _buttons(block) if each["action_id"] in actions]
    assert found
    return {split_value(each["value"])[1] for each in found}


def test_several_are_approved_in_the_programme_of_the_button_and_the_other_owner_hears_its_name(
    town: LocalBot,
) -> None:
    story, physics = Story(town), programme(town, "Physics")[0].id
    opens_review(town, CHI, "Physics")
    assert programmes_of_buttons(town, CHI, ids.APPROVE_SEVERAL) == {physics}
    story.opens(CHI, lambda person: story._click(person, ids.APPROVE_SEVERAL), ids.APPROVALS_FORM)
    assert "Physics" in reads(Story(town), CHI)
    story.sends(CHI, {})
    assert [row["approvals"] for row in rows(town)["matches"]] == [f'["{CHI}"]'] * 2
    later(town, minutes=31)
    assert heard(town, DEE)[-1] == "Physics: 2 proposals need your approval"
    later(town, days=8)
    assert "Physics: 2 proposals still need your approval" in heard(town, DEE)
    assert not any("approval" in text for text in heard(town, OWNER))


def test_a_tick_that_was_saved_comes_back_in_its_own_programme_only(town: LocalBot) -> None:
    story = Story(town)
    opens_review(town, CHI, "Physics")
    story.opens(CHI, lambda person: story._click(person, ids.APPROVE_SEVERAL), ids.APPROVALS_FORM)
    story.person(CHI).fill({"proposals": []})
    assert story.person(CHI).submit().errors
    named = [row["form"] for row in rows(town)["drafts"] if row["person"] == CHI]
    assert named == [f"{ids.APPROVALS_FORM}:{ids.APPROVALS_FORM}@{programme(town, 'Physics')[0].id}"]


def test_answers_are_shown_and_a_match_is_taken_back_in_the_programme_of_the_button(town: LocalBot) -> None:
    story, physics = Story(town), programme(town, "Physics")[0].id
    with town.storage.begin(town.slack.team_id) as tx:
        matches = tx.rounds.get(*programme(town, "Physics")).matches.values()
        now = town.slack.calendar.now()
        tx.save(Outcome(tuple(m.changed(state=MatchState.OFFERED, offered_at=now) for m in matches)))
    opens_review(town, CHI, "Physics")
    story.opens(CHI, lambda person: story._click(person, ids.OPEN_OFFERS), ids.OFFERS_VIEW)
    assert programmes_of_buttons(town, CHI, *OTHER_ACTIONS) == {physics}
    assert "Physics" in reads(Story(town), CHI)
    taken_back = next(row["id"] for row in rows(town)["matches"])
    story.clicks(CHI, ids.RECALL_OFFER, taken_back)
    assert sorted(row["state"] for row in rows(town)["matches"]) == ["offered", "recalled"]
    assert programmes_of_buttons(town, CHI, *OTHER_ACTIONS) == {physics}
