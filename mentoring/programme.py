"""The programme, its cohort and its own words, and how it is founded (D0.4, D0.7, D1.3–D1.5)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from mentoring.dates import add_months, working_day
from mentoring.outcome import Kind, Notice, Outcome
from mentoring.person import Standing
from mentoring.segment import EVERYBODY, Segment
from mentoring.weights import USUAL, Weights

TOPICS = (
    "Career planning",
    "Advanced degree or certification",
    "New to the institution",
    "Organisational culture",
    "Job search",
    "Work/life issues",
)
USUAL_DAYS = (0, 1, 2, 3, 4)
"""Monday to Friday."""


@dataclass(frozen=True)
class Term:
    """One of the programme's own words, as one and as several."""

    one: str
    many: str


@dataclass(frozen=True)
class Terms:
    """What this programme calls a mentor, a mentee and a partnership (D0.7)."""

    mentor: Term = Term("mentor", "mentors")
    mentee: Term = Term("mentee", "mentees")
    partnership: Term = Term("partnership", "partnerships")


@dataclass(frozen=True)
class Programme:
    """A mentoring programme of one workspace.

    `contact` is a Slack user id or ""; `country` an ISO 3166 alpha-2 code or ""; `workday` the first and last local
    hour in which we write to people; `working_days` are weekdays, Monday 0; `closed_days` are the programme's own, in
    order, besides the public holidays of its country; `months` the least and most a partnership lasts;
    `service_months` what a mentor needs (D1.2); `least_gap` how many grades a mentor stands above at least (D2.13), 0
    where that is no rule; `for_mentees` and `for_mentors` whom it is for; `weights` what counts in matching; `version`
    counts saves and `changed_by` is who saved last.
    """

    id: str
    name: str
    purpose: str = ""
    topics: tuple[str, ...] = TOPICS
    departments: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    contact: str = ""
    expectations_url: str = ""
    country: str = ""
    workday: tuple[time, time] = (time(9), time(17))
    working_days: tuple[int, ...] = USUAL_DAYS
    closed_days: tuple[date, ...] = ()
    months: tuple[int, int] = (6, 12)
    service_months: int = 12
    admits: frozenset[Standing] = frozenset()
    terms: Terms = field(default_factory=Terms)
    ask_first: bool = True
    least_gap: int = 0
    for_mentees: Segment = EVERYBODY
    for_mentors: Segment = EVERYBODY
    weights: Weights = USUAL
    version: int = 1
    changed_by: str = ""


@dataclass(frozen=True)
class Cohort:
    """One round of a programme. All dates are local days, each included; after `apply_by` people wait for the next
    round.
    """

    id: str
    programme_id: str
    opens_on: date
    apply_by: date
    starts_on: date
    ends_on: date
    closed_on: date | None = None


def found(*, programme_id: str, cohort_id: str, owners: Sequence[str], today: date) -> Outcome:
    """A programme with D1's rules and an open cohort, so that people can apply in the first minute. The owners are
    told.
    """
    opened = today - timedelta(days=1)  # where today has not begun yet, people can apply in the first minute too
    programme = Programme(id=programme_id, name="Mentoring programme", contact=owners[0] if owners else "")
    apply_by = working_day(today + timedelta(days=28), programme)
    starts_on = working_day(apply_by + timedelta(days=14), programme)
    cohort = Cohort(cohort_id, programme_id, opened, apply_by, starts_on, add_months(starts_on, 12))
    return Outcome((programme, cohort), tuple(welcome(programme_id, owner) for owner in owners))


def welcome(programme_id: str, owner: str) -> Notice:
    """What a new owner is owed, once."""
    return Notice(f"welcome-owner:{programme_id}:{owner}", Kind.WELCOME_OWNER, owner)
