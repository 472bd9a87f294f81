"""What every part of a transaction has."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar, cast

from sqlalchemy import Select
from sqlalchemy.sql.base import Executable

from storage import statements
from storage.here import Here

R = TypeVar("R")


class Shelf:
    """Queries of one subject, in one transaction of one workspace.

    A row that is read has the columns of its table's class and nothing else: setting them is refused, and what is
    written is said in so many words. Statements are built once and take their values when they run, which is a
    fraction of what building them takes; each has the workspace in it as `HERE`.
    """

    def __init__(self, here: Here) -> None:
        self._here = here
        self._connection, self._workspace = here.connection, here.workspace

    def _kept(self, row_type: type[R], *key: str) -> R | None:
        """The row with that primary key, which begins with the workspace. It is asked for once in a transaction."""
        rows, of, whole = self._here.rows, cast(Any, row_type), (self._workspace, *key)
        place = (of, *whole)
        if place not in rows:
            rows[place] = self._connection.execute(statements.by_key(of), statements.named(whole)).first()
        found: R | None = rows[place]
        return found

    def _each(self, row_type: type[R], ids: Iterable[str]) -> dict[str, R]:
        """The rows whose primary key is the workspace and one of `ids`, by that: one question for all of them."""
        rows, of, wanted = self._here.rows, cast(Any, row_type), dict.fromkeys(ids)
        unknown = [id for id in wanted if (of, self._workspace, id) not in rows]
        if len(unknown) > 1:
            rows.update({(of, self._workspace, id): None for id in unknown})
            self._all(row_type, statements.by_keys(of), ids=unknown)
        found = {id: self._kept(row_type, id) for id in wanted}
        return {id: row for id, row in found.items() if row is not None}

    def _all(self, row_type: type[R], query: Select[R], **values: Any) -> Sequence[R]:
        """Every row that `query` finds. None of them needs to be asked for again."""
        rows: Sequence[Any] = self._run(query, **values).all()
        of = cast(Any, row_type)
        key = statements.key_of(of)
        for row in rows:
            self._here.rows[(of, *(getattr(row, name) for name in key))] = row
        return rows

    def _first(self, query: Executable, **values: Any) -> Any:
        """The first value of the first row, or None."""
        return self._run(query, **values).scalar()

    def _run(self, query: Executable, **values: Any) -> Any:
        """What `query` finds. Not for an update, which sets every column that a value is named like."""
        return self._connection.execute(query, {"workspace": self._workspace, **values})

    def _add(self, row_type: Any, **values: Any) -> bool:
        """Add a row of `values`, by column. False, and nothing changes, where one with such a unique key is there."""
        whole = {"workspace": self._workspace, **values}
        self._let_go(row_type, whole)
        return self._connection.execute(statements.add(self._dialect, row_type), whole).first() is not None

    def _put(self, row_type: Any, **values: Any) -> None:
        """Keep `values`, by column, as the row with their primary key, whatever was there."""
        whole = {"workspace": self._workspace, **values}
        self._let_go(row_type, whole)
        self._connection.execute(statements.put(self._dialect, row_type, tuple(whole)), whole)

    def _put_all(self, row_type: Any, rows: Iterable[Mapping[str, Any]]) -> None:
        """Keep each of `rows`, all of the same columns, as `_put` does, in one statement."""
        whole = [{"workspace": self._workspace, **values} for values in rows]
        for values in whole:
            self._let_go(row_type, values)
        if whole:
            self._connection.execute(statements.put(self._dialect, row_type, tuple(whole[0])), whole)

    def _set(self, row_type: Any, *key: str, **values: Any) -> None:
        """Set `values`, by column, in the row with that primary key, which begins with the workspace, if it is
        there.
        """
        whole = (self._workspace, *key)
        self._here.rows.pop((row_type, *whole), None)
        self._connection.execute(statements.change(row_type), {**statements.named(whole), **values})

    def _set_each(self, row_type: Any, ids: Iterable[str], **values: Any) -> None:
        """Set `values`, by column, in the rows whose primary key is the workspace and one of `ids`."""
        wanted = list(ids)
        for id in wanted:
            self._here.rows.pop((row_type, self._workspace, id), None)
        if wanted:
            self._connection.execute(statements.change_each(row_type), {"of": self._workspace, "ids": wanted, **values})

    def _keep_version(self, row_type: Any, id: str, version: int, **values: Any) -> bool:
        """Keep `values` as this `version` of the row whose key is the workspace and `id`. False where the kept version
        is not the one before.
        """
        if version == 1:
            _, name = statements.key_of(row_type)
            return self._add(row_type, **{name: id}, version=version, **values)
        whole = (self._workspace, id)
        self._here.rows.pop((row_type, *whole), None)
        new = {**statements.named(whole), "before": version - 1, "version": version, **values}
        return self._connection.execute(statements.change_version(row_type), new).rowcount == 1

    def _remove(self, row_type: Any, *key: str) -> None:
        """Remove the row with that primary key, which begins with the workspace, if it is there."""
        whole = (self._workspace, *key)
        self._here.rows.pop((row_type, *whole), None)
        self._connection.execute(statements.remove(row_type), statements.named(whole))

    def _let_go(self, row_type: Any, values: dict[str, Any]) -> None:
        self._here.rows.pop((row_type, *(values.get(name) for name in statements.key_of(row_type))), None)

    @property
    def _dialect(self) -> str:
        return self._connection.dialect.name
