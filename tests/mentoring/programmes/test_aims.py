"""Objectives and roles: up to five, up to six lines for each role, and what another type of mentoring needs."""

from dataclasses import replace

import pytest

from mentoring.core.errors import MentoringError, TooFewGrades, TooLong
from mentoring.core.fields import FieldName
from mentoring.core.programmes import Programme, ProgrammeType
from mentoring.programmes.aims import ObjectivesForm, RolesForm, apply_roles, objectives_errors, roles_errors
from mentoring.programmes.errors import HasFacilitators
from tests.mentoring.values import PROGRAMME

PEERS = replace(PROGRAMME, type=ProgrammeType.PEER)
MENTORING = RolesForm("", (), (), ProgrammeType.MENTORING)


@pytest.mark.parametrize(
    ("lines", "most"), [(("x",) * 5, None), (("x",) * 6, 5), (("x" * 150,), None), (("x" * 151,), 150)]
)
def test_five_objectives_at_most_each_a_line(lines: tuple[str, ...], most: int | None) -> None:
    expected = [TooLong(FieldName.OBJECTIVES, most)] if most else []
    assert list(objectives_errors(ObjectivesForm(lines, is_pilot=False))) == expected


def test_what_is_too_long_about_the_roles_is_refused_at_each_field() -> None:
    form = RolesForm("x" * 501, ("x",) * 7, ("x" * 151,))
    assert wrong(form) == [
        TooLong(FieldName.DEFINITION, 500),
        TooLong(FieldName.MENTEE_RESPONSIBILITIES, 6),
        TooLong(FieldName.MENTOR_RESPONSIBILITIES, 150),
    ]
    assert wrong(RolesForm("", (), ())) == []


def wrong(form: RolesForm, programme: Programme = PROGRAMME) -> list[MentoringError]:
    return list(roles_errors(form, programme, apply_roles(programme, form)))


def test_a_form_without_a_type_leaves_it() -> None:
    for programme in (PROGRAMME, PEERS):
        assert apply_roles(programme, RolesForm("x", (), ())).type is programme.type
    assert apply_roles(PROGRAMME, RolesForm("", (), (), ProgrammeType.PEER)).type is ProgrammeType.PEER


def test_what_has_facilitators_stays_a_peer_programme() -> None:
    facilitated = replace(PEERS, has_facilitators=True)
    assert wrong(MENTORING, facilitated) == [HasFacilitators(FieldName.PROGRAMME_TYPE)]
    assert wrong(RolesForm("x", (), (), ProgrammeType.PEER), facilitated) == []
    assert wrong(MENTORING, PEERS) == []


@pytest.mark.parametrize(("grades", "fits"), [(("A", "B", "C"), True), (("A", "B"), False), ((), False)])
def test_a_gap_that_counts_again_needs_its_grades(grades: tuple[str, ...], fits: bool) -> None:
    """Peers can have fewer grades than the gap that was set before: it does not count for them."""
    apart = replace(PEERS, least_gap=2, grades=grades)
    assert wrong(MENTORING, apart) == ([] if fits else [TooFewGrades(FieldName.PROGRAMME_TYPE, 2)])
    assert wrong(RolesForm("x", (), ()), apart) == []
    assert wrong(RolesForm("x", (), ()), replace(apart, type=ProgrammeType.MENTORING)) == []
