"""What people do with the survey before the first meeting. Nothing comes of it: no one is told."""

from typing import Any

from handlers import feedback
from tests.simulation.act import Act, Maker
from tests.simulation.chance import Chance

_AREAS = {True: ("a_future", "a_honest", "a_skill"), False: ("a_learning", "a_giving", "a_fresh")}


class SurveyActs(Maker):
    def baseline(self, person: str, pair: str, chance: Chance) -> Act:
        """Answer it, or correct what was answered. It is refused once a meeting is logged, after three weeks, once it
        is counted, and in a short partnership.
        """
        return self.form(
            "answers before they meet",
            person,
            feedback.open_baseline,
            feedback.submit_baseline,
            pair,
            lambda: self._answers(person, pair, chance),
            took=lambda: self.ledger.has_answered(pair, person, "baseline"),
            tell=lambda: self.model.pairs.answered_before(pair),
            must_be_taken=True,
        )

    def _answers(self, person: str, pair: str, chance: Chance) -> dict[str, Any]:
        areas = _AREAS[self.model.pairs.all[pair].mentee == person]
        chosen = areas[: chance.randint(1, 3)]
        stands = {name: str(chance.randint(0, 5)) for name in ("direction", "next_step", "able", "people")}
        return {**stands, "matters": list(chosen), "most": chosen[-1]}
