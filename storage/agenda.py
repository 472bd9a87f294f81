"""The agendas of first meetings. They are read for one of their two people only."""

from sqlalchemy import bindparam, select

from mentoring.agenda.agenda import AgendaStep, AgendaStepState
from mentoring.partnerships.partnership import Partnership, check_partner
from storage.repository import WORKSPACE_PARAM, Repository
from storage.tables import AgendaStepRow
from storage.workspaces import Digests


class Agendas(Repository):
    def read_by(self, person: str, partnership: Partnership) -> tuple[AgendaStep, ...]:
        """What is stored of the steps, in no order, for `person` (a Slack user id). Raises NotForYou for anybody but
        the two.
        """
        check_partner(partnership, person)
        return tuple(map(_step, self._select(AgendaStepRow, _OF_PARTNERSHIP, partnership=partnership.id)))

    def key_of_form(self, view_id: str) -> str:
        """The key of the step that the form `view_id` (Slack's id) adds, so that sending it twice adds one."""
        return Digests(self._context).id_of_form("agenda-step", view_id)

    def save(self, step: AgendaStep) -> bool:
        self._upsert(
            AgendaStepRow,
            partnership_id=step.partnership_id,
            step=step.key,
            state=step.state,
            words=step.words,
            number=step.number,
        )
        return True


def _step(row: AgendaStepRow) -> AgendaStep:
    return AgendaStep(row.partnership_id, row.step, AgendaStepState(row.state), row.words, row.number)


_OF_PARTNERSHIP = select(AgendaStepRow).where(
    AgendaStepRow.workspace == WORKSPACE_PARAM, AgendaStepRow.partnership_id == bindparam("partnership")
)
