"""Lists that owners send to the bot as files: reading them, showing a preview, and importing them."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any, Protocol

from mentoring.applications.errors import CohortClosed
from mentoring.core.errors import NotForYou, StaleRequest
from mentoring.core.failures import WorkItem, WorkKind
from mentoring.core.outcome import Outcome
from mentoring.core.owners import is_owner
from mentoring.core.people import AccountStatus, Person
from mentoring.core.programmes import Programme
from mentoring.people.file_import import FileImport, FileImportState, show_preview
from mentoring.people.lists import NAMES_PEOPLE, ListColumn, ListKind, ListRow
from mentoring.people.staff_list import handle_of
from messages.errors import sentence_for
from messages.imports import counts, follows, preview, problems
from services.errors import Unreadable
from services.failures import run_isolated
from services.imports import ListCheck, PreparedList, check_list, save_list
from storage import Storage, Transaction, retry_on_conflict

log = logging.getLogger(__name__)

MOST_PROBLEMS = 20
"""Problems that one message lists."""


class FileReader(Protocol):
    """Reads a file that was sent to the bot in Slack, and finds the people in it. Waits for Slack."""

    def read(self, file_id: str) -> PreparedList:
        """Raises Unreadable if the file cannot be used. Whatever else it raises may pass by itself."""


def run_requested_file_imports(
    storage: Storage,
    workspace: str,
    reader: FileReader,
    calendar: Callable[[], datetime],
    *,
    stopwatch: datetime | None,
) -> None:
    """Read each file that waits, and show its preview; delete the contents of previews that nobody decided on.

    One that fails is tried again later by the stopwatch (aware; the calendar without one), until a day has passed.
    """
    with storage.read(workspace) as tx:
        undecided = tx.file_imports.undecided(stopwatch=stopwatch)
    stopwatch = stopwatch or calendar()
    for file_import in undecided:
        work = None
        if file_import.is_over(calendar()):
            work = partial(_expire, storage, workspace, file_import)
        elif file_import.state is FileImportState.ASKED:
            work = partial(_read, storage, workspace, file_import, reader, calendar)
        if work:
            item = WorkItem(WorkKind.FILE_IMPORT, file_import.id, file_import.person)
            run_isolated(storage, workspace, item, partial(retry_on_conflict, work), stopwatch=stopwatch)


def _expire(storage: Storage, workspace: str, file_import: FileImport) -> None:
    with storage.begin(workspace) as tx:
        tx.failures.clear(WorkItem(WorkKind.FILE_IMPORT, file_import.id, file_import.person))
        current = tx.file_imports.get(file_import.id)
        if current and current.version == file_import.version:
            if current.state is FileImportState.UNASSIGNED:  # the question says what became of it
                tx.save(Outcome((current.changed(FileImportState.EXPIRED, {}),)))
                return
            tx.save(show_preview(current, FileImportState.EXPIRED, {}))


def _read(
    storage: Storage,
    workspace: str,
    file_import: FileImport,
    reader: FileReader,
    calendar: Callable[[], datetime],
) -> None:
    """Read the file without a transaction, then save what it would change."""
    item = WorkItem(WorkKind.FILE_IMPORT, file_import.id, file_import.person)
    try:
        prepared: PreparedList | None = reader.read(file_import.file_id)
        sentences: tuple[str, ...] = ()
    except Unreadable as unreadable:
        prepared, sentences = None, (str(unreadable),)
    with storage.begin(workspace) as tx:
        tx.failures.clear(item)
        current = tx.file_imports.get(file_import.id)
        if current is None or current.state is not FileImportState.ASKED:
            return
        if not is_owner(current.person, tx.roles.owners(current.programme_id)):
            tx.save(Outcome((current.changed(FileImportState.DISMISSED, {}),)))
            return
        state, contents = _contents(tx, current, prepared, calendar()) if prepared else _refused(sentences)
        tx.save(show_preview(current, state, contents))


def _contents(
    tx: Transaction,
    file_import: FileImport,
    prepared: PreparedList,
    now: datetime,
    before: Mapping[str, Any] | None = None,
) -> tuple[FileImportState, dict[str, Any]]:
    """What to keep of a list until the owner decides. `before` are the contents of an older preview of it."""
    programme, cohort = tx.programme(file_import.programme_id)
    try:
        checked = check_list(tx, prepared, programme, cohort, now)
    except CohortClosed as closed:
        return _refused((sentence_for(closed, programme),))
    if checked.findings:
        return _refused(tuple(problems(checked.findings, MOST_PROBLEMS)))
    shown = _shown(checked, programme)
    older = {number: what for number, _, what, _ in (before or {}).get("lines", ())}
    return FileImportState.READY, {
        **_dumped(prepared),
        **shown,
        "changed": [number for number, _, what, _ in shown["lines"] if before and older.get(number) != what],
    }


def _shown(checked: ListCheck, programme: Programme) -> dict[str, Any]:
    """What the preview says."""
    lines = [[line.number, line.who, line.what, line.changes] for line in preview(checked, programme)]
    return {"lines": lines, "summary": " ".join(filter(None, (counts(checked), follows(checked, done=False))))}


def _refused(sentences: tuple[str, ...]) -> tuple[FileImportState, dict[str, Any]]:
    return FileImportState.REFUSED, {"problems": list(sentences)}


def decide(tx: Transaction, import_id: str, version: int, *, by: str, imports: bool, now: datetime) -> bool:
    """Import the list as the preview of this version shows it, or dismiss it. Returns False if something has changed
    since the preview: then nothing is imported, and the preview is shown again.

    Raises NotForYou, and StaleRequest if it is decided already, or the preview is an older one.
    """
    found = tx.file_imports.get(import_id)
    if found is None or found.person != by or not is_owner(by, tx.roles.owners(found.programme_id)):
        raise NotForYou
    if found.state is not FileImportState.READY or found.version != version:
        raise StaleRequest(typed=False)
    if not imports:
        tx.save(Outcome((found.changed(FileImportState.DISMISSED, {}),)))
        return True
    if not found.contents:
        raise StaleRequest(typed=False)
    prepared = _loaded(found.contents)
    state, contents = _contents(tx, found, prepared, now, found.contents)
    if state is not FileImportState.READY or contents["lines"] != list(found.contents["lines"]):
        tx.save(Outcome((found.changed(state, contents),)))
        return False
    programme, cohort = tx.programme(found.programme_id)
    checked = save_list(tx, prepared, programme, cohort, now)
    done = " ".join(filter(None, (counts(checked), follows(checked, done=True))))
    tx.save(Outcome((found.changed(FileImportState.DONE, {"summary": done}),)))
    return True


def _dumped(prepared: PreparedList) -> dict[str, Any]:
    """The list as JSON, in which people have their Slack user ids. Addresses are not kept."""
    ids = {handle: person.id for handle, person in prepared.people.items()}
    return {
        "kind": prepared.kind,
        "rows": [
            [row.number, {column: _named(cell, column, ids) for column, cell in row.cells.items()}]
            for row in prepared.rows
        ],
        "people": {
            person.id: [person.account_status, person.display_name, person.time_zone]
            for person in prepared.people.values()
        },
    }


def _named(cell: str, column: ListColumn, ids: Mapping[str, str]) -> str:
    return ids.get(handle_of(cell), cell) if column in NAMES_PEOPLE else cell


def _loaded(contents: Mapping[str, Any]) -> PreparedList:
    return PreparedList(
        ListKind(contents["kind"]),
        tuple(
            ListRow(number, {ListColumn(column): cell for column, cell in cells.items()})
            for number, cells in contents["rows"]
        ),
        {
            id: Person(id, AccountStatus(status), name, time_zone)
            for id, (status, name, time_zone) in contents["people"].items()
        },
    )
