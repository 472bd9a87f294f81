"""Programmes as files: what a file is compared with, and saving what it says."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mentoring.core.errors import ChangedMeanwhile, InvalidForm
from mentoring.core.outcome import NOTHING, Outcome
from mentoring.core.owners import OPERATOR
from mentoring.programmes.cohorts import new_programme
from mentoring.programmes.whole_settings import (
    ProgrammeFile,
    ProgrammeSettings,
    replace_settings,
    settings_errors,
    usual_settings,
)
from services.announcements import follow_new_dates
from services.matching import tell_of_new_dates
from services.programmes import prepare_programme
from storage import Storage, Transaction, retry_on_conflict


@dataclass(frozen=True)
class StoredProgramme:
    """A programme with its current cohort, and the text of the file that it was last imported from, or ""."""

    settings: ProgrammeSettings
    text: str = ""


def load_programmes(tx: Transaction) -> tuple[StoredProgramme, ...]:
    """The programmes of the workspace, each with its current cohort, by name."""
    found = []
    for programme, cohort in tx.programmes.all():
        file = tx.programme_files.get(programme.id)
        found.append(StoredProgramme(ProgrammeSettings(programme, cohort), file.text if file else ""))
    return tuple(found)


def save_programme(
    storage: Storage,
    workspace: str,
    compared_with: ProgrammeSettings | None,
    wanted: ProgrammeSettings,
    text: str | None,
    *,
    owners: Sequence[str] = (),
    now: datetime,
) -> None:
    """Save the settings `wanted`, as the app admin, and the `text` of the file that states them (None: no file).

    `compared_with` is the programme as it was read: it changes, its owners are notified, and new dates open the next
    round if its round is closed. None starts a new programme with `owners` (Slack user ids), who are welcomed. `now` is
    the calendar, aware.

    Raises ChangedMeanwhile if the stored programme is another one by now, and InvalidForm.
    """
    if compared_with is None:
        _start(storage, workspace, wanted, text, owners, now)
    else:
        before = compared_with
        retry_on_conflict(lambda: _change(storage, workspace, before, wanted, text, now))


def _start(
    storage: Storage,
    workspace: str,
    wanted: ProgrammeSettings,
    text: str | None,
    owners: Sequence[str],
    now: datetime,
) -> None:
    if errors := settings_errors(usual_settings(owners, now.date()), wanted, now.date()):
        raise InvalidForm(errors)
    programme_id, cohort_id = Transaction.new_id(), Transaction.new_id()
    programme = replace(wanted.programme, id=programme_id, version=1, changed_by="")
    cohort = replace(wanted.cohort, id=cohort_id, programme_id=programme_id, closed_on=None)
    started = new_programme(programme, cohort, owners) + _file(wanted, programme_id, text)
    prepare_programme(storage, workspace, owners, now, started=started)


def _change(
    storage: Storage,
    workspace: str,
    before: ProgrammeSettings,
    wanted: ProgrammeSettings,
    text: str | None,
    now: datetime,
) -> None:
    with storage.begin(workspace) as tx:
        stored = (each.settings for each in load_programmes(tx))
        current = next((each for each in stored if each.programme.id == before.programme.id), None)
        if current is None or current != before:
            raise ChangedMeanwhile(current.programme.changed_by or None if current else None)
        programme, cohort = current.programme, current.cohort
        outcome = replace_settings(
            current,
            wanted,
            by=OPERATOR,
            owners=tx.roles.owners(programme.id),
            present_owners=tx.roles.present_owners(programme.id),
            committee=tx.roles.committee(programme.id),
            seen_version=before.programme.version,
            today=now.date(),
            closed=tx.rounds.get(programme, cohort) if cohort.closed_on else None,
            new_id=tx.new_id(),
        )
        tx.save(outcome + _file(wanted, programme.id, text))
        tell_of_new_dates(tx, cohort, now)
        follow_new_dates(tx, programme.id, now)


def _file(wanted: ProgrammeSettings, programme_id: str, text: str | None) -> Outcome:
    if text is None:
        return NOTHING
    return Outcome((ProgrammeFile(programme_id, text, wanted.programme.contact),))
