"""A plan with goals: written, changed, let go and shared; and nobody reads it but its person and whom they choose."""

import json
from dataclasses import replace
from typing import Any

import pytest

from mentoring.core.outcome import Outcome
from mentoring.programmes.settings import Part
from messages import ids
from sandbox.blocks import visible_texts
from sandbox.lookup import message_text
from services.people import erase_person
from tests.handlers.requests import answers, clicked
from tests.handlers.starting_points import (
    ADA,
    BEN,
    CHI,
    GOAL_ID,
    LEAD,
    MET,
    applied,
    introduced,
    later,
    plan_shared,
    planned,
    planner,
    with_plans,
)
from tests.handlers.support import direct_messages, last_payload, post, rows
from tests.handlers.test_home import home_of, opens_home
from tests.handlers.test_settings import card_of, help_of, sets
from tests.handlers.test_several_programmes import start
from tests.journeys.story import Story, answer_to, button_values
from tests.local_bot import OWNER, LocalBot, typed
from tests.one_programme import programme_and_cohort

WORDS = "Lead a meeting of our team"
GOAL = {"goal": WORDS, "term": "quarter", "proof": "The minutes say so", "until": "2027-01-29"}
STAND = {"direction": "Lead a team of my own", "skills": ["Career planning"]}


def plan_of(story: Story, user: str) -> str:
    """What somebody sees who asks for their plan."""
    story.leaves(user)
    view = story.opens(user, lambda person: person.command("/mentor plan"), ids.GOALS_VIEW)
    return "\n".join(visible_texts(view["blocks"]))


def on_top(story: Story, user: str) -> str:
    view = story.person(user).view
    assert view is not None
    return "\n".join(visible_texts(view["blocks"]))


def adds(story: Story, says: dict[str, Any], user: str = ADA) -> None:
    story.opens(user, lambda person: person.click(ids.ADD_GOAL), ids.GOAL_FORM)
    story.sends(user, says)


def says_how_it_is(story: Story, says: dict[str, Any], goal: str = GOAL_ID) -> None:
    story.opens(ADA, lambda person: story._click(person, ids.OPEN_PROGRESS, goal), ids.PROGRESS_FORM)
    story.sends(ADA, says)


def heard(town: LocalBot, user: str) -> list[str]:
    return [message["text"] for message in direct_messages(town, user)]


def test_a_plan_is_off_until_the_owners_want_it(town: LocalBot) -> None:
    applied(town, [ADA], [BEN])
    ada = town.person(ADA)
    assert "goals" in ada.command("/mentor plan").messages[-1]["text"]
    assert "Your plan" not in help_of(town, ADA)
    sets(town, Part.EXTRAS, {"plans": ["yes"]})
    assert "*Plan and goals*: On." in card_of(town)
    assert "Your plan" in help_of(town, ADA)
    assert "I show it only to you" in plan_of(Story(town), ADA)


def test_where_i_stand_and_a_goal_are_written_in_forms_above_the_plan(town: LocalBot) -> None:
    planner(town)
    story = Story(town)
    plan_of(story, ADA)
    story.opens(ADA, lambda person: person.click(ids.WRITE_PLAN), ids.STANDING_FORM)
    story.sends(ADA, STAND)
    assert "Lead a team of my own" in on_top(story, ADA), "the plan below the form shows it at once"
    adds(story, GOAL)
    shown = on_top(story, ADA)
    assert WORDS in shown
    assert "Not begun. For this quarter, until 29 January 2027." in shown
    assert "Goals: 1 of 3 open" in shown
    assert len(town.person(ADA).views) == 1
    assert heard(town, BEN) == []


