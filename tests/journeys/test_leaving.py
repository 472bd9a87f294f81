"""Somebody leaves in the middle of it and comes back; and the app is removed for a month and installed again."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from mentoring.core.outcome import NotificationKind
from messages.ids import (
    ALL_PARTNERSHIPS_VIEW,
    ERASE_AGAIN_FORM,
    ERASE_FORM,
    OPEN_ALL_PARTNERSHIPS,
    OPEN_ERASURE,
    PARTNERSHIPS_VIEW,
    SEND_OWN_JSON,
)
from sandbox import ActionResult, Person
from sandbox.blocks import visible_texts
from sandbox.lookup import message_text
from storage.notifications.outbox_statements import DeliveryState
from tests.handlers.support import rows
from tests.journeys.story import ReceivedMessages, Story, lines, messages_of
from tests.journeys.year import ADA, ASKS, BEN, CHI, GUS, OFFERS, OLGA, PEOPLE, is_weekly
from tests.local_bot import LocalBot
from tests.local_bot import local_bot as open_town

MET = ("2027-01-15", "2027-01-26", "2027-02-16", "2027-03-09")

LEFT = {
    ADA: """
        Mon 15 Mar 2027 10:00  A partnership of yours is paused [Ben]
        Tue 27 Apr 2027 16:00  Ben is back
        Wed 28 Apr 2027 09:00  How is it going? A three-minute check-in [Ben]
    """,
    BEN: """
        Tue 27 Apr 2027 11:00  Welcome back [Ada]
        Wed 28 Apr 2027 09:00  How is it going? A three-minute check-in [Ada]
    """,
    OLGA: """
        Mon 15 Mar 2027 10:00  Ben’s Slack account was deactivated [Ada]
    """,
}
"""What each receives from the day on which Ben leaves; he is in New York and the two others in London. For Olga it can
wait that he is back: it comes on the next Monday, as a line of her status.
"""

ERASED = """
    Tue 02 Feb 2027 10:00  A partnership of yours has ended
"""
"""What Ben receives from the day on which Ada is erased."""

REMOVED = {
    ADA: "Wed 10 Feb 2027 11:00  Have you met Ben yet?",
    BEN: "Wed 10 Feb 2027 09:00  Have you met Ada yet?",
    CHI: "Wed 10 Feb 2027 16:30  A match has expired [Gus]",
    GUS: "Wed 10 Feb 2027 11:00  A match has expired [Chi]",
    OLGA: "Wed 10 Feb 2027 11:00  A match did not work out [Chi, Gus]",
}
"""What each receives on the day on which the app is back: of what fell in between, what still makes sense."""


@pytest.fixture
def town(tmp_path: Path) -> Iterator[LocalBot]:
    """Ada and Ben were introduced on 6 January 2027, for six months; Chi and Gus are asked and have not answered."""
    with open_town(tmp_path, people=PEOPLE, owners=(OLGA,)) as opened, opened.slack.calendar.paused():
        opened.slack.timeline = opened.bot
        opened.settle()
        story = Story(opened)
        story.it_is("2026-11-24 10:00")
        for user in (ADA, CHI):
            story.asks(user, {**ASKS[user], "months": "6", "wish": ""})
        for user in (BEN, GUS):
            story.volunteers(user, OFFERS[user])
        story.it_is("2027-01-04 15:00")
        story.proposes(OLGA)
        story.approves_all(OLGA)
        story.releases(OLGA)
        story.it_is("2027-01-06 15:00")
        story.accepts(ADA)
        story.accepts(BEN)
        yield opened


def _since(town: LocalBot, user: str, day: str) -> list[str]:
    """What a person received from the beginning of a day on, without the Mondays' status."""
    begin = datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()
    return ReceivedMessages(town.slack, PEOPLE, contact=OLGA).of(
        user, where=lambda message: float(message["ts"]) >= begin and not is_weekly(message)
    )


