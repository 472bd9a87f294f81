"""How two people change the end of their partnership."""

from datetime import date

from handlers import end_plans
from tests.simulation import forms
from tests.simulation.act import Act, Handler, Maker

_ANSWERS: dict[str, Handler] = {
    "agree-to-end": end_plans.agree,
    "decline-end": end_plans.decline,
    "take-back-end": end_plans.take_back,
}


class EndActs(Maker):
    def propose_end(self, person: str, pair: str, day: date | None) -> Act:
        """Another day, or (None) to complete it early. Where the other has proposed the same, both have agreed.

        Shortly before the latest end no other day is offered.
        """
        before = self.ledger.end_proposal(pair)

        def tell() -> None:
            if self.ledger.end_proposal(pair)[2] == "agreed":
                self._both_agreed(person, pair)
            else:
                self.model.pairs.end_proposed(pair, person)

        return self.form(
            "proposes another end",
            person,
            end_plans.open_form,
            end_plans.submit,
            pair,
            {"end_choice": "day", "end_day": day.isoformat()} if day else {"end_choice": "now"},
            is_closed=lambda view: day is not None and "day" not in forms.choices(view, "end_choice"),
            took=lambda: self._changed(person, pair, before),
            tell=tell,
        )

    def answer_end(self, person: str, action: str, value: str) -> Act:
        """A button about a proposal."""
        pair, _, number = value.partition(":")
        before = self.ledger.end_proposal(pair)
        becomes = {"agree-to-end": "agreed", "decline-end": "declined", "take-back-end": "withdrawn"}[action]

        def tell() -> None:
            if action == "agree-to-end":
                self._both_agreed(person, pair)
            elif action == "decline-end":
                self.model.pairs.end_answered(pair, person)
            else:
                self.model.pairs.end_settled(pair)

        def took() -> bool:
            now = self.ledger.end_proposal(pair)
            return before[2] == "open" and now[2] == becomes and now[0] == before[0] == int(number)

        return self.click(f"presses {action}", person, _ANSWERS[action], value, took=took, tell=tell)

    def keep_end(self, person: str, value: str) -> Act:
        """Nobody is told."""
        return self.click("keeps the end", person, end_plans.keep, value)

    def _changed(self, person: str, pair: str, before: tuple[int, str, str]) -> bool:
        now = self.ledger.end_proposal(pair)
        return now != before and (now[1] == person or (before[2] == "open" and now[2] == "agreed"))

    def _both_agreed(self, person: str, pair: str) -> None:
        self.model.pairs.end_answered(pair, person)
        if completed := self.ledger.completed_on(pair):
            self.model.pairs.completed(pair, completed)
        else:
            self.model.pairs.end_moved(pair, self.ledger.lasts(pair)[1])
