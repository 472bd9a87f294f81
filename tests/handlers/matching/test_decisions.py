"""What owners decide: kept, swapped, never matched and allowed again, made an exception of; and a pair checked."""

import pytest

from messages import ids
from sandbox.blocks import visible_texts
from sandbox.lookup import message_text
from tests.handlers.conftest import Logs
from tests.handlers.starting_points import ADA, BEN, BOSS, CHI, DEE, applied, proposed, two_proposed
from tests.handlers.support import direct_messages, rows
from tests.journeys.story import Json, Story, answer_to, button_values
from tests.local_bot import OWNER, SECOND_OWNER, LocalBot

REASON = "They asked for it & know what they do."


@pytest.fixture
def town(two_owners: LocalBot) -> LocalBot:
    return two_owners


@pytest.fixture
def story(town: LocalBot) -> Story:
    return Story(town)


def opens_review(story: Story, owner: str = OWNER) -> str:
    story.leaves(owner)
    return text(story.opens(owner, lambda person: person.command("/mentor match"), ids.REVIEW_VIEW))


def text(view: Json) -> str:
    return "\n".join(visible_texts(view["blocks"]))


def top(story: Story, owner: str = OWNER) -> str:
    """What is on top of all that the owner has open."""
    view = story.person(owner).view
    assert view is not None
    return text(view)


def chooses(town: LocalBot, deed: ids.MenuAction, match: str, owner: str = OWNER) -> None:
    """From the menu of the only proposal, or of the one that comes first."""
    person = town.person(owner)
    view = person.view
    assert view
    block = next(
        block["block_id"]
        for block in view["blocks"]
        for element in block.get("elements", ())
        if element["type"] == "overflow" and any(o["value"].endswith(match) for o in element["options"])
    )
    person.choose(f"{block}/{ids.MORE}", f"{deed}:{match}")
    town.settle()


def pairs(town: LocalBot) -> list[tuple[str, str, str]]:
    return sorted((row["mentee"], row["mentor"], row["state"]) for row in rows(town)["matches"])


def test_what_is_kept_stays_while_the_rest_is_proposed_again_and_can_be_let_go(town: LocalBot, story: Story) -> None:
    match = proposed(town)
    opens_review(story)
    chooses(town, ids.MenuAction.PIN, match)
    assert "Kept by you on " in top(story)
    assert "Needs 2 approvals" in top(story)
    assert button_values(story.person(OWNER).view, ids.PROPOSE) == [], "nothing would be replaced"
    chooses(town, ids.MenuAction.UNPIN, match)
    assert "Kept by" not in top(story)
    assert len(button_values(story.person(OWNER).view, ids.PROPOSE)) == 1


def test_the_other_owner_reads_who_approved_and_when(town: LocalBot, story: Story) -> None:
    proposed(town)
    opens_review(story)
    story.clicks(OWNER, ids.APPROVE)
    review = opens_review(story, SECOND_OWNER)
    assert f"Approved by <@{OWNER}> on <!date^" in review


def test_two_are_never_matched_until_an_owner_allows_it_again(town: LocalBot, story: Story) -> None:
    match = proposed(town)
    opens_review(story)
    chooses(town, ids.MenuAction.FORBID, match)
    assert "They will not be told" in top(story)
    story.clicks(OWNER, ids.FORBID)
    review, answer = story.person(OWNER).views
    assert button_values(review, ids.APPROVE) == []
    assert "decided by you on " in text(answer)
    opens_review(story)
    story.clicks(OWNER, ids.PROPOSE)
    assert pairs(town) == [(ADA, BEN, "overtaken")]
    why_not(town, ADA, BEN, SECOND_OWNER)
    assert f"decided by <@{OWNER}> on " in top(story, SECOND_OWNER)
    story.clicks(SECOND_OWNER, ids.ALLOW)
    assert "these two are proposed to each other" in top(story, SECOND_OWNER)
    assert "Allowed again by you" in top(story, SECOND_OWNER)
    opens_review(story)
    story.clicks(OWNER, ids.PROPOSE)
    assert ("proposed") in [state for *_, state in pairs(town)]
    assert direct_messages(town, ADA) == direct_messages(town, BEN) == []


