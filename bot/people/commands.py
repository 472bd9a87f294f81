"""`mentor-bot people forget` and `people import`: arguments, confirmation and report."""

from collections import Counter
from pathlib import Path

import click
from rich.console import Console

from bot.clocks import real_now
from bot.csv_files import printable
from bot.database import migrate
from bot.people.list_import import import_list, list_in
from bot.people.lookup import NO_PROGRAMME_YET, find_people, require_programme
from bot.people.staff_file import StaffFile, read_file
from bot.people.staff_report import remarks, sentence
from bot.progress import progress_bar
from bot.settings import InvalidSettings, Settings, named_workspace
from bot.slack import web_client
from mentoring.core.people import user_id
from mentoring.people.staff_check import RecordChange, StaffListCheck
from mentoring.people.staff_list import handles
from messages.home import neutral_view
from messages.text import join, plural
from scheduler.delivery.slack_errors import EXPECTED
from services.people import StaffImport, erase_person
from storage import Storage

_EMPTY = "DATABASE_URL names a database that is empty, so there is no one to erase."


def forget_person(settings: Settings, user: str, workspace: str | None, *, sure: bool) -> None:
    """Erase `user` in `workspace`, or in the only workspace there is. Raises InvalidSettings."""
    person = user_id(user)
    if not person:
        raise InvalidSettings(
            "USER must be a Slack member id such as U012AB3CD. Copy it from their Slack profile, under ⋮."
        )
    storage = Storage(settings.database_url.get_secret_value(), create=False)
    try:
        migrate(storage, settings)
        workspace = named_workspace(storage, workspace, empty=_EMPTY)
        with storage.read(workspace) as tx:
            alone = [each.name for each, _ in tx.programmes.all() if tx.roles.owners(each.id) == (person,)]
        if person in settings.mentor_owners:
            raise InvalidSettings(
                f"{person} is an owner. Remove them from MENTOR_OWNERS, restart the bot, and try again."
            )
        if alone:
            names = join([f"“{printable(name)}”" for name in alone])
            raise InvalidSettings(f"{person} is the only owner of {names}. Name another owner in Slack, and try again.")
        if not sure:
            click.confirm(f"Erase {person} and everything they sent? This cannot be undone", abort=True)
        with storage.read(workspace) as tx:
            has_home = tx.homes.state_of(person) is not None
        erased = erase_person(storage, workspace, person, now=real_now())
        storage.purge_erased_bytes()
    finally:
        storage.close()
    click.echo(
        f"Erased {person}. Applications: {erased.applications}, drafts: {erased.drafts}, messages queued or sent: "
        f"{erased.notifications}, mentions by others: {erased.mentions}."
    )
    click.echo(
        "In Slack, the bot now deletes its messages and files to them, and takes their name out of its messages to "
        "others. That takes some minutes, while it runs. It cannot delete what people wrote or uploaded themselves."
    )
    if has_home and not _clear_home(settings, person):
        click.echo("Their Home tab in Slack could not be cleared. It changes when they open it.")


def _clear_home(settings: Settings, person: str) -> bool:
    """Replace what their Home tab shows. Whether that is done."""
    if not settings.bot_token:
        return False
    try:
        web_client(settings).views_publish(user_id=person, view=neutral_view())
    except EXPECTED:
        return False
    return True


def import_people(
    settings: Settings, path: Path, workspace: str | None, programme: str = "", *, dry_run: bool, console: Console
) -> bool:
    """Import a list of staff, applications or running partnerships. Returns whether all lines were correct.

    Of a list of staff, the correct lines are saved; of the others, all or none. Errors are printed. `programme` is a
    name or an id, needed if there are several.

    `console` shows the progress if it is a terminal. Raises InvalidSettings if the file, the settings or the database
    cannot be used, SlackAuthFailed, SlackUnreachable, DatabaseUnusable.
    """
    if found := list_in(path):
        return import_list(settings, found, workspace, programme, dry_run=dry_run, console=console)
    file = read_file(path)
    storage = Storage(settings.database_url.get_secret_value(), create=False)
    try:
        migrate(storage, settings)
        workspace = named_workspace(storage, workspace, empty=NO_PROGRAMME_YET)
        lists, _ = require_programme(storage, workspace, programme)
        with progress_bar(console) as bar:
            people = find_people(settings, workspace, handles(file.lines), bar)
            importing = StaffImport(storage, workspace, file.lines, lists, people, now=real_now, dry_run=dry_run)
            task = bar.add_task("Checking" if dry_run else "Saving", total=None, count="")
            checked = importing.run(
                lambda saved, of: bar.update(task, completed=saved, total=of, count=f"{saved:,}" if saved else "")
            )
    finally:
        storage.close()
    return _report(file, checked, Counter(importing.changes.values()), dry_run=dry_run)


def _report(file: StaffFile, checked: StaffListCheck, changes: Counter[RecordChange], *, dry_run: bool) -> bool:
    """Print the errors, the remarks and the counts. Returns whether all lines were correct."""
    findings = sorted((*file.findings, *checked.findings), key=lambda finding: finding.number)
    for finding in findings:
        click.echo(sentence(finding))
    for remark in remarks(checked, file.unused):
        click.echo(remark)
    wrong = len({finding.number for finding in findings})
    new, changed, same = (changes[kind] for kind in (RecordChange.NEW, RecordChange.CHANGED, RecordChange.NONE))
    counts = f"{new:,} new, {changed:,} changed, {same:,} unchanged."
    errors = plural(wrong, "line with an error", "lines with errors")
    if dry_run:
        click.echo(f"Result: {counts}{f' {errors}.' if wrong else ''} This was a dry run: nothing was saved.")
    else:
        click.echo(f"{counts}{f' {errors}, not saved.' if wrong else ''}")
    return not wrong
