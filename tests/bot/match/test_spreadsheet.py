"""Matching in a spreadsheet: out with `--csv`, and back in with `--decisions`."""

import json
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook

from mentoring.core.outcome import Outcome
from mentoring.core.owners import OPERATOR
from mentoring.core.people import StaffRecord
from mentoring.core.programmes import Term
from mentoring.matching.decisions import approve
from messages.ids import REVIEW_VIEW
from tests.bot.conftest import set_all, settings_of
from tests.bot.matching import ADA, BEN, CHI, DEE, Row, decided, heard, match, no_status_soon, one_of, rows_of, sheet
from tests.handlers.starting_points import applied, asked, two_applied
from tests.handlers.support import direct_messages, rows
from tests.journeys.story import Story
from tests.local_bot import OWNER, PEOPLE, LocalBot
from tests.local_bot import local_bot as open_town
from tests.one_programme import programme_and_cohort, the_programme

HEADER = [
    *("match id", "mentee", "mentee id", "mentor", "mentor id", "score", "why"),
    *("next best mentor", "next best mentor score", "next best mentee", "next best mentee score"),
    *("state", "approved by", "exception", "why the exception", "decision", "reason"),
]


def states(town: LocalBot) -> dict[tuple[str, str], str]:
    """How the matches are, the last of each two."""
    return {(row["mentee"], row["mentor"]): row["state"] for row in rows(town)["matches"]}


def verdicts(town: LocalBot) -> set[tuple[str, str, str, str]]:
    return {(row["verdict"], row["by"], row["mentee"], row["mentor"]) for row in rows(town)["decisions"]}


# Out.


def test_it_has_a_line_for_each_proposal_with_all_that_the_owners_see(town: LocalBot) -> None:
    two_applied(town)
    found = sheet()
    assert list(found[0]) == HEADER
    ada = one_of(found, mentee="Ada Adams")
    (kept,) = [row for row in rows(town)["matches"] if row["mentee"] == ADA]
    assert ada["match id"] == f"#{kept['id']}"
    assert (ada["mentee id"], ada["mentor id"], ada["score"]) == (ADA, kept["mentor"], str(kept["score"]))
    assert "Both chose Career planning" in ada["why"]
    assert (ada["next best mentee"], ada["next best mentee score"].isdecimal()) == ("Chi Chen", True)
    assert (ada["state"], ada["decision"], ada["reason"]) == ("needs 2 approvals", "", "")


def test_the_owners_can_read_that_it_was_written(town: LocalBot) -> None:
    applied(town, [ADA], [BEN])
    assert match("--dry-run").exit_code == 0
    assert rows(town)["owner_record"] == []
    sheet("--dry-run")
    (recorded,) = rows(town)["owner_record"]
    assert (recorded["action"], recorded["by"], recorded["person"]) == ("exported", OPERATOR, "")


def test_who_has_nobody_has_a_line_with_the_reason_to_write_a_partner_into(town: LocalBot) -> None:
    applied(town, [ADA, CHI], [BEN])
    applied(town, [], [DEE], topics=("Job search",))
    found = sheet()
    chi = one_of(found, mentee="Chi Chen")
    assert (chi["mentor id"], chi["state"], chi["why"]) == ("", "no mentor", "Every suitable mentor is taken.")
    dee = one_of(found, mentor="Dee Dunn")
    assert (dee["mentee id"], dee["state"], dee["why"]) == ("", "1 free place", "No mentee shares a topic.")


def test_who_is_asked_and_an_exception_with_its_reason_are_in_it(town: LocalBot, tmp_path: Path) -> None:
    asked(town, ADA, BEN)
    applied(town, [CHI], [DEE])
    with town.storage.begin(town.slack.team_id) as tx:
        tx.save(Outcome((StaffRecord(CHI, manager=DEE),)))
    reason = "=They asked, “both”; and it is fine"
    rows_ = [
        {**row, "mentor id": DEE, "decision": "pair", "reason": reason} for row in sheet() if row["mentee id"] == CHI
    ]
    assert match("--decisions", decided(tmp_path / "in.csv", rows_)).exit_code == 0
    found = sheet()
    assert one_of(found, mentee_id=ADA)["state"] == "waiting for answers"
    chi = one_of(found, mentee_id=CHI)
    assert chi["exception"] == "One manages the other, directly or further up"
    assert chi["why the exception"] == f"'{reason}"
    assert (chi["state"], chi["approved by"]) == ("approved", "the app admin")


