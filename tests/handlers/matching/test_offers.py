"""What the two who are asked may answer, and what becomes of an offer that nobody answers."""

import json
from pathlib import Path

import pytest

from mentoring.core.outcome import Outcome
from mentoring.core.people import StaffRecord
from messages.ids import ACCEPT_MATCH, CLOSE_COHORT, DECLINE_MATCH, PROPOSE, REVIEW_VIEW, WITHDRAW
from sandbox.blocks import visible_texts
from sandbox.lookup import message_text
from tests.handlers.requests import answers, clicked
from tests.handlers.starting_points import applied, asked, later
from tests.handlers.support import buttons, direct_messages, last_payload, post, rows
from tests.journeys.story import Story
from tests.local_bot import OFFER, OWNER, REQUEST, SECOND_OWNER, LocalBot
from tests.local_bot import local_bot as open_town

ADA, BEN, CHI, DEE = "U0ADA", "U0BEN", "U0CHI", "U0DEE"
OVER = "A match did not work out this time"
ABOUT_A_MATCH = (
    "We’ve found a mentor for you",
    "We’ve found a mentee for you",
    "A match is waiting for your answer",
    "A match that needs no answer any more",
)


@pytest.fixture
def story(town: LocalBot) -> Story:
    return Story(town)


def heard(town: LocalBot, user: str) -> list[str]:
    """The first lines of all direct messages."""
    return [message["text"] for message in direct_messages(town, user)]


def presses(town: LocalBot, user: str, answer: str) -> str:
    """Press a button that may be gone from the message by now; the reply."""
    (match,) = rows(town)["matches"]
    return answers(town, clicked(town, user, answer, match["id"]))[0]


def shown(town: LocalBot, user: str, number: int = 0) -> tuple[str, bool]:
    """What the message about the match shows by now, and whether it can be answered."""
    found = [one for one in direct_messages(town, user) if one["text"] in ABOUT_A_MATCH][number]
    return message_text(found), bool(buttons(found) & {ACCEPT_MATCH, DECLINE_MATCH})


def matches(town: LocalBot) -> list[tuple[str, str, str]]:
    return sorted((row["mentee"], row["mentor"], row["state"]) for row in rows(town)["matches"])


def test_after_a_no_the_same_two_are_not_proposed_again_but_others_are(town: LocalBot, story: Story) -> None:
    asked(town, ADA, BEN)
    story.accepts(ADA)
    story.declines(BEN)
    assert heard(town, ADA)[-1] == OVER
    assert "This happens for many reasons." in message_text(direct_messages(town, ADA)[-1])
    assert "You can still be matched with someone else" in message_text(direct_messages(town, ADA)[-1])
    assert heard(town, BEN)[-1] == "Thank you for your answer"
    assert heard(town, OWNER)[-1] == "A match did not work out"
    story.opens(OWNER, lambda person: person.command("/mentor match"), REVIEW_VIEW)
    story.clicks(OWNER, PROPOSE)
    assert "No proposals" in "\n".join(visible_texts(story.person(OWNER).views[-1]["blocks"]))
    story.leaves(OWNER)
    applied(town, [], [DEE])
    story.proposes(OWNER)
    assert matches(town) == [(ADA, BEN, "declined"), (ADA, DEE, "proposed")]


def test_who_has_said_yes_hears_the_same_after_a_no_and_after_silence(tmp_path: Path) -> None:
    said = []
    for ending in ("declines", "lapses"):
        (tmp_path / ending).mkdir()
        with open_town(tmp_path / ending) as town:
            story = Story(town)
            asked(town, ADA, BEN)
            story.accepts(ADA)
            story.declines(BEN) if ending == "declines" else later(town, days=9)
            said.append(message_text(next(one for one in direct_messages(town, ADA) if one["text"] == OVER)))
    assert said[0] == said[1]


def test_the_two_are_told_that_the_time_ran_out_only_if_neither_answered(town: LocalBot, story: Story) -> None:
    asked(town, ADA, BEN)
    later(town, days=9)
    assert [heard(town, user)[-1] for user in (ADA, BEN)] == ["A match has expired"] * 2
    assert OVER not in heard(town, ADA) + heard(town, BEN)


@pytest.mark.parametrize("answer", [ACCEPT_MATCH, DECLINE_MATCH])
def test_an_answer_after_it_has_lapsed_is_a_sentence(town: LocalBot, story: Story, answer: str) -> None:
    asked(town, ADA, BEN)
    later(town, days=9)
    messages = len(direct_messages(town, ADA))
    assert "no longer open: the time to answer has run out" in presses(town, ADA, answer)
    assert len(direct_messages(town, ADA)) == messages
    assert matches(town) == [(ADA, BEN, "expired")]


