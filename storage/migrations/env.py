"""Alembic's entry point. Migrates on the connection that `storage.engine.upgrade` passes in."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import TypeDecorator

from storage.tables import Table


def plain_type(kind: str, item: Any, _autogen: object) -> str | Literal[False]:
    """Render the underlying database type, so that a revision does not depend on our type decorators."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl!r}"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    render_as_batch=True,
    render_item=plain_type,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
