"""The partnerships of a programme, a page at a time: the list that owners read."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select, tuple_

from mentoring.core.paging import Page, PageMark
from mentoring.core.people import sort_name
from mentoring.meetings.log import MeetingTotals
from mentoring.people.listed_partnerships import ListedPartnership, PartnershipFilter, PartnershipQuery
from storage.meetings import Meetings
from storage.paging import ESCAPE, Key, contained, find_page
from storage.partnership_conditions import cutoffs, is_active, is_paused, is_quiet, of_programme
from storage.partnerships import Partnerships
from storage.people import People
from storage.repository import WORKSPACE_PARAM, Repository
from storage.tables import PartnershipRow, PersonRow
from storage.tables.base import ID, Instant

PARTNERSHIPS_ON_A_PAGE = 20


class PartnershipList(Repository):
    def page(self, programme_id: str, query: PartnershipQuery, mark: PageMark, today: date) -> Page[ListedPartnership]:
        """A page of the programme’s partnerships that `query` finds, newest first. `today` is the reader’s date."""
        words = sort_name(query.name).split()
        values = {
            "programme": programme_id,
            **cutoffs(today),
            **{f"word{number}": contained(word) for number, word in enumerate(words)},
        }
        row = self._get(PartnershipRow, mark.id) if mark.id else None

        def fetch(key: Key | None, backwards: bool, most: int) -> Sequence[str]:
            begin = {"begin": key[0], "begin_id": key[1]} if key else {}
            statement = _ids(query.filter, len(words), begins=key is not None, backwards=backwards)
            return tuple(self._execute(statement, **values, **begin, most=most).scalars())

        begin = (row.introduced_at, row.id) if row else None
        total = self._scalar(_count(query.filter, len(words)), **values)
        found = find_page(fetch, begin, mark, size=PARTNERSHIPS_ON_A_PAGE, total=total, id_of=str)
        return Page(self._listed(found.items), found.mark, found.total, found.previous, found.following, found.number)

    def _listed(self, ids: Sequence[str]) -> tuple[ListedPartnership, ...]:
        partnerships = Partnerships(self._context).with_ids(ids)
        totals = Meetings(self._context).totals_with_earlier(partnerships)
        people = People(self._context).get_many(
            {person for partnership in partnerships for person in partnership.people}
        )
        return tuple(
            ListedPartnership(
                each, totals.get(each.id, MeetingTotals()), {id: people[id] for id in each.people if id in people}
            )
            for each in partnerships
        )


@cache
def _conditions(chosen: PartnershipFilter, words: int) -> tuple[ColumnElement[bool], ...]:
    conditions = [PartnershipRow.workspace == WORKSPACE_PARAM, of_programme(PartnershipRow.cohort_id)]
    match chosen:
        case PartnershipFilter.ACTIVE:
            conditions.append(is_active())
        case PartnershipFilter.QUIET:
            conditions.append(is_quiet())
        case PartnershipFilter.PAUSED:
            conditions += [is_active(), is_paused()]
        case PartnershipFilter.OVER:
            conditions.append(~is_active())
        case PartnershipFilter.ALL:
            pass
    if words:
        named = select(PersonRow.id).where(
            PersonRow.workspace == WORKSPACE_PARAM,
            *(PersonRow.sort_name.like(bindparam(f"word{number}"), escape=ESCAPE) for number in range(words)),
        )
        conditions.append(or_(PartnershipRow.mentee.in_(named), PartnershipRow.mentor.in_(named)))
    return tuple(conditions)


@cache
def _ids(chosen: PartnershipFilter, words: int, *, begins: bool, backwards: bool) -> Select[Any]:
    """Select the ids of partnerships, `most` of them, after or before the key (`begin`, `begin_id`), newest first."""
    statement = select(PartnershipRow.id).where(*_conditions(chosen, words))
    if begins:
        key = tuple_(PartnershipRow.introduced_at, PartnershipRow.id)
        begin = tuple_(bindparam("begin", type_=Instant), bindparam("begin_id", type_=ID))
        statement = statement.where(key > begin if backwards else key < begin)
    order = [
        column.asc() if backwards else column.desc() for column in (PartnershipRow.introduced_at, PartnershipRow.id)
    ]
    return statement.order_by(*order).limit(bindparam("most"))


@cache
def _count(chosen: PartnershipFilter, words: int) -> Select[Any]:
    return select(func.count()).select_from(PartnershipRow).where(*_conditions(chosen, words))
