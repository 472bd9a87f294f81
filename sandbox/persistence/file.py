"""An SQLite file with one row per saved object: kind, key and JSON.

A change is written before the caller gets its response, so a killed process loses no acknowledged change. After a power
failure the file is consistent, but the last changes may be missing.
"""

import json
import sqlite3
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any

APPLICATION_ID, FORMAT_VERSION = 0x53424F58, 1
"""Identify our files and the version of their format. Files of another version are not read."""

_UPSERT = "INSERT INTO kept VALUES (?, ?, ?) ON CONFLICT (kind, key) DO UPDATE SET says = excluded.says"

Row = tuple[str, str, Any]
"""Kind, key, and a JSON value."""


class StateUnusableError(Exception):
    """The file cannot be used. The message is a sentence that says why."""


class StateFile:
    """The file at `path`, created if missing. Thread-safe. Raises StateUnusableError."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._is_open = True
        try:
            self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        except sqlite3.Error as error:
            raise StateUnusableError(f"{path} cannot be opened ({error}).") from None
        try:
            self._prepare()
        except sqlite3.Error as error:
            self._db.close()
            raise StateUnusableError(f"{path} cannot be read ({error}).") from None
        except StateUnusableError:
            self._db.close()
            raise

    def _prepare(self) -> None:
        is_new = not self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if is_new:
            self._db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            self._db.execute(f"PRAGMA user_version = {FORMAT_VERSION}")
        marks = [self._db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
        if marks[0] != APPLICATION_ID:
            raise StateUnusableError(f"{self.path} does not hold a local workspace.")
        if marks[1] != FORMAT_VERSION:
            raise StateUnusableError(f"{self.path} is in the format of another version.")
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.execute("CREATE TABLE IF NOT EXISTS kept (kind TEXT, key TEXT, says TEXT, PRIMARY KEY (kind, key))")

    def rows(self, kind: str) -> list[Any]:
        """The saved values of a kind, in the order of their first save. Raises StateUnusableError."""
        try:
            with self._lock:
                found = self._db.execute("SELECT says FROM kept WHERE kind = ? ORDER BY rowid", (kind,)).fetchall()
            return [json.loads(data) for (data,) in found]
        except (sqlite3.Error, ValueError) as error:
            raise StateUnusableError(f"{self.path} cannot be read ({error}).") from None

    def save(self, rows: Iterable[Row]) -> None:
        """Insert or replace these rows in one transaction. Does nothing after `close`."""
        records = [(kind, key, json.dumps(data, ensure_ascii=False)) for kind, key, data in rows]
        with self._lock:
            if not self._is_open:
                return
            with self._db:
                self._db.execute("BEGIN IMMEDIATE")
                self._db.executemany(_UPSERT, records)

    def delete(self, kind: str, key: str) -> None:
        """Delete one row."""
        with self._lock:
            if self._is_open:
                self._db.execute("DELETE FROM kept WHERE kind = ? AND key = ?", (kind, key))

    def close(self) -> None:
        """Close the file. Can be called twice."""
        with self._lock:
            self._is_open = False
            self._db.close()
