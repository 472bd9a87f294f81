"""Matching: a round's pool in, proposals with reasons out.

Hard rules are `Round.bar` and are never broken. Within them as many people as possible are matched, and then as well as
possible: `score` says how well two go together and why, `market` what that is worth beside everything else, `solve`
finds the best of all ways; `compare` says why not these two. numpy and scipy are imported when somebody matches, and
only then.
"""

from mentoring.core.programmes import Weights
from mentoring.matching.optimiser.compare import Comparison, compare
from mentoring.matching.optimiser.propose import by_hand, propose
from mentoring.matching.optimiser.score import BEST, weigh

__all__ = ["BEST", "Comparison", "Weights", "by_hand", "compare", "propose", "weigh"]
