"""The survey before the two first meet: who is asked, what is kept, and until when; what is asked again at the end; and
the questions that a programme adds (D1.8, D0.19).
"""

import json
from typing import Any

import pytest

from mentoring.programmes.settings import Part
from messages.ids import BASELINE_FORM, CHECK_IN_FORM, OPEN_BASELINE, OPEN_CHECK_IN, OPEN_SURVEY, SURVEY_FORM
from sandbox.lookup import message_text
from tests.handlers import requests
from tests.handlers.acts import before_we_begin
from tests.handlers.starting_points import ADA, BEN, CHECK_IN_DAY, END_DAY, introduced, later
from tests.handlers.support import buttons, direct_messages, rows
from tests.handlers.test_settings import opens as opens_settings
from tests.handlers.test_settings import sets
from tests.journeys.story import Story
from tests.local_bot import OWNER, LocalBot


@pytest.fixture
def story(town: LocalBot) -> Story:
    introduced(town, ADA, BEN)
    return Story(town)


def opens(story: Story, user: str) -> Any:
    return story.opens(user, lambda person: person.click(OPEN_BASELINE), BASELINE_FORM)


def answers(story: Story, user: str, **says: Any) -> Any:
    opens(story, user)
    person = story.person(user)
    person.fill({**before_we_begin(user), **says})
    person.submit()
    story.world.settle()
    view = person.view
    story.leaves(user)
    return view


def kept(town: LocalBot, user: str) -> dict[str, Any]:
    found = [row for row in rows(town)["feedback_items"] if row["person"] == user and row["question"] == "baseline"]
    return {row["item"]: row["score"] or json.loads(row["chosen"]) for row in found}


def heard(town: LocalBot) -> list[int]:
    return [len(direct_messages(town, user)) for user in (ADA, BEN, OWNER)]


def refused(town: LocalBot, user: str) -> str:
    (partnership,) = rows(town)["partnerships"]
    (said,) = requests.answers(town, requests.clicked(town, user, OPEN_BASELINE, partnership["id"]))
    return str(said)


def filled(view: Any) -> dict[str, Any]:
    """What the form is filled with, by field."""
    found = {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}
    chosen: dict[str, Any] = {}
    for name, element in found.items():
        several, one = element.get("initial_options"), element.get("initial_option")
        chosen[name] = [option["value"] for option in several] if several else one and one["value"]
    return chosen


def test_each_answers_by_the_introduction_and_no_message_comes_of_it(town: LocalBot, story: Story) -> None:
    before = heard(town)
    view = answers(story, ADA)
    assert "Your answers are saved." in str(view)
    answers(story, BEN, most="a_fresh")
    assert kept(town, ADA) == {
        "direction": 3,
        "next_step": 2,
        "able": 4,
        "matters": ["a_honest", "a_skill"],
        "most": ["a_skill"],
    }, "I can’t say is kept as no answer"
    assert kept(town, BEN)["most"] == ["a_fresh"]
    assert heard(town) == before, "no one is told"


def test_answers_are_corrected_until_they_are_counted(town: LocalBot, story: Story) -> None:
    answers(story, ADA)
    view = opens(story, ADA)
    assert filled(view) == {**before_we_begin(ADA), "matters": ["a_honest", "a_skill"]}
    story.sends(ADA, {"able": "1", "people": "5", "matters": ["a_ropes"]})
    story.leaves(ADA)
    assert kept(town, ADA) == {
        "direction": 3,
        "next_step": 2,
        "able": 1,
        "people": 5,
        "matters": ["a_ropes"],
        "most": ["a_ropes"],
    }
    later(town, days=8)
    assert "can’t be changed" in refused(town, ADA)
    assert (kept(town, ADA)["able"], len(rows(town)["feedback"])) == (1, 1)


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(town: LocalBot, story: Story) -> None:
    opens(story, ADA)
    said = story.person(ADA)
    said.fill({**before_we_begin(ADA), "matters": ["a_honest", "a_skill", "a_ropes", "a_future"], "most": "a_balance"})
    result = said.submit()
    assert result.errors == {"matters": "Choose 3 or fewer.", "most": "Choose one of those you ticked above."}
    said.close()
    assert rows(town)["feedback"] == []
    view = opens(story, ADA)
    assert "We saved what you typed last time." in str(view)
    assert filled(view)["most"] == "a_balance"


def test_it_is_reminded_of_once_with_the_question_whether_they_met(town: LocalBot, story: Story) -> None:
    answers(story, BEN)
    later(town, days=11)
    reminded = {user: direct_messages(town, user)[-1] for user in (ADA, BEN)}
    assert all("Have you met" in message_text(message) for message in reminded.values())
    assert OPEN_BASELINE in buttons(reminded[ADA])
    assert OPEN_BASELINE not in buttons(reminded[BEN]), "he has answered"
    answers(story, ADA)
    later(town, days=40)
    asked = [message for message in direct_messages(town, ADA) if OPEN_BASELINE in buttons(message)]
    assert len(asked) == 1


