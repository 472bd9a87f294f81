"""A document as plain values, from which a web page and a PDF are written. All texts are plain."""

from dataclasses import dataclass
from typing import Final

LANGUAGE: Final = "en"


@dataclass(frozen=True)
class Paragraph:
    text: str
    is_small: bool = False


@dataclass(frozen=True)
class Subheading:
    text: str


@dataclass(frozen=True)
class BulletList:
    items: tuple[str, ...]


@dataclass(frozen=True)
class Typed:
    """What somebody typed, with its line breaks."""

    text: str


@dataclass(frozen=True)
class Quotations:
    """Comments, each by itself, under a heading of their own."""

    heading: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class DocumentTable:
    """The first cell of a row names it. Columns are right-aligned, but for the first, where `has_numbers`; else there
    are three.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    has_numbers: bool = True


@dataclass(frozen=True)
class BarChart:
    """Bars from zero: for each of the `labels` one of each series, by its name. `description` says it in words."""

    title: str
    description: str
    labels: tuple[str, ...]
    series: tuple[tuple[str, tuple[float, ...]], ...]
    most: float | None = None
    """The end of the scale, where it is not the highest value."""
    said: tuple[str, ...] = ()
    """What stands at each bar of the only series in place of its value."""


Element = Paragraph | Subheading | BulletList | Typed | Quotations | DocumentTable | BarChart


@dataclass(frozen=True)
class DocumentSection:
    """`id` is a word of ASCII letters, for links."""

    id: str
    title: str
    elements: tuple[Element, ...]


@dataclass(frozen=True)
class Document:
    title: str
    subtitle: str
    sections: tuple[DocumentSection, ...]
