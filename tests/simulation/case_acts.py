"""What people do about help in confidence."""

from handlers import cases
from tests.simulation.act import Act, Handler, Maker

_PRESSES: dict[str, Handler] = {"say-talked": cases.say_talked, "close-case": cases.close}


class CaseActs(Maker):
    def ask_for_help(self, person: str, contact: str) -> Act:
        before = {row.id for row in self.ledger.cases()}
        return self.form(
            "asks for help",
            person,
            cases.open_form,
            cases.submit,
            "",
            {"case_contact": contact, "case_words": f"Something, {self.chance.randint(1, 9999)}."},
            took=lambda: bool({row.id for row in self.ledger.cases()} - before),
        )

    def settle_case(self, person: str, action: str, case: str) -> Act:
        return self.click(f"presses {action}", person, _PRESSES[action], case)
