"""Reading and writing CSV files of spreadsheets and other systems (RFC 4180)."""

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from bot.settings import InvalidSettings
from mentoring.core.clean_text import clean_text

Row = tuple[int, list[str]]
"""The number of its first line in the file, from 1, and its cells unchanged."""

_SEPARATORS = (",", ";", "\t")
_SEP_LINE = re.compile(r"sep=(.)(?=\r?\n)", re.IGNORECASE)
"""Excel's first line that names the separator."""
_NOT_UTF8 = re.compile("[\udc80-\udcff]")
_FORMULA_START = re.compile("('*)[=+\\-@\t\r\n\0＝＋－＠]")
"""The start of a cell that a spreadsheet would take for a formula, with the apostrophes that neutralise it."""


def read_rows(path: Path, is_header: Callable[[str], bool]) -> Iterator[Row]:
    """The rows that are not empty, the header row first; the separator is detected.

    `is_header` recognises the names of columns, as normalised by `plain`. Bytes that are not UTF-8 are kept, so that
    `is_garbled` finds them. Raises InvalidSettings, also during iteration.
    """
    try:
        text = _decoded(path.read_bytes())
    except OSError as error:
        raise InvalidSettings(f"The file cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise InvalidSettings("The file ends in the middle of a character. Save it again as “CSV UTF-8”.") from None
    sep_line = _SEP_LINE.match(text)
    if sep_line:
        text = text[sep_line.end() :]
    return _rows(text, sep_line[1] if sep_line else _separator(text, is_header))


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


def plain(header: str) -> str:
    """The normalised name of a column: case, punctuation and spaces do not matter."""
    return " ".join(re.sub(r"[\W_]+", " ", squeezed(header).casefold().replace("’", "").replace("'", "")).split())


def squeezed(cell: str) -> str:
    """On a single line, with single spaces, and normalised."""
    return " ".join(tidy(cell).split())


def tidy(cell: str) -> str:
    """The cell normalised (`clean_text`). Bytes that are not UTF-8 stay, so that `is_garbled` finds them."""
    return cell.strip() if is_garbled(cell) else clean_text(cell)


def is_garbled(cell: str) -> bool:
    """Whether it has bytes that are not UTF-8."""
    return _NOT_UTF8.search(cell) is not None


def legible(cell: str) -> str:
    """The cell in a form that can be printed."""
    return printable(_NOT_UTF8.sub("\N{REPLACEMENT CHARACTER}", cell))


def printable(text: str) -> str:
    """Without the characters that control a terminal."""
    return "".join(filter(str.isprintable, text))


def _decoded(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16")
    return data.decode("utf-8-sig", "surrogateescape")


def _rows(text: str, separator: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        number = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise InvalidSettings(
                f"Line {number} of the file cannot be read: its quotation marks do not match. Save the file again as "
                "CSV, or correct that line."
            ) from None
        if any(map(tidy, row)):
            yield number, row


def _separator(text: str, is_header: Callable[[str], bool]) -> str:
    """The separator with which the first row names the most known columns."""

    def known_columns(separator: str) -> int:
        try:
            _, header = next(_rows(text, separator), (0, []))
        except InvalidSettings:
            return 0
        return sum(is_header(plain(name)) for name in header)

    return max(_SEPARATORS, key=known_columns)
