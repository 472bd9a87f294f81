"""Proposing, approving and releasing matches; and what the two who are asked may answer."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from handlers.matching import review
from mentoring.core.outcome import Outcome
from mentoring.core.people import StaffRecord
from mentoring.programmes.settings import Part
from messages.ids import (
    ACCEPT_MATCH,
    APPROVE,
    DECLINE_MATCH,
    OPEN_REQUEST,
    PAIR_BY_HAND,
    PAIR_FORM,
    PROPOSE,
    REFUSE,
    RELEASE,
    REVIEW_PAGE,
    REVIEW_VIEW,
    UNDO_REFUSAL,
)
from sandbox.blocks import visible_texts
from sandbox.lookup import message_text
from tests.handlers.starting_points import BOSS, applied, later
from tests.handlers.support import buttons, direct_messages, last_payload, post, rows
from tests.handlers.test_settings import sets
from tests.journeys.story import Json, Story, answer_to, button_values
from tests.local_bot import OFFER, OWNER, REQUEST, SECOND_OWNER, LocalBot
from tests.local_bot import local_bot as open_town

ADA, BEN, CHI, DEE = "U0ADA", "U0BEN", "U0CHI", "U0DEE"


@pytest.fixture
def story(town: LocalBot) -> Story:
    return Story(town)


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Story]:
    """A town with two owners."""
    with open_town(tmp_path, owners=(OWNER, SECOND_OWNER)) as opened:
        yield Story(opened)


def opens_review(story: Story, owner: str = OWNER) -> str:
    """What stands on it."""
    story.leaves(owner)
    view = story.opens(owner, lambda person: person.command("/mentor match"), REVIEW_VIEW)
    return "\n".join(visible_texts(view["blocks"]))


def heard(story: Story, user: str) -> list[str]:
    """The first lines of all direct messages."""
    return [message["text"] for message in direct_messages(_town(story), user)]


def _town(story: Story) -> LocalBot:
    assert isinstance(story.world, LocalBot)
    return story.world


def matches(story: Story) -> list[tuple[str, str, str]]:
    return sorted((row["mentee"], row["mentor"], row["state"]) for row in rows(_town(story))["matches"])


def test_both_are_asked_in_private_and_see_each_others_profile_and_the_reasons(story: Story) -> None:
    town = _town(story)
    town.apply(ADA, "/mentor request", {**REQUEST, "wish": BEN})
    town.apply(BEN, "/mentor volunteer", OFFER)
    story.proposes(OWNER)
    story.approves_all(OWNER)
    assert heard(story, ADA)[1:] == []
    story.releases(OWNER)
    for user, other in ((ADA, BEN), (BEN, ADA)):
        offer = direct_messages(town, user)[-1]
        text = message_text(offer)
        assert f"<@{other}>" in text
        assert "Career planning" in text
        assert buttons(offer) == {ACCEPT_MATCH, DECLINE_MATCH}
        assert (REQUEST["hopes"] in text) is (user == BEN), "the mentor reads what the mentee hopes for"
        for private in (OFFER["hopes"], BOSS, "wish", "score"):
            assert private not in text


def test_that_what_they_wrote_goes_together_is_for_the_owners_eyes(story: Story) -> None:
    town = _town(story)
    town.apply(ADA, "/mentor request", {**REQUEST, "hopes": "To teach large classes without fear."})
    town.apply(BEN, "/mentor volunteer", {**OFFER, "hopes": "Ten years of teaching classes."})
    town.apply(CHI, "/mentor request", {**REQUEST, "hopes": "A quiet corner.", "topics": ["Job search"]})
    story.proposes(OWNER)
    review = opens_review(story)
    assert "What they wrote is similar" in review
    assert "teach" not in review
    story.approves_all(OWNER)
    story.releases(OWNER)
    for user in (ADA, BEN):
        assert "wrote" not in message_text(direct_messages(town, user)[-1])


def test_those_who_have_nobody_hear_it_kindly_once_nothing_is_left_to_decide_and_never_twice(story: Story) -> None:
    town = _town(story)
    applied(town, [ADA, CHI], [BEN])
    story.proposes(OWNER)
    story.approves_all(OWNER)
    assert "1 person is left without a match" in opens_review(story)
    story.leaves(OWNER)
    assert heard(story, ADA) == heard(story, CHI) == []
    story.releases(OWNER)
    (left,) = [user for user in (ADA, CHI) if heard(story, user) == ["News about your application for a mentor"]]
    (asked,) = {ADA, CHI} - {left}
    assert "We don’t have a mentor for you yet" in message_text(direct_messages(town, left)[-1])
    story.declines(asked)
    story.proposes(OWNER)
    story.approves_all(OWNER)
    story.releases(OWNER)
    assert heard(story, left)[1:] == ["We’ve found a mentor for you"]
    assert heard(story, asked)[-1] == "News about your application for a mentor", "they have nobody now"
    story.declines(left)
    applied(town, [], [DEE])
    story.proposes(OWNER)
    story.approves_all(OWNER)
    story.releases(OWNER)
    for user in (left, asked, BEN):
        assert heard(story, user).count("News about your application for a mentor") == (user != BEN)


def test_a_large_round_opens_at_once_and_is_filled_afterwards(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    applied(_town(story), [ADA], [BEN])
    story.proposes(OWNER)
    while_loading: list[Json | None] = []
    load = review.review_modal

    def load_slowly(*args: Any, **options: Any) -> dict[str, Any]:
        while_loading.append(story.person(OWNER).view)
        return load(*args, **options)

    monkeypatch.setattr(review, "OPENED_AT_ONCE", 1)
    monkeypatch.setattr(review, "review_modal", load_slowly)
    assert "Proposals, best first" in opens_review(story)
    (view,) = while_loading
    assert view is not None
    assert list(visible_texts(view["blocks"])) == [
        "*One moment…* I’m collecting the mentees, the mentors and their proposals."
    ]


def test_the_page_of_a_large_round_turns_in_place(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(review, "OPENED_AT_ONCE", 1)
    monkeypatch.setattr("messages.matching.review.PROPOSALS_ON_A_PAGE", 1)
    applied(_town(story), [ADA, CHI], [BEN, DEE])
    story.proposes(OWNER)
    assert "page 1 of 2" in opens_review(story)
    story.clicks(OWNER, REVIEW_PAGE, "1")
    view = story.person(OWNER).view
    assert view is not None
    assert "page 2 of 2" in "\n".join(visible_texts(view["blocks"]))


def test_with_two_owners_one_approval_releases_nothing(two: Story) -> None:
    applied(_town(two), [ADA], [BEN])
    two.proposes(OWNER)
    opens_review(two)
    two.clicks(OWNER, APPROVE)
    assert button_values(two.person(OWNER).view, RELEASE) == []
    assert button_values(two.person(OWNER).view, APPROVE) == []
    opens_review(two, SECOND_OWNER)
    two.clicks(SECOND_OWNER, APPROVE)
    two.clicks(SECOND_OWNER, RELEASE)
    assert matches(two) == [(ADA, BEN, "offered")]


def test_the_other_owner_hears_that_there_is_something_to_decide(two: Story) -> None:
    applied(_town(two), [ADA], [BEN])
    two.proposes(OWNER)
    assert heard(two, SECOND_OWNER)[1:] == ["Matches: 1 proposal needs your decision"]
    assert heard(two, OWNER)[1:] == ["Matches: 1 proposal needs your decision"], "their own message"


def test_a_stale_release_button_says_that_nothing_is_approved(two: Story) -> None:
    town = _town(two)
    applied(town, [ADA], [BEN])
    two.proposes(OWNER)
    two.approves_all(OWNER)
    opens_review(two, SECOND_OWNER)
    two.clicks(SECOND_OWNER, APPROVE)
    opens_review(two, OWNER)
    two.clicks(SECOND_OWNER, RELEASE)
    two.clicks(OWNER, RELEASE)
    assert "no proposal has all its approvals" in answer_to(town.slack, OWNER)
    assert len(rows(town)["matches"]) == 1


def test_nobody_approves_a_proposal_they_are_part_of_while_there_is_another_owner(two: Story) -> None:
    town = _town(two)
    applied(town, [ADA, CHI], [OWNER, BEN])
    two.proposes(SECOND_OWNER)
    opens_review(two)
    mine = next(row["id"] for row in rows(town)["matches"] if row["mentor"] == OWNER)
    approvable = button_values(two.person(OWNER).view, APPROVE)
    assert mine not in approvable
    assert len(approvable) == 1
    two.clicks(OWNER, APPROVE)
    forged = last_payload(town, "block_actions")
    forged["actions"][0]["value"] = mine
    post(town, forged)
    town.settle()
    assert "another owner decides" in answer_to(town.slack, OWNER)
    assert next(row["approvals"] for row in rows(town)["matches"] if row["id"] == mine) == "[]"


def test_the_only_owner_approves_even_their_own(story: Story) -> None:
    applied(_town(story), [ADA], [OWNER])
    story.proposes(OWNER)
    story.approves_all(OWNER)
    story.releases(OWNER)
    assert matches(story) == [(ADA, OWNER, "offered")]


@pytest.mark.parametrize("action", [APPROVE, REFUSE, PROPOSE, RELEASE])
def test_only_an_owner_decides(story: Story, action: str) -> None:
    """Made by hand, since nobody else sees the buttons."""
    town = _town(story)
    applied(town, [ADA], [BEN])
    story.proposes(OWNER)
    opens_review(story)
    story.clicks(OWNER, APPROVE)
    before = rows(town)["matches"]
    forged = last_payload(town, "block_actions")
    forged["user"]["id"] = CHI
    forged["actions"][0]["action_id"] = action
    assert post(town, forged)[0] == 200
    town.settle()
    assert rows(town)["matches"] == before


def test_proposing_again_leaves_nobody_without_a_proposal(story: Story) -> None:
    applied(_town(story), [ADA, CHI], [BEN, DEE])
    opens_review(story)
    story.clicks(OWNER, PROPOSE)
    story.clicks(OWNER, PROPOSE)
    assert len(button_values(story.person(OWNER).view, APPROVE)) == 2
    assert [state for *_, state in matches(story)].count("proposed") == 2


def test_a_refused_proposal_is_not_made_again_and_nobody_hears_of_it(story: Story) -> None:
    applied(_town(story), [ADA], [BEN, DEE])
    opens_review(story)
    story.clicks(OWNER, PROPOSE)
    ((_, first, _),) = matches(story)
    story.clicks(OWNER, REFUSE)
    story.clicks(OWNER, PROPOSE)
    second = next(mentor for _, mentor, state in matches(story) if state == "proposed")
    assert {first, second} == {BEN, DEE}
    assert heard(story, ADA) == heard(story, BEN) == heard(story, DEE) == []


def test_a_mistaken_rejection_is_undone_in_the_review(story: Story) -> None:
    applied(_town(story), [ADA], [BEN])
    opens_review(story)
    story.clicks(OWNER, PROPOSE)
    story.clicks(OWNER, REFUSE)
    assert f"<@{ADA}> and <@{BEN}>" in "\n".join(visible_texts(story.person(OWNER).views[-1]["blocks"]))
    assert matches(story) == [(ADA, BEN, "refused")]
    story.clicks(OWNER, UNDO_REFUSAL)
    assert matches(story) == [(ADA, BEN, "proposed")]
    assert button_values(story.person(OWNER).view, UNDO_REFUSAL) == []
    assert button_values(story.person(OWNER).view, APPROVE)


CHANGES = pytest.mark.parametrize("change", [{"topics": ["Job search"]}, {"manager": BEN}])


def _changes_after_the_approval(story: Story, change: dict[str, object]) -> str:
    """An owner has Matches open with an approved proposal; Ada's change rules it out. The rule, as owners read it."""
    town = _town(story)
    town.apply(ADA, "/mentor request", REQUEST)
    applied(town, [], [BEN])
    story.proposes(OWNER)
    story.approves_all(OWNER)
    town.knows(BEN)
    assert "1 proposal is approved and ready to send." in opens_review(story)
    story.opens(ADA, lambda person: person.click(OPEN_REQUEST), "application-form")
    story.sends(ADA, change)
    return "These two have no topic in common." if "topics" in change else "One person manages the other"


