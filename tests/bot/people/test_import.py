"""`mentor-bot people import`: what the organisation's list says is kept, and each wrong line is named."""

import io
import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook
from rich.console import Console

from bot.cli import main
from bot.clocks import real_now
from bot.people.commands import import_people
from bot.settings import NO_PROGRAMME, read_settings
from mentoring.core.outcome import Outcome
from mentoring.core.people import StaffRecord
from mentoring.people.staff_check import StaffListCheck, check_staff, record_staff
from sandbox import Sandbox
from services import people as use_cases
from storage import Storage
from tests.bot.conftest import ROOT, set_all, settings_of
from tests.handlers.support import rows
from tests.local_bot import PEOPLE, REQUEST, LocalBot
from tests.local_bot import local_bot as open_town
from tests.one_programme import programme_and_cohort, the_programme

ADA, BEN, CHI, BOSS, GUEST = "U0ADA", "U0BEN", "U0CHI", "U0BOSS", "U0GUEST"
EXAMPLES = ROOT / "docs" / "examples"

WITH_ADDRESSES = [
    replace(one, email="" if one.is_bot else f"{one.handle}@club.example", handle=f"handle-{one.handle}")
    for one in PEOPLE
]
GOOD = """\
email,department,grade,manager,start date
ada@club.example,collections,Librarian,ben@club.example,2021-03-01
ben@club.example,Digital,Head,U0BOSS,
U0BOSS,,Head,,2010-01-11
"""
GOOD_RECORDS = {
    ADA: StaffRecord(ADA, "Collections", "Librarian", BEN, date(2021, 3, 1)),
    BEN: StaffRecord(BEN, "Digital", "Head", BOSS),
    BOSS: StaffRecord(BOSS, "", "Head", "", date(2010, 1, 11)),
}


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalBot]:
    """The bot runs, in a programme with departments and grades; people have addresses."""
    with open_town(tmp_path, people=WITH_ADDRESSES) as opened:
        with opened.storage.begin(opened.slack.team_id) as tx:
            programme = the_programme(tx)
            assert programme is not None
            changed = replace(
                programme,
                departments=("Collections", "Digital"),
                grades=("Librarian", "Head"),
                version=programme.version + 1,
            )
            tx.save(Outcome((changed,)))
        variables = {**settings_of(opened.slack), "DATABASE_URL": f"sqlite:///{tmp_path}/mentor-bot.db"}
        set_all(monkeypatch, variables)
        yield opened


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "people.csv"


@pytest.fixture
def bring(path: Path) -> Callable[..., Result]:
    def run(contents: str, *more: str) -> Result:
        path.write_text(contents, encoding="utf-8")
        return CliRunner().invoke(main, ["people", "import", str(path), *more])

    return run


def staff(town: LocalBot) -> dict[str, StaffRecord]:
    with town.database() as tx:
        return tx.staff.of(one.id for one in PEOPLE)


def test_what_the_list_says_is_kept_in_the_programmes_spelling(town: LocalBot, bring: Callable[..., Result]) -> None:
    result = bring(GOOD)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "3 new, 0 changed, 0 unchanged.\n"
    assert staff(town) == GOOD_RECORDS


def test_what_nobody_can_see_in_a_cell_does_not_matter(town: LocalBot, bring: Callable[..., Result]) -> None:
    unseen = GOOD.replace("\n", "\u200b\n").replace(",", "\u00a0,\ufeff").replace("club.", "\u2060club.")
    result = bring(f"\u200b{unseen}\u200b,\u00a0,\ufeff,,\n")
    assert result.stdout == "3 new, 0 changed, 0 unchanged.\n"
    assert staff(town) == GOOD_RECORDS


def test_a_workbook_of_excel_is_imported(town: LocalBot, tmp_path: Path) -> None:
    book, path = Workbook(), tmp_path / "people.xlsx"
    assert book.active is not None
    book.active.append(["Staff of the club"])
    for line in GOOD.splitlines():
        *cells, start = line.split(",")
        book.active.append([*cells, date.fromisoformat(start) if start[:1].isdigit() else start])
    book.save(path)
    result = CliRunner().invoke(main, ["people", "import", str(path)])
    assert result.stdout == "3 new, 0 changed, 0 unchanged.\n"
    assert staff(town) == GOOD_RECORDS


