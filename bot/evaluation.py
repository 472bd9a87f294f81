"""`mentor-bot report`: the evaluation report of a programme as files."""

from pathlib import Path

import click

from bot.clocks import real_now
from bot.match.spreadsheet import write
from bot.programmes.file_access import is_there
from bot.programmes.storage_access import open_programmes
from bot.settings import InvalidSettings, Settings
from mentoring.core.clean_text import clean_line
from messages.evaluation.files import EvaluationFile, file_content, file_name
from services.evaluation import load_evaluation

_FOR_OWNERS = (
    "They hold averages and comments of at least five people, without names. Give them to the programme owners alone: "
    "they decide who else gets them."
)


def write_report(settings: Settings, folder: Path, *, name: str, workspace: str | None, overwrite: bool) -> None:
    """Write the report and the evidence for the award into `folder`, as new files that only their owner may read.

    Raises InvalidSettings, DatabaseUnusable.
    """
    paths = {file: folder / file_name(file) for file in EvaluationFile}
    there = [path.name for path in paths.values() if is_there(path)]
    if there and not overwrite:
        raise InvalidSettings(f"{folder} already has {', '.join(there)}. Choose another folder, or add --overwrite.")
    with open_programmes(settings, workspace) as store:
        stored = store.require(clean_line(name))
        with store.ready().read(store.workspace) as tx:
            evaluation = load_evaluation(tx, stored.settings.programme, real_now().date())
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file, path in paths.items():
            written = file_content(evaluation, file)
            path.unlink(missing_ok=True)
            write(str(path), written)
    except OSError as error:
        raise InvalidSettings(f"The files cannot be written to {folder}: {error.strerror}.") from error
    for path in paths.values():
        click.echo(f"Wrote {path}.")
    click.echo(_FOR_OWNERS)
