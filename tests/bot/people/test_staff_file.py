"""Reading the organisation's list: whatever wrote the file, and what is said of one that cannot be read."""

from pathlib import Path

import pytest

from bot.people.staff_file import StaffFile, read_file
from bot.settings import InvalidSettings
from mentoring.people.staff_list import RowFinding, RowProblem, StaffColumn, StaffListRow

P, D, G, M, S = (
    StaffColumn.PERSON,
    StaffColumn.DEPARTMENT,
    StaffColumn.GRADE,
    StaffColumn.MANAGER,
    StaffColumn.STARTED_ON,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "people.csv"


def read(path: Path, contents: str | bytes) -> StaffFile:
    path.write_bytes(contents if isinstance(contents, bytes) else contents.encode())
    return read_file(path)


def refusal(path: Path, contents: str | bytes) -> str:
    with pytest.raises(InvalidSettings) as refused:
        read(path, contents)
    (sentence,) = refused.value.args
    return str(sentence)


def test_columns_are_found_by_their_headers_in_any_order(path: Path) -> None:
    file = read(path, "manager,Start date,person\nU0BOSS,2020-01-07,U0ADA\n")
    assert file == StaffFile((StaffListRow(2, {M: "U0BOSS", S: "2020-01-07", P: "U0ADA"}),), (), ())


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        ("E-Mail,Dept.,Job_Grade", (P, D, G)),
        ("Slack ID,Line manager,Hire date", (P, M, S)),
        ("EMAIL ADDRESS,Manager’s e-mail,Start", (P, M, S)),
        (" Work  Email ,DEPARTMENT,manager_slack_id", (P, D, M)),
    ],
)
def test_headers_are_spelt_as_they_come(path: Path, header: str, columns: tuple[StaffColumn, ...]) -> None:
    (line,) = read(path, f"{header}\n1,2,3\n").lines
    assert tuple(line.cells) == columns


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_separators_line_ends_and_marks_of_any_program(path: Path, separator: str, ending: str, encoding: str) -> None:
    rows = [["email", "department"], ["ada@x", "Führung"], ["ben@x", f'"A{separator} B"']]
    file = read(path, ending.join(separator.join(row) for row in rows).encode(encoding))
    assert [line.cells for line in file.lines] == [
        {P: "ada@x", D: "Führung"},
        {P: "ben@x", D: " ".join(f"A{separator} B".split())},
    ]
    assert file.findings == ()


def test_the_separator_may_be_named_first(path: Path) -> None:
    file = read(path, "sep=|\r\nemail|grade\r\nada@x|B\r\n")
    assert file.lines == (StaffListRow(3, {P: "ada@x", G: "B"}),)


def test_lines_are_counted_as_an_editor_does(path: Path) -> None:
    file = read(path, '\nemail,name,grade\n\n"ada@x","Ada\n""the first""",B\n,,\nben@x,Ben,A\n')
    assert [line.number for line in file.lines] == [4, 7]


def test_columns_that_are_not_read_are_named(path: Path) -> None:
    assert read(path, "Name,email,Phone,grade,\nAda,ada@x,1,B,\n").unused == ("Name", "Phone")


def test_what_is_not_utf8_matters_only_where_it_is_read(path: Path) -> None:
    text = "name;email;department\nM\xfcller;ada@x;B\nBen;ben@x;F\xfchrung\n"
    file = read(path, text.encode("latin-1"))
    assert file.lines == (StaffListRow(2, {P: "ada@x", D: "B"}),)
    assert file.findings == (RowFinding(3, D, RowProblem.NOT_UTF8),)
    assert read(path, "Stra\xdfe,email,grade\n1,ada@x,B\n".encode("latin-1")).unused == (
        "Stra\N{REPLACEMENT CHARACTER}e",
    )


def test_a_line_with_more_or_fewer_cells_than_headers_is_wrong(path: Path) -> None:
    file = read(path, "email,department\nada@x,A, B\nben@x\nchi@x,A,,\n")
    assert file.findings == (
        RowFinding(2, None, RowProblem.CELLS, cells=(3, 2)),
        RowFinding(3, None, RowProblem.CELLS, cells=(1, 2)),
    )
    assert [line.number for line in file.lines] == [4]


@pytest.mark.parametrize("contents", ["", "\n\n", "name,phone\nAda,1\n", "email\nada@x\n", "grade\nB\n", "ada@x,B\n"])
def test_without_a_person_and_something_about_them_it_says_what_the_first_line_must_be(
    path: Path, contents: str
) -> None:
    sentence = refusal(path, contents)
    assert "The first line of the file must name its columns" in sentence
    assert sentence.endswith(
        "The file is empty."
        if not contents.strip()
        else "Now its first line is about a person."
        if contents.startswith("ada")
        else f"Now it has: {' and '.join(f'“{name}”' for name in contents.splitlines()[0].split(','))}."
    )
    assert "ada@x" not in sentence


def test_two_columns_for_one_thing_are_not_guessed_between(path: Path) -> None:
    sentence = refusal(path, "email,manager,Manager e-mail\nada@x,Bo Boss,boss@x\n")
    assert "“manager” and “Manager e-mail”" in sentence


def test_a_quotation_mark_that_does_not_close_is_said_with_its_line(path: Path) -> None:
    assert "Line 3 " in refusal(path, 'email,grade\nada@x,B\n"ben@x,A\nchi@x,B\n')
    assert "Line 2 " in refusal(path, 'email,grade\n"ada" x,B\n')


def test_a_file_of_headers_alone_is_said(path: Path) -> None:
    assert "no people" in refusal(path, "email,grade\n")


def test_half_a_file_is_said(path: Path) -> None:
    assert "ends in the middle of a character" in refusal(path, "email,grade\nada@x,B\n".encode("utf-16")[:-1])
