"""Checking a list of applications or running partnerships, and saving it: all of it, or nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from mentoring.core.outcome import NOTHING, Outcome
from mentoring.core.people import Person
from mentoring.core.programmes import Cohort, Programme
from mentoring.matching.round import MatchingRound
from mentoring.people.application_list import ApplicationListCheck, check_applications, enter_all
from mentoring.people.lists import ListFinding, ListKind, ListRow, handles_in
from mentoring.people.partnership_list import PartnershipListCheck, bring_in_all, check_partnerships
from mentoring.people.staff_list import is_address
from services.people import save_profile
from storage import Transaction

ListCheck = ApplicationListCheck | PartnershipListCheck


@dataclass(frozen=True)
class PreparedList:
    """The rows of a list, with the `people` that they name, by handle, as Slack describes them.

    `findings` are the problems of rows that could not be read.
    """

    kind: ListKind
    rows: tuple[ListRow, ...]
    people: Mapping[str, Person]
    findings: tuple[ListFinding, ...] = field(default=())


def check_list(
    tx: Transaction, prepared: PreparedList, programme: Programme, cohort: Cohort, now: datetime
) -> ListCheck:
    """What the list would change at `now` (calendar, aware), and what is wrong in it. Raises CohortClosed."""
    return _check(tx, prepared, _round(tx, prepared, programme, cohort), now)


def save_list(
    tx: Transaction, prepared: PreparedList, programme: Programme, cohort: Cohort, now: datetime
) -> ListCheck:
    """Save what the list changes, unless something is wrong in it: then nothing is saved. Raises CohortClosed."""
    round_ = _round(tx, prepared, programme, cohort)
    checked = _check(tx, prepared, round_, now)
    if checked.findings:
        return checked
    outcome = NOTHING
    match checked:
        case ApplicationListCheck():
            outcome = enter_all(checked.entries, round_, now=now, new_id=tx.new_id)
        case PartnershipListCheck():
            outcome = bring_in_all(checked.entries, round_, now=now, new_id=tx.new_id)
    if outcome != NOTHING:
        _save(tx, prepared.people.values(), outcome, now)
    return checked


def _save(tx: Transaction, people: Iterable[Person], outcome: Outcome, now: datetime) -> None:
    """Save the profiles that Slack has just sent, then the changes."""
    known = {person.id: person for person in people}
    tx.people.request_profiles(sorted(known), now)
    for person in known.values():
        save_profile(tx, person, now)
    tx.save(outcome)


def _round(tx: Transaction, prepared: PreparedList, programme: Programme, cohort: Cohort) -> MatchingRound:
    """The round, with the staff records of everyone in the list and above them."""
    round_ = tx.rounds.get(programme, cohort)
    above = tx.staff.upwards(person.id for person in prepared.people.values())
    return replace(round_, staff={**round_.staff, **above})


def _check(tx: Transaction, prepared: PreparedList, round_: MatchingRound, now: datetime) -> ListCheck:
    named = {handle for handle in handles_in(prepared.rows) if not is_address(handle)}
    erased = tx.erasure.erased_among(named | {person.id for person in prepared.people.values()})
    match prepared.kind:
        case ListKind.APPLICATIONS:
            found: ListCheck = check_applications(
                prepared.rows, round_=round_, people=prepared.people, erased=erased, now=now
            )
        case ListKind.PARTNERSHIPS:
            found = check_partnerships(prepared.rows, round_=round_, people=prepared.people, erased=erased, now=now)
    findings = sorted((*prepared.findings, *found.findings), key=lambda finding: finding.number)
    return replace(found, findings=tuple(findings))