@CHANGES
def test_who_may_not_be_paired_any_more_is_not_asked(story: Story, change: dict[str, object]) -> None:
    """Changed between the approval and the release: the hard rules hold."""
    rule = _changes_after_the_approval(story, change)
    story.clicks(OWNER, RELEASE)
    assert matches(story) == [(ADA, BEN, "overtaken")]
    shown = "\n".join(visible_texts(story.person(OWNER).views[-1]["blocks"]))
    assert "*1 match was not sent*" in shown
    assert f"<@{ADA}> and <@{BEN}>: " in shown
    assert rule in shown
    story.leaves(OWNER)
    assert heard(story, BEN) == []
    assert "without a match" in opens_review(story)


@CHANGES
def test_an_approved_proposal_that_breaks_a_rule_by_now_is_not_called_ready(
    story: Story, change: dict[str, object]
) -> None:
    rule = _changes_after_the_approval(story, change)
    story.leaves(OWNER)
    shown = opens_review(story)
    assert f"*Can’t be sent:* {rule}" in shown
    assert "1 approved proposal can’t be sent any more. See why below. Reject it, so that" in shown
    assert "ready to send" not in shown.lower()
    assert button_values(story.person(OWNER).view, RELEASE) == []
    live = direct_messages(_town(story), OWNER)[-1]
    assert live["text"] == "Matches: 1 proposal can’t be sent"
    assert "Matches shows why." in message_text(live)
    assert RELEASE not in buttons(live)
    story.clicks(OWNER, REFUSE)
    shown = "\n".join(visible_texts(story.person(OWNER).views[-1]["blocks"]))
    assert "can’t be sent" not in shown
    assert button_values(story.person(OWNER).view, PROPOSE)


