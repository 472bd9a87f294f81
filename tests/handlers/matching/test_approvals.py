"""A committee with ten minutes: many proposals are approved in a few clicks, and the special ones by themselves."""

from dataclasses import replace

import pytest

from mentoring.core.jobs import JobKind, ScheduledJob
from mentoring.core.outcome import Outcome
from mentoring.core.roles import ProgrammeRole, RoleGiven
from messages import ids
from sandbox.blocks import visible_texts
from sandbox.lookup import message_text
from tests.handlers.starting_points import ADA, BEN, CHI, DEE, applied, later, two_proposed
from tests.handlers.support import direct_messages, rows
from tests.journeys.story import Story, button_values
from tests.local_bot import OWNER, SECOND_OWNER, LocalBot
from tests.one_programme import programme_and_cohort

MENTEES, MENTORS = [f"U0E{n:02}" for n in range(30)], [f"U0R{n:02}" for n in range(30)]


@pytest.fixture
def story(town: LocalBot) -> Story:
    return Story(town)


def reads(story: Story, owner: str = OWNER) -> str:
    view = story.person(owner).view
    assert view is not None
    return "\n".join(visible_texts(view["blocks"]))


def opens_form(story: Story, owner: str = OWNER) -> None:
    story.opens(owner, lambda person: person.command("/mentor match"), ids.REVIEW_VIEW)
    story.opens(owner, lambda person: story._click(person, ids.APPROVE_SEVERAL), ids.APPROVALS_FORM)


def test_a_committee_of_one_approves_thirty_in_three_clicks(town: LocalBot, story: Story) -> None:
    applied(town, MENTEES, MENTORS)
    story.proposes(OWNER)
    before = len(town.slack.deliveries)
    opens_form(story)
    story.sends(OWNER, {})
    assert "You approved 30 proposals" in reads(story)
    pressed = [each.kind for each in list(town.slack.deliveries)[before:] if each.kind != "event"]
    assert pressed == ["command", "block_actions", "view_submission"]
    assert [row["approvals"] for row in rows(town)["matches"]] == [f'["{OWNER}"]'] * 30
    assert len(button_values(story.person(OWNER).view, ids.RELEASE)) == 1, "and they can be sent"


def test_a_committee_of_one_and_the_owner_approve_thirty_in_three_clicks_each(town: LocalBot, story: Story) -> None:
    with town.storage.begin(town.slack.team_id) as tx:
        tx.roles.give(RoleGiven(programme_and_cohort(tx)[0].id, ProgrammeRole.COMMITTEE, DEE, OWNER))
    applied(town, MENTEES, MENTORS)
    story.proposes(OWNER)
    for member in (DEE, OWNER):
        assert button_values(story.person(member).view, ids.RELEASE) == []
        before = len(town.slack.deliveries)
        opens_form(story, member)
        story.sends(member, {})
        pressed = [each.kind for each in list(town.slack.deliveries)[before:] if each.kind != "event"]
        assert pressed == ["command", "block_actions", "view_submission"]
    assert [row["approvals"] for row in rows(town)["matches"]] == [f'["{DEE}", "{OWNER}"]'] * 30
    assert len(button_values(story.person(OWNER).view, ids.RELEASE)) == 1, "and they can be sent, by the owner"
    assert button_values(story.person(DEE).view, ids.RELEASE) == []


def test_what_an_owner_unticks_stays_to_be_decided(two_owners: LocalBot) -> None:
    town, story = two_owners, Story(two_owners)
    kept = two_proposed(town)
    opens_form(story)
    (other,) = (row["id"] for row in rows(town)["matches"] if row["id"] != kept)
    story.sends(OWNER, {"proposals": [other]})
    assert {row["id"]: row["approvals"] for row in rows(town)["matches"]} == {other: f'["{OWNER}"]', kept: "[]"}
    assert "You approved 1 proposal.*" in reads(story)
    assert button_values(story.person(OWNER).view, ids.APPROVE) == [kept]


def test_special_proposals_are_listed_apart_and_approved_one_by_one(two_owners: LocalBot) -> None:
    town, story = two_owners, Story(two_owners)
    low = two_proposed(town)
    with town.storage.begin(town.slack.team_id) as tx:
        match = tx.matches.get(low)
        assert match
        tx.save(Outcome((replace(match, score=20, version=match.version + 1),)))
    story.opens(OWNER, lambda person: person.command("/mentor match"), ids.REVIEW_VIEW)
    assert button_values(story.person(OWNER).view, ids.APPROVE_SEVERAL) == [], "there are not several"
    story.leaves(OWNER)
    applied(town, ["U0EVE"], ["U0FRA"])
    story.opens(OWNER, lambda person: person.command("/mentor match"), ids.REVIEW_VIEW)
    story.clicks(OWNER, ids.PAIR_BY_HAND)
    story.sends(OWNER, {"mentee": "mentee-U0EVE", "mentor": "mentor-U0FRA"})
    story.leaves(OWNER)
    opens_form(story, SECOND_OWNER)
    assert "1 with a score below 43" in reads(story, SECOND_OWNER)
    story.sends(SECOND_OWNER, {})
    approved = {row["id"]: row["approvals"] for row in rows(town)["matches"]}
    assert approved.pop(low) == "[]"
    assert all(SECOND_OWNER in each for each in approved.values())