def test_accepting_twice_introduces_once(town: LocalBot, story: Story) -> None:
    asked(town, ADA, BEN)
    for user in (ADA, ADA, BEN, BEN, ADA):
        presses(town, user, ACCEPT_MATCH)
    assert len(rows(town)["partnerships"]) == 1
    (group,) = [place for place in town.person(ADA).conversations() if place["kind"] == "mpim"]
    assert len(town.person(ADA).inbox(group["id"])) == 1


def test_who_has_said_yes_may_still_say_no(town: LocalBot, story: Story) -> None:
    asked(town, ADA, BEN)
    story.accepts(ADA)
    presses(town, ADA, DECLINE_MATCH)
    assert matches(town) == [(ADA, BEN, "declined")]
    assert heard(town, BEN)[-1] == OVER


def test_nobody_answers_for_somebody_else(town: LocalBot, story: Story) -> None:
    asked(town, ADA, BEN)
    story.accepts(ADA)
    forged = last_payload(town, "block_actions")
    forged["user"]["id"] = CHI
    post(town, forged)
    town.settle()
    assert matches(town) == [(ADA, BEN, "offered")]
    assert len(json.loads(rows(town)["matches"][0]["accepted_by"])) == 1


def test_withdrawing_while_asked_ends_the_offer_for_both(town: LocalBot, story: Story) -> None:
    asked(town, ADA, BEN)
    town.person(ADA).command("/mentor status")
    story.clicks(ADA, WITHDRAW)
    assert heard(town, ADA)[1:] == ["Your application for a mentor is withdrawn"]
    assert heard(town, BEN)[1:] == [OVER]
    assert matches(town) == [(ADA, BEN, "overtaken")]
    assert "no longer open: it did not work out" in presses(town, BEN, ACCEPT_MATCH)
    assert "You withdrew your application" in presses(town, ADA, ACCEPT_MATCH)
    later(town, days=10)
    assert len(heard(town, BEN)) == 2


def test_a_mentor_with_two_offers_who_changes_to_one_place_gets_one_partner(town: LocalBot, story: Story) -> None:
    applied(town, [ADA, CHI], [])
    town.apply(BEN, "/mentor volunteer", {**OFFER, "topics": ["Career planning"], "places": "2"})
    story.proposes(OWNER)
    story.approves_all(OWNER)
    story.releases(OWNER)
    assert matches(town) == [(ADA, BEN, "offered"), (CHI, BEN, "offered")]
    story.opens(BEN, lambda person: person.command("/mentor volunteer"), "application-form")
    story.sends(BEN, {"places": "1"})
    for row in rows(town)["matches"]:
        story.clicks(BEN, ACCEPT_MATCH, row["id"])
    story.accepts(CHI)
    assert matches(town) == [(ADA, BEN, "overtaken"), (CHI, BEN, "accepted")]
    with pytest.raises(AssertionError, match="sees no button"):
        story.accepts(ADA)
    assert len(rows(town)["partnerships"]) == 1
    assert heard(town, ADA)[-1] == OVER
    assert heard(town, BEN)[-1] == "A match is no longer possible"
    assert "All the places that you offer are taken now." in message_text(direct_messages(town, BEN)[-1])
    assert "This mentor isn’t available right now." in message_text(direct_messages(town, OWNER)[-1])


def test_a_change_that_rules_an_offer_out_closes_it_at_once(town: LocalBot, story: Story) -> None:
    town.apply(ADA, "/mentor request", {**REQUEST, "topics": ["Career planning"]})
    applied(town, [], [BEN])
    story.proposes(OWNER)
    story.approves_all(OWNER)
    story.releases(OWNER)
    story.opens(ADA, lambda person: person.command("/mentor request"), "application-form")
    story.sends(ADA, {"topics": ["Job search"]})
    assert matches(town) == [(ADA, BEN, "overtaken")]
    assert heard(town, ADA)[-1] == "A match is no longer possible"
    assert "What you changed in your application rules it out." in message_text(direct_messages(town, ADA)[-1])
    assert heard(town, BEN)[-1] == OVER


def test_a_line_of_management_that_is_learned_of_later_ends_the_offer_without_a_word_of_it(
    town: LocalBot, story: Story
) -> None:
    asked(town, ADA, BEN)
    with town.storage.begin(town.slack.team_id) as tx:
        tx.save(Outcome((StaffRecord(ADA, manager=BEN),)))
    story.accepts(ADA)
    assert matches(town) == [(ADA, BEN, "overtaken")]
    assert [heard(town, user)[-1] for user in (ADA, BEN)] == [OVER, OVER]
    assert all("manage" not in message_text(direct_messages(town, user)[-1]) for user in (ADA, BEN))
    assert "One person manages the other" in message_text(direct_messages(town, OWNER)[-1])


