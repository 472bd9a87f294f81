"""What all repositories share: the context of a transaction, generic statements, and the base class."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar, cast

from sqlalchemy import BindParameter, ColumnElement, Connection, Select, and_, bindparam, delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.base import Executable

from storage.tables.base import PERSON, WORKSPACE


@dataclass(frozen=True)
class TransactionContext:
    """The connection, workspace and identity map that all repositories of a transaction share.

    `rows` is what has been read by its primary key, by table and key; None where there is no such row. A repository
    that writes a row removes it from there.
    """

    connection: Connection
    workspace: str
    rows: dict[tuple[Any, ...], Any] = field(default_factory=dict)


WORKSPACE_PARAM: BindParameter[str] = bindparam("workspace", type_=WORKSPACE)
"""Stands for the transaction's workspace."""

_NAMES = ("first", "second", "third", "fourth")
"""Of the parts of a primary key; none has more. No column is called so."""
_INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
"""The two say it in the same words, but it is not SQL's standard."""


def named(key: tuple[str, ...]) -> dict[str, str]:
    """The values of a primary key, as the statements here take them."""
    return dict(zip(_NAMES, key, strict=False))


def in_either(one: Any, other: Any, workspace: Any) -> ColumnElement[bool]:
    """Where one of two columns names the `person`. SQLite looks into the index of each only where each says which
    workspace.
    """
    person = bindparam("person", type_=PERSON)
    return or_(and_(workspace == WORKSPACE_PARAM, one == person), and_(workspace == WORKSPACE_PARAM, other == person))


@cache
def key_of(row_type: Any) -> tuple[str, ...]:
    """The columns of the primary key."""
    return tuple(column.name for column in row_type.__table__.primary_key)


@cache
def by_key(row_type: Any) -> Any:
    return select(row_type.__table__).where(*_has_key(row_type))


@cache
def by_keys(row_type: Any) -> Any:
    """Where the key is the workspace and one of the `ids`."""
    return select(row_type.__table__).where(row_type.__table__.c.workspace == WORKSPACE_PARAM, _is_among(row_type))


@cache
def add(dialect: str, row_type: Any) -> Any:
    table = row_type.__table__
    return _INSERT[dialect](table).on_conflict_do_nothing().returning(*table.primary_key)


@cache
def put(dialect: str, row_type: Any, names: tuple[str, ...]) -> Any:
    table = row_type.__table__
    insert = _INSERT[dialect](table)
    new = {name: insert.excluded[name] for name in names if name not in table.primary_key.columns}
    return insert.on_conflict_do_update(index_elements=list(table.primary_key), set_=new)


@cache
def change(row_type: Any) -> Any:
    """Sets the columns that it is given values for."""
    return update(row_type.__table__).where(*_has_key(row_type))


@cache
def change_each(row_type: Any) -> Any:
    """The same, in the workspace `of`, where the rest of the key is one of the `ids`."""
    return update(row_type.__table__).where(row_type.__table__.c.workspace == bindparam("of"), _is_among(row_type))


@cache
def change_version(row_type: Any) -> Any:
    """As `change`, where the row's version is the one `before`."""
    return change(row_type).where(row_type.__table__.c.version == bindparam("before"))


@cache
def remove(row_type: Any) -> Any:
    return delete(row_type.__table__).where(*_has_key(row_type))


def _is_among(row_type: Any) -> Any:
    _, part = row_type.__table__.primary_key
    return part.in_(bindparam("ids", expanding=True))


def _has_key(row_type: Any) -> list[Any]:
    parts = row_type.__table__.primary_key
    return [part == bindparam(name, type_=part.type) for part, name in zip(parts, _NAMES, strict=False)]


R = TypeVar("R")