def test_open_goals_are_at_home_of_the_mentee_and_of_the_mentor_with_whom_they_are_shared(town: LocalBot) -> None:
    partnership = planner(town)
    story = Story(town)
    opens_home(town, ADA)
    plan_of(story, ADA)
    adds(story, GOAL)
    assert f"• {WORDS} (not begun)" in str(home_of(town, ADA)), "it is up to date while she looks"
    assert WORDS not in str(opens_home(town, BEN))
    story.clicks(ADA, ids.SHARE_PLAN)
    assert WORDS in str(home_of(town, BEN))
    assert partnership in button_values(home_of(town, BEN), ids.OPEN_GOALS)
    says_how_it_is(story, {"state": "Half-way"}, str(rows(town)["goals"][0]["id"]))
    assert f"• {WORDS} (half-way)" in str(home_of(town, BEN))
    story.clicks(ADA, ids.DELETE_GOAL)
    assert WORDS not in str(home_of(town, BEN))
    assert WORDS not in str(opens_home(town, OWNER))


def test_what_is_missing_is_said_at_its_field_and_nothing_typed_is_lost(town: LocalBot) -> None:
    planner(town)
    story, ada = Story(town), town.person(ADA)
    plan_of(story, ADA)
    story.opens(ADA, lambda person: person.click(ids.ADD_GOAL), ids.GOAL_FORM)
    ada.fill({"goal": WORDS, "term": "year", "until": "2026-11-20"})
    refused = ada.submit()
    assert set(refused.errors) == {"proof", "until"}
    ada.close()
    story.opens(ADA, lambda person: person.click(ids.ADD_GOAL), ids.GOAL_FORM)
    assert typed(ada) == {"goal": WORDS, "term": "year", "until": "2026-11-20"}
    story.sends(ADA, {"proof": "Minutes", "until": "2027-06-01"})
    assert [row["words"] for row in rows(town)["goals"]] == [WORDS]
    assert rows(town)["drafts"] == []


def test_a_fourth_goal_asks_which_one_rests(town: LocalBot) -> None:
    planned(town)
    story, ada = Story(town), town.person(ADA)
    plan_of(story, ADA)
    for number in (2, 3):
        adds(story, {"goal": f"Goal {number}", "term": "later"})
    story.opens(ADA, lambda person: person.click(ids.ADD_GOAL), ids.GOAL_FORM)
    ada.fill({"goal": "Goal 4", "term": "later"})
    assert list(ada.submit().errors) == ["rests"]
    ada.fill({"rests": GOAL_ID})
    assert ada.submit().closed
    town.settle()
    assert {row["words"]: row["state"] for row in rows(town)["goals"]} == {
        LEAD.words: "resting",
        "Goal 2": "not-begun",
        "Goal 3": "not-begun",
        "Goal 4": "not-begun",
    }
    assert "Resting" in on_top(story, ADA)
    says_how_it_is(story, {"state": "let-go"})
    assert "Letting go is a decision too." in on_top(story, ADA)


def test_a_goal_that_has_changed_shows_its_old_words_beside_the_new(town: LocalBot) -> None:
    planned(town)
    story, ada = Story(town), town.person(ADA)
    plan_of(story, ADA)
    story.opens(ADA, lambda person: person.click(ids.OPEN_PROGRESS), ids.PROGRESS_FORM)
    ada.fill({"state": "changed", "since": "My manager wants more"})
    ada.submit()
    town.settle()
    view = ada.await_view(ids.GOAL_FORM)
    assert len(ada.views) == 2, "in the place of the form"
    assert f"“{LEAD.words}” · until 29 January 2027" in " ".join("\n".join(visible_texts(view["blocks"])).split())
    story.sends(ADA, {"goal": "Lead two meetings"})
    shown = " ".join(on_top(story, ADA).split())
    assert "Lead two meetings" in shown
    assert f"Changed. It was: “{LEAD.words}”" in shown
    assert "My manager wants more" in shown


