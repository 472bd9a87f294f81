"""Slack tells that somebody has changed: their name, their zone, or that they have left or are back."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from mentoring.core.people import AccountStatus, Person
from messages.ids import END_PARTNERSHIP
from sandbox.lookup import message_text
from tests.handlers.starting_points import asked, introduced, later
from tests.handlers.support import direct_messages, post, rows
from tests.journeys.story import Story, answer_to
from tests.local_bot import OWNER, LocalBot

ADA, BEN = "U0ADA", "U0BEN"
PAUSED = "A partnership of yours is paused"


def heard(town: LocalBot, user: str) -> list[str]:
    return [message["text"] for message in direct_messages(town, user)]


def known(town: LocalBot, user: str) -> Person:
    with town.database() as tx:
        return tx.people.get(user)


def test_a_new_zone_and_name_are_known_at_once_and_nobody_hears_of_it(town: LocalBot) -> None:
    introduced(town, ADA, BEN)
    already = heard(town, ADA)
    town.changes(BEN, time_zone="Asia/Kolkata", display_name="Benny")
    assert known(town, BEN) == Person(BEN, AccountStatus.MEMBER, "Benny", "Asia/Kolkata")
    assert heard(town, ADA) == already


def test_somebody_whom_we_do_not_deal_with_is_none_of_our_business(town: LocalBot) -> None:
    town.settle()
    before = rows(town)
    town.changes("U0CHI", deactivated=True)
    assert rows(town) == before


def test_when_somebody_leaves_their_partner_hears_it_kindly_and_the_owner_what_they_can_decide(town: LocalBot) -> None:
    introduced(town, ADA, BEN)
    already = heard(town, BEN)
    town.changes(BEN, deactivated=True)
    assert known(town, BEN).is_absent
    assert known(town, BEN).time_zone == "America/New_York"
    assert heard(town, ADA)[-1] == PAUSED
    assert heard(town, OWNER)[-1] == f"<@{BEN}>’s Slack account was deactivated"
    assert heard(town, BEN) == already


def test_the_same_event_again_tells_nothing_twice(town: LocalBot) -> None:
    introduced(town, ADA, BEN)
    town.changes(BEN, deactivated=True)
    town.slack.redeliver(town.told_of_people()[-1])
    town.settle()
    assert heard(town, ADA).count(PAUSED) == 1


def test_an_event_that_comes_after_a_newer_one_is_a_reason_to_ask(town: LocalBot) -> None:
    introduced(town, ADA, BEN)
    town.changes(BEN, deactivated=True)
    late = town.told_of_people()[-1].payload
    town.changes(BEN, deactivated=False)
    asked_before = _asked_about(town, BEN)
    assert post(town, late)[0] == 200
    town.settle()
    assert not known(town, BEN).is_absent
    assert _asked_about(town, BEN) == asked_before + 1
    assert heard(town, ADA).count(PAUSED) == 1


def test_an_event_without_a_time_is_taken_as_it_comes(town: LocalBot) -> None:
    introduced(town, ADA, BEN)
    town.changes(BEN, deactivated=True)
    odd = json.loads(json.dumps(town.told_of_people()[-1].payload))
    odd["event"]["event_ts"] = "soon"
    odd["event"]["user"]["deleted"] = False
    assert post(town, odd)[0] == 200
    assert known(town, BEN).account_status is AccountStatus.MEMBER


def test_the_owner_ends_it_from_the_message_in_two_clicks(town: LocalBot) -> None:
    introduced(town, ADA, BEN)
    town.changes(BEN, deactivated=True)
    already = heard(town, BEN)
    story = Story(town)
    story.clicks(OWNER, END_PARTNERSHIP)
    assert heard(town, ADA)[-1] == "A partnership of yours has ended"
    assert heard(town, BEN) == already
    story.clicks(ADA, END_PARTNERSHIP)
    assert answer_to(town.slack, ADA)
    assert [row["state"] for row in rows(town)["partnerships"]] == ["ended"]


def test_back_they_hear_what_has_become_of_it(town: LocalBot) -> None:
    introduced(town, ADA, BEN)
    town.changes(BEN, deactivated=True)
    Story(town).clicks(ADA, END_PARTNERSHIP)
    later(town, hours=6)  # when he is at work
    town.changes(BEN, deactivated=False)
    assert f"Your partnership with <@{ADA}> has ended." in message_text(direct_messages(town, BEN)[-1])
    assert heard(town, ADA)[-1] == "A partnership of yours has ended"


@pytest.mark.parametrize("leaver", [ADA, BEN])
def test_an_open_offer_is_over_without_a_word_of_who_it_was(town: LocalBot, leaver: str) -> None:
    asked(town, ADA, BEN)
    other = BEN if leaver == ADA else ADA
    already = heard(town, leaver)
    later(town, hours=6)  # when both are at work
    town.changes(leaver, deactivated=True)
    assert heard(town, other)[-1] == "A match did not work out this time"
    assert heard(town, OWNER)[-1] == "A match did not work out"
    assert heard(town, leaver) == already


def test_when_nobody_was_told_slack_is_asked_after_a_week_and_tells_it(town: LocalBot) -> None:
    """The event was missed: the bot was off."""
    introduced(town, ADA, BEN)
    with town.slack.workspace.lock:
        members = town.slack.workspace.members
        members[BEN] = replace(members[BEN], deactivated=True)
    town.slack.calendar.move_to(town.slack.calendar.now() + timedelta(days=7, hours=1))
    town.bot.run_until_idle()
    town.settle()
    assert known(town, BEN).is_absent
    assert heard(town, ADA)[-1] == PAUSED


def _asked_about(town: LocalBot, user: str) -> int:
    return sum(call.method == "users.info" and call.args["user"] == user for call in town.slack.calls)
