"""Ending a partnership without blame, going back to the pool, and what owners see of it."""

from dataclasses import replace

import pytest
from click.testing import CliRunner

from bot.cli import main
from mentoring.applications.application import withdraw
from mentoring.matching.hard_rules import HardRule
from messages.ids import (
    AGAIN_AFTER_ALL,
    ALL_PARTNERSHIPS_VIEW,
    END_PARTNERSHIP,
    GO_BACK,
    NOT_AGAIN,
    OPEN_PARTNERSHIPS,
    PARTNERSHIPS_VIEW,
    WITHDRAW,
)
from sandbox.blocks import visible_texts
from sandbox.lookup import message_text
from tests.handlers.starting_points import applied, introduced, later
from tests.handlers.support import direct_messages, last_payload, owner_ends, post, rows
from tests.journeys.story import Story, answer_to, button_values
from tests.local_bot import OWNER, REQUEST, LocalBot
from tests.local_bot import local_bot as open_town
from tests.one_programme import programme_and_cohort

ADA, BEN, CHI, DEE = "U0ADA", "U0BEN", "U0CHI", "U0DEE"
ENDED = "A partnership of yours has ended"
NOTES = "what only the two know"


@pytest.fixture
def story(town: LocalBot) -> Story:
    """Ada and Ben were introduced yesterday."""
    introduced(town, ADA, BEN)
    later(town, days=1)
    return Story(town)


def heard(town: LocalBot, user: str) -> list[str]:
    return [message["text"] for message in direct_messages(town, user)]


def said_to(town: LocalBot, user: str, other: str) -> str:
    """All that the last message says, with the other one's name left out."""
    return message_text(direct_messages(town, user)[-1]).replace(f"<@{other}>", "…")


def state(town: LocalBot) -> str:
    (partnership,) = rows(town)["partnerships"]
    return str(partnership["state"])


def owner_opens_all(story: Story) -> str:
    """What an owner sees of all partnerships, two clicks away."""
    owner = story.person(OWNER)
    story.leaves(OWNER)
    owner.command("/mentor status")
    story.world.settle()
    view = story.opens(OWNER, lambda person: person.click("See all partnerships"), ALL_PARTNERSHIPS_VIEW)
    return "\n".join(visible_texts(view["blocks"]))


@pytest.mark.parametrize("who", [ADA, BEN, OWNER])
def test_whoever_ends_it_both_read_the_same_words(town: LocalBot, story: Story, who: str) -> None:
    if who == OWNER:
        owner_opens_all(story)
        owner_ends(town, OWNER, ADA)
    else:
        story.ends(who, BEN if who == ADA else ADA)
    assert heard(town, ADA) == heard(town, BEN) == [ENDED]
    assert said_to(town, ADA, BEN) == said_to(town, BEN, ADA)
    assert who not in said_to(town, ADA, BEN).replace(f"Ask <@{OWNER}>", "")
    assert state(town) == "ended"


def test_the_words_do_not_tell_who_ended_it(tmp_path_factory: pytest.TempPathFactory) -> None:
    said = []
    for who, other in ((ADA, BEN), (BEN, ADA)):
        with open_town(tmp_path_factory.mktemp("town")) as town:
            introduced(town, ADA, BEN)
            later(town, days=1)
            Story(town).ends(who, other)
            said.append(said_to(town, ADA, BEN))
    assert said[0] == said[1]


def test_it_takes_two_clicks_and_the_second_may_be_no(town: LocalBot, story: Story) -> None:
    story.opens(ADA, lambda person: person.command("/mentor status"), PARTNERSHIPS_VIEW)
    story.person(ADA).click(END_PARTNERSHIP, confirm=False)
    town.settle()
    assert state(town) == "active"


def test_after_the_end_no_reminder_comes_any_more(town: LocalBot, story: Story) -> None:
    story.ends(ADA, BEN)
    later(town, days=240)
    assert heard(town, ADA) == heard(town, BEN) == [ENDED]


def test_an_old_list_in_which_it_still_runs_says_that_it_is_over(town: LocalBot, story: Story) -> None:
    story.opens(ADA, lambda person: person.command("/mentor status"), PARTNERSHIPS_VIEW)
    story.ends(BEN, ADA)
    story.clicks(ADA, END_PARTNERSHIP)
    assert "has already ended" in answer_to(town.slack, ADA)
    assert heard(town, ADA) == [ENDED]


