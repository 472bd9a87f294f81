"""Computes the proposals of a round, with scores and reasons.

Hard rules (`MatchingRound.broken_rule`) are never broken. Within them, as many people as possible are matched, and then
as well as possible. `score` scores two people and gives the reasons, `cost_matrix` turns the pool into an assignment
problem, `assignment` solves it, and `compare` explains why two people are not matched. numpy and scipy are imported
only when proposals are computed.
"""

from mentoring.core.programmes import Weights
from mentoring.matching.optimiser.compare import Comparison, compare
from mentoring.matching.optimiser.propose import manual_match, propose
from mentoring.matching.optimiser.score import BEST, score_pair

__all__ = ["BEST", "Comparison", "Weights", "compare", "manual_match", "propose", "score_pair"]