def test_a_file_is_written_for_who_runs_it_alone_and_never_over_another(town: LocalBot, tmp_path: Path) -> None:
    two_applied(town)
    path = tmp_path / "round.csv"
    result = match("--csv", path)
    assert f"mentor-bot match --decisions {path}" in result.stdout
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    written = path.read_bytes()
    assert len(rows_of(written)) == 2
    again = match("--csv", path)
    assert (again.exit_code, path.read_bytes()) == (2, written)
    assert "already exists" in again.stderr
    assert match("--csv", tmp_path / "none" / "round.csv").exit_code == 2


def test_a_dry_run_writes_what_would_be_without_ids_that_nobody_keeps(town: LocalBot) -> None:
    two_applied(town)
    assert {row["match id"] for row in sheet("--dry-run")} == {""}
    assert rows(town)["matches"] == []


# And in.


def test_what_was_decided_in_excel_and_saved_as_a_workbook_is_done(town: LocalBot, tmp_path: Path) -> None:
    two_applied(town)
    (first, _) = found = sheet()
    book = Workbook()
    assert book.active is not None
    book.active.append(["Our decisions of Monday"])
    book.active.append(list(first))
    for row, decision in zip(found, (" Approve\u200b", None), strict=True):
        book.active.append([*(int(cell) if cell.isdecimal() else cell for cell in [*row.values()][:-2]), decision])
    book.save(tmp_path / "in.xlsx")
    result = match("--decisions", tmp_path / "in.xlsx")
    assert result.exit_code == 0, result.output
    assert verdicts(town) == {("approved", OPERATOR, first["mentee id"], first["mentor id"])}
    assert "1 decision saved, 0 unchanged, 0 lines with errors, 1 line without a decision." in result.stdout


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_what_the_committee_decided_is_done_and_recorded_as_the_operators(
    town: LocalBot, tmp_path: Path, separator: str
) -> None:
    two_applied(town)
    found = sheet()
    for row, decision in zip(found, ("Approve", "never"), strict=True):
        row["decision"] = decision
    result = match("--decisions", decided(tmp_path / "in.csv", found, separator=separator))
    assert result.exit_code == 0, result.output
    approved, never = [(row["mentee id"], row["mentor id"]) for row in found]
    assert states(town) == {approved: "proposed", never: "overtaken"}
    assert verdicts(town) == {("approved", OPERATOR, *approved), ("forbidden", OPERATOR, *never)}
    assert "2 decisions saved, 0 unchanged, 0 lines with errors, 0 lines without a decision." in result.stdout
    assert heard(town, ADA) == []


def test_the_same_file_again_does_nothing(town: LocalBot, tmp_path: Path) -> None:
    two_applied(town)
    found = sheet()
    for row, decision in zip(found, ("approve", "reject"), strict=True):
        row["decision"] = decision
    path = decided(tmp_path / "in.csv", found)
    match("--decisions", path, "--release")
    town.settle()
    before = rows(town)
    result = match("--decisions", path, "--release")
    assert result.exit_code == 0, result.output
    assert "0 decisions saved, 2 unchanged" in result.stdout
    town.settle()
    assert {name: rows(town)[name] for name in ("matches", "decisions", "exclusions")} == {
        name: before[name] for name in ("matches", "decisions", "exclusions")
    }


def test_what_is_released_with_it_is_asked_and_the_owners_are_told(town: LocalBot, tmp_path: Path) -> None:
    no_status_soon(town)
    two_applied(town)
    found = [{**row, "decision": "approve"} for row in sheet() if row["mentee id"] == ADA]
    result = match("--decisions", decided(tmp_path / "in.csv", found), "--release")
    assert "Sent 1 match." in result.stdout
    assert heard(town, ADA) == ["We’ve found a mentor for you"]
    assert heard(town, CHI) == []
    assert "The app admin sent matches" in heard(town, OWNER)


def test_a_wrong_line_is_said_by_its_number_and_changes_nothing_and_the_others_are_done(
    town: LocalBot, tmp_path: Path
) -> None:
    two_applied(town)
    found = sheet()
    found[0]["decision"], found[1]["decision"] = "approve", "aprove"
    result = match("--decisions", decided(tmp_path / "in.csv", found))
    assert result.exit_code == 1
    assert "Line 3: “aprove” is not a decision. Write approve, reject, keep, never or pair" in result.stdout
    assert {row["approvals"] for row in rows(town)["matches"]} == {'["operator"]', "[]"}


