"""`mentor-bot match`: the proposals as a table, and for the operator their approval and release."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from mentoring.outcome import Outcome
from tests.bot.conftest import set_all, settings_of
from tests.handlers.beginnings import BOSS, applied, asked
from tests.handlers.support import direct_messages, rows
from tests.town import OWNER, PEOPLE, SECOND_OWNER, Town
from tests.town import town as open_town

ADA, BEN, CHI = "U0ADA", "U0BEN", "U0CHI"
OWNERS = (OWNER, SECOND_OWNER)


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    """The bot runs, for two owners, and what we set is its own."""
    with open_town(tmp_path, owners=OWNERS) as opened:
        variables = {
            **settings_of(opened.slack),
            "MENTOR_OWNERS": ",".join(OWNERS),
            "DATABASE_URL": f"sqlite:///{tmp_path}/mentor-bot.db",
            "COLUMNS": "200",
        }
        set_all(monkeypatch, variables)
        yield opened


def match(*more: str) -> Result:
    return CliRunner().invoke(main, ["match", *more])


def heard(town: Town, user: str) -> list[str]:
    town.settle()
    return [message["text"] for message in direct_messages(town, user)]


def test_it_shows_who_goes_with_whom_and_why_and_asks_nobody(town: Town) -> None:
    applied(town, [ADA], [BEN])
    result = match()
    assert result.exit_code == 0, result.output
    (row,) = [line for line in result.stdout.splitlines() if "Ada Adams" in line]
    for shown in ("Ben Brook", "Career planning", "3 hours", "64", "needs 2 more"):
        assert shown in row
    assert heard(town, ADA) == heard(town, BEN) == []
    assert [row["state"] for row in rows(town)["matches"]] == ["proposed"]


def test_nothing_confidential_is_printed(town: Town) -> None:
    applied(town, [ADA], [BEN])
    output = match().output
    assert "Only for the owners" not in output
    assert BOSS not in output


def test_the_operators_approval_is_recorded_as_such_told_to_the_owners_and_both_are_asked(town: Town) -> None:
    applied(town, [ADA], [BEN])
    result = match("--approve")
    assert result.exit_code == 0, result.output
    assert "Released 1." in result.stdout
    assert [(row["approvals"], row["state"]) for row in rows(town)["matches"]] == [('["operator"]', "offered")]
    decided = sorted((row["verdict"], row["by"], row["mentee"], row["mentor"]) for row in rows(town)["decisions"])
    assert decided == [("approved", "operator", ADA, BEN), ("released", "operator", ADA, BEN)]
    for owner in OWNERS:
        assert "Proposals were approved and released on the command line" in heard(town, owner)
    assert heard(town, ADA) == ["We have found a mentor for you"]
    assert heard(town, BEN) == ["We have found a mentee for you"]


def test_the_owners_are_not_called_to_a_desk_that_is_empty(town: Town) -> None:
    applied(town, [ADA], [BEN])
    match("--approve")
    for owner in OWNERS:
        assert not any(text.startswith("Matching") for text in heard(town, owner))


def test_twice_asks_nobody_twice(town: Town) -> None:
    applied(town, [ADA], [BEN])
    match("--approve")
    again = match("--approve")
    assert again.exit_code == 0
    assert heard(town, ADA) == ["We have found a mentor for you"]
    told = "Proposals were approved and released on the command line"
    assert [heard(town, owner).count(told) for owner in OWNERS] == [1, 1]


def test_who_is_asked_already_is_shown_as_such(town: Town) -> None:
    asked(town, ADA, BEN)
    (row,) = [line for line in match().stdout.splitlines() if "Ada Adams" in line]
    assert "asked" in row


@pytest.mark.parametrize("more", [[], ["--approve"]])
def test_with_nobody_to_match_it_says_so_in_a_sentence(town: Town, more: list[str]) -> None:
    applied(town, [ADA], [])
    result = match(*more)
    assert result.exit_code == 0
    (line,) = result.stdout.splitlines()
    assert "nobody to match" in line
    assert heard(town, OWNER) == ["You are an owner of the mentoring programme here"]


def test_a_closed_cohort_is_one_sentence(town: Town) -> None:
    applied(town, [ADA], [BEN])
    with town.storage.begin(town.slack.team_id) as tx:
        programme = tx.programmes.current()
        cohort = tx.cohorts.current(programme.id) if programme else None
        assert cohort is not None
        tx.keep(Outcome((replace(cohort, closed_on=cohort.opens_on),)))
    result = match("--approve")
    assert (result.exit_code, result.stdout) == (2, "")
    (line,) = result.stderr.splitlines()
    assert "The cohort is closed" in line
    assert rows(town)["matches"] == []


def test_without_a_programme_it_says_how_to_get_one(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MENTOR_OWNERS")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/another.db")
    result = match()
    assert (result.exit_code, result.stdout) == (2, "")
    (line,) = result.stderr.splitlines()
    assert "MENTOR_OWNERS" in line


def test_a_name_with_brackets_is_shown_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    people = [replace(one, name="Ada [/b] [bold]Adams") if one.id == ADA else one for one in PEOPLE]
    with open_town(tmp_path, people=people) as town:
        variables = {**settings_of(town.slack), "DATABASE_URL": f"sqlite:///{tmp_path}/mentor-bot.db", "COLUMNS": "200"}
        set_all(monkeypatch, variables)
        applied(town, [ADA], [BEN])
        assert "Ada [/b] [bold]Adams" in match().stdout