def test_each_date_that_is_refused_says_what_it_is(town: LocalBot, bring: Callable[..., Result]) -> None:
    result = bring(
        "person,start date\nU0ADA,31-Jan-2020\nU0BEN,2020/01/31\nU0CHI,20200131\nU0BOSS,31-Jan-20\nU0DEE,43861\n"
        "U0GUEST,2020-02-30\nU0OWNER,2020-01-31 09:00\n"
    )
    assert result.stdout.splitlines() == [
        "Line 5, start date: the year has only two digits. Write year, month and day, such as 2020-01-31.",
        "Line 6, start date: a number, as spreadsheets count days. Format the column as a date. Write year, month and "
        "day, such as 2020-01-31.",
        "Line 7, start date: there is no such day. Write year, month and day, such as 2020-01-31.",
        "Line 8, start date: a date with a time of day. Write year, month and day, such as 2020-01-31.",
        "3 new, 0 changed, 0 unchanged. 4 lines with errors, not saved.",
    ]
    assert {record.started_on for record in staff(town).values()} == {date(2020, 1, 31)}


def test_a_long_cell_is_repeated_in_short(town: LocalBot, bring: Callable[..., Result]) -> None:
    result = bring(f"person,department\nU0ADA,{'word ' * 40_000}\n")
    assert len(result.stdout) < 600
    assert "word word…” is not a department" in result.stdout


def test_a_second_import_updates_and_only_what_its_columns_say(town: LocalBot, bring: Callable[..., Result]) -> None:
    bring(GOOD)
    result = bring("Slack ID,grade,manager\nU0ADA,Head,\nU0BEN,Head,U0BOSS\nU0CHI,Librarian,U0ADA\n")
    assert result.stdout == "1 new, 1 changed, 1 unchanged.\n"
    assert staff(town) == {
        **GOOD_RECORDS,
        ADA: replace(GOOD_RECORDS[ADA], grade="Head", manager=""),
        CHI: StaffRecord(CHI, "", "Librarian", ADA),
    }


def test_wrong_lines_are_named_and_change_nothing_and_the_others_are_kept(
    town: LocalBot, bring: Callable[..., Result]
) -> None:
    result = bring(
        "email,department,grade,manager,start date\n"
        "ada@club.example,Finance,Librarian,,\n"
        "ben@club.example,Digital,Head,ben@club.example,2030-01-01\n"
        "typo@club.example,Digital,,,\n"
        "boss@club.example,,Head,,31.12.2010\n"
        "chi@club.example,Digital,Librarian,,\n"
        "dee@club.example,Digital\n"
        "gil@club.example,finance,Trainee,nobody@club.example,\n"
    )
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "Line 2, department: “Finance” is not a department of the programme. Its departments: Collections and Digital.",
        "Line 3, manager: this is the same person. Name their manager, or leave it empty.",
        "Line 3, start date: this date is in the future. Correct it, or leave it empty.",
        "Line 4, person: no one in Slack has this address or id. Correct it, or delete the line.",
        "Line 5, start date: this may be day and month, or month and day. Write year, month and day, such as "
        "2020-01-31.",
        "Line 7: 2 cells, but 5 columns. Put quotation marks around a cell that contains the separator, or add the "
        "empty cells that are missing.",
        "Line 8, department: “finance” is not a department of the programme. Its departments: Collections and Digital.",
        "Line 8, grade: “Trainee” is not a grade of the programme. Its grades: Librarian and Head.",
        "Line 8, manager: no one in Slack has this address or id, and no line names their manager. Correct it, add a "
        "line for them, or name the next manager up.",
        "Departments that the programme does not have: Finance (2 lines). To use them, ask an owner to add them in "
        "Slack: /mentor setup, “Change” beside Departments and Grades. Then import the file again.",
        "Grades that the programme does not have: Trainee (1 line). To use them, ask an owner to add them in Slack: "
        "/mentor setup, “Change” beside Departments and Grades. Then import the file again.",
        "1 new, 0 changed, 0 unchanged. 6 lines with errors, not saved.",
    ]
    assert staff(town) == {CHI: StaffRecord(CHI, "Digital", "Librarian")}


