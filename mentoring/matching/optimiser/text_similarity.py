"""How far what a mentee hopes for goes together with what a mentor offers: TF-IDF over the texts of their round.

Vectors are of whole numbers, so that a similarity is the same however it is summed up.
"""

import re
from collections import Counter
from collections.abc import Mapping
from math import log, sqrt
from unicodedata import normalize

Vector = Mapping[str, int]
"""By stem, its weight in thousandths; as long as a thousand."""
ALIKE, VERY_MUCH_ALIKE = 100_000, 300_000
"""Similarities, in millionths, from which it counts at all, and in full."""

_UNIT = 1000
_COMMON = 5
_STEM = 5
"""Letters in which words of the same kind agree, in English and its neighbours."""
_WORD = re.compile(r"\w{3,}")
_MARKS = re.compile("[\u0300-\u036f]")


def vectors(texts: Mapping[str, str]) -> dict[str, Vector]:
    """By the same keys, a vector of each text.

    Accents and capitals make no difference. A word that more than a fifth of them use (and more than two, or all) is
    how people write, and tells nobody apart; it is left out.
    """
    counts = {key: Counter(_stems(text)) for key, text in texts.items()}
    used = Counter(stem for count in counts.values() for stem in count)
    most = min(max(2, len(texts) // _COMMON), len(texts) - 1)
    rarity = {stem: log(1 + len(texts) / by) for stem, by in used.items() if by <= most}
    return {key: _vector(count, rarity) for key, count in counts.items()}


def similarity(one: Vector, other: Vector) -> int:
    """Of two vectors, in millionths: 0 where they have no word in common."""
    return sum(weight * other[stem] for stem, weight in one.items() if stem in other)


def steps(most: int) -> list[int]:
    """The similarities from which it counts one point, two, and so on to `most`."""
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
