"""Acts about pauses: two people pause their partnership, and carry on. The model reads the rows: see `Pauses.stand`."""

from datetime import date

from handlers import pauses
from tests.simulation.act import Act, Handler, Maker

_ANSWERS: dict[str, Handler] = {
    "resume-partnership": pauses.resume,
    "confirm-pause": pauses.confirm,
    "move-end": pauses.move_end,
}


class PauseActs(Maker):
    def pause(self, person: str, pair: str, until: date | None) -> Act:
        """Until that day, or (None) until one of them says so; or change that of a pause that lasts."""
        before = self.ledger.pause(pair)
        says = {"back_on": until.isoformat()} if until else {"pause_is_open": ["yes"]}
        return self.form(
            "pauses",
            person,
            pauses.open_form,
            pauses.submit,
            pair,
            says,
            took=lambda: self.ledger.pause(pair) != before,
        )

    def answer_pause(self, person: str, action: str, value: str) -> Act:
        """Carry on, say that it will, or want the end moved: on the day that the button shows, if it shows one."""
        pair = value.partition(":")[0]
        before = self.ledger.pause(pair)
        took = lambda: self.ledger.pause(pair) != before  # noqa: E731
        return self.click(f"presses {action}", person, _ANSWERS[action], value, took=took)
