"""What people send to be mentored or to mentor, and taking it back (D1.1–D1.7, D0.8)."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from mentoring.error import AlreadyWithdrawn, NotForYou
from mentoring.outcome import Kind, Notice, Outcome
from mentoring.programme import Cohort, Programme
from mentoring.segment import Segment

MOST_PLACES = 3
MOST_HOPES = 2000
MOST_LANGUAGES = 200


class Role(StrEnum):
    MENTEE = "mentee"
    MENTOR = "mentor"


class State(StrEnum):
    OPEN = "open"
    WITHDRAWN = "withdrawn"


class Way(StrEnum):
    """How people like to meet."""

    IN_PERSON = "in-person"
    VIDEO = "video"
    PHONE = "phone"
    WALKING = "walking"


@dataclass(frozen=True)
class Form:
    """What somebody sends; the same for both roles, but `started_on` and `places` are the mentor's.

    `manager` and `wish` are Slack user ids or ""; `months` is what they would like; `ways` and `topics` keep the
    list's order.
    """

    role: Role
    topics: tuple[str, ...]
    hopes: str
    months: int
    ways: tuple[Way, ...]
    languages: str
    department: str = ""
    grade: str = ""
    manager: str = ""
    wish: str = ""
    started_on: date | None = None
    places: int = 1
    read_expectations: bool = False
    informed_supervisor: bool = False


@dataclass(frozen=True)
class Application:
    """What a person asks for or offers in a cohort; their words and the people they name are a `Confidence` of its own.

    `sent_at` is when it was first sent, or sent again after being withdrawn; it says who has waited longest.
    """

    id: str
    cohort_id: str
    person: str
    role: Role
    state: State
    topics: tuple[str, ...]
    months: int
    ways: tuple[Way, ...]
    languages: str
    department: str
    grade: str
    started_on: date | None
    places: int
    sent_at: datetime
    sent_on: date
    version: int = 1

    def waits_for_next(self, cohort: Cohort) -> bool:
        """On the waiting list: sent after the deadline, in the applicant's own days (D1.5)."""
        return self.sent_on > cohort.apply_by


@dataclass(frozen=True)
class Confidence:
    """What an application says in confidence: read by its author and the owners, never loaded with the application."""

    application_id: str
    hopes: str
    manager: str = ""
    wish: str = ""


def segment_for(role: Role, programme: Programme) -> Segment:
    """Whom the programme is for in this role."""
    return programme.for_mentees if role is Role.MENTEE else programme.for_mentors


def withdraw(application: Application, *, by: str) -> Outcome:
    """Take an application back; the person hears that it is done. Raises NotForYou, AlreadyWithdrawn."""
    if application.person != by:
        raise NotForYou
    if application.state is State.WITHDRAWN:
        raise AlreadyWithdrawn
    withdrawn = replace(application, state=State.WITHDRAWN, version=application.version + 1)
    return Outcome((withdrawn,), (receipt(withdrawn, Kind.APPLICATION_WITHDRAWN),))


def receipt(application: Application, kind: Kind) -> Notice:
    """What the applicant is owed when their application has come to this state."""
    key = f"{kind}:{application.id}:{application.version}"
    return Notice(key, kind, application.person, {"application": application.id}, asked=True)
