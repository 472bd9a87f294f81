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

    `rows` is the identity map: rows that were read, by table and primary key; None if there is no such row. Writing a
    row removes it from the map.
    """

    connection: Connection
    workspace: str
    rows: dict[tuple[Any, ...], Any] = field(default_factory=dict)


WORKSPACE_PARAM: BindParameter[str] = bindparam("workspace", type_=WORKSPACE)
"""The bind parameter for the transaction's workspace."""

_KEY_PARAMS = ("first", "second", "third", "fourth", "fifth")
"""Bind parameters for the parts of a primary key. No key has more parts, and no column has such a name."""
_INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
"""Both dialects support ON CONFLICT, with the same methods."""


def _key_values(key: tuple[str, ...]) -> dict[str, str]:
    """The values of a primary key, by bind parameter."""
    return dict(zip(_KEY_PARAMS, key, strict=False))


def in_either(one: Any, other: Any, workspace: Any) -> ColumnElement[bool]:
    """Condition: one of two columns is `person` (a bind parameter).

    The workspace is repeated for each column, since SQLite uses both indexes only then.
    """
    person = bindparam("person", type_=PERSON)
    return or_(and_(workspace == WORKSPACE_PARAM, one == person), and_(workspace == WORKSPACE_PARAM, other == person))


@cache
def _key_columns(row_type: Any) -> tuple[str, ...]:
    return tuple(column.name for column in row_type.__table__.primary_key)


@cache
def _select_by_key(row_type: Any) -> Any:
    return select(row_type.__table__).where(*_has_key(row_type))


@cache
def _select_by_ids(row_type: Any) -> Any:
    """Select the rows whose primary key is the workspace and one of the `ids` (a bind parameter)."""
    return select(row_type.__table__).where(row_type.__table__.c.workspace == WORKSPACE_PARAM, _is_among(row_type))


@cache
def _insert_or_ignore(dialect: str, row_type: Any) -> Any:
    table = row_type.__table__
    return _INSERT[dialect](table).on_conflict_do_nothing().returning(*table.primary_key)


@cache
def _insert_or_update(dialect: str, row_type: Any, names: tuple[str, ...]) -> Any:
    table = row_type.__table__
    insert = _INSERT[dialect](table)
    new = {name: insert.excluded[name] for name in names if name not in table.primary_key.columns}
    return insert.on_conflict_do_update(index_elements=list(table.primary_key), set_=new)


@cache
def _update_by_key(row_type: Any) -> Any:
    """Update the columns for which values are passed."""
    return update(row_type.__table__).where(*_has_key(row_type))


@cache
def _update_by_ids(row_type: Any) -> Any:
    """Update the rows whose primary key is the workspace `of` and one of the `ids` (bind parameters)."""
    return update(row_type.__table__).where(row_type.__table__.c.workspace == bindparam("of"), _is_among(row_type))


@cache
def _update_version(row_type: Any) -> Any:
    """As `_update_by_key`, if the row's version is `before` (a bind parameter)."""
    return _update_by_key(row_type).where(row_type.__table__.c.version == bindparam("before"))


@cache
def _delete_by_key(row_type: Any) -> Any:
    return delete(row_type.__table__).where(*_has_key(row_type))


def _is_among(row_type: Any) -> Any:
    _, part = row_type.__table__.primary_key
    return part.in_(bindparam("ids", expanding=True))


def _has_key(row_type: Any) -> list[Any]:
    parts = row_type.__table__.primary_key
    return [part == bindparam(name, type_=part.type) for part, name in zip(parts, _KEY_PARAMS, strict=False)]


R = TypeVar("R")


