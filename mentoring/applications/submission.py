"""Who may apply, and validation of application forms (D1.7, D2.6)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from mentoring.applications.application import (
    MOST_HOPES,
    MOST_LANGUAGES,
    NOT_LISTED,
    Application,
    ApplicationForm,
    ApplicationState,
    PrivateAnswers,
    Role,
    receipt,
    release_places,
    segment_for,
)
from mentoring.applications.errors import (
    CannotBeNamed,
    CannotTakePart,
    CohortClosed,
    OutsideSegment,
    TooShortService,
    WishedForManager,
)
from mentoring.core.errors import (
    Contradiction,
    InTheFuture,
    InvalidForm,
    MentoringError,
    Missing,
    NoLongerOffered,
    OutOfRange,
    StaleRequest,
    TooLong,
    TooLongAgo,
)
from mentoring.core.fields import FieldName
from mentoring.core.languages import read_languages
from mentoring.core.lengths import Length, add_months
from mentoring.core.outcome import NOTHING, Notification, NotificationKind, Outcome
from mentoring.core.people import Ineligibility, Person, StaffRecord, ineligibility
from mentoring.core.plausible import earliest_start
from mentoring.core.programmes import Cohort, Programme
from mentoring.partnerships.partnership import Partnership


def outside(
    role: Role, programme: Programme, record: StaffRecord | None, form: ApplicationForm | None = None
) -> Iterator[OutsideSegment]:
    """Yield why a person is outside the segment that the programme is open to in this role.

    If the form asks for the department or grade, its answer counts, once it is a valid one. Else `record` counts, the
    person's staff record.
    """
    segment, known = segment_for(role, programme), record or StaffRecord("")
    facts = (
        (FieldName.DEPARTMENT, segment.departments, programme.departments, known.department, form and form.department),
        (FieldName.GRADE, segment.grades, programme.grades, known.grade, form and form.grade),
    )
    for field, allowed, listed, recorded, answer in facts:
        not_listed = _is_not_listed(answer or "", listed)
        if not allowed or (listed and answer not in listed and not not_listed):
            continue
        value = answer if listed and not not_listed else recorded
        if value not in allowed:
            yield OutsideSegment(field, role, known=bool(value) or not_listed)


def _is_not_listed(answer: str, listed: Sequence[str]) -> bool:
    """Whether `answer` says that the person's own is not among those `listed`."""
    return answer == NOT_LISTED and bool(listed) and NOT_LISTED not in listed


def check_segment(role: Role, programme: Programme, record: StaffRecord | None) -> None:
    """Raise OutsideSegment if that is certain before the form is filled in."""
    for refusal in outside(role, programme, record):
        raise refusal


def known_before(record: StaffRecord, manager: Person, role: Role, programme: Programme, today: date) -> StaffRecord:
    """The part of a staff record that an application form can be prefilled with: values that the form accepts.

    `manager` is the record's manager as a person; one who cannot be named is left out.
    """
    can_be_named = record.manager not in ("", record.person) and not ineligibility(manager, programme.admits)
    has_started = (
        role is Role.MENTOR and record.started_on is not None and earliest_start(today) <= record.started_on <= today
    )
    return replace(
        record,
        department=record.department if record.department in programme.departments else "",
        grade=record.grade if record.grade in programme.grades else "",
        manager=record.manager if can_be_named else "",
        started_on=record.started_on if has_started else None,
    )


