"""Databases are opened again for every test; what SQLAlchemy has compiled for one of them serves all."""

from typing import Any

from sqlalchemy import Engine

from storage.engine import open_engine

_compiled: dict[str, tuple[Any, Any]] = {}
"""By the kind of database: the dialect, and the statements compiled for it."""


def open_quickly(url: str, *, create: bool = True) -> Engine:
    """As the bot opens it. An engine begins with nothing compiled, and compiling a statement takes far longer than
    running it.
    """
    engine = open_engine(url, create=create)
    dialect, statements = _compiled.get(engine.dialect.name, (engine.dialect, {}))
    if dialect.server_version_info is None:  # it has not been connected yet, and may never be
        dialect = engine.dialect
        _compiled[dialect.name] = dialect, statements
    engine.dialect = engine.pool._dialect = dialect
    engine._compiled_cache = statements
    return engine
