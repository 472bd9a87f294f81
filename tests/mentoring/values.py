"""Values to decide about: a programme in its first round, people, and forms that nothing stands in the way of."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from mentoring.applications.application import (
    Application,
    ApplicationForm,
    ApplicationState,
    MeetingMode,
    PrivateAnswers,
    Role,
)
from mentoring.applications.submission import submit_application
from mentoring.core.errors import InvalidForm, MentoringError
from mentoring.core.outcome import Outcome
from mentoring.core.people import AccountStatus, Person, StaffRecord
from mentoring.core.programmes import Cohort, Programme

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
"""A Wednesday while the cohort takes applications."""

ADA = Person("U0ADA", AccountStatus.MEMBER, "Ada Adams", "Europe/London")
BOSS = Person("U0BOSS", AccountStatus.MEMBER, "Bo Boss", "Europe/London")
WISHED = Person("U0WISH", AccountStatus.MEMBER, "Wanda Wish", "Europe/London")

PROGRAMME = Programme(id="p1", name="Mentoring programme")
COHORT = Cohort(
    id="c1",
    programme_id="p1",
    opens_on=date(2026, 11, 23),
    apply_by=date(2026, 12, 21),
    starts_on=date(2027, 1, 4),
    ends_on=date(2028, 1, 4),
)

REQUEST = ApplicationForm(
    role=Role.MENTEE,
    topics=("Career planning",),
    hopes="To find my way.",
    months=6,
    ways=(MeetingMode.IN_PERSON,),
    languages="English",
    manager=BOSS.id,
    read_expectations=True,
    informed_supervisor=True,
)
OFFER = replace(REQUEST, role=Role.MENTOR, hopes="A good ear.", started_on=date(2020, 1, 7), places=2)


def person(
    id: str = "U0ADA", standing: AccountStatus = AccountStatus.MEMBER, time_zone: str = "Europe/London"
) -> Person:
    return Person(id, standing, "", time_zone)


def at(text: str) -> datetime:
    """The moment of an ISO date and time, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def send(
    form: ApplicationForm,
    *,
    by: Person = ADA,
    programme: Programme = PROGRAMME,
    cohort: Cohort = COHORT,
    named: Mapping[str, Person] | None = None,
    record: StaffRecord | None = None,
    before: tuple[Application, PrivateAnswers] | None = None,
    seen_version: int | None = None,
    now: datetime = NOON,
) -> Outcome:
    return submit_application(
        form,
        by=by,
        programme=programme,
        cohort=cohort,
        named={BOSS.id: BOSS, WISHED.id: WISHED} if named is None else named,
        record=record,
        before=before[0] if before else None,
        private_answers=before[1] if before else None,
        seen_version=(before[0].version if before else 0) if seen_version is None else seen_version,
        now=now,
        new_id="a1",
    )


def kept(outcome: Outcome) -> tuple[Application, PrivateAnswers]:
    """What an outcome of sending keeps."""
    application, confidence = outcome.changes
    assert isinstance(application, Application)
    assert isinstance(confidence, PrivateAnswers)
    return application, confidence


def refusals(form: ApplicationForm, **circumstances: Any) -> tuple[MentoringError, ...]:
    """All that stands in the way of sending `form`; empty when nothing does."""
    try:
        send(form, **circumstances)
    except InvalidForm as refused:
        return refused.reasons
    return ()


def application(
    person: str = "U0ADA",
    role: Role = Role.MENTEE,
    *,
    id: str = "a1",
    state: ApplicationState = ApplicationState.OPEN,
    **facts: Any,
) -> Application:
    """An application as it was kept."""
    usual: dict[str, Any] = {
        "topics": ("Career planning",),
        "months": 6,
        "ways": (MeetingMode.IN_PERSON,),
        "languages": "English",
        "department": "",
        "grade": "",
        "started_on": date(2020, 1, 7) if role is Role.MENTOR else None,
        "places": 1,
        "sent_at": NOON,
        "sent_on": NOON.date(),
    }
    return Application(id=id, cohort_id="c1", person=person, role=role, state=state, **{**usual, **facts})