def submit_application(
    form: ApplicationForm,
    *,
    by: Person,
    programme: Programme,
    cohort: Cohort,
    named: Mapping[str, Person],
    record: StaffRecord | None = None,
    before: Application | None,
    private_answers: PrivateAnswers | None,
    seen_version: int,
    shares_hopes: bool = False,
    now: datetime,
    new_id: str,
    partnerships: Sequence[Partnership] = (),
) -> Outcome:
    """Send an application, or change the existing one, and confirm it to the applicant.

    - `named`: the people named as manager or wish, by Slack user id. If Slack has not said yet who one is, they are
      accepted, and checked later: see `check_named`.
    - `record`: the applicant's staff record.
    - `before`, `private_answers`: their application in this role, if any.
    - `seen_version`: its version when the form was opened, or 0.
    - `shares_hopes`: whether the form said that a mentor who is asked reads the hopes of a mentee.
    - `now`: the calendar, aware.
    - `partnerships`: the applicant's. Sending a withdrawn application again releases places of those that are over.

    Idempotent: sending the same form twice changes nothing. Raises InvalidForm with all problems, and StaleRequest if
    the application was changed or withdrawn since the form was opened.
    """
    today = by.today(now)
    reasons = tuple(refusals(form, by, programme, cohort, named, record, today))
    if reasons:
        raise InvalidForm(reasons)
    is_new = before is None or before.state is not ApplicationState.OPEN
    application = Application(
        id=before.id if before else new_id,
        cohort_id=cohort.id,
        person=by.id,
        role=form.role,
        state=ApplicationState.OPEN,
        topics=form.topics,
        months=form.months,
        weeks=form.weeks,
        ways=form.ways,
        languages=form.languages,
        department="" if _is_not_listed(form.department, programme.departments) else form.department,
        grade="" if _is_not_listed(form.grade, programme.grades) else form.grade,
        started_on=form.started_on if form.role is Role.MENTOR else None,
        places=form.places if form.role is Role.MENTOR else 1,
        sent_at=now if before is None or is_new else before.sent_at,
        sent_on=today if before is None or is_new else before.sent_on,
        version=before.version if before else 0,
    )
    new_private_answers = PrivateAnswers(
        application.id,
        form.hopes,
        form.manager,
        form.wish,
        form.no_manager,
        hopes_shared=shares_hopes and form.role is Role.MENTEE,
    )
    if (application, new_private_answers) == (before, private_answers):
        return NOTHING
    if before and seen_version != before.version:
        raise StaleRequest(withdrawn=before.state is ApplicationState.WITHDRAWN)
    application = replace(application, version=application.version + 1)
    kind = NotificationKind.APPLICATION_RECEIVED if is_new else NotificationKind.APPLICATION_CHANGED
    released = release_places(partnerships, application) if is_new else ()
    return Outcome((application, new_private_answers, *released), (receipt(application, kind),))


def check_named(person: Person, naming: Sequence[tuple[Application, FieldName]], programme: Programme) -> Outcome:
    """Notify the authors of the applications `naming` this person, of whom Slack has only now said who they are, if
    they cannot be named.
    """
    why = ineligibility(person, programme.admits)
    if why in (None, Ineligibility.UNKNOWN):
        return NOTHING
    kind = NotificationKind.CANNOT_BE_NAMED
    return Outcome(
        notifications=tuple(
            Notification(
                f"{kind}:{application.id}:{application.version}:{field}",
                kind,
                application.person,
                {"application": application.id, "person": person.id, "field": field},
            )
            for application, field in naming
            if application.state is ApplicationState.OPEN and application.person != person.id
        )
    )


def check_open(cohort: Cohort, today: date) -> None:
    """Raise CohortClosed unless the cohort takes applications `today`, for the round or for its waiting list."""
    if today < cohort.opens_on:
        raise CohortClosed(cohort.opens_on)
    if cohort.closed_on or today > cohort.ends_on:
        raise CohortClosed(None)


def refusals(
    form: ApplicationForm,
    by: Person,
    programme: Programme,
    cohort: Cohort,
    named: Mapping[str, Person],
    record: StaffRecord | None,
    today: date,
) -> list[MentoringError]:
    """Why the form cannot be sent on `today`, the applicant's date; see `submit_application`."""
    reasons: list[MentoringError] = []
    why = ineligibility(by, programme.admits)
    if why:
        return [CannotTakePart(why)]
    try:
        check_open(cohort, today)
    except CohortClosed as closed:
        return [closed]
    reasons += _wrong_choices(form, programme)
    reasons += outside(form.role, programme, record, form)
    reasons += _wrong_people(form, by, programme, named)
    if form.role is Role.MENTOR:
        reasons += _wrong_mentor(form, programme, today)
    if not form.read_expectations:
        reasons.append(Missing(FieldName.EXPECTATIONS))
    if not form.informed_supervisor:
        reasons.append(Missing(FieldName.SUPERVISOR))
    return reasons


