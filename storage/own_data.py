"""Reading what is kept about a person, for the person themselves: see `storage/own_data_columns.py`."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from sqlalchemy import Date, Select, select

from mentoring.own_data.records import Category, Kept, OwnRecord
from mentoring.retention.retention import DataKind
from storage.own_data_columns import OWN_TABLES, OwnTable
from storage.purge_rules import OTHERWISE, purge_rule
from storage.repository import Repository
from storage.tables.base import PERSON, Instant
from storage.tables.declarations import Reader, Retention, declaration_of


class OwnRecords(Repository):
    def read_by(self, person: str) -> tuple[OwnRecord, ...]:
        """What `person` (a Slack user id) wrote and may read, in the order of the categories, for them alone."""
        found = [record for own in OWN_TABLES for record in self._of(own, person)]
        order = list(Category)
        return tuple(sorted(found, key=lambda each: order.index(each.category)))

    def _of(self, own: OwnTable, person: str) -> Iterator[OwnRecord]:
        named = frozenset(name for name in own.columns if own.row.__table__.c[name].type is PERSON)
        for row in self._execute(_select(own), person=person).mappings():
            flags = {name: person in (row[name] or ()) for name in own.flags}
            yield OwnRecord(own.category, own.name, {name: row[name] for name in own.columns} | flags, named)


def kept(category: Category) -> Kept:
    """Who may read the columns of a category, and how long they are kept, as the columns declare it.

    Of readers of whom some include the others, only the widest are named.
    """
    declared = [
        declaration_of(own.row.__table__.c[name])
        for own in OWN_TABLES
        if own.category is category
        for name in (*own.columns, *own.flags)
    ]
    told = [each for each in declared if each.reader is not Reader.NOBODY]
    readers = {each.reader for each in told}
    narrower = {each for wide in readers for each in _INCLUDED.get(wide, ())}
    names = {own.row.__table__.name for own in OWN_TABLES if own.category is category}
    periods = {rule.kind for name in names if (rule := purge_rule(name))}
    periods |= {DataKind.LOG} if names & set(OTHERWISE) else set()
    retentions = {each.retention for each in told}
    return Kept(
        tuple(each.value for each in Reader if each in readers - narrower),
        tuple(each.value for each in Retention if each in retentions),
        tuple(kind for kind in DataKind if kind in periods),
    )


_OWNERS = (Reader.OWNERS, Reader.SELF)
_APPROVERS = (Reader.APPROVERS, *_OWNERS)
_INCLUDED: Mapping[Reader, tuple[Reader, ...]] = {
    Reader.FACILITATORS: (Reader.PROGRAMME, Reader.TWO, *_APPROVERS),
    Reader.PROGRAMME: (Reader.TWO, *_APPROVERS),
    Reader.APPROVERS: _OWNERS,
    Reader.OWNERS: (Reader.SELF,),
    Reader.TWO_SHARED: (Reader.TWO, Reader.SELF),
    Reader.TWO: (Reader.SELF,),
    Reader.SHARED: (Reader.SELF,),
    Reader.ASKED: (Reader.SELF,),
}


@cache
def _select(own: OwnTable) -> Select[Any]:
    """Oldest first, by the first day or moment among the columns."""
    columns = [own.row.__table__.c[name] for name in (*own.columns, *own.flags)]
    times = [column for column in columns if isinstance(column.type, Instant | Date)]
    return select(*columns).where(own.mine).order_by(*times[:1], *own.row.__table__.primary_key)
