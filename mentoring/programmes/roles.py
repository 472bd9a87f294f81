"""Administrators and the first owners: those whom the setting names, and those of a new programme."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from mentoring.core.errors import InvalidForm, MentoringError, Missing, NameTaken, NotForYou, TooLong
from mentoring.core.fields import FieldName
from mentoring.core.outcome import Notification, NotificationKind, Outcome
from mentoring.core.people import Person
from mentoring.core.programmes import MOST_IN_NAME, Cohort, Programme
from mentoring.core.roles import (
    AdministratorNamed,
    AdministratorRemoved,
    ProgrammeRole,
    RoleGiven,
    RoleHolders,
    RoleTaken,
)
from mentoring.programmes.cohorts import create_programme, plan_owner_jobs, welcome_owner
from mentoring.programmes.naming import wrong_people


def follow_setting(
    roles: Sequence[RoleGiven],
    administrators: Sequence[AdministratorNamed],
    programmes: Sequence[str],
    owners: Sequence[str],
) -> Outcome:
    """Make the people of the setting MENTOR_OWNERS (`owners`, Slack user ids) administrators, and owners of the
    programme if there is only one. New owners are welcomed.

    People whom only the setting had named, and who are no longer in it, lose both; but the last owner of one of several
    programmes stays. `programmes` are ids.
    """
    changes: list[object] = [AdministratorNamed(person) for person in owners]
    changes += [
        AdministratorRemoved(each.person) for each in administrators if not each.named_by and each.person not in owners
    ]
    owning = [each for each in roles if each.role is ProgrammeRole.OWNER]
    gone = [each for each in owning if not each.named_by and each.person not in owners]
    stay = {each.programme_id for each in owning if each not in gone}
    changes += [
        RoleTaken(each.programme_id, each.role, each.person)
        for each in gone
        if len(programmes) == 1 or each.programme_id in stay
    ]
    if len(programmes) != 1:
        return Outcome(tuple(changes))
    (programme,) = programmes
    before = {each.person for each in owning if each.programme_id == programme}
    joined = [person for person in owners if person not in before]
    changes += [RoleGiven(programme, ProgrammeRole.OWNER, person) for person in joined]
    return Outcome(tuple(changes), tuple(welcome_owner(programme, person) for person in joined))


@dataclass(frozen=True)
class NewProgramme:
    """The name and the owners (Slack user ids) of a programme to start."""

    name: str
    owners: tuple[str, ...]


def start_programme(
    form: NewProgramme,
    *,
    by: str,
    administrators: Sequence[str],
    programmes: Iterable[Programme],
    people: Mapping[str, Person],
    programme_id: str,
    cohort_id: str,
    now: datetime,
) -> Outcome:
    """Start a programme with the default rules, and welcome its owners. `by` is an administrator (Slack user id).

    `programmes` are those that there are; `people` (by Slack user id) are the owners. `now` is the calendar, aware.
    Raises NotForYou, and InvalidForm with all problems.
    """
    if by not in administrators:
        raise NotForYou
    reasons: list[MentoringError] = []
    if not form.name:
        reasons.append(Missing(FieldName.NAME))
    elif len(form.name) > MOST_IN_NAME:
        reasons.append(TooLong(FieldName.NAME, MOST_IN_NAME))
    elif form.name.casefold() in {programme.name.casefold() for programme in programmes}:
        reasons.append(NameTaken(FieldName.NAME))
    reasons += wrong_people(RoleHolders(form.owners), people)
    if reasons:
        raise InvalidForm(tuple(reasons))
    started = create_programme(
        programme_id=programme_id,
        cohort_id=cohort_id,
        owners=form.owners,
        today=now.date(),
        name=form.name,
        named_by=by,
    )
    cohort = next(change for change in started.changes if isinstance(change, Cohort))
    kind = NotificationKind.PROGRAMME_STARTED
    receipt = Notification(f"{kind}:{programme_id}", kind, by, {"programme": programme_id}, is_reply=True)
    return started + Outcome(
        tuple(job for owner in form.owners for job in plan_owner_jobs(cohort, owner, now)),
        () if by in form.owners else (receipt,),
    )
