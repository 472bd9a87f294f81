"""What would help people without a match: owners read figures, and nobody else does; nothing is changed by looking."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import NoReturn

import pytest

from handlers.context import Request
from handlers.owners import load_round_for_owner
from mentoring.matching import what_would_help as rules
from mentoring.matching.round import MatchingRound
from mentoring.programmes.settings import Part
from messages import ids
from sandbox.blocks import visible_texts
from storage import Transaction
from storage.roles import Roles
from tests.handlers.conftest import Logs
from tests.handlers.requests import all_heard, answers, clicked, held
from tests.handlers.starting_points import ADA, BEN, CHI, DEE, RUNNING, applied, later
from tests.handlers.support import last_payload, post, rows
from tests.handlers.test_settings import sets
from tests.journeys.story import Json, Story, answer_to, button_values
from tests.local_bot import OWNER, PATIENCE, SECOND_OWNER, LocalBot, wait_until
from tests.local_bot import local_bot as open_town

COMPUTE = "handlers.matching.what_would_help.what_would_help"
GRADES = {"grades": "Assistant\nLibrarian\nDirector"}


@pytest.fixture
def town(tmp_path: Path) -> Iterator[LocalBot]:
    """A programme with a minimum gap of two grades: Ada has nobody, because Ben is one grade higher."""
    with open_town(tmp_path, owners=(OWNER, SECOND_OWNER)) as opened:
        sets(opened, Part.CHOICES, GRADES)
        sets(opened, Part.RULES, {"least_gap": "2"})
        applied(opened, [ADA], [], grade="Assistant")
        applied(opened, [], [BEN], grade="Librarian", places=3)
        yield opened


@pytest.fixture
def story(town: LocalBot) -> Story:
    return Story(town)


def opens_matches(story: Story, owner: str = OWNER) -> Json:
    story.leaves(owner)
    return story.opens(owner, lambda person: person.command("/mentor match"), ids.REVIEW_VIEW)


def asks(story: Story, owner: str = OWNER) -> str:
    """What the owner reads who presses the button."""
    opens_matches(story, owner)
    return text(story.opens(owner, lambda person: person.click(ids.WHAT_WOULD_HELP), ids.WHAT_WOULD_HELP_VIEW))


def text(view: Json | None) -> str:
    assert view is not None
    return "\n".join(visible_texts(view["blocks"]))


def test_an_owner_reads_which_change_would_match_more_people(story: Story) -> None:
    said = asks(story)
    assert "*1 mentee is left without a match*" in said
    assert "• *Minimum grade gap 1 instead of 2:* 1 more match" in said
    assert "• *No minimum grade gap (now 2):* 1 more match" in said


def test_nobody_is_named(story: Story, town: LocalBot) -> None:
    said = asks(story)
    assert not [each for each in (ADA, BEN, "Ada", "Ben", "<@") if each in said]


def test_the_rule_is_changed_from_there_and_then_they_are_matched(story: Story, town: LocalBot) -> None:
    asks(story)
    story.opens(OWNER, lambda person: person.click(ids.OPEN_SETUP), ids.SETUP_FORM)
    story.sends(OWNER, {"least_gap": "1"})
    assert text(story.person(OWNER).view).startswith("If you propose matches now")
    opens_matches(story)
    story.clicks(OWNER, ids.PROPOSE)
    assert [(row["mentee"], row["mentor"]) for row in rows(town)["matches"]] == [(ADA, BEN)]
    assert button_values(story.person(OWNER).view, ids.WHAT_WOULD_HELP) == []


def test_looking_changes_nothing_and_nobody_hears_of_it(story: Story, town: LocalBot) -> None:
    opens_matches(story)
    before, heard = held(town), all_heard(town)
    for owner in (OWNER, SECOND_OWNER, OWNER):
        asks(story, owner)
    assert (held(town), all_heard(town)) == (before, heard)


def test_a_late_application_shows_the_last_day_with_which_it_counts(story: Story, town: LocalBot) -> None:
    later(town, days=RUNNING)
    applied(town, [], [DEE], grade="Director", places=3)
    today = town.slack.calendar.now().date()
    day = f"{today.day} {today:%B %Y}"
    assert f"• *1 late application counted in this round (last day to apply, and start of the round: {day}):*" in asks(
        story
    )


def test_while_it_takes_long_they_read_that_it_is_computed_and_then_the_figures(
    story: Story, town: LocalBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_go_on = Event()

    def slow(round_: MatchingRound) -> rules.WhatWouldHelp:
        assert may_go_on.wait(PATIENCE)
        return rules.what_would_help(round_)

    monkeypatch.setattr(COMPUTE, slow)
    opens_matches(story)
    story.person(OWNER).click(ids.WHAT_WOULD_HELP)
    try:
        assert "*One moment…*" in text(story.person(OWNER).await_view(ids.WHAT_WOULD_HELP_VIEW))
    finally:
        may_go_on.set()
    wait_until(lambda: "1 more match" in text(story.person(OWNER).view), "the figures do not come")


def test_if_it_breaks_they_read_a_reference_and_press_again(
    story: Story, town: LocalBot, monkeypatch: pytest.MonkeyPatch, logs: Logs
) -> None:
    def breaks(_: MatchingRound) -> NoReturn:
        raise RuntimeError("Quokka")

    opens_matches(story)
    before = held(town)
    with monkeypatch.context() as patched:
        patched.setattr(COMPUTE, breaks)
        story.person(OWNER).click(ids.WHAT_WOULD_HELP)
        town.settle()
    assert "went wrong on our side" in answer_to(town.slack, OWNER)
    assert "Quokka" not in logs.text
    assert held(town) == before
    assert "1 more match" in asks(story)


def test_whoever_is_no_owner_reads_no_figure(story: Story, town: LocalBot) -> None:
    """Made by hand, since nobody else sees the button: under a message, and in an owner's view."""
    (said,) = answers(town, clicked(town, CHI, ids.WHAT_WOULD_HELP))
    assert "Only programme owners can do this" in said
    asks(story)
    forged = last_payload(town, "block_actions")
    fresh = clicked(town, CHI, ids.WHAT_WOULD_HELP)
    post(town, {**forged, "user": fresh["user"], "trigger_id": fresh["trigger_id"]})
    town.settle()
    assert "Only programme owners can do this" in answer_to(town.slack, CHI)
    assert town.person(CHI).views == []