def test_a_dry_run_says_what_would_be_done(town: LocalBot, tmp_path: Path) -> None:
    two_applied(town)
    found = [{**row, "decision": "refuse"} for row in sheet()]
    town.settle()
    before = rows(town)
    result = match("--decisions", decided(tmp_path / "in.csv", found), "--dry-run")
    assert "2 decisions would be saved" in result.stdout
    assert rows(town) == before


def test_partners_are_exchanged_by_writing_others_into_their_lines(town: LocalBot, tmp_path: Path) -> None:
    two_applied(town)
    found = sheet()
    mentors = [(row["mentor id"], row["mentor"]) for row in found]
    for row, (id_, name) in zip(found, reversed(mentors), strict=True):
        row.update({"mentor id": id_, "mentor": name, "decision": "pair"})
    result = match("--decisions", decided(tmp_path / "in.csv", found))
    assert result.exit_code == 0, result.output
    now = {two for two, state in states(town).items() if state == "proposed"}
    assert now == {(row["mentee id"], row["mentor id"]) for row in found}
    assert "This replaces the proposal of" in result.stdout


def test_a_name_is_enough_in_a_line_of_ones_own(town: LocalBot, tmp_path: Path) -> None:
    applied(town, [ADA], [BEN])
    row = {"mentee": "ada adams", "mentor": "Ben", "decision": "pair"}
    assert match("--decisions", decided(tmp_path / "in.csv", [row])).exit_code == 0
    assert states(town) == {(ADA, BEN): "proposed"}


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"mentor": "Dee Dunn", "decision": "approve"}, "The id U0BEN belongs to Ben Brook, but the name is Dee Dunn."),
        ({"mentor id": DEE, "mentor": ""}, "These two were not proposed to each other."),
        ({"mentor id": "ben", "decision": "approve"}, "“ben” is not a Slack member id"),
        ({"mentor id": "", "mentor": "Nobody", "decision": "pair"}, "No one in this round is called “Nobody”."),
        ({"mentor id": DEE, "mentor": "", "decision": "approve"}, "write “pair”"),
        ({"match id": "#gone", "mentor id": DEE, "mentor": "", "decision": "approve"}, "no longer available"),
        ({"decision": "jein"}, "“jein” is not a decision."),
    ],
)
def test_a_line_that_is_not_clear_is_not_guessed_at(town: LocalBot, tmp_path: Path, cells: Row, said: str) -> None:
    applied(town, [ADA], [BEN])
    applied(town, [], [DEE], topics=("Job search",))
    (row,) = [row for row in sheet() if row["mentee id"] == ADA]
    result = match("--decisions", decided(tmp_path / "in.csv", [{**row, **cells}]))
    assert result.exit_code == 1
    (line,) = [line for line in result.stdout.splitlines() if line.startswith("Line 2: ")]
    assert said in line
    assert states(town) == {(ADA, BEN): "proposed"}
    assert verdicts(town) == set()


def test_an_exception_without_its_reason_says_where_to_write_it(town: LocalBot, tmp_path: Path) -> None:
    applied(town, [ADA], [BEN])
    with town.storage.begin(town.slack.team_id) as tx:
        tx.save(Outcome((StaffRecord(ADA, manager=BEN),)))
    row = {"mentee id": ADA, "mentor id": BEN, "decision": "pair"}
    result = match("--decisions", decided(tmp_path / "in.csv", [row]))
    assert result.exit_code == 1
    assert "Write it in the column “reason”." in result.stdout
    with_reason = decided(tmp_path / "two.csv", [{**row, "reason": "They asked for it."}])
    assert match("--decisions", with_reason).exit_code == 0
    assert [(row["reason"], row["by"]) for row in rows(town)["exemptions"]] == [("They asked for it.", OPERATOR)]


def test_what_an_owner_approved_meanwhile_is_not_replaced(town: LocalBot, tmp_path: Path) -> None:
    applied(town, [ADA], [BEN])
    found = sheet()
    applied(town, [], [DEE])
    with town.storage.begin(town.slack.team_id) as tx:
        ground = programme_and_cohort(tx)
        assert ground is not None
        round_ = tx.rounds.get(*ground)
        (proposal,) = round_.proposals()
        tx.save(approve(round_, proposal, by=OWNER, now=town.slack.calendar.now()))
    row = {**found[0], "mentor": "", "mentor id": DEE, "decision": "pair"}
    result = match("--decisions", decided(tmp_path / "in.csv", [row]))
    assert "Olga Owner has approved or kept the proposal" in result.stdout
    assert states(town) == {(ADA, BEN): "proposed"}