def test_only_the_partner_with_whom_it_is_shared_reads_it_and_only_while_it_is_shared(town: LocalBot) -> None:
    partnership = planned(town)
    applied(town, [], ["U0DEE"])
    introduced(town, ADA, "U0DEE")
    story = Story(town)
    answers(town, clicked(town, BEN, ids.OPEN_GOALS, partnership))
    assert "isn’t shared with you" in answer_to(town.slack, BEN)
    assert "Lead a team" in plan_of(story, ADA)
    story.clicks(ADA, ids.SHARE_PLAN, partnership)
    assert heard(town, BEN) == ["Someone shares a plan with you"]
    assert LEAD.words not in str(direct_messages(town, BEN))
    story.opens(BEN, lambda person: person.click(ids.OPEN_GOALS), ids.GOALS_VIEW)
    shown = on_top(story, BEN)
    assert LEAD.words in shown
    assert "Lead a team of my own" in shown
    assert button_values(town.person(BEN).view, ids.OPEN_PROGRESS) == []
    story.clicks(ADA, ids.UNSHARE_PLAN, partnership)
    story.leaves(BEN)
    answers(town, clicked(town, BEN, ids.OPEN_GOALS, partnership))
    assert "isn’t shared with you" in answer_to(town.slack, BEN)
    assert "Someone shares a plan with you" not in heard(town, "U0DEE")


def test_after_the_end_and_where_plans_are_off_the_partner_reads_nothing(town: LocalBot) -> None:
    partnership = plan_shared(town)
    story = Story(town)
    with town.storage.begin(town.slack.team_id) as tx:
        programme, _ = programme_and_cohort(tx)
        tx.save(Outcome((replace(programme, has_plans=False, version=programme.version + 1),)))
    answers(town, clicked(town, BEN, ids.OPEN_GOALS, partnership))
    assert "isn’t shared with you" in answer_to(town.slack, BEN)
    assert "Lead a team" in plan_of(story, ADA), "her own stays hers"
    with_plans(town)
    story.leaves(ADA)
    story.ends(ADA, BEN)
    story.leaves(ADA)
    answers(town, clicked(town, BEN, ids.OPEN_GOALS, partnership))
    assert "isn’t shared with you" in answer_to(town.slack, BEN)
    assert "Lead a team" in plan_of(story, ADA)


def test_strangers_owners_and_people_of_another_programme_read_and_change_nothing(town: LocalBot) -> None:
    partnership = plan_shared(town)
    start(town, "Chemistry", CHI)
    before = {table: rows(town)[table] for table in ("plans", "goals", "goal_changes", "plan_shares")}
    acts = (ids.OPEN_GOALS, ids.OPEN_PROGRESS, ids.DELETE_GOAL, ids.SHARE_PLAN, ids.UNSHARE_PLAN, ids.DELETE_PLAN)
    town.knows(CHI)
    for user in (OWNER, CHI, "U0DEE"):
        for act in acts:
            value = GOAL_ID if act in (ids.OPEN_PROGRESS, ids.DELETE_GOAL) else partnership
            answers(town, clicked(town, user, act, value))
            assert LEAD.words not in str(town.person(user).views)
            assert LEAD.words not in str(direct_messages(town, user))
            Story(town).leaves(user)
    for act, value in ((ids.DELETE_GOAL, GOAL_ID), (ids.UNSHARE_PLAN, partnership), (ids.DELETE_PLAN, "")):
        answers(town, clicked(town, BEN, act, value))  # the partner reads, and changes nothing
    assert {table: rows(town)[table] for table in before} == before


def test_a_form_of_ones_own_changes_no_other_persons_goal(town: LocalBot) -> None:
    planned(town)
    applied(town, [CHI], [])
    story = Story(town)
    plan_of(story, ADA)
    says_how_it_is(story, {"state": "begun"})
    forged = last_payload(town, "view_submission")
    forged["user"]["id"] = CHI
    _, answer = post(town, forged)
    assert "no longer in your plan" in json.dumps(answer)
    assert [row["state"] for row in rows(town)["goals"]] == ["begun"]


