"""`mentor-bot programme export`, `import` and `copy`: what they do, ask and print."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from bot.clocks import real_now
from bot.programmes.changes import changes
from bot.programmes.file_access import is_there, read_file, refuse, write_file
from bot.programmes.file_nodes import FileProblem
from bot.programmes.file_reader import ProgrammeText, check_programme
from bot.programmes.file_settings import SETTINGS
from bot.programmes.file_writer import update_text, write_programme
from bot.programmes.storage_access import ProgrammeStore, open_programmes
from bot.settings import InvalidSettings, Settings
from mentoring.core.clean_text import clean_line
from mentoring.core.errors import ChangedMeanwhile, InvalidForm
from mentoring.core.working_hours import next_working_day
from mentoring.programmes.cohorts import first_cohort
from mentoring.programmes.whole_settings import ProgrammeSettings, move_dates, normalise, usual_settings
from messages.errors import plain_sentence
from messages.programmes.cohorts import days
from messages.text import plural
from services.programme_files import StoredProgramme, save_programme

_CHANGED = "An owner saved a change meanwhile, so nothing was saved. Run the command again and look at the difference."
_SAVED = "Saved. The owners read of it in Slack, at the latest with their weekly status."


def export_programme(
    settings: Settings, path: Path | None, *, name: str, workspace: str | None, overwrite: bool
) -> None:
    """Write the programme to a file, or to standard output. Raises InvalidSettings."""
    if path and is_there(path) and not overwrite:
        raise InvalidSettings(f"{path} already exists. Choose another name, or add --overwrite.")
    with open_programmes(settings, workspace) as store:
        stored = store.require(clean_line(name))
    text = text_of(stored)
    write_file(text, path)
    if path:
        click.echo(f"Wrote “{stored.settings.programme.name}” to {path}.")


def text_of(stored: StoredProgramme) -> str:
    """A programme as a file: the one that it was imported from, with what has changed since."""
    if stored.text:
        return update_text(stored.text, stored.settings, real_now().date())
    return write_programme(stored.settings)


def import_programme(
    settings: Settings, file: str, *, name: str, workspace: str | None, sure: bool, dry_run: bool = False
) -> None:
    """Show what the file would change, ask, and save it: in the programme that bears its name, or in a new one.

    `sure` does not ask, and `dry_run` saves nothing. `name` chooses another programme, which gets the file's name.
    Raises InvalidSettings, with every wrong place.
    """
    text, read = read_file(file)
    with _refusals_as_sentences(), open_programmes(settings, workspace, starts=True) as store:
        stored = _compared_with(store, read, clean_line(name))
        today = real_now().date()
        before = stored.settings if stored else usual_settings(_owners(store), today)
        after = read.over(before, today)
        if not stored and not any(setting.section == "round" and setting.key in read.values for setting in SETTINGS):
            after = replace(after, cohort=first_cohort(after.programme, "", today))
        problems = check_programme(read, before, after, today)
        refuse(file, problems or _contact_problem(store, read, before, after))
        _show_and_save(store, stored, after, text, sure=sure, dry_run=dry_run)


def copy_programme(
    settings: Settings,
    *,
    name: str,
    new_name: str,
    months: int,
    opens_on: date | None,
    workspace: str | None,
    sure: bool,
) -> None:
    """Open the next round of a programme with its dates moved, or (with `new_name`) start a sister programme.

    The round moves by `months`, or so that it opens on `opens_on`. Raises InvalidSettings.
    """
    with _refusals_as_sentences(), open_programmes(settings, workspace) as store:
        stored = store.require(clean_line(name))
        programme, cohort = stored.settings.programme, stored.settings.cohort
        if new_name and (found := store.named(new_name)):
            raise InvalidSettings(f"There is a programme “{found.settings.programme.name}” already.")
        if not new_name and not cohort.closed_on:
            raise InvalidSettings(
                f"The round of “{programme.name}” ({days(cohort.opens_on, cohort.ends_on)}) is still open, and the "
                "next one opens after it. Once it has started, an owner can close it in Slack: /mentor status, “Close "
                "the round”."
            )
        moved = move_dates(cohort, programme, months)
        if opens_on:
            by = opens_on - cohort.opens_on
            moved = replace(
                cohort,
                opens_on=opens_on,
                apply_by=next_working_day(cohort.apply_by + by, programme),
                starts_on=next_working_day(cohort.starts_on + by, programme),
                ends_on=cohort.ends_on + by,
                closed_on=None,
            )
        if new_name:
            after = ProgrammeSettings(replace(programme, name=clean_line(new_name)), moved)
            text = update_text(text_of(stored), after, real_now().date())
            _show_and_save(store, None, after, text, sure=sure)
        else:
            after = replace(stored.settings, cohort=replace(moved, closed_on=cohort.closed_on))
            _show_and_save(store, stored, after, None, sure=sure)


def _compared_with(store: ProgrammeStore, read: ProgrammeText, name: str) -> StoredProgramme | None:
    """The programme that the file is about; None if it starts a new one. Raises InvalidSettings."""
    if name or (not read.name and store.programmes):
        return store.require(name)
    found = store.named(read.name)
    if found is None and not read.name:
        raise InvalidSettings("The file has no name, so no programme can start with it. Add a line “name: …”.")
    return found


def _owners(store: ProgrammeStore) -> tuple[str, ...]:
    if not store.owners:
        raise InvalidSettings(
            "MENTOR_OWNERS is not set, and a new programme needs owners. Set it to their Slack member ids."
        )
    return store.owners


def _contact_problem(
    store: ProgrammeStore, read: ProgrammeText, before: ProgrammeSettings, after: ProgrammeSettings
) -> list[FileProblem]:
    """Whether Slack knows the new contact, if the settings have a token to ask with."""
    contact = after.programme.contact
    if not contact or contact == before.programme.contact or not store.settings.bot_token:
        return []
    person = store.ask_about(contact)
    if person is None:
        return [read.problem("contact", "Slack knows no one with this id. Copy it again from their profile.")]
    if person.is_absent:
        return [read.problem("contact", "This person’s Slack account is deactivated. Choose another person.")]
    return []


def _show_and_save(
    store: ProgrammeStore,
    stored: StoredProgramme | None,
    after: ProgrammeSettings,
    text: str | None,
    *,
    sure: bool,
    dry_run: bool = False,
) -> None:
    """Print the difference, ask unless `sure`, and save."""
    today = real_now().date()
    before = normalise(stored.settings, today) if stored else None
    if before and stored and before == after:
        if text is not None and text != stored.text and not dry_run:
            save_programme(store.ready(), store.workspace, stored.settings, after, text, now=real_now())
        click.echo(f"“{after.programme.name}”: the file changes no setting.")
        return
    for line in _description(store, before, after):
        click.echo(line)
    if dry_run:
        click.echo("This was a dry run: nothing was saved.")
        return
    if not sure:
        click.confirm("Save this?" if before else "Start this programme?", abort=True)
    save_programme(
        store.ready(),
        store.workspace,
        stored.settings if stored else None,
        after,
        text,
        owners=store.owners,
        now=real_now(),
    )
    click.echo(_SAVED if before else "Started. The owners are welcomed in Slack.")


def _description(store: ProgrammeStore, before: ProgrammeSettings | None, after: ProgrammeSettings) -> Iterator[str]:
    name, cohort = after.programme.name, after.cohort
    compared = before or usual_settings(store.owners, real_now().date())
    lines = list(changes(compared, after))
    if before is None:
        yield f"A new programme, “{name}”, in the workspace {store.workspace}. {store.where()}"
        yield f"Owners: {', '.join(store.owners)}."
        applications, lasts = days(cohort.opens_on, cohort.apply_by), days(cohort.starts_on, cohort.ends_on)
        yield f"Applications: {applications}. Round: {lasts}."
        yield "Other than usual:"
    else:
        yield f"“{before.programme.name}”: {plural(len(lines), 'setting changes', 'settings change')}."
    yield from (f"  {line}" for line in lines)
    if before and before.cohort.closed_on and before.dates != after.dates:
        yield "These dates open the next round. People without a match move into it."


@contextmanager
def _refusals_as_sentences() -> Iterator[None]:
    """Turn refusals of the rules into InvalidSettings."""
    try:
        yield
    except ChangedMeanwhile:
        raise InvalidSettings(_CHANGED) from None
    except InvalidForm as error:
        raise InvalidSettings(plain_sentence(error, None), "Nothing was changed.") from None
