"""A programme that runs already is taken over from a spreadsheet, and what comes next comes on the right day."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from messages.ids import IMPORT_LIST
from sandbox import Member
from tests.handlers.support import rows
from tests.journeys.story import Story, messages_of
from tests.local_bot import OWNER, LocalBot
from tests.local_bot import local_bot as open_town


class Case(NamedTuple):
    """A line of the spreadsheet without its two people, and what each of them receives until Christmas Eve."""

    line: str
    receives: tuple[tuple[str, str], ...]


MEET, CHECK_IN, SURVEY = "Have you met", "How is it going?", "has come to its agreed end"
CASES = (
    # Since their last meeting, four weeks.
    Case("2026-09-01,12,5,2026-11-12", (("2026-12-10", MEET),)),
    # Never met: the reminders of October and November are not made up for, and their rhythm goes on.
    Case("2026-09-01,12,,", (("2026-12-18", MEET),)),
    # A week old: the first and the second reminder are still to come.
    Case("2026-11-16,6,,", (("2026-11-26", MEET), ("2026-12-10", MEET))),
    # Three weeks old, met once: the first is over.
    Case("2026-11-02,6,1,2026-11-10", (("2026-11-26", MEET), ("2026-12-24", MEET))),
    Case("2026-11-02,6,2,2026-11-20", (("2026-12-24", MEET),)),
    # At its end, which is a Sunday.
    Case("2026-05-20,7,8,2026-11-01", (("2026-11-30", MEET), ("2026-12-21", SURVEY))),
    # Half a year old next week.
    Case("2026-06-01,12,4,2026-11-19", (("2026-12-01", CHECK_IN), ("2026-12-17", MEET))),
)
PAIRS = [(f"U0TEE{number:02}", f"U0TOR{number:02}", CASES[number % len(CASES)]) for number in range(20)]
PEOPLE = (
    Member(OWNER, "olga", "Olga Owner"),
    *(Member(user, user.lower(), f"Person {user[2:]}") for pair in PAIRS for user in pair[:2]),
)
SPREADSHEET = "\n".join(
    ["mentee,mentor,start,months,meetings,last meeting", *(f"{tee},{tor},{case.line}" for tee, tor, case in PAIRS)]
)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalBot]:
    folder: Path = tmp_path_factory.mktemp("taken-over")
    with open_town(folder, people=PEOPLE) as opened, opened.slack.calendar.paused():
        opened.slack.timeline = opened.bot
        opened.settle()
        opened.person(OWNER).share_file("pairs.csv", SPREADSHEET.encode())
        opened.settle()
        opened.person(OWNER).click(IMPORT_LIST)
        opened.settle()
        Story(opened).it_is("2026-12-24 18:00")
        yield opened


def test_twenty_pairs_are_there(town: LocalBot) -> None:
    found = rows(town)["partnerships"]
    assert {(row["mentee"], row["mentor"]) for row in found} == {(tee, tor) for tee, tor, _ in PAIRS}
    assert {row["state"] for row in found} == {"active"}


@pytest.mark.parametrize(("tee", "tor", "case"), PAIRS, ids=[tee for tee, _, _ in PAIRS])
def test_both_receive_what_is_to_come_on_its_day_and_nothing_late(
    town: LocalBot, tee: str, tor: str, case: Case
) -> None:
    for user in (tee, tor):
        first, *received = messages_of(town.slack, user)
        assert "is now here" in first["text"], "the two in one conversation, at once"
        days = [datetime.fromtimestamp(float(message["ts"]), UTC).date().isoformat() for message in received]
        assert [(day, text) for day, (_, text) in zip(days, case.receives, strict=True)] == list(case.receives)
        for message, (_, text) in zip(received, case.receives, strict=True):
            assert text in message["text"]
