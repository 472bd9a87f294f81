"""Applications that are entered for a person, and count once that person has confirmed them (D0.4)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from mentoring.applications.application import (
    Application,
    ApplicationForm,
    ApplicationState,
    PrivateAnswers,
    Role,
)
from mentoring.applications.errors import AlreadyConfirmed, AlreadyWithdrawn
from mentoring.applications.submission import refusals, submit_application
from mentoring.core.errors import MentoringError, Missing, NotForYou, StaleRequest
from mentoring.core.outcome import NOTHING, Notification, NotificationKind, Outcome
from mentoring.core.people import Person, StaffRecord
from mentoring.core.programmes import Cohort, Programme
from mentoring.partnerships.partnership import Partnership


def refused_answers(
    form: ApplicationForm,
    *,
    person: Person,
    programme: Programme,
    cohort: Cohort,
    named: Mapping[str, Person],
    record: StaffRecord | None,
    now: datetime,
) -> list[MentoringError]:
    """Why `person` could not send this form as it is, once they agree to the expectations: `is_missing` tells what they
    can still add. The parameters are those of `submit_application`.
    """
    agreed = replace(form, read_expectations=True, informed_supervisor=True)
    return refusals(agreed, person, programme, cohort, named, record, person.today(now))


def is_missing(reason: MentoringError) -> bool:
    """Whether the answer is only missing."""
    return isinstance(reason, Missing)


def enter_application(
    form: ApplicationForm,
    *,
    person: Person,
    cohort: Cohort,
    before: Application | None,
    private_answers: PrivateAnswers | None,
    now: datetime,
    new_id: str,
    counts: bool = False,
    asks: bool = True,
) -> Outcome:
    """Enter an application for `person`, or replace `before`, one that they have not confirmed or have withdrawn.

    It is unconfirmed, and they are asked to confirm it, if `asks`. If it `counts` at once, it is open and nobody is
    asked. `private_answers` are those of `before`, `now` is the calendar (aware). The form must not break a rule;
    answers may be missing. Idempotent.
    """
    is_mentor = form.role is Role.MENTOR
    stands = before if before and before.state is not ApplicationState.WITHDRAWN else None
    application = Application(
        id=before.id if before else new_id,
        cohort_id=cohort.id,
        person=person.id,
        role=form.role,
        state=ApplicationState.OPEN if counts else ApplicationState.UNCONFIRMED,
        topics=form.topics,
        months=form.months,
        weeks=form.weeks,
        ways=form.ways,
        languages=form.languages,
        department=form.department,
        grade=form.grade,
        started_on=form.started_on if is_mentor else None,
        places=form.places if is_mentor else 1,
        sent_at=stands.sent_at if stands else now,
        sent_on=stands.sent_on if stands else person.today(now),
        version=before.version if before else 0,
    )
    answers = PrivateAnswers(application.id, form.hopes, form.manager, form.wish, form.no_manager)
    if (application, answers) == (before, private_answers):
        return NOTHING
    entered = replace(application, version=application.version + 1)
    return Outcome((entered, answers), (_question(entered),) if asks and not counts else ())


def _question(application: Application) -> Notification:
    """One for each time that it is entered: a change of what was entered updates the message that is there."""
    kind = NotificationKind.APPLICATION_ENTERED
    key = f"{kind}:{application.id}:{application.sent_at.isoformat()}"
    return Notification(key, kind, application.person, {"application": application.id})


def as_form(application: Application, private_answers: PrivateAnswers | None, *, agrees: bool) -> ApplicationForm:
    """The form that would send this application; `agrees` says whether both promises are ticked."""
    answers = private_answers or PrivateAnswers(application.id, "")
    return ApplicationForm(
        role=application.role,
        topics=application.topics,
        hopes=answers.hopes,
        months=application.months,
        weeks=application.weeks,
        ways=application.ways,
        languages=application.languages,
        department=application.department,
        grade=application.grade,
        manager=answers.manager,
        wish=answers.wish,
        started_on=application.started_on,
        places=application.places,
        no_manager=answers.no_manager,
        read_expectations=agrees,
        informed_supervisor=agrees,
    )


def confirm_application(
    application: Application,
    private_answers: PrivateAnswers | None,
    *,
    by: Person,
    programme: Programme,
    cohort: Cohort,
    named: Mapping[str, Person],
    record: StaffRecord | None,
    seen_version: int,
    now: datetime,
    partnerships: Sequence[Partnership] = (),
) -> Outcome:
    """Confirm an application that was entered for `by`, who agrees to the expectations: it is sent as it stands.

    The parameters are those of `submit_application`. Raises NotForYou, AlreadyConfirmed, AlreadyWithdrawn, StaleRequest
    if it was changed since the person saw it, and InvalidForm if answers are missing or break a rule by now.
    """
    if application.person != by.id:
        raise NotForYou
    if application.state is ApplicationState.OPEN:
        raise AlreadyConfirmed
    if application.state is ApplicationState.WITHDRAWN:
        raise AlreadyWithdrawn
    if application.version != seen_version or application.cohort_id != cohort.id:
        raise StaleRequest(typed=False)
    return submit_application(
        as_form(application, private_answers, agrees=True),
        by=by,
        programme=programme,
        cohort=cohort,
        named=named,
        record=record,
        before=application,
        private_answers=private_answers,
        seen_version=application.version,
        now=now,
        new_id=application.id,
        partnerships=partnerships,
    )
