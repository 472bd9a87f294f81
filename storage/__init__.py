"""The database: tables, queries, transactions, migrations and the outbox. The only package that knows SQLAlchemy."""

from storage.anew import decided_anew
from storage.contention import Conflict
from storage.engine import DatabaseUnusable
from storage.outbox import Claim
from storage.outbox_statements import State
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
