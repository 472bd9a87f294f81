"""Two parts of the settings: what the programme is for (D0.2), and what mentoring is in it, its type, definition and
roles (D0.7, D0.9).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from mentoring.core.errors import MentoringError, TooFewGrades, TooLong
from mentoring.core.fields import FieldName
from mentoring.core.programmes import Programme, ProgrammeType
from mentoring.programmes.errors import HasFacilitators

MOST_OBJECTIVES: Final = 5
MOST_RESPONSIBILITIES: Final = 6
MOST_REFERRALS: Final = 8
MOST_IN_AIM: Final = 150
"""Characters of an objective, a responsibility or a place to refer to."""
MOST_IN_DEFINITION: Final = 500


@dataclass(frozen=True)
class ObjectivesForm:
    """The objectives, one each, and whether the round is a pilot."""

    objectives: tuple[str, ...]
    is_pilot: bool


@dataclass(frozen=True)
class RolesForm:
    """What mentoring means in the programme, what each role is responsible for, one each, the type of mentoring, and
    places to refer people to, one each. A `type` that is None does not change.
    """

    definition: str
    mentee_responsibilities: tuple[str, ...]
    mentor_responsibilities: tuple[str, ...]
    type: ProgrammeType | None = None
    referrals: tuple[str, ...] = ()


def apply_objectives(programme: Programme, form: ObjectivesForm) -> Programme:
    """The programme with the values of the form."""
    return replace(programme, objectives=form.objectives, is_pilot=form.is_pilot)


def apply_roles(programme: Programme, form: RolesForm) -> Programme:
    """The programme with the values of the form."""
    return replace(
        programme,
        definition=form.definition,
        mentee_responsibilities=form.mentee_responsibilities,
        mentor_responsibilities=form.mentor_responsibilities,
        type=form.type or programme.type,
        referrals=form.referrals,
    )


def objectives_errors(form: ObjectivesForm) -> Iterator[MentoringError]:
    """Yield the problems of the form."""
    yield from _lines_errors(FieldName.OBJECTIVES, form.objectives, MOST_OBJECTIVES)


def roles_errors(form: RolesForm, programme: Programme, changed: Programme) -> Iterator[MentoringError]:
    """Yield the problems of the form; `changed` is `programme` with it applied. Only peers have facilitators."""
    if changed.has_facilitators and not changed.is_peer:
        yield HasFacilitators(FieldName.PROGRAMME_TYPE)
    gap = changed.grade_gap
    if programme.is_peer and gap and gap >= len(changed.grades):
        yield TooFewGrades(FieldName.PROGRAMME_TYPE, gap)
    if len(form.definition) > MOST_IN_DEFINITION:
        yield TooLong(FieldName.DEFINITION, MOST_IN_DEFINITION)
    yield from _lines_errors(FieldName.MENTEE_RESPONSIBILITIES, form.mentee_responsibilities, MOST_RESPONSIBILITIES)
    yield from _lines_errors(FieldName.MENTOR_RESPONSIBILITIES, form.mentor_responsibilities, MOST_RESPONSIBILITIES)
    yield from _lines_errors(FieldName.REFERRALS, form.referrals, MOST_REFERRALS)


def _lines_errors(field: FieldName, lines: tuple[str, ...], most: int) -> Iterator[MentoringError]:
    if len(lines) > most:
        yield TooLong(field, most)
    elif any(len(line) > MOST_IN_AIM for line in lines):
        yield TooLong(field, MOST_IN_AIM)
