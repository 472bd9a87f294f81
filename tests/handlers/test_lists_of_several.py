"""A list that an owner of several programmes drops: they are asked for which one it is, and it goes on from there."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from messages.ids import CHOOSE_LIST_PROGRAMME, IMPORT_LIST
from messages.in_programme import carry
from sandbox.blocks import visible_texts
from tests.handlers.requests import answers, clicked
from tests.handlers.starting_points import LIST, later
from tests.handlers.support import Json, buttons, direct_messages, rows
from tests.handlers.test_several_programmes import ADA, CHI, programme, start
from tests.local_bot import OWNER, LocalBot
from tests.local_bot import local_bot as open_town


@pytest.fixture
def town(tmp_path: Path) -> Iterator[LocalBot]:
    """The owner owns two programmes, "Mentoring programme" and "Chemistry"; Chi owns the second one, too."""
    with open_town(tmp_path) as town:
        town.settle()
        town.knows(ADA, "U0BOSS", CHI)
        start(town, "Chemistry", OWNER, CHI)
        yield town


def drops(town: LocalBot) -> Json:
    """The owner sends a list; what the bot answers."""
    before = len(direct_messages(town, OWNER))
    assert town.person(OWNER).share_file("list.csv", LIST).ok
    town.settle()
    (answer,) = direct_messages(town, OWNER)[before:]
    return answer


def value(town: LocalBot, name: str) -> str:
    (found,) = rows(town)["file_imports"]
    return carry(f"{found['id']}:{found['version']}", programme(town, name)[0].id)


def words(message: Json) -> str:
    return "\n".join(visible_texts(message))


def cohorts(town: LocalBot) -> list[str]:
    return [row["cohort_id"] for row in rows(town)["applications"]]


def test_an_owner_of_several_chooses_and_sees_what_it_would_change_there(town: LocalBot) -> None:
    asked = drops(town)
    assert asked["text"] == "Which programme is your file for?"
    assert "*Chemistry*" in words(asked)
    assert "*Mentoring programme*" in words(asked)
    assert rows(town)["file_imports"][0]["programme_id"] is None
    answers(town, clicked(town, OWNER, CHOOSE_LIST_PROGRAMME, value(town, "Chemistry")))
    question, preview = direct_messages(town, OWNER)[-2:]
    assert "Your file is for Chemistry" in words(question)
    assert CHOOSE_LIST_PROGRAMME not in buttons(question)
    assert IMPORT_LIST in buttons(preview)
    town.person(OWNER).click(IMPORT_LIST)
    town.settle()
    assert cohorts(town) == [programme(town, "Chemistry")[1].id]


def test_choosing_twice_or_another_one_later_changes_nothing(town: LocalBot) -> None:
    drops(town)
    chemistry, other = value(town, "Chemistry"), value(town, "Mentoring programme")
    answers(town, clicked(town, OWNER, CHOOSE_LIST_PROGRAMME, chemistry))
    for again in (chemistry, other):
        (said,) = answers(town, clicked(town, OWNER, CHOOSE_LIST_PROGRAMME, again))
        assert said == "" or "This button is out of date" in said
    (found,) = rows(town)["file_imports"]
    assert found["programme_id"] == programme(town, "Chemistry")[0].id
    assert sum(IMPORT_LIST in buttons(each) for each in direct_messages(town, OWNER)) == 1


def test_nobody_chooses_for_another_owner_or_for_a_programme_of_others(town: LocalBot) -> None:
    drops(town)
    (said,) = answers(town, clicked(town, CHI, CHOOSE_LIST_PROGRAMME, value(town, "Chemistry")))
    assert "Only programme owners" in said
    (said,) = answers(town, clicked(town, ADA, CHOOSE_LIST_PROGRAMME, value(town, "Chemistry")))
    assert "Only programme owners" in said
    assert rows(town)["file_imports"][0]["state"] == "unassigned"


def test_a_file_that_nobody_chose_a_programme_for_is_forgotten_after_a_day(town: LocalBot) -> None:
    drops(town)
    late = value(town, "Chemistry")
    later(town, days=2)
    town.bot.run_until_idle()
    town.settle()
    (found,) = rows(town)["file_imports"]
    assert found["state"] == "expired"
    question = next(each for each in direct_messages(town, OWNER) if "A day has passed" in words(each))
    assert CHOOSE_LIST_PROGRAMME not in buttons(question)
    (said,) = answers(town, clicked(town, OWNER, CHOOSE_LIST_PROGRAMME, late))
    assert "This button is out of date" in said


def test_the_question_comes_once_however_often_slack_tells_of_the_file(town: LocalBot) -> None:
    drops(town)
    sent = next(each for each in reversed(town.slack.deliveries) if each.kind == "event")
    town.slack.redeliver(sent)
    town.settle()
    assert len(rows(town)["file_imports"]) == 1


def test_an_owner_who_is_erased_leaves_no_file_behind(town: LocalBot) -> None:
    drops(town)
    with town.storage.begin(town.slack.team_id) as tx:
        tx.erasure.erase(OWNER, town.slack.calendar.now())
    assert rows(town)["file_imports"] == []
