"""`mentor-bot people import`: the organisation's own list of its people."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta, timezone
from functools import partial
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from bot.clocks import real_now
from bot.directory import Directory
from bot.manifest import READ_ADDRESSES
from bot.settings import Settings, SettingsWrong
from bot.slack import SlackRefuses, web_client, who_are_we
from bot.staff_file import StaffFile, read_file
from bot.staff_words import closing_words, sentence
from bot.workspace import NO_PROGRAMME, named_workspace
from mentoring.core.people import Person
from mentoring.core.programmes import Programme
from mentoring.people.staff_check import Change, Checked, Entry, check_staff, record_staff
from mentoring.people.staff_list import handles, is_address
from messages.text import plural
from storage import Storage, decided_anew

AT_ONCE = 500
"""Lines that one transaction keeps, while the bot waits a moment."""
SECONDS = 30
"""How long a page of Slack's may take."""

_NO_PROGRAMME_YET = "The database is empty, so there is no programme yet. Is DATABASE_URL right?"
_NO_SCOPE = (
    f"SLACK_BOT_TOKEN lacks {READ_ADDRESSES}, by which people are found by their e-mail addresses. Put the manifest "
    "(`mentor-bot manifest`) into the app’s settings and install it again, or name people by their Slack ids."
)
_EASTERNMOST = timezone(timedelta(hours=14))


def import_people(settings: Settings, path: Path, workspace: str | None, *, dry_run: bool, console: Console) -> bool:
    """Keep what the right lines of the file say; of the others say what is wrong. Whether all of them were right.

    `console` shows how far it is, if somebody watches. Raises SettingsWrong where the file, the settings or what
    is in the database cannot be used, SlackRefuses, SlackUnreachable, DatabaseUnusable.
    """
    file = read_file(path)
    storage = Storage(settings.database_url.get_secret_value(), create=False)
    try:
        storage.migrate()
        place = named_workspace(storage, workspace, empty=_NO_PROGRAMME_YET)
        programme = _programme(storage, place)
        with _bar(console) as bar:
            people = _people(settings, place, file, bar)
            importing = _Importing(storage, place, file, programme, people, dry_run=dry_run)
            checked = importing.done(bar)
    finally:
        storage.close()
    return _report(file, checked, Counter(importing.changes.values()), dry_run=dry_run)


def _today() -> date:
    """The last day that has begun anywhere: whoever starts today is taken, wherever they are."""
    return real_now().astimezone(_EASTERNMOST).date()


def _programme(storage: Storage, workspace: str) -> Programme:
    with storage.read(workspace) as tx:
        programme = tx.programmes.current()
    if programme is None:
        raise SettingsWrong(NO_PROGRAMME)
    return programme


def _people(settings: Settings, workspace: str, file: StaffFile, bar: Progress) -> dict[str, Person]:
    """Whom Slack knows of those whom the file names, by handle."""
    client = web_client(settings, seconds=SECONDS)
    identity = who_are_we(client)
    if identity.workspace != workspace:
        raise SettingsWrong(f"SLACK_BOT_TOKEN is of the workspace {identity.workspace}, and not of {workspace}.")
    wanted = handles(file.lines)
    if READ_ADDRESSES not in identity.scopes and any(map(is_address, wanted)):
        raise SlackRefuses(_NO_SCOPE)
    task = bar.add_task("Asking Slack", total=None, count="")
    found = Directory(client, workspace).find(
        wanted, lambda read, of: bar.update(task, completed=read, total=of, count=f"{read:,}")
    )
    bar.remove_task(task)
    return found


@dataclass
class _Importing:
    storage: Storage
    workspace: str
    file: StaffFile
    programme: Programme
    people: dict[str, Person]
    dry_run: bool
    changes: dict[str, Change] = field(default_factory=dict)
    """By Slack user id."""

    def done(self, bar: Progress) -> Checked:
        """Keep, and begin anew where somebody was erased meanwhile: nothing of theirs is kept then."""
        while True:
            erased = self._erased()
            checked = check_staff(
                self.file.lines, people=self.people, erased=erased, programme=self.programme, today=_today()
            )
            if self._keep(checked.entries, bar):
                return checked

    def _erased(self) -> frozenset[str]:
        named = {handle for handle in handles(self.file.lines) if not is_address(handle)}
        with self.storage.read(self.workspace) as tx:
            return tx.erasure.forgotten(named | {person.id for person in self.people.values()})

    def _keep(self, entries: Sequence[Entry], bar: Progress) -> bool:
        """False where somebody was erased since the lines were looked at."""
        task = bar.add_task("Looking" if self.dry_run else "Keeping", total=len(entries), count="")
        for start in range(0, len(entries), AT_ONCE):
            some = entries[start : start + AT_ONCE]
            changes = decided_anew(partial(self._keep_some, some))
            if changes is None:
                bar.remove_task(task)
                return False
            self.changes = changes | self.changes  # what was kept before beginning anew stays what it was then
            bar.update(task, completed=start + len(some), count=f"{start + len(some):,}")
        return True

    def _keep_some(self, entries: Sequence[Entry]) -> dict[str, Change] | None:
        transaction = self.storage.read if self.dry_run else self.storage.begin
        with transaction(self.workspace) as tx:
            if tx.erasure.forgotten(frozenset().union(*(entry.people for entry in entries))):
                return None
            outcome, changes = record_staff(entries, tx.staff.of(entry.person for entry in entries))
            if not self.dry_run:
                tx.keep(outcome)
        return changes


@contextmanager
def _bar(console: Console) -> Iterator[Progress]:
    """A bar that shows while somebody watches, and leaves nothing behind."""
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[count]}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        yield bar


def _report(file: StaffFile, checked: Checked, changes: Counter[Change], *, dry_run: bool) -> bool:
    """Say what became of it. Whether all lines were right."""
    findings = sorted((*file.findings, *checked.findings), key=lambda finding: finding.number)
    for finding in findings:
        click.echo(sentence(finding))
    for words in closing_words(checked, file.unused):
        click.echo(words)
    wrong = len({finding.number for finding in findings})
    counted = f"{changes[Change.NEW]:,} new, {changes[Change.CHANGED]:,} changed, {changes[Change.NONE]:,} as before"
    of_the_wrong = f"; {plural(wrong, 'line is', 'lines are')} wrong" if wrong else ""
    if dry_run:
        click.echo(f"It would be {counted}{of_the_wrong}. This was a dry run: nothing has been changed.")
    else:
        click.echo(f"{counted}{of_the_wrong}{', and changed nothing' if wrong else ''}.")
    return not wrong
