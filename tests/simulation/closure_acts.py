"""What people do on the last page of the closing survey."""

from handlers import closure
from tests.simulation.act import Act, Maker
from tests.simulation.chance import Chance


class ClosureActs(Maker):
    def say_thanks(self, person: str, pair: str, chance: Chance) -> Act:
        """A thank-you perhaps, being named perhaps, and a mentor perhaps goes on."""
        before = self.ledger.has_said_thanks(pair, person)
        thanks = "Thank you." if chance.happens(0.7) else ""
        goes_on = self.ledger.can_go_on(pair, person) and chance.happens(0.5)
        says = {
            "thanks": thanks,
            "places_again": "1" if goes_on else "0",
            "is_named": ["yes"] if chance.happens(0.6) else [],
        }

        def tell() -> None:
            self.model.pairs.said_thanks(pair, person, thanks=bool(thanks))
            if goes_on:
                self.model.pairs.goes_on(pair, at_once=person in self.ledger.partnership(pair)[1])

        return self.form(
            "says thank you",
            person,
            closure.open_closure,
            closure.submit,
            pair,
            says,
            took=lambda: not before and self.ledger.has_said_thanks(pair, person),
            tell=tell,
        )
