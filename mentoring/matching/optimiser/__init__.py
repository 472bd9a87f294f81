"""Matching: a round's pool in, proposals with reasons out.

Hard rules (`MatchingRound.broken_rule`) are never broken. Within them as many people as possible are matched, and then
as well as possible: `score` says how well two people fit and why, `cost_matrix` what a pair is worth beside all others,
`assignment` finds the best solution, and `compare` says why two people are not matched. numpy and scipy are imported
when proposals are computed, and only then.
"""

from mentoring.core.programmes import Weights
from mentoring.matching.optimiser.compare import Comparison, compare
from mentoring.matching.optimiser.propose import by_hand, propose
from mentoring.matching.optimiser.score import BEST, score_pair

__all__ = ["BEST", "Comparison", "Weights", "by_hand", "compare", "propose", "score_pair"]
