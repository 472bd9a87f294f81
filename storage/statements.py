"""Statements that serve every table, each built once: building one takes longer than running it."""

from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.types import PERSON, WORKSPACE

HERE: BindParameter[str] = bindparam("workspace", type_=WORKSPACE)
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
    return or_(and_(workspace == HERE, one == person), and_(workspace == HERE, other == person))


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
    return select(row_type.__table__).where(row_type.__table__.c.workspace == HERE, _is_among(row_type))


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
