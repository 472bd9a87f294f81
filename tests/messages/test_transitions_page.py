"""docs/partnerships.md shows the table of transitions as it is."""

import os
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

from mentoring.core.errors import MentoringError
from mentoring.partnerships.errors import PartnershipPaused
from mentoring.partnerships.events import CurrentState, PartnershipEvent
from mentoring.partnerships.transitions import TRANSITIONS, moves
from messages.errors import plain_sentence
from messages.partnerships.transitions_page import transitions_diagram, transitions_table

DOCUMENT = Path(__file__).parents[2] / "docs" / "partnerships.md"


@pytest.mark.parametrize(("part", "made"), [("diagram", transitions_diagram), ("table", transitions_table)])
def test_the_document_is_up_to_date(part: str, made: Callable[[], str]) -> None:
    """RECORD_GOLDEN=1 writes it again."""
    start = f"<!-- The {part}: made from mentoring/partnerships/transitions.py -->\n"
    end = f"<!-- End of the {part} -->\n"
    text = DOCUMENT.read_text(encoding="utf-8")
    before, rest = text.split(start)
    _, after = rest.split(end)
    expected = f"{before}{start}{made()}{end}{after}"
    if os.environ.get("RECORD_GOLDEN"):
        DOCUMENT.write_text(expected, encoding="utf-8")
    assert DOCUMENT.read_text(encoding="utf-8") == expected, "make golden writes it again"


def test_every_change_of_the_state_is_in_the_diagram_and_every_event_in_the_table() -> None:
    drawn = transitions_diagram()
    for state, event, to in moves():
        (line,) = (each for each in drawn.splitlines() if f"{state} --> {to}:" in each)
        assert event in line
    assert all(f"**{event}**" in transitions_table() for event in PartnershipEvent)
    assert all(state in drawn for state in CurrentState)


def test_where_something_is_not_possible_the_sentence_is_there() -> None:
    made = transitions_table()
    assert "1. “This partnership has already ended." in made
    general = plain_sentence(MentoringError(), None)
    for state, transition in product(CurrentState, TRANSITIONS.values()):
        found = transition.of(state)
        if isinstance(found, type):
            assert plain_sentence(PartnershipPaused(None) if found is PartnershipPaused else found(), None) != general