def test_a_line_that_was_right_before_and_is_wrong_now_leaves_the_record_as_it_was(
    town: LocalBot, bring: Callable[..., Result]
) -> None:
    bring(GOOD)
    assert bring(GOOD.replace("collections", "Cellar")).exit_code == 1
    assert staff(town) == GOOD_RECORDS


def test_a_dry_run_says_the_same_and_changes_nothing(town: LocalBot, bring: Callable[..., Result]) -> None:
    bring("person,grade\nU0ADA,Head\n")
    before = rows(town)
    result = bring(f"{GOOD}typo@club.example,,,,\n", "--dry-run")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "Line 5, person: no one in Slack has this address or id. Correct it, or delete the line.",
        "Result: 2 new, 1 changed, 0 unchanged. 1 line with an error. This was a dry run: nothing was saved.",
    ]
    assert rows(town) == before


def test_managers_who_are_not_in_slack_are_passed_over(town: LocalBot, bring: Callable[..., Result]) -> None:
    result = bring("email,manager\nada@club.example,shy@club.example\nshy@club.example,boss@club.example\n")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "1 person is not in Slack or erased (line 3). Nothing is stored about them. The people below them are stored "
        "as below the next manager up.",
        "1 new, 0 changed, 0 unchanged.",
    ]
    assert staff(town) == {ADA: StaffRecord(ADA, manager=BOSS)}


def test_a_circle_is_said_in_each_of_its_lines(town: LocalBot, bring: Callable[..., Result]) -> None:
    result = bring("person,manager\nU0ADA,U0BEN\nU0BEN,U0ADA\nU0CHI,U0ADA\n")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[:2] == [
        f"Line {number}, manager: the managers form a circle through lines 2 and 3. Correct one of them."
        for number in (2, 3)
    ]
    assert staff(town) == {CHI: StaffRecord(CHI, manager=ADA)}


def test_guests_bots_and_columns_that_are_not_read_are_mentioned(town: LocalBot, bring: Callable[..., Result]) -> None:
    result = bring("Name,person,grade\nGil,U0GUEST,Head\nSome,U0ROBOT,\nGus,U0GONE,Head\n")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "1 guest (line 2), saved like everyone else.",
        "1 bot (line 3), saved like everyone else.",
        "1 deactivated account (line 4), saved like everyone else.",
        "Columns not used: “Name”.",
        "3 new, 0 changed, 0 unchanged.",
    ]


@pytest.mark.parametrize("crowd", [0, 60])
def test_no_address_is_kept_shown_or_logged(
    town: LocalBot, bring: Callable[..., Result], tmp_path: Path, caplog: pytest.LogCaptureFixture, crowd: int
) -> None:
    caplog.set_level(logging.DEBUG)
    more = "".join(f"nobody{number}@club.example,,,,\n" for number in range(crowd))
    result = bring(GOOD + "typo@club.example,,,typo2@club.example,\n" + more)
    assert result.exit_code == 1
    assert "club.example" not in result.output
    said = [one for one in caplog.records if one.levelno >= logging.WARNING or not one.name.startswith("slack_sdk")]
    assert "club.example" not in "".join(record.getMessage() for record in said)
    kept = b"".join(file.read_bytes() for file in sorted(tmp_path.glob("mentor-bot.db*")))
    assert b"club.example" not in kept
    assert staff(town) == GOOD_RECORDS


def test_somebody_who_was_erased_stays_erased(town: LocalBot, bring: Callable[..., Result], tmp_path: Path) -> None:
    assert CliRunner().invoke(main, ["people", "forget", BEN, "--yes"]).exit_code == 0
    result = bring(GOOD + "chi@club.example,,,,\n")
    assert (result.exit_code, staff(town)[ADA].manager) == (0, BOSS)
    assert "1 person is not in Slack or erased (line 3)" in result.stdout
    assert BEN not in staff(town)
    result = bring("person,grade\nU0BEN,Head\n")
    assert result.exit_code == 1
    assert "Line 2, person: this person was erased" in result.stdout


