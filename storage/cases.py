"""Cases of help in confidence, without their words, which requests read through `Transaction.private`."""

from mentoring.cases.case import Case, CaseState, CaseWords
from storage.repository import Repository
from storage.tables import CaseRow, CaseWordsRow
from storage.workspaces import Digests


class Cases(Repository):
    def get(self, case_id: str) -> Case | None:
        row = self._get(CaseRow, case_id)
        return _case(row) if row else None

    def id_of_form(self, view_id: str) -> str:
        """The id of the case that the form `view_id` (Slack's id) opens, so that sending it twice opens one."""
        return Digests(self._context).id_of_form("case", view_id)

    def save(self, case: Case) -> bool:
        """Save the case. Returns False if the stored version is not the previous one."""
        return self._save_version(
            CaseRow,
            case.id,
            case.version,
            programme_id=case.programme_id,
            person=case.person,
            contact=case.contact,
            second_contact=case.second,
            next_contacts=case.others,
            state=case.state,
            opened_at=case.opened_at,
        )

    def save_words(self, words: CaseWords) -> bool:
        """Save what the person wrote; it cannot be read here."""
        self._upsert(CaseWordsRow, case_id=words.case_id, words=words.words)
        return True


def _case(row: CaseRow) -> Case:
    return Case(
        id=row.id,
        programme_id=row.programme_id,
        person=row.person,
        contact=row.contact,
        others=tuple(row.next_contacts),
        opened_at=row.opened_at,
        second=row.second_contact,
        state=CaseState(row.state),
        version=row.version,
    )
