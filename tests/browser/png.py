"""Make a screenshot small with nothing but the standard library: 256 colours are plenty for a page.

https://www.w3.org/TR/png-3/
"""

import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from functools import cache

COLOURS = 256
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_RGB = 3


def pack(png: bytes) -> bytes:
    """The same picture (8-bit RGB, as browsers take it) in 256 of its colours. Raises ValueError for another kind."""
    chunks = list(_chunks(png))
    width, height, depth, kind = struct.unpack(">IIBB", chunks[0][1][:10])
    if (depth, kind) != (8, 2):
        raise ValueError("not an 8-bit RGB picture")
    rows = list(_rows(zlib.decompress(b"".join(data for name, data in chunks if name == b"IDAT")), width * _RGB))
    pixels = [[row[at : at + _RGB] for at in range(0, len(row), _RGB)] for row in rows]
    palette = _palette(Counter(pixel for row in pixels for pixel in row))

    @cache
    def nearest(colour: bytes) -> int:
        return min(range(len(palette)), key=lambda place: _apart(colour, palette[place]))

    drawn = b"".join(b"\0" + bytes(nearest(pixel) for pixel in row) for row in pixels)
    return _SIGNATURE + b"".join(
        _chunk(name, data)
        for name, data in (
            (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
            (b"PLTE", b"".join(palette)),
            (b"IDAT", zlib.compress(drawn, 9)),
            (b"IEND", b""),
        )
    )


def _palette(seen: Counter[bytes]) -> list[bytes]:
    """The commonest colour, then again and again the one that would be missed most: common, and unlike those chosen."""
    chosen = [seen.most_common(1)[0][0]]
    missed = {colour: _apart(colour, chosen[0]) for colour in seen}
    while len(chosen) < min(COLOURS, len(seen)):
        worst = max(seen, key=lambda colour: seen[colour] * missed[colour])
        chosen.append(worst)
        missed = {colour: min(far, _apart(colour, worst)) for colour, far in missed.items()}
    return chosen


def _apart(one: bytes, other: bytes) -> int:
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 + (one[2] - other[2]) ** 2


def _rows(filtered: bytes, size: int) -> Iterator[bytes]:
    """Undo the filter of each row (section 9 of the specification)."""
    above = bytearray(size)
    for start in range(0, len(filtered), size + 1):
        how, row = filtered[start], bytearray(filtered[start + 1 : start + 1 + size])
        for at in range(size):
            left = row[at - _RGB] if at >= _RGB else 0
            corner = above[at - _RGB] if at >= _RGB else 0
            guess = (0, left, above[at], (left + above[at]) // 2, _paeth(left, above[at], corner))[how]
            row[at] = (row[at] + guess) & 255
        yield bytes(row)
        above = row


def _paeth(left: int, above: int, corner: int) -> int:
    guess = left + above - corner
    return min((left, above, corner), key=lambda value: abs(guess - value))


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_SIGNATURE)
    while at < len(png):
        (size,) = struct.unpack(">I", png[at : at + 4])
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + size]
        at += 12 + size


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
