"""Two programmes that differ only in who ended, declined, paused, asked for help or wants no rematch read the same to
everybody else.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from mentoring.pauses.pause import PauseForm, pause
from messages import ids
from sandbox.lookup import message_text
from services.pauses import load_pause
from tests.handlers.requests import answers, clicked
from tests.handlers.starting_points import asked, introduced, later
from tests.handlers.support import direct_messages
from tests.journeys.story import Story
from tests.local_bot import OWNER, SECOND_OWNER, LocalBot
from tests.local_bot import local_bot as open_town
from tests.one_programme import replace_owners

ADA, BEN, CHI, DEE = "U0ADA", "U0BEN", "U0CHI", "U0DEE"
Act = Callable[[LocalBot, str], None]


def ends(town: LocalBot, who: str) -> None:
    introduced(town, ADA, BEN)
    later(town, days=1)
    Story(town).ends(who, _other(who))


def wants_no_rematch(town: LocalBot, who: str) -> None:
    introduced(town, ADA, BEN)
    later(town, days=1)
    Story(town).ends(ADA, BEN)
    Story(town).clicks(who, ids.NOT_AGAIN)


def declines(town: LocalBot, who: str) -> None:
    asked(town, ADA, BEN)
    Story(town).declines(who)


def pauses(town: LocalBot, who: str) -> None:
    pair = introduced(town, ADA, BEN)
    later(town, days=1)
    with town.storage.begin(town.slack.team_id) as tx:
        partnership = tx.partnerships.get(pair)
        assert partnership is not None
        context = load_pause(tx, partnership, town.slack.calendar.now())
        tx.save(pause(context, PauseForm(date(2027, 3, 15)), by=who, seen=1))
    town.settle()


def asks_for_help(town: LocalBot, who: str) -> None:
    introduced(town, ADA, BEN)
    later(town, days=1)
    answers(town, clicked(town, who, ids.ASK_FOR_HELP, ""))
    person = town.person(who)
    person.await_view(ids.CASE_FORM)
    person.fill({"case_contact": SECOND_OWNER, "case_words": "In confidence."})
    assert person.submit().closed
    town.settle()


def _other(who: str) -> str:
    return BEN if who == ADA else ADA


READERS: dict[Act, tuple[str, ...]] = {
    ends: (OWNER, SECOND_OWNER, CHI, DEE),
    wants_no_rematch: (OWNER, SECOND_OWNER, CHI, DEE),
    declines: (OWNER, SECOND_OWNER, CHI, DEE),
    pauses: (OWNER, SECOND_OWNER, CHI, DEE),
    asks_for_help: (OWNER, CHI, DEE),
}
"""Everybody else: not the two, and not the person who is asked for help."""


@pytest.mark.long
@pytest.mark.parametrize("act", READERS, ids=lambda act: act.__name__)
def test_who_of_the_two_decided_is_read_by_nobody_else(act: Act, tmp_path: Path) -> None:
    read = []
    for who in (ADA, BEN):
        (tmp_path / who).mkdir()
        with open_town(tmp_path / who) as town:
            town.knows(SECOND_OWNER)
            with town.storage.begin(town.slack.team_id) as tx:
                replace_owners(tx, (OWNER, SECOND_OWNER))
            act(town, who)
            introduced(town, CHI, DEE)
            later(town, days=1 if act is asks_for_help else 15)  # then a second person would be asked
            town.person(OWNER).command("/mentor status")
            town.settle()
            readers = READERS[act]
            read.append({each: [message_text(message) for message in direct_messages(town, each)] for each in readers})
    for each in read[0]:
        assert "\n".join(read[0][each]).splitlines() == "\n".join(read[1][each]).splitlines()
