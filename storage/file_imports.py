"""Lists that owners have sent as files."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from mentoring.core.failures import WorkKind
from mentoring.people.file_import import UNDECIDED, FileImport, FileImportState
from storage.failures import is_held
from storage.repository import WORKSPACE_PARAM, Repository
from storage.tables import FileImportRow
from storage.workspaces import Digests


class FileImports(Repository):
    def get(self, import_id: str) -> FileImport | None:
        row = self._get(FileImportRow, import_id)
        return _file_import(row) if row else None

    def id_of(self, event_id: str, file_id: str) -> str:
        """The id of the import of a file in an event, so that an event that arrives twice is read once."""
        return Digests(self._context).derive("file-import", event_id, file_id)[:16]

    def undecided(self, *, stopwatch: datetime | None = None) -> list[FileImport]:
        """Those that wait to be read or decided on, or whose problems are shown, oldest first.

        Leaves out those that failed and wait for their next try at `stopwatch` (aware).
        """
        return [_file_import(row) for row in self._select(FileImportRow, _UNDECIDED, stopwatch=stopwatch)]

    def save(self, file_import: FileImport) -> bool:
        """Save it. Returns False if the stored version is not the previous one."""
        return self._save_version(
            FileImportRow,
            file_import.id,
            file_import.version,
            programme_id=file_import.programme_id or None,
            person=file_import.person,
            file_id=file_import.file_id,
            asked_at=file_import.asked_at,
            state=file_import.state,
            contents=dict(file_import.contents),
        )


_UNDECIDED = (
    select(FileImportRow)
    .where(
        FileImportRow.workspace == WORKSPACE_PARAM,
        FileImportRow.state.in_(UNDECIDED),
        ~is_held(WorkKind.FILE_IMPORT, FileImportRow.id),
    )
    .order_by(FileImportRow.asked_at, FileImportRow.id)
)


def _file_import(row: Any) -> FileImport:
    return FileImport(
        row.id,
        row.programme_id or "",
        row.person,
        row.file_id,
        row.asked_at,
        FileImportState(row.state),
        row.contents,
        row.version,
    )
