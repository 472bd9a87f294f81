"""The page that sponsors get each month, told as a dated story in Slack."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from mentoring.core.outcome import Outcome
from mentoring.core.roles import ProgrammeRole
from mentoring.sponsor_page.sending import SponsorSentence
from messages import ids
from sandbox.lookup import message_text
from services.people import erase_person
from tests.handlers.requests import answers, clicked, typed_command
from tests.handlers.starting_points import ADA, applied, introduced, later
from tests.handlers.support import Json, direct_messages, rows
from tests.handlers.test_roles import MEMBER, given, names
from tests.journeys.story import Story
from tests.local_bot import OWNER, LocalBot
from tests.local_bot import local_bot as open_town

PAIRS = [(f"U0MEA{number}", f"U0MOR{number}") for number in range(3)]


@pytest.fixture
def town(tmp_path: Path) -> Iterator[LocalBot]:
    with open_town(tmp_path) as town:
        town.settle()
        town.knows(OWNER, MEMBER)
        yield town


def pages(town: LocalBot, user: str = MEMBER) -> list[Json]:
    return [each for each in direct_messages(town, user) if "Meetings in" in message_text(each)]


def meet(town: LocalBot, *days: str) -> None:
    """Three pairs are introduced, and the next day all of them log a meeting on each of the days."""
    for pair in PAIRS:
        introduced(town, *pair)
    later(town, days=1)
    for mentee, mentor in PAIRS:
        for day in days:
            Story(town).logs(mentee, mentor, day)


def opens(town: LocalBot, user: str = OWNER) -> Json:
    Story(town).leaves(user)
    answers(town, clicked(town, user, ids.OPEN_SPONSOR_PAGE))
    return town.person(user).await_view(ids.SPONSOR_PAGE_FORM)


def writes(town: LocalBot, **says: str) -> None:
    opens(town)
    town.person(OWNER).fill({"sentence": "", "sponsor_page": "on", **says})
    assert town.person(OWNER).submit().closed
    town.settle()


def test_a_sponsor_gets_one_page_a_month_with_the_owners_sentence(town: LocalBot) -> None:
    assert names(town, sponsors=[MEMBER]).closed  # 23 November
    applied(town, ["U0P1"])
    meet(town, "2026-11-23", "2026-11-24")
    assert "Tuesday 1 December 2026, about November 2026" in json.dumps(opens(town))
    writes(town, sentence="Three rooms would help.")
    later(town, days=9)  # 2 December
    (page,) = pages(town)
    said = message_text(page)
    assert page["text"].startswith("Mentoring programme in November 2026. People taking part: 7.")
    assert "Meetings in November 2026: 6" in said
    assert "Too few to show" in said, "nothing is completed yet"
    assert "Three rooms would help." in said
    for person in (*(each for pair in PAIRS for each in pair), OWNER):
        assert person not in said.replace(f"Ask <@{OWNER}>", "")
    later(town, days=35)  # 6 January
    assert [each["text"].split(".")[0] for each in pages(town)] == [
        "Mentoring programme in November 2026",
        "Mentoring programme in December 2026",
    ]
    assert "Three rooms" not in message_text(pages(town)[1])


def test_without_anything_to_show_nothing_comes(town: LocalBot) -> None:
    names(town, sponsors=[MEMBER])
    applied(town, [ADA])
    later(town, days=15)
    assert pages(town) == []


def test_owners_see_it_as_it_stands_and_turn_it_off(town: LocalBot) -> None:
    names(town, sponsors=[MEMBER])
    meet(town, "2026-11-23", "2026-11-24")
    assert answers(town, clicked(town, OWNER, ids.SEND_SPONSOR_PAGE)) == ["The page is on its way."]
    (shown,) = pages(town, OWNER)
    assert "Meetings in November 2026: 6" in message_text(shown)
    writes(town, sponsor_page="off")
    later(town, days=15)
    assert pages(town) == []
    assert "monthly page" not in json.dumps(figures(town))
    writes(town, sponsor_page="on")
    later(town, days=28)
    assert len(pages(town)) == 1


def figures(town: LocalBot) -> Json:
    answers(town, typed_command(town, MEMBER, "status"))
    return direct_messages(town, MEMBER)[-1]


def test_a_sponsor_stops_it_and_takes_it_up_again(town: LocalBot) -> None:
    names(town, sponsors=[MEMBER])
    meet(town, "2026-11-23", "2026-11-24")
    assert ids.STOP_SPONSOR_PAGE in json.dumps(figures(town))
    (said,) = answers(town, clicked(town, MEMBER, ids.STOP_SPONSOR_PAGE))
    assert "won’t send you the monthly page" in said
    later(town, days=15)
    assert pages(town) == []
    assert ids.RESUME_SPONSOR_PAGE in json.dumps(figures(town))
    assert "Stopped it for themselves" in json.dumps(opens(town))
    (said,) = answers(town, clicked(town, MEMBER, ids.RESUME_SPONSOR_PAGE))
    assert "first working day of each month" in said
    later(town, days=28)
    assert len(pages(town)) == 1


def test_the_message_of_the_week_before_asks_owners_for_a_sentence(town: LocalBot) -> None:
    names(town, sponsors=[MEMBER])
    applied(town, [ADA])
    later(town, days=8)
    (monday,) = [each for each in direct_messages(town, OWNER) if "this week" in each["text"]]
    assert "It goes out on Tuesday 1 December 2026. You can add a sentence." in message_text(monday)
    later(town, days=7)
    monday = [each for each in direct_messages(town, OWNER) if "this week" in each["text"]][-1]
    assert ids.OPEN_SPONSOR_PAGE not in json.dumps(monday)


def test_nobody_else_reads_writes_or_stops_it(town: LocalBot) -> None:
    given(town, ProgrammeRole.SPONSOR, MEMBER)
    for user, action in (
        (MEMBER, ids.OPEN_SPONSOR_PAGE),
        (MEMBER, ids.SEND_SPONSOR_PAGE),
        (ADA, ids.STOP_SPONSOR_PAGE),
        (OWNER, ids.RESUME_SPONSOR_PAGE),
    ):
        (refused,) = answers(town, clicked(town, user, action))
        assert "Only programme owners" in refused or not refused, "the same sentence again"
    assert rows(town)["sponsor_page_stops"] == []
    assert direct_messages(town, ADA) == []


def test_a_refused_sentence_is_kept_and_another_owners_is_not_overwritten(town: LocalBot) -> None:
    names(town, sponsors=[MEMBER])
    opens(town)
    with town.storage.begin(town.slack.team_id) as tx:
        ((programme, _),) = tx.programmes.all()
        tx.save(Outcome((SponsorSentence(programme.id, date(2026, 11, 1), "Theirs.", MEMBER),)))
    town.person(OWNER).fill({"sentence": "Mine.", "sponsor_page": "on"})
    refused = town.person(OWNER).submit()
    assert refused.errors or not refused.closed
    assert [row["words"] for row in rows(town)["sponsor_sentences"]] == ["Theirs."]
    assert "Mine." in json.dumps(opens(town))


def test_an_erased_sponsor_gets_no_page_and_leaves_no_choice(town: LocalBot) -> None:
    names(town, sponsors=[MEMBER])
    answers(town, clicked(town, MEMBER, ids.STOP_SPONSOR_PAGE))
    erase_person(town.storage, town.slack.team_id, MEMBER, now=town.slack.calendar.now())
    assert rows(town)["sponsor_page_stops"] == []
    assert not [row for row in rows(town)["scheduled_jobs"] if row["kind"] == "sponsor-page"]


def test_without_a_sponsor_owners_are_led_to_naming_one(town: LocalBot) -> None:
    assert ids.OPEN_OWNERS in json.dumps(opens(town))
