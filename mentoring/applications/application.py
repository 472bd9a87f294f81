"""What people send to be mentored or to mentor, and taking it back (D1.1–D1.7, D0.8)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from mentoring.applications.errors import AlreadyWithdrawn
from mentoring.core.errors import NotForYou
from mentoring.core.outcome import Notification, NotificationKind, Outcome
from mentoring.core.programmes import Cohort, Programme, Segment
from mentoring.partnerships.errors import AlreadyBack
from mentoring.partnerships.partnership import Partnership, _check_over

MOST_PLACES = 3
MOST_HOPES = 2000
MOST_LANGUAGES = 200


class Role(StrEnum):
    MENTEE = "mentee"
    MENTOR = "mentor"


class ApplicationState(StrEnum):
    OPEN = "open"
    WITHDRAWN = "withdrawn"


class MeetingMode(StrEnum):
    """How people like to meet."""

    IN_PERSON = "in-person"
    VIDEO = "video"
    PHONE = "phone"
    WALKING = "walking"


@dataclass(frozen=True)
class ApplicationForm:
    """What somebody sends; the same for both roles, but `started_on` and `places` are the mentor's.

    `manager` and `wish` are Slack user ids or ""; `months` is what they would like; `ways` and `topics` keep the
    list's order.
    """

    role: Role
    topics: tuple[str, ...]
    hopes: str
    months: int
    ways: tuple[MeetingMode, ...]
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
    """What a person asks for or offers in a cohort. Their words and the people they name are kept apart, as
    `PrivateAnswers`.

    `sent_at` is when it was first sent, or sent again after being withdrawn; it says who has waited longest.
    """

    id: str
    cohort_id: str
    person: str
    role: Role
    state: ApplicationState
    topics: tuple[str, ...]
    months: int
    ways: tuple[MeetingMode, ...]
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
class PrivateAnswers:
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
    if application.state is ApplicationState.WITHDRAWN:
        raise AlreadyWithdrawn
    withdrawn = replace(application, state=ApplicationState.WITHDRAWN, version=application.version + 1)
    return Outcome((withdrawn,), (receipt(withdrawn, NotificationKind.APPLICATION_WITHDRAWN),))


def receipt(application: Application, kind: NotificationKind) -> Notification:
    """What the applicant is owed when their application has come to this state."""
    key = f"{kind}:{application.id}:{application.version}"
    return Notification(key, kind, application.person, {"application": application.id}, is_reply=True)


def return_to_pool(
    partnership: Partnership, *, by: str, sent: Application | None, cohort: Cohort, is_there: bool = False
) -> Outcome:
    """Return to the pool after it is over, in today's `cohort`; `sent` is what they had applied with.

    An application that was left behind in an older cohort comes along, unless one `is_there` already. Raises NotForYou,
    StillRunning, AlreadyBack.
    """
    _check_over(partnership, by)
    if by in partnership.back:
        raise AlreadyBack(withdrawn=sent is None or sent.state is ApplicationState.WITHDRAWN)
    returned = replace(partnership, back=(*partnership.back, by), version=partnership.version + 1)
    notice = Notification(
        f"{NotificationKind.BACK_IN_POOL}:{partnership.id}:{by}",
        NotificationKind.BACK_IN_POOL,
        by,
        {"partnership": partnership.id},
        is_reply=True,
    )
    if sent and sent.state is ApplicationState.OPEN and sent.cohort_id != cohort.id and not is_there:
        return Outcome((returned, replace(sent, cohort_id=cohort.id, version=sent.version + 1)), (notice,))
    return Outcome((returned,), (notice,))


def release_places(partnerships: Sequence[Partnership], application: Application) -> tuple[Partnership, ...]:
    """Those of `application` that are over, without their hold on its places."""
    person = application.person
    return tuple(
        replace(p, back=(*p.back, person), version=p.version + 1)
        for p in partnerships
        if not p.is_active and person not in p.back and application.id in (p.mentee_application, p.mentor_application)
    )
