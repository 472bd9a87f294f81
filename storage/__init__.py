"""The database: tables, repositories, transactions, migrations and the outbox. Only this package uses SQLAlchemy."""

from storage.conflicts import Conflict, DatabaseBusy, retry_on_conflict
from storage.engine import DatabaseUnusable
from storage.notifications.claim import Claim, UpdateClaim
from storage.notifications.outbox_statements import DeliveryState
from storage.storage import Storage
from storage.transaction import Transaction

__all__ = [
    "Claim",
    "Conflict",
    "DatabaseBusy",
    "DatabaseUnusable",
    "DeliveryState",
    "Storage",
    "Transaction",
    "UpdateClaim",
    "retry_on_conflict",
]
