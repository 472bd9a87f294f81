"""The part of the settings about what each two people can use besides meeting: it is off until owners want it; and what
they could talk about (D4.7).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from mentoring.core.errors import MentoringError, TooLong
from mentoring.core.fields import FieldName
from mentoring.core.programmes import Programme
from mentoring.programmes.aims import MOST_IN_AIM

MOST_IN_GUIDE: Final = 10
"""Lines of a guide."""


@dataclass(frozen=True)
class ExtrasForm:
    """Whether mentees can write a plan with goals, and share it, and whether partners can write an agreement and
    progress reports; and the guides for a first, every other and a last meeting, a line each. An empty guide is the
    bot's own.
    """

    has_plans: bool
    has_agreements: bool
    has_reports: bool
    first_guide: tuple[str, ...] = ()
    meeting_guide: tuple[str, ...] = ()
    last_guide: tuple[str, ...] = ()


def apply_extras(programme: Programme, form: ExtrasForm) -> Programme:
    """The programme with the values of the form."""
    return replace(
        programme,
        has_plans=form.has_plans,
        has_agreements=form.has_agreements,
        has_reports=form.has_reports,
        first_guide=form.first_guide,
        meeting_guide=form.meeting_guide,
        last_guide=form.last_guide,
    )


def extras_errors(form: ExtrasForm) -> Iterator[MentoringError]:
    """Yield the problems of the form."""
    for field, lines in (
        (FieldName.FIRST_GUIDE, form.first_guide),
        (FieldName.MEETING_GUIDE, form.meeting_guide),
        (FieldName.LAST_GUIDE, form.last_guide),
    ):
        if len(lines) > MOST_IN_GUIDE:
            yield TooLong(field, MOST_IN_GUIDE)
        elif any(len(line) > MOST_IN_AIM for line in lines):
            yield TooLong(field, MOST_IN_AIM)
