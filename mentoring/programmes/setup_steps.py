"""The guided set-up: its steps in order, which of them are done, and where to go on (D0.10)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from mentoring.core.programmes import Cohort
from mentoring.programmes.settings import Part


@dataclass(frozen=True)
class SetupStep:
    """A step that an owner has done: a part of the guided set-up, or a step of the start-up plan of a cohort.

    `cohort_id` is "" for the guided set-up. `done_by` is a Slack user id, `done_at` the calendar (aware).
    """

    programme_id: str
    cohort_id: str
    name: str
    done_by: str
    done_at: datetime


@dataclass(frozen=True)
class SetupStepUndone:
    """Removes the mark that this step is done."""

    programme_id: str
    cohort_id: str
    name: str


_PARTS: Final = (
    Part.BASICS,
    Part.OBJECTIVES,
    Part.ROLES,
    Part.WORDS,
    Part.CHOICES,
    Part.PARTNERSHIPS,
    Part.INTRODUCTIONS,
    Part.EXTRAS,
    Part.RULES,
    Part.DATES,
)


def guided_parts(cohort: Cohort) -> tuple[Part, ...]:
    """The parts of the guided set-up, in order. In a closed cohort the dates are left out: they open the next one."""
    return tuple(part for part in _PARTS if part is not Part.DATES or not cohort.closed_on)


def parts_done(programme_id: str, steps: Collection[SetupStep]) -> frozenset[Part]:
    """The parts that an owner has saved in the guided set-up."""
    names = {step.name for step in steps if step.programme_id == programme_id and not step.cohort_id}
    return frozenset(part for part in Part if part in names)


@dataclass(frozen=True)
class GuidedPart:
    """Where a part stands in the guided set-up: `number` counts from 1, and `following` is None at the end."""

    part: Part
    number: int
    count: int
    previous: Part | None
    following: Part | None


def place_of(part: Part, parts: Sequence[Part]) -> GuidedPart | None:
    """Where `part` stands among `parts`, or None if it is not one of them."""
    if part not in parts:
        return None
    at = parts.index(part)
    return GuidedPart(
        part,
        at + 1,
        len(parts),
        parts[at - 1] if at else None,
        parts[at + 1] if at + 1 < len(parts) else None,
    )


def first_open(parts: Sequence[Part], done: Collection[Part]) -> Part | None:
    """The first part that is not done, or None."""
    return next((part for part in parts if part not in done), None)
