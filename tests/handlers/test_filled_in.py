"""A form is filled in with what is known, and with what one has said in another application, in any programme."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mentoring.core.outcome import Outcome
from mentoring.core.people import StaffRecord
from messages import ids
from sandbox.blocks import visible_texts
from tests.handlers.starting_points import ADA, BOSS, CHI
from tests.handlers.support import Json, rows
from tests.handlers.test_several_programmes import applies, chooses, start
from tests.local_bot import OWNER, REQUEST, LocalBot
from tests.local_bot import local_bot as open_town

HERE, THERE = "Chemistry", "Mentoring programme"
SAYS = {**REQUEST, "months": "9", "ways": ["phone"], "hopes": "Words for one programme only.", "wish": CHI}


@pytest.fixture
def town(tmp_path: Path) -> Iterator[LocalBot]:
    with open_town(tmp_path) as town:
        town.settle()
        start(town, HERE, OWNER)
        applies(town, ADA, "/mentor request", HERE, SAYS)
        yield town


def opened(town: LocalBot, command: str, name: str) -> Json:
    """The form that Ada opens, by block id what it is filled in with."""
    chooses(town, ADA, command, name)
    view = town.person(ADA).await_view(ids.APPLICATION_FORM)
    return {"words": "\n".join(visible_texts(view["blocks"]))} | {
        block["block_id"]: _initial(block["element"]) for block in view["blocks"] if block["type"] == "input"
    }


def _initial(element: Json) -> Any:
    for name, value in element.items():
        if name == "initial_option":
            return value["value"]
        if name == "initial_options":
            return [each["value"] for each in value]
        if name.startswith("initial_"):
            return value
    return None


@pytest.mark.parametrize("name", [HERE, THERE])
def test_what_one_said_as_a_mentee_fills_the_form_of_a_mentor_in_each_programme(town: LocalBot, name: str) -> None:
    form = opened(town, "/mentor volunteer", name)
    assert "We filled in what your other application says." in form["words"]
    assert (form["months"], form["ways"], form["manager"]) == ("9", ["phone"], BOSS)
    assert (form["topics"], form["hopes"], form["started_on"]) == (None, None, None)


def test_the_same_role_elsewhere_fills_in_topics_and_neither_hopes_nor_wish(town: LocalBot) -> None:
    form = opened(town, "/mentor request", THERE)
    assert form["topics"] == REQUEST["topics"]
    assert (form["months"], form["ways"], form["manager"]) == ("9", ["phone"], BOSS)
    assert (form["hopes"], form["wish"]) == (None, None)
    assert (form["expectations"], form["supervisor"]) == (None, None), "each programme has its own expectations"


def test_what_the_programme_does_not_offer_is_left_out(town: LocalBot) -> None:
    with town.storage.begin(town.slack.team_id) as tx:
        (other,) = (each for each, _ in tx.programmes.all() if each.name == THERE)
        changed = {**vars(other), "topics": ("Something else",), "version": other.version + 1}
        tx.save(Outcome((type(other)(**changed),)))
    assert opened(town, "/mentor request", THERE)["topics"] is None


def test_the_staff_record_counts_more_and_what_was_typed_counts_most(town: LocalBot) -> None:
    town.knows(CHI)
    with town.storage.begin(town.slack.team_id) as tx:
        tx.save(Outcome((StaffRecord(ADA, manager=CHI),)))
    assert opened(town, "/mentor request", THERE)["manager"] == CHI
    town.person(ADA).fill({**REQUEST, "hopes": "Half a thought", "manager": BOSS, "wish": BOSS})
    assert not town.person(ADA).submit().closed
    town.person(ADA).close(everything=True)
    form = opened(town, "/mentor request", THERE)
    assert (form["manager"], form["hopes"]) == (BOSS, "Half a thought")
    assert len(rows(town)["applications"]) == 1
