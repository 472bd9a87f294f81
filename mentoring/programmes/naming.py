"""Naming the people who run a programme: who gets and loses a role, and who hears of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mentoring.applications.application import Application
from mentoring.core.errors import ChangedMeanwhile, InvalidForm, MentoringError, Missing, NotForYou, TooLong
from mentoring.core.fields import FieldName
from mentoring.core.outcome import NOTHING, Notification, NotificationKind, Outcome
from mentoring.core.owners import is_owner
from mentoring.core.people import Ineligibility, Person, ineligibility
from mentoring.core.programmes import Cohort, Programme
from mentoring.core.roles import ProgrammeRole, RoleGiven, RoleHolders, RoleTaken
from mentoring.matching.pending_approvals import plan_approval_reminders
from mentoring.programmes.cohorts import plan_owner_jobs, welcome_owner
from mentoring.programmes.errors import CannotHaveRole
from mentoring.sponsor_page.sending import plan_page

OWNERS_PART = "owners"
"""The `part` of the notification that the people who run a programme have changed."""
MOST_OWNERS, MOST_IN_COMMITTEE, MOST_SPONSORS, MOST_FACILITATORS = 10, 20, 5, 20

_FIELDS = {
    ProgrammeRole.OWNER: (FieldName.OWNERS, MOST_OWNERS),
    ProgrammeRole.COMMITTEE: (FieldName.COMMITTEE, MOST_IN_COMMITTEE),
    ProgrammeRole.SPONSOR: (FieldName.SPONSORS, MOST_SPONSORS),
    ProgrammeRole.FACILITATOR: (FieldName.FACILITATORS, MOST_FACILITATORS),
}


@dataclass(frozen=True)
class Naming:
    """Who asks for a change, and what it starts from.

    `by` is a Slack user id, and `at` the calendar (aware). `before` are the people of the programme so far, of whom the
    `present_owners` have an open account; `applicants` everybody whose application a committee can read. `people` (by
    Slack user id) are those who were chosen. `seen_version` is the programme's version when the form was opened.
    `partners` are the people of active partnerships, of which facilitators see how often they have met.
    """

    by: str
    at: datetime
    before: RoleHolders
    present_owners: Sequence[str]
    administrators: Sequence[str]
    applicants: Iterable[str]
    people: Mapping[str, Person]
    seen_version: int
    partners: Iterable[str] = ()


def name_people(programme: Programme, cohort: Cohort, chosen: RoleHolders, naming: Naming) -> Outcome:
    """Make the `chosen` people the owners, the committee, the sponsors and, in a peer programme, the facilitators of
    the programme: by an owner, or owners alone by an administrator, who can always let somebody in again.

    New owners are welcomed, everybody else whose role changes hears what they may do now, and the other present owners
    are told. The first committee is made known to everybody whose application it can read, and the first facilitators
    to everybody in an active partnership. If others approve matches now, they are reminded in two working days of those
    that lack an approval. Raises NotForYou, ChangedMeanwhile (also for facilitators of what is no peer programme any
    more), and InvalidForm if there is no owner or a person cannot have a role.
    """
    by, before, after = naming.by, naming.before, chosen.without_doubles()
    if not is_owner(by, before.owners) and (
        by not in naming.administrators or replace(chosen, owners=before.owners) != before
    ):
        raise NotForYou
    given = [RoleGiven(programme.id, role, each, by) for role, each in _in(after) if each not in before.of(role)]
    taken = [RoleTaken(programme.id, role, each) for role, each in _in(before) if each not in after.of(role)]
    if not given and not taken:
        return NOTHING
    if naming.seen_version != programme.version or (after.facilitators and not programme.is_peer):
        raise ChangedMeanwhile(programme.changed_by or None)
    joined = {each.person for each in given}
    checked = {person: naming.people[person] for person in joined if person in naming.people}
    if reasons := wrong_people(chosen, checked):
        raise InvalidForm(tuple(reasons))
    changed = replace(programme, version=programme.version + 1, changed_by=by)
    owners = [each.person for each in given if each.role is ProgrammeRole.OWNER]
    jobs = [job for person in owners for job in plan_owner_jobs(cohort, person, naming.at)]
    jobs += [plan_page(programme.id, each.person, naming.at) for each in given if each.role is ProgrammeRole.SPONSOR]
    approvers = (*after.owners, *after.committee)
    if set(approvers) != {*before.owners, *before.committee}:
        jobs += plan_approval_reminders(cohort, changed, approvers, naming.at.date())
    told = (
        *(welcome_owner(programme.id, person) for person in owners),
        *_of_roles(changed, given, taken, naming, after),
        *_to_owners(changed, after, naming),
    )
    outcome = Outcome((changed, *given, *taken, *jobs), told)
    if after.committee and not before.committee:
        outcome += tell_of_committee(changed, (each for each in naming.applicants if each not in approvers), naming.at)
    if after.facilitators and not before.facilitators:
        readers = (*after.owners, *after.facilitators)
        outcome += _tell_of_facilitators(changed, (each for each in naming.partners if each not in readers), naming.at)
    return outcome


def _in(holders: RoleHolders) -> Iterator[tuple[ProgrammeRole, str]]:
    return ((role, person) for role in ProgrammeRole for person in holders.of(role))


def _of_roles(
    programme: Programme, given: Sequence[RoleGiven], taken: Sequence[RoleTaken], naming: Naming, after: RoleHolders
) -> Iterator[Notification]:
    """One message, in working hours, to each person whose roles have changed and who is no owner, since owners can do
    everything anyway.
    """
    by, kind = naming.by, NotificationKind.ROLES_CHANGED
    for person in dict.fromkeys((*(each.person for each in given), *(each.person for each in taken))):
        if person in after.owners:
            continue
        refs = {
            "programme": programme.id,
            "by": by,
            "given": ",".join(each.role for each in given if each.person == person),
            "taken": ",".join(each.role for each in taken if each.person == person),
        }
        key, own = f"{kind}:{programme.id}:{programme.version}:{person}", person == by
        yield Notification(key, kind, person, refs, due=None if own else naming.at, is_reply=own)


def _to_owners(programme: Programme, after: RoleHolders, naming: Naming) -> Iterator[Notification]:
    kind, by = NotificationKind.PROGRAMME_CHANGED, naming.by
    for person in after.owners:
        if person in naming.before.owners and (person in naming.present_owners or person == by):
            yield Notification(
                f"{kind}:{programme.id}:{programme.version}:{person}",
                kind,
                person,
                {"part": OWNERS_PART, "by": by, "programme": programme.id},
                is_reply=person == by,
            )


def tell_of_committee(programme: Programme, people: Iterable[str], at: datetime) -> Outcome:
    """Tell people (Slack user ids) that a committee reads their application: the form said that only owners do. `at` is
    the calendar, aware.
    """
    return _made_known(NotificationKind.COMMITTEE_NAMED, programme, people, at)


def tell_if_joining(programme: Programme, sent: Application | None, outcome: Outcome, at: datetime) -> Outcome:
    """As `tell_of_committee`, to the author of `sent` if `outcome` moves that application to the current round, whose
    applications a committee reads.
    """
    if sent is None or not programme.has_committee:
        return NOTHING
    changed = [change for change in outcome.changes if isinstance(change, Application) and change.id == sent.id]
    joins = any(change.cohort_id != sent.cohort_id for change in changed)
    return tell_of_committee(programme, (sent.person,), at) if joins else NOTHING


def _tell_of_facilitators(programme: Programme, people: Iterable[str], at: datetime) -> Outcome:
    """Tell people that facilitators see how often they meet: they read that the owners and the committee do."""
    return _made_known(NotificationKind.FACILITATORS_NAMED, programme, people, at)


def _made_known(kind: NotificationKind, programme: Programme, people: Iterable[str], at: datetime) -> Outcome:
    refs = {"programme": programme.id}
    keys = {person: f"{kind}:{programme.id}:{programme.version}:{person}" for person in people}
    return Outcome(notifications=tuple(Notification(key, kind, each, refs, due=at) for each, key in keys.items()))


def wrong_people(chosen: RoleHolders, people: Mapping[str, Person]) -> list[MentoringError]:
    """What is wrong with the chosen people. `people` are those to be checked, by Slack user id."""
    if not chosen.owners:
        return [Missing(FieldName.OWNERS)]
    wrong: list[MentoringError] = []
    for role, (field, most) in _FIELDS.items():
        if len(chosen.of(role)) > most:
            wrong.append(TooLong(field, most))
        for person in chosen.of(role):
            why = ineligibility(people[person], frozenset()) if person in people else None
            if why is not None and why is not Ineligibility.UNKNOWN:
                wrong.append(CannotHaveRole(person, why, field))
    return wrong