def test_both_may_go_back_and_are_matched_with_others_not_with_each_other(town: LocalBot, story: Story) -> None:
    applied(town, [CHI], [DEE])
    story.ends(ADA, BEN)
    story.proposes(OWNER)
    assert [(row["mentee"], row["mentor"]) for row in rows(town)["matches"] if row["state"] == "proposed"] == [
        (CHI, DEE)
    ], "nobody is proposed before they have said so"
    for user in (ADA, BEN):
        story.goes_back(user)
        assert heard(town, user)[-1] == "You can be matched again"
    owner = story.person(OWNER)
    owner.command("/mentor match")
    town.settle()
    story.clicks(OWNER, "propose-matches")
    proposed = {(row["mentee"], row["mentor"]) for row in rows(town)["matches"] if row["state"] == "proposed"}
    assert proposed == {(ADA, DEE), (CHI, BEN)}


def test_who_would_rather_not_again_is_kept_from_the_other_in_every_round_and_nobody_is_told(
    town: LocalBot, story: Story
) -> None:
    story.ends(ADA, BEN)
    messages = {user: len(heard(town, user)) for user in (BEN, OWNER)}
    story.clicks(ADA, NOT_AGAIN)
    assert "I won’t tell anyone" in answer_to(town.slack, ADA)
    story.clicks(ADA, NOT_AGAIN)
    assert "I won’t tell anyone" in answer_to(town.slack, ADA)
    assert {user: len(heard(town, user)) for user in messages} == messages
    assert [row["kind"] for row in rows(town)["outbox"] if "not" in row["kind"]] == [], "no receipt is kept of it"
    for user in (ADA, BEN):
        story.goes_back(user)
    assert button_values(direct_messages(town, ADA)[-1], NOT_AGAIN) == []
    assert button_values(direct_messages(town, BEN)[-1], NOT_AGAIN) != []
    assert _bar_in_a_later_round(town) is HardRule.DID_NOT_WORK


def test_it_can_be_taken_back_in_the_list_of_ones_partnerships(town: LocalBot, story: Story) -> None:
    story.ends(ADA, BEN)
    for user in (ADA, BEN):
        story.goes_back(user)
    assert _bar_in_a_later_round(town) is None
    story.opens(ADA, lambda person: person.click(OPEN_PARTNERSHIPS), PARTNERSHIPS_VIEW)
    for press, then, bar in ((NOT_AGAIN, AGAIN_AFTER_ALL, HardRule.DID_NOT_WORK), (AGAIN_AFTER_ALL, NOT_AGAIN, None)):
        story.clicks(ADA, press)
        assert button_values(story.person(ADA).view, then), "the list shows how it is now"
        assert not button_values(story.person(ADA).view, press)
        assert _bar_in_a_later_round(town) is bar


def _bar_in_a_later_round(town: LocalBot) -> HardRule | None:
    """What would keep Ada and Ben from each other there."""
    with town.database() as tx:
        ground = programme_and_cohort(tx)
        assert ground is not None
        round_ = tx.rounds.get(*ground)
    later_round = replace(round_, cohort=replace(round_.cohort, id="a later one"), matches={})
    return later_round.broken_rule(round_.applications[f"mentee-{ADA}"], round_.applications[f"mentor-{BEN}"])


def test_going_back_twice_is_once(town: LocalBot, story: Story) -> None:
    story.ends(ADA, BEN)
    story.goes_back(ADA)
    story.goes_back(ADA)
    assert "already asked for another match" in answer_to(town.slack, ADA)
    assert heard(town, ADA) == [ENDED, "You can be matched again"]


def test_who_went_back_may_still_withdraw(town: LocalBot, story: Story) -> None:
    story.ends(ADA, BEN)
    story.goes_back(ADA)
    story.clicks(ADA, WITHDRAW)
    assert heard(town, ADA)[-1] == "Your application for a mentor is withdrawn"
    story.opens(ADA, lambda person: person.click(OPEN_PARTNERSHIPS), PARTNERSHIPS_VIEW)
    assert button_values(story.person(ADA).view, GO_BACK) == []


def test_back_to_the_pool_after_withdrawing_says_what_to_do(town: LocalBot, story: Story) -> None:
    story.ends(ADA, BEN)
    story.goes_back(BEN)
    ended = next(message for message in direct_messages(town, ADA) if message["text"] == ENDED)
    with town.storage.begin(town.slack.team_id) as tx:
        application = tx.applications.get(f"mentee-{ADA}")
        assert application is not None
        tx.save(withdraw(application, by=ADA))
    town.settle()
    messages, answer = len(heard(town, ADA)), answer_to(town.slack, ADA)
    story.person(ADA).click(GO_BACK, message=ended)
    town.settle()
    assert len(heard(town, ADA)) > messages or answer_to(town.slack, ADA) != answer, "nothing at all is heard"


