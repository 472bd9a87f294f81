"""Write conflicts: which database errors mean one, and retrying a use case after it."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from storage.database_errors import DRIVER_ERRORS, failure_of

_CONFLICT_STATES = frozenset({"23505", "40001", "40P01"})
"""PostgreSQL: unique violation, serialisation failure, deadlock detected.
https://www.postgresql.org/docs/current/errcodes-appendix.html
"""
_LOCK_NOT_AVAILABLE = "55P03"

_CONFLICT_CODES = frozenset({1555, 2067, 2579})
"""SQLite: a primary key, unique or row id constraint failed. https://www.sqlite.org/rescode.html"""
_BUSY, _LOCKED = 5, 6


class Conflict(Exception):
    """Another transaction saved the same row first. Read again and retry."""


class DatabaseBusy(Conflict):
    """Another transaction held the database for longer than the busy timeout."""


@contextmanager
def translating_errors(database: str) -> Iterator[None]:
    """Raise Conflict or DatabaseBusy for database errors that mean one, and DatabaseUnusable for those whose cause is
    the `database` (its name for people). Errors in a statement are raised unchanged.
    """
    try:
        yield
    except DRIVER_ERRORS as error:
        kind = _kind(getattr(error, "orig", None) or error)
        raised = kind() if kind else failure_of(error, database)
        if raised is None:
            raise
        raise raised from error


def _kind(error: BaseException | None) -> type[Conflict] | None:
    state, code = getattr(error, "sqlstate", None), getattr(error, "sqlite_errorcode", None)
    if state in _CONFLICT_STATES or code in _CONFLICT_CODES:
        return Conflict
    if state == _LOCK_NOT_AVAILABLE or code in (_BUSY, _LOCKED):
        return DatabaseBusy
    # SQLite's extended "busy" codes mean that waiting does not help, but starting the transaction again does.
    return Conflict if isinstance(code, int) and code & 0xFF in (_BUSY, _LOCKED) else None


log = logging.getLogger(__name__)

T = TypeVar("T")

TRIES = 3


def retry_on_conflict(use_case: Callable[[], T]) -> T:
    """Run `use_case` and return its result; on a write conflict run it again, from its first read.

    Everything it does outside its transactions must be safe to repeat. Raises Conflict after the last try, and
    DatabaseBusy at once, since that has waited already.
    """
    for tries_left in reversed(range(TRIES)):
        try:
            return use_case()
        except DatabaseBusy:
            raise
        except Conflict as conflict:
            if not tries_left:
                raise
            log.info("Write conflict (%s): trying again", type(conflict.__cause__ or conflict).__name__)
    raise AssertionError("unreachable")
