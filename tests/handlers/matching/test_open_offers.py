"""Owners see how many of two have answered, never who; they remind, extend, take back and ask again."""

import pytest

from mentoring.core.outcome import Notification, NotificationKind
from messages import ids
from sandbox.blocks import visible_texts
from sandbox.lookup import message_text
from services.notifications import load_context
from tests.handlers.starting_points import ADA, BEN, asked, expired, later, one_yes
from tests.handlers.support import direct_messages, rows
from tests.journeys.story import Story, button_values
from tests.local_bot import OWNER, SECOND_OWNER, LocalBot

RUNS_OUT = "1 match lacks an answer"


@pytest.fixture
def town(two_owners: LocalBot) -> LocalBot:
    return two_owners


@pytest.fixture
def story(town: LocalBot) -> Story:
    return Story(town)


def opens_offers(story: Story, owner: str = OWNER) -> str:
    story.leaves(owner)
    story.opens(owner, lambda person: person.command("/mentor match"), ids.REVIEW_VIEW)
    story.opens(owner, lambda person: story._click(person, ids.OPEN_OFFERS), ids.OFFERS_VIEW)
    return reads(story, owner)


def reads(story: Story, owner: str = OWNER) -> str:
    view = story.person(owner).view
    assert view is not None
    return "\n".join(visible_texts(view["blocks"]))


def texts(town: LocalBot, person: str) -> list[str]:
    return [str(message["text"]) for message in direct_messages(town, person)]


def shown(town: LocalBot, person: str) -> list[str]:
    return [message_text(message) for message in direct_messages(town, person)]


def test_owners_see_how_many_have_answered_and_the_same_whoever_it_was(town: LocalBot, story: Story) -> None:
    asked(town, ADA, BEN)
    assert "Answered: 0 of 2" in opens_offers(story)
    story.accepts(BEN)
    by_ben = opens_offers(story)
    assert "Answered: 1 of 2" in by_ben
    with town.storage.begin(town.slack.team_id) as tx:
        (match,) = tx.matches.of(ADA, str(rows(town)["cohorts"][0]["id"]))
        assert tx.matches.save(match.changed(accepted_by=(ADA,)))
    assert opens_offers(story) == by_ben


def test_a_reminder_reaches_the_silent_one_alone_and_only_once_a_day(town: LocalBot, story: Story) -> None:
    one_yes(town)
    later(town, hours=6)
    before = {person: texts(town, person) for person in (ADA, BEN)}
    opens_offers(story)
    story.clicks(OWNER, ids.REMIND_OFFER)
    assert "only to people who haven’t answered" in reads(story)
    later(town, hours=1)
    assert texts(town, ADA) == before[ADA]
    assert texts(town, BEN) == [*before[BEN], "A match is waiting for your answer"]
    assert "accepted" not in shown(town, BEN)[-1]
    story.clicks(OWNER, ids.REMIND_OFFER)
    assert "already sent a reminder" in reads(story)
    assert len(texts(town, BEN)) == len(before[BEN]) + 1


def test_an_extension_changes_the_date_that_both_read_and_the_day_on_which_it_expires(
    town: LocalBot, story: Story
) -> None:
    one_yes(town)
    opens_offers(story)
    assert "30 November 2026" in shown(town, BEN)[0]
    story.clicks(OWNER, ids.EXTEND_OFFER)
    assert "Both people see the new date" in reads(story)
    later(town, minutes=1)
    assert "7 December 2026" in shown(town, BEN)[0]
    assert "7 December 2026" in shown(town, ADA)[0]
    later(town, days=9)
    assert rows(town)["matches"][0]["state"] == "offered"
    later(town, days=7)
    assert rows(town)["matches"][0]["state"] == "lapsed"


def test_the_weekly_message_does_not_repeat_what_another_has_just_told(town: LocalBot) -> None:
    """It runs out on a Tuesday, so that both messages come on Monday morning."""
    later(town, days=1)
    asked(town, ADA, BEN)
    later(town, days=6)
    assert RUNS_OUT in texts(town, OWNER)
    weekly = [text for text in shown(town, OWNER) if "what needs you" in text][-1]
    assert "for answers" not in weekly
    with town.storage.read(town.slack.team_id) as tx:
        status = Notification("1", NotificationKind.WEEKLY_STATUS, OWNER)
        context = load_context(tx, status, town.slack.calendar.now())
        assert context
        assert context.needs_told == {context.programme.id}
    town.person(OWNER).open_home()
    town.settle()
    assert "1 match waits for answers" in str(town.person(OWNER).home)


