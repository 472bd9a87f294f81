"""What two people do with their progress reports."""

from handlers import reports
from tests.simulation.act import Act, Maker


class ReportActs(Maker):
    def say_learnt(self, person: str, pair: str) -> Act:
        said, number = f"Something, {self.chance.randint(1, 10**9)}.", self.ledger.report(pair).writable
        return self.form(
            "writes what they learnt",
            person,
            reports.open_learnt,
            reports.submit,
            pair,
            {"learnt": said},
            took=lambda: self.ledger.says_in_report(pair, said),
            tell=lambda: self.model.reports.written(pair, number),
        )

    def edit_report(self, person: str, pair: str) -> Act:
        said, number = f"Something, {self.chance.randint(1, 10**9)}.", self.ledger.report(pair).writable
        return self.form(
            "edits the report",
            person,
            reports.open_page,
            reports.submit,
            pair,
            {"next_steps-1": said},
            took=lambda: self.ledger.says_in_report(pair, said),
            tell=lambda: self.model.reports.written(pair, number),
        )

    def finish_report(self, person: str, pair: str) -> Act:
        before = self.ledger.report(pair)
        number, edition = before.writable, before.edition if before.number == before.writable else 0
        had = person in self.ledger.report_finished_by(pair, number)
        return self.click(
            "finishes the report",
            person,
            reports.finish,
            f"{pair}:{number}:{edition}",
            took=lambda: not had and person in self.ledger.report_finished_by(pair, number),
            tell=lambda: self.model.reports.finished(pair, number, person),
        )

    def ask_to_share(self, person: str, pair: str, reader: str) -> Act | None:
        """The last report that both have finished."""
        number = self.ledger.last_finished_report(pair)
        if not number or person in self.ledger.agreed_to_share(pair, number, reader):
            return None
        return self.form(
            "would like to share the report",
            person,
            reports.open_share,
            reports.submit,
            f"{pair}:{number}",
            {"person": reader},
            took=lambda: person in self.ledger.agreed_to_share(pair, number, reader),
            tell=lambda: self.model.reports.agreed((pair, number, reader), person),
        )

    def do_not_share(self, person: str, pair: str, reader: str) -> Act | None:
        number = self.ledger.last_finished_report(pair)
        if not number or not self.ledger.agreed_to_share(pair, number, reader):
            return None
        return self.click(
            "does not share the report",
            person,
            reports.take_back,
            f"{pair}:{number}:{reader}",
            took=lambda: not self.ledger.agreed_to_share(pair, number, reader),
            tell=lambda: self.model.reports.took_back((pair, number, reader)),
        )
