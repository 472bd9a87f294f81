"""Languages as people choose or type them: their names, and reading them from a text by words."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from babel import Locale
from babel.languages import get_territory_language_info

from mentoring.core.language_names import (
    ALSO_CALLED,
    COMMONEST,
    NOT_IN_CLDR,
    NOT_SPOKEN,
    OTHER_CODES,
    SHOWN_BESIDE,
    THREE_LETTERS,
)

_MARKS = re.compile("[\u0300-\u036f]")
_BETWEEN = re.compile(r"[,;/|&+\n•·]|\b(?:and|und|et)\b", re.IGNORECASE)
_AROUND = " .:()-–—*"
_MOST_WORDS = 4
"""Words of the longest name."""
_LEAST_LETTERS = 2
_MOST_HERE = 10
_WRITTEN_IN = ("de", "fr", "es", "it", "nl", "pt")
"""Languages in which people may name languages, besides English and each language itself."""
_SPOKEN_BY = 3
"""Per cent of a country's people, from which a language counts as spoken there."""

_WORDS_AROUND = (
    "a advanced also and any at b1 b2 basic beginner bilingual bit c1 c2 conversational currently first fluent "
    "fluently good i in intermediate is knowledge language languages learning level little mainly mother my na native "
    "natively no none nothing of only or proficient second some speak spoken the tongue very well with working"
)
_NOT_A_NAME = frozenset(_WORDS_AROUND.split())
"""Words that say how well somebody speaks a language, or that there is none."""


def load_names() -> None:
    """Load all names, which takes a part of a second, so that nobody waits for it later."""
    _codes_by_name()


@cache
def names() -> dict[str, str]:
    """The English names of the languages that are offered, by code, in alphabetical order."""
    english = {str(code): str(name) for code, name in Locale("en").languages.items()}
    codes = {code for code in english if len(code) == len("en")} - NOT_SPOKEN - OTHER_CODES.keys()
    found = {code: english[code] for code in (*codes, *THREE_LETTERS) if code in english} | dict(NOT_IN_CLDR)
    return dict(sorted(found.items(), key=lambda item: _fold(item[1])))


def label(code: str) -> str:
    """The name, with another one behind it if people would look for that: "Persian (Farsi)"."""
    beside = SHOWN_BESIDE.get(code)
    return f"{names()[code]} ({beside})" if beside else names()[code]


def common(country: str) -> list[str]:
    """The codes of the languages that are common in the country (ISO 3166 alpha-2, or ""), then in the world."""
    spoken: Mapping[str, Mapping[str, Any]] = get_territory_language_info(country) if country else {}
    ranked = sorted(
        (not (facts["official_status"] or "").endswith("official"), -facts["population_percent"], language)
        for language, facts in spoken.items()
        if facts["official_status"] or facts["population_percent"] >= _SPOKEN_BY
    )
    here = (language.partition("_")[0] for _, _, language in ranked)
    offered = [code for code in (OTHER_CODES.get(code, code) for code in here) if code in names()]
    return list(dict.fromkeys((*list(dict.fromkeys(offered))[:_MOST_HERE], *COMMONEST)))


def spelled(codes: Sequence[str], others: str = "") -> str:
    """The names of the languages, then `others`, which were typed. Raises ValueError for an unknown code."""
    if not set(codes) <= names().keys():
        raise ValueError("not a language that is offered")
    return ", ".join(filter(None, (*(names()[code] for code in codes), others)))


@lru_cache(maxsize=4096)
def read_languages(text: str) -> tuple[tuple[str, ...], str]:
    """The codes of the languages that a text names, and the parts of it that name none of them."""
    codes: dict[str, None] = {}
    others: dict[str, str] = {}
    for part in _BETWEEN.split(text):
        words = _words(part)
        found = dict.fromkeys(_named(words)) or dict.fromkeys(_coded(words))
        codes |= found
        other = _plain_name(words)
        if not found and sum(map(str.isalpha, other)) >= _LEAST_LETTERS:
            others.setdefault(other, " ".join(part.split()).strip(_AROUND))
    return tuple(codes), ", ".join(others.values())


@lru_cache(maxsize=4096)
def languages_in(text: str) -> frozenset[str]:
    """What two texts are compared by: codes, and the plain form of languages that we do not know."""
    codes, others = read_languages(text)
    return frozenset((*codes, *(f"={_plain_name(_words(part))}" for part in _BETWEEN.split(others) if part)))


def _named(words: list[str]) -> Iterator[str]:
    """The codes of the languages that these words name; of names inside each other, the longest."""
    known = _codes_by_name()
    start = 0
    while start < len(words):
        ends = range(min(len(words), start + _MOST_WORDS), start, -1)
        end = next((end for end in ends if " ".join(words[start:end]) in known), None)
        if end:
            yield known[" ".join(words[start:end])]
        start = end or start + 1


def _coded(words: list[str]) -> Iterator[str]:
    """The language whose code is all that these words are: "EN"."""
    if len(words) == 1 and words[0] not in _NOT_A_NAME:
        code = OTHER_CODES.get(words[0], words[0])
        if len(words[0]) == len("en") and code in names():
            yield code


@cache
def _codes_by_name() -> dict[str, str]:
    pairs = [(name, code) for code, name in names().items()]
    pairs += [(name, code) for code, others in ALSO_CALLED.items() for name in others]
    pairs += [(Locale("en").languages[other], code) for other, code in OTHER_CODES.items()]
    pairs += [(name, code) for written in _WRITTEN_IN for code, name in _names_in(written)]
    found: dict[str, str] = {}
    for name, code in pairs:
        found.setdefault(" ".join(_words(name)), code)
    return found


def _names_in(written: str) -> Iterator[tuple[str, str]]:
    """The names of the languages in another language, with their codes."""
    known = Locale(written).languages
    return ((code, known[code]) for code in names() if code in known)


def _plain_name(words: list[str]) -> str:
    return " ".join(word for word in words if word not in _NOT_A_NAME)


def _words(text: str) -> list[str]:
    """The words without case and accents. Letters and the marks of their scripts belong to a word, apostrophes too."""
    letters = (char if unicodedata.category(char)[0] in "LMN" else " " for char in _fold(text) if char not in "'’ʼ‘")
    return "".join(letters).split()


def _fold(text: str) -> str:
    return unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFKD", text.casefold())))
