"""Similarity of the hopes of mentees and mentors: TF-IDF over the texts of a round.

Vectors have whole numbers, so that a similarity does not depend on the order of summation.
"""

import re
from collections import Counter
from collections.abc import Mapping
from math import log, sqrt
from unicodedata import normalize

Vector = Mapping[str, int]
"""By stem, its weight in thousandths; a vector has the length 1000."""
ALIKE, VERY_MUCH_ALIKE = 100_000, 300_000
"""Similarities, in millionths, that give the first point and the full points."""

_UNIT = 1000
_COMMON = 5
_STEM = 5
"""Letters of a stem, for English and similar languages."""
_WORD = re.compile(r"\w{3,}")
_MARKS = re.compile("[\u0300-\u036f]")


def vectors(texts: Mapping[str, str]) -> dict[str, Vector]:
    """The vector of each text, by the same keys.

    Ignores accents and case. Leaves out words that all texts use, or that more than two texts and more than a fifth of
    them use.
    """
    counts = {key: Counter(_stems(text)) for key, text in texts.items()}
    used = Counter(stem for count in counts.values() for stem in count)
    most = min(max(2, len(texts) // _COMMON), len(texts) - 1)
    rarity = {stem: log(1 + len(texts) / by) for stem, by in used.items() if by <= most}
    return {key: _vector(count, rarity) for key, count in counts.items()}


def similarity(one: Vector, other: Vector) -> int:
    """The cosine similarity of two vectors, in millionths: 0 if they share no stem."""
    return sum(weight * other[stem] for stem, weight in one.items() if stem in other)


def steps(most: int) -> list[int]:
    """The similarities from which a pair gets one point, two, and so on to `most`."""
    return [max(ALIKE, -(-VERY_MUCH_ALIKE * points // most)) for points in range(1, most + 1)]


def _stems(text: str) -> list[str]:
    folded = text.casefold()
    if not folded.isascii():
        folded = _MARKS.sub("", normalize("NFKD", folded))
    return [word[:_STEM] for word in _WORD.findall(folded)]


def _vector(count: Mapping[str, int], rarity: Mapping[str, float]) -> Vector:
    weights = {stem: (1 + log(times)) * rarity[stem] for stem, times in count.items() if stem in rarity}
    length = sqrt(sum(weight * weight for weight in weights.values()))
    return {stem: round(_UNIT * weight / length) for stem, weight in weights.items()} if length else {}