def test_of_two_approved_proposals_for_one_place_the_better_one_is_called_ready(story: Story) -> None:
    town = _town(story)
    applied(town, [ADA, CHI], [])
    town.apply(BEN, "/mentor volunteer", {**OFFER, "topics": ["Career planning"], "places": "2"})
    story.proposes(OWNER)
    story.approves_all(OWNER)
    story.opens(BEN, lambda person: person.command("/mentor volunteer"), "application-form")
    story.sends(BEN, {"places": "1"})
    shown = opens_review(story)
    assert "1 proposal is approved and ready to send. 1 approved proposal can’t be sent any more." in shown
    assert (shown.count("Ready to send."), shown.count("*Can’t be sent:*")) == (1, 1)
    assert "Send 1 match" in shown


def test_a_proposal_that_breaks_a_rule_by_now_is_not_approved_and_the_owner_reads_which(story: Story) -> None:
    town = _town(story)
    town.apply(ADA, "/mentor request", REQUEST)
    applied(town, [], [BEN])
    story.proposes(OWNER)
    opens_review(story)
    with town.storage.begin(town.slack.team_id) as tx:
        tx.save(Outcome((StaffRecord(ADA, manager=BEN),)))
    story.clicks(OWNER, APPROVE)
    town.settle()
    assert "One person manages the other" in answer_to(town.slack, OWNER)
    assert "can’t approve this proposal" in answer_to(town.slack, OWNER)
    assert rows(town)["matches"][0]["approvals"] == "[]"
    story.leaves(OWNER)
    shown = opens_review(story)
    assert "*Can’t be sent:* One person manages the other" in shown
    assert "Needs" not in shown
    assert button_values(story.person(OWNER).view, APPROVE) == []
    assert button_values(story.person(OWNER).view, REFUSE)


