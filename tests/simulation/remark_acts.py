"""What people tell the programme."""

from handlers import remarks
from tests.simulation import forms
from tests.simulation.act import Act, Maker


class RemarkActs(Maker):
    def tell_programme(self, person: str, kind: str) -> Act:
        before = {row.id for row in self.ledger.remarks()}
        return self.form(
            "tells the programme something",
            person,
            remarks.open_form,
            remarks.submit,
            "",
            {"remark": f"Something, {self.chance.randint(1, 9999)}.", "remark_kind": kind},
            is_closed=lambda view: (
                kind not in forms.choices(view, "remark_kind")
            ),  # without a name, until a round is over
            took=lambda: bool({row.id for row in self.ledger.remarks()} - before),
        )

    def read_remark(self, person: str, remark: str) -> Act:
        return self.click("says that a remark was read", person, remarks.mark_as_read, remark)
