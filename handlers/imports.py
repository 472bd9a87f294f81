"""Lists that owners send as files in the direct message with the bot."""

from functools import partial

from handlers.context import DONE, AppContext, Reply, Request, Response
from mentoring.core.outcome import Outcome
from mentoring.core.roles import ProgrammeRole
from mentoring.people.file_import import FileImport, decline_file
from messages.imports import changed_since
from services.file_imports import decide, run_requested_file_imports

MOST_FILES = 3
"""Files of one message that are read."""


def receive(app: AppContext, request: Request) -> Response:
    """Read the files of a message, if an owner sent them, and answer with previews. Nothing else of it is read."""
    with app.storage.begin(request.workspace) as tx:
        tx.people.request_profiles([request.person], request.now)
        owned = tx.roles.programmes_of(request.person, ProgrammeRole.OWNER)
        if len(owned) != 1:
            tx.save(decline_file(request.event_id, request.person))
            return DONE
        for file_id in request.files[:MOST_FILES]:
            import_id = tx.file_imports.id_of(request.event_id, file_id)
            if tx.file_imports.get(import_id) is None:
                tx.save(Outcome((FileImport(import_id, owned[0], request.person, file_id, request.now),)))
    reading = partial(
        run_requested_file_imports, app.storage, request.workspace, app.files, app.calendar, stopwatch=None
    )
    app.background.run(reading)
    return DONE


def import_list(app: AppContext, request: Request) -> Response:
    """Import the list, if nothing has changed since its preview; else show the new preview."""
    return _decide(app, request, imports=True)


def dismiss(app: AppContext, request: Request) -> Response:
    return _decide(app, request, imports=False)


def _decide(app: AppContext, request: Request, *, imports: bool) -> Response:
    import_id, _, version = request.value.partition(":")
    seen = int(version) if version.isdecimal() else 0
    with app.storage.begin(request.workspace) as tx:
        is_decided = decide(tx, import_id, seen, by=request.person, imports=imports, now=request.now)
    return DONE if is_decided else Reply(changed_since())