def test_somebody_who_is_erased_while_the_list_is_kept_stays_erased(
    town: LocalBot, bring: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    checks: list[StaffListCheck] = []

    def erasing(*lines: Any, **facts: Any) -> Any:
        found = check_staff(*lines, **facts)
        if not checks:
            with town.storage.begin(town.slack.team_id) as tx:
                tx.erasure.erase(BEN, real_now())
        checks.append(found)
        return found

    monkeypatch.setattr(use_cases, "check_staff", erasing)
    monkeypatch.setattr(use_cases, "BATCH_SIZE", 1)
    result = bring("person,manager\nU0CHI,\n" + "U0ADA,U0BEN\nU0BEN,U0BOSS\n")
    assert (result.exit_code, len(checks)) == (0, 2)
    assert result.stdout.endswith("2 new, 0 changed, 0 unchanged.\n")
    assert staff(town) == {ADA: StaffRecord(ADA, manager=BOSS), CHI: StaffRecord(CHI)}


class Killed(BaseException):
    """The process is no more."""


def test_after_a_crash_what_was_kept_stays_and_running_it_again_goes_on(
    town: LocalBot, bring: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = []

    def crashing(*facts: Any) -> Any:
        kept.append(facts)
        if len(kept) == 3:
            raise Killed
        return record_staff(*facts)

    monkeypatch.setattr(use_cases, "BATCH_SIZE", 1)
    with monkeypatch.context() as dying:
        dying.setattr(use_cases, "record_staff", crashing)
        with pytest.raises(Killed):
            bring(GOOD)
    assert set(staff(town)) == {ADA, BEN}
    assert bring(GOOD).stdout == "1 new, 0 changed, 2 unchanged.\n"
    assert staff(town) == GOOD_RECORDS


def test_a_line_that_cannot_be_kept_costs_no_other_line(
    town: LocalBot, bring: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaking(updates: Any, before: Any) -> Any:
        if any(update.person == BEN for update in updates):
            raise KeyError("ben@club.example")
        return record_staff(updates, before)

    monkeypatch.setattr(use_cases, "record_staff", breaking)
    result = bring(GOOD)
    assert result.exit_code == 1
    assert "Line 3: it could not be saved, sorry. The log says more under the reference " in result.output
    assert "2 new, 0 changed, 0 unchanged. 1 line with an error, not saved." in result.output
    assert staff(town) == {person: record for person, record in GOOD_RECORDS.items() if person != BEN}
    assert f"Reference {result.stdout.split('reference ')[1][:7]}: KeyError" in result.stderr
    assert "ben@club.example" not in result.output


def test_the_bot_goes_on_beside_it(town: LocalBot, bring: Callable[..., Result]) -> None:
    assert bring(GOOD).exit_code == 0
    town.apply(ADA, "/mentor request", {**REQUEST, "department": "Digital", "grade": "Librarian"})
    assert [row["person"] for row in rows(town)["applications"]] == [ADA]


def test_how_far_it_is_shows_on_a_terminal_alone(town: LocalBot, path: Path, bring: Callable[..., Result]) -> None:
    assert bring(GOOD).stderr == ""
    screen = io.StringIO()
    console = Console(file=screen, force_terminal=True, width=80)
    assert import_people(read_settings(), path, None, dry_run=False, console=console)
    assert "Asking Slack" in screen.getvalue()
    assert "Saving" in screen.getvalue()


@pytest.mark.parametrize("name", ["people.csv", "people-with-semicolons.csv"])
def test_the_examples_in_the_documents_are_right(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    from bot.demo.cast import PEOPLE as CAST

    cast = [replace(one, email=f"{one.handle}@library.example") for one in CAST]
    with open_town(tmp_path, people=cast, owners=("U0NORA",)) as town:
        with town.storage.begin(town.slack.team_id) as tx:
            programme = the_programme(tx)
            assert programme is not None
            departments = ("Collections", "Digital", "Public services", "Conservation")
            grades = ("Assistant", "Librarian", "Senior librarian", "Head of department", "Director")
            tx.save(Outcome((replace(programme, departments=departments, grades=grades, version=2),)))
        set_all(monkeypatch, {**settings_of(town.slack), "DATABASE_URL": f"sqlite:///{tmp_path}/mentor-bot.db"})
        result = CliRunner().invoke(main, ["people", "import", str(EXAMPLES / name)])
        assert result.exit_code == 0, result.output
        assert result.stdout.endswith("7 new, 0 changed, 0 unchanged.\n")
        with town.database() as tx:
            assert [record.manager for record in tx.staff.upwards([ADA]).values()] == ["U0EMIL", "U0JUNE", ""]


def refused(result: Result) -> str:
    """What one sentence says to mend."""
    assert (result.exit_code, result.stdout) == (2, "")
    (line,) = result.stderr.splitlines()
    return str(line)


def test_a_file_that_cannot_be_used_is_one_sentence(town: LocalBot, bring: Callable[..., Result]) -> None:
    assert "The first line of the file" in refused(bring("name\nAda\n"))
    missing = CliRunner().invoke(main, ["people", "import", "nowhere.csv"])
    assert missing.exit_code == 2
    assert "nowhere.csv" in missing.stderr


def test_a_token_without_the_scope_is_refused_where_there_are_addresses(
    town: LocalBot, bring: Callable[..., Result], slack_without_addresses: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_all(monkeypatch, settings_of(slack_without_addresses))
    sentence = refused(bring(GOOD))
    assert "users:read.email" in sentence
    assert "Slack ids" in sentence
    assert bring("person,grade\nU0ADA,Head\n").exit_code == 0


@pytest.fixture
def slack_without_addresses() -> Iterator[Sandbox]:
    from bot.manifest import manifest

    made = manifest()
    made["oauth_config"]["scopes"]["bot"].remove("users:read.email")
    with Sandbox(made, PEOPLE, rate_limits=False) as slack:
        yield slack


def test_another_workspace_than_the_tokens_is_refused(
    town: LocalBot, bring: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "T0NEVER" in refused(bring(GOOD, "--workspace", "T0NEVER"))
    with town.storage.begin("T0OTHER") as tx:
        assert the_programme(tx) is None
    assert "--workspace" in refused(bring(GOOD))
    assert NO_PROGRAMME in refused(bring(GOOD, "--workspace", "T0OTHER"))
    assert bring(GOOD, "--workspace", town.slack.team_id).exit_code == 0
    with town.storage.begin("T0OTHER") as tx, town.storage.read(town.slack.team_id) as here:
        programme, cohort = programme_and_cohort(here)
        tx.save(Outcome((replace(programme, version=1), cohort)))
    assert "is for the workspace" in refused(bring(GOOD, "--workspace", "T0OTHER"))


def test_without_a_programme_it_says_how_to_get_one(
    town: LocalBot, bring: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage = Storage(f"sqlite:///{tmp_path}/another.db")
    storage.migrate()
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/another.db")
    assert "DATABASE_URL" in refused(bring(GOOD))
    with storage.begin(town.slack.team_id):
        pass
    storage.close()
    assert NO_PROGRAMME in refused(bring(GOOD))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/nowhere.db")
    assert "no such file" in refused(bring(GOOD))
    assert not (tmp_path / "nowhere.db").exists()


def test_without_a_token_or_slack_it_is_one_sentence(
    town: LocalBot, bring: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_API_URL", "http://127.0.0.1:9/api/")
    away = bring(GOOD)
    assert (away.exit_code, away.stdout) == (1, "")
    assert "cannot be reached" in away.stderr
    monkeypatch.delenv("SLACK_BOT_TOKEN")
    assert "SLACK_BOT_TOKEN" in refused(bring(GOOD))
    assert staff(town) == {}
