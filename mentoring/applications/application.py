"""Applications, their withdrawal, and returning to the pool (D1.1–D1.7, D0.8)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from mentoring.applications.errors import AlreadyWithdrawn, NoSuchApplication
from mentoring.core.errors import NotForYou
from mentoring.core.lengths import Length
from mentoring.core.outcome import NOTHING, Notification, NotificationKind, Outcome
from mentoring.core.programmes import Cohort, Programme, Segment
from mentoring.partnerships.errors import AlreadyBack
from mentoring.partnerships.events import PartnershipEvent
from mentoring.partnerships.partnership import Partnership
from mentoring.partnerships.transitions import check_transition

MOST_HOPES = 2000
MOST_LANGUAGES = 200
"""Characters of languages that are typed."""
MOST_CHOSEN_LANGUAGES = 10


class Role(StrEnum):
    MENTEE = "mentee"
    MENTOR = "mentor"


class ApplicationState(StrEnum):
    """UNCONFIRMED until the person agrees to an application that was entered for them. Only OPEN ones are matched."""

    UNCONFIRMED = "unconfirmed"
    OPEN = "open"
    WITHDRAWN = "withdrawn"


class MeetingMode(StrEnum):
    """How a person would like to meet, or how a meeting took place."""

    IN_PERSON = "in-person"
    VIDEO = "video"
    PHONE = "phone"
    WALKING = "walking"
    OTHER = "other"
    """Of meetings only; nobody is asked whether they would like to meet so."""


NOT_LISTED = "not-listed"
"""The answer of a person whose department or grade is not in the programme's list."""


@dataclass(frozen=True)
class ApplicationForm:
    """The input of an application form; `started_on` and `places` are for mentors only.

    `manager` and `wish` are Slack user ids or "". `no_manager` says that there is no manager to name. `department` and
    `grade` are in the programme's list, or NOT_LISTED. `months` and `weeks`, one of them 0, are the length of the
    partnership that the person would like. `ways` and `topics` are in the order of the programme's list. `languages`
    are names, and what else was typed: `mentoring.core.languages` reads them.
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
    no_manager: bool = False
    read_expectations: bool = False
    informed_supervisor: bool = False
    weeks: int = 0

    @property
    def length(self) -> Length:
        return Length(self.months, self.weeks)


@dataclass(frozen=True)
class Application:
    """What a person asks for or offers in a cohort, without the `PrivateAnswers`.

    `person` is a Slack user id. `months` and `weeks` are the length of the partnership that they would like: one of
    them is 0, and both are if it is not known. `sent_at` (calendar, aware) is when it was first sent, or sent again
    after a withdrawal; `sent_on` is that day in the applicant's time zone. An unconfirmed one may lack answers.
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
    weeks: int = 0

    @property
    def length(self) -> Length:
        return Length(self.months, self.weeks)

    def waits_for_next(self, cohort: Cohort) -> bool:
        """Whether it is on the waiting list: sent after the deadline, in the applicant's time zone (D1.5)."""
        return self.sent_on > cohort.apply_by


@dataclass(frozen=True)
class PrivateAnswers:
    """The part of an application that only its author and the owners read; never loaded with the application.

    `no_manager` says that no one is above this person, or no one who is in Slack; then `manager` is "". `hopes_shared`:
    a mentor who is asked about this mentee reads the hopes, since the form said so, or its author has agreed since.
    """

    application_id: str
    hopes: str
    manager: str = ""
    wish: str = ""
    no_manager: bool = False
    hopes_shared: bool = False


