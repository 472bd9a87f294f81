"""Owners whose account is closed are neither counted nor asked nor waited for, and the others hear of it."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from mentoring.core.outcome import NotificationKind
from mentoring.core.owners import present_among
from mentoring.core.people import AccountStatus
from messages.ids import (
    APPLICATION_FORM,
    APPROVE,
    HAND_OVER_FORM,
    OVERSEE,
    PAUSE_FORM,
    REMARK_FORM,
    REVIEW_VIEW,
    TELL_PROGRAMME,
    OversightAction,
)
from sandbox.blocks import visible_texts
from sandbox.lookup import message_text
from tests.handlers.requests import answers, clicked, typed_command
from tests.handlers.starting_points import applied, asked, introduced, later
from tests.handlers.support import direct_messages, post, rows
from tests.journeys.story import Story
from tests.local_bot import OWNER, SECOND_OWNER, LocalBot
from tests.local_bot import local_bot as open_town
from tests.mentoring.values import person
from tests.one_programme import programme_and_cohort

ADA, BEN, CHI = "U0ADA", "U0BEN", "U0CHI"


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    """A town with two owners, whom the bot knows."""
    with open_town(tmp_path, owners=(OWNER, SECOND_OWNER)) as opened:
        opened.knows(OWNER, SECOND_OWNER)
        yield Story(opened)


@pytest.fixture
def town(story: Story) -> LocalBot:
    assert isinstance(story.world, LocalBot)
    return story.world


def leaves(town: LocalBot, user: str) -> None:
    town.changes(user, deactivated=True)


def returns(town: LocalBot, user: str) -> None:
    town.changes(user, deactivated=False)


def notices(town: LocalBot, recipient: str) -> set[str]:
    return {row["kind"] for row in rows(town)["outbox"] if row["recipient"] == recipient}


def states(town: LocalBot) -> list[tuple[str, str, str]]:
    return sorted((row["mentee"], row["mentor"], row["state"]) for row in rows(town)["matches"])


def test_the_other_owner_hears_that_nothing_waits_for_them_and_decides_alone(town: LocalBot, story: Story) -> None:
    applied(town, [ADA], [BEN])
    story.proposes(OWNER)
    story.approves_all(OWNER)
    story.releases(OWNER)
    assert states(town) == [(ADA, BEN, "proposed")]  # the other one's approval is missing
    leaves(town, SECOND_OWNER)
    told = message_text(direct_messages(town, OWNER)[-1])
    assert "I no longer wait for their approval" in told
    assert "You’re the only owner left, so your approval is enough for a match." in told
    story.releases(OWNER)
    assert states(town) == [(ADA, BEN, "offered")]


def test_what_an_owner_approved_before_they_left_does_not_count_until_they_are_back(
    town: LocalBot, story: Story
) -> None:
    applied(town, [ADA], [BEN])
    story.proposes(OWNER)
    story.approves_all(SECOND_OWNER)
    leaves(town, SECOND_OWNER)
    story.releases(OWNER)
    assert states(town) == [(ADA, BEN, "proposed")]
    returns(town, SECOND_OWNER)
    story.approves_all(OWNER)
    story.releases(OWNER)
    assert states(town) == [(ADA, BEN, "offered")]


def test_the_last_owner_who_is_here_decides_on_their_own_match_like_an_only_owner(town: LocalBot, story: Story) -> None:
    applied(town, [ADA], [OWNER])
    story.proposes(SECOND_OWNER)
    leaves(town, SECOND_OWNER)
    story.approves_all(OWNER)
    story.releases(OWNER)
    assert states(town) == [(ADA, OWNER, "offered")]


def test_news_for_owners_goes_to_those_who_are_here(town: LocalBot, story: Story) -> None:
    asked(town, ADA, BEN)
    leaves(town, SECOND_OWNER)
    before = notices(town, SECOND_OWNER)
    story.declines(BEN)
    assert NotificationKind.OWNERS_OFFER_OVER in notices(town, OWNER)
    assert notices(town, SECOND_OWNER) == before


def test_an_owner_who_is_back_and_of_whom_slack_has_not_told_yet_may_act_and_counts(
    town: LocalBot, story: Story
) -> None:
    applied(town, [ADA], [BEN])
    story.proposes(OWNER)
    leaves(town, SECOND_OWNER)
    members = town.slack.workspace.members  # the event of their return is lost
    members[SECOND_OWNER] = replace(members[SECOND_OWNER], deactivated=False)
    story.opens(SECOND_OWNER, lambda one: one.command("/mentor match"), REVIEW_VIEW)
    story.clicks(SECOND_OWNER, APPROVE)
    assert SECOND_OWNER in rows(town)["matches"][0]["approvals"]


def test_an_owner_who_is_gone_is_not_told_and_not_said_to_be(town: LocalBot, story: Story) -> None:
    introduced(town, ADA, BEN)
    leaves(town, SECOND_OWNER)
    answers(town, clicked(town, ADA, TELL_PROGRAMME, ""))
    town.person(ADA).await_view(REMARK_FORM)
    town.person(ADA).fill({"remark": "A second room would help.", "remark_kind": "named"})
    assert town.person(ADA).submit().closed
    town.settle()
    said = message_text(direct_messages(town, OWNER)[-1])
    assert "A second room would help." in said
    assert "The other owners have it too." not in said
    assert NotificationKind.REMARK_MADE not in notices(town, SECOND_OWNER)


def test_such_an_owner_may_also_do_what_owners_do_for_two_people(town: LocalBot, story: Story) -> None:
    pair = introduced(town, ADA, BEN)
    leaves(town, SECOND_OWNER)
    members = town.slack.workspace.members
    members[SECOND_OWNER] = replace(members[SECOND_OWNER], deactivated=False)
    for action in (OversightAction.PAUSE, OversightAction.HAND_OVER):
        answers(town, clicked(town, SECOND_OWNER, OVERSEE, f"{action}:{pair}"))
        assert town.person(SECOND_OWNER).await_view()["callback_id"] in (PAUSE_FORM, HAND_OVER_FORM), action
        story.leaves(SECOND_OWNER)
    answers(town, clicked(town, SECOND_OWNER, OVERSEE, f"{OversightAction.ASK}:{pair}"))
    story.leaves(SECOND_OWNER)
    assert [row["by"] for row in rows(town)["oversight_requests"]] == [SECOND_OWNER]
    answers(town, clicked(town, SECOND_OWNER, OVERSEE, f"{OversightAction.PAUSE}:{pair}"))
    town.person(SECOND_OWNER).await_view(PAUSE_FORM)
    town.person(SECOND_OWNER).fill({"back_on": "2027-03-01"})
    assert town.person(SECOND_OWNER).submit().closed
    assert rows(town)["partnerships"][0]["paused_by"] == SECOND_OWNER


def test_with_nobody_here_all_owners_count_so_that_no_match_needs_no_approval() -> None:
    away = {user: person(user, AccountStatus.DEACTIVATED) for user in (OWNER, SECOND_OWNER)}
    assert present_among((OWNER, SECOND_OWNER), away) == (OWNER, SECOND_OWNER)
    assert present_among((OWNER, SECOND_OWNER), {OWNER: away[OWNER]}) == (SECOND_OWNER,)
    assert present_among((OWNER,), {}) == (OWNER,)


def test_a_contact_who_is_gone_is_not_named_in_messages(town: LocalBot, story: Story) -> None:
    with town.storage.begin(town.slack.team_id) as tx:
        programme, _ = programme_and_cohort(tx)
        assert programme.contact == OWNER
    leaves(town, OWNER)
    asked(town, ADA, BEN)
    assert "Questions? Ask the programme owners." in message_text(direct_messages(town, ADA)[-1])
    town.knows(ADA, CHI, "U0GUEST")
    for user, text in (
        (CHI, "help"),
        (CHI, "privacy"),
        (CHI, "report"),
        (CHI, "pause"),
        (CHI, "status"),
        (ADA, "status"),
    ):
        _, answer = post(town, typed_command(town, user, text))
        shown = json.dumps(answer)
        assert OWNER not in shown, text
        assert text == "status" or "the programme owners" in shown
    for user, text in ((CHI, "match"), ("U0GUEST", "request")):
        assert "ask the programme owners" in answers(town, typed_command(town, user, text))[0].lower()
    form = story.opens(CHI, lambda one: one.command("/mentor request"), APPLICATION_FORM)
    assert "Questions? Ask the programme owners." in "\n".join(visible_texts(form["blocks"]))
    _, answer = post(town, typed_command(town, SECOND_OWNER, "report"))
    assert "another programme owner, or the app admin" in json.dumps(answer)
    returns(town, OWNER)
    later(town, days=5)
    assert f"Questions? Ask <@{OWNER}>." in message_text(direct_messages(town, ADA)[-1])