_MAY_BE_MISSING = (FieldName.DEPARTMENT, FieldName.GRADE)
"""Lists in which a person may not find their own."""


def _wrong_choices(form: ApplicationForm, programme: Programme) -> list[MentoringError]:
    reasons: list[MentoringError] = []
    known, others = read_languages(form.languages)
    languages = others or ", ".join(known)
    texts = ((FieldName.HOPES, form.hopes, MOST_HOPES), (FieldName.LANGUAGES, languages, MOST_LANGUAGES))
    lists: Sequence[tuple[FieldName, tuple[str, ...], tuple[str, ...]]] = (
        (FieldName.TOPICS, form.topics, programme.topics),
        (FieldName.DEPARTMENT, (form.department,) if form.department else (), programme.departments),
        (FieldName.GRADE, (form.grade,) if form.grade else (), programme.grades),
    )
    for name, text, most in texts:
        if not text:
            reasons.append(Missing(name))
        elif len(text) > most:
            reasons.append(TooLong(name, most))
    for name, chosen, offered in lists:
        if name in _MAY_BE_MISSING and chosen and _is_not_listed(chosen[0], offered):
            continue
        if not set(chosen) <= set(offered):
            reasons.append(NoLongerOffered(name))
        elif not chosen and offered:
            reasons.append(Missing(name))
    if not form.ways:
        reasons.append(Missing(FieldName.WAYS))
    if form.length == Length():
        reasons.append(Missing(FieldName.MONTHS))
    elif form.length not in programme.lengths:
        reasons.append(NoLongerOffered(FieldName.MONTHS))
    return reasons


def _wrong_people(
    form: ApplicationForm, by: Person, programme: Programme, named: Mapping[str, Person]
) -> list[MentoringError]:
    reasons: list[MentoringError] = []
    for name, person_id in ((FieldName.MANAGER, form.manager), (FieldName.WISH, form.wish)):
        if not person_id:
            continue
        if person_id == by.id:
            reasons.append(CannotBeNamed(name, person_id, Ineligibility.ONESELF))
            continue
        why = ineligibility(named.get(person_id, Person(person_id)), programme.admits)
        if why not in (None, Ineligibility.UNKNOWN):
            reasons.append(CannotBeNamed(name, person_id, why))
    if not form.manager and not form.no_manager:
        reasons.append(Missing(FieldName.MANAGER))
    elif form.manager and form.no_manager:
        reasons.append(Contradiction(FieldName.NO_MANAGER, FieldName.MANAGER))
    elif form.manager and form.manager == form.wish and not reasons:
        reasons.append(WishedForManager(Role.MENTOR if form.role is Role.MENTEE else Role.MENTEE))
    return reasons


def _wrong_mentor(form: ApplicationForm, programme: Programme, today: date) -> list[MentoringError]:
    reasons: list[MentoringError] = []
    if form.started_on is None:
        if programme.service_months > 0:
            reasons.append(Missing(FieldName.STARTED_ON))
    elif form.started_on > today:
        reasons.append(InTheFuture(FieldName.STARTED_ON))
    elif form.started_on < earliest_start(today):
        reasons.append(TooLongAgo(FieldName.STARTED_ON, earliest_start(today)))
    elif (welcome_on := add_months(form.started_on, programme.service_months)) > today:
        reasons.append(TooShortService(programme.service_months, welcome_on))
    if not 1 <= form.places <= programme.most_places:
        reasons.append(OutOfRange(FieldName.PLACES, 1, programme.most_places))
    return reasons
