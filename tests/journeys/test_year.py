"""What each person received in the course of a year, on their own clock; and nothing else reached them.

The year itself is told in `tests.journeys.year`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from messages.ids import LOG_MEETING, MEETING_FORM
from sandbox.lookup import message_text
from storage.notifications.outbox_statements import DeliveryState
from tests.journeys.story import ReceivedMessages, Story, button_values, lines, messages_of
from tests.journeys.year import (
    ADA,
    ASKS,
    BEN,
    BOSS,
    CHI,
    ELI,
    GUS,
    KIM,
    OFFERS,
    OLGA,
    OWNERS,
    PEOPLE,
    SAM,
    SECRET,
    is_weekly,
    live,
)
from tests.journeys.year_received import END, RECEIVED, end_of
from tests.load import MOST_FORMS, most_messages, most_within_a_year
from tests.local_bot import LocalBot
from tests.local_bot import local_bot as open_town


@dataclass(frozen=True)
class Lived:
    """The town at the end of the year, and the story that led there."""

    town: LocalBot
    story: Story


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lived]:
    folder: Path = tmp_path_factory.mktemp("year")
    with open_town(folder, people=PEOPLE, owners=OWNERS) as opened, opened.slack.calendar.paused():
        opened.slack.timeline = opened.bot
        opened.settle()
        story = Story(opened)
        live(story)
        yield Lived(opened, story)


@pytest.fixture(scope="module")
def town(lived: Lived) -> LocalBot:
    """The town at the end of the year."""
    return lived.town


@pytest.mark.parametrize("user", RECEIVED)
def test_each_received_this_at_these_hours_and_nothing_else(town: LocalBot, user: str) -> None:
    diary = ReceivedMessages(town.slack, PEOPLE, contact=OLGA).of(user, where=lambda message: not is_weekly(message))
    assert diary == lines(RECEIVED[user])


@pytest.mark.parametrize("user", [*ASKS, *OFFERS])
def test_nobody_who_takes_part_gets_too_many_messages_in_a_year(town: LocalBot, user: str) -> None:
    """Those in a group count for both."""
    with town.database() as tx:
        partnerships = tx.partnerships.of(user)
    moments = [_moment(message) for message in messages_of(town.slack, user)]
    assert most_within_a_year(moments) <= most_messages(len(partnerships))


@pytest.mark.parametrize("user", [*ASKS, *OFFERS])
def test_nobody_who_takes_part_is_asked_to_fill_in_too_many_forms_in_a_year(lived: Lived, user: str) -> None:
    forms = [form for form in lived.story.forms if form.user == user]
    logs = [form for form in forms if form.callback_id == MEETING_FORM]
    assert most_within_a_year([form.at for form in forms if form not in logs]) <= MOST_FORMS
    assert len(logs) == sum(author == user for author in lived.story.logged), "one for each meeting that they logged"


@pytest.mark.parametrize("user", RECEIVED)
def test_what_can_wait_comes_once_a_week_at_most(town: LocalBot, user: str) -> None:
    """A meeting that was logged, and the Mondays' status."""
    messages = [one for one in messages_of(town.slack, user) if is_weekly(one) or "logged a meeting" in one["text"]]
    days = [_moment(message).date() for message in messages]
    assert all(later - earlier >= timedelta(days=7) for earlier, later in pairwise(days))


def test_nobody_else_was_written_to(town: LocalBot) -> None:
    assert set(RECEIVED) == {member.id for member in PEOPLE} - {BOSS}
    assert town.person(BOSS).conversations() == []
    assert {ts for call in _posts(town) if (ts := call["channel"])} <= {
        place["id"] for user in RECEIVED for place in town.person(user).conversations()
    }


