"""All that people do, with what they do in a round and in a partnership: they leave and come back, write and ask."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from handlers import commands, home, leave, people
from handlers.context import AppContext, SlackEvent
from tests.simulation.act import Act
from tests.simulation.agenda_acts import AgendaActs
from tests.simulation.agreement_acts import AgreementActs
from tests.simulation.case_acts import CaseActs
from tests.simulation.cast import Player
from tests.simulation.closure_acts import ClosureActs
from tests.simulation.end_acts import EndActs
from tests.simulation.item_acts import ItemActs
from tests.simulation.oversight_acts import OversightActs
from tests.simulation.pair_acts import PairActs
from tests.simulation.pause_acts import PauseActs
from tests.simulation.plan_acts import PlanActs
from tests.simulation.remark_acts import RemarkActs
from tests.simulation.report_acts import ReportActs
from tests.simulation.round_acts import RoundActs
from tests.simulation.survey_acts import SurveyActs


class Acts(
    RoundActs,
    PairActs,
    PlanActs,
    AgreementActs,
    ItemActs,
    ReportActs,
    AgendaActs,
    CaseActs,
    RemarkActs,
    EndActs,
    ClosureActs,
    SurveyActs,
    PauseActs,
    OversightActs,
):
    """Makes acts."""

    # Leaving

    def leave(self, person: str, event: Mapping[str, Any]) -> Act:
        """Slack tells that their account is closed. The bot may learn it otherwise, and later."""
        return self._news(
            "leaves",
            person,
            event,
            took=lambda: self.ledger.is_absent(person),
            tell=lambda: self.model.left(person, self.ledger.lapsed(person)),
        )

    def return_(self, person: str, event: Mapping[str, Any]) -> Act:
        return self._news(
            "is back",
            person,
            event,
            took=lambda: person in self.model.absences.away and not self.ledger.is_absent(person),
            tell=lambda: self.model.absences.back(person),
        )

    def _news(self, name: str, person: str, event: Mapping[str, Any], **of: Any) -> Act:
        def do(app: AppContext) -> None:
            people.profile_changed(app, SlackEvent(self.workspace, app.calendar(), event))

        return Act(name, person, do, is_news=True, **of)

    # Leave

    def go_on_leave(self, player: Player, until: date, owner: str = "") -> Act:
        """Until that day, by themselves or by an owner."""
        before, person = self.ledger.leave(player.id), player.id

        def tell() -> None:
            self.model.went_on_leave(person, until, self.ledger.lapsed(person), by_owner=bool(owner))

        return self.form(
            "goes on leave",
            owner or person,
            leave.open_leave,
            leave.submit_leave,
            f"{person}:{player.role}" if owner else "",
            {"back_on": until.isoformat()},
            took=lambda: before != until.isoformat() and self.ledger.leave(person) == until.isoformat(),
            tell=tell,
        )

    def end_leave(self, player: Player, owner: str = "") -> Act | None:
        if not self.ledger.leave(player.id):
            return None
        before = self.ledger.owes("leave-over", player.id)
        return self.click(
            "ends the leave",
            owner or player.id,
            leave.end,
            f"{player.id}:{player.role}" if owner else "",
            took=lambda: self.ledger.owes("leave-over", player.id) > before,
            tell=lambda: self.model.leaves.end(player.id, by_owner=bool(owner)),
        )

    # Asking

    def write(self, person: str) -> Act:
        event = self.name("Ev")

        def do(app: AppContext) -> None:
            commands.message(app, self.visit(app, person, event_id=event))

        before = self.ledger.owes("help", person)
        took = lambda: self.ledger.owes("help", person) > before  # noqa: E731
        return Act("writes", person, do, took, lambda: self.model.wrote(person))

    def open_home(self, person: str, opened: Callable[[str], None]) -> Act:
        event = {"type": "app_home_opened", "user": person, "tab": "home"}

        def do(app: AppContext) -> None:
            home.opened(app, SlackEvent(self.workspace, app.calendar(), event))

        before = self.ledger.looks_until(person)
        took = lambda: self.ledger.looks_until(person) > before  # noqa: E731
        return Act("opens Home", person, do, took, lambda: opened(person))

    def ask_status(self, player: Player) -> Act:
        trigger = self.name("T")
        before = self.ledger.owes("cohort-status", player.id)

        def do(app: AppContext) -> None:
            commands.run(app, self.visit(app, player.id, text="status", trigger_id=trigger))

        act = Act("asks for the status", player.id, do)
        if player.role != "owner":
            return act
        return replace(
            act,
            took=lambda: self.ledger.owes("cohort-status", player.id) > before,
            tell=lambda: self.model.asked_status(player.id),
        )
