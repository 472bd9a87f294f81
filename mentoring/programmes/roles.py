"""Who gets and loses a role in a programme, and who hears of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mentoring.core.errors import ChangedMeanwhile, InvalidForm, MentoringError, Missing, NameTaken, NotForYou, TooLong
from mentoring.core.fields import FieldName
from mentoring.core.outcome import NOTHING, Notification, NotificationKind, Outcome
from mentoring.core.owners import is_owner
from mentoring.core.people import Ineligibility, Person, ineligibility
from mentoring.core.programmes import MOST_IN_NAME, Cohort, Programme
from mentoring.core.roles import AdministratorNamed, AdministratorRemoved, ProgrammeRole, RoleGiven, RoleTaken
from mentoring.programmes.cohorts import create_programme, plan_owner_jobs, welcome_owner
from mentoring.programmes.errors import CannotOwn

OWNERS_PART = "owners"
"""The `part` of the notification that the owners of a programme have changed."""
MOST_OWNERS = 10


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
    gone = [each for each in roles if not each.named_by and each.person not in owners]
    stay = {each.programme_id for each in roles if each.role is ProgrammeRole.OWNER and each not in gone}
    changes += [
        RoleTaken(each.programme_id, each.role, each.person)
        for each in gone
        if len(programmes) == 1 or each.programme_id in stay
    ]
    if len(programmes) != 1:
        return Outcome(tuple(changes))
    (programme,) = programmes
    before = {each.person for each in roles if each.programme_id == programme and each.role is ProgrammeRole.OWNER}
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
    reasons += _wrong_owners(form.owners, people)
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


def name_owners(
    programme: Programme,
    cohort: Cohort,
    chosen: Sequence[str],
    *,
    by: str,
    owners: Sequence[str],
    present_owners: Sequence[str],
    administrators: Sequence[str],
    people: Mapping[str, Person],
    seen_version: int,
    now: datetime,
) -> Outcome:
    """Make the `chosen` people (Slack user ids) the owners of the programme: by an owner, or by an administrator, who
    can always let somebody in again.

    New owners are welcomed, and the other present owners are told. `people` (by Slack user id) are the chosen ones;
    `seen_version` is the programme's version when the form was opened; `now` is the calendar, aware. Raises NotForYou,
    ChangedMeanwhile, and InvalidForm if nobody is chosen or a person cannot be an owner.
    """
    if not is_owner(by, owners) and by not in administrators:
        raise NotForYou
    joined = [person for person in chosen if person not in owners]
    left = [person for person in owners if person not in chosen]
    if not joined and not left:
        return NOTHING
    if seen_version != programme.version:
        raise ChangedMeanwhile(programme.changed_by or None)
    if reasons := _wrong_owners(chosen, {person: people[person] for person in joined if person in people}):
        raise InvalidForm(tuple(reasons))
    changed = replace(programme, version=programme.version + 1, changed_by=by)
    given = [RoleGiven(programme.id, ProgrammeRole.OWNER, person, by) for person in joined]
    taken = [RoleTaken(programme.id, ProgrammeRole.OWNER, person) for person in left]
    jobs = [job for person in joined for job in plan_owner_jobs(cohort, person, now)]
    told = [person for person in chosen if person in owners and (person in present_owners or person == by)]
    kind = NotificationKind.PROGRAMME_CHANGED
    return Outcome(
        (changed, *given, *taken, *jobs),
        (
            *(welcome_owner(programme.id, person) for person in joined),
            *(
                Notification(
                    f"{kind}:{programme.id}:{changed.version}:{person}",
                    kind,
                    person,
                    {"part": OWNERS_PART, "by": by, "programme": programme.id},
                    is_reply=person == by,
                )
                for person in told
            ),
        ),
    )


def _wrong_owners(chosen: Sequence[str], people: Mapping[str, Person]) -> list[MentoringError]:
    """What is wrong with the chosen owners. `people` are those to be checked, by Slack user id."""
    if not chosen:
        return [Missing(FieldName.OWNERS)]
    if len(chosen) > MOST_OWNERS:
        return [TooLong(FieldName.OWNERS, MOST_OWNERS)]
    found = ((person, ineligibility(people[person], frozenset())) for person in chosen if person in people)
    return [CannotOwn(person, why) for person, why in found if why is not None and why is not Ineligibility.UNKNOWN]