def test_an_owner_is_not_asked_to_settle_their_own_match(town: LocalBot) -> None:
    asked(town, OWNER, BEN)
    for words in ("1 match waits for answers", "1 match expired without an answer"):
        for owner, reads in ((OWNER, False), (SECOND_OWNER, True)):
            town.person(owner).open_home()
            town.settle()
            assert (words in str(town.person(owner).home)) is reads
        later(town, days=8)


def test_both_hear_one_kind_sentence_when_a_match_is_taken_back(town: LocalBot, story: Story) -> None:
    one_yes(town)
    opens_offers(story)
    story.clicks(OWNER, ids.RECALL_OFFER)
    said = {person: shown(town, person)[-1] for person in (ADA, BEN)}
    assert said[ADA].replace(BEN, "X") == said[BEN].replace(ADA, "X")
    assert "took your match with" in said[ADA]
    assert texts(town, SECOND_OWNER)[-1] == "A match was taken back"
    assert button_values(direct_messages(town, BEN)[0], ids.ACCEPT_MATCH) == []
    assert "No match is waiting for an answer" in reads(story)
    story.leaves(OWNER)
    story.proposes(OWNER)
    assert sorted(row["state"] for row in rows(town)["matches"]) == ["proposed", "recalled"]


def test_two_who_did_not_answer_are_asked_again(town: LocalBot, story: Story) -> None:
    expired(town)
    before = texts(town, ADA)
    assert "Expired without an answer" in opens_offers(story)
    story.clicks(OWNER, ids.ASK_AGAIN)
    assert "Answered: 0 of 2" in reads(story)
    assert texts(town, ADA) == [*before, "We’ve found a mentor for you"]
    story.accepts(ADA)
    story.accepts(BEN)
    assert len(rows(town)["partnerships"]) == 1


def test_owners_hear_once_on_the_working_day_before_and_can_act_from_the_message(town: LocalBot, story: Story) -> None:
    """Offered on Monday 23 November, until Monday the 30th."""
    asked(town, ADA, BEN)
    later(town, days=3)
    assert [texts(town, owner).count(RUNS_OUT) for owner in (OWNER, SECOND_OWNER)] == [0, 0]
    later(town, days=1)
    assert [texts(town, owner).count(RUNS_OUT) for owner in (OWNER, SECOND_OWNER)] == [1, 1]
    story.opens(OWNER, lambda person: story._click(person, ids.OPEN_OFFERS), ids.OFFERS_VIEW)
    story.clicks(OWNER, ids.RECALL_OFFER)
    assert rows(town)["matches"][0]["state"] == "recalled"


def test_the_weekly_line_says_nothing_of_it_on_a_day_on_which_it_is_told_by_itself(
    town: LocalBot, story: Story
) -> None:
    asked(town, ADA, BEN)
    later(town, days=7, hours=6)
    said = [text for text in shown(town, OWNER) if "In Matches:" in text]
    assert said == [], "it ran out on this Monday"
    assert texts(town, OWNER).count(RUNS_OUT) == 1
    assert texts(town, OWNER).count("A match did not work out") == 1
    later(town, days=7)
    town.person(OWNER).command("/mentor status")
    town.settle()
    assert "1 match expired without an answer." in shown(town, OWNER)[-1]
    assert texts(town, OWNER).count(RUNS_OUT) == 1


def test_an_answer_or_more_time_before_that_day_is_not_told(town: LocalBot, story: Story) -> None:
    asked(town, ADA, BEN)
    opens_offers(story)
    story.clicks(OWNER, ids.EXTEND_OFFER)
    later(town, days=7)
    assert RUNS_OUT not in texts(town, OWNER)
    later(town, days=5)
    assert texts(town, OWNER).count(RUNS_OUT) == 1
