"""Which database errors mean that another transaction was faster, and retrying a use case after one."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy.exc import DBAPIError

_FASTER = frozenset({"23505", "40001", "40P01"})
"""PostgreSQL: a unique key is taken, a serialisation failed, a deadlock was broken.
https://www.postgresql.org/docs/current/errcodes-appendix.html
"""
_NO_LOCK = "55P03"

_TAKEN = frozenset({1555, 2067, 2579})
"""SQLite: a primary key, a unique key or a row id is taken. https://www.sqlite.org/rescode.html"""
_BUSY, _LOCKED = 5, 6


class Conflict(Exception):
    """Somebody else kept the same thing first; read again and decide anew."""


class DatabaseBusy(Conflict):
    """Somebody else holds the database, and we have waited as long as we do."""


@contextmanager
def translating_conflicts() -> Iterator[None]:
    """Raises Conflict or Busy for errors that say so; others, such as a value that a column refuses, go on."""
    try:
        yield
    except DBAPIError as error:
        kind = _kind(error.orig)
        if kind is None:
            raise
        raise kind from error


def _kind(error: BaseException | None) -> type[Conflict] | None:
    state, code = getattr(error, "sqlstate", None), getattr(error, "sqlite_errorcode", None)
    if state in _FASTER or code in _TAKEN:
        return Conflict
    if state == _NO_LOCK or code in (_BUSY, _LOCKED):
        return DatabaseBusy
    # What SQLite adds to "busy" means that waiting would not have helped, and beginning anew does.
    return Conflict if isinstance(code, int) and code & 0xFF in (_BUSY, _LOCKED) else None


log = logging.getLogger(__name__)

T = TypeVar("T")

TRIES = 3


def retry_on_conflict(use_case: Callable[[], T]) -> T:
    """Run `use_case` and return its result; on a write conflict run it again, from its first read.

    Everything it does outside its transactions must be safe to repeat. Raises Conflict after the last try, and
    DatabaseBusy at once, since that has waited already.
    """
    for left in reversed(range(TRIES)):
        try:
            return use_case()
        except DatabaseBusy:
            raise
        except Conflict as conflict:
            if not left:
                raise
            log.info("Somebody else was faster (%s): deciding anew", type(conflict.__cause__ or conflict).__name__)
    raise AssertionError("unreachable")
