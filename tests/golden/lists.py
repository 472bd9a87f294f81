"""Every problem that a line of a list of applications or partnerships can have, and what it says."""

from collections.abc import Iterator
from datetime import date

from mentoring.core.programmes import TOPICS
from mentoring.people.lists import ListColumn, ListFinding, ListProblem
from messages.imports import problem

_COLUMNS = {
    ListProblem.EMPTY: (ListColumn.PERSON, ListColumn.ROLE, ListColumn.START),
    ListProblem.NOT_A_ROLE: (ListColumn.ROLE,),
    ListProblem.NOT_A_WAY: (ListColumn.WAYS,),
    ListProblem.NOT_OFFERED: (ListColumn.TOPICS, ListColumn.DEPARTMENT),
    ListProblem.IN_THE_FUTURE: (ListColumn.START, ListColumn.END, ListColumn.LAST_MEETING),
    ListProblem.BEFORE_START: (ListColumn.END, ListColumn.LAST_MEETING),
    ListProblem.ONESELF: (ListColumn.MENTOR, ListColumn.MANAGER),
    ListProblem.TWICE: (ListColumn.PERSON, None),
    ListProblem.CELLS: (None,),
    **dict.fromkeys(
        (
            ListProblem.LINE_OF_MANAGEMENT,
            ListProblem.EXCLUDED,
            ListProblem.NOT_AVAILABLE,
            ListProblem.ALREADY_TOGETHER,
        ),
        (None,),
    ),
}


def every_problem() -> str:
    return "\n\n".join(f"{finding.problem}\n{problem(finding)}" for finding in _findings())


def _findings() -> Iterator[ListFinding]:
    for code in ListProblem:
        for column in _COLUMNS.get(code, (ListColumn.MONTHS,)):
            offered = TOPICS if column is ListColumn.TOPICS else ()
            yield ListFinding(
                3, column, code, others=(7, 9), text="Cooking", offered=offered, least=1, most=3, day=date(2027, 2, 15)
            )
    yield ListFinding(3, ListColumn.MENTEE, ListProblem.NO_PLACE, most=1)
