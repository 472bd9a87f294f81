"""What owners say in the evaluation report of a round."""

from sqlalchemy import bindparam, update

from mentoring.evaluation.words import NextTime
from storage.repository import Repository
from storage.tables import EvaluationWordsRow


class EvaluationWords(Repository):
    def get(self, cohort_id: str) -> NextTime | None:
        """What the owners will do next time, after this round."""
        row = self._get(EvaluationWordsRow, cohort_id)
        return NextTime(row.cohort_id, row.words, row.by, row.version) if row else None

    def save(self, said: NextTime) -> bool:
        """Save it. Returns False if the stored version is not the previous one."""
        values = {"words": said.words, "by": said.by, "version": said.version}
        if said.version == 1:
            return self._insert(EvaluationWordsRow, cohort_id=said.cohort_id, **values)
        self._context.rows.pop((EvaluationWordsRow, self._workspace, said.cohort_id), None)
        at = {"of": self._workspace, "round": said.cohort_id, "before": said.version - 1}
        return self._connection.execute(_CHANGE, {**values, **at}).rowcount == 1


_CHANGE = update(EvaluationWordsRow).where(
    EvaluationWordsRow.workspace == bindparam("of"),
    EvaluationWordsRow.cohort_id == bindparam("round"),
    EvaluationWordsRow.version == bindparam("before"),
)
