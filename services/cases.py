"""Whom a person can ask for help in confidence, as it is stored now."""

from collections.abc import Iterable

from mentoring.cases.case import Contacts, find_contacts
from mentoring.core.fields import FieldName
from mentoring.core.programmes import Cohort, Programme
from storage import Transaction


def load_contacts(tx: Transaction, programme: Programme, cohort: Cohort, person: str) -> Contacts:
    """Whom `person` (a Slack user id) can ask in this programme; `cohort` is its current one."""
    administrators = [named.person for named in tx.roles.administrators()]
    excluded = _not_to_ask(tx, cohort, person)
    return find_contacts(programme, tx.roles.owners(programme.id), administrators, excluded=excluded)


def _not_to_ask(tx: Transaction, cohort: Cohort, person: str) -> frozenset[str]:
    """Who is not asked for help by `person` (Slack user ids): themselves, the partners whom they have or had, the
    managers of all of them as far as these are known, and everybody who is absent or on leave.
    """
    partnerships = tx.partnerships.of(person)
    near = {person, *(each.other(person) for each in partnerships)} - {""}
    sent = {each.id for each in tx.applications.of(person, cohort.id).values()}
    sent |= {id for each in partnerships for id in (each.mentee_application, each.mentor_application)}
    return frozenset(near | _managers(tx, near, sent) | tx.people.unavailable().keys())


def _managers(tx: Transaction, people: Iterable[str], application_ids: Iterable[str]) -> set[str]:
    known = {record.manager for record in tx.staff.of(people).values()}
    for application in filter(None, map(tx.applications.get, application_ids)):
        known |= {named for field, named in tx.named.named_in(application) if field is FieldName.MANAGER}
    return known - {""}