class Repository:
    """Base class of repositories: queries on one entity, within one transaction and workspace.

    A row that is read has the columns of its table's class and nothing else: setting them is refused, and writes are
    explicit. Statements are built once and take their values when they run, which costs a fraction of building them;
    each has the workspace in it as `WORKSPACE_PARAM`.
    """

    def __init__(self, here: TransactionContext) -> None:
        self._here = here
        self._connection, self._workspace = here.connection, here.workspace

    def _get(self, row_type: type[R], *key: str) -> R | None:
        """The row with that primary key, which begins with the workspace. It is asked for once in a transaction."""
        rows, of, whole = self._here.rows, cast(Any, row_type), (self._workspace, *key)
        place = (of, *whole)
        if place not in rows:
            rows[place] = self._connection.execute(by_key(of), named(whole)).first()
        found: R | None = rows[place]
        return found

    def _get_many(self, row_type: type[R], ids: Iterable[str]) -> dict[str, R]:
        """The rows whose primary key is the workspace and one of `ids`, by that: one question for all of them."""
        rows, of, wanted = self._here.rows, cast(Any, row_type), dict.fromkeys(ids)
        unknown = [id for id in wanted if (of, self._workspace, id) not in rows]
        if len(unknown) > 1:
            rows.update({(of, self._workspace, id): None for id in unknown})
            self._select(row_type, by_keys(of), ids=unknown)
        found = {id: self._get(row_type, id) for id in wanted}
        return {id: row for id, row in found.items() if row is not None}

    def _select(self, row_type: type[R], query: Select[R], **values: Any) -> Sequence[R]:
        """Every row that `query` finds. None of them needs to be asked for again."""
        rows: Sequence[Any] = self._execute(query, **values).all()
        of = cast(Any, row_type)
        key = key_of(of)
        for row in rows:
            self._here.rows[(of, *(getattr(row, name) for name in key))] = row
        return rows

    def _scalar(self, query: Executable, **values: Any) -> Any:
        """The first value of the first row, or None."""
        return self._execute(query, **values).scalar()

    def _execute(self, query: Executable, **values: Any) -> Any:
        """What `query` finds. Not for an update, which sets every column that a value is named like."""
        return self._connection.execute(query, {"workspace": self._workspace, **values})

    def _insert(self, row_type: Any, **values: Any) -> bool:
        """Add a row of `values`, by column. False, and nothing changes, where one with such a unique key is there."""
        whole = {"workspace": self._workspace, **values}
        self._evict(row_type, whole)
        return self._connection.execute(add(self._dialect, row_type), whole).first() is not None

    def _upsert(self, row_type: Any, **values: Any) -> None:
        """Keep `values`, by column, as the row with their primary key, whatever was there."""
        whole = {"workspace": self._workspace, **values}
        self._evict(row_type, whole)
        self._connection.execute(put(self._dialect, row_type, tuple(whole)), whole)

    def _upsert_many(self, row_type: Any, rows: Iterable[Mapping[str, Any]]) -> None:
        """Keep each of `rows`, all of the same columns, as `_upsert` does, in one statement."""
        whole = [{"workspace": self._workspace, **values} for values in rows]
        for values in whole:
            self._evict(row_type, values)
        if whole:
            self._connection.execute(put(self._dialect, row_type, tuple(whole[0])), whole)

    def _update(self, row_type: Any, *key: str, **values: Any) -> None:
        """Set `values`, by column, in the row with that primary key, which begins with the workspace, if it is
        there.
        """
        whole = (self._workspace, *key)
        self._here.rows.pop((row_type, *whole), None)
        self._connection.execute(change(row_type), {**named(whole), **values})

    def _update_many(self, row_type: Any, ids: Iterable[str], **values: Any) -> None:
        """Set `values`, by column, in the rows whose primary key is the workspace and one of `ids`."""
        wanted = list(ids)
        for id in wanted:
            self._here.rows.pop((row_type, self._workspace, id), None)
        if wanted:
            self._connection.execute(change_each(row_type), {"of": self._workspace, "ids": wanted, **values})

    def _save_version(self, row_type: Any, id: str, version: int, **values: Any) -> bool:
        """Keep `values` as this `version` of the row whose key is the workspace and `id`. False where the kept version
        is not the one before.
        """
        if version == 1:
            _, name = key_of(row_type)
            return self._insert(row_type, **{name: id}, version=version, **values)
        whole = (self._workspace, id)
        self._here.rows.pop((row_type, *whole), None)
        new = {**named(whole), "before": version - 1, "version": version, **values}
        return self._connection.execute(change_version(row_type), new).rowcount == 1

    def _delete(self, row_type: Any, *key: str) -> None:
        """Remove the row with that primary key, which begins with the workspace, if it is there."""
        whole = (self._workspace, *key)
        self._here.rows.pop((row_type, *whole), None)
        self._connection.execute(remove(row_type), named(whole))

    def _evict(self, row_type: Any, values: dict[str, Any]) -> None:
        self._here.rows.pop((row_type, *(values.get(name) for name in key_of(row_type))), None)

    @property
    def _dialect(self) -> str:
        return self._connection.dialect.name
