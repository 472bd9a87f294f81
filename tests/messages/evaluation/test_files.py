"""The report as a web page and as a PDF: it needs nothing else, screen readers can read it, and words survive."""

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from messages.evaluation.document import (
    BarChart,
    BulletList,
    Document,
    DocumentSection,
    DocumentTable,
    Paragraph,
    Quotations,
    Typed,
)
from messages.evaluation.files import EvaluationFile, file_content, file_name
from messages.evaluation.html import as_html
from messages.evaluation.pdf import UNREADABLE, as_pdf, printable
from tests.evaluation_example import example

WORDS = ("<b>&amp; “bold”</b>", "#strong[no] *markup* $x$ \\", "مرحبا بالعالم", "Great 🎉", "two\nlines", "x" * 2000)
CHART = BarChart("Meetings", "Meetings. May: 3.", ("May",), (("Logged", (3.0,)), ("Asked for", (9.0,))))
TABLE = DocumentTable("Some <table>", ("", "A"), (("row", "5"),))
DOCUMENT = Document(
    "A <title>", "Made today.", (DocumentSection("a", "Words", (Quotations("All", WORDS), CHART, TABLE)),)
)


class Page(HTMLParser):
    """What is on a page: its tags with their attributes, and its words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_the_page_loads_nothing_and_runs_nothing() -> None:
    page = Page(file_content(example(), EvaluationFile.REPORT_HTML).decode())
    names = {tag for tag, _ in page.tags}
    assert not names & {"script", "link", "img", "iframe", "object", "form"}
    assert not [attributes for _, attributes in page.tags if {"src", "onclick", "style"} & set(attributes)]
    assert all(str(attributes["href"]).startswith("#") for tag, attributes in page.tags if tag == "a")


def test_the_page_has_a_language_one_heading_of_the_first_level_and_charts_in_words() -> None:
    page = Page(as_html(DOCUMENT))
    assert ("html", {"lang": "en"}) in page.tags
    assert [tag for tag, _ in page.tags if tag in ("h1", "h2", "h3")] == ["h1", "h2", "h3"]
    charts = [attributes for tag, attributes in page.tags if tag == "svg"]
    ids = {attributes["id"] for _, attributes in page.tags if "id" in attributes}
    assert [attributes["role"] for attributes in charts] == ["img"]
    assert set(str(charts[0]["aria-labelledby"]).split()) <= ids
    assert "Meetings. May: 3." in page.words


def test_words_are_on_the_page_as_they_were_typed() -> None:
    page = Page(as_html(DOCUMENT))
    assert set(WORDS) <= set(page.words)
    assert "b" not in {tag for tag, _ in page.tags}
    assert all(attributes.get("dir") == "auto" for tag, attributes in page.tags if tag == "blockquote")


def test_the_pdf_is_tagged_has_its_fonts_and_is_the_same_each_time() -> None:
    pdf = as_pdf(DOCUMENT, date(2027, 5, 1))
    assert pdf.startswith(b"%PDF-1.7")
    assert b"pdfuaid:part" in pdf, "it says that it follows PDF/UA-1"
    assert b"/StructTreeRoot" in pdf or b"ObjStm" in pdf
    assert pdf == as_pdf(DOCUMENT, date(2027, 5, 1))


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("plain", "plain"),
        ("Zażółć, naïve, ΑΒΓ, привет", "Zażółć, naïve, ΑΒΓ, привет"),
        ("שלום עולם", "שלום עולם"),
        ("مرحبا بالعالم", "مرحبا بالعالم"),
        ("e\u0301", "e\u0301"),
    ],
)
def test_words_in_letters_of_the_fonts_survive_into_the_pdf(typed: str, printed: str) -> None:
    assert printable(typed) == printed


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Great 🎉!", "Great [party popper]!"),
        ("👩🏽‍💻", "[woman, personal computer]"),
        ("🇬🇧", "[flag GB]"),
        ("walk 🚶‍♀️", "walk [pedestrian, female sign]"),
        ("𓂀 old", UNREADABLE),
    ],
)
def test_without_a_font_an_emoji_is_written_as_its_name(
    typed: str, printed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("messages.evaluation.pdf._is_drawn", lambda cluster: cluster.isascii())
    assert printable(typed) == printed


def test_both_views_of_a_round_are_written_in_both_formats() -> None:
    for file in EvaluationFile:
        assert len(file_content(example(), file)) > 5000


def test_a_document_without_sections_is_written(tmp_path: object) -> None:
    small = Document("Nothing", "", (DocumentSection("a", "Empty", (Paragraph("Nothing yet."),)),))
    assert "Nothing yet." in as_html(small)
    assert as_pdf(small, date(2027, 5, 1))


def test_the_example_in_the_documentation_is_up_to_date() -> None:
    """It has the style and the sections of today, but for those that had nothing to show. `make examples` writes it
    again, with other figures each time.
    """
    for file in (EvaluationFile.REPORT_HTML, EvaluationFile.AWARD_HTML):
        written = Path(__file__).parents[3] / "docs" / "examples" / file_name(file)
        kept, now = written.read_text(), file_content(example(), file).decode()
        styles, sections = r"<style>(.*?)</style>", r"<h[12][^>]*>(.*?)</h[12]>"
        assert re.findall(styles, kept, re.DOTALL) == re.findall(styles, now, re.DOTALL), f"make examples: {written}"
        shown = re.findall(sections, kept)
        assert shown == [each for each in re.findall(sections, now) if each in shown], f"make examples: {written}"
        assert len(shown) > 5


ODD = (
    "\u202eturned\u200f and \x07rung",
    "a\u0000b\u2028next",
    "ﷺ " * 300,
    "ก็ไทย हिन्दी שָׁלוֹם",
    "🏴󠁧󠁢󠁥󠁮󠁧󠁿 1️⃣ ☺️ ❤️ ™ ½ 🎉 中",
    "\ue000 \u0378 \U0010ffff",
    "",
)


def test_no_text_keeps_the_pdf_from_being_written() -> None:
    chart = replace(CHART, labels=(ODD[4],), description=ODD[4])
    table = DocumentTable(ODD[4], ("", ODD[4]), ((ODD[4], ODD[3]),))
    section = DocumentSection("a", ODD[4], (Quotations(ODD[4], ODD), Typed(ODD[0]), BulletList(ODD), chart, table))
    assert as_pdf(Document(f"A {ODD[4]}", ODD[4], (section,)), date(2027, 5, 1))
