"""`mentor-bot programme`: files are exported, checked and imported, and what goes wrong changes nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.programmes import commands, file_access
from bot.programmes.templates import template_names
from mentoring.core.lengths import Length
from mentoring.core.outcome import NotificationKind, Outcome
from mentoring.core.owners import OPERATOR
from mentoring.core.programmes import Cohort, Programme
from mentoring.core.roles import ProgrammeRole, RoleGiven
from mentoring.programmes.cohorts import close_cohort
from sandbox.lookup import message_text
from tests.bot.conftest import set_all, settings_of
from tests.handlers.support import direct_messages, rows
from tests.local_bot import OWNER, REQUEST, SECOND_OWNER, START, LocalBot, local_bot
from tests.one_programme import programme_and_cohort

Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    for module in (commands, file_access):
        monkeypatch.setattr(module, "real_now", lambda: START)

    def command(*arguments: str, answer: str = "") -> Result:
        return CliRunner().invoke(main, ["programme", *arguments], input=answer)

    return command


@pytest.fixture
def file(town: LocalBot, run: Run, tmp_path: Path) -> Path:
    """The programme of the town, exported."""
    path = tmp_path / "ours.yml"
    result = run("export", str(path))
    assert (result.exit_code, result.output) == (0, f"Wrote “Mentoring programme” to {path}.\n")
    return path


def stored(town: LocalBot) -> tuple[Programme, Cohort]:
    with town.database() as tx:
        return programme_and_cohort(tx)


def edit(path: Path, *changes: tuple[str, str]) -> None:
    text = path.read_bytes().decode()
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    path.write_bytes(text.encode())


def told(town: LocalBot) -> list[tuple[str, str]]:
    changed = [row for row in rows(town)["outbox"] if row["kind"] == NotificationKind.PROGRAMME_CHANGED]
    return sorted((row["recipient"], str(row["refs"])) for row in changed)


def test_a_change_is_shown_asked_about_saved_and_told(town: LocalBot, run: Run, file: Path) -> None:
    edit(
        file,
        ('purpose: ""', "purpose: To grow.  # agreed in May"),
        ("apply_by: 2026-12-21", "apply_by: 2026-12-28"),
        ("    - Job search\n", "    - Leadership\n"),
        ("topics: 40", "topics: 80"),
    )
    before = stored(town)
    dry = run("import", str(file), "--dry-run")
    assert (dry.exit_code, dry.stdout.splitlines()[-1]) == (0, "This was a dry run: nothing was saved.")
    asked = run("import", str(file), answer="n\n")
    assert asked.exit_code == 1
    assert asked.stdout.splitlines()[:5] == [
        "“Mentoring programme”: 4 settings change.",
        "  purpose: (empty) → To grow.",
        "  round.apply_by: 2026-12-21 → 2026-12-28",
        "  forms.topics: − Job search, + Leadership",
        "  weights.topics: 40 → 80",
    ]
    assert (stored(town), told(town)) == (before, [])
    saved = run("import", str(file), "--yes")
    assert saved.exit_code == 0
    assert saved.stdout.endswith(
        "  weights.topics: 40 → 80\nSaved. The owners read of it in Slack, at the latest with their weekly status.\n"
    )
    programme, cohort = stored(town)
    assert (programme.purpose, programme.weights.topics, cohort.apply_by) == ("To grow.", 80, date(2026, 12, 28))
    assert (programme.version, programme.changed_by) == (before[0].version + 1, OPERATOR)
    assert [recipient for recipient, _ in told(town)] == [OWNER, SECOND_OWNER]
    assert "basics,choices,matching,dates" in told(town)[0][1]
    for _ in range(2):
        town.person(SECOND_OWNER).say("hello")
        town.settle()
    messages = [message_text(each) for each in direct_messages(town, SECOND_OWNER)]
    assert any("The app admin changed the basics of the programme" in each for each in messages)
    deadlines = [row for row in rows(town)["scheduled_jobs"] if row["kind"] == "applications-closed"]
    assert [str(row["due"])[:10] for row in deadlines] == ["2026-12-28", "2026-12-28"]


def test_what_was_imported_is_exported_to_the_byte(town: LocalBot, run: Run, file: Path) -> None:
    edit(file, ("# Most junior first.", "# agreed with Ada"), ("topics: 40", "topics:   41"))
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert run("import", str(file), "--yes").exit_code == 0
    again = file.with_name("again.yml")
    assert run("export", str(again)).exit_code == 0
    assert again.read_bytes() == file.read_bytes()
    assert run("export").stdout_bytes == file.read_bytes()
    unchanged = run("import", str(again))
    assert unchanged.stdout == "“Mentoring programme”: the file changes no setting.\n"
    edit(file, ("# agreed with Ada", "# agreed with Ben"))
    run("import", str(file))
    assert run("export").stdout_bytes == file.read_bytes(), "a new comment is kept, too"


def test_what_owners_change_in_slack_comes_into_the_file_and_its_comments_stay(
    town: LocalBot, run: Run, file: Path
) -> None:
    edit(file, ("# Most junior first.", "# agreed with Ada"))
    run("import", str(file), "--yes")
    with town.storage.begin(town.slack.team_id) as tx:
        programme, _ = programme_and_cohort(tx)
        tx.save(Outcome((replace(programme, grades=("A", "B"), version=programme.version + 1),)))
    before, after = file.read_text(), run("export").stdout
    assert after == before.replace("grades: []\n\n", "grades: [A, B]\n\n")
    assert "# agreed with Ada" in after


def test_a_wrong_file_names_each_place_and_changes_nothing(town: LocalBot, run: Run, file: Path) -> None:
    edit(file, ("starts_on: 2027-01-04", "starts_on: 2026-12-01"), ("contact: U0OWNER", "contact: U0NOBODY"))
    before = rows(town)
    result = run("import", str(file), "--yes")
    line = file.read_text().splitlines().index("  starts_on: 2026-12-01") + 1
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines() == [
        f"mentor-bot: {file}, line {line}, column 14 (round.starts_on): The round can’t start before the last day to "
        "apply. Choose a later day.",
        "mentor-bot: 1 place is wrong in the file. Nothing was changed.",
    ]
    edit(file, ("starts_on: 2026-12-01", "starts_on: 2027-01-04"))
    result = run("import", str(file), "--yes")
    assert "column 10 (contact): Slack knows no one with this id." in result.stderr
    edit(file, ("contact: U0NOBODY", "contact: U0GONE"))
    assert "account is deactivated" in run("import", str(file), "--yes").stderr
    assert rows(town) == before


def test_the_type_changes_by_file_unless_facilitators_are_named(town: LocalBot, run: Run, file: Path) -> None:
    edit(file, ("type: mentoring", "type: peer"))
    assert "type: mentoring → peer" in run("import", str(file), "--yes").stdout
    assert stored(town)[0].is_peer
    edit(file, ("type: peer", "type: mentoring"))
    programme, _ = stored(town)
    with town.storage.begin(town.slack.team_id) as tx:
        tx.roles.give(RoleGiven(programme.id, ProgrammeRole.FACILITATOR, "U0BEN", OWNER))
    line = file.read_text().splitlines().index("type: mentoring") + 1
    refused = run("import", str(file), "--yes")
    assert refused.stderr.splitlines() == [
        f"mentor-bot: {file}, line {line}, column 7 (type): Only peer mentoring has facilitators, and this programme "
        "has some. An owner removes them in Slack first: /mentor setup, “Who runs it”.",
        "mentor-bot: 1 place is wrong in the file. Nothing was changed.",
    ]
    assert stored(town)[0].is_peer
    edit(file, ("type: mentoring", "type: peers"))
    assert "“peers” is none of the types. Write mentoring or peer." in run("check", str(file)).stderr


def test_a_file_of_another_name_starts_another_programme(town: LocalBot, run: Run, file: Path) -> None:
    edit(file, ("name: Mentoring programme", "name: Library mentoring"))
    before = stored(town)
    result = run("import", str(file), "--yes")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "A new programme, “Library mentoring”" in result.stdout
    with town.database() as tx:
        (library, _), (first, cohort) = tx.programmes.all()
        assert (library.name, tx.roles.owners(library.id)) == ("Library mentoring", (OWNER, SECOND_OWNER))
    assert (first, cohort) == before


def test_a_programme_gets_the_name_of_the_file_where_it_is_asked_for(town: LocalBot, run: Run, file: Path) -> None:
    edit(file, ("name: Mentoring programme", "name: Library mentoring"))
    assert "There is no programme “Ours”." in run("import", str(file), "--programme", "Ours").stderr
    renamed = run("import", str(file), "--yes", "--programme", " mentoring  PROGRAMME")
    assert "  name: Mentoring programme → Library mentoring\n" in renamed.stdout
    assert stored(town)[0].name == "Library mentoring"


def test_new_dates_open_the_next_round_and_nothing_else_does(town: LocalBot, run: Run, file: Path) -> None:
    town.apply("U0ADA", "/mentor request", REQUEST)
    _close(town)
    closed = stored(town)[1]
    edit(file, ('purpose: ""', "purpose: To grow."))
    assert "next round" not in run("import", str(file), "--yes").stdout
    assert stored(town)[1] == closed
    edit(
        file,
        ("opens_on: 2026-11-22", "opens_on: 2027-11-22"),
        ("apply_by: 2026-12-21", "apply_by: 2027-12-21"),
        ("starts_on: 2027-01-04", "starts_on: 2028-01-04"),
        ("ends_on: 2028-01-04", "ends_on: 2029-01-04"),
    )
    result = run("import", str(file), "--yes")
    assert "These dates open the next round. People without a match move into it.\n" in result.stdout
    _assert_next_round_is_open(town, closed)


def _close(town: LocalBot) -> None:
    with town.storage.begin(town.slack.team_id) as tx:
        programme, cohort = programme_and_cohort(tx)
        tx.save(close_cohort(tx.rounds.get(programme, cohort), cohort.id, by=OWNER, now=START))


def _assert_next_round_is_open(town: LocalBot, closed: Cohort) -> None:
    cohort = stored(town)[1]
    assert (cohort.id != closed.id, cohort.closed_on) == (True, None)
    assert (cohort.apply_by, cohort.starts_on) == (date(2027, 12, 21), date(2028, 1, 4))
    (application,) = rows(town)["applications"]
    assert application["cohort_id"] == cohort.id


def test_a_copy_opens_next_years_round_once_the_last_one_is_closed(town: LocalBot, run: Run) -> None:
    town.apply("U0ADA", "/mentor request", REQUEST)
    open_still = run("copy", "--yes")
    assert open_still.exit_code == 2
    assert (
        "is still open, and the next one opens after it. Once it has started, an owner can close it"
        in open_still.stderr
    )
    _close(town)
    closed = stored(town)[1]
    assert run("copy", answer="n\n").exit_code == 1
    assert stored(town)[1] == closed
    result = run("copy", "--yes")
    assert "  round.apply_by: 2026-12-21 → 2027-12-21\n" in result.stdout
    assert "These dates open the next round." in result.stdout
    _assert_next_round_is_open(town, closed)


def test_a_copy_can_open_on_a_day(town: LocalBot, run: Run) -> None:
    _close(town)
    assert run("copy", "--yes", "--opens-on", "2027-02-01").exit_code == 0
    cohort = stored(town)[1]
    assert (cohort.opens_on, cohort.apply_by) == (date(2027, 2, 1), date(2027, 3, 2))


def test_a_copy_of_another_name_is_a_sister_programme(town: LocalBot, run: Run) -> None:
    assert "already" in run("copy", "--name", "mentoring programme", "--yes").stderr
    assert run("copy", "--name", "Archive mentoring", "--yes").exit_code == 0
    with town.database() as tx:
        (archive, round_), (first, _) = tx.programmes.all()
    assert (archive.name, archive.topics) == ("Archive mentoring", first.topics)
    assert round_.closed_on is None


def test_a_change_in_slack_after_the_question_is_never_overwritten(
    town: LocalBot, run: Run, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(file, ('purpose: ""', "purpose: To grow."))

    def answer(*_: object, **__: object) -> bool:
        with town.storage.begin(town.slack.team_id) as tx:
            programme, _cohort = programme_and_cohort(tx)
            tx.save(Outcome((replace(programme, purpose="Ours.", version=programme.version + 1, changed_by=OWNER),)))
        return True

    monkeypatch.setattr("click.confirm", answer)
    result = run("import", str(file))
    assert result.exit_code == 2
    assert "An owner saved a change meanwhile, so nothing was saved." in result.stderr
    assert stored(town)[0].purpose == "Ours."


@pytest.mark.parametrize("name", template_names())
def test_a_template_starts_the_first_programme_and_comes_back_to_the_byte(
    environment: dict[str, str], run: Run, tmp_path: Path, name: str
) -> None:
    path = tmp_path / "programme.yml"
    path.write_bytes(run("templates", name).stdout_bytes)
    assert run("check", str(path)).exit_code == 0
    asked = run("import", str(path), answer="n\n")
    assert "A new programme, “" in asked.stdout
    assert "Owners: U0OWNER, U0SECOND." in asked.stdout
    assert not (tmp_path / "mentor-bot.db").exists()
    started = run("import", str(path), "--yes")
    assert (started.exit_code, started.stdout.splitlines()[-1]) == (0, "Started. The owners are welcomed in Slack.")
    assert run("export").stdout_bytes == path.read_bytes()
    assert "the file changes no setting" in run("import", str(path)).stdout


def test_a_programme_that_was_started_with_a_file_greets_its_owners(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    """When the bot starts, it takes the programme that is there."""
    with local_bot(tmp_path, owners=()) as town:
        set_all(monkeypatch, {**settings_of(town.slack), "DATABASE_URL": f"sqlite:///{tmp_path}/mentor-bot.db"})
        assert run("import", "onboarding", "--yes").exit_code == 0
        town.settle()
        programme, cohort = stored(town)
        assert (programme.name, programme.lengths, programme.ask_first) == (
            "First weeks",
            (Length(weeks=6), Length(weeks=10)),
            False,
        )
        assert cohort.programme_id == programme.id
        welcomed = [row["recipient"] for row in rows(town)["outbox"] if row["kind"] == NotificationKind.WELCOME_OWNER]
        assert sorted(welcomed) == [OWNER, SECOND_OWNER]
        assert {row["person"] for row in rows(town)["scheduled_jobs"] if row["person"]} == {OWNER, SECOND_OWNER}
        town.apply("U0ADA", "/mentor request", {**REQUEST, "topics": ["Who does what"], "months": "6w"})


def test_what_is_missing_is_said_in_a_sentence(environment: dict[str, str], run: Run, tmp_path: Path) -> None:
    assert "There is no file nowhere.yml, and no template with this name." in run("check", "nowhere.yml").stderr
    assert "cannot be read" in run("check", str(tmp_path)).stderr
    assert (
        "There is no template “nope”. There are early-career, onboarding and staff." in run("templates", "nope").stderr
    )
    assert run("export").exit_code == 2
    nameless = tmp_path / "nameless.yml"
    nameless.write_text("purpose: To grow.\n")
    assert "The file has no name, so no programme can start with it." in run("import", str(nameless)).stderr
    partly = run("check", str(nameless)).stdout
    assert partly.startswith(f"{nameless} is correct. It says 1 setting of ")
    assert "Left out, so that they stay as they are: name, type, objectives" in partly


def test_an_export_replaces_no_file_unless_told_to(run: Run, file: Path) -> None:
    refused = run("export", str(file))
    assert (refused.exit_code, "already exists" in refused.stderr) == (2, True)
    assert run("export", str(file), "--overwrite").exit_code == 0
    assert "cannot be written" in run("export", str(file.parent / "nowhere" / "x.yml")).stderr


def test_the_templates_are_listed_with_what_they_are_for(run: Run) -> None:
    lines = run("templates").stdout.splitlines()
    assert [line.split(":")[0] for line in lines[:-1]] == ["early-career", "onboarding", "staff"]
    assert all(len(line) > 40 for line in lines)
