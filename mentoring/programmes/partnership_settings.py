"""Two parts of the settings: how long partnerships last and how often people meet, and how they are introduced."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from mentoring.core.errors import MentoringError, Missing, NoLongerOffered, OutOfRange
from mentoring.core.fields import FieldName
from mentoring.core.lengths import Length
from mentoring.core.programmes import Programme, Rhythm

WEEKS: Final = (4, 6, 8, 10, 12, 16, 20)
MONTHS: Final = (3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 15, 18, 24)
OFFERED_LENGTHS: Final = tuple(
    sorted((*(Length(weeks=n) for n in WEEKS), *(Length(n) for n in MONTHS)), key=lambda length: length.days)
)
"""The lengths that owners choose from."""
MOST_MEETINGS: Final = 4
"""In a month."""
MOST_PLACES: Final = 5
"""The most places that a programme can let a mentor offer."""
LONGEST_PAUSE: Final = 52
"""The most weeks after which owners can be asked about a pause."""
LONGEST_SERVICE: Final = 120
"""Months."""


@dataclass(frozen=True)
class PartnershipsForm:
    """New lengths, rhythm, required service, places and pauses. The lengths are in any order; see `Programme` for the
    rest.
    """

    lengths: tuple[Length, ...]
    first_month: int
    monthly: int
    service_months: int
    most_places: int
    pause_weeks: int


@dataclass(frozen=True)
class IntroductionsForm:
    """How many owners approve a match, whether people are asked first, and when they are introduced."""

    approvals: int
    ask_first: bool
    introduces_at_start: bool


def apply_partnerships(programme: Programme, form: PartnershipsForm) -> Programme:
    """The programme with the values of the form."""
    return replace(
        programme,
        lengths=in_order_of_length(form.lengths),
        rhythm=Rhythm(form.first_month, form.monthly),
        service_months=form.service_months,
        most_places=form.most_places,
        pause_weeks=form.pause_weeks,
    )


def apply_introductions(programme: Programme, form: IntroductionsForm) -> Programme:
    """The programme with the values of the form."""
    return replace(
        programme,
        approvals=form.approvals,
        ask_first=form.ask_first,
        introduces_at_start=form.introduces_at_start,
    )


def choosable_lengths(programme: Programme) -> tuple[Length, ...]:
    """The lengths that owners choose from, with those that the programme has already, the shortest first."""
    return in_order_of_length((*OFFERED_LENGTHS, *programme.lengths))


def in_order_of_length(lengths: Iterable[Length]) -> tuple[Length, ...]:
    """The lengths, each once, the shortest first."""
    return tuple(sorted(set(lengths), key=lambda length: (length.days, length.code)))


def partnerships_errors(programme: Programme, form: PartnershipsForm) -> Iterator[MentoringError]:
    """Yield the problems of the form; values that stand are not checked."""
    if not form.lengths:
        yield Missing(FieldName.LENGTHS)
    elif not set(form.lengths) <= set(choosable_lengths(programme)):
        yield NoLongerOffered(FieldName.LENGTHS)
    numbers = (
        (FieldName.FIRST_MONTH, form.first_month, programme.rhythm.first_month, 1, MOST_MEETINGS),
        (FieldName.MONTHLY, form.monthly, programme.rhythm.monthly, 1, MOST_MEETINGS),
        (FieldName.SERVICE, form.service_months, programme.service_months, 0, LONGEST_SERVICE),
        (FieldName.MOST_PLACES, form.most_places, programme.most_places, 1, MOST_PLACES),
        (FieldName.PAUSE_WEEKS, form.pause_weeks, programme.pause_weeks, 1, LONGEST_PAUSE),
    )
    for name, value, stored, least, most in numbers:
        if value != stored and not least <= value <= most:
            yield OutOfRange(name, least, most)


def introductions_errors(form: IntroductionsForm) -> Iterator[MentoringError]:
    """Yield the problems of the form."""
    if form.approvals not in (1, 2):
        yield OutOfRange(FieldName.APPROVALS, 1, 2)
