"""Cases of help in confidence, without their words, which requests read through `Transaction.private`."""

from datetime import datetime

from sqlalchemy import and_, bindparam, select, update

from mentoring.cases.case import Case, CaseForm, CaseState, CaseWords
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

    def asked_already(self, person: str, programme_id: str, form: CaseForm, *, since: datetime) -> Case | None:
        """The unanswered case that `person` (a Slack user id) has opened with the same input `since` then, or None."""
        found = self._scalar(
            _ASKED_ALREADY,
            person=person,
            programme=programme_id,
            contact=form.contact,
            words=form.words,
            since=since,
        )
        return self.get(found) if found else None

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
_ASKED_ALREADY = (
    select(CaseRow.id)
    .join(CaseWordsRow, and_(CaseWordsRow.workspace == CaseRow.workspace, CaseWordsRow.case_id == CaseRow.id))
    .where(
        CaseRow.workspace == WORKSPACE_PARAM,
        CaseRow.person == bindparam("person"),
        CaseRow.programme_id == bindparam("programme"),
        CaseRow.contact == bindparam("contact"),
        CaseRow.second_contact == "",
        CaseRow.state == CaseState.OPEN,
        CaseRow.opened_at >= bindparam("since"),
        CaseWordsRow.words == bindparam("words"),
    )
    .order_by(CaseRow.id)
    .limit(1)
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