def test_changing_what_one_sent_while_asked_leaves_the_offer_open(town: LocalBot, story: Story) -> None:
    asked(town, ADA, BEN)
    story.opens(ADA, lambda person: person.command("/mentor request"), "application-form")
    story.sends(ADA, {**REQUEST, "hopes": "Something else."})
    assert heard(town, ADA)[-1] == "Your application for a mentor has changed"
    story.accepts(ADA)
    story.accepts(BEN)
    assert matches(town) == [(ADA, BEN, "accepted")]


def test_the_message_shows_what_became_of_the_match_without_its_buttons(town: LocalBot, story: Story) -> None:
    asked(town, ADA, BEN)
    assert shown(town, ADA)[1]
    assert shown(town, BEN)[1]
    before = len(updates(town))
    story.accepts(ADA)
    said, can_answer = shown(town, ADA)
    assert "You accepted the match with <@U0BEN>" in said
    assert "can answer until" in said
    assert not can_answer
    assert shown(town, BEN)[1]
    assert len(updates(town)) == before + 1, "an edit of the other's message would tell them of the answer"
    story.accepts(BEN)
    for user in (ADA, BEN):
        said, can_answer = shown(town, user)
        assert "both accepted this match" in said
        assert not can_answer
    assert heard(town, BEN)[-1] == "Thank you for accepting"
    assert "accepted too, so I introduce you" in message_text(direct_messages(town, BEN)[-1])


def updates(town: LocalBot) -> list[str]:
    """The messages that were changed in place, but for the owners'."""
    calls = [call.args["channel"] for call in town.slack.calls if call.method == "chat.update"]
    with town.slack.workspace.lock:
        owners = {town.slack.workspace.direct_message([user]).id for user in (OWNER, SECOND_OWNER)}
    return [channel for channel in calls if channel not in owners]


@pytest.mark.parametrize("accepted_before", [False, True])
def test_a_no_is_shown_to_one_as_theirs_and_to_the_other_as_nobodys(
    town: LocalBot, story: Story, accepted_before: bool
) -> None:
    asked(town, ADA, BEN)
    if accepted_before:
        story.accepts(ADA)
    story.declines(BEN)
    assert "You declined the match with <@U0ADA>" in shown(town, BEN)[0]
    assert "The match with <@U0BEN> did not work out." in shown(town, ADA)[0]
    assert not shown(town, ADA)[1]
    assert not shown(town, BEN)[1]
    assert "You declined this match, so it’s no longer open." in presses(town, BEN, ACCEPT_MATCH)
    assert "no longer open: it did not work out." in presses(town, ADA, DECLINE_MATCH)


def test_silence_of_both_is_told_as_such_and_of_one_it_is_not(town: LocalBot) -> None:
    asked(town, ADA, BEN)
    later(town, days=9)
    for user in (ADA, BEN):
        for number in range(2):  # the offer and its reminder
            assert "Neither of you answered in time." in shown(town, user, number)[0]
            assert not shown(town, user, number)[1]


def test_silence_after_a_yes_did_not_work_out(town: LocalBot, story: Story) -> None:
    asked(town, ADA, BEN)
    story.accepts(ADA)
    later(town, days=9)
    assert matches(town) == [(ADA, BEN, "lapsed")]
    for user in (ADA, BEN):
        assert "did not work out" in shown(town, user)[0]
        assert "it did not work out" in presses(town, user, ACCEPT_MATCH)


def test_a_round_that_closed_is_the_reason_for_both(town: LocalBot, story: Story) -> None:
    asked(town, ADA, BEN)
    story.accepts(ADA)
    (cohort,) = rows(town)["cohorts"]
    post(town, clicked(town, OWNER, CLOSE_COHORT, cohort["id"]))
    town.settle()
    assert matches(town) == [(ADA, BEN, "closed")]
    for user in (ADA, BEN):
        assert "The round closed before you were introduced." in shown(town, user)[0]
        assert "the round closed before you were introduced" in presses(town, user, ACCEPT_MATCH)


def test_a_match_that_is_not_known_says_no_more_than_that(town: LocalBot) -> None:
    asked(town, ADA, BEN)
    assert answers(town, clicked(town, ADA, ACCEPT_MATCH, "m-elsewhere"))[0].startswith(
        "This match is no longer open. To see"
    )
