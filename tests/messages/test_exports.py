"""The tables of an export: no formula, no name unless asked for, whole characters, and groups alone."""

import io
import zipfile
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from mentoring.exports.export import ExportNaming
from messages.exports import content, export_tables, file_name
from messages.status.charts import FileFormat
from tests.messages.examples import ADA, BEN, FIRST
from tests.messages.exports import EXPORT, GROUP, ODD

NAMED = replace(EXPORT, naming=ExportNaming.NAMES, people={ADA: "Ada Adams", BEN: "Ben Brook"})


def test_people_have_codes_and_nothing_that_few_share() -> None:
    table = export_tables(EXPORT)["people"]
    assert "Department" not in table.head
    assert "Grade" not in table.head
    assert [row[1] for row in table.rows] == ["P-0123456789", ""]
    assert ADA not in str(export_tables(EXPORT))


def test_names_come_with_departments_and_grades() -> None:
    table = export_tables(NAMED)["people"]
    assert table.head[-2:] == ("Department", "Grade")
    assert table.rows[0][1] == "Ada Adams"


def test_partnerships_have_counts_of_meetings_and_people_who_are_gone_have_no_name() -> None:
    rows = export_tables(EXPORT)["partnerships"].rows
    assert [row[7:] for row in rows] == [(2, str(FIRST.met_on)), (0, "")]
    assert [row[2] for row in rows] == ["P-abcdef0123", ""]
    assert [row[5] for row in rows] == ["active", "ended early"]


def test_meetings_are_counts_by_month() -> None:
    ((_, month, number),) = export_tables(EXPORT)["meetings"].rows
    assert (month, number) == (f"{FIRST.met_on:%Y-%m}", 2)


def test_answers_are_sums_of_groups_as_they_may_be_told() -> None:
    rows = export_tables(EXPORT)["answers"].rows
    assert [(row[4], row[6], row[7], row[8]) for row in rows] == [
        ("all", 5, 5, "4.5 or more"),
        ("mentees", 5, 5, "4.5 or more"),
    ]
    both = replace(EXPORT, groups=[replace(GROUP, role=None)])
    assert [row[4] for row in export_tables(both)["answers"].rows] == ["all"]
    assert export_tables(replace(EXPORT, groups=[]))["comments"].rows == []


def test_the_workbook_holds_whole_characters_and_no_formula() -> None:
    book = load_workbook(io.BytesIO(content(EXPORT, FileFormat.XLSX)))
    assert book.sheetnames == ["About", "People", "Partnerships", "Meetings", "Answers", "Comments"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert all(cell.data_type == "s" for cell in cells)
    values = [cell.value for cell in cells]
    assert f"'=HYPERLINK(1); {ODD}" in values
    assert {ODD, "'=1+1"} <= set(values)


@pytest.mark.parametrize("export", [EXPORT, NAMED], ids=lambda export: str(export.naming))
def test_the_archive_has_a_csv_file_for_each_table(export: object) -> None:
    assert isinstance(export, type(EXPORT))
    with zipfile.ZipFile(io.BytesIO(content(export, FileFormat.CSV))) as archive:
        names = archive.namelist()
        assert names == [f"{name}.csv" for name in export_tables(export)]
        texts = {name: archive.read(name).decode("utf-8-sig") for name in names}
    assert ODD in texts["comments.csv"]
    assert "'=HYPERLINK" in texts["people.csv"]
    assert "\n=" not in "".join(texts.values())
    assert (",=" in "".join(texts.values())) is False


def test_the_name_of_the_file_says_how_people_are_named() -> None:
    assert file_name(EXPORT, FileFormat.CSV) == "programme-data-with-codes-2027-03-02.zip"
    assert file_name(NAMED, FileFormat.XLSX) == "programme-data-with-names-2027-03-02.xlsx"


def test_an_empty_programme_has_tables_with_their_heads() -> None:
    nothing = replace(EXPORT, cohorts=[], applications=[], partnerships=[], meetings=[], totals={}, groups=[])
    tables = export_tables(nothing)
    assert all(table.rows == [] for name, table in tables.items() if name != "about")
    assert content(nothing, FileFormat.XLSX)