class Repository:
    """Base class of repositories: queries on one entity, within one transaction and workspace.

    Rows are read-only tuples with the columns of their table class; writes are explicit. Statements are built once and
    get their values when they are executed, which is much cheaper than building them each time. Each of them has the
    workspace as `WORKSPACE_PARAM`.
    """

    def __init__(self, context: TransactionContext) -> None:
        self._context = context
        self._connection, self._workspace = context.connection, context.workspace

    def _get(self, row_type: type[R], *key: str) -> R | None:
        """The row with the primary key (workspace, *key), or None. Queried once in a transaction."""
        rows, table, full_key = self._context.rows, cast(Any, row_type), (self._workspace, *key)
        cache_key = (table, *full_key)
        if cache_key not in rows:
            rows[cache_key] = self._connection.execute(_select_by_key(table), _key_values(full_key)).first()
        found: R | None = rows[cache_key]
        return found

    def _get_many(self, row_type: type[R], ids: Iterable[str]) -> dict[str, R]:
        """The rows whose primary key is the workspace and one of `ids`, by id, in one query."""
        rows, table, wanted = self._context.rows, cast(Any, row_type), dict.fromkeys(ids)
        unknown = [id for id in wanted if (table, self._workspace, id) not in rows]
        if len(unknown) > 1:
            rows.update({(table, self._workspace, id): None for id in unknown})
            self._select(row_type, _select_by_ids(table), ids=unknown)
        found = {id: self._get(row_type, id) for id in wanted}
        return {id: row for id, row in found.items() if row is not None}

    def _select(self, row_type: type[R], query: Select[R], **values: Any) -> Sequence[R]:
        """Every row that `query` finds. They are added to the identity map."""
        rows: Sequence[Any] = self._execute(query, **values).all()
        table = cast(Any, row_type)
        key = _key_columns(table)
        for row in rows:
            self._context.rows[(table, *(getattr(row, name) for name in key))] = row
        return rows

    def _scalar(self, query: Executable, **values: Any) -> Any:
        """The first value of the first row, or None."""
        return self._execute(query, **values).scalar()

    def _execute(self, query: Executable, **values: Any) -> Any:
        """Execute `query` in this workspace. Not for an UPDATE: it would set each column that has a value's name."""
        return self._connection.execute(query, {"workspace": self._workspace, **values})

    def _insert(self, row_type: Any, **values: Any) -> bool:
        """Insert a row of `values`, by column. Returns False if there is a row with such a unique key already."""
        row = {"workspace": self._workspace, **values}
        self._evict(row_type, row)
        return self._connection.execute(_insert_or_ignore(self._dialect, row_type), row).first() is not None

    def _upsert(self, row_type: Any, **values: Any) -> None:
        """Insert a row of `values`, by column, or replace the row with that primary key."""
        row = {"workspace": self._workspace, **values}
        self._evict(row_type, row)
        self._connection.execute(_insert_or_update(self._dialect, row_type, tuple(row)), row)

    def _upsert_many(self, row_type: Any, rows: Iterable[Mapping[str, Any]]) -> None:
        """As `_upsert`, for many rows with the same columns, in one statement."""
        all_rows = [{"workspace": self._workspace, **values} for values in rows]
        for row in all_rows:
            self._evict(row_type, row)
        if all_rows:
            self._connection.execute(_insert_or_update(self._dialect, row_type, tuple(all_rows[0])), all_rows)

    def _update(self, row_type: Any, *key: str, **values: Any) -> None:
        """Set `values`, by column, in the row with the primary key (workspace, *key), if there is one."""
        full_key = (self._workspace, *key)
        self._context.rows.pop((row_type, *full_key), None)
        self._connection.execute(_update_by_key(row_type), {**_key_values(full_key), **values})

    def _update_many(self, row_type: Any, ids: Iterable[str], **values: Any) -> None:
        """Set `values`, by column, in the rows whose primary key is the workspace and one of `ids`."""
        wanted = list(ids)
        for id in wanted:
            self._context.rows.pop((row_type, self._workspace, id), None)
        if wanted:
            self._connection.execute(_update_by_ids(row_type), {"of": self._workspace, "ids": wanted, **values})

    def _save_version(self, row_type: Any, id: str, version: int, **values: Any) -> bool:
        """Save `values` as this `version` of the row with the primary key (workspace, id).

        Returns False if the stored version is not the previous one, or, for version 1, if the row exists.
        """
        if version == 1:
            _, name = _key_columns(row_type)
            return self._insert(row_type, **{name: id}, version=version, **values)
        full_key = (self._workspace, id)
        self._context.rows.pop((row_type, *full_key), None)
        new = {**_key_values(full_key), "before": version - 1, "version": version, **values}
        return self._connection.execute(_update_version(row_type), new).rowcount == 1

    def _delete(self, row_type: Any, *key: str) -> None:
        """Delete the row with the primary key (workspace, *key), if there is one."""
        full_key = (self._workspace, *key)
        self._context.rows.pop((row_type, *full_key), None)
        self._connection.execute(_delete_by_key(row_type), _key_values(full_key))

    def _evict(self, row_type: Any, values: dict[str, Any]) -> None:
        """Remove the row with the primary key in `values` from the identity map."""
        self._context.rows.pop((row_type, *(values.get(name) for name in _key_columns(row_type))), None)

    @property
    def _dialect(self) -> str:
        return self._connection.dialect.name
