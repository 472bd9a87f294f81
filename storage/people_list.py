"""Everybody in a programme, a page at a time: the list that owners read.

The database narrows, sorts and counts, and only the page is loaded. People are found in the order of an index, and each
condition is looked up for one person.
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    Text,
    and_,
    bindparam,
    case,
    cast,
    distinct,
    exists,
    func,
    or_,
    select,
    tuple_,
)
from sqlalchemy.orm import aliased

from mentoring.applications.application import ApplicationState, Role
from mentoring.core.paging import Page, PageMark
from mentoring.core.people import AccountStatus, sort_name
from mentoring.core.programmes import Cohort
from mentoring.matching.match import MatchState
from mentoring.partnerships.partnership import Partnership
from mentoring.people.people_list import Participant, PeopleFilter, PeopleQuery
from storage.applications import Applications
from storage.meetings import Meetings
from storage.paging import ESCAPE, Key, contained, find_page
from storage.partnership_conditions import cutoffs, is_active, is_paused, is_quiet, of_programme
from storage.partnerships import Partnerships
from storage.people import People, Staff
from storage.repository import WORKSPACE_PARAM, Repository
from storage.tables import ApplicationRow, MatchRow, PartnershipRow, PersonRow, ProgrammeRow, StaffRow
from storage.tables.base import PERSON

PEOPLE_ON_A_PAGE = 20


class PeopleList(Repository):
    def page(self, cohort: Cohort, query: PeopleQuery, mark: PageMark, today: date) -> Page[tuple[Participant, ...]]:
        """A page of the people whom `query` finds in the programme of `cohort`, which is the current one, by name.

        Each item is one person, in one role or both. `today` is the reader's date.
        """
        values = _values(cohort, query, today)
        row = self._get(PersonRow, mark.id) if mark.id else None

        def fetch(key: Key | None, backwards: bool, most: int) -> Sequence[str]:
            begin = {"begin": key[0], "begin_id": key[1]} if key else {}
            shape = _shape(query)
            statement = _people(*shape, key is not None, backwards)
            return tuple(self._execute(statement, **values, **begin, most=most).scalars())

        begin = (row.sort_name, row.id) if row else None
        total = self._scalar(_count(*_shape(query)), **values)
        found = find_page(fetch, begin, mark, size=PEOPLE_ON_A_PAGE, total=total, id_of=str)
        by_person = self._participants(cohort, found.items)
        items = tuple(by_person[person] for person in found.items)
        return Page(items, found.mark, found.total, found.previous, found.following, found.number)

    def _participants(self, cohort: Cohort, people: Sequence[str]) -> dict[str, tuple[Participant, ...]]:
        applications = Applications(self._context).newest_of(people, cohort.programme_id)
        partnerships = Partnerships(self._context).of_many(people, cohort.programme_id)
        totals = Meetings(self._context).totals_with_earlier(partnerships)
        offers, agreed = self._offers(cohort, people)
        records = Staff(self._context).of(people)
        most_places = self._scalar(select(_MOST_PLACES), programme=cohort.programme_id)
        everybody = {*people, *(each for partnership in partnerships for each in partnership.people)}
        known = People(self._context).get_many(everybody)
        found: dict[str, list[Participant]] = {person: [] for person in people}
        for application in applications:
            person = application.person
            own = tuple(each for each in partnerships if _person_in(each, application.role) == person)
            record = records.get(person)
            found[person].append(
                Participant(
                    application,
                    known[person],
                    department=application.department or (record.department if record else ""),
                    partnerships=own[::-1],
                    totals={each.id: totals[each.id] for each in own if each.id in totals},
                    partners={other: known[other] for each in own if (other := each.other(person)) in known},
                    offers=offers[application.id],
                    agreed=agreed[application.id],
                    most_places=most_places,
                )
            )
        return {person: tuple(sorted(each, key=_by_role)) for person, each in found.items()}

    def _offers(self, cohort: Cohort, people: Iterable[str]) -> tuple[Counter[str], Counter[str]]:
        """How many open offers these people have in the cohort, by application id, and how many of them are agreed."""
        offers, agreed = Counter[str](), Counter[str]()
        for row in self._execute(_OFFERS, cohort=cohort.id, people=list(people)):
            both = (row.mentee_application, row.mentor_application)
            offers.update(both)
            if {row.mentee, row.mentor} == set(row.accepted_by):
                agreed.update(both)
        return offers, agreed


def _person_in(partnership: Partnership, role: Role) -> str:
    return partnership.mentee if role is Role.MENTEE else partnership.mentor


def _by_role(participant: Participant) -> int:
    return list(Role).index(participant.application.role)


Shape = tuple[PeopleFilter, int, bool, bool]
"""What a statement depends on: the filter, the number of words of the name, and whether there are a department and a
topic.
"""


def _shape(query: PeopleQuery) -> Shape:
    return query.filter, len(_words(query)), bool(query.department), bool(query.topic)


def _words(query: PeopleQuery) -> list[str]:
    return sort_name(query.name).split()


def _values(cohort: Cohort, query: PeopleQuery, today: date) -> dict[str, Any]:
    return {
        "programme": cohort.programme_id,
        **({} if query.filter is PeopleFilter.EVERYONE else {"cohort": cohort.id, "apply_by": cohort.apply_by}),
        **({"department": query.department} if query.department else {}),
        **({"topic": contained(json.dumps(query.topic))} if query.topic else {}),
        **cutoffs(today),
        **{f"word{number}": contained(word) for number, word in enumerate(_words(query))},
    }


_NEWER = aliased(ApplicationRow)
_A: Any = ApplicationRow
_IS_NEWEST = ~exists().where(
    _NEWER.workspace == WORKSPACE_PARAM,
    _NEWER.person == _A.person,
    _NEWER.role == _A.role,
    of_programme(_NEWER.cohort_id),
    or_(_NEWER.sent_at > _A.sent_at, and_(_NEWER.sent_at == _A.sent_at, _NEWER.id > _A.id)),
)
_ON_LEAVE = PersonRow.leave_until.is_not(None)
_PRESENT = PersonRow.standing != AccountStatus.DEACTIVATED


def _partnership_where(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Condition: the applicant has a partnership in this role of which these hold.

    Those partnerships are found once, and not for each applicant: SQLite would choose the wrong index for that.
    """
    sides = ((Role.MENTEE, PartnershipRow.mentee), (Role.MENTOR, PartnershipRow.mentor))
    here = PartnershipRow.workspace == WORKSPACE_PARAM, of_programme(PartnershipRow.cohort_id)
    return or_(
        *(and_(_A.role == role, _A.person.in_(select(person).where(*here, *conditions))) for role, person in sides)
    )


