"""Statements that have been executed once are executed again without SQLAlchemy's preparations.

For tests that execute the same statements very often: for those SQLAlchemy takes five times as long as SQLite.
What reaches SQLite is the same: the SQL and the values are SQLAlchemy's, and so are the rows that are returned. A
transaction begins, is committed and rolled back at the same places.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, ClassVar

from sqlalchemy import Connection, CursorResult, Date, Engine, IteratorResult, Row

from storage.tables.base import Instant, StringTuple

_MOST_PLANS = 4000
_MOST_VALUES = 256
_UNCHANGING = Instant, StringTuple, Date
"""Types whose values nobody can change."""

Processor = Callable[[Any], Any] | None


@dataclass(frozen=True)
class _Plan:
    """How a statement is executed: `values` by place, of which those `given` are replaced. `statement` is held so that
    its identity is not used again.
    """

    statement: Any
    sql: str
    values: list[Any]
    given: list[tuple[int, str, int | None, Processor]]
    """Place, name, place in the list of that name, and what makes a value of it that SQLite takes."""
    row: Callable[[Any], Any] | None


class _Result:
    """What the product asks of a result; anything else is SQLAlchemy's."""

    def __init__(self, row: Any, rows: list[Any], rowcount: int) -> None:
        self._row, self._rows, self.rowcount = row, rows, rowcount

    def __iter__(self) -> Iterator[Any]:
        return map(self._row, self._rows)

    def all(self) -> list[Any]:
        return list(map(self._row, self._rows))

    def first(self) -> Any:
        return self._row(self._rows[0]) if self._rows else None

    def one(self) -> Any:
        (row,) = self._rows
        return self._row(row)

    def scalar(self) -> Any:
        return self._row(self._rows[0])[0] if self._rows else None

    def scalars(self) -> Iterator[Any]:
        return (row[0] for row in self)

    def __getattr__(self, name: str) -> Any:
        return getattr(IteratorResult(self._row.args[0], iter(self._rows)), name)


class QuickConnection(Connection):
    """A connection to SQLite. Statements are taken to be built once, and told from others by their identity."""

    plans: ClassVar[dict[Any, _Plan | None]] = {}
    """By statement, names of the values that are given, and lengths of those that are lists; None: as usual."""

    def execute(self, statement: Any, parameters: Any = None, **options: Any) -> Any:
        if type(parameters) is not dict or options or self._has_events or self.engine._has_events:
            return super().execute(statement, parameters, **options)
        lengths = [len(value) for value in parameters.values() if type(value) is list]
        key = (id(statement), *parameters, *lengths)
        plan = self.plans.get(key)
        if plan is None:
            return self._execute_and_plan(key, statement, parameters)
        values = plan.values.copy()
        for place, name, index, process in plan.given:
            value = parameters[name] if index is None else parameters[name][index]
            values[place] = value if process is None else process(value)
        if self._transaction is None:
            self._autobegin()
        try:
            cursor = self.driver.execute(plan.sql, values)
            rows = cursor.fetchall() if plan.row else []
        except sqlite3.Error:
            return super().execute(statement, parameters)  # which fails in the same way, and says so as usual
        return _Result(plan.row, rows, cursor.rowcount)

    def begin(self) -> Any:
        if self._transaction is not None:  # nothing but our own mark of an earlier one, which has ended
            self._transaction.close()
        return super().begin()

    @property
    def driver(self) -> Any:
        return self.connection.dbapi_connection

    def _execute_and_plan(self, key: Any, statement: Any, parameters: Mapping[str, Any]) -> Any:
        result = super().execute(statement, parameters)
        if key not in self.plans:
            if len(self.plans) >= _MOST_PLANS:
                self.plans.clear()
            self.plans[key] = _plan(statement, parameters, result)
        return result


def _row(result: CursorResult[Any], compiled: Any) -> Callable[[Any], Any]:
    """Makes a row of what SQLite returns. The same moments, dates and texts come again and again."""
    metadata: Any = result._metadata
    processors = metadata._effective_processors
    if processors and len(processors) == len(compiled._result_columns):
        types = [column.type for column in compiled._result_columns]
        processors = [
            lru_cache(_MOST_VALUES)(process) if process and isinstance(type_, _UNCHANGING) else process
            for process, type_ in zip(processors, types, strict=True)
        ]
    return partial(Row, metadata, processors, metadata._key_to_index)


def _plan(statement: Any, parameters: Mapping[str, Any], result: CursorResult[Any]) -> _Plan | None:
    """How to execute it again; None where that is more than binding values."""
    context: Any = result.context
    compiled = context.compiled
    if compiled.literal_execute_params or compiled.insert_prefetch or compiled.update_prefetch:
        return None
    sql, places, processors = compiled.string, compiled.positiontup, dict(compiled._bind_processors)
    expansion: Mapping[str, list[str]] = {}
    if compiled.post_compile_params:
        everything = compiled.construct_params(parameters, context.extracted_parameters, escape_names=False)
        expanded = compiled._process_parameters_for_postcompile(everything)
        sql, places, expansion = expanded.statement, expanded.positiontup, expanded.parameter_expansion
        processors.update(expanded.processors)
    keys = {name: param.key if param.key in parameters else name for param, name in compiled.bind_names.items()}
    sources = {each: (keys[name], index) for name, each_of in expansion.items() for index, each in enumerate(each_of)}
    given = []
    for place, name in enumerate(places):
        key, index = sources.get(name, (keys.get(name, name), None))
        if key in parameters:
            if index is not None and type(parameters[key]) is not list:
                return None
            given.append((place, key, index, processors.get(name)))
    row = _row(result, compiled) if result.returns_rows else None
    if (sql, len(places)) != (context.statement, len(context.parameters[0])):
        return None
    return _Plan(statement, sql, list(context.parameters[0]), given, row)


class QuickEngine(Engine):
    """An engine whose connections stay open, and in a transaction as far as SQLAlchemy is concerned. Each is lent to
    one thread at a time.
    """

    _connection_cls = QuickConnection
    _idle: list[QuickConnection]

    @contextmanager
    def begin(self) -> Iterator[Any]:
        with self._lent() as connection:
            try:
                yield connection
            except BaseException:
                connection.driver.rollback()
                raise
            connection.driver.commit()

    @contextmanager
    def connect(self) -> Iterator[Any]:  # type: ignore[override]
        with self._lent() as connection:
            try:
                yield connection
            finally:
                connection.driver.rollback()

    def dispose(self, close: bool = True) -> None:
        while self._idle:
            self._idle.pop().close()
        super().dispose(close)

    @contextmanager
    def _lent(self) -> Iterator[QuickConnection]:
        try:
            connection: Any = self._idle.pop()
        except IndexError:
            connection = super().connect()
        try:
            yield connection
        finally:
            self._idle.append(connection)


def quicken(engine: Engine) -> None:
    """Have an engine of a SQLite database that exists do the same more quickly."""
    engine.__class__ = QuickEngine
    engine._idle = []  # type: ignore[attr-defined]
