"""What a group shows of its scores, in a few plain lines that share no code with the rules."""

from collections import Counter
from collections.abc import Sequence
from math import ceil, floor


def shown_of(scores: Sequence[int], people: int) -> tuple[object, ...]:
    """The cut sum, at which end it was cut, and the bars: (value, count, whether there may be more)."""
    many, total = len(scores), sum(scores)
    least, most = ceil(1.5 * many), floor(4.5 * many)
    side = "low" if total < least else "high" if total > most else ""
    bars = sorted(Counter(scores).items())
    if people < 10:
        bars = []
    elif nearly := [(score, many - 2) for score, count in bars if count >= many - 2]:
        return min(max(total, least), most), side, tuple((str(score), count, True) for score, count in nearly)
    return min(max(total, least), most), side, tuple((str(score), count, False) for score, count in bars)
