"""One SQLite file with a row for each thing that is kept: its kind, its key, and what it says as JSON.

Each change is in the file before whoever made it is answered, so that a process that is killed loses nothing it has
spoken of. Against a loss of power the file stays sound, though its last moments may be missing.
"""

import json
import sqlite3
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any

APPLICATION_ID, FORMAT_VERSION = 0x53424F58, 1
"""What marks our files, and the edition of what is in them; another edition is not read."""

_UPSERT = "INSERT INTO kept VALUES (?, ?, ?) ON CONFLICT (kind, key) DO UPDATE SET says = excluded.says"

Row = tuple[str, str, Any]
"""Kind, key, and anything that JSON holds."""


class StateUnusableError(Exception):
    """The file cannot be used; the message is a sentence that says why."""


class StateFile:
    """The file at `path`, made if it is not there. Safe to use from several threads. Raises StateUnusableError."""

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
            raise StateUnusableError(f"{self.path} was written by another version, which kept things differently.")
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.execute("CREATE TABLE IF NOT EXISTS kept (kind TEXT, key TEXT, says TEXT, PRIMARY KEY (kind, key))")

    def rows(self, kind: str) -> list[Any]:
        """What was kept of that kind, in the order in which it was first put. Raises StateUnusableError."""
        try:
            with self._lock:
                found = self._db.execute("SELECT says FROM kept WHERE kind = ? ORDER BY rowid", (kind,)).fetchall()
            return [json.loads(says) for (says,) in found]
        except (sqlite3.Error, ValueError) as error:
            raise StateUnusableError(f"{self.path} cannot be read ({error}).") from None

    def save(self, rows: Iterable[Row]) -> None:
        """Keep these, all or none; what has the same kind and key gives way. After `close` nothing is kept any more."""
        said = [(kind, key, json.dumps(says, ensure_ascii=False)) for kind, key, says in rows]
        with self._lock:
            if not self._is_open:
                return
            with self._db:
                self._db.execute("BEGIN IMMEDIATE")
                self._db.executemany(_UPSERT, said)

    def delete(self, kind: str, key: str) -> None:
        """Forget one."""
        with self._lock:
            if self._is_open:
                self._db.execute("DELETE FROM kept WHERE kind = ? AND key = ?", (kind, key))

    def close(self) -> None:
        """Let go of the file. Harmless twice."""
        with self._lock:
            self._is_open = False
            self._db.close()
