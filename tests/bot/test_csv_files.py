"""CSV files as spreadsheets write them, and as we write them for spreadsheets."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.csv_files import is_garbled, plain
from bot.settings import InvalidSettings
from bot.table_files import read_table
from messages.spreadsheets import neutralise_formula, restore_formula, write_rows

KNOWN = {"name", "decision"}


def read(tmp_path: Path, data: bytes) -> list[tuple[int, list[str]]]:
    path = tmp_path / "some.csv"
    path.write_bytes(data)
    return list(read_table(path, KNOWN.__contains__))


@pytest.mark.parametrize(
    "data",
    [
        b"name,decision\r\nAda,keep\r\n",
        b"\xef\xbb\xbfname,decision\nAda,keep\n",
        b"name;decision\r\nAda;keep\r\n",
        b"name\tdecision\nAda\tkeep",
        b"sep=;\r\nname;decision\r\nAda;keep\r\n",
        b'"name","decision"\n"Ada","keep"\n',
        "name,decision\r\nAda,keep\r\n".encode("utf-16"),
    ],
)
def test_however_a_spreadsheet_separates_and_encodes_it_is_read(tmp_path: Path, data: bytes) -> None:
    assert [cells for _, cells in read(tmp_path, data)] == [["name", "decision"], ["Ada", "keep"]]


def test_rows_know_the_line_on_which_they_begin_and_blank_ones_are_left_out(tmp_path: Path) -> None:
    rows = read(tmp_path, b'name,decision\n\n,\n"Ada\nAdams",keep\nBen,never\n')
    assert [(number, cells[0]) for number, cells in rows] == [(1, "name"), (4, "Ada\nAdams"), (6, "Ben")]


def test_what_is_not_utf_8_is_found(tmp_path: Path) -> None:
    _, (_, cells) = read(tmp_path, "name,decision\nAdélie,keep\n".encode("latin-1"))
    assert [is_garbled(cell) for cell in cells] == [True, False]


@pytest.mark.parametrize("data", [b'name,decision\n"Ada"x,keep\n', b'name,decision\n"Ada,keep\n'])
def test_a_quotation_mark_in_the_wrong_place_is_named_by_its_line(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(InvalidSettings, match="Line 2"):
        read(tmp_path, data)


def test_a_file_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(InvalidSettings, match="cannot be read"):
        read_table(tmp_path / "none.csv", KNOWN.__contains__)


def test_headers_are_known_whatever_their_case_and_signs() -> None:
    assert {plain(name) for name in ("Match ID", "match_id", " match-id ", "Match’ id")} == {"match id"}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝"])
def test_no_cell_is_taken_for_a_formula(start: str) -> None:
    cell = f"{start}cmd|' /C calc'!A0"
    assert neutralise_formula(cell) == f"'{cell}"
    assert restore_formula(neutralise_formula(cell)) == cell


@given(st.text(alphabet="'=+-@\t\r\n\0ax \",;é", max_size=8))
def test_reading_back_undoes_it(cell: str) -> None:
    (row,) = csv.reader(io.StringIO(write_rows([[cell, "x"]]).decode("utf-8-sig"), newline=""))
    assert [restore_formula(one) for one in row] == [cell, "x"]
    assert row[0][:1] not in "=+-@\t\r\n\0" or not cell
