"""What is kept about a person, and what has to be known before they are erased."""

from collections.abc import Iterator

from mentoring.own_data.erasing import ErasureContext
from mentoring.own_data.records import Category, OwnData, OwnDeletion, OwnRecord
from mentoring.retention.retention import OF_TWO, deletion_day
from services.programmes import memberships_of
from storage import Transaction
from storage.own_data import kept


def own_data_of(tx: Transaction, person: str, records: tuple[OwnRecord, ...]) -> OwnData:
    """What `person` (a Slack user id) wrote and may read, with the names in it; `records` are read as that person."""
    people = tx.people.get_many(dict.fromkeys(_people(records)))
    names = {id: each.display_name for id, each in people.items() if each.display_name}
    for programme, _ in tx.programmes.all():
        names[programme.id] = programme.name or "Mentoring programme"
        names |= dict.fromkeys(tx.cohorts.of_programme(programme.id), names[programme.id])
    used = {str(value) for record in records for value in record.values.values()}
    return OwnData(
        tx.people.get(person),
        records,
        {id: name for id, name in names.items() if id in used},
        {category: kept(category) for category in Category},
        tx.staff.get(person) is not None,
        tx.invitations.has_noted(person),
        tuple(each.programme for each in memberships_of(tx, person) if each.takes_part),
        _deletions(tx, person),
    )


def _deletions(tx: Transaction, person: str) -> tuple[OwnDeletion, ...]:
    """What will be deleted of their partnerships that are over."""
    notices, found = tx.purges.notices_of(person), list[OwnDeletion]()
    for each in tx.partnerships.of(person):
        programme = tx.programmes.of_cohort(each.cohort_id) if each.over_at else None
        for kind in OF_TWO if programme and each.over_at else ():
            notice = notices.get((each.id, kind))
            if each.over_at and programme and not (notice and notice.deleted_on):
                day = deletion_day(programme[0].keeping, kind, each.over_at.date(), notice)
                found.append(OwnDeletion(each.other(person), kind, day))
    return tuple(sorted(found, key=lambda deletion: deletion.day))


def _people(records: tuple[OwnRecord, ...]) -> Iterator[str]:
    for record in records:
        yield from (str(record.values[name]) for name in record.people if record.values[name])


def load_erasure_context(tx: Transaction, person: str) -> ErasureContext:
    """What the rule about erasing `person` (a Slack user id) needs."""
    memberships = memberships_of(tx, person)
    applied = set(tx.applications.of_person(person))
    part_in = {
        each.programme.id
        for each in memberships
        if each.roles or each.partnerships or applied & set(tx.cohorts.of_programme(each.programme.id))
    }
    return ErasureContext(
        tx.people.get(person),
        {each.programme.id: tx.roles.owners(each.programme.id) for each in memberships},
        {each.programme.id: each.programme.name for each in memberships},
        frozenset(part_in),
        frozenset(each.programme.id for each in memberships if each.programme.contact == person),
        any(each.is_active for each in tx.partnerships.of(person)),
        any(each.person == person for each in tx.roles.administrators()),
    )
