"""After an early end the closing survey is offered once and is optional."""

import pytest

from messages.ids import NEVER_MET_FORM, OPEN_CLOSURE, OPEN_SURVEY, SURVEY_FORM
from sandbox.blocks import visible_texts
from sandbox.lookup import message_text
from services.people import erase_person
from tests.handlers import requests
from tests.handlers.starting_points import ADA, BEN, introduced, later
from tests.handlers.support import buttons, direct_messages, rows
from tests.journeys.story import Story
from tests.local_bot import LocalBot

NEED_NOT = "You need not answer any of this."


@pytest.fixture
def story(town: LocalBot) -> Story:
    """Ada and Ben were introduced for half a year, some weeks ago."""
    introduced(town, ADA, BEN)
    later(town, days=30)
    return Story(town)


def opens(story: Story, user: str, form: str) -> str:
    view = story.opens(user, lambda person: person.click(OPEN_SURVEY), form)
    return "\n".join(visible_texts(view["blocks"]))


def test_both_can_look_back_and_nothing_is_needed(town: LocalBot, story: Story) -> None:
    story.logs(ADA, BEN, on="2026-12-01")
    story.ends(ADA, BEN)
    for user in (ADA, BEN):
        asked = direct_messages(town, user)[-1]
        assert NEED_NOT in message_text(asked)
        assert OPEN_SURVEY in buttons(asked)
    assert NEED_NOT in opens(story, ADA, SURVEY_FORM)
    before = len(direct_messages(town, ADA))
    story.sends(ADA, {})
    assert rows(town)["feedback"] == [], "a form with nothing in it is no answer"
    assert len(direct_messages(town, ADA)) == before, "nobody is thanked for answers that they did not give"
    opens(story, BEN, SURVEY_FORM)
    story.sends(BEN, {"rating": "2", "hinders": "Time."})
    assert [(row["person"], row["question"], row["rating"]) for row in rows(town)["feedback"]] == [(BEN, "survey", 2)]
    thanks = direct_messages(town, BEN)[-1]
    assert thanks["text"] == "Thank you for your answers"
    assert "help the next round" not in message_text(thanks), "without a rating nobody reads them"
    assert OPEN_CLOSURE not in buttons(thanks), "there is no last page after an early end"
    assert [row["state"] for row in rows(town)["partnerships"]] == ["ended"]
    (partnership,) = rows(town)["partnerships"]
    (said,) = requests.answers(town, requests.clicked(town, BEN, OPEN_SURVEY, partnership["id"]))
    assert "already answered" in said
    (said,) = requests.answers(town, requests.clicked(town, BEN, OPEN_CLOSURE, partnership["id"]))
    assert "already ended" in said, "also for who has answered after it"
    heard = len(direct_messages(town, ADA))
    later(town, days=22)
    assert not [each for each in direct_messages(town, ADA)[heard:] if OPEN_SURVEY in buttons(each)], "asked once"
    (said,) = requests.answers(town, requests.clicked(town, ADA, OPEN_SURVEY, partnership["id"]))
    assert "already ended" in said


def test_two_who_never_met_have_their_two_questions(town: LocalBot, story: Story) -> None:
    story.ends(BEN, ADA)
    assert "why you didn’t meet" in message_text(direct_messages(town, ADA)[-1])
    assert NEED_NOT in opens(story, ADA, NEVER_MET_FORM)
    story.sends(ADA, {"words": "Ask us."})
    assert [(row["item"], row["words"]) for row in rows(town)["feedback_items"]] == [("words", "Ask us.")]
    erase_person(town.bot.storage, town.bot.identity.workspace, ADA, now=town.slack.calendar.now())
    assert rows(town)["feedback"] == rows(town)["feedback_items"] == []
