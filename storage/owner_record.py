"""The record of what owners do: saving an act, and reading all of it with the decisions about matches."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, func, literal, select, tuple_, union_all

from mentoring.core.paging import Page, PageMark
from mentoring.owner_record import OwnerAct, OwnerAction, RecordEntry
from storage.matching import decision_from
from storage.paging import Key, find_page
from storage.partnership_conditions import of_programme
from storage.repository import WORKSPACE_PARAM, Repository
from storage.tables import DecisionRow, ExemptionRow, OwnerActRow
from storage.tables.base import ID, Instant

ENTRIES_ON_A_PAGE = 25


class OwnerRecord(Repository):
    def save(self, act: OwnerAct) -> bool:
        """Add the act."""
        return self._insert(
            OwnerActRow,
            id=act.id,
            cohort_id=act.cohort_id,
            action=act.action,
            by=act.by,
            at=act.at,
            person=act.person,
            role=act.role,
            fields=act.fields,
            other=act.other,
        )

    def actions(self, cohort_id: str) -> dict[OwnerAction, int]:
        """How often owners did what in the cohort."""
        return {OwnerAction(row.action): row.times for row in self._execute(_ACTIONS, cohort=cohort_id)}

    def page(self, programme_id: str, mark: PageMark) -> Page[RecordEntry]:
        """A page of the record of the programme, newest first."""

        def fetch(key: Key | None, backwards: bool, most: int) -> Sequence[tuple[str, bool]]:
            begin = {"begin": key[0], "begin_id": key[1]} if key else {}
            statement = _ids(begins=key is not None, backwards=backwards)
            rows = self._execute(statement, programme=programme_id, **begin, most=most)
            return [(row.id, row.is_act) for row in rows]

        begin = self._moment(mark.id) if mark.id else None
        total = self._scalar(_COUNT, programme=programme_id)
        found = find_page(fetch, begin, mark, size=ENTRIES_ON_A_PAGE, total=total, id_of=lambda item: item[0])
        entries = self._entries(found.items)
        return Page(entries, found.mark, found.total, found.previous, found.following, found.number)

    def _moment(self, id: str) -> Key | None:
        """The key of the entry with this id."""
        row = self._get(OwnerActRow, id) or self._get(DecisionRow, id)
        return (row.at, row.id) if row else None

    def _entries(self, found: Sequence[tuple[str, bool]]) -> tuple[RecordEntry, ...]:
        acts = self._get_many(OwnerActRow, [id for id, is_act in found if is_act])
        decisions = self._get_many(DecisionRow, [id for id, is_act in found if not is_act])
        exempted = set(self._execute(_EXEMPTED, matches=[row.match_id for row in decisions.values()]).scalars())
        return tuple(
            RecordEntry(id, _act(acts[id]))
            if is_act
            else RecordEntry(id, decision_from(decisions[id]), decisions[id].match_id in exempted)
            for id, is_act in found
        )


def _act(row: OwnerActRow) -> OwnerAct:
    return OwnerAct(
        row.id,
        row.cohort_id,
        OwnerAction(row.action),
        row.by,
        row.at,
        row.person,
        row.role,
        tuple(row.fields),
        row.other,
    )


@cache
def _ids(*, begins: bool, backwards: bool) -> Select[Any]:
    """Select the ids of entries, `most` of them, after or before the key (`begin`, `begin_id`), newest first."""
    parts = []
    for row in (OwnerActRow, DecisionRow):
        part = select(row.id, row.at, literal(row is OwnerActRow).label("is_act")).where(
            row.workspace == WORKSPACE_PARAM, of_programme(row.cohort_id)
        )
        if begins:
            begin = tuple_(bindparam("begin", type_=Instant), bindparam("begin_id", type_=ID))
            key = tuple_(row.at, row.id)
            part = part.where(key > begin if backwards else key < begin)
        parts.append(part)
    entries = union_all(*parts).subquery()
    order = [column.asc() if backwards else column.desc() for column in (entries.c.at, entries.c.id)]
    return select(entries.c.id, entries.c.is_act).order_by(*order).limit(bindparam("most"))


def _count(row: type[OwnerActRow] | type[DecisionRow]) -> Any:
    counted = select(func.count()).select_from(row)
    return counted.where(row.workspace == WORKSPACE_PARAM, of_programme(row.cohort_id)).scalar_subquery()


_COUNT = select(_count(OwnerActRow) + _count(DecisionRow))
_EXEMPTED = select(ExemptionRow.match_id).where(
    ExemptionRow.workspace == WORKSPACE_PARAM, ExemptionRow.match_id.in_(bindparam("matches", expanding=True))
)
_ACTIONS = (
    select(OwnerActRow.action, func.count().label("times"))
    .where(OwnerActRow.workspace == WORKSPACE_PARAM, OwnerActRow.cohort_id == bindparam("cohort"))
    .group_by(OwnerActRow.action)
)
