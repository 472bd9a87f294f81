"""A document as a PDF that screen readers can read (PDF/UA-1): tagged, with its language and texts for its charts.

The fonts are those that come with the `typst` wheel, and for other scripts those of the computer. They have no emoji on
most servers, and PDF/UA allows no character without a shape: an emoji is then written as its name. A comment in letters
that no font has is left out, and the PDF says so: the web page has all of them.
"""

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from messages.evaluation.document import (
    LANGUAGE,
    BarChart,
    BulletList,
    Document,
    DocumentTable,
    Element,
    Paragraph,
    Quotations,
    Subheading,
    Typed,
)
from messages.evaluation.svg import bar_chart
from messages.text import clusters, without_controls

if TYPE_CHECKING:
    from typst import Fonts

UNREADABLE: Final = "[In letters that this PDF has no font for. The report as a web page has it.]"
_TEMPLATE: Final = Path(__file__).with_name("template.typ")
_STANDARD: Final = "ua-1"
_JOINERS: Final = frozenset("\u200d\ufe0e\ufe0f\u20e3")
_SKIN_TONES: Final = range(0x1F3FB, 0x1F400)
_REGIONS: Final = range(0x1F1E6, 0x1F200)


def as_pdf(document: Document, made_on: date) -> bytes:
    """The PDF: the same each time for the same document, day, version of `typst` and fonts."""
    import typst  # it is large, and few processes need it

    inputs = {"document": json.dumps(_plain(document))}
    made = datetime.combine(made_on, time(12), UTC)
    template, fonts = _TEMPLATE.read_bytes(), _fonts()
    try:
        return typst.compile(template, font_paths=fonts, sys_inputs=inputs, timestamp=made, pdf_standards=_STANDARD)
    except typst.TypstError:  # signs that are drawn by themselves, but not together: it is tagged all the same
        return typst.compile(template, font_paths=fonts, sys_inputs=inputs, timestamp=made)


@cache
def _fonts() -> "Fonts":
    import typst

    return typst.Fonts()


def _plain(document: Document) -> dict[str, Any]:
    number = iter(range(1, 1000))
    return {
        "language": LANGUAGE,
        "title": printable(document.title),
        "subtitle": printable(document.subtitle),
        "sections": [
            {"title": printable(each.title), "elements": [_element(part, next(number)) for part in each.elements]}
            for each in document.sections
        ],
    }


def _element(element: Element, number: int) -> dict[str, Any]:
    match element:
        case Paragraph(text, is_small):
            return {"kind": "paragraph", "text": printable(text), "small": is_small}
        case Subheading(text):
            return {"kind": "subheading", "text": printable(text)}
        case Typed(text):
            return {"kind": "typed", **_typed(text)}
        case BulletList(items):
            return {"kind": "bullets", "items": [_typed(each) for each in items]}
        case Quotations(heading, texts):
            return {"kind": "quotations", "heading": printable(heading), "texts": [_typed(each) for each in texts]}
        case DocumentTable(caption, head, rows, has_numbers):
            cells = [[printable(cell) for cell in row] for row in rows]
            names = [printable(each) for each in head]
            return {
                "kind": "table",
                "caption": printable(caption),
                "head": names,
                "rows": cells,
                "numbers": has_numbers,
            }
        case BarChart():
            return {"kind": "chart", "alt": element.description, "svg": bar_chart(_printable_chart(element), number)}


def _printable_chart(chart: BarChart) -> BarChart:
    return replace(
        chart,
        labels=tuple(map(printable, chart.labels)),
        series=tuple((printable(name), values) for name, values in chart.series),
        said=tuple(map(printable, chart.said)),
    )


def _typed(text: str) -> dict[str, Any]:
    return {"text": printable(text), "rtl": _is_right_to_left(text)}


def _is_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction says so, as browsers do for `dir="auto"`."""
    directions = (unicodedata.bidirectional(character) for character in text)
    return next((each for each in directions if each in ("L", "R", "AL")), "L") != "L"


def printable(text: str) -> str:
    """The text with names for characters that no font has, or UNREADABLE if they are letters."""
    text = without_controls(text)
    if text.isascii():
        return text
    found = []
    for cluster in clusters(text):
        shapes = _shapes(cluster)
        is_letter = unicodedata.category(cluster[0])[0] in "LM"
        if cluster.isascii() or (_is_drawn(cluster) and (is_letter or len(shapes) == 1)):
            found.append(cluster)
        elif is_letter:
            return UNREADABLE
        else:
            found.append(_name(cluster, shapes))
    return "".join(found)


@cache
def _is_drawn(cluster: str) -> bool:
    """Whether there is a font for all of it."""
    import typst

    source = (
        f'#set document(title: "a")\n#set text(font: "Libertinus Serif")\n#{json.dumps(cluster, ensure_ascii=False)}'
    )
    try:
        typst.compile(source.encode(), font_paths=_fonts(), pdf_standards=_STANDARD)
    except typst.TypstError:
        return False
    return True


def _shapes(cluster: str) -> list[str]:
    """What it is made of, without joiners and the tone of a skin."""
    return [each for each in cluster if each not in _JOINERS and ord(each) not in _SKIN_TONES]


def _name(cluster: str, shapes: Sequence[str]) -> str:
    """An emoji in words, in brackets. Those that are joined are named one after the other."""
    if all(ord(each) in _REGIONS for each in cluster):
        return f"[flag {''.join(chr(ord(each) - _REGIONS[0] + ord('A')) for each in cluster)}]"
    names = [unicodedata.name(each, "").lower() for each in shapes]
    return f"[{', '.join(filter(None, names)) or 'a sign'}]"
