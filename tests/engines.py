"""Databases are opened again for every test; what SQLAlchemy has compiled for one of them serves all."""

from typing import Any

from sqlalchemy import Engine, event

from storage.engine import open_engine

_MOST_NEAR = 2000


class _CompiledStatements(dict[Any, Any]):
    """What has been compiled, by SQLAlchemy's cache keys.

    Hashing such a key takes longer than running most statements. Nearly all of ours are built once, and each has one
    key object for good: those are found by that object's identity. Holding it keeps the identity from being used again.
    """

    def __init__(self) -> None:
        super().__init__()
        self._near: dict[Any, tuple[Any, Any]] = {}

    def get(self, key: Any, default: Any = None) -> Any:
        dialect, statement, *rest = key
        near = (id(statement), id(dialect), *rest)
        if near in self._near:
            return self._near[near][1]
        compiled = super().get(key, default)
        if compiled is not None:
            if len(self._near) >= _MOST_NEAR:
                self._near.clear()
            self._near[near] = (dialect, statement), compiled
        return compiled


_compiled: dict[str, tuple[Any, Any]] = {}
"""By the kind of database: the dialect, and the statements compiled for it."""


def open_quickly(url: str, *, create: bool = True) -> Engine:
    """As the bot opens it. An engine begins with nothing compiled, and compiling a statement takes far longer than
    running it.
    """
    engine = open_engine(url, create=create)
    dialect, statements = _compiled.get(engine.dialect.name, (engine.dialect, _CompiledStatements()))
    if dialect.server_version_info is None:  # it has not been connected yet, and may never be
        dialect = engine.dialect
        _compiled[dialect.name] = dialect, statements
    engine.dialect = engine.pool._dialect = dialect
    engine._compiled_cache = statements
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _without_waiting_for_the_disk)
    return engine


def _without_waiting_for_the_disk(connection: Any, _record: Any) -> None:
    """A test does not outlive a power cut. A process that is killed loses nothing by this."""
    connection.execute("PRAGMA synchronous=OFF")
