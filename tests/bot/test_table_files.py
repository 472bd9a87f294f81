"""Files that somebody prepared: each kind is read, or its sentence says what it is."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from bot.settings import InvalidSettings
from bot.table_files import read_table

KNOWN = {"email", "department", "start date"}
HEADER = ["email", "department", "start date"]
ADA = ["ada@x", "IT", "2020-01-31"]


def workbook(sheets: Mapping[str, Sequence[Sequence[Any]]], hidden: Sequence[str] = ()) -> bytes:
    book, data = Workbook(), io.BytesIO()
    assert book.active is not None
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
        sheet.sheet_state = "hidden" if title in hidden else "visible"
    book.save(data)
    return data.getvalue()


def archive(*names: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        for name in names:
            file.writestr(name, "<x/>")
    return data.getvalue()


def read(tmp_path: Path, data: bytes) -> list[tuple[int, list[str]]]:
    path = tmp_path / "some.file"
    path.write_bytes(data)
    return list(read_table(path, KNOWN.__contains__))


def refusal(tmp_path: Path, data: bytes) -> str:
    with pytest.raises(InvalidSettings) as refused:
        read(tmp_path, data)
    (sentence,) = refused.value.args
    return str(sentence)


@pytest.mark.parametrize("start", [date(2020, 1, 31), datetime(2020, 1, 31), "2020-01-31"])  # noqa: DTZ001
def test_a_workbook_is_read_with_its_dates(tmp_path: Path, start: object) -> None:
    data = workbook({"Staff": [HEADER, ["ada@x", "IT", start], ["ben@x"], [], ["chi@x", 5, None]]})
    assert read(tmp_path, data) == [(1, HEADER), (2, ADA), (3, ["ben@x", "", ""]), (5, ["chi@x", "5", ""])]


def test_numbers_and_times_are_read_as_they_are_shown(tmp_path: Path) -> None:
    moment = datetime(2020, 1, 31, 9, 30)  # noqa: DTZ001
    ((_, _), (_, cells)) = read(tmp_path, workbook({"A": [HEADER, [5.0, 1.5, moment]]}))
    assert cells == ["5", "1.5", "2020-01-31 09:30:00"]


def test_a_title_may_stand_above_the_header(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["Staff of the library", None], ["Department", "of people"], [], HEADER, ADA]
    assert read(tmp_path, workbook({"A": rows})) == [(4, HEADER), (5, ADA)]
    text = "Staff of the library;;\nPrinted: 1 March; for us\n\nemail;department;start date\nada@x;IT;2020-01-31\n"
    assert read(tmp_path, text.encode()) == [(4, HEADER), (5, ADA)]


def test_the_sheet_that_names_the_columns_is_read(tmp_path: Path) -> None:
    sheets = {"Notes": [["Made by the personnel office"]], "Staff": [HEADER, ADA], "Lists": [["department"], ["IT"]]}
    assert read(tmp_path, workbook(sheets)) == [(1, HEADER), (2, ADA)]
    old = {"Old": [HEADER, ["old@x", "IT", ""]], "Staff": [HEADER, ADA], "Template": [HEADER]}
    assert read(tmp_path, workbook(old, hidden=["Old"])) == [(1, HEADER), (2, ADA)]


def test_two_sheets_with_people_are_not_chosen_between(tmp_path: Path) -> None:
    data = workbook({"North": [HEADER, ADA], "South": [HEADER, ["ben@x", "IT", ""]]})
    assert refusal(tmp_path, data) == (
        "The sheets “North” and “South” have the same columns. Put all lines into one sheet, or save each sheet as a "
        "file."
    )


def test_a_formula_without_a_result_is_read_as_itself_and_is_never_an_empty_cell(tmp_path: Path) -> None:
    _, (_, cells) = read(tmp_path, workbook({"A": [HEADER, ["ada@x", "=B1", ""]]}))
    assert cells == ["ada@x", "=B1", ""]


def test_a_workbook_with_wrong_dimensions_is_read_to_its_end(tmp_path: Path) -> None:
    data = io.BytesIO(workbook({"A": [HEADER, ADA]}))
    changed = io.BytesIO()
    with zipfile.ZipFile(data) as before, zipfile.ZipFile(changed, "w") as after:
        for name in before.namelist():
            after.writestr(name, before.read(name).replace(b'ref="A1:C2"', b'ref="A1"'))
    assert read(tmp_path, changed.getvalue()) == [(1, HEADER), (2, ADA)]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16", "utf-32", "utf-8-sig"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_texts_of_any_encoding_are_read(tmp_path: Path, encoding: str, separator: str) -> None:
    text = "\n".join(separator.join(row) for row in (HEADER, ["ada@x", "Führung", "2020-01-31"]))
    assert read(tmp_path, text.encode(encoding)) == [(1, HEADER), (2, ["ada@x", "Führung", "2020-01-31"])]


def test_a_long_cell_that_nobody_reads_does_not_matter(tmp_path: Path) -> None:
    long = "x" * 200_000
    data = f'email,notes,department\nada@x,{long},IT\nben@x,"{long}",IT\n'
    assert [cells[0::2] for _, cells in read(tmp_path, data.encode())] == [
        ["email", "department"],
        ["ada@x", "IT"],
        ["ben@x", "IT"],
    ]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('"ada@x,IT,', "a quotation mark opens a cell and none closes it."),
        ('"ada@x" (she),IT,', "a cell goes on after its closing quotation mark."),
    ],
)
def test_a_line_that_cannot_be_read_says_why(tmp_path: Path, line: str, problem: str) -> None:
    sentence = refusal(tmp_path, f"email,department,start date\nben@x,IT,\n{line}\nchi@x,IT,\n".encode())
    assert sentence.startswith(f"Line 3 of the file cannot be read: {problem}")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n", "a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "an Excel file of the old kind (.xls)"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "protected with a password",
        ),
        (b"\xef\xbb\xbf\r\n<!DOCTYPE html><html><table>", "a web page (HTML)"),
        (b"<html xmlns:x='urn:schemas-microsoft-com:office:excel'>", "a web page (HTML)"),
        (b"<?xml version='1.0'?><Workbook/>", "an XML file"),
        (b"\x1f\x8b\x08", "a compressed file"),
        (archive("xl/workbook.bin"), "a binary Excel workbook (.xlsb)"),
        (archive("mimetype", "content.xml"), "an OpenDocument file"),
        (archive("Index/Document.iwa"), "a Numbers file"),
        (archive("word/document.xml"), "a Word document"),
        (archive("people.csv"), "a ZIP archive"),
        (archive("xl/workbook.xml")[:40], "a damaged Excel or ZIP file"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_another_kind_of_file_is_named(tmp_path: Path, data: bytes, kind: str) -> None:
    assert refusal(tmp_path, data) == (
        f"The file is {kind}. Save it as “CSV UTF-8” or as an Excel workbook (.xlsx), and try again."
    )


def test_a_damaged_workbook_says_so(tmp_path: Path) -> None:
    whole = workbook({"A": [HEADER, ADA]})
    broken = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as before, zipfile.ZipFile(broken, "w") as after:
        for name in before.namelist():
            after.writestr(name, before.read(name)[:-20] if "sheet1" in name else before.read(name))
    assert refusal(tmp_path, broken.getvalue()).startswith("The Excel file is damaged.")
    assert refusal(tmp_path, archive("xl/workbook.xml")).startswith("The Excel file is damaged.")


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.xlsx_files.MOST_BYTES", 1000)
    assert refusal(tmp_path, workbook({"A": [HEADER, ADA]})).startswith("The Excel file is too large.")
