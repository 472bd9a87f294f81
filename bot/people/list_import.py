"""`mentor-bot people import` of applications and running partnerships: all lines, or nothing."""

from pathlib import Path

import click
from rich.console import Console

from bot.clocks import real_now
from bot.database import migrate
from bot.people.list_file import ListFile, is_header, kind_of, read_list
from bot.people.lookup import NO_PROGRAMME_YET, find_people, require_programme
from bot.progress import progress_bar
from bot.settings import InvalidSettings, Settings, named_workspace
from bot.table_files import read_table
from mentoring.applications.errors import CohortClosed
from mentoring.core.programmes import Programme
from mentoring.people.lists import handles_in
from messages.errors import sentence_for
from messages.imports import counts, follows, preview, problems
from messages.text import join, plural
from services.imports import ListCheck, PreparedList, check_list, save_list
from storage import Storage, retry_on_conflict


def list_in(path: Path) -> ListFile | None:
    """The list of applications or partnerships in the file; None if it is another kind of file, such as a list of
    staff. Raises InvalidSettings if the list cannot be used.
    """
    rows = list(read_table(path, is_header))
    kind = kind_of(rows[0][1]) if rows else None
    return read_list(kind, rows) if kind else None


def import_list(
    settings: Settings, file: ListFile, workspace: str | None, wanted: str = "", *, dry_run: bool, console: Console
) -> bool:
    """Save what the list changes if all lines are right, and print it or the errors. Returns whether they were.

    Raises InvalidSettings if the list, the settings or the database cannot be used, SlackAuthFailed, SlackUnreachable,
    DatabaseUnusable.
    """
    storage = Storage(settings.database_url.get_secret_value(), create=False)
    try:
        migrate(storage, settings)
        workspace = named_workspace(storage, workspace, empty=NO_PROGRAMME_YET)
        programme, _ = require_programme(storage, workspace, wanted)
        with progress_bar(console) as bar:
            people = find_people(settings, workspace, handles_in(file.rows), bar)
        prepared = PreparedList(file.kind, file.rows, people, file.findings)
        checked = _run(storage, workspace, programme.id, prepared, dry_run=dry_run)
    except CohortClosed as closed:
        raise InvalidSettings(sentence_for(closed, programme)) from None
    finally:
        storage.close()
    return _report(file, checked, programme, dry_run=dry_run)


def _run(storage: Storage, workspace: str, programme_id: str, prepared: PreparedList, *, dry_run: bool) -> ListCheck:
    def run() -> ListCheck:
        with (storage.read if dry_run else storage.begin)(workspace) as tx:
            programme, cohort = tx.programme(programme_id)
            return (check_list if dry_run else save_list)(tx, prepared, programme, cohort, real_now())

    return retry_on_conflict(run)


def _report(file: ListFile, checked: ListCheck, programme: Programme, *, dry_run: bool) -> bool:
    """Print the errors, or what changes. Returns whether all lines were right."""
    for sentence in problems(checked.findings):
        click.echo(sentence)
    if checked.findings:
        wrong = plural(len({finding.number for finding in checked.findings}), "line", "lines")
        click.echo(f"Nothing was saved. Correct {wrong}, and import the file again.")
        return False
    if dry_run:
        for line in preview(checked, programme):
            click.echo(f"Line {line.number}, {line.who}: {line.what}")
    if file.unused:
        click.echo(f"Columns not used: {join([f'“{name}”' for name in file.unused])}.")
    said = " ".join(filter(None, (counts(checked), follows(checked, done=not dry_run))))
    click.echo(f"{said} This was a dry run: nothing was saved." if dry_run else said)
    return True
