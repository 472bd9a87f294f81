"""The database: tables, queries, transactions, migrations and the outbox. The only package that knows SQLAlchemy."""

from storage.engine import DatabaseUnusable
from storage.outbox import Claim, State
from storage.scenes import report, scene_of
from storage.storage import Storage
from storage.transaction import Conflict, Transaction

__all__ = ["Claim", "Conflict", "DatabaseUnusable", "State", "Storage", "Transaction", "report", "scene_of"]