def test_the_first_meeting_offers_a_plan_to_the_mentee_and_later_ones_do_not(town: LocalBot) -> None:
    planner(town)
    story = Story(town)
    story.logs(BEN, ADA, on="2026-11-24")
    assert "What would you like to reach?" in message_text(direct_messages(town, ADA)[-1])
    assert "What would you like to reach?" not in str(direct_messages(town, BEN))
    story.opens(ADA, lambda person: person.click(ids.OPEN_GOALS), ids.GOALS_VIEW)
    story.leaves(ADA)
    story.logs(ADA, BEN, on="2026-11-23")
    assert heard(town, ADA)[-1] == "Your meeting is saved"
    assert "What would you like to reach?" not in message_text(direct_messages(town, ADA)[-1])


def test_the_meeting_form_asks_which_goals_were_talked_about_and_the_log_shows_them_to_those_who_may(
    town: LocalBot,
) -> None:
    partnership = planned(town)
    story = Story(town)
    story.logs(ADA, BEN, on="2026-11-24", goals=[GOAL_ID])
    (notes,) = rows(town)["meeting_notes"]
    assert json.loads(notes["goals"]) == [GOAL_ID]

    def log(user: str) -> str:
        story.leaves(user)
        view = story.opens(user, lambda person: person.command("/mentor status"), ids.PARTNERSHIPS_VIEW)
        return "\n".join(visible_texts(view["blocks"]))

    assert f"Goals: {LEAD.words}" in log(ADA)
    assert LEAD.words not in log(BEN)
    story.leaves(BEN)
    story.opens(BEN, lambda person: person.command("/mentor log"), ids.MEETING_FORM)
    assert LEAD.words not in str(town.person(BEN).view)
    plan_of(story, ADA)
    story.clicks(ADA, ids.SHARE_PLAN, partnership)
    assert f"Goals: {LEAD.words}" in log(BEN)
    story.leaves(BEN)
    story.opens(BEN, lambda person: person.command("/mentor log"), ids.MEETING_FORM)
    assert LEAD.words in str(town.person(BEN).view)


def test_a_goal_that_its_author_can_no_longer_read_stays_when_the_log_is_corrected(town: LocalBot) -> None:
    partnership = plan_shared(town)
    story = Story(town)
    story.logs(BEN, ADA, on="2026-11-24", goals=[GOAL_ID])
    plan_of(story, ADA)
    story.clicks(ADA, ids.UNSHARE_PLAN, partnership)
    story.opens(BEN, lambda person: person.command("/mentor status"), ids.PARTNERSHIPS_VIEW)
    story.opens(BEN, lambda person: person.click(ids.CORRECT_MEETING), ids.MEETING_FORM)
    assert LEAD.words not in str(town.person(BEN).views)
    story.sends(BEN, {"minutes": "75"})
    (notes,) = rows(town)["meeting_notes"]
    assert json.loads(notes["goals"]) == [GOAL_ID]


def test_the_plan_opens_in_the_place_of_ones_partnerships_and_goes_back(town: LocalBot) -> None:
    planned(town)
    story, ada = Story(town), town.person(ADA)
    story.opens(ADA, lambda person: person.command("/mentor status"), ids.PARTNERSHIPS_VIEW)
    story.opens(ADA, lambda person: person.click(ids.OPEN_GOALS), ids.GOALS_VIEW)
    assert len(ada.views) == 1
    adds(story, {"goal": "Goal 2", "term": "later"})
    assert "Goal 2" in on_top(story, ADA)
    assert len(ada.views) == 1
    story.opens(ADA, lambda person: person.click(ids.OPEN_PARTNERSHIPS), ids.PARTNERSHIPS_VIEW)
    assert len(ada.views) == 1, "also after a form was sent"