def test_an_owner_pairs_two_by_hand_within_the_hard_rules(story: Story) -> None:
    town = _town(story)
    applied(town, [ADA], [BEN, DEE])
    applied(town, [CHI], [], topics=("Job search",))
    opens_review(story)
    story.opens(OWNER, lambda person: person.click(PAIR_BY_HAND), PAIR_FORM)
    owner = story.person(OWNER)
    owner.fill({"mentee": f"mentee-{CHI}", "mentor": f"mentor-{BEN}"})
    refused = owner.submit()
    assert not refused.closed
    assert "no topic in common" in " ".join(refused.errors.values())
    owner.fill({"mentee": f"mentee-{ADA}"})
    assert owner.submit().view
    town.settle()
    assert matches(story) == [(ADA, BEN, "proposed")]
    assert button_values(owner.view, RELEASE), "who chooses approves"
    story.clicks(OWNER, RELEASE)
    assert heard(story, ADA) == ["We’ve found a mentor for you"]


def test_by_hand_nobody_is_paired_with_their_manager(story: Story) -> None:
    town = _town(story)
    applied(town, [ADA], [BOSS])
    opens_review(story)
    story.opens(OWNER, lambda person: person.click(PAIR_BY_HAND), PAIR_FORM)
    owner = story.person(OWNER)
    owner.fill({"mentee": f"mentee-{ADA}", "mentor": f"mentor-{BOSS}"})
    assert "manages the other" in " ".join(owner.submit().errors.values())
    assert matches(story) == []


def test_without_asking_first_the_two_are_introduced_at_once(story: Story) -> None:
    town = _town(story)
    applied(town, [ADA], [BEN])
    sets(town, Part.INTRODUCTIONS, {"ask_first": []})
    story.proposes(OWNER)
    story.approves_all(OWNER)
    story.releases(OWNER)
    assert matches(story) == [(ADA, BEN, "accepted")]
    assert heard(story, ADA) == heard(story, BEN) == []
    (group,) = [place for place in town.person(ADA).conversations() if place["kind"] == "mpim"]
    (introduction,) = town.person(ADA).inbox(group["id"])
    assert "meet each other" in introduction["text"]
    assert "said yes" not in message_text(introduction)
    later(town, days=8)
    assert heard(story, ADA) == []


def test_the_review_is_for_owners(story: Story) -> None:
    (reply,) = story.person(ADA).command("/mentor match").messages
    assert "owner" in reply["text"]
    assert story.person(ADA).view is None
