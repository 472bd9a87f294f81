"""Acts of owners about a partnership, and the answers of the two. The model reads the rows: see `Oversight.stand`."""

from handlers import oversight
from tests.simulation.act import Act, Handler, Maker

_ANSWERS: dict[str, Handler] = {
    "answer-well": oversight.say_well,
    "answer-more-time": oversight.say_more_time,
    "answer-contact": oversight.say_contact,
}


class OversightActs(Maker):
    def oversee(self, owner: str, action: str, pair: str) -> Act:
        """Remind both, offer help, or ask how it stands."""
        before = self.ledger.oversight_requests()
        took = lambda: self.ledger.oversight_requests() != before  # noqa: E731
        return self.click(f"chooses {action}", owner, oversight.act, f"{action}:{pair}", took=took)

    def answer_owner(self, person: str, action: str, value: str) -> Act:
        before = self.ledger.standing_answers()
        took = lambda: self.ledger.standing_answers() != before  # noqa: E731
        return self.click(f"presses {action}", person, _ANSWERS[action], value, took=took)
