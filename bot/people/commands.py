"""`mentor-bot people forget`: erasing a person."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta, timezone
from functools import partial
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from bot.clocks import real_now
from bot.manifest import READ_ADDRESSES
from bot.people.slack_directory import SlackDirectory
from bot.people.staff_file import StaffFile, read_file
from bot.people.staff_report import closing_words, sentence
from bot.progress import _bar
from bot.settings import NO_PROGRAMME, InvalidSettings, Settings, named_workspace
from bot.slack import SlackAuthFailed, fetch_identity, web_client
from mentoring.core.outcome import Outcome
from mentoring.core.people import Person, user_id
from mentoring.core.programmes import Programme
from mentoring.matching.match import MatchState
from mentoring.matching.offers import close_offer
from mentoring.partnerships.partnership import end
from mentoring.people.staff_check import RecordChange, StaffListCheck, StaffUpdate, check_staff, record_staff
from mentoring.people.staff_list import handles, is_address
from messages.text import plural
from storage import Storage, Transaction, retry_on_conflict
from storage.erasure import ErasureCounts

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
        gone = retry_on_conflict(lambda: _forget(storage, place, person))
        storage.purge_erased_bytes()
    finally:
        storage.close()
    click.echo(
        f"Erased {person}. Applications: {gone.applications}; drafts: {gone.drafts}; messages owed or sent: "
        f"{gone.notices}; mentions by others: {gone.mentions}. Messages that are already in Slack stay there."
    )


def _forget(storage: Storage, workspace: str, person: str) -> ErasureCounts:
    with storage.begin(workspace) as tx:
        _bring_to_an_end(tx, person)
        return tx.erasure.forget(person, real_now())


def _bring_to_an_end(tx: Transaction, person: str) -> None:
    """Offers and partnerships that are open end by the rules, so that the other is told; proposals leave the desk."""
    ground = tx.programme_and_cohort()
    for partnership in tx.partnerships.of(person):
        if partnership.is_active:
            tx.save(end(partnership, by=person, owners=(), now=real_now()))
    for match in tx.matches.of(person, ground[1].id) if ground else ():
        if match.state is MatchState.OFFERED:
            tx.save(close_offer(match, MatchState.LAPSED, owners=tx.owners.all(), declined_by=person))
        elif match.state is MatchState.PROPOSED:
            tx.save(Outcome((match.changed(state=MatchState.OVERTAKEN),)))


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

    `console` shows how far it is, if somebody watches. Raises InvalidSettings where the file, the settings or what
    is in the database cannot be used, SlackAuthFailed, SlackUnreachable, DatabaseUnusable.
    """
    file = read_file(path)
    storage = Storage(settings.database_url.get_secret_value(), create=False)
    try:
        storage.migrate()
        place = named_workspace(storage, workspace, empty=_NO_PROGRAMME_YET)
        programme = _programme(storage, place)
        with _bar(console) as bar:
            people = _people(settings, place, file, bar)
            importing = _StaffImport(storage, place, file, programme, people, dry_run=dry_run)
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


@dataclass
class _StaffImport:
    storage: Storage
    workspace: str
    file: StaffFile
    programme: Programme
    people: dict[str, Person]
    dry_run: bool
    changes: dict[str, RecordChange] = field(default_factory=dict)
    """By Slack user id."""

    def done(self, bar: Progress) -> StaffListCheck:
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
            return tx.erasure.erased_among(named | {person.id for person in self.people.values()})

    def _keep(self, entries: Sequence[StaffUpdate], bar: Progress) -> bool:
        """False where somebody was erased since the lines were looked at."""
        task = bar.add_task("Looking" if self.dry_run else "Keeping", total=len(entries), count="")
        for start in range(0, len(entries), AT_ONCE):
            some = entries[start : start + AT_ONCE]
            changes = retry_on_conflict(partial(self._keep_some, some))
            if changes is None:
                bar.remove_task(task)
                return False
            self.changes = changes | self.changes  # what was kept before beginning anew stays what it was then
            bar.update(task, completed=start + len(some), count=f"{start + len(some):,}")
        return True

    def _keep_some(self, entries: Sequence[StaffUpdate]) -> dict[str, RecordChange] | None:
        transaction = self.storage.read if self.dry_run else self.storage.begin
        with transaction(self.workspace) as tx:
            if tx.erasure.erased_among(frozenset().union(*(entry.people for entry in entries))):
                return None
            outcome, changes = record_staff(entries, tx.staff.of(entry.person for entry in entries))
            if not self.dry_run:
                tx.save(outcome)
        return changes


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
