"""Steps of the guided set-up and of the start-up plan that owners have done."""

from sqlalchemy import bindparam, select

from mentoring.programmes.setup_steps import SetupStep, SetupStepUndone
from storage.repository import WORKSPACE_PARAM, Repository
from storage.tables import SetupStepRow


class SetupSteps(Repository):
    def of(self, programme_id: str) -> tuple[SetupStep, ...]:
        """The steps of a programme that are done, in all its cohorts."""
        rows = self._select(SetupStepRow, _STEPS, programme=programme_id)
        return tuple(SetupStep(row.programme_id, row.cohort_id, row.name, row.done_by, row.done_at) for row in rows)

    def save(self, step: SetupStep) -> bool:
        """Mark the step as done. If it is already, who did it and when stay as they are."""
        self._insert(
            SetupStepRow,
            programme_id=step.programme_id,
            cohort_id=step.cohort_id,
            name=step.name,
            done_by=step.done_by,
            done_at=step.done_at,
        )
        return True

    def undo(self, undone: SetupStepUndone) -> bool:
        self._delete(SetupStepRow, undone.programme_id, undone.cohort_id, undone.name)
        return True


_STEPS = (
    select(SetupStepRow)
    .where(SetupStepRow.workspace == WORKSPACE_PARAM, SetupStepRow.programme_id == bindparam("programme"))
    .order_by(SetupStepRow.cohort_id, SetupStepRow.name)
)
