"""What two people do with their action items."""

from datetime import date

from handlers import items
from tests.simulation.act import Act, Handler, Maker
from tests.simulation.chance import Chance

_PRESSES: dict[str, Handler] = {
    "ticks an action item": items.tick,
    "moves an action item": items.move,
    "drops an action item": items.drop,
    "reopens an action item": items.reopen,
}


class ItemActs(Maker):
    def add_item(self, person: str, pair: str, due: date | None, chance: Chance) -> Act:
        before = {row.id for row in self.ledger.items()}
        says = {
            "action": f"Do something, {chance.randint(1, 9999)}.",
            "action_who": chance.one_of((person, self.ledger.other(pair, person), "both")),
            **({"action_by": due.isoformat()} if due else {}),
        }
        return self.form(
            "adds an action item",
            person,
            items.open_add,
            items.submit,
            pair,
            says,
            took=lambda: bool({row.id for row in self.ledger.items()} - before),
        )

    def press_item(self, person: str, pair: str, chance: Chance) -> Act | None:
        """One of the buttons of an action item, as it is now."""
        found = [row for row in self.ledger.items() if row.pair == pair]
        if not found:
            return None
        row, name = chance.one_of(found), chance.one_of(list(_PRESSES))
        return self.click(name, person, _PRESSES[name], f"{pair}:{row.id}:{row.version}")
