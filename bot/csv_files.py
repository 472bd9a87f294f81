"""CSV files as spreadsheets and other systems write and read them (RFC 4180)."""

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from bot.settings import InvalidSettings

Row = tuple[int, list[str]]
"""The line of the file on which it begins, from 1, and its cells as they stand there."""

_SEPARATORS = (",", ";", "\t")
_SAID = re.compile(r"sep=(.)(?=\r?\n)", re.IGNORECASE)
"""What Excel reads a separator from; it stands before all else."""
_NOT_UTF8 = re.compile("[\udc80-\udcff]")
_ALIVE = re.compile("('*)[=+\\-@\t\r\n\0＝＋－＠]")
"""What a spreadsheet would calculate with, and what we have made of it."""


def read_rows(path: Path, is_header: Callable[[str], bool]) -> Iterator[Row]:
    """The rows in which something stands, the one with the headers first; in whatever way the cells are separated.

    `is_header` knows the names of columns, as `plain` has them. Bytes that are not UTF-8 are kept so that `is_garbled`
    finds them. Raises InvalidSettings with what to mend, also while it is read.
    """
    try:
        text = _decoded(path.read_bytes())
    except OSError as error:
        raise InvalidSettings(f"The file cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise InvalidSettings(
            "The file breaks off in the middle of a character. Save it again as “CSV UTF-8”."
        ) from None
    said = _SAID.match(text)
    if said:
        text = text[said.end() :]
    return _rows(text, said[1] if said else _separator(text, is_header))


def write_rows(rows: Iterable[Iterable[str]]) -> bytes:
    """A file that Excel opens as it is, and in which no cell is taken for a formula."""
    lines = io.StringIO(newline="")
    csv.writer(lines).writerows([neutralise_formula(cell) for cell in row] for row in rows)
    return lines.getvalue().encode("utf-8-sig", "replace")


def neutralise_formula(cell: str) -> str:
    """A cell that a spreadsheet shows and does not calculate with (OWASP ASVS 1.2.10)."""
    return f"'{cell}" if _ALIVE.match(cell) else cell


def restore_formula(cell: str) -> str:
    """What `neutralise_formula` has been given."""
    match = _ALIVE.match(cell)
    return cell[1:] if match and match[1] else cell


def plain(header: str) -> str:
    """The name of a column, whatever its case, signs and blanks."""
    return " ".join(re.sub(r"[\W_]+", " ", header.casefold().replace("’", "").replace("'", "")).split())


def squeezed(cell: str) -> str:
    """Without blanks around it, and one wherever there are several."""
    return " ".join(cell.split())


def is_garbled(cell: str) -> bool:
    """Whether it holds bytes that are not UTF-8."""
    return _NOT_UTF8.search(cell) is not None


def legible(cell: str) -> str:
    """To be printed, whatever it holds."""
    return printable(_NOT_UTF8.sub("\N{REPLACEMENT CHARACTER}", cell))


def printable(text: str) -> str:
    """Without what would command a terminal rather than show on it."""
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
                f"Line {number} of the file cannot be read: a quotation mark opens and does not close, or closes and "
                "something follows. Save the file again as CSV, or correct that line."
            ) from None
        if any(cell.strip() for cell in row):
            yield number, row


def _separator(text: str, is_header: Callable[[str], bool]) -> str:
    """The one by which the first row names most of the columns that are known."""

    def named(separator: str) -> int:
        try:
            _, header = next(_rows(text, separator), (0, []))
        except InvalidSettings:
            return 0
        return sum(is_header(plain(name)) for name in header)

    return max(_SEPARATORS, key=named)
