"""Reading a table that somebody prepared, in whatever kind of file: CSV or Excel. Other kinds are named."""

import codecs
import io
import zipfile
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from bot.csv_files import Header, Row, find_header, legible, read_rows, squeezed
from bot.settings import InvalidSettings
from messages.text import join, shorten

_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STARTS = (
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"\x1f\x8b", "a compressed file"),
    (b"7z\xbc\xaf", "a compressed file"),
    (b"Rar!", "a compressed file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"SQLite format 3", "a database"),
)
_MARKUP = (
    (b"<!doctype html", "a web page (HTML)"),
    (b"<html", "a web page (HTML)"),
    (b"<table", "a web page (HTML)"),
    (b"<?xml", "an XML file"),
)
_PARTS = (
    ("xl/workbook.bin", "a binary Excel workbook (.xlsb)"),
    ("content.xml", "an OpenDocument file"),
    ("word/document.xml", "a Word document"),
    ("Index/Document.iwa", "a Numbers file"),
    ("Index.zip", "a Numbers file"),
)
_SAVE_AS = "Save it as “CSV UTF-8” or as an Excel workbook (.xlsx), and try again."
_MOST_SHOWN = 8
_MOST_IN_NAME = 30


def read_table(path: Path, is_header: Callable[[str], bool]) -> Iterator[Row]:
    """The rows that are not empty, from the header row on. Rows above it, such as a title, are skipped.

    `is_header` recognises the names of columns, as normalised by `plain`. The rows of a workbook have all columns of
    the header. Raises InvalidSettings, also during iteration.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InvalidSettings(f"The file cannot be read: {error.strerror}.") from None
    return rows_in(data, is_header)


def rows_in(data: bytes, is_header: Callable[[str], bool]) -> Iterator[Row]:
    """The rows in the contents of a file; see `read_table`."""
    if other := _other_kind(data):
        raise InvalidSettings(f"The file is {other}. {_SAVE_AS}")
    if data.startswith(_ZIP):
        return _read_workbook(data, is_header)
    return read_rows(data, is_header)


def unpacked_size(data: bytes) -> int:
    """The bytes of an unpacked workbook, as it says; 0 if this is no ZIP archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return sum(part.file_size for part in archive.infolist())
    except zipfile.BadZipFile:
        return 0


def shown_header(header: list[str]) -> str:
    """What the first line holds, as a sentence after the one that says what it must hold."""
    names = [shorten(legible(squeezed(cell)), _MOST_IN_NAME) for cell in header if squeezed(cell)]
    if not names:
        return "The file is empty."
    if any("@" in name for name in names):
        return "Now its first line is about a person."
    more = len(names) - _MOST_SHOWN
    shown = [f"“{name}”" for name in names[:_MOST_SHOWN]]
    return f"Now it has: {join([*shown, f'{more} more'] if more > 0 else shown)}."


def _other_kind(data: bytes) -> str:
    """What the file is, if it is neither a text nor a workbook; else ""."""
    if data.startswith(_OLD_OFFICE):
        is_protected = "EncryptedPackage".encode("utf-16-le") in data
        return "protected with a password" if is_protected else "an Excel file of the old kind (.xls)"
    for start, kind in _STARTS:
        if data.startswith(start):
            return kind
    text = data.removeprefix(codecs.BOM_UTF8).lstrip()[:20].lower()
    if kind := next((kind for start, kind in _MARKUP if text.startswith(start)), ""):
        return kind
    return _other_archive(data) if data.startswith(_ZIP) else ""


def _other_archive(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile:
        return "a damaged Excel or ZIP file"
    if "xl/workbook.xml" in names:
        return ""
    return next((kind for part, kind in _PARTS if part in names), "a ZIP archive")


def _read_workbook(data: bytes, is_header: Callable[[str], bool]) -> Iterator[Row]:
    """The rows of the sheet that names the most columns."""
    from bot.xlsx_files import read_sheets

    sheets = [(find_header(sheet.rows, is_header), sheet) for sheet in read_sheets(data)]
    header, best = max(sheets, key=lambda found: found[0].known, default=(Header(), None))
    if best is None:
        raise InvalidSettings(f"The Excel file has no sheet that can be read. {_SAVE_AS}")
    equal = [sheet.title for found, sheet in sheets if found.known == header.known and _has_rows(sheet.rows, found)]
    if len(equal) > 1 and header.known:
        named = join([f"“{shorten(squeezed(title), _MOST_IN_NAME)}”" for title in equal[:_MOST_SHOWN]])
        raise InvalidSettings(
            f"The sheets {named} have the same columns. Put all lines into one sheet, or save each sheet as a file."
        )
    rows = [row for row in best.rows if row[0] >= header.number]
    width = len(rows[0][1]) if rows else 0
    return ((number, [*cells, *[""] * (width - len(cells))]) for number, cells in rows)


def _has_rows(rows: list[Row], header: Header) -> bool:
    """Whether there are rows below the header."""
    below = (number for number, _ in rows if number > header.number)
    return any(islice(below, 1))
