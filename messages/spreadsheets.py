"""Writing files that spreadsheets open: CSV (RFC 4180) and workbooks of Excel (.xlsx)."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Cell = str | int

_FORMULA_START = re.compile("('*)[=+\\-@\t\r\n\0＝＋－＠]")
"""The start of a cell that a spreadsheet would take for a formula, with the apostrophes that neutralise it."""

_NOT_IN_XML = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f]")
"""Control characters that no workbook may hold."""
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\]")
_MOST_IN_TITLE = 28
"""Excel takes 31 characters, the number among them."""


@dataclass(frozen=True)
class FigureTable:
    """A table with a title. The cells are plain text or numbers."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def write_rows(rows: Iterable[Iterable[str]]) -> bytes:
    """A file that Excel opens without an import dialog, and in which no cell is taken for a formula."""
    lines = io.StringIO(newline="")
    csv.writer(lines).writerows([neutralise_formula(cell) for cell in row] for row in rows)
    return lines.getvalue().encode("utf-8-sig", "replace")


def neutralise_formula(cell: str) -> str:
    """A cell that a spreadsheet shows as text and does not evaluate (OWASP ASVS 1.2.10)."""
    return f"'{cell}" if _FORMULA_START.match(cell) else cell


def restore_formula(cell: str) -> str:
    """Undo `neutralise_formula`."""
    match = _FORMULA_START.match(cell)
    return cell[1:] if match and match[1] else cell


def write_workbook(sheets: Iterable[FigureTable]) -> bytes:
    """A workbook with a sheet for each table, in which no cell is taken for a formula."""
    from openpyxl import Workbook  # it loads numpy, which is not needed before somebody wants a workbook

    workbook = Workbook(write_only=True)
    for each in sheets:
        sheet = workbook.create_sheet(_sheet_title(each.title))
        sheet.freeze_panes = "A2"
        for row in (each.head, *each.rows):
            sheet.append([_in_workbook(cell) if isinstance(cell, str) else cell for cell in row])
    written = io.BytesIO()
    workbook.save(written)
    return written.getvalue()


def _sheet_title(title: str) -> str:
    """The title as Excel takes it. Two that are alike get a number."""
    return _NOT_IN_TITLES.sub("-", _NOT_IN_XML.sub("", title)).strip("' ")[:_MOST_IN_TITLE] or "Table"


def _in_workbook(cell: str) -> str:
    return neutralise_formula(_NOT_IN_XML.sub("", cell))
