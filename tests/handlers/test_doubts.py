"""On day 24 each is asked whether the match is a good one. No one is told, and nothing of it is kept."""

import pytest

from mentoring.core.lengths import Length
from mentoring.partnerships.timing import is_asked_early
from messages.ids import (
    ASK_FOR_HELP,
    CASE_FORM,
    DOUBTS_VIEW,
    END_PARTNERSHIP,
    OPEN_DOUBTS,
    OPEN_PAUSE,
    PAUSE_FORM,
    SAY_GOOD_MATCH,
)
from sandbox.blocks import visible_texts
from sandbox.lookup import message_text
from tests.handlers import requests
from tests.handlers.starting_points import ADA, BEN, introduced, later
from tests.handlers.support import buttons, direct_messages, rows
from tests.journeys.story import Story, answer_to
from tests.local_bot import OWNER, LocalBot

DAY_24 = 25


@pytest.fixture
def asked(town: LocalBot) -> Story:
    """Ada and Ben were introduced for half a year, have not met, and have had the second reminder."""
    introduced(town, ADA, BEN)
    later(town, days=DAY_24)
    return Story(town)


def everything(town: LocalBot) -> tuple[object, ...]:
    """All that is kept, and all that others were sent."""
    kept = rows(town)
    tables = ("partnerships", "feedback", "feedback_items", "cases", "outbox", "scheduled_jobs")
    return *(kept[name] for name in tables), direct_messages(town, BEN), direct_messages(town, OWNER)


def test_a_good_match_is_answered_and_told_to_nobody(town: LocalBot, asked: Story) -> None:
    reminder = direct_messages(town, ADA)[-1]
    assert f"Is <@{BEN}> a good match for you?" in message_text(reminder)
    assert {SAY_GOOD_MATCH, OPEN_DOUBTS} <= buttons(reminder)
    before = everything(town)
    asked.clicks(ADA, SAY_GOOD_MATCH)
    assert "Good to hear" in answer_to(town.slack, ADA)
    assert everything(town) == before


def test_who_is_not_sure_can_ask_for_help(town: LocalBot, asked: Story) -> None:
    before = everything(town)
    view = asked.opens(ADA, lambda person: person.click(OPEN_DOUBTS), DOUBTS_VIEW)
    assert "I don’t tell anyone that you looked at this" in " ".join(visible_texts(view["blocks"]))
    assert everything(town) == before
    asked.opens(ADA, lambda person: person.click(ASK_FOR_HELP), CASE_FORM)
    asked.sends(ADA, {"case_contact": OWNER, "case_words": "It is hard."})
    assert [row["person"] for row in rows(town)["cases"]] == [ADA]
    below = town.person(ADA).view
    assert below is not None, "what was below it is still there"
    assert below["callback_id"] == DOUBTS_VIEW


def test_who_is_not_sure_can_end_it_and_sees_that_it_has_ended(town: LocalBot, asked: Story) -> None:
    asked.opens(ADA, lambda person: person.click(OPEN_DOUBTS), DOUBTS_VIEW)
    asked.clicks(ADA, END_PARTNERSHIP)
    assert [row["state"] for row in rows(town)["partnerships"]] == ["ended"]
    view = town.person(ADA).view
    assert view is not None
    assert "It has ended." in " ".join(visible_texts(view["blocks"]))
    assert "unless you have withdrawn" in " ".join(visible_texts(view["blocks"]))
    assert END_PARTNERSHIP not in str(view["blocks"])
    asked.leaves(ADA)
    (partnership,) = rows(town)["partnerships"]
    for user, action in ((BEN, SAY_GOOD_MATCH), (ADA, OPEN_DOUBTS)):
        said = requests.answers(town, requests.clicked(town, user, action, partnership["id"]))
        assert "has already ended" in said[0]


def test_in_a_pause_without_a_day_no_account_is_called_deactivated(town: LocalBot, asked: Story) -> None:
    (partnership,) = rows(town)["partnerships"]
    requests.answers(town, requests.clicked(town, ADA, OPEN_PAUSE, partnership["id"]))
    town.person(ADA).await_view(PAUSE_FORM)
    asked.sends(ADA, {"pause_is_open": ["yes"]})
    requests.answers(town, requests.clicked(town, ADA, OPEN_DOUBTS, partnership["id"]))
    view = town.person(ADA).await_view(DOUBTS_VIEW)
    assert "You will both get the same message" in str(view["blocks"])
    assert "reactivated" not in str(view["blocks"])


@pytest.mark.parametrize(
    ("length", "is_asked"),
    [(Length(weeks=11), False), (Length(months=2), False), (Length(weeks=12), True), (Length(months=3), True)],
)
def test_a_short_partnership_is_not_asked(length: Length, is_asked: bool) -> None:
    assert is_asked_early(length) is is_asked
