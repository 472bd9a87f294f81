"""Objectives and roles: up to five, and up to six lines for each role."""

import pytest

from mentoring.core.errors import TooLong
from mentoring.core.fields import FieldName
from mentoring.programmes.aims import ObjectivesForm, RolesForm, objectives_errors, roles_errors


@pytest.mark.parametrize(
    ("lines", "most"), [(("x",) * 5, None), (("x",) * 6, 5), (("x" * 150,), None), (("x" * 151,), 150)]
)
def test_five_objectives_at_most_each_a_line(lines: tuple[str, ...], most: int | None) -> None:
    expected = [TooLong(FieldName.OBJECTIVES, most)] if most else []
    assert list(objectives_errors(ObjectivesForm(lines, is_pilot=False))) == expected


def test_what_is_too_long_about_the_roles_is_refused_at_each_field() -> None:
    form = RolesForm("x" * 501, ("x",) * 7, ("x" * 151,))
    assert list(roles_errors(form)) == [
        TooLong(FieldName.DEFINITION, 500),
        TooLong(FieldName.MENTEE_RESPONSIBILITIES, 6),
        TooLong(FieldName.MENTOR_RESPONSIBILITIES, 150),
    ]
    assert list(roles_errors(RolesForm("", (), ()))) == []
