"""Reading workbooks of Excel (.xlsx, ECMA-376) with openpyxl's read-only mode."""

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from bot.settings import InvalidSettings

MOST_BYTES = 500_000_000
"""Bytes of an unpacked workbook."""

_DAMAGED = (
    InvalidFileException,
    zipfile.BadZipFile,
    zlib.error,
    SyntaxError,  # of XML
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    EOFError,
    OSError,
    NotImplementedError,
)
_CHUNK = 1 << 20
_FORMULA_TAGS = (b"<f>", b"<f ")


@dataclass(frozen=True)
class Sheet:
    """A visible sheet and its rows that are not empty, each with its number from 1 and without empty cells at its
    end.
    """

    title: str
    rows: list[tuple[int, list[str]]]


def read_sheets(data: bytes) -> list[Sheet]:
    """The visible sheets, with all cells as text. A formula counts as its result, or as itself if it has none.

    Raises InvalidSettings if the workbook cannot be read.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MOST_BYTES:
                raise InvalidSettings("The Excel file is too large. Delete the columns that are not needed.")
            has_formulas = _has_formulas(archive)
        sheets = dict(_sheets(data, results=True))
        formulas = dict(_sheets(data, results=False)) if has_formulas else sheets
        return [Sheet(title, list(_rows(sheets[title], formulas[title]))) for title in sheets]
    except _DAMAGED:
        raise InvalidSettings("The Excel file is damaged. Open it in Excel, save it again, and try again.") from None


def _has_formulas(archive: zipfile.ZipFile) -> bool:
    """Whether a sheet may have formulas, which are rare and cost a second reading."""
    for part in archive.namelist():
        if not part.startswith("xl/worksheets/"):
            continue
        with archive.open(part) as file:
            end = b""
            while chunk := file.read(_CHUNK):
                if any(tag in end + chunk for tag in _FORMULA_TAGS):
                    return True
                end = chunk[-len(_FORMULA_TAGS[0]) :]
    return False


def _sheets(data: bytes, *, results: bool) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of parts that are not read, such as drop-down lists
        workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=results, keep_links=False)
        try:
            for sheet in workbook.worksheets:
                if sheet.sheet_state == "visible":
                    sheet.reset_dimensions()  # some programs write wrong ones
                    yield sheet.title, list(sheet.iter_rows(values_only=True))
        finally:
            workbook.close()


def _rows(results: list[tuple[Any, ...]], formulas: list[tuple[Any, ...]]) -> Iterator[tuple[int, list[str]]]:
    for number, (row, written) in enumerate(zip(results, formulas, strict=True), 1):
        cells = [_text(formula if value is None else value) for value, formula in zip(row, written, strict=True)]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield number, cells


def _text(value: Any) -> str:
    """The text of a cell; dates in ISO 8601."""
    match value:
        case None:
            return ""
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime():
            return value.isoformat(" ")
        case date() | time():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value)
