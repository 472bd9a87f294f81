"""`mentor-bot programme data`: the data of a programme as a file."""

from pathlib import Path

import click

from bot.clocks import real_now
from bot.match.spreadsheet import write
from bot.programmes.file_access import is_there
from bot.programmes.storage_access import open_programmes
from bot.settings import InvalidSettings, Settings
from mentoring.core.clean_text import clean_line
from mentoring.core.owners import OPERATOR
from mentoring.exports.export import ExportNaming, record_export
from messages.exports import content, file_name
from messages.status.charts import FileFormat
from services.exports import load_export


def write_data(
    settings: Settings, folder: Path, *, as_csv: bool, with_names: bool, name: str, workspace: str | None
) -> None:
    """Write the data into `folder`, as a new file that only its owner may read, and record it. Raises InvalidSettings,
    DatabaseUnusable.
    """
    naming = ExportNaming.NAMES if with_names else ExportNaming.CODES
    file_format = FileFormat.CSV if as_csv else FileFormat.XLSX
    with open_programmes(settings, workspace) as store:
        stored, now = store.require(clean_line(name)), real_now()
        programme, cohort = stored.settings.programme, stored.settings.cohort
        with store.ready().begin(store.workspace) as tx:
            export = load_export(tx, programme, naming, now.date())
            path = _new_file(folder, file_name(export, file_format))  # before it is recorded
            tx.save(record_export(tx.new_id(), cohort.id, naming, by=OPERATOR, now=now))
    write(str(path), content(export, file_format))
    click.echo(f"Wrote {path}. Give it to the programme owners alone, and delete it afterwards.")


def _new_file(folder: Path, name: str) -> Path:
    """Make the folder, and the path of a file in it that is not there yet. Raises InvalidSettings."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InvalidSettings(f"{folder} cannot be made: {error.strerror}.") from None
    path = folder / name
    if is_there(path):
        raise InvalidSettings(f"{path} already exists. Delete it, or choose another folder.")
    return path
