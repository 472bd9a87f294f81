"""Lists that owners send as files in the direct message with the bot."""

from functools import partial

from handlers.context import DONE, AppContext, Reply, Request, Response
from handlers.owners import require_owner
from mentoring.core.errors import StaleRequest
from mentoring.core.outcome import Outcome
from mentoring.core.roles import ProgrammeRole
from mentoring.people.file_import import FileImport, ask_for_programme, assign_programme, decline_file
from messages.imports import changed_since
from services.file_imports import decide, run_requested_file_imports

MOST_FILES = 3
"""Files of one message that are read."""


def receive(app: AppContext, request: Request) -> Response:
    """Read the files of a message, if an owner sent them, and answer with previews. Nothing else of it is read.

    An owner of several programmes is asked first for which one each of them is.
    """
    with app.storage.begin(request.workspace) as tx:
        tx.people.request_profiles([request.person], request.now)
        owned = tx.roles.programmes_of(request.person, ProgrammeRole.OWNER)
        if not owned:
            tx.save(decline_file(request.event_id, request.person))
            return DONE
        for file_id in request.files[:MOST_FILES]:
            import_id = tx.file_imports.id_of(request.event_id, file_id)
            if tx.file_imports.get(import_id):
                continue
            if len(owned) > 1:
                tx.save(ask_for_programme(FileImport(import_id, "", request.person, file_id, request.now)))
            else:
                tx.save(Outcome((FileImport(import_id, owned[0], request.person, file_id, request.now),)))
    _read(app, request)
    return DONE


def choose_programme(app: AppContext, request: Request) -> Response:
    """An owner of several programmes says for which one a file is: it is read, and answered with a preview."""
    import_id, seen = _seen(request)
    with app.storage.begin(request.workspace) as tx:
        programme, _ = require_owner(tx, request)
        found = tx.file_imports.get(import_id)
        if found is None:
            raise StaleRequest(typed=False)
        tx.save(assign_programme(found, programme.id, by=request.person, seen_version=seen))
    _read(app, request)
    return DONE


def _read(app: AppContext, request: Request) -> None:
    """Read the files that wait, in the background."""
    reading = partial(
        run_requested_file_imports, app.storage, request.workspace, app.files, app.calendar, stopwatch=None
    )
    app.background.run(reading)


def import_list(app: AppContext, request: Request) -> Response:
    """Import the list, if nothing has changed since its preview; else show the new preview."""
    return _decide(app, request, imports=True)


def dismiss(app: AppContext, request: Request) -> Response:
    return _decide(app, request, imports=False)


def _decide(app: AppContext, request: Request, *, imports: bool) -> Response:
    import_id, seen = _seen(request)
    with app.storage.begin(request.workspace) as tx:
        is_decided = decide(tx, import_id, seen, by=request.person, imports=imports, now=request.now)
    return DONE if is_decided else Reply(changed_since())


def _seen(request: Request) -> tuple[str, int]:
    """The id of a file import, and the version of it that the person saw."""
    import_id, _, version = request.value.partition(":")
    return import_id, int(version) if version.isdecimal() else 0
