"""Cases of help in confidence, without their words, which requests read through `Transaction.private`."""

from sqlalchemy import bindparam, select, update

from mentoring.cases.case import Case, CaseState, CaseWords
from mentoring.cases.yearly import CaseCounted
from storage.repository import WORKSPACE_PARAM, Repository
from storage.tables import CaseCountRow, CaseRow, CaseWordsRow
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

    def count(self, counted: CaseCounted) -> bool:
        """One more case of that year."""
        self._insert(CaseCountRow, programme_id=counted.programme_id, year=counted.year, opened=0)
        self._connection.execute(
            _ONE_MORE, {"of": self._workspace, "programme": counted.programme_id, "in_year": counted.year}
        )
        return True

    def opened_by_year(self, programme_id: str) -> list[tuple[int, int]]:
        """Calendar years, and how many cases were opened in each. Owners are shown `cases_of_last_year` of it."""
        return [(row.year, row.opened) for row in self._execute(_BY_YEAR, programme=programme_id)]

    def save_words(self, words: CaseWords) -> bool:
        """Save what the person wrote; it cannot be read here."""
        self._upsert(CaseWordsRow, case_id=words.case_id, words=words.words)
        return True


_ONE_MORE = (
    update(CaseCountRow)
    .where(
        CaseCountRow.workspace == bindparam("of"),
        CaseCountRow.programme_id == bindparam("programme"),
        CaseCountRow.year == bindparam("in_year"),
    )
    .values(opened=CaseCountRow.opened + 1)
)
_BY_YEAR = select(CaseCountRow.year, CaseCountRow.opened).where(
    CaseCountRow.workspace == WORKSPACE_PARAM, CaseCountRow.programme_id == bindparam("programme")
)


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
