"""The database: tables, repositories, transactions, migrations and the outbox. Only this package uses SQLAlchemy."""

from storage.conflicts import Conflict, DatabaseBusy, retry_on_conflict
from storage.database_errors import DatabaseUnavailable, DatabaseUnusable, NoDatabase
from storage.notifications.claim import Claim, Line, UpdateClaim
from storage.notifications.homes import HomeClaim
from storage.notifications.outbox_statements import DeliveryState
from storage.slack_removals import Removal
from storage.storage import Storage
from storage.transaction import Transaction

__all__ = [
    "Claim",
    "Conflict",
    "DatabaseBusy",
    "DatabaseUnavailable",
    "DatabaseUnusable",
    "DeliveryState",
    "HomeClaim",
    "Line",
    "NoDatabase",
    "Removal",
    "Storage",
    "Transaction",
    "UpdateClaim",
    "retry_on_conflict",
]
