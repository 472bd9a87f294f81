"""Programmes and cohorts, with their terms, segments (D2.6) and weights."""

from dataclasses import dataclass, field
from datetime import date, time

from mentoring.core.people import AccountStatus


@dataclass(frozen=True)
class Segment:
    """Departments and grades; an empty list means all of them. Where it names some, somebody of whom that is not known
    is outside.
    """

    departments: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()

    def holds(self, department: str, grade: str) -> bool:
        in_department = not self.departments or department in self.departments
        return in_department and (not self.grades or grade in self.grades)


EVERYBODY = Segment()


@dataclass(frozen=True)
class Weights:
    """The most points that each part can give; one with 0 is left out, and no reason is given for it.

    `waiting` and `load` are not part of a score but of a match's value beside the others (`cost_matrix`): `waiting` is
    added for a person who was unmatched before, `load` is subtracted for a mentor's second partner, and twice for a
    third. People stay unmatched below a score of `at_least`.
    """

    topics: int = 40
    wish: int = 20
    hopes: int = 10
    grades: int = 10
    department: int = 10
    ways: int = 8
    language: int = 6
    months: int = 6
    hours: int = 6
    waiting: int = 10
    load: int = 5
    at_least: int = 0

    def most(self, *, ranked: bool) -> int:
        """What two people who asked for nobody in particular can have; `ranked` where the programme lists grades."""
        both = (self.topics, self.hopes, self.department, self.ways, self.language, self.months, self.hours)
        return sum(both) + (self.grades if ranked else 0)


USUAL = Weights()

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
    admits: frozenset[AccountStatus] = frozenset()
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