def test_what_has_changed_meanwhile_is_named_and_the_rest_is_approved(two_owners: LocalBot) -> None:
    town, story = two_owners, Story(two_owners)
    first = two_proposed(town)
    opens_form(story)
    story.opens(SECOND_OWNER, lambda person: person.command("/mentor match"), ids.REVIEW_VIEW)
    story.clicks(SECOND_OWNER, ids.REFUSE, first)
    story.sends(OWNER, {})
    said = reads(story)
    assert "You approved 1 proposal.*" in said
    assert "1 proposal was not approved" in said
    assert "This proposal has been rejected." in said


def test_a_form_without_a_tick_says_so_and_comes_back_as_it_was(two_owners: LocalBot) -> None:
    town, story = two_owners, Story(two_owners)
    two_proposed(town)
    opens_form(story)
    story.person(OWNER).fill({"proposals": []})
    sent = story.person(OWNER).submit()
    assert sent.errors == {"proposals": "Tick at least one proposal."}
    story.leaves(OWNER)
    opens_form(story)
    assert "We saved what you ticked last time." in reads(story)
    assert {row["approvals"] for row in rows(town)["matches"]} == {"[]"}


@pytest.mark.parametrize("person", [ADA, BEN, CHI, DEE])
def test_nobody_hears_of_an_approval(two_owners: LocalBot, person: str) -> None:
    town, story = two_owners, Story(two_owners)
    two_proposed(town)
    opens_form(story)
    story.sends(OWNER, {})
    assert direct_messages(town, person) == []


def about_approvals(town: LocalBot, owner: str) -> list[str]:
    return [str(one["text"]) for one in direct_messages(town, owner) if "your approval" in one["text"]]


def test_the_other_owner_hears_once_in_a_new_message_and_is_reminded_once(two_owners: LocalBot) -> None:
    town, story = two_owners, Story(two_owners)
    two_proposed(town)
    opens_form(story)
    story.sends(OWNER, {})
    assert about_approvals(town, SECOND_OWNER) == [], "more may be approved in this minute"
    later(town, minutes=31)
    assert about_approvals(town, SECOND_OWNER) == ["2 proposals need your approval"]
    assert "approved by" in message_text(direct_messages(town, SECOND_OWNER)[-1])
    later(town, days=8)
    assert about_approvals(town, SECOND_OWNER) == [
        "2 proposals need your approval",
        "2 proposals still need your approval",
    ]
    assert about_approvals(town, OWNER) == []
    story.leaves(OWNER)
    story.clicks(SECOND_OWNER, ids.OPEN_REVIEW)
    assert len(button_values(story.person(SECOND_OWNER).view, ids.APPROVE)) == 2


def test_an_owner_who_has_decided_by_then_hears_nothing(two_owners: LocalBot) -> None:
    town, story = two_owners, Story(two_owners)
    two_proposed(town)
    for owner in (OWNER, SECOND_OWNER):
        opens_form(story, owner)
        story.sends(owner, {})
    later(town, days=8)
    assert about_approvals(town, OWNER) == about_approvals(town, SECOND_OWNER) == []


def test_whoever_proposed_and_forgot_is_reminded_too(two_owners: LocalBot) -> None:
    two_proposed(two_owners)
    later(two_owners, days=2)
    assert about_approvals(two_owners, OWNER) == ["2 proposals still need your approval"]
    assert about_approvals(two_owners, SECOND_OWNER) == ["2 proposals still need your approval"]


def test_a_job_that_runs_twice_after_a_crash_says_it_once(two_owners: LocalBot) -> None:
    town, story = two_owners, Story(two_owners)
    two_proposed(town)
    opens_form(story)
    story.sends(OWNER, {})
    later(town, minutes=31)
    with town.storage.begin(town.slack.team_id) as tx:
        tx.save(
            Outcome(
                (
                    ScheduledJob(
                        next(row["key"] for row in rows(town)["scheduled_jobs"] if row["kind"] == "approvals-wanted"),
                        JobKind.APPROVALS_WANTED,
                        town.slack.calendar.now(),
                        SECOND_OWNER,
                        {"cohort": str(rows(town)["cohorts"][0]["id"])},
                    ),
                )
            )
        )
    later(town, minutes=2)
    assert about_approvals(town, SECOND_OWNER) == ["2 proposals need your approval"]
