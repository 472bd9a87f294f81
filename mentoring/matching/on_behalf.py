"""What owners do on behalf of somebody, who is told: enter an application, correct it, or withdraw it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime

from mentoring.applications.application import Application, ApplicationForm, ApplicationState, PrivateAnswers, Role
from mentoring.applications.entering import enter_application, is_missing, refused_answers
from mentoring.applications.errors import (
    AlreadyApplied,
    AlreadyWithdrawn,
    CannotBeCorrected,
    CannotBeEntered,
    NoSuchApplication,
)
from mentoring.applications.submission import submit_application
from mentoring.core.errors import InvalidForm, StaleRequest
from mentoring.core.fields import FieldName
from mentoring.core.outcome import NOTHING, Notification, NotificationKind, Outcome
from mentoring.core.owners import check_owner
from mentoring.core.people import Ineligibility, Person, StaffRecord, ineligibility
from mentoring.core.programmes import Programme
from mentoring.matching.match import HOLDS_PLACE, MatchState
from mentoring.matching.offers import close_offer
from mentoring.matching.pool import applications_of
from mentoring.matching.round import MatchingRound
from mentoring.owner_record import OwnerAct, OwnerAction


@dataclass(frozen=True)
class OwnerRequest:
    """An owner's request: `by` is their Slack user id, `now` the calendar (aware), `new_id` for the record."""

    by: str
    now: datetime
    new_id: str


def check_can_be_entered(
    person: Person, role: Role, programme: Programme, *, by: str, before: Application | None, is_erased: bool
) -> None:
    """Raise why the owner `by` cannot enter an application for `person` in this role: CannotBeEntered, AlreadyApplied.

    `before` is their application in this role and round, if any.
    """
    if is_erased:
        raise CannotBeEntered(person.id, None)
    why = Ineligibility.ONESELF if person.id == by else ineligibility(person, programme.admits)
    if why:
        raise CannotBeEntered(person.id, why)
    if before and before.state is ApplicationState.OPEN:
        raise AlreadyApplied(person.id, role)


def enter_on_behalf(
    round_: MatchingRound,
    form: ApplicationForm,
    request: OwnerRequest,
    *,
    person: Person,
    before: Application | None,
    private_answers: PrivateAnswers | None,
    named: Mapping[str, Person],
    record: StaffRecord | None,
    seen_version: int,
    new_application_id: str,
    is_erased: bool = False,
) -> Outcome:
    """Enter an application for a person who asked in person, or change one that they have not confirmed; record it, and
    ask them to confirm it.

    Answers may be missing. `before`, `private_answers` and `seen_version` are as those of `submit_application`.
    Entering the same twice has one effect. Raises NotForYou, CannotBeEntered, AlreadyApplied, InvalidForm with all
    problems, StaleRequest.
    """
    check_owner(request.by, round_.owners)
    check_can_be_entered(person, form.role, round_.programme, by=request.by, before=before, is_erased=is_erased)
    reasons = refused_answers(
        form,
        person=person,
        programme=round_.programme,
        cohort=round_.cohort,
        named=named,
        record=record,
        now=request.now,
    )
    if wrong := tuple(reason for reason in reasons if not is_missing(reason)):
        raise InvalidForm(wrong)
    outcome = enter_application(
        form,
        person=person,
        cohort=round_.cohort,
        before=before,
        private_answers=private_answers,
        now=request.now,
        new_id=new_application_id,
    )
    if outcome == NOTHING:
        return NOTHING
    if seen_version != (before.version if before else 0):
        raise StaleRequest
    (entered,) = (each for each in outcome.changes if isinstance(each, Application))
    is_changed = before is not None and before.state is ApplicationState.UNCONFIRMED
    changed = tuple(_changed_fields((before, private_answers), outcome.changes)) if is_changed else ()
    recorded = Outcome((_act(entered, OwnerAction.ENTERED, request, changed),))
    return outcome.in_working_hours_from(request.now) + recorded


