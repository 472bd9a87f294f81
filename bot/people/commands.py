"""`mentor-bot people forget` and `people import`: arguments, confirmation and report."""

from collections import Counter
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from bot.clocks import real_now
from bot.manifest import READ_ADDRESSES
from bot.people.slack_directory import SlackDirectory
from bot.people.staff_file import StaffFile, read_file
from bot.people.staff_report import closing_words, sentence
from bot.progress import progress_bar
from bot.settings import NO_PROGRAMME, InvalidSettings, Settings, named_workspace
from bot.slack import SlackAuthFailed, fetch_identity, web_client
from mentoring.core.people import Person, user_id
from mentoring.core.programmes import Programme
from mentoring.people.staff_check import RecordChange, StaffListCheck
from mentoring.people.staff_list import handles, is_address
from messages.text import plural
from services.people import StaffImport, erase_person
from storage import Storage

_EMPTY = "The database is empty, so there is nobody to erase. Is DATABASE_URL right?"


def forget_person(settings: Settings, user: str, workspace: str | None, *, sure: bool) -> None:
    """Erase `user` in `workspace`, or in the only workspace there is. Raises InvalidSettings with what to mend."""
    person = user_id(user)
    if not person:
        raise InvalidSettings("USER must be a Slack user id such as U012AB3CD: it is in their Slack profile, under ⋮.")
    storage = Storage(settings.database_url.get_secret_value(), create=False)
    try:
        storage.migrate()
        place = named_workspace(storage, workspace, empty=_EMPTY)
        with storage.read(place) as tx:
            owners = {*settings.mentor_owners, *tx.owners.all()}
        if person in owners:
            sentence = "{} is an owner. Take them out of MENTOR_OWNERS and restart the bot, then try again."
            raise InvalidSettings(sentence.format(person))
        if not sure:
            click.confirm(f"Erase {person} and all that they sent? This cannot be undone", abort=True)
        gone = erase_person(storage, place, person, now=real_now())
        storage.purge_erased_bytes()
    finally:
        storage.close()
    click.echo(
        f"Erased {person}. Applications: {gone.applications}; drafts: {gone.drafts}; messages owed or sent: "
        f"{gone.notifications}; mentions by others: {gone.mentions}. Messages that are already in Slack stay there."
    )


SECONDS = 30
"""How long a page of Slack's may take."""

_NO_PROGRAMME_YET = "The database is empty, so there is no programme yet. Is DATABASE_URL right?"
_NO_SCOPE = (
    f"SLACK_BOT_TOKEN lacks {READ_ADDRESSES}, by which people are found by their e-mail addresses. Put the manifest "
    "(`mentor-bot manifest`) into the app’s settings and install it again, or name people by their Slack ids."
)


def import_people(settings: Settings, path: Path, workspace: str | None, *, dry_run: bool, console: Console) -> bool:
    """Keep what the right lines of the file say; of the others say what is wrong. Whether all of them were right.

    `console` shows how far it is, if somebody watches. Raises InvalidSettings where the file, the settings or what
    is in the database cannot be used, SlackAuthFailed, SlackUnreachable, DatabaseUnusable.
    """
    file = read_file(path)
    storage = Storage(settings.database_url.get_secret_value(), create=False)
    try:
        storage.migrate()
        place = named_workspace(storage, workspace, empty=_NO_PROGRAMME_YET)
        programme = _programme(storage, place)
        with progress_bar(console) as bar:
            people = _people(settings, place, file, bar)
            importing = StaffImport(storage, place, file.lines, programme, people, now=real_now, dry_run=dry_run)
            task = bar.add_task("Looking" if dry_run else "Keeping", total=None, count="")
            checked = importing.run(
                lambda saved, of: bar.update(task, completed=saved, total=of, count=f"{saved:,}" if saved else "")
            )
    finally:
        storage.close()
    return _report(file, checked, Counter(importing.changes.values()), dry_run=dry_run)


def _programme(storage: Storage, workspace: str) -> Programme:
    with storage.read(workspace) as tx:
        programme = tx.programmes.current()
    if programme is None:
        raise InvalidSettings(NO_PROGRAMME)
    return programme


def _people(settings: Settings, workspace: str, file: StaffFile, bar: Progress) -> dict[str, Person]:
    """Whom Slack knows of those whom the file names, by handle."""
    client = web_client(settings, seconds=SECONDS)
    identity = fetch_identity(client)
    if identity.workspace != workspace:
        raise InvalidSettings(f"SLACK_BOT_TOKEN is of the workspace {identity.workspace}, and not of {workspace}.")
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
    """Say what became of it. Whether all lines were right."""
    findings = sorted((*file.findings, *checked.findings), key=lambda finding: finding.number)
    for finding in findings:
        click.echo(sentence(finding))
    for words in closing_words(checked, file.unused):
        click.echo(words)
    wrong = len({finding.number for finding in findings})
    new, changed, same = (changes[kind] for kind in (RecordChange.NEW, RecordChange.CHANGED, RecordChange.NONE))
    counted = f"{new:,} new, {changed:,} changed, {same:,} as before"
    of_the_wrong = f"; {plural(wrong, 'line is', 'lines are')} wrong" if wrong else ""
    if dry_run:
        click.echo(f"It would be {counted}{of_the_wrong}. This was a dry run: nothing has been changed.")
    else:
        click.echo(f"{counted}{of_the_wrong}{', and changed nothing' if wrong else ''}.")
    return not wrong
