"""`mentor-bot people forget` and `people import`: arguments, confirmation and report."""

from collections import Counter
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from bot.clocks import real_now
from bot.csv_files import printable
from bot.database import migrate
from bot.manifest import READ_ADDRESSES
from bot.people.slack_directory import SlackDirectory
from bot.people.staff_file import StaffFile, read_file
from bot.people.staff_report import remarks, sentence
from bot.programme_option import find_programme
from bot.progress import progress_bar
from bot.settings import InvalidSettings, Settings, named_workspace, no_programme
from bot.slack import SlackAuthFailed, fetch_identity, web_client
from mentoring.core.errors import NoProgramme
from mentoring.core.people import Person, user_id
from mentoring.core.programmes import Programme
from mentoring.people.staff_check import RecordChange, StaffListCheck
from mentoring.people.staff_list import handles, is_address
from messages.text import join, plural
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
        erased = erase_person(storage, workspace, person, now=real_now())
        storage.purge_erased_bytes()
    finally:
        storage.close()
    click.echo(
        f"Erased {person}. Applications: {erased.applications}, drafts: {erased.drafts}, messages queued or sent: "
        f"{erased.notifications}, mentions by others: {erased.mentions}. Messages that are already in Slack stay there."
    )


PAGE_SECONDS = 30
"""Timeout for a page of Slack's list of people."""

_NO_PROGRAMME_YET = "DATABASE_URL names a database that is empty, so there is no programme yet."
_NO_SCOPE = (
    f"SLACK_BOT_TOKEN lacks the scope {READ_ADDRESSES}, needed to find people by e-mail address. Put the manifest "
    "(`mentor-bot manifest`) into the app’s settings and reinstall the app, or use Slack ids in the file."
)


def import_people(
    settings: Settings, path: Path, workspace: str | None, programme: str = "", *, dry_run: bool, console: Console
) -> bool:
    """Save the correct lines of the file, and print the errors of the others. Returns whether all lines were correct.

    `console` shows the progress if it is a terminal. Raises InvalidSettings if the file, the settings or the database
    cannot be used, SlackAuthFailed, SlackUnreachable, DatabaseUnusable.
    """
    file = read_file(path)
    storage = Storage(settings.database_url.get_secret_value(), create=False)
    try:
        migrate(storage, settings)
        workspace = named_workspace(storage, workspace, empty=_NO_PROGRAMME_YET)
        lists = _programme(storage, workspace, programme)
        with progress_bar(console) as bar:
            people = _people(settings, workspace, file, bar)
            importing = StaffImport(storage, workspace, file.lines, lists, people, now=real_now, dry_run=dry_run)
            task = bar.add_task("Checking" if dry_run else "Saving", total=None, count="")
            checked = importing.run(
                lambda saved, of: bar.update(task, completed=saved, total=of, count=f"{saved:,}" if saved else "")
            )
    finally:
        storage.close()
    return _report(file, checked, Counter(importing.changes.values()), dry_run=dry_run)


def _programme(storage: Storage, workspace: str, wanted: str) -> Programme:
    """The programme whose lists of departments and grades the file has to follow."""
    with storage.read(workspace) as tx:
        try:
            return tx.programme(find_programme(tx, wanted))[0]
        except NoProgramme:
            raise InvalidSettings(no_programme(storage)) from None


def _people(settings: Settings, workspace: str, file: StaffFile, bar: Progress) -> dict[str, Person]:
    """The people that the file names and Slack knows, by handle."""
    client = web_client(settings, seconds=PAGE_SECONDS)
    identity = fetch_identity(client)
    if identity.workspace != workspace:
        raise InvalidSettings(f"SLACK_BOT_TOKEN is for the workspace {identity.workspace}, not for {workspace}.")
    wanted = handles(file.lines)
    if READ_ADDRESSES not in identity.scopes and any(map(is_address, wanted)):
        raise SlackAuthFailed(_NO_SCOPE)
    task = bar.add_task("Asking Slack", total=None, count="")
    found = SlackDirectory(client, workspace).find(
        wanted, lambda read, of: bar.update(task, completed=read, total=of, count=f"{read:,}")
    )
    bar.remove_task(task)
    return found


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
