"""What two people do with the agenda of their first meeting. Nobody is told of it."""

from handlers import agenda
from handlers.context import AppContext, OpenModal, UpdateModal
from mentoring.agenda.agenda import AgendaStepId
from mentoring.core.errors import MentoringError
from messages import ids
from tests.simulation import forms
from tests.simulation.act import Act, Maker
from tests.simulation.expectations import Broken, Complaint


class AgendaActs(Maker):
    def mark_agenda(self, person: str, pair: str) -> Act:
        """Tick a step, leave one out or open one again, in the view that shows it then."""
        handler, state = self.chance.one_of(
            ((agenda.tick, "ticked"), (agenda.leave_out, "left-out"), (agenda.open_again, "open"))
        )
        step, view_id, before = self.chance.one_of(tuple(AgendaStepId)), self.name("V"), self.ledger.agenda(pair)
        has_met = bool(self.ledger.logs(pair))

        def do(app: AppContext) -> None:
            opened = agenda.open_agenda(app, self.visit(app, person, value=pair))
            assert isinstance(opened, OpenModal), opened
            shown = handler(app, self.visit(app, person, value=step, view={**opened.view, "id": view_id}))
            if has_met and self.ledger.logs(pair):
                raise Broken(Complaint.RAISED, "the agenda of a meeting that is logged was changed")
            assert isinstance(shown, UpdateModal)
            ticks = [value for action, value in forms.buttons(shown.view["blocks"]) if action == ids.UNTICK_AGENDA_STEP]
            if (step in ticks) is not (state == "ticked"):
                raise Broken(Complaint.OUTDATED, f"the agenda, after {step} was {state}")

        return Act("changes an agenda", person, do, took=lambda: self.ledger.agenda(pair) != before)

    def add_to_agenda(self, person: str, pair: str) -> Act:
        """Add a step, as far as they may."""
        view_id, before = self.name("V"), self.ledger.agenda(pair)
        words = f"Something else, {self.chance.randint(1, 9999)}."

        def do(app: AppContext) -> None:
            opened = agenda.open_step_form(app, self.visit(app, person, value=pair))
            assert isinstance(opened, OpenModal), opened
            view = forms.filled(opened.view, view_id, {"step": words})
            try:
                agenda.submit_step(app, self.visit(app, person, view=view))
            except MentoringError:
                if len(self.ledger.agenda(pair)) < len(AgendaStepId) and not self.ledger.logs(pair):
                    raise

        return Act("adds to an agenda", person, do, took=lambda: self.ledger.agenda(pair) != before)