def share_hopes(application: Application, answers: PrivateAnswers | None, *, by: str) -> Outcome:
    """The author of an application whose hopes only owners read agrees that a mentor who is asked reads them.

    It is an older one, or was entered for them. Agreeing twice changes nothing. Raises NotForYou, AlreadyWithdrawn,
    NoSuchApplication if it is unconfirmed or there are no hopes of a mentee.
    """
    if application.person != by:
        raise NotForYou
    if application.state is ApplicationState.WITHDRAWN:
        raise AlreadyWithdrawn
    if application.state is not ApplicationState.OPEN or application.role is not Role.MENTEE:
        raise NoSuchApplication
    if answers is None or not answers.hopes:
        raise NoSuchApplication
    if answers.hopes_shared:
        return NOTHING
    # The new version keeps a form that is sent at the same moment from being overwritten.
    return Outcome((replace(application, version=application.version + 1), replace(answers, hopes_shared=True)))


def most_alike(sent: Mapping[str, Mapping[Role, Application]], role: Role, cohort_id: str) -> Application | None:
    """Of all applications of a person, by cohort id, the one that a new form in this role and cohort is filled in with.

    It is the one in the other role there; or else the newest of any round of any programme, open ones before others.
    """
    here = [each for each in sent.get(cohort_id, {}).values() if each.role is not role]
    elsewhere = [each for cohort, by_role in sent.items() if cohort != cohort_id for each in by_role.values()]
    return max(
        here or elsewhere,
        key=lambda each: (each.state is ApplicationState.OPEN, each.sent_at, each.role is role, each.id),
        default=None,
    )


def segment_for(role: Role, programme: Programme) -> Segment:
    """The segment that the programme is open to in this role."""
    return programme.for_mentees if role is Role.MENTEE else programme.for_mentors


def withdraw(application: Application, *, by: str) -> Outcome:
    """Withdraw an application and confirm it to the applicant. Raises NotForYou, AlreadyWithdrawn."""
    if application.person != by:
        raise NotForYou
    if application.state is ApplicationState.WITHDRAWN:
        raise AlreadyWithdrawn
    withdrawn = replace(application, state=ApplicationState.WITHDRAWN, version=application.version + 1)
    return Outcome((withdrawn,), (receipt(withdrawn, NotificationKind.APPLICATION_WITHDRAWN),))


def receipt(application: Application, kind: NotificationKind) -> Notification:
    """The notification that confirms a change of `application` to the applicant."""
    key = f"{kind}:{application.id}:{application.version}"
    return Notification(key, kind, application.person, {"application": application.id}, is_reply=True)


def return_to_pool(
    partnership: Partnership, *, by: str, sent: Application | None, cohort: Cohort, is_there: bool = False
) -> Outcome:
    """Return `by` to the pool of the current `cohort` after the partnership is over.

    `sent` is the application that led to it. If that belongs to an older cohort it moves to the current one, unless the
    person already has an application there (`is_there`). Raises NotForYou, StillRunning, AlreadyBack.
    """
    check_transition(PartnershipEvent.RETURN_TO_POOL, partnership, by)
    if by in partnership.back:
        raise AlreadyBack(withdrawn=sent is None or sent.state is ApplicationState.WITHDRAWN)
    returned = replace(partnership, back=(*partnership.back, by), version=partnership.version + 1)
    notification = Notification(
        f"{NotificationKind.BACK_IN_POOL}:{partnership.id}:{by}",
        NotificationKind.BACK_IN_POOL,
        by,
        {"partnership": partnership.id},
        is_reply=True,
    )
    if sent and sent.state is ApplicationState.OPEN and sent.cohort_id != cohort.id and not is_there:
        return Outcome((returned, replace(sent, cohort_id=cohort.id, version=sent.version + 1)), (notification,))
    return Outcome((returned,), (notification,))


def release_places(partnerships: Sequence[Partnership], application: Application) -> tuple[Partnership, ...]:
    """Those `partnerships` that are over but still take a place of `application`, changed so that they release it."""
    person = application.person
    return tuple(
        replace(p, back=(*p.back, person), version=p.version + 1)
        for p in partnerships
        if not p.is_active and person not in p.back and application.id in (p.mentee_application, p.mentor_application)
    )
