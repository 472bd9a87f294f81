"""Whom a person can ask for help in confidence, as it is stored now."""

from collections.abc import Iterable
from dataclasses import dataclass

from mentoring.cases.case import Case, Contacts, away_among, find_contacts
from mentoring.core.fields import FieldName
from mentoring.core.people import Person
from mentoring.core.programmes import Programme
from storage import Transaction


@dataclass(frozen=True)
class ContactsOf:
    """The `contacts` of a person, with all of them by Slack user id."""

    contacts: Contacts
    people: dict[str, Person]


def load_contacts(tx: Transaction, programme: Programme, person: str) -> ContactsOf:
    """Whom `person` (a Slack user id) can ask in this programme: never themselves, one of their partners, or a manager
    of one of these.
    """
    owners = tx.roles.present_owners(programme.id)
    administrators = [named.person for named in tx.roles.administrators()]
    people = tx.people.get_many({programme.contact, *owners, *administrators} - {""})
    excluded = too_close(tx, programme, person) | away_among(people, list(people))
    return ContactsOf(find_contacts(programme, owners, administrators, excluded=excluded), people)


def excluded_now(tx: Transaction, programme: Programme, case: Case) -> frozenset[str]:
    """Those of the `others` of a case who are not asked now."""
    return too_close(tx, programme, case.person) | away_among(tx.people.get_many(case.others), case.others)


def too_close(tx: Transaction, programme: Programme, person: str) -> frozenset[str]:
    """The person, the partners whom they have or had, and the managers of all of them, as far as these are known."""
    _, cohort = tx.programme(programme.id)
    partnerships = tx.partnerships.of(person)
    near = {person, *(each.other(person) for each in partnerships)} - {""}
    sent = {each.id for each in tx.applications.of(person, cohort.id).values()}
    sent |= {id for each in partnerships for id in (each.mentee_application, each.mentor_application)}
    return frozenset(near | _managers(tx, near, sent))


def _managers(tx: Transaction, people: Iterable[str], application_ids: Iterable[str]) -> set[str]:
    known = {record.manager for record in tx.staff.of(people).values()}
    for application in filter(None, map(tx.applications.get, application_ids)):
        known |= {named for field, named in tx.named.named_in(application) if field is FieldName.MANAGER}
    return known - {""}
