"""Programmes and cohorts, with their terms, segments (D2.6) and weights."""

from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum

from mentoring.core.lengths import LENGTHS, Length
from mentoring.core.people import AccountStatus


class ProgrammeType(StrEnum):
    """The type of mentoring (D0.9). Stored: renaming a value needs a migration.

    MENTORING: the mentor is more experienced. PEER: colleagues at a similar level help each other (D4.1), and
    facilitators, who are a role, look after them.
    """

    MENTORING = "mentoring"
    PEER = "peer"


@dataclass(frozen=True)
class Segment:
    """The departments and grades that a programme is open to. An empty tuple means all.

    A person whose department or grade is unknown is outside of a segment that lists some.
    """

    departments: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()

    def holds(self, department: str, grade: str) -> bool:
        """Whether a person with this department and grade ("" if unknown) is inside."""
        in_department = not self.departments or department in self.departments
        return in_department and (not self.grades or grade in self.grades)


EVERYBODY = Segment()


@dataclass(frozen=True)
class Weights:
    """The most points that each part of a score can give. A part with 0 is left out, and gives no reason.

    `waiting` and `load` are not part of the score; they change the value of a match in `cost_matrix`. `waiting` is
    added for a person who was unmatched before. `load` is subtracted for a mentor's second partner, and twice for the
    third. Pairs with a score below `at_least` are not proposed.
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
        """The highest score of two people without a wish; `ranked` is true if the programme lists grades."""
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
MOST_IN_NAME = 80
"""Characters of a programme's name."""
USUAL_DAYS = (0, 1, 2, 3, 4)
"""Monday to Friday."""


@dataclass(frozen=True)
class Term:
    """A word that the programme uses, in the singular and the plural."""

    one: str
    many: str


@dataclass(frozen=True)
class Terms:
    """The programme's own words for mentor, mentee and partnership (D0.7)."""

    mentor: Term = Term("mentor", "mentors")
    mentee: Term = Term("mentee", "mentees")
    partnership: Term = Term("partnership", "partnerships")


@dataclass(frozen=True)
class Rhythm:
    """How many meetings two people are asked to have in the first month, and then in each month, at least (D1.9)."""

    first_month: int = 2
    monthly: int = 1


class InvitationMoment(StrEnum):
    """When a programme can invite people who have not asked (D0.20). Stored: a value is never renamed without a
    migration.
    """

    JOINED = "joined"
    MANAGER = "manager"
    CHANGE = "change"


@dataclass(frozen=True)
class Keeping:
    """For how many months the programme keeps data: `notes`, `answers` and `applications` after a partnership or a
    round is over, and the `log` of messages and of what was done.
    """

    notes: int = 12
    answers: int = 12
    applications: int = 24
    log: int = 24