def test_an_owner_who_stops_being_one_meanwhile_reads_no_figure(
    story: Story, town: LocalBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the press and the computation."""
    (programme,) = (row["id"] for row in rows(town)["programmes"])
    were = iter([(programme,)])

    def loses(tx: Transaction, request: Request) -> MatchingRound:
        monkeypatch.setattr(Roles, "programmes_of", lambda *_: next(were, ()))
        return load_round_for_owner(tx, request)

    opens_matches(story)
    monkeypatch.setattr("handlers.matching.what_would_help.load_round_for_owner", loses)
    story.person(OWNER).click(ids.WHAT_WOULD_HELP)
    town.settle()
    assert "Only programme owners can do this" in answer_to(town.slack, OWNER)


def test_in_a_closed_round_it_is_refused(story: Story, town: LocalBot) -> None:
    opens_matches(story)
    later(town, days=RUNNING)
    answers(town, clicked(town, SECOND_OWNER, ids.CLOSE_COHORT, str(rows(town)["cohorts"][0]["id"])))
    story.person(OWNER).click(ids.WHAT_WOULD_HELP)
    town.settle()
    assert "closed" in answer_to(town.slack, OWNER)


def test_the_button_is_there_only_while_somebody_has_no_match(story: Story, town: LocalBot) -> None:
    assert len(button_values(opens_matches(story), ids.WHAT_WOULD_HELP)) == 1
    applied(town, [], [DEE], grade="Director")
    story.proposes(OWNER)
    assert button_values(opens_matches(story), ids.WHAT_WOULD_HELP) == []