def test_two_proposals_exchange_their_mentors(town: LocalBot, story: Story) -> None:
    match = two_proposed(town)
    before = [(mentee, mentor) for mentee, mentor, _ in pairs(town)]
    (other,) = (row["id"] for row in rows(town)["matches"] if row["id"] != match)
    opens_review(story)
    chooses(town, ids.MenuAction.SWAP, match)
    story.sends(OWNER, {"other": other})
    standing = [(mentee, mentor) for mentee, mentor, state in pairs(town) if state == "proposed"]
    assert standing == [(before[0][0], before[1][1]), (before[1][0], before[0][1])]
    assert top(story).count("Paired and approved by you on ") == 2


def test_an_exception_needs_a_written_reason_that_owners_alone_read_and_two_who_approve(
    town: LocalBot, story: Story, logs: Logs
) -> None:
    applied(town, [ADA], [BOSS])
    opens_review(story)
    story.opens(OWNER, lambda person: person.click(ids.PAIR_BY_HAND), ids.PAIR_FORM)
    owner = story.person(OWNER)
    owner.fill({"mentee": f"mentee-{ADA}", "mentor": f"mentor-{BOSS}"})
    refused = owner.submit()
    assert list(refused.errors) == ["reason"]
    assert "give a reason" in refused.errors["reason"]
    assert pairs(town) == []
    story.sends(OWNER, {"reason": REASON})
    assert "Exception:" in top(story)
    assert "They asked for it &amp; know what they do." in top(story)
    assert button_values(owner.view, ids.RELEASE) == []
    opens_review(story, SECOND_OWNER)
    story.clicks(SECOND_OWNER, ids.APPROVE)
    story.clicks(SECOND_OWNER, ids.RELEASE)
    assert pairs(town) == [(ADA, BOSS, "offered")]
    for person in (ADA, BOSS):
        (offer,) = direct_messages(town, person)
        assert "asked for it" not in message_text(offer)
    assert "asked for it" not in logs.text


def why_not(town: LocalBot, mentee: str, mentor: str, owner: str = OWNER) -> None:
    """Ask about these two."""
    story = Story(town)
    opens_review(story, owner)
    story.opens(owner, lambda person: person.click(ids.WHY_NOT), ids.WHY_NOT_VIEW)
    person = town.person(owner)
    for field, who in (("mentee", mentee), ("mentor", mentor)):
        person.choose(f"{field}/{ids.CHOOSE_TWO}", who)
        town.settle()


def test_why_not_says_what_two_would_cost_the_others_and_pairs_them_from_there(town: LocalBot, story: Story) -> None:
    applied(town, [ADA, CHI], [BEN])
    story.proposes(OWNER)
    ((has, _, _),) = pairs(town)
    left = CHI if has == ADA else ADA
    why_not(town, left, BEN)
    said = top(story)
    assert "*Score: " in said
    assert "the same number of matches" in said
    assert f"<@{has}> would have no match, instead of <@{BEN}>" in said
    story.opens(OWNER, lambda person: person.click(ids.PAIR_BY_HAND), ids.PAIR_FORM)
    story.sends(OWNER, {})
    assert (left, BEN, "proposed") in pairs(town)
    assert (has, BEN, "overtaken") in pairs(town)


def test_why_not_names_the_rule_and_what_to_do(town: LocalBot, story: Story) -> None:
    applied(town, [ADA], [BOSS])
    why_not(town, ADA, BOSS)
    assert f"<@{BOSS}> manages <@{ADA}>" in top(story)
    assert button_values(story.person(OWNER).view, ids.PAIR_BY_HAND) == [f"{ADA}:{BOSS}"]


def test_why_not_about_who_has_not_applied_says_so_and_asks_on(town: LocalBot, story: Story) -> None:
    applied(town, [ADA], [BEN])
    why_not(town, ADA, DEE)
    assert "hasn’t applied as a mentor in this round" in answer_to(town.slack, OWNER)
    town.person(OWNER).close()
    town.person(OWNER).choose(f"mentor/{ids.CHOOSE_TWO}", BEN)
    town.settle()
    assert "*Score: " in top(story)


def test_looking_why_changes_nothing(town: LocalBot) -> None:
    proposed(town)
    before = rows(town)["matches"], rows(town)["decisions"]
    why_not(town, ADA, BEN)
    assert (rows(town)["matches"], rows(town)["decisions"]) == before
