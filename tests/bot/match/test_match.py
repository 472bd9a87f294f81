"""`mentor-bot match`: the proposals as a table, and their approval and release by the app admin."""

import io
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from bot.match import MatchOptions
from bot.match import match as run
from bot.settings import read_settings
from mentoring.core.outcome import Outcome
from tests.bot.conftest import set_all, settings_of
from tests.bot.matching import ADA, BEN, CHI, DEE, OWNERS, heard, match, no_status_soon
from tests.handlers.starting_points import BOSS, applied, approved, asked
from tests.handlers.support import rows
from tests.local_bot import OWNER, PEOPLE, LocalBot
from tests.local_bot import local_bot as open_town
from tests.migrated import migrated
from tests.one_programme import the_programme


def test_it_shows_who_goes_with_whom_and_why_and_asks_nobody(town: LocalBot) -> None:
    applied(town, [ADA], [BEN])
    result = match()
    assert result.exit_code == 0, result.output
    (row,) = [line for line in result.stdout.splitlines() if "Ada Adams" in line]
    for shown in ("Ben Brook", "Career planning", "3 working hours", "64", "needs 2 approvals"):
        assert shown in row
    assert heard(town, ADA) == heard(town, BEN) == []
    assert [row["state"] for row in rows(town)["matches"]] == ["proposed"]


def test_nothing_confidential_is_printed(town: LocalBot) -> None:
    applied(town, [ADA], [BEN])
    output = match().output
    assert "Only for the owners" not in output
    assert BOSS not in output


def test_the_operators_approval_is_recorded_as_such_told_to_the_owners_and_both_are_asked(town: LocalBot) -> None:
    no_status_soon(town)
    applied(town, [ADA], [BEN])
    result = match("--approve")
    assert result.exit_code == 0, result.output
    assert "Sent 1 match." in result.stdout
    assert [(row["approvals"], row["state"]) for row in rows(town)["matches"]] == [('["operator"]', "offered")]
    decided = sorted((row["verdict"], row["by"], row["mentee"], row["mentor"]) for row in rows(town)["decisions"])
    assert decided == [("approved", "operator", ADA, BEN), ("released", "operator", ADA, BEN)]
    for owner in OWNERS:
        assert "The app admin sent matches" in heard(town, owner)
    assert heard(town, ADA) == ["We’ve found a mentor for you"]
    assert heard(town, BEN) == ["We’ve found a mentee for you"]


def test_who_has_nobody_is_told_by_the_command_line_as_by_an_owner_and_once(town: LocalBot) -> None:
    applied(town, [ADA, CHI], [BEN])
    assert "1 person is told that there is no match for them yet." in match("--approve").stdout
    told = sorted(heard(town, ADA) + heard(town, CHI))
    assert told == ["News about your application for a mentor", "We’ve found a mentor for you"]
    assert "told that there is no match" not in match("--approve").stdout
    assert sorted(heard(town, ADA) + heard(town, CHI)) == told


def test_the_owners_are_not_called_to_a_desk_that_is_empty(town: LocalBot) -> None:
    applied(town, [ADA], [BEN])
    match("--approve")
    for owner in OWNERS:
        assert not any(text.startswith("Matching") for text in heard(town, owner))


def test_twice_asks_nobody_twice(town: LocalBot) -> None:
    no_status_soon(town)
    applied(town, [ADA], [BEN])
    match("--approve")
    again = match("--approve")
    assert again.exit_code == 0
    assert heard(town, ADA) == ["We’ve found a mentor for you"]
    told = "The app admin sent matches"
    assert [heard(town, owner).count(told) for owner in OWNERS] == [1, 1]


def test_who_is_asked_already_is_shown_as_such(town: LocalBot) -> None:
    asked(town, ADA, BEN)
    (row,) = [line for line in match().stdout.splitlines() if "Ada Adams" in line]
    assert "waiting for answers" in row


@pytest.mark.parametrize("more", [[], ["--approve"]])
def test_with_nobody_to_match_it_says_so_in_a_sentence(town: LocalBot, more: list[str]) -> None:
    applied(town, [ADA], [])
    result = match(*more)
    assert result.exit_code == 0
    line, *left_out = result.stdout.splitlines()
    assert "There are no proposals" in line
    assert "  No mentor shares a topic: Ada Adams." in left_out
    assert heard(town, OWNER) == ["You’re an owner of the mentoring programme here"]


def test_a_closed_cohort_is_one_sentence(town: LocalBot) -> None:
    applied(town, [ADA], [BEN])
    with town.storage.begin(town.slack.team_id) as tx:
        programme = the_programme(tx)
        cohort = tx.cohorts.current(programme.id) if programme else None
        assert cohort is not None
        tx.save(Outcome((replace(cohort, closed_on=cohort.opens_on),)))
    result = match("--approve")
    assert (result.exit_code, result.stdout) == (2, "")
    (line,) = result.stderr.splitlines()
    assert "This round is closed" in line
    assert rows(town)["matches"] == []