@dataclass(frozen=True)
class Programme:
    """The mentoring programme of a workspace.

    - `type`: the type of mentoring (D0.9).
    - `purpose`, `objectives`: what it is for (D0.2); `is_pilot`: whether the round is a trial (D0.14, D1.5).
    - `definition`, `mentee_responsibilities`, `mentor_responsibilities`: what mentoring means in it, and what each role
      is responsible for (D0.7, D0.9).
    - `referrals`: places to go with what is beyond the programme, a line each: name, what for, how to reach (D1.17).
    - `contact`: a Slack user id or "".
    - `country`: an ISO 3166 alpha-2 code or "". `region`: a code of `working_hours.regions`, or "" for no region.
    - `time_zone`: the IANA name of the time zone of people whose own is unknown; "" if the owners have set none.
    - `workday`: the start and end of working hours, in each person's local time.
    - `working_days`: weekdays, Monday is 0.
    - `closed_days`: sorted; the public holidays of `country` and `region` are closed as well.
    - `lengths`: how long a partnership may last, for people to choose from, the shortest first (D1.12).
    - `rhythm`: how often two people are asked to meet (D1.9).
    - `service_months`: how long a mentor must have worked here (D1.2); 0 switches the rule off.
    - `most_places`: how many places a mentor may offer. It counts for older applications too.
    - `pause_weeks`: the owners are asked about a pause that is longer than so many weeks.
    - `approvals`: how many owners approve a match, 1 or 2 (D1.19).
    - `ask_first`: whether the two of a match are asked before they are introduced.
    - `introduces_at_start`: whether people are introduced when the round starts, if they are matched before.
    - `shared_hours`: whether two people who share no working hour are never matched.
    - `least_gap`: how many grades a mentor must be above the mentee (D2.13); 0 switches the rule off. It is what the
      owners have set: rules go by `grade_gap`.
    - `for_mentees`, `for_mentors`: the segments that the programme is open to.
    - `has_plans`: whether mentees can write a plan with goals, and share it (D4.5).
    - `has_agreements`: whether two partners can write an agreement, which both sign (D4.8).
    - `has_reports`: whether two partners can write progress reports (D4.9).
    - `first_guide`, `meeting_guide`, `last_guide`: what two people could talk about at their first, every other and
      their last meeting, a line each (D4.7); empty for the bot's own words.
    - `invites_at`: after which moments people are invited to apply (D0.20); none switches invitations off.
    - `invite_weeks`: how many weeks after the moment. `invites_mentees`, `invites_mentors`: for which roles.
    - `keeping`: for how long each kind of data is kept.
    - `survey_shelf`, `survey_statements`: what the programme asks besides in its surveys: ids of our questions, and
      statements of the owners. `asked_statements`: all that were ever asked (`mentoring.feedback.added`).
    - `version`: the number of saves; `changed_by` is the Slack user id of the person who saved last.
    - `has_committee`, `has_facilitators`: whether somebody has that role. They come from the roles and are not saved
      with the programme.
    """

    id: str
    name: str
    type: ProgrammeType = ProgrammeType.MENTORING
    purpose: str = ""
    objectives: tuple[str, ...] = ()
    is_pilot: bool = False
    definition: str = ""
    mentee_responsibilities: tuple[str, ...] = ()
    mentor_responsibilities: tuple[str, ...] = ()
    referrals: tuple[str, ...] = ()
    topics: tuple[str, ...] = TOPICS
    departments: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    contact: str = ""
    expectations_url: str = ""
    country: str = ""
    region: str = ""
    time_zone: str = ""
    workday: tuple[time, time] = (time(9), time(17))
    working_days: tuple[int, ...] = USUAL_DAYS
    closed_days: tuple[date, ...] = ()
    lengths: tuple[Length, ...] = LENGTHS
    rhythm: Rhythm = Rhythm()
    service_months: int = 12
    most_places: int = 3
    pause_weeks: int = 12
    approvals: int = 2
    admits: frozenset[AccountStatus] = frozenset()
    terms: Terms = field(default_factory=Terms)
    ask_first: bool = True
    introduces_at_start: bool = False
    least_gap: int = 0
    shared_hours: bool = False
    for_mentees: Segment = EVERYBODY
    for_mentors: Segment = EVERYBODY
    weights: Weights = USUAL
    has_plans: bool = False
    has_agreements: bool = False
    has_reports: bool = False
    first_guide: tuple[str, ...] = ()
    meeting_guide: tuple[str, ...] = ()
    last_guide: tuple[str, ...] = ()
    invites_at: frozenset[InvitationMoment] = frozenset()
    invite_weeks: int = 4
    invites_mentees: bool = True
    invites_mentors: bool = False
    keeping: Keeping = Keeping()
    survey_shelf: tuple[str, ...] = ()
    survey_statements: tuple[str, ...] = ()
    asked_statements: tuple[str, ...] = ()
    version: int = 1
    changed_by: str = ""
    has_committee: bool = False
    has_facilitators: bool = False

    @property
    def is_peer(self) -> bool:
        return self.type is ProgrammeType.PEER

    @property
    def grade_gap(self) -> int:
        """The minimum gap of grades that counts: `least_gap`, or 0 among peers."""
        return 0 if self.is_peer else self.least_gap


@dataclass(frozen=True)
class Cohort:
    """One round of a programme.

    All dates are inclusive, and days in each person's time zone. Applications after `apply_by` go on the waiting list.
    """

    id: str
    programme_id: str
    opens_on: date
    apply_by: date
    starts_on: date
    ends_on: date
    closed_on: date | None = None
