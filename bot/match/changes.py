"""What proposing anew would change on the desk, without doing it."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.match.acts import CLOSED
from bot.match.progress import Tell, weighing
from bot.match.sight import Sight
from bot.settings import SettingsWrong
from mentoring.core.errors import CohortOver
from mentoring.matching import review
from mentoring.matching.match import OPERATOR, Match
from mentoring.matching.optimiser import propose
from mentoring.matching.review import Difference, difference
from storage import Transaction


@dataclass(frozen=True)
class Changes:
    """`said` of what stands undecided, by its id; `found` how much that is."""

    said: Mapping[str, str]
    found: Difference

    @property
    def added(self) -> frozenset[str]:
        """The ids that nothing has been kept under."""
        return frozenset(match.id for match in self.found.added)


def dry_run(before: Sight, tell: Tell) -> tuple[Sight, Changes]:
    """The desk as it would be. Raises SettingsWrong."""
    tell(weighing(before.round))
    proposed = propose(before.round, Transaction.new_id)
    try:
        outcome = review.put_on_desk(before.round, proposed, by=OPERATOR)
    except CohortOver:
        raise SettingsWrong(CLOSED) from None
    found = difference(before.round, proposed)
    scores = {match.id: match.score for match in found.renewed}
    said = {
        **{match.id: "new" for match in found.added},
        **{match.id: _kept(match, scores.get(match.id, match.score)) for match in found.kept},
    }
    return before.after(outcome), Changes(said, found)


def _kept(match: Match, score: int) -> str:
    return "as before" if match.score == score else f"as before, with {match.score} so far"