def test_a_form_that_was_open_when_they_met_counts_and_none_opens_afterwards(town: LocalBot, story: Story) -> None:
    opens(story, ADA)
    today = town.slack.calendar.now().date()
    story.logs(BEN, ADA, on=today.isoformat())
    story.sends(ADA, before_we_begin(ADA))
    assert kept(town, ADA)["able"] == 4
    assert "a meeting is logged" in refused(town, BEN)


def test_an_answer_after_the_last_day_is_refused_with_a_sentence(town: LocalBot, story: Story) -> None:
    opens(story, ADA)
    later(town, days=22)
    person = story.person(ADA)
    person.fill(before_we_begin(ADA))
    said = str(person.submit().errors)
    assert "closed on" in said
    assert "your answers aren’t saved" in said
    assert rows(town)["feedback"] == []


def test_a_short_partnership_is_not_asked(town: LocalBot) -> None:
    introduced(town, ADA, BEN, months=0, weeks=6)
    assert "nothing to answer right now" in refused(town, ADA)
    assert not any(OPEN_BASELINE in buttons(message) for message in direct_messages(town, ADA))


def test_a_person_who_is_erased_takes_their_answers_along(town: LocalBot, story: Story) -> None:
    answers(story, ADA)
    answers(story, BEN)
    with town.storage.begin(town.slack.team_id) as tx:
        tx.erasure.erase(ADA, town.slack.calendar.now())
    assert {row["person"] for row in rows(town)["feedback_items"]} == {BEN}


def items_of(town: LocalBot, user: str, question: str) -> dict[str, tuple[Any, int]]:
    found = [row for row in rows(town)["feedback_items"] if (row["person"], row["question"]) == (user, question)]
    return {row["item"]: (row["score"] or row["words"] or json.loads(row["chosen"]), row["version"]) for row in found}


def fields(view: Any) -> set[str]:
    return {block["block_id"] for block in view["blocks"] if block["type"] == "input"}


def test_what_was_asked_before_is_asked_again_at_the_end_of_those_who_answered(town: LocalBot, story: Story) -> None:
    answers(story, ADA)
    story.logs(ADA, BEN, on=town.slack.calendar.now().date().isoformat())
    later(town, days=CHECK_IN_DAY)
    half_way = {
        user: story.opens(user, lambda person: person.click(OPEN_CHECK_IN), CHECK_IN_FORM) for user in (ADA, BEN)
    }
    assert fields(half_way[ADA]) - fields(half_way[BEN]) == {"a_skill"}, "only what matters most"
    story.sends(ADA, {"rating": "4", "a_skill": "2", "decision": "go-on"})
    assert items_of(town, ADA, "check-in") == {"a_skill": (2, 1)}
    story.leaves(BEN)
    later(town, days=END_DAY - CHECK_IN_DAY)
    at_the_end = {user: story.opens(user, lambda person: person.click(OPEN_SURVEY), SURVEY_FORM) for user in (ADA, BEN)}
    again = {"direction", "next_step", "able", "then", "people", "a_skill", "a_honest"}
    assert fields(at_the_end[ADA]) - fields(at_the_end[BEN]) == again
    assert fields(at_the_end[BEN]) - fields(at_the_end[ADA]) == {"trust", "match", "prepared", "private"}
    story.sends(
        ADA, {"rating": "5", "able": "5", "then": "2", "a_skill": "4", "again": "yes", "better": "Start sooner."}
    )
    assert items_of(town, ADA, "survey") == {
        "able": (5, 1),
        "then": (2, 1),
        "a_skill": (4, 1),
        "again": (["yes"], 1),
        "better": ("Start sooner.", 1),
    }


def test_owners_add_three_questions_and_answers_keep_the_version_that_they_were_asked_in(
    town: LocalBot, story: Story
) -> None:
    sets(town, Part.SURVEYS, {"survey_shelf": ["stay"], "survey_statements": "I felt welcome.\nI had time."})
    owner = opens_settings(town, Part.SURVEYS)
    owner.fill({"survey_shelf": ["stay", "belong"]})
    assert owner.submit().errors == {
        "survey_statements": "You’ve added 4 questions in all. Keep 3 or fewer, so that surveys stay short."
    }
    owner.close()
    answers(story, ADA, stay="4")
    assert kept(town, ADA)["stay"] == 4
    assert filled(opens(story, ADA))["stay"] == "4"
    story.leaves(ADA)
    story.logs(ADA, BEN, on=town.slack.calendar.now().date().isoformat())
    later(town, days=END_DAY)
    story.opens(BEN, lambda person: person.click(OPEN_SURVEY), SURVEY_FORM)
    sets(town, Part.SURVEYS, {"survey_shelf": ["stay"], "survey_statements": "I felt at home.\nI had time."})
    story.sends(BEN, {"rating": "4", "own_1": "1:3", "own_2": "2:5", "stay": "2"})
    assert items_of(town, BEN, "survey") == {"own_1": (3, 1), "own_2": (5, 2), "stay": (2, 1)}
    story.opens(ADA, lambda person: person.click(OPEN_SURVEY), SURVEY_FORM)
    story.sends(ADA, {"rating": "4", "own_1": "3:1"})
    assert items_of(town, ADA, "survey") == {"own_1": (1, 3)}
