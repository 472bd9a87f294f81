"""What the check-in asks besides, and what two people who never met are asked instead of the closing survey."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from messages.ids import LOG_MEETING, NEVER_MET_FORM, OPEN_AGREEMENT, OPEN_PARTNERSHIPS, OPEN_SURVEY
from sandbox.lookup import message_text
from services.people import erase_person
from tests.handlers.agreement_story import switch
from tests.handlers.copied_starts import begun
from tests.handlers.starting_points import introduced, later
from tests.handlers.support import buttons, direct_messages, rows
from tests.handlers.test_feedback import (
    ADA,
    BEN,
    CHECK_IN_DAY,
    WORDS,
    at_check_in,
    at_the_end,
    heard,
    owners_read,
)
from tests.journeys.story import Story
from tests.local_bot import OWNER, LocalBot


@pytest.fixture
def story(town: LocalBot) -> Story:
    """Ada and Ben were introduced for half a year."""
    introduced(town, ADA, BEN)
    return Story(town)


def chosen(row: Mapping[str, Any]) -> list[str]:
    found: list[str] = json.loads(row["chosen"])
    return found


def test_two_who_never_met_are_asked_why_and_are_in_no_average(town: LocalBot, story: Story) -> None:
    begun(town, at_the_end)
    asked = direct_messages(town, ADA)[-1]
    assert "No meeting is logged." in message_text(asked)
    assert buttons(asked) == {OPEN_SURVEY, LOG_MEETING}
    story.says_why_they_never_met(ADA, why_not=["no-reply", "plans-changed"], words=WORDS)
    (kept,) = rows(town)["feedback"]
    assert (kept["question"], kept["rating"], kept["audience"]) == ("survey", None, "counted")
    items = {
        row["item"]: (json.loads(row["chosen"]), row["words"], row["version"]) for row in rows(town)["feedback_items"]
    }
    assert items == {"why_not": (["no-reply", "plans-changed"], "", 1), "words": ([], WORDS, 1)}
    story.says_why_they_never_met(BEN)
    later(town, days=10)
    assert WORDS not in owners_read(town)
    assert WORDS not in "\n".join(message_text(message) for message in direct_messages(town, BEN))
    with town.database() as tx:
        assert [str(p.state) for p in tx.partnerships.all()] == ["closed"]
        assert [(count.asked, count.answered) for count in tx.feedback.counts() if count.question == "survey"] == [
            (2, 2)
        ]


def test_who_did_meet_logs_it_and_then_gets_the_survey(town: LocalBot, story: Story) -> None:
    begun(town, at_the_end)
    story.logs(ADA, BEN, on="2026-12-01")
    story.answers_the_survey(ADA)
    story.answers_the_survey(BEN)
    assert [row["rating"] for row in rows(town)["feedback"]] == [4, 4]


def test_a_form_that_was_open_when_a_meeting_was_logged_is_taken(town: LocalBot, story: Story) -> None:
    begun(town, at_the_end)
    story.opens(BEN, lambda person: person.click(OPEN_SURVEY), NEVER_MET_FORM)
    story.logs(ADA, BEN, on="2026-12-01")
    story.sends(BEN, {"why_not": ["no-time"], "words": WORDS})
    assert [(row["person"], row["rating"]) for row in rows(town)["feedback"]] == [(BEN, None)]


def test_what_is_told_to_nobody_opens_the_agreement_for_who_chose_it(town: LocalBot, story: Story) -> None:
    switch(town)
    later(town, days=CHECK_IN_DAY)
    before = heard(town, OWNER), heard(town, BEN)
    story.answers_the_check_in(ADA, decision="change", learn_words=WORDS, trust="2", often="too-seldom")
    thanks = direct_messages(town, ADA)[-1]
    assert "You’d like to change something. I haven’t told anyone." in message_text(thanks)
    assert buttons(thanks) == {OPEN_AGREEMENT, OPEN_PARTNERSHIPS}
    assert (heard(town, OWNER), heard(town, BEN)) == before
    story.answers_the_check_in(BEN)
    assert buttons(direct_messages(town, BEN)[-1]) == set()
    found = {(row["person"], row["item"]): (row["score"], chosen(row)) for row in rows(town)["feedback_items"]}
    assert found == {(ADA, "trust"): (2, []), (ADA, "often"): (None, ["too-seldom"]), (ADA, "learn"): (None, [])}
    assert WORDS not in owners_read(town)


def test_without_agreements_the_receipt_says_what_to_do_instead(town: LocalBot, story: Story) -> None:
    begun(town, at_check_in)
    story.answers_the_check_in(ADA, decision="change")
    thanks = direct_messages(town, ADA)[-1]
    assert f"Tell <@{BEN}> what" in message_text(thanks)
    assert buttons(thanks) == {OPEN_PARTNERSHIPS}


def test_an_owner_hears_that_they_may_contact_somebody_and_nothing_of_the_answers(town: LocalBot, story: Story) -> None:
    begun(town, at_check_in)
    story.answers_the_check_in(ADA, rating="1", hinders=WORDS, may_contact=["yes"])
    told = direct_messages(town, OWNER)[-1]
    assert told["text"] == "A person says that a programme owner may contact them"
    assert f"<@{ADA}>" in message_text(told)
    assert WORDS not in owners_read(town)


def test_an_erasure_takes_the_further_answers_with_it(town: LocalBot, story: Story) -> None:
    begun(town, at_check_in)
    story.answers_the_check_in(ADA, learn_words=WORDS)
    story.answers_the_check_in(BEN, learn=["c_fair"])
    erase_person(town.bot.storage, town.bot.identity.workspace, ADA, now=town.slack.calendar.now())
    assert [row["person"] for row in rows(town)["feedback_items"]] == [BEN]
