"""The fixtures of the storage tests: what is tested here runs on SQLite and on PostgreSQL, too."""

from tests.storage.conftest import address, empty_address, opened, postgres, storage, tx

__all__ = ["address", "empty_address", "opened", "postgres", "storage", "tx"]
