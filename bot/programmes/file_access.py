"""Programme files and templates on the disk: reading, checking and writing them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from bot.clocks import real_now
from bot.programmes.file_nodes import FileProblem, WrongFile, read_text
from bot.programmes.file_reader import ProgrammeText, check_programme, read_programme
from bot.programmes.file_settings import SETTINGS
from bot.programmes.file_writer import update_text
from bot.programmes.templates import template_names, template_summaries, template_text
from bot.settings import InvalidSettings
from mentoring.core.clean_text import clean_line
from mentoring.programmes.cohorts import first_cohort
from mentoring.programmes.whole_settings import usual_settings
from messages.text import join, plural


def check_file(file: str) -> None:
    """Print what is wrong with a file, or what it says. Raises InvalidSettings if it is wrong. Needs no database."""
    today = real_now().date()
    _, read = read_file(file)
    base = usual_settings((), today)
    after = read.over(base, today)
    refuse(file, check_programme(read, base, after, today, alone=True))
    left_out = [setting.key for setting in SETTINGS if setting.key not in read.values]
    click.echo(f"{file} is correct. It says {plural(len(read.values), 'setting', 'settings')} of {len(SETTINGS)}.")
    if left_out:
        click.echo(f"Left out, so that they stay as they are: {join(left_out)}.")


def show_templates(name: str) -> None:
    """List the templates, or print one as a complete file, with the dates of a round that opens now."""
    if not name:
        for each, summary in template_summaries().items():
            click.echo(f"{each}: {summary}")
        click.echo(
            "To see one: mentor-bot programme templates NAME > programme.yml. To start with it as it is: mentor-bot "
            "programme import NAME."
        )
        return
    if name not in template_names():
        raise InvalidSettings(f"There is no template “{clean_line(name)}”. There are {join(template_names())}.")
    write_file(complete_template(name, real_now().date()), None)


def complete_template(name: str, today: date) -> str:
    """The file of a template, with the dates of a round that opens now."""
    text = template_text(name)
    settings = read_programme(text).over(usual_settings((), today), today)
    return update_text(text, replace(settings, cohort=first_cohort(settings.programme, "", today)), today)


def read_file(file: str) -> tuple[str, ProgrammeText]:
    """The text of a file, or of the template with this name, and what it says. Raises InvalidSettings."""
    path = Path(file)
    try:
        text = template_text(file) if not path.exists() and file in template_names() else read_text(path.read_bytes())
        return text, read_programme(text)
    except WrongFile as error:
        raise InvalidSettings(*_sentences(file, error.problems)) from None
    except FileNotFoundError:
        raise InvalidSettings(
            f"There is no file {file}, and no template with this name. The templates are {join(template_names())}."
        ) from None
    except (OSError, ValueError) as error:
        raise InvalidSettings(f"{file} cannot be read: {getattr(error, 'strerror', '') or 'not a path'}.") from None


def refuse(file: str, problems: Sequence[FileProblem]) -> None:
    """Raise InvalidSettings if there are problems, with a sentence for each."""
    if problems:
        raise InvalidSettings(*_sentences(file, problems))


def _sentences(file: str, problems: Sequence[FileProblem]) -> list[str]:
    lines = []
    for problem in problems:
        key = f" ({problem.key})" if problem.key else ""
        lines.append(f"{file}, line {problem.line}, column {problem.column}{key}: {problem.sentence}")
    return [*lines, f"{plural(len(problems), 'place is', 'places are')} wrong in the file. Nothing was changed."]


def is_there(path: Path) -> bool:
    """Whether there is such a file. Raises InvalidSettings if that cannot be known, as in a folder of someone else."""
    try:
        return path.exists()
    except OSError as error:
        raise InvalidSettings(f"{path} cannot be written: {error.strerror}.") from None


def write_file(text: str, path: Path | None) -> None:
    """Write the bytes as they are: the ends of lines are part of the file."""
    if path is None:
        click.echo(text.encode(), nl=False)
        return
    try:
        path.write_bytes(text.encode())
    except OSError as error:
        raise InvalidSettings(f"{path} cannot be written: {error.strerror}.") from None