def correct_application(
    round_: MatchingRound,
    application: Application,
    form: ApplicationForm,
    request: OwnerRequest,
    *,
    private_answers: PrivateAnswers | None,
    named: Mapping[str, Person],
    record: StaffRecord | None,
    seen_version: int,
) -> Outcome:
    """Change the application to what is in `form`, record it, and tell its author which answers were changed.

    The rules are those of a form that its author sends, whose agreement to the expectations stays. The arguments are as
    those of `submit_application`. Changing nothing has no effect. Raises NotForYou, NoSuchApplication,
    AlreadyWithdrawn, CannotBeCorrected, InvalidForm, StaleRequest.
    """
    _check_open(round_, application, request)
    if application.state is ApplicationState.UNCONFIRMED:  # only its author can agree to the expectations
        raise CannotBeCorrected
    author = round_.people.get(application.person, Person(application.person))
    if ineligibility(author, round_.programme.admits):
        raise CannotBeCorrected
    outcome = submit_application(
        replace(form, read_expectations=True, informed_supervisor=True),
        by=author,
        programme=round_.programme,
        cohort=round_.cohort,
        named=named,
        record=record,
        before=application,
        private_answers=private_answers,
        shares_hopes=private_answers is not None and private_answers.hopes_shared,
        seen_version=seen_version,
        now=request.now,
        new_id=application.id,
    )
    if outcome == NOTHING:
        return NOTHING
    changed = tuple(_changed_fields((application, private_answers), outcome.changes))
    refs = {"fields": ",".join(changed)}
    return Outcome(
        (*outcome.changes, _act(application, OwnerAction.CORRECTED, request, changed)),
        (_told(NotificationKind.APPLICATION_CORRECTED, application, request, refs),),
    )


def withdraw_on_behalf(round_: MatchingRound, application: Application, request: OwnerRequest) -> Outcome:
    """Withdraw the application, close its open offers and remove its proposals, record it, and tell its author.

    Raises NotForYou, NoSuchApplication, AlreadyWithdrawn.
    """
    _check_open(round_, application, request)
    withdrawn = replace(application, state=ApplicationState.WITHDRAWN, version=application.version + 1)
    outcome = Outcome(
        (withdrawn, _act(application, OwnerAction.WITHDREW, request)),
        (_told(NotificationKind.WITHDRAWN_BY_OWNER, application, request),),
    )
    for match in round_.matches.values():
        if application.id not in applications_of(match) or match.state not in HOLDS_PLACE:
            continue
        if match.state is MatchState.PROPOSED:
            outcome += Outcome((match.changed(state=MatchState.OVERTAKEN),))
        else:
            over = close_offer(match, MatchState.OVERTAKEN, owners=round_.owners)
            others = tuple(each for each in over.notifications if each.recipient != application.person)
            outcome += Outcome(over.changes, others)
    return outcome


def _check_open(round_: MatchingRound, application: Application, request: OwnerRequest) -> None:
    check_owner(request.by, round_.owners)
    if application.id not in round_.applications:
        raise NoSuchApplication
    if application.state is ApplicationState.WITHDRAWN:
        raise AlreadyWithdrawn(own=False)


def _act(
    application: Application, action: OwnerAction, request: OwnerRequest, changed: tuple[str, ...] = ()
) -> OwnerAct:
    return OwnerAct(
        request.new_id,
        application.cohort_id,
        action,
        request.by,
        request.now,
        application.person,
        application.role,
        changed,
    )


def _told(
    kind: NotificationKind, application: Application, request: OwnerRequest, refs: Mapping[str, str] | None = None
) -> Notification:
    """To the author, in their working hours."""
    return Notification(
        f"{kind}:{application.id}:{application.version + 1}",
        kind,
        application.person,
        {"application": application.id, "by": request.by, **(refs or {})},
        due=request.now,
    )


_NOT_SHOWN = frozenset(
    {"id", "cohort_id", "person", "role", "state", "sent_at", "sent_on", "version", "application_id"}
)
_NAMES = {"no_manager": FieldName.MANAGER, "weeks": FieldName.MONTHS}


def _changed_fields(before: tuple[object, ...], after: tuple[object, ...]) -> list[str]:
    """The names of the form fields in which the application and its private answers differ."""
    found: list[str] = []
    for value in after:
        old = next((each for each in before if type(each) is type(value)), None)
        if not isinstance(value, Application | PrivateAnswers):
            continue
        found += [
            str(_NAMES.get(each.name, each.name))
            for each in fields(value)
            if each.name not in _NOT_SHOWN and getattr(old, each.name, None) != getattr(value, each.name)
        ]
    return list(dict.fromkeys(found))