def test_without_a_programme_it_says_how_to_get_one(
    town: LocalBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MENTOR_OWNERS")
    shutil.copy(migrated(), tmp_path / "another.db")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/another.db")
    result = match()
    assert (result.exit_code, result.stdout) == (2, "")
    (line,) = result.stderr.splitlines()
    assert "MENTOR_OWNERS" in line
    assert f"{tmp_path}/another.db" in line


def test_how_many_and_how_good_and_who_is_left_out_and_why_stands_below(town: LocalBot) -> None:
    applied(town, [ADA, CHI], [BEN])
    applied(town, [], [DEE], topics=("Job search",))
    lines = [line.strip() for line in match().stdout.splitlines()]
    assert "1 proposal, score 64 of 100." in lines
    assert "Mentees without a match, longest wait first: 1" in lines
    assert "Every suitable mentor is taken: Chi Chen." in lines
    assert "Mentors with free places, longest wait first: 1" in lines
    assert "No mentee shares a topic: Dee Dunn." in lines


def test_who_would_be_next_for_either_of_the_two_is_shown(town: LocalBot) -> None:
    applied(town, [ADA, CHI], [BEN])
    output = " ".join(match().stdout.split())
    assert "Next best for Ben Brook: Chi Chen (60)." in output


def test_a_dry_run_shows_what_would_change_keeps_nothing_and_tells_nobody(town: LocalBot) -> None:
    applied(town, [ADA], [BEN])
    town.settle()
    before = rows(town)
    output = match("--dry-run").stdout
    assert "1 new, 0 removed, 0 unchanged. This was a dry run: nothing was saved." in output
    assert rows(town) == before
    match()
    assert "0 new, 0 removed, 1 unchanged." in match("--dry-run").stdout
    with town.storage.begin(town.slack.team_id) as tx:
        ada = tx.applications.get(f"mentee-{ADA}")
        assert ada is not None
        tx.save(Outcome((replace(ada, topics=("Job search",), version=ada.version + 1),)))
    town.settle()
    before = rows(town)
    output = match("--dry-run").stdout
    assert "0 new, 1 removed, 0 unchanged." in output
    assert "Removed: Ada Adams and Ben Brook, 64 of 100." in output
    assert rows(town) == before


def test_a_dry_run_on_a_database_that_is_not_there_makes_none(
    town: LocalBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/another.db")
    assert match("--dry-run").exit_code == 2
    assert not (tmp_path / "another.db").exists()


def test_release_alone_asks_whom_the_owners_have_approved_and_proposes_nothing_new(town: LocalBot) -> None:
    approved(town)
    applied(town, [CHI], [DEE])
    result = match("--release")
    assert "Sent 1 match. The owners are told that you sent them." in result.stdout
    assert heard(town, ADA) == ["We’ve found a mentor for you"]
    assert [row["state"] for row in rows(town)["matches"]] == ["offered"]
    assert "There is nothing new to send." in match("--release").stdout


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--explain", ADA, BEN, "--dry-run"], "--explain cannot be combined"),
        (["--explain", ADA, BEN, "--csv", "-"], "--explain cannot be combined"),
        (["--decisions", "some.csv", "--csv", "-"], "one after the other"),
        (["--decisions", "some.csv", "--approve"], "line by line"),
        (["--approve", "--release"], "Use either --approve or --release"),
        (["--dry-run", "--approve"], "--dry-run cannot be combined"),
        (["--dry-run", "--release"], "--dry-run cannot be combined"),
    ],
)
def test_options_that_are_at_odds_are_said_to_be_and_nothing_is_done(
    town: LocalBot, options: list[str], said: str
) -> None:
    applied(town, [ADA], [BEN])
    result = match(*options)
    assert (result.exit_code, result.stdout) == (2, "")
    (line,) = result.stderr.splitlines()
    assert said in line
    assert rows(town)["matches"] == []


def test_nobody_reads_on_a_pipe_what_is_being_done(town: LocalBot) -> None:
    applied(town, [ADA], [BEN])
    result = match()
    assert result.stderr == ""
    assert "Matching" not in result.stdout


def test_on_a_terminal_it_says_how_much_there_is_to_do(town: LocalBot) -> None:
    applied(town, [ADA, CHI], [BEN])
    screen = io.StringIO()
    terminal = Console(file=screen, force_terminal=True, width=100)
    code = run(read_settings(), MatchOptions(), out=Console(file=io.StringIO()), aside=terminal)
    assert code == 0
    assert "Matching 2 mentees with 1 mentor" in screen.getvalue()


def test_a_name_with_brackets_is_shown_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    people = [replace(one, name="Ada [/b] [bold]Adams") if one.id == ADA else one for one in PEOPLE]
    with open_town(tmp_path, people=people) as town:
        variables = {**settings_of(town.slack), "DATABASE_URL": f"sqlite:///{tmp_path}/mentor-bot.db", "COLUMNS": "200"}
        set_all(monkeypatch, variables)
        applied(town, [ADA], [BEN])
        assert "Ada [/b] [bold]Adams" in match().stdout
