"""The database: tables, queries, transactions, migrations and the outbox. The only package that knows SQLAlchemy."""

from storage.conflicts import Conflict, decided_anew
from storage.engine import DatabaseUnusable
from storage.notifications.outbox import Claim
from storage.notifications.outbox_statements import State
from storage.scenes import report, scene_of
from storage.storage import Storage
from storage.transaction import Transaction

__all__ = [
    "Claim",
    "Conflict",
    "DatabaseUnusable",
    "State",
    "Storage",
    "Transaction",
    "decided_anew",
    "report",
    "scene_of",
]