def test_an_owner_ends_it_from_the_list_and_sees_no_note(town: LocalBot, story: Story) -> None:
    story.opens(ADA, lambda person: person.command("/mentor log"), "meeting-form")
    story.sends(ADA, {"met_on": "2026-11-24", "minutes": "60", "way": "video", "notes": NOTES})
    seen = owner_opens_all(story)
    assert f"<@{ADA}>" in seen
    assert NOTES not in seen
    owner_ends(town, OWNER, ADA)
    view, ended = story.person(OWNER).views
    assert "It has ended." in str(ended["blocks"])
    assert view["callback_id"] == ALL_PARTNERSHIPS_VIEW
    assert f"<@{ADA}>" not in str(view["blocks"])
    assert state(town) == "ended"


def test_the_list_of_all_is_for_owners(town: LocalBot, story: Story) -> None:
    owner_opens_all(story)
    forged = last_payload(town, "block_actions")
    forged["user"]["id"] = CHI
    post(town, forged)
    town.settle()
    assert story.person(CHI).view is None


@pytest.mark.parametrize("action", [END_PARTNERSHIP, GO_BACK, NOT_AGAIN, AGAIN_AFTER_ALL])
def test_nobody_else_touches_a_partnership(town: LocalBot, story: Story, action: str) -> None:
    owner_opens_all(story)
    owner_ends(town, OWNER, ADA)
    forged = last_payload(town, "block_actions")
    introduced(town, CHI, DEE)
    with town.database() as tx:
        (theirs,) = tx.partnerships.of(CHI)
    forged["user"]["id"] = ADA
    forged["actions"][0] |= {"action_id": action, "value": theirs.id}
    post(town, forged)
    town.settle()
    with town.database() as tx:
        assert tx.partnerships.get(theirs.id) == theirs


def test_status_shows_each_where_it_stands_and_the_next_step(story: Story) -> None:
    for user, other, word in ((ADA, BEN, "mentor"), (BEN, ADA, "mentee")):
        view = story.opens(user, lambda person: person.command("/mentor status"), PARTNERSHIPS_VIEW)
        text = "\n".join(visible_texts(view["blocks"]))
        assert f"<@{other}>, your {word}" in text
        assert "Next step" in text
        assert "First meeting" in text


def test_who_withdrew_after_the_end_and_applies_again_can_be_matched(town: LocalBot, story: Story) -> None:
    applied(town, [], [DEE])
    story.ends(ADA, BEN)
    town.person(ADA).command("/mentor status")
    story.clicks(ADA, WITHDRAW)
    town.apply(ADA, "/mentor request", REQUEST)
    assert heard(town, ADA)[-1] == "Your application for a mentor has arrived"
    story.proposes(OWNER)
    assert (ADA, DEE) in {(row["mentee"], row["mentor"]) for row in rows(town)["matches"]}


def test_when_one_is_erased_the_other_hears_the_end_and_everything_still_opens(
    town: LocalBot, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert town.storage.file is not None
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{town.storage.file}")
    monkeypatch.setenv("MENTOR_OWNERS", OWNER)
    story.logs(BEN, ADA, on="2026-11-24", notes=NOTES)
    assert CliRunner().invoke(main, ["people", "forget", ADA, "--yes"]).exit_code == 0
    town.settle()
    assert heard(town, BEN) == ["Your meeting is saved", ENDED]
    view = story.opens(BEN, lambda person: person.click(OPEN_PARTNERSHIPS), PARTNERSHIPS_VIEW)
    assert NOTES in "\n".join(visible_texts(view["blocks"]))
    story.leaves(BEN)
    (status,) = town.person(BEN).command("/mentor status").messages
    assert "went wrong" not in message_text(status)
    story.goes_back(BEN)
    assert heard(town, BEN)[-1] == "You can be matched again"
    later(town, days=30)
    assert "went wrong" not in opens_the_desk_and_the_status(story)


def opens_the_desk_and_the_status(story: Story) -> str:
    """All that an owner reads of a round in which somebody was erased."""
    owner = story.person(OWNER)
    owner.command("/mentor status")
    owner.command("/mentor match")
    story.world.settle()
    read = [message_text(message) for message in owner.inbox()]
    return "\n".join([*read, *(str(view["blocks"]) for view in owner.views)])