def test_a_mentor_leaves_and_comes_back(town: LocalBot) -> None:
    story = Story(town)
    for day in MET:
        story.it_is(f"{day} 15:00")
        story.logs(ADA, BEN, on=day)

    story.it_is("2027-03-15 10:00")
    town.changes(BEN, deactivated=True)
    story.it_is("2027-04-26 15:00")  # six weeks, in which the check-in of 6 April and a reminder fall
    assert _since(town, ADA, "2027-03-15") == lines(LEFT[ADA])[:1]
    assert _since(town, BEN, "2027-03-15") == []

    assert "have logged no" not in _monday(town)
    assert "1 partnership is paused because an account is deactivated" in _monday(town)
    view = story.opens(OLGA, _opens_all, ALL_PARTNERSHIPS_VIEW)
    assert "Paused since" in "\n".join(visible_texts(view["blocks"]))
    story.leaves(OLGA)
    view = story.opens(ADA, lambda person: person.command("/mentor status"), PARTNERSHIPS_VIEW)
    assert "Paused since" in "\n".join(visible_texts(view["blocks"]))
    story.leaves(ADA)

    story.it_is("2027-04-27 15:00")
    town.changes(BEN, deactivated=False)
    story.it_is("2027-05-03 15:00")
    for user, diary in LEFT.items():
        assert _since(town, user, "2027-03-15") == lines(diary)
    mondays = [f"{moment:%d %b}" for moment in map(_moment, messages_of(town.slack, OLGA)) if f"{moment:%a}" == "Mon"]
    statuses = [f"{_moment(message):%d %b}" for message in messages_of(town.slack, OLGA) if is_weekly(message)]
    assert set(mondays) - set(statuses) == {"23 Nov"}
    assert _monday(town).endswith(f"• <@{BEN}> is back. Their partnership with <@{ADA}> carries on.")


def test_the_app_is_removed_for_a_month_and_nothing_is_lost_or_comes_at_once(town: LocalBot) -> None:
    story = Story(town)
    story.it_is("2027-01-07 10:00")
    before = {user: len(messages_of(town.slack, user)) for user in REMOVED}
    town.slack.uninstall()
    story.it_is("2027-02-10 11:00")
    assert {user: len(messages_of(town.slack, user)) for user in REMOVED} == before

    town.slack.reinstall()
    town.restart()
    town.settle()
    town.slack.timeline = town.bot
    story.it_is("2027-02-11 08:00")
    for user, diary in REMOVED.items():
        assert _since(town, user, "2027-01-07T10:00") == lines(diary)

    story.it_is("2027-02-11 15:00")
    story.logs(ADA, BEN, on="2027-02-11")
    unsent = {row["kind"]: row["state"] for row in rows(town)["outbox"] if row["state"] != DeliveryState.SENT}
    assert unsent == {NotificationKind.OFFERS_RUNNING_OUT: DeliveryState.DROPPED}, "its match expired meanwhile"
    with town.database() as tx:
        assert len(tx.meetings.of([story.partnership_of(ADA, BEN)])) == 1


def test_a_mentee_reads_what_is_kept_and_is_erased(town: LocalBot) -> None:
    """Afterwards no message of the bot names them, not even to the owner, and nothing is sent to them any more."""
    story = Story(town)
    for day in MET[:2]:
        story.it_is(f"{day} 15:00")
        story.logs(ADA, BEN, on=day)

    story.it_is("2027-02-01 10:00")
    story.person(ADA).command("/mentor privacy")
    story.clicks(ADA, SEND_OWN_JSON)
    town.settle()
    (file,) = messages_of(town.slack, ADA)[-1]["files"]
    kept = json.loads(town.slack.workspace.files[file["id"]].data)["categories"]
    assert [each["met_on"] for each in kept["meetings"]["records"] if "met_on" in each] == list(MET[:2])

    story.it_is("2027-02-02 15:00")
    story.person(ADA).command("/mentor privacy")
    story.opens(ADA, lambda person: person.click(OPEN_ERASURE), ERASE_FORM)
    story.person(ADA).submit()
    story.person(ADA).await_view(ERASE_AGAIN_FORM)
    story.person(ADA).submit()
    town.settle()
    (introduction,) = messages_of(town.slack, ADA)
    assert "was about someone who has left" in message_text(introduction), "in the group of the two and the bot"
    assert file["id"] not in town.slack.workspace.files

    story.it_is("2027-05-03 15:00")
    assert messages_of(town.slack, ADA) == [introduction]
    for user in (BEN, CHI, GUS, OLGA):
        assert ADA not in str(messages_of(town.slack, user)), user
    assert _since(town, BEN, "2027-02-02") == lines(ERASED)
    with town.database() as tx:
        assert tx.slack_removals.count() <= 8, "the second look waits for real time"


def _moment(message: dict[str, Any]) -> datetime:
    return datetime.fromtimestamp(float(message["ts"]), UTC)


def _monday(town: LocalBot) -> str:
    """The last status that the owner had."""
    return message_text([message for message in messages_of(town.slack, OLGA) if is_weekly(message)][-1])


def _opens_all(owner: Person) -> ActionResult:
    """Under the last status there is a button for it."""
    places = [message for message in owner.inbox() if is_weekly(message)]
    return owner.click(OPEN_ALL_PARTNERSHIPS, message=places[-1])
