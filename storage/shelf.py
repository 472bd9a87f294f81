"""What every part of a transaction has."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, TypeVar, cast

from sqlalchemy import bindparam, delete, inspect, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.orm.util import identity_key

R = TypeVar("R")

_NAMES = ("first", "second", "third", "fourth")
"""Of the parts of a primary key; none has more."""


class Shelf:
    """Queries of one subject, in one transaction of one workspace."""

    def __init__(self, session: Session, workspace: str) -> None:
        self._session = session
        self._workspace = workspace

    def _kept(self, row_type: type[R], *key: str) -> R | None:
        """The row with that primary key, which begins with the workspace."""
        whole, rows = (self._workspace, *key), cast(Any, row_type)
        if identity_key(row_type, whole) in self._session.identity_map:
            return self._session.get(row_type, whole)
        found: R | None = self._session.scalar(_by_key(rows), _named(whole))
        return found

    def _remove(self, row_type: Any, *key: str) -> None:
        """Remove the row with that primary key, which begins with the workspace, if it is there."""
        self._session.execute(_remove(row_type), _named((self._workspace, *key)))

    def _keep_version(self, row_type: type[Any], id: str, version: int, **values: Any) -> bool:
        """Keep `values` as this `version` of the row `id`. False where the kept version is not the one before."""
        if version == 1:
            return self._add(row_type, id=id, version=version, **values)
        row = self._kept(row_type, id)
        if row is None or row.version != version - 1:
            return False
        for name, value in {**values, "version": version}.items():
            setattr(row, name, value)
        self._session.flush()
        return True

    def _add(self, row_type: Any, **values: Any) -> bool:
        """Add a row of `values`, by column. False, and nothing changes, where one with such a unique key is there."""
        adds = _add(self._dialect, row_type)
        return self._session.execute(adds, {"workspace": self._workspace, **values}).first() is not None

    def _put(self, row_type: Any, **values: Any) -> None:
        """Keep `values`, by column, as the row with their primary key, whatever was there."""
        whole = {"workspace": self._workspace, **values}
        self._session.execute(_put(self._dialect, row_type, tuple(whole)), whole)
        self._expire(row_type, whole)

    def _put_all(self, row_type: Any, rows: Sequence[Mapping[str, Any]]) -> None:
        """Keep each of `rows`, at least one and all of the same columns, as `_put` does; in one statement."""
        whole = [{"workspace": self._workspace, **values} for values in rows]
        self._session.execute(_put(self._dialect, row_type, tuple(whole[0])), whole)
        for values in whole:
            self._expire(row_type, values)

    def _expire(self, row_type: Any, values: Mapping[str, Any]) -> None:
        """Have the row with this key read again, if it was."""
        key = tuple(values[column.name] for column in row_type.__table__.primary_key)
        known = self._session.identity_map.get(identity_key(row_type, key))
        if known is not None:
            self._session.expire(known)

    @property
    def _dialect(self) -> str:
        return self._session.get_bind().dialect.name


_INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
"""The two say it in the same words, but it is not SQL's standard. Statements are built once, which takes longer than
running them."""


def _named(key: tuple[str, ...]) -> dict[str, str]:
    return dict(zip(_NAMES, key, strict=False))


def _has_key(row_type: Any) -> list[Any]:
    parts = inspect(row_type).primary_key
    return [part == bindparam(name, type_=part.type) for part, name in zip(parts, _NAMES, strict=False)]


@cache
def _by_key(row_type: Any) -> Any:
    return select(row_type).where(*_has_key(row_type)).execution_options(autoflush=False)


@cache
def _remove(row_type: Any) -> Any:
    return delete(row_type).where(*_has_key(row_type)).execution_options(synchronize_session=False)


@cache
def _add(dialect: str, row_type: Any) -> Any:
    table = row_type.__table__
    return _INSERT[dialect](table).on_conflict_do_nothing().returning(*table.primary_key)


@cache
def _put(dialect: str, row_type: Any, names: tuple[str, ...]) -> Any:
    table = row_type.__table__
    insert = _INSERT[dialect](table)
    new = {name: insert.excluded[name] for name in names if name not in table.primary_key.columns}
    return insert.on_conflict_do_update(index_elements=list(table.primary_key), set_=new)