@pytest.mark.parametrize("owner", OWNERS)
def test_an_owner_reads_where_it_stands_on_every_monday_at_nine(town: LocalBot, owner: str) -> None:
    diary = ReceivedMessages(town.slack, PEOPLE, contact=OLGA).of(owner, where=is_weekly)
    first, last = date(2026, 11, 30), date(2028, 1, 31)
    mondays = [first + timedelta(weeks=week) for week in range((last - first).days // 7 + 1)]
    assert [line.split("  ")[0] for line in diary] == [f"{monday:%a %d %b %Y} 09:00" for monday in mondays]


@pytest.mark.parametrize(
    ("monday", "running", "met", "silent"),
    [
        ("2027-02-01", "3 active partnerships", "0 meetings", [(CHI, ELI, 26)]),
        ("2027-03-22", "3 active partnerships", "2 meetings", [(CHI, ELI, 75)]),
        ("2027-04-19", "4 active partnerships", "1 meeting", []),
        ("2027-08-02", "3 active partnerships", "0 meetings", [(KIM, ELI, 115), (CHI, GUS, 108)]),
        ("2028-01-31", "0 active partnerships", "0 meetings", []),
    ],
)
def test_the_owner_reads_who_does_not_meet_and_the_round_in_a_line(
    town: LocalBot, monday: str, running: str, met: str, silent: list[tuple[str, str, int]]
) -> None:
    status = _weekly_of(town, monday)
    assert f" · {running} · {met} logged this month" in status
    shown = [line for line in status.splitlines() if line.startswith("• <@")]
    assert [line.split(" have ")[0] for line in shown] == [
        f"• <@{mentee}> and <@{mentor}>" for mentee, mentor, _ in silent
    ]
    assert all(f"{days} days. I’ve reminded them." in line for line, (*_, days) in zip(shown, silent, strict=True))


def test_both_clock_changes_moved_what_they_received_by_an_hour_of_utc(town: LocalBot) -> None:
    """Nine in the morning before and after: New York from 14 March to 7 November, London from 28 March to 31 October,
    Kolkata never.
    """
    assert _hours_in_utc(town, SAM, "2027-03-08", "2027-03-15", "2027-11-01", "2027-11-08") == [14, 13, 13, 14]
    assert _hours_in_utc(town, OLGA, "2027-03-22", "2027-03-29", "2027-10-25", "2027-11-01") == [9, 8, 8, 9]
    assert _hours_in_utc(town, BEN, "2027-10-12", "2027-11-09") == [13, 14]
    assert _hours_in_utc(town, GUS, "2027-10-19", "2027-11-16") == [8, 9]
    assert _hours_in_utc(town, CHI, "2027-03-01", "2027-03-29", "2027-10-19", "2027-11-16") == [3, 3, 3, 3]


def test_the_two_meet_in_one_group_with_all_they_need_to_begin(town: LocalBot) -> None:
    (place,) = [place for place in town.person(ADA).conversations() if place["kind"] == "mpim"]
    (introduction,) = town.person(ADA).inbox(place["id"])
    assert {ADA, BEN} < set(place["members"])
    text = " ".join(message_text(introduction).split())
    for said in (
        f"<@{ADA}> is the mentee",
        f"<@{BEN}> is the mentor",
        "Career planning",
        f"What <@{ADA}> hopes for",
        "lasts until 6 January 2028",
        "twice in the first month, then at least once a month",
        "What stays between you",
        "I don’t read what you write here",
        f"<@{OLGA}>",
    ):
        assert said in text, said
    assert button_values(introduction, LOG_MEETING)


def test_what_was_said_in_confidence_reached_nobody(town: LocalBot) -> None:
    assert not [call for call in _posts(town) if SECRET in str(call)]
    shown = [view for user in OWNERS for view in town.person(user).views]
    assert SECRET not in str(shown)


def test_what_the_database_holds_in_the_end(town: LocalBot) -> None:
    with town.database() as tx:
        assert end_of(tx) == END
        assert set(tx.outbox.counts()) == {DeliveryState.SENT}


def _posts(town: LocalBot) -> list[Any]:
    return [call.args for call in town.slack.calls if call.method == "chat.postMessage"]


def _moment(message: dict[str, Any]) -> datetime:
    return datetime.fromtimestamp(float(message["ts"]), UTC)


def _weekly_of(town: LocalBot, monday: str) -> str:
    weeklies = [message for message in messages_of(town.slack, OLGA) if is_weekly(message)]
    (found,) = [message_text(message) for message in weeklies if _moment(message).date().isoformat() == monday]
    return found


def _hours_in_utc(town: LocalBot, user: str, *days: str) -> list[int]:
    """At which hour of UTC the first message of each day came."""
    moments = [_moment(message) for message in messages_of(town.slack, user)]
    return [next(moment.hour for moment in moments if moment.date().isoformat() == day) for day in days]
