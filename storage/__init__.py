"""The database: tables, queries, transactions, migrations and the outbox. The only package that knows SQLAlchemy."""

from storage.conflicts import Conflict, retry_on_conflict
from storage.engine import DatabaseUnusable
from storage.notifications.outbox import Claim
from storage.notifications.outbox_statements import DeliveryState
from storage.scenes import load_notification_context, report
from storage.storage import Storage
from storage.transaction import Transaction

__all__ = [
    "Claim",
    "Conflict",
    "DatabaseUnusable",
    "DeliveryState",
    "Storage",
    "Transaction",
    "load_notification_context",
    "report",
    "retry_on_conflict",
]