def test_own_words_name_the_columns_and_ours_are_understood_too(town: LocalBot, tmp_path: Path) -> None:

    applied(town, [ADA], [BEN])
    with town.storage.begin(town.slack.team_id) as tx:
        programme = the_programme(tx)
        assert programme is not None
        own = replace(programme.terms, mentor=Term("guide", "guides"))
        tx.save(Outcome((replace(programme, terms=own, version=programme.version + 1),)))
    (row,) = sheet()
    assert (row["guide"], row["guide id"]) == ("Ben Brook", BEN)
    own_words = decided(tmp_path / "own.csv", [{**row, "decision": "approve"}])
    assert match("--decisions", own_words).exit_code == 0
    ours = decided(tmp_path / "ours.csv", [{"mentee id": ADA, "mentor id": BEN, "decision": "approve"}])
    assert "1 unchanged" in match("--decisions", ours).stdout


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "must name its columns"),
        ("match id,mentee\n", "must name its columns"),
        ("decision,reason\n", "must name its columns"),
        ("match id,decision,decision\n", "Two columns of the file are called “decision”."),
        ('match id,decision\n"a,b\n', "Line 2 of the file cannot be read"),
    ],
)
def test_a_file_that_cannot_be_used_is_one_sentence(town: LocalBot, tmp_path: Path, content: str, said: str) -> None:
    applied(town, [ADA], [BEN])
    path = tmp_path / "in.csv"
    path.write_text(content)
    result = match("--decisions", path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert match("--decisions", tmp_path / "none.csv").exit_code == 2


def test_a_closed_cohort_takes_no_decisions(town: LocalBot, tmp_path: Path) -> None:

    applied(town, [ADA], [BEN])
    with town.storage.begin(town.slack.team_id) as tx:
        ground = programme_and_cohort(tx)
        assert ground is not None
        tx.save(Outcome((replace(ground[1], closed_on=ground[1].opens_on),)))
    path = decided(tmp_path / "in.csv", [{"mentee id": ADA, "mentor id": BEN, "decision": "pair"}])
    result = match("--decisions", path)
    assert result.exit_code == 2
    assert "This round is closed" in result.stderr


def test_a_name_that_looks_like_a_formula_is_harmless_and_still_names_somebody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [replace(one, name="=1+1 \x1b[31mAdams") if one.id == ADA else one for one in PEOPLE]
    with open_town(tmp_path, people=people) as town:
        set_all(monkeypatch, {**settings_of(town.slack), "DATABASE_URL": f"sqlite:///{tmp_path}/mentor-bot.db"})
        applied(town, [ADA], [BEN])
        (row,) = sheet()
        assert row["mentee"] == "'=1+1 [31mAdams"
        row.update({"mentee id": "", "decision": "approve"})
        assert match("--decisions", decided(tmp_path / "in.csv", [row])).exit_code == 0
        assert {row["approvals"] for row in rows(town)["matches"]} == {'["operator"]'}


def test_what_the_operator_approved_is_released_by_an_owner_at_the_desk(town: LocalBot, tmp_path: Path) -> None:
    applied(town, [ADA], [BEN])
    (row,) = sheet()
    match("--decisions", decided(tmp_path / "in.csv", [{**row, "decision": "approve"}]))
    story = Story(town)
    view = story.opens(OWNER, lambda person: person.command("/mentor match"), REVIEW_VIEW)
    assert "Approved by the app admin" in json.dumps(view)
    story.releases(OWNER)
    assert heard(town, ADA) == ["We’ve found a mentor for you"]


def test_the_owners_message_shows_what_was_decided_in_the_spreadsheet(town: LocalBot, tmp_path: Path) -> None:
    applied(town, [ADA], [BEN])
    (row,) = sheet()
    town.settle()
    assert "approved and ready to send" not in json.dumps(direct_messages(town, OWNER))
    match("--decisions", decided(tmp_path / "in.csv", [{**row, "decision": "approve"}]))
    town.settle()
    assert "approved and ready to send" in json.dumps(direct_messages(town, OWNER))