def _taken() -> ColumnElement[int]:
    """How many places of the application partnerships take, as `mentoring.partnerships.places_taken` counts them."""
    sides = (
        (Role.MENTEE, PartnershipRow.mentee, PartnershipRow.mentee_application),
        (Role.MENTOR, PartnershipRow.mentor, PartnershipRow.mentor_application),
    )
    has_returned = cast(PartnershipRow.back, Text).contains('"' + _A.person + '"')
    counts = {
        role: select(func.count())
        .select_from(PartnershipRow)
        .where(
            PartnershipRow.workspace == WORKSPACE_PARAM,
            person == _A.person,
            application == _A.id,
            or_(is_active(), ~has_returned),
        )
        .correlate(_A)
        .scalar_subquery()
        for role, person, application in sides
    }
    return case((_A.role == Role.MENTEE, counts[Role.MENTEE]), else_=counts[Role.MENTOR])


_MOST_PLACES = (
    select(ProgrammeRow.most_places)
    .where(ProgrammeRow.workspace == WORKSPACE_PARAM, ProgrammeRow.id == bindparam("programme"))
    .scalar_subquery()
)


def _of_this_round(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    here = _A.state == ApplicationState.OPEN, _A.cohort_id == bindparam("cohort"), _PRESENT, ~_ON_LEAVE
    return and_(*here, *conditions)


def _in_filter(chosen: PeopleFilter) -> ColumnElement[bool] | None:
    """What `PeopleFilter` describes."""
    apply_by = bindparam("apply_by", type_=Date)
    match chosen:
        case PeopleFilter.EVERYONE:
            return None
        case PeopleFilter.UNMATCHED:
            return _of_this_round(_A.sent_on <= apply_by, _taken() < _A.places, _taken() < _MOST_PLACES)
        case PeopleFilter.WAITING_LIST:
            return _of_this_round(_A.sent_on > apply_by)
        case PeopleFilter.MATCHED:
            return _partnership_where(is_active())
        case PeopleFilter.QUIET:
            return _partnership_where(is_quiet())
        case PeopleFilter.PAUSED:
            return _partnership_where(is_active(), is_paused())
        case PeopleFilter.ON_LEAVE:
            return _ON_LEAVE
        case PeopleFilter.LEFT:
            withdrawn = and_(_A.state == ApplicationState.WITHDRAWN, ~_partnership_where(is_active()))
            return or_(~_PRESENT, withdrawn)


@cache
def _condition(chosen: PeopleFilter, words: int, department: bool, topic: bool) -> tuple[ColumnElement[bool], ...]:
    """What holds of a person who is listed."""
    conditions = [
        _A.workspace == WORKSPACE_PARAM,
        _A.person == PersonRow.id,
        of_programme(_A.cohort_id),
        _IS_NEWEST,
    ]
    filtered = _in_filter(chosen)
    if filtered is not None:
        conditions.append(filtered)
    if department:
        recorded = exists().where(
            StaffRow.workspace == WORKSPACE_PARAM,
            StaffRow.person == _A.person,
            StaffRow.department == bindparam("department"),
        )
        conditions.append(or_(_A.department == bindparam("department"), and_(_A.department == "", recorded)))
    if topic:
        conditions.append(cast(_A.topics, Text).like(bindparam("topic"), escape=ESCAPE))
    named = (PersonRow.sort_name.like(bindparam(f"word{number}"), escape=ESCAPE) for number in range(words))
    return PersonRow.workspace == WORKSPACE_PARAM, *named, exists().where(*conditions)


@cache
def _people(
    chosen: PeopleFilter, words: int, department: bool, topic: bool, begins: bool, backwards: bool
) -> Select[Any]:
    """Select the ids of people, `most` of them, after or before the key (`begin`, `begin_id`)."""
    key = tuple_(PersonRow.sort_name, PersonRow.id)
    statement = select(PersonRow.id).where(*_condition(chosen, words, department, topic))
    if begins:
        begin = tuple_(bindparam("begin", type_=Text), bindparam("begin_id", type_=PERSON))
        statement = statement.where(key < begin if backwards else key > begin)
    order = [column.desc() if backwards else column.asc() for column in (PersonRow.sort_name, PersonRow.id)]
    return statement.order_by(*order).limit(bindparam("most"))


@cache
def _count(chosen: PeopleFilter, words: int, department: bool, topic: bool) -> Select[Any]:
    if (chosen, words, department, topic) == (PeopleFilter.EVERYONE, 0, False, False):
        # Everybody who has applied: an index alone has the answer.
        return select(func.count(distinct(_A.person))).where(
            _A.workspace == WORKSPACE_PARAM, of_programme(_A.cohort_id)
        )
    return select(func.count()).select_from(PersonRow).where(*_condition(chosen, words, department, topic))


_OFFERS = select(
    MatchRow.mentee_application, MatchRow.mentor_application, MatchRow.mentee, MatchRow.mentor, MatchRow.accepted_by
).where(
    MatchRow.workspace == WORKSPACE_PARAM,
    MatchRow.state == MatchState.OFFERED,
    MatchRow.cohort_id == bindparam("cohort"),
    or_(
        MatchRow.mentee.in_(bindparam("people", expanding=True)),
        MatchRow.mentor.in_(bindparam("people", expanding=True)),
    ),
)
