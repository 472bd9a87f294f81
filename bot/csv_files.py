"""Reading CSV files of spreadsheets and other systems (RFC 4180). `messages/spreadsheets.py` writes them."""

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import dropwhile, islice

from bot.settings import InvalidSettings
from mentoring.core.clean_text import clean_text

Row = tuple[int, list[str]]
"""The number of its first line in the file, from 1, and its cells unchanged."""

MOST_ABOVE = 20
"""Rows among which the header is searched."""

_SEPARATORS = (",", ";", "\t", "|")
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks; that of UTF-32 begins like that of UTF-16."""
_EVERY_SECOND_IS_ZERO = re.compile(rb"(?:[^\0]\0){4}", re.DOTALL)
"""The start of a text in Latin letters in UTF-16, from its first or second byte on."""
_SEP_LINE = re.compile(r"sep=(.)(?=\r?\n)", re.IGNORECASE)
"""Excel's first line that names the separator."""
_NOT_UTF8 = re.compile("[\udc80-\udcff]")


def read_rows(data: bytes, is_header: Callable[[str], bool]) -> Iterator[Row]:
    """The rows that are not empty, from the header row on; the separator is detected.

    `is_header` recognises the names of columns, as normalised by `plain`. Bytes that are not UTF-8 are kept, so that
    `is_garbled` finds them. Raises InvalidSettings, also during iteration.
    """
    text = _decoded(data)
    sep_line = _SEP_LINE.match(text)
    if sep_line:
        text = text[sep_line.end() :]
    separators = (sep_line[1],) if sep_line else _SEPARATORS
    headers = {separator: find_header(_rows_before_error(text, separator), is_header) for separator in separators}
    best = max(separators, key=lambda separator: headers[separator].known)
    return dropwhile(lambda row: row[0] < headers[best].number, _rows(text, best))


@dataclass(frozen=True)
class Header:
    """The line number of a header row, and how many names in it are `known`."""

    number: int = 0
    known: int = 0


def find_header(rows: Iterable[Row], is_header: Callable[[str], bool]) -> Header:
    """The row that names the most columns, among the first ones: a title may stand above it."""
    counted = (Header(number, sum(is_header(plain(cell)) for cell in row)) for number, row in islice(rows, MOST_ABOVE))
    return max(counted, key=lambda header: header.known, default=Header())


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
    try:
        for mark, encoding in _MARKS:
            if data.startswith(mark):
                return data.decode(encoding)
        if _EVERY_SECOND_IS_ZERO.match(data):
            return data.decode("utf-16-le")
        if _EVERY_SECOND_IS_ZERO.match(data[1:]):
            return data.decode("utf-16-be")
    except UnicodeDecodeError:
        raise InvalidSettings(
            "The file ends in the middle of a character, or holds half of one. Save it again as “CSV UTF-8”."
        ) from None
    return data.decode("utf-8-sig", "surrogateescape")


def _rows_before_error(text: str, separator: str) -> Iterator[Row]:
    """The rows up to the first one that cannot be read, for the search for the header."""
    with suppress(InvalidSettings):
        yield from _rows(text, separator)


def _rows(text: str, separator: str) -> Iterator[Row]:
    csv.field_size_limit(max(len(text), csv.field_size_limit()))  # a cell may be long, and is rarely one we read
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        number = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise InvalidSettings(f"Line {number} of the file cannot be read: {_problem(str(error))}") from None
        if any(map(tidy, row)):
            yield number, row


def _problem(error: str) -> str:
    """What the csv module found, in words."""
    if error.startswith("unexpected end of data"):
        return "a quotation mark opens a cell and none closes it. Correct that line, or save the file again as CSV."
    if "expected after" in error:
        return (
            "a cell goes on after its closing quotation mark. Write quotation marks inside a cell twice, or save the "
            "file again as CSV."
        )
    return "it is not a line of a CSV file. Correct that line, or save the file again as CSV."