def test_changes_are_carried_to_the_partner_and_the_plan_is_looked_at_again_after_three_months(town: LocalBot) -> None:
    plan_shared(town)
    story = Story(town)
    later(town, days=2)
    plan_of(story, ADA)
    says_how_it_is(story, {"state": "begun"})
    says_how_it_is(story, {"state": "half-way"})
    assert heard(town, BEN).count("A plan that is shared with you has changed") == 1
    later(town, days=100)
    everything = "\n".join(message_text(message) for message in direct_messages(town, ADA))
    assert "Does your plan still fit?" in everything


def test_two_weeks_of_owners_figures_reveal_nothing_about_plans(town: LocalBot) -> None:
    """All that owners can ask for reads the same, to the letter, whether there are plans and goals or not."""
    partnership = planner(town)

    def figures() -> str:
        owner, said = town.person(OWNER), list[str]()
        for command in ("/mentor status", "/mentor people", "/mentor partnerships"):
            Story(town).leaves(OWNER)
            owner.command(command)
            town.settle()
            said.append("\n".join(visible_texts(owner.view["blocks"])) if owner.view else "")
        return "\n".join([*said, message_text(direct_messages(town, OWNER)[-1])])

    before, told = figures(), len(direct_messages(town, OWNER))
    story = Story(town)
    plan_of(story, ADA)
    story.opens(ADA, lambda person: person.click(ids.WRITE_PLAN), ids.STANDING_FORM)
    story.sends(ADA, STAND)
    adds(story, GOAL)
    adds(story, {"goal": "Goal 2", "term": "later"})
    story.clicks(ADA, ids.SHARE_PLAN, partnership)
    assert len(direct_messages(town, OWNER)) == told, "owners hear nothing of it"
    assert figures() == before


def test_an_erased_person_leaves_no_plan_and_shares_none(town: LocalBot) -> None:
    partnership = plan_shared(town)
    erase_person(town.storage, town.slack.team_id, ADA, now=town.slack.calendar.now())
    town.settle()
    for table in ("plans", "goals", "goal_changes", "plan_shares"):
        assert rows(town)[table] == []
    answers(town, clicked(town, BEN, ids.OPEN_GOALS, partnership))
    assert "isn’t shared with you" in answer_to(town.slack, BEN)


def test_if_the_mentor_is_erased_the_plan_stays_and_is_shared_no_more(town: LocalBot) -> None:
    plan_shared(town)
    erase_person(town.storage, town.slack.team_id, BEN, now=town.slack.calendar.now())
    town.settle()
    assert rows(town)["plan_shares"] == []
    assert "Lead a team" in plan_of(Story(town), ADA)


@pytest.mark.parametrize("word", ["goals", "my plan", "goal", "idp"])
def test_words_for_it_lead_to_it(town: LocalBot, word: str) -> None:
    planner(town)
    story = Story(town)
    story.opens(ADA, lambda person: person.command(f"/mentor {word}"), ids.GOALS_VIEW)


def test_a_mentor_who_asks_for_goals_sees_what_is_shared(town: LocalBot) -> None:
    partnership = planned(town)
    ben = town.person(BEN)
    assert "No plan is shared with you" in ben.command("/mentor goals").messages[-1]["text"]
    story = Story(town)
    plan_of(story, ADA)
    story.clicks(ADA, ids.SHARE_PLAN, partnership)
    story.opens(BEN, lambda person: person.command("/mentor goals"), ids.GOALS_VIEW)
    assert LEAD.words in on_top(story, BEN)


def test_deleting_removes_it_whole(town: LocalBot) -> None:
    plan_shared(town)
    story = Story(town)
    plan_of(story, ADA)
    story.clicks(ADA, ids.DELETE_GOAL, GOAL_ID)
    assert LEAD.words not in on_top(story, ADA)
    story.clicks(ADA, ids.DELETE_PLAN)
    assert "Write where you stand" in on_top(story, ADA)
    for table in ("plans", "goals", "goal_changes", "plan_shares"):
        assert rows(town)[table] == []
    assert MET["notes"] not in str(rows(town)["drafts"])
